"""The half-day grid of a playbook: tasks or owners down, morning and afternoon of each day across, today marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from data.text import Text
from ui import formats
from ui.blocks import Html
from ui.investment.playbook_status import (
    BASELINE,
    BASELINE_SIGN,
    baseline_halves,
    day_of_half,
    half_day_text,
    half_number,
    shown_halves,
    sign_legend,
    standing_text,
    task_mark,
)
from ui.markup import element, joined, link, words
from ui.preferences import t
from ui.result_list import PRINTED_ROWS, Row

WINDOW_DAYS = 14  # chosen: two weeks are read at a glance, on paper too
DAYS_BEFORE = 4  # chosen: of the two weeks these at least lie before the day, so that what is late is seen
PHONE_DAYS, PHONE_DAYS_BEFORE = 7, 3  # chosen: a week from three days before, which a phone has room for
SHOWN_ROWS = 20  # chosen: a screen and a half
TASK, OWNER = Text("任务", "Task"), Text("责任人", "Owner")
NO_WORKSTREAM = Text("没有写工作线", "No workstream")
WEEKDAYS = (
    *(Text("一", "Mo"), Text("二", "Tu"), Text("三", "We"), Text("四", "Th"), Text("五", "Fr"), Text("六", "Sa")),
    Text("日", "Su"),
)
HALF_HEADINGS = (Text("上", "am"), Text("下", "pm"))
TODAY = Text("截至日", "as-of day")
GRID_ALT = Text("{first} 至 {last} 的半天表，{count} 行", "Half-days from {first} to {last}, {count} rows")
MARK = Text("{name}（{code}），{half}：{standing}", "{name} ({code}), {half}: {standing}")
FIRST_PLANNED = Text("{name}（{code}）的{kind}：{half}", "{kind} of {name} ({code}): {half}")
ELSEWHERE = Text(
    "另有 {count} 项任务不在这两周，见下面的全程图和全部任务",
    "{count} more tasks lie outside these two weeks: see the whole course and all tasks below",
)
MORE = Text("另有 {count} 行", "{count} more rows")
ON_A_PHONE = Text("手机上只显示 {count} 天", "A phone shows {count} days only")
Cells = Mapping[int, Sequence[Markup]]
TaskHref = Callable[[Row], str]


@dataclass(frozen=True, slots=True)
class GridRow:
    """A task or an owner with what stands in its half-days; `group` is the heading below which it stands."""

    head: Markup
    cells: Cells
    group: str = ""


def window_start(as_of: date) -> date:
    """Return the Monday of the two weeks around a day."""
    day = as_of - timedelta(days=DAYS_BEFORE)
    return day - timedelta(days=day.weekday())


def half_day_grid(tasks: Sequence[Row], first: date, as_of: date, href: TaskHref, *, by_owner: bool) -> Html:
    """Return two weeks of a playbook, half-day by half-day, each sign a link to its task."""
    halves = range(half_number(first, "上午"), half_number(first, "上午") + 2 * WINDOW_DAYS)
    rows = list((_owner_rows if by_owner else _task_rows)(tasks, halves, href))
    last = first + timedelta(days=WINDOW_DAYS - 1)
    said = GRID_ALT.fill(first=formats.format_date(first), last=formats.format_date(last), count=len(rows))
    styles = _column_styles(halves, as_of)
    head = element("thead", _day_headings(styles, as_of, OWNER if by_owner else TASK) + _half_headings(styles))
    table = element("table", head + element("tbody", _body_rows(rows, styles)), class_="fl-grid")
    scrolled = element("div", table, class_="fl-scroll", tabindex="0", role="region", aria_label=words(said))
    absent = sum(not _is_within(row, halves) for row in tasks)
    return Html(scrolled + sign_legend() + _remarks(len(rows) - SHOWN_ROWS, absent))


def _remarks(hidden: int, absent: int) -> Markup:
    said = [phrase.fill(count=count) for phrase, count in ((MORE, hidden), (ELSEWHERE, absent)) if count > 0]
    on_phone = element("p", words(ON_A_PHONE.fill(count=PHONE_DAYS)), class_="fl-caption fl-phone-only")
    return on_phone + joined(element("p", words(each), class_="fl-caption") for each in said)


def _is_within(row: Row, halves: range) -> bool:
    return any(half in halves for half in (*shown_halves(row), *baseline_halves(row)))


def _task_rows(tasks: Sequence[Row], halves: range, href: TaskHref) -> Iterator[GridRow]:
    """Yield the tasks of the window by their workstreams, these in the order of their first task."""
    by_stream: dict[str, list[GridRow]] = defaultdict(list)
    for row in (row for row in tasks if _is_within(row, halves)):
        stream = t(NO_WORKSTREAM) if formats.is_missing(row["workstream"]) else str(row["workstream"])
        named = link(words(row["name"]), href(row)) + element("small", words(row["owner"]))
        by_stream[stream].append(GridRow(named, dict(_task_signs(row, href)), stream))
    return (row for rows in by_stream.values() for row in rows)


def _owner_rows(tasks: Sequence[Row], halves: range, href: TaskHref) -> Iterator[GridRow]:
    """Yield the owners of the window's tasks with all that stands in their half-days."""
    by_owner: dict[str, dict[int, list[Markup]]] = {}
    for row in (row for row in tasks if _is_within(row, halves)):
        cells = by_owner.setdefault(str(row["owner"]), defaultdict(list))
        for half, signs in _task_signs(row, href):
            cells[half] += signs
    return (GridRow(words(owner), cells) for owner, cells in sorted(by_owner.items()))


def _task_signs(row: Row, href: TaskHref) -> Iterator[tuple[int, list[Markup]]]:
    """Yield the half-days of a task with its sign, and with a ghost those in which it was first planned."""
    named = {"name": row["name"], "code": row["task_id"]}
    stands = shown_halves(row)
    for half in stands:
        said = MARK.fill(**named, half=half_day_text(half), standing=standing_text(row))
        yield half, [_linked_sign(task_mark(row), said, href(row))]
    for half in (each for each in baseline_halves(row) if each not in stands):
        said = FIRST_PLANNED.fill(**named, kind=BASELINE, half=half_day_text(half))
        ghost = element("span", BASELINE_SIGN, class_="fl-ghost", aria_hidden="true")
        yield half, [_linked_sign(ghost, said, href(row))]


def _linked_sign(sign: Markup, said: Text, href: str) -> Markup:
    return link(sign, href, title=t(said), aria_label=t(said))


def _column_styles(halves: range, as_of: date) -> dict[int, str]:
    """Return the style of each column: the weekend is narrow and grey, the day marked; a phone has a week around it."""
    first, today = halves[0], half_number(as_of, "上午")
    start = today - 2 * PHONE_DAYS_BEFORE if today in halves else first
    start = min(max(start, first), halves[-1] + 1 - 2 * PHONE_DAYS)
    on_phone = range(start, start + 2 * PHONE_DAYS)
    return {half: _column_style(half, today=today, is_far=half not in on_phone) for half in halves}


def _column_style(half: int, *, today: int, is_far: bool) -> str:
    is_weekend = day_of_half(half).weekday() >= 5
    styles = ("fl-weekend" * is_weekend, "fl-today" * (half // 2 == today // 2), "fl-far" * is_far)
    return " ".join(filter(None, styles))


def _day_headings(styles: Mapping[int, str], as_of: date, what: Text) -> Markup:
    days = joined(_day_heading(half, as_of, style) for half, style in styles.items() if half % 2 == 0)
    return element("tr", element("th", words(what), scope="col", rowspan="2") + days)


def _day_heading(half: int, as_of: date, style: str) -> Markup:
    day = day_of_half(half)
    dated = f"{day:%d}" if day.weekday() >= 5 else f"{day.month}-{day:%d}"
    named = element("small", words(WEEKDAYS[day.weekday()])) + Markup(dated)
    return element("th", named, scope="colgroup", colspan="2", class_=style, title=t(TODAY) if day == as_of else "")


def _half_headings(styles: Mapping[int, str]) -> Markup:
    cells = (element("th", words(HALF_HEADINGS[half % 2]), scope="col", class_=styles[half]) for half in styles)
    return element("tr", joined(cells))


def _body_rows(rows: Sequence[GridRow], styles: Mapping[int, str]) -> Markup:
    """Return the rows, a heading above each group; what is beyond the first screens is printed."""
    made, group = [], ""
    for place, row in enumerate(rows[:PRINTED_ROWS]):
        beyond = "fl-paper" if place >= SHOWN_ROWS else ""
        if row.group != group:
            group = row.group
            heading = element("th", words(group), scope="rowgroup", colspan=str(len(styles) + 1))
            made.append(element("tr", heading, class_=f"fl-group {beyond}".strip()))
        made.append(_grid_row(row, styles, beyond))
    return joined(made)


def _grid_row(row: GridRow, styles: Mapping[int, str], beyond: str) -> Markup:
    cells = joined(
        element("td", joined(row.cells.get(half, ())), class_=f"{style}{' fl-pm' * (half % 2)}".strip())
        for half, style in styles.items()
    )
    return element("tr", element("th", row.head, scope="row") + cells, class_=beyond)
