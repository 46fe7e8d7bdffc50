"""The steps of each project in the order of their days, each with the mark of its state; one project along time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

import pandas as pd
from markupsafe import Markup

from data.legal_words import LEGAL_STATES
from data.standards.thresholds import thresholds
from data.text import NOTHING, Text
from data.words import WORDS
from ui import formats
from ui.blocks import Html
from ui.colours import MISSING_COLOUR, STATUS_COLOURS, STATUS_SIGNS
from ui.markup import element, joined, link, words
from ui.page import PageRequest
from ui.page_header import same_page_href
from ui.preferences import t
from ui.result_list import Row

BROKEN, OVERDUE, MISSING, WAITING, KEPT, LAPSED, NO_RULE = (word.value for word in LEGAL_STATES)
LOOKS = {
    BROKEN: (STATUS_SIGNS["严重滞后"], STATUS_COLOURS["严重滞后"]),
    OVERDUE: (STATUS_SIGNS["已逾期"], STATUS_COLOURS["已逾期"]),
    MISSING: ("?", MISSING_COLOUR),
    WAITING: (STATUS_SIGNS["待上报"], STATUS_COLOURS["待上报"]),
    KEPT: (STATUS_SIGNS["正常"], STATUS_COLOURS["正常"]),
    LAPSED: ("×", MISSING_COLOUR),
    NO_RULE: (STATUS_SIGNS["无数据"], MISSING_COLOUR),
}
SOON_LOOK = (STATUS_SIGNS["滞后"], STATUS_COLOURS["滞后"])
SHOWN_PROJECTS = 5  # measured: a screen
SHOWN_TRACKS = 24  # chosen: a screen
MORE_TRACKS = Text("另有 {count} 个节点，见下面的全部节点", "{count} more steps: see all steps below")
CHIPS_BY_STATE = 40  # chosen: from so many steps on those of one state are counted
CHIPS = "display:flex;flex-wrap:wrap;gap:.1rem 1rem;font-size:.92rem"
STRIP = Text("各项目的法定节点，问题最重的在前", "Legal steps of each project, the gravest first")
TIMELINE = Text("节点时间线", "The steps along time")
LATE = Text("超 {days} 天", "{days} days late")
EARLY = Text("差 {days} 天未满", "{days} days too early")
SAME_DAY_WRONG = Text("次序颠倒", "the wrong way round")
LEFT = Text("还剩 {days} 天", "{days} days left")
DUE_TODAY = Text("今天到期", "due today")
EARLIEST = Text("{day} 起可办", "from {day} on")
NO_LIMIT = Text("没有期限", "no limit")
DONE = Text("{day} 办结", "done on {day}")
NO_BEGINNING, NO_END = Text("缺起算日期", "first day missing"), Text("没有办理记录", "not on record")
HOLIDAY = Text("放假日", "on a public holiday")
BEFORE_RULE = Text("规定 {day} 才施行", "the rule came into force on {day}")
SO_MANY = Text("{step} ×{count}", "{step} ×{count}")
CHIP = Text("{step}：{state}，{days}", "{step}: {state}, {days}")
MORE_PROJECTS = Text("另有 {count} 个项目，节点都合规或当时尚无规定", "{count} more projects, nothing to see to there")
MORE_WITH_CASES = Text("另有 {count} 个项目，见全部节点", "{count} more projects: see all steps")
WITHIN = Text("{days} 天内到期", "Due within {days} days")
STATE_COUNT = Text("{state} {count}", "{state} {count}")
TRACK_ALT = Text("{step}：{first} 至 {last}，{state}", "{step}: {first} to {last}, {state}")


def state_mark(state: str, *, is_soon: bool = False) -> Markup:
    """Return the sign of a state in its colour, another where it is due soon; its word stands beside it."""
    sign, colour = SOON_LOOK if is_soon else LOOKS[state]
    return element("span", sign, class_="fl-mark", style=f"--c:{colour}", aria_hidden="true")


def limit_text(row: Row) -> Text:
    """Return how far a case is from its limit, or since when it is kept."""
    state = row["state"]
    if state in (BROKEN, OVERDUE):
        return _broken_text(row)
    if state == MISSING:
        return NO_BEGINNING if formats.is_missing(row["from_on"]) else NO_END
    if state == WAITING:
        return _waiting_text(row)
    if state == NO_RULE:
        return BEFORE_RULE.fill(day=formats.format_date(row["effective_from"]))
    return NOTHING if formats.is_missing(row["done_on"]) else DONE.fill(day=formats.format_date(row["done_on"]))


def _broken_text(row: Row) -> Text:
    if formats.is_missing(row["days_over"]):
        return HOLIDAY
    days = formats.format_count(row["days_over"])
    if formats.is_missing(row["done_on"]) or row["done_on"] > row["due_on"]:
        return LATE.fill(days=days)
    return SAME_DAY_WRONG if row["done_on"] < row["from_on"] else EARLY.fill(days=days)


def _waiting_text(row: Row) -> Text:
    if not formats.is_missing(row["days_left"]):
        return LEFT.fill(days=formats.format_count(row["days_left"])) if row["days_left"] else DUE_TODAY
    return NO_LIMIT if formats.is_missing(row["due_on"]) else EARLIEST.fill(day=formats.format_date(row["due_on"]))


def project_strips(request: PageRequest, rows: pd.DataFrame, as_of: date | None) -> Html:
    """Return the projects, each with its steps in the order of their days; those with something to see to first."""
    strips = [
        (str(code), own.sort_values(["first_on", "rule"]))
        for code, own in _dated(rows).groupby("project_id", sort=False)
    ]
    strips.sort(key=lambda strip: -strip[1]["first_on"].max().toordinal() if _is_settled(strip[1]) else -math.inf)
    shown = [_strip(request, code, own) for code, own in strips[:SHOWN_PROJECTS]]
    rest = pd.concat([own for _, own in strips[SHOWN_PROJECTS:]]) if len(strips) > SHOWN_PROJECTS else rows.head(0)
    more = element("p", link(words(_rest_text(rest)), same_page_href(request, open="all")), class_="fl-caption")
    return Html(joined(shown) + (more if len(rest) else "") + state_legend(rows, as_of))


def _is_settled(rows: pd.DataFrame) -> bool:
    """Tell whether there is nothing to see to."""
    return bool(rows["state"].isin([KEPT, LAPSED, NO_RULE]).all())


def _rest_text(rest: pd.DataFrame) -> Text:
    return (MORE_PROJECTS if _is_settled(rest) else MORE_WITH_CASES).fill(count=rest["project_id"].nunique())


def _dated(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(first_on=rows["from_on"].fillna(rows["done_on"]).fillna(rows["due_on"]))


def _strip(request: PageRequest, code: str, own: pd.DataFrame) -> Markup:
    """Return one project: its name, and a chip for each step and state; steps of many households are counted."""
    name = link(words(own["project"].iloc[0]), same_page_href(request, project=code, open=None))
    by = "state" if len(own) > CHIPS_BY_STATE else "step_id"
    chips = joined(_chip(group) for _, group in own.groupby(["rule", by], sort=False, dropna=False))
    if not _is_settled(own):
        return _named_strip(name, element("div", chips, style=CHIPS))
    counted = element("div", joined(_state_counts(own)), class_="fl-phone-only")
    return _named_strip(name, element("div", element("div", chips, style=CHIPS), class_="fl-wide-only") + counted)


def _named_strip(name: Markup, steps: Markup) -> Markup:
    return element("div", element("strong", name) + steps, style="margin:.5rem 0")


def _state_counts(own: pd.DataFrame) -> Iterator[Markup]:
    """Yield each state with its number of steps: all that a phone shows of a project with nothing to see to."""
    counts = own["state"].value_counts()
    for state in LOOKS:
        if counts.get(state):
            yield _legend_item(state_mark(state), WORDS[state], counts[state])
            yield Markup(" ")


def _chip(group: pd.DataFrame) -> Markup:
    row = group.iloc[0].to_dict()
    step = WORDS[row["legal_step"]]
    named = step if len(group) == 1 else SO_MANY.fill(step=step, count=formats.format_count(len(group)))
    said = CHIP.fill(step=named, state=WORDS[row["state"]], days=limit_text(row))
    days = words(limit_text(row)) if row["state"] not in (KEPT, NO_RULE, LAPSED) and len(group) == 1 else Markup("")
    return element(
        "span",
        state_mark(row["state"], is_soon=bool(row["is_soon"]))
        + Markup(" ")
        + words(named)
        + Markup(" ")
        + element("small", days),
        title=t(said),
    )


def state_legend(rows: pd.DataFrame, as_of: date | None) -> Markup:
    """Return the states that occur with their marks and how many there are of each, those due soon apart."""
    soon = int(rows["is_soon"].sum())
    counts = rows["state"].value_counts().sub(pd.Series({WAITING: soon}), fill_value=0)
    days = int(thresholds(as_of)["legal_soon_days"])
    named = {state: (state_mark(state), WORDS[state]) for state in LOOKS}
    told = [
        *([(state_mark(WAITING, is_soon=True), WITHIN.fill(days=days), soon)] if soon else []),
        *((*named[state], counts[state]) for state in LOOKS if counts.get(state)),
    ]
    return element("div", joined(_legend_item(*each) for each in told), class_="fl-legend")


def _legend_item(mark: Markup, state: Text, count: int) -> Markup:
    return element("span", mark + Markup(" ") + words(STATE_COUNT.fill(state=state, count=int(count))))


def project_timeline(rows: pd.DataFrame, as_of: date) -> Html:
    """Return the steps of one project along time, from their first day to that on which they were done or are due."""
    dated = _dated(rows).dropna(subset="first_on").sort_values(["first_on", "rule"])
    if dated.empty:
        return Html(Markup(""))
    hidden, dated = len(dated) - SHOWN_TRACKS, dated.head(SHOWN_TRACKS)
    ends = dated["done_on"].fillna(dated["due_on"]).fillna(dated["first_on"])
    first, last = dated["first_on"].min(), max(ends.max(), pd.Timestamp(as_of))
    tracks = [*_axis(first, last)]
    for row, end in zip(dated.to_dict("records"), ends, strict=True):
        tracks += _track(row, end, first, last, as_of)
    more = element("p", words(MORE_TRACKS.fill(count=hidden)), class_="fl-caption") if hidden > 0 else Markup("")
    return Html(element("div", joined(tracks), class_="fl-gantt") + more + state_legend(rows, as_of))


def _share_of(day: pd.Timestamp, first: pd.Timestamp, last: pd.Timestamp) -> float:
    return float(100 * (day - first).days / max(1, (last - first).days))


def _axis(first: pd.Timestamp, last: pd.Timestamp) -> Iterator[Markup]:
    """Yield the head of the timeline: nothing above the names, some months above the tracks."""
    months = pd.date_range(first.normalize(), last, freq="MS")
    step = max(1, len(months) // 3)
    ticks = (
        element("small", f"{month:%Y-%m}", style=f"left:{_share_of(month, first, last):.1f}%")
        for month in months[::step]
        if _share_of(month, first, last) < 88  # so that the last name stays inside
    )
    yield element("span", "")
    yield element("div", joined(ticks), class_="fl-track fl-axis")


def _track(row: Row, end: pd.Timestamp, first: pd.Timestamp, last: pd.Timestamp, as_of: date) -> list[Markup]:
    start = min(row["first_on"], end)
    left, right = (_share_of(day, first, last) for day in (start, max(row["first_on"], end)))
    days = {"first": formats.format_date(start), "last": formats.format_date(end)}
    said = TRACK_ALT.fill(step=WORDS[row["legal_step"]], state=WORDS[row["state"]], **days)
    bar = element(
        "i",
        "",
        class_="fl-task",
        style=f"left:{left:.1f}%;width:{right - left:.1f}%;background:{LOOKS[row['state']][1]}",
    )
    now = element("i", "", class_="fl-now", style=f"left:{_share_of(pd.Timestamp(as_of), first, last):.1f}%")
    name = state_mark(row["state"], is_soon=bool(row["is_soon"])) + Markup(" ") + words(WORDS[row["legal_step"]])
    return [
        element("span", name),
        element("div", bar + now, class_="fl-track", role="img", aria_label=t(said), title=t(said)),
    ]
