"""The whole course of a playbook: a bar for each task over its first plan, milestones as markers, the day as a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from markupsafe import Markup

from data.text import Text
from ui import formats
from ui.blocks import Html
from ui.colours import STATUS_COLOURS
from ui.investment.playbook_grid import FIRST_PLANNED, MARK, TaskHref
from ui.investment.playbook_status import (
    BASELINE,
    baseline_halves,
    day_of_half,
    half_day_text,
    half_number,
    shown_halves,
    sign_legend,
    standing_text,
    task_light,
    task_mark,
)
from ui.markup import element, joined, link, words
from ui.preferences import t
from ui.result_list import Row

MOST_TICKS = 8  # chosen: dates that find room beside each other on a desk
SHOWN_TASKS = 60  # chosen: two screens; the rest is in the table of all tasks
DAY_LINE = Text("红线：{day} 结束时；虚框：基线", "Red line: the end of {day}; dashed: baseline")
MORE = Text("另有 {count} 项，见全部任务", "{count} more tasks: see all tasks")
GANTT_ALT = Text("{first} 至 {last} 的全程图，{count} 项任务", "From {first} to {last}, {count} tasks")


def gantt_chart(tasks: Sequence[Row], as_of: date, href: TaskHref) -> Html:
    """Return every task of a playbook as a bar on one scale of days, a ghost where it was first planned."""
    halves = [half for row in tasks for half in (*shown_halves(row), *baseline_halves(row))]
    span = range(min(halves), max(halves) + 1)
    span = range(span.start - span.start % 2, span.stop + span.stop % 2)  # whole days
    first, last = (formats.format_date(day_of_half(half)) for half in (span[0], span[-1]))
    said = GANTT_ALT.fill(first=first, last=last, count=len(tasks))
    rows = joined(_task_row(row, span, as_of, href) for row in tasks[:SHOWN_TASKS])
    axis = element("span", "") + element("span", joined(_ticks(span)), class_="fl-track fl-axis")
    chart = element("div", axis + rows, class_="fl-gantt", role="group", aria_label=words(said))
    told = [DAY_LINE.fill(day=formats.format_date(as_of))]
    told += [MORE.fill(count=len(tasks) - SHOWN_TASKS)] if len(tasks) > SHOWN_TASKS else []
    return Html(chart + sign_legend() + joined(element("p", words(said), class_="fl-caption") for said in told))


def _share(half: float, span: range) -> str:
    """Return where a half-day begins, in percent of the whole."""
    return f"{100 * (half - span.start) / len(span):.2f}%"


def _ticks(span: range) -> Iterator[Markup]:
    """Yield the dates of the scale, Mondays evenly apart."""
    mondays = [half for half in span[::2] if day_of_half(half).weekday() == 0]
    for half in mondays[:: max(1, -(-len(mondays) // MOST_TICKS))]:
        day = day_of_half(half)
        yield element("small", f"{day.month}-{day:%d}", style=f"left:{_share(half, span)}")


def _task_row(row: Row, span: range, as_of: date, href: TaskHref) -> Markup:
    named = {"name": row["name"], "code": row["task_id"]}
    stands, first = shown_halves(row), baseline_halves(row)
    said = MARK.fill(**named, half=half_day_text(stands[0]), standing=standing_text(row))
    parts = [_day_line(span, as_of)]
    if first:
        ghost = FIRST_PLANNED.fill(**named, kind=BASELINE, half=half_day_text(first[0]))
        parts.append(element("i", "", class_="fl-ghost", style=_place(first, span), title=t(ghost)))
    parts.append(_bar(row, stands, span, said, href(row)))
    return link(words(row["name"]), href(row)) + element("span", joined(parts), class_="fl-track")


def _bar(row: Row, stands: range, span: range, said: Text, href: str) -> Markup:
    """Return the bar of a task, however short, or its sign where it is a milestone."""
    told = {"title": t(said), "aria_label": t(said)}
    if row["is_milestone"] or not row["half_days"]:
        return link(task_mark(row), href, class_="fl-milestone", style=f"left:{_share(stands[-1] + 1, span)}", **told)
    looks = f"{_place(stands, span)};background:{STATUS_COLOURS[task_light(row)]}"
    return link(Markup(""), href, class_="fl-task", style=looks, **told)


def _place(halves: range, span: range) -> str:
    return f"left:{_share(halves.start, span)};width:{100 * len(halves) / len(span):.2f}%"


def _day_line(span: range, as_of: date) -> Markup:
    """Return the end of the day as a line, if it lies in the span."""
    end = half_number(as_of, "下午") + 1
    style = f"left:{_share(end, span)}"
    return element("i", "", class_="fl-now", style=style) if span.start <= end <= span.stop else Markup("")
