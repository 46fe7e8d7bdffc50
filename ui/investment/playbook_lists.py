"""The lists of the page of playbooks: what is pressing, clashes, what is left in its order, one task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import pandas as pd
from markupsafe import Markup

from data.text import Text, join_list, join_texts, mid_sentence, untranslated
from ui import formats
from ui.blocks import Html
from ui.investment.playbook_status import (
    COMMA,
    DONE,
    HALF_WORDS,
    LIGHT_WORDS,
    codes_text,
    day_of_half,
    first_half,
    half_day_text,
    halves_of_task,
    shown_halves,
    standing_text,
    task_codes,
    task_light,
    task_mark,
)
from ui.markup import element, joined, link, list_items, words
from ui.menu import page_href
from ui.page import PageRequest, caption_block, heading_block
from ui.page_header import same_page_href
from ui.preferences import t
from ui.result_list import Row, facts_block, list_block
from ui.results import DatedResult

NO_TASK_LEFT = Text("没有未完成的任务", "nothing left")
BETWEEN = Text("、", ", ")
LISTED = 10  # chosen: with the grid two screens
NOTHING_TO_DO = Text("当天没有安排，也没有逾期或受阻的任务", "Nothing was planned for the day, is overdue or blocked")
CLASHES = Text("撞期：一人同一半天两项任务", "Clashes: one person, one half-day, two tasks")
CLASH = Text("{owner}，{half}：", "{owner}, {half}: ")
CLASH_CODE = Text("别的项目的 {code}", "{code} of another project")
TASK, PLANNED, STANDING = Text("任务", "Task"), Text("现计划", "Planned"), Text("情况", "How it stands")
THIS_DAY = Text("当天{half}", "that {half}")
EARLIEST, FINISH = Text("最早开始", "Earliest start"), Text("最早完成", "Earliest finish")
UNKNOWN = Text(
    "查无的前置任务：{codes}，排期时没有等它们",
    "Unknown predecessors, not waited for: {codes}",
)
BOLD = Text("粗体是关键路径：机动为 0，晚一个半天全程就晚一个半天", "Bold is the critical path: its float is 0")
IN_CIRCLES = Text(
    "循环等待：{codes}，它们和排在后面的任务排不出最早半天，请核对前置任务",
    "Waiting in a circle: {codes}; they and what is behind them have no earliest half-day, correct their predecessors",
)
TO_ALL = Text("← 项目宝典", "← The playbook")
ONE_TASK = Text("“{name}”（{code}）：{light}，{half}", "“{name}” ({code}): {light}, {half}")
DUE_HALF, DONE_HALF = Text("现计划 {half}", "planned {half}"), Text("{half} 完成", "done {half}")
BEFORE, AFTER = Text("前置：", "Before: "), Text("后续：", "After: ")
NO_LINKS = Text("没有登记前置任务，也没有任务在等它", "No predecessor is registered, and nothing waits for it")
FACT_COLUMNS = (
    *("workstream", "owner", "assistants", "location", "planned_on", "planned_half", "half_days", "baseline_on"),
    *("baseline_half", "actual_on", "actual_half", "slip", "deliverable", "unknown_predecessors"),
)


def project_href(request: PageRequest, project: str) -> str:
    """Return the address of the playbook of a project."""
    return same_page_href(request, project=project, task=None, week=None, open=None)


def task_href(request: PageRequest, row: Row) -> str:
    """Return the address of one task."""
    return same_page_href(request, project=row["project_id"], task=row["task_id"], open=None)


def pressing_tasks(tasks: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return the tasks planned for the day in their order, then those overdue, the latest first, then those blocked."""
    halves = [halves_of_task(row, "planned") for row in tasks.to_dict("records")]
    is_today = pd.Series([as_of in map(day_of_half, taken) for taken in halves], tasks.index, dtype=bool)
    is_late = tasks["is_due"].astype(bool) & ~tasks["is_done"].astype(bool)
    rows = tasks.assign(
        place=(2 - is_late.astype(int)).mask(is_today, 0),
        first=pd.Series([taken[0] for taken in halves], tasks.index, dtype=int).where(is_today),
        late=-tasks["late_by"].astype(float),
    )
    pressing = rows[is_today | is_late | rows["is_blocked"].astype(bool)]
    return pressing.sort_values(["place", "first", "late", "planned_on", "task_id"])


def pressing_list(request: PageRequest, tasks: DatedResult) -> Html:
    """Return what was planned for the day, then what is overdue and blocked; what is overdue in red."""
    rows = pressing_tasks(tasks.rows, tasks.as_of or date.min)
    if rows.empty:
        return caption_block(NOTHING_TO_DO)
    return list_block(
        tasks,
        ["named", "planned", "standing", "owner", "location"],
        rows,
        href=lambda row: task_href(request, row),
        cells={
            "named": _named_cell,
            "planned": lambda row: _planned_cell(row, tasks.as_of),
            "standing": _standing_cell,
        },
        headings={"named": TASK, "planned": PLANNED, "standing": STANDING},
        is_alarming=lambda row: bool(row["is_due"]) and not row["is_done"],
        shown=LISTED,
        more_href=same_page_href(request, open="all"),
    )


def _named_cell(row: Row) -> Markup:
    return words(row["name"]) + Markup(" ") + element("small", words(row["task_id"]))


def _planned_cell(row: Row, as_of: date | None) -> Markup:
    first = halves_of_task(row, "planned")[0]
    is_today = day_of_half(first) == as_of
    said = THIS_DAY.fill(half=HALF_WORDS[first % 2]) if is_today else half_day_text(first)
    return element("span", words(said), class_="fl-nowrap")


def _standing_cell(row: Row) -> Markup:
    return task_mark(row) + Markup(" ") + words(standing_text(row))


def clash_blocks(request: PageRequest, tasks: pd.DataFrame) -> Iterator[Html]:
    """Yield who has two tasks in one half-day, where somebody has."""
    rows = {row["task_id"]: row for row in tasks[tasks["has_conflict"].astype(bool)].to_dict("records")}
    if not rows:
        return
    yield heading_block(CLASHES)
    yield Html(list_items(_clash_item(request, *clash) for clash in _clashes(rows)))


def _clashes(rows: Mapping[str, Row]) -> Iterator[tuple[str, int, list[Row], list[str]]]:
    """Yield each owner and half-day with the tasks of this project that stand there, and the codes of others'."""
    taken: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in rows.values():
        for half in halves_of_task(row, "planned"):
            taken[(row["owner"], half)].append(row)
    for (owner, half), own in sorted(taken.items(), key=lambda each: (each[0][1], each[0][0])):
        others = sorted({code for row in own for code in task_codes(row["conflicts_with"])} - rows.keys())
        if len(own) > 1 or others:
            yield owner, half, own, others


def _clash_item(request: PageRequest, owner: str, half: int, own: Sequence[Row], others: Sequence[str]) -> Markup:
    links = [link(words(row["name"]), task_href(request, row)) for row in own]
    links += [words(CLASH_CODE.fill(code=code)) for code in others]
    return words(CLASH.fill(owner=owner, half=half_day_text(half))) + joined(links, t(BETWEEN))


def path_blocks(request: PageRequest, path: DatedResult) -> Iterator[Html]:
    """Yield what is left in the order in which it can be done, the critical path in bold, and what is wrong with it."""
    rows = path.rows
    if rows.empty:
        yield caption_block(NO_TASK_LEFT)
        return
    circle = rows.loc[rows["is_in_cycle"].astype(bool), "task_id"]
    unknown = rows["unknown_predecessors"].dropna().unique()
    yield caption_block(
        BOLD,
        IN_CIRCLES.fill(codes=join_list(map(untranslated, circle))) if len(circle) else None,
        UNKNOWN.fill(codes=join_list(map(codes_text, unknown))) if len(unknown) else None,
    )
    yield list_block(
        path,
        ["named", "earliest", "finish", "slack", "planned", "overrun", "waits_for"],
        href=lambda row: task_href(request, row),
        cells={"named": _path_cell, "earliest": lambda row: _half_cell(row, "earliest"),
               "finish": lambda row: _half_cell(row, "finish"), "planned": lambda row: _half_cell(row, "planned"),
               "waits_for": _waits_cell},
        headings={"named": TASK, "earliest": EARLIEST, "finish": FINISH, "planned": PLANNED},
        shown=20,
    )  # fmt: skip


def _path_cell(row: Row) -> Markup:
    """Return a task with its code and its owner, in bold on the critical path."""
    named = words(row["name"]) + Markup(" ") + element("small", words(f"{row['task_id']} · {row['owner']}"))
    return element("strong", named) if row["is_critical"] else named


def _waits_cell(row: Row) -> Markup:
    return words(formats.MISSING if formats.is_missing(row["waits_for"]) else codes_text(row["waits_for"]))


def _half_cell(row: Row, kind: str) -> Markup:
    half = first_half(row, kind)
    return element("span", words(formats.MISSING if half is None else half_day_text(half)), class_="fl-nowrap")


def task_title(row: pd.Series) -> Text:
    """Say of one task how it stands and when it is planned or was done."""
    half = half_day_text(shown_halves(row.to_dict())[-1])
    light = LIGHT_WORDS[task_light(row.to_dict())]
    said = (DONE_HALF if row["is_done"] else DUE_HALF).fill(half=half)
    standing = standing_text(row.to_dict())
    shown = standing if task_light(row.to_dict()) == DONE else join_texts([light, mid_sentence(standing)], COMMA)
    return ONE_TASK.fill(name=row["name"], code=row["task_id"], light=shown, half=said)


def task_ways(request: PageRequest, row: pd.Series) -> Html:
    """Return the way back to the playbook, and that to the project."""
    ways = (
        link(words(TO_ALL), same_page_href(request, task=None, open=None)),
        link(words(row["project"]), page_href("investment/project.py", project=row["project_id"])),
    )
    return Html(element("p", joined(ways, " · ")))


def task_facts(tasks: DatedResult, row: pd.Series) -> Html:
    """Return what is registered of one task; what is not written down is left out."""
    return facts_block(tasks, row, [name for name in FACT_COLUMNS if not formats.is_missing(row[name])])


def linked_tasks(request: PageRequest, tasks: pd.DataFrame, row: pd.Series) -> Html:
    """Return the tasks that one waits for, done or not, and those that wait for it, each a link."""
    rows = {each["task_id"]: each for each in tasks.to_dict("records")}
    before = [rows[code] for code in task_codes(row["predecessors"]) if code in rows]
    after = [each for each in rows.values() if row["task_id"] in task_codes(each["predecessors"])]
    lines = [
        words(label) + joined((_task_link(request, each) for each in found), t(BETWEEN))
        for label, found in ((BEFORE, before), (AFTER, after))
        if found
    ]
    return Html(joined(element("p", line) for line in lines)) if lines else caption_block(NO_LINKS)


def _task_link(request: PageRequest, row: Row) -> Markup:
    return link(task_mark(row) + Markup(" ") + words(row["name"]), task_href(request, row))


def punctuality_list(request: PageRequest, playbooks: DatedResult) -> Html:
    """Return how punctual the playbook of each project is, that with the most overdue tasks first."""
    return list_block(
        playbooks,
        ["project", "rate", "on_time", "due", "late", "blocked", "conflicts", "mean_slip", "tasks"],
        playbooks.rows[~playbooks.rows["is_total"].astype(bool)],
        href=lambda row: project_href(request, row["project_id"]),
        is_alarming=lambda row: bool(row["late"]),
    )
