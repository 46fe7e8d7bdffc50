"""A row of the cockpit for each target: its light, the figure, both counts, the plan, the change, the last weeks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from markupsafe import Markup

from data.datasets.targets import TARGETS
from data.text import Text, join_texts, untranslated
from data.words import LIGHTS, STREAMS
from ui import formats
from ui.colours import STATUS_COLOURS, STREAM_COLOURS
from ui.figure_sheet import escaped_code
from ui.item_words import target_label
from ui.markup import (
    NOTHING,
    bar_end,
    bullet_bar,
    countdown_mark,
    element,
    joined,
    link,
    list_items,
    sparkline,
    status_mark,
    words,
)
from ui.menu import page_href
from ui.preferences import t
from ui.result_list import Row, table_records

LEVEL = Text("要保持", "to keep")
DAYS_LEFT = Text("还剩 {days} 天", "{days} days left")
DAYS_OVER = Text("已过 {days} 天", "{days} days over")
NO_TARGET = Text("没有在期内的目标任务。", "No target runs on this day.")
OF_TARGET = Text("目标 {target}", "of {target}")
ACTUAL_OF_TARGET = Text("{actual} / 目标 {target}", "{actual} of {target}")
PLAN_SAID = Text("{figure}，时间进度 {elapsed}", "{figure}, time elapsed {elapsed}")
OF_PARTS = Text("村社、单位、河道、项目的目标 {count} 项", "targets of villages, units, rivers and projects: {count}")
COCKPIT = "overview/cockpit.py"
ALL_TARGETS = "targets"  # the folded part that lists them all
SAME = Text("持平", "same")
SINCE = Text("与 {day} 比", "since {day}")
SERIES_SAID = Text("近 12 周：从 {first} 到 {last}", "The last 12 weeks: from {first} to {last}")
POINTS = Text("{points} 点", "{points} pp")
SIGNED = Text("{sign}{size}", "{sign}{size}")
WRITTEN_IN: Mapping[str, Callable[..., Text | str]] = {
    "percent": formats.format_percent,
    "wan": formats.format_money,
    "m2": formats.format_area,
}
DOT = untranslated(" · ")


@dataclass(frozen=True, slots=True)
class TargetChange:
    """How a target moved between two days: its figure, what is done, and the share of what is asked (in percent)."""

    metric: str
    is_whole: bool
    figure: float
    done: float
    rate: float

    @property
    def is_growing(self) -> bool:
        """Tell what only grows until its end from a level, of which a count says nothing by itself."""
        return not TARGETS[self.metric].is_level

    @property
    def stream(self) -> str:
        """The line of work that it belongs to."""
        return TARGETS[self.metric].stream


@dataclass(frozen=True, slots=True)
class TargetHistory:
    """The last weeks of the targets: their figures week by week, and how each moved since a day, by their ids."""

    since: date
    changes: Mapping[str, TargetChange]
    figures: Mapping[str, list[float]]


def target_history(parts: Sequence[pd.DataFrame], since: date, until: date) -> TargetHistory:
    """Return the figures of each target's series and how it moved; one that began in between has no change."""
    if not parts:
        return TargetHistory(since, {}, {})
    series = pd.concat(parts, ignore_index=True)
    then, now = (series[series["day"] == day].set_index("target_id") for day in (since, until))
    both = now.index.intersection(then.index)
    changes = {str(name): _change_of(then.loc[name], now.loc[name]) for name in both}
    figures = {str(name): list(own["actual"].astype(float)) for name, own in series.groupby("target_id")}
    return TargetHistory(since, {name: change for name, change in changes.items() if change}, figures)


def _change_of(then: pd.Series, now: pd.Series) -> TargetChange | None:
    if then["period_start"] != now["period_start"] or formats.is_missing(now["rate"] - then["rate"]):
        return None
    moved = (float(now[name] - then[name]) for name in ("actual", "done", "rate"))
    return TargetChange(str(now["metric"]), now.name == now["metric"], *moved)


def done_change_text(change: TargetChange) -> Text:
    """Return how much more or less is done of a target, in what it is counted in: +6 户, +1,200 万元."""
    target, size = TARGETS[change.metric], abs(change.done)
    counted = untranslated(f"{formats.format_count(size)} ")
    said = figure_text(change.metric, size) if target.counted_in is None else join_texts((counted, target.counted_in))
    return _with_sign(change.done, said)


def figure_change_text(change: TargetChange) -> Text:
    """Return how much a figure rose or fell: +0.4 点 of a share, else in its own unit."""
    if TARGETS[change.metric].unit != "percent":
        return done_change_text(change)
    points = formats.round_below_caps(abs(change.figure), 1)
    said = untranslated(f"{points:.1f}") if points or not change.figure else Text("不到 0.1", "below 0.1")
    return _with_sign(change.figure, POINTS.fill(points=said))


def _with_sign(change: float, size: Text) -> Text:
    return SIGNED.fill(sign=formats.sign_of(change) or "±", size=size)


def figure_text(metric: str, value: float, *caps: float) -> Text:
    """Return a figure in the unit of its metric."""
    said = WRITTEN_IN[TARGETS[metric].unit](value, *caps)
    return untranslated(said) if isinstance(said, str) else said


def targets_markup(
    targets: pd.DataFrame,
    lights: pd.DataFrame,
    history: TargetHistory,
    pages: Mapping[str, str],
) -> Markup:
    """Return the lines of work, each with its lights, a row for each of its targets, and those of parts in a line."""
    return joined(stream_markup(stream, targets, lights, history, pages) for stream in STREAM_COLOURS)


def stream_markup(
    stream: str,
    targets: pd.DataFrame,
    lights: pd.DataFrame,
    history: TargetHistory,
    pages: Mapping[str, str],
    most: int | None = None,
) -> Markup:
    """Return a line of work: its lights, a row for each target of the whole or the first of them, parts in a line."""
    own = targets[targets["stream"] == stream]
    whole = own["scope_kind"] == "street"
    heading = _stream_heading(stream, lights.loc[lights["stream"] == stream, "light"])
    return heading + _rows_markup(own[whole].head(most or len(own)), history, pages) + _parts_line(own[~whole])


def _stream_heading(stream: str, lights: pd.Series) -> Markup:
    said = words(STREAMS[stream]) + element("small", _light_marks(lights))
    return element("h2", said, style=f"--c:{STREAM_COLOURS[stream]}")


def _light_marks(lights: pd.Series) -> Markup:
    """Return how many there are of each light."""
    counted = lights.value_counts()
    marks = (status_mark(each.value) + words(str(counted[each.value])) for each in LIGHTS if each.value in counted)
    return joined(marks, " ")


def _rows_markup(targets: pd.DataFrame, history: TargetHistory, pages: Mapping[str, str]) -> Markup:
    if targets.empty:
        return element("p", words(NO_TARGET), class_="fl-caption")
    return list_items((_target_markup(row, history, pages) for row in table_records(targets)), "fl-list fl-targets")


def _parts_line(parts: pd.DataFrame) -> Markup:
    """Return how many villages, units, rivers or projects have targets of their own, with their lights."""
    if parts.empty:
        return NOTHING
    said = words(OF_PARTS.fill(count=len(parts))) + Markup(" ") + _light_marks(parts["light"])
    return element("p", link(said, page_href(COCKPIT, open=ALL_TARGETS)), class_="fl-parts")


def _target_markup(row: Row, history: TargetHistory, pages: Mapping[str, str]) -> Markup:
    """Return a target in a row, which leads to its page, and its figure to what is behind it."""
    name = element("span", joined((status_mark(row["light"]), words(target_label(row))), " "), class_="fl-name")
    noted = joined((words(join_texts(_target_notes(row), DOT)), countdown_mark(row["countdown"])), " ")
    notes = element("small", noted, class_="fl-caption")
    way = link(name + notes + _plan_bar(row) + _series_line(row, history), pages.get(row["metric"], ""))
    said = words(figure_text(row["metric"], row["actual"], row["target"]))
    sheet = page_href(COCKPIT, figure=explaining_figure(row))
    figure = link(said, sheet, class_="fl-figure", data_keeps_place="1")
    change = _change_markup(history.changes.get(row["target_id"]), history.since)
    return element("div", way + element("b", figure) + change, class_="fl-target")


def explaining_figure(row: Row) -> str:
    """Return the figure that explains a target: its own part of its metric, of an amount its row of the targets."""
    return (
        str(row["target_id"])
        if TARGETS[row["metric"]].total
        else f"target_progress:target_id:{escaped_code(row['target_id'])}"
    )


def _plan_bar(row: Row) -> Markup:
    """Return the bar of what is reached of a target, with a tick where the time elapsed stands."""
    told = ACTUAL_OF_TARGET.fill(
        actual=figure_text(row["metric"], row["actual"], row["target"]),
        target=figure_text(row["metric"], row["target"]),
    )
    said = PLAN_SAID.fill(figure=told, elapsed=formats.format_percent(row["elapsed_rate"]))
    return bullet_bar(row["rate"], row["elapsed_rate"], STATUS_COLOURS[row["light"]], said, bar_end([row["rate"]]))


def _change_markup(change: TargetChange | None, since: date) -> Markup:
    """Return how a figure moved, with a sign for its direction, a link to what made it; a dash without comparison."""
    if change is None:
        return element("span", formats.MISSING, class_="fl-change")
    arrow = "▲" if change.rate > 0 else "▼" if change.rate < 0 else ""
    said = words(arrow) + words(figure_change_text(change) if change.figure else SAME)
    day = SINCE.fill(day=formats.format_date(since))
    return link(said, page_href("overview/changes.py"), class_="fl-change", title=t(day))


def _series_line(row: Row, history: TargetHistory) -> Markup:
    """Return the last weeks as a small line."""
    figures = history.figures.get(row["target_id"], [])
    known = [each for each in figures if not formats.is_missing(each)]
    if len(known) < 2:
        return element("span", "")
    first, last = (figure_text(row["metric"], each) for each in (known[0], known[-1]))
    return sparkline(figures, SERIES_SAID.fill(first=first, last=last))


def _target_notes(row: Row) -> Iterator[Text]:
    """Yield the two counts behind a percentage, what is asked, and the days left."""
    unit = TARGETS[row["metric"]].counted_in
    if unit is not None:
        counts = f"{formats.format_count(row['done'], row['total'])} / {formats.format_count(row['total'])} "
        yield join_texts((untranslated(counts), unit))
    yield OF_TARGET.fill(target=_target_text(row))
    yield LEVEL if row["is_level"] else days_left_text(row["days_left"])


def _target_text(row: Row) -> Text:
    """Return what is asked: a share as the task sheet has it, without decimals that it has not."""
    if TARGETS[row["metric"]].unit == "percent":
        return untranslated(f"{row['target']:g} %")
    return figure_text(row["metric"], row["target"])


def days_left_text(days_left: float) -> Text:
    """Say how many days are left, or how many have passed since the end."""
    days = int(days_left)
    return DAYS_LEFT.fill(days=days) if days >= 0 else DAYS_OVER.fill(days=-days)
