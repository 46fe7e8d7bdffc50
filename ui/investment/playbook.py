"""The page of playbooks: how punctual a plan is, its two weeks by half-days, what is late or blocked, one task."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from data.ingest.values.days import parse_iso_day
from data.text import Text, join_texts, untranslated, with_minus
from ui import formats
from ui.blocks import Html
from ui.cards import Card, both_counts, metric_card, percentage_text, share_of_rows
from ui.figure_sheet import figure_part
from ui.investment.playbook_gantt import gantt_chart
from ui.investment.playbook_grid import WINDOW_DAYS, half_day_grid, window_start
from ui.investment.playbook_lists import NO_TASK_LEFT, project_href, task_href
from ui.investment.playbook_status import (
    COMMA,
    first_half,
    half_day_text,
    halves_of_task,
)
from ui.investment.project_rows import PROJECT_PAGE
from ui.markup import choice_list, element, joined, link, words
from ui.menu import page_href
from ui.page import Page, PageRequest, heading_block
from ui.page_header import same_page_href
from ui.results import DatedResult
from ui.worked_figures import column_greatest

PAGE = Page(
    label=Text("项目宝典", "Playbook"),
    icon=":material/event_note:",
    place=50,
    ledgers=("playbook_task",),
    choices=("project", "task", "rows", "week"),
)
BY_OWNER = "owner"  # in the address, of ?rows=: owners down instead of tasks
CHOOSE, CHOOSE_PROJECT, CHOOSE_TASK = Text("项目", "Project"), Text("有宝典的项目", "project"), Text("任务", "task")
MOST_CHOICES = 30  # chosen: what a list to choose from can hold; all are in the table of the projects
TO_CARD = Text("这个项目的项目卡", "the card of this project")
CHOOSE_ROWS, CHOOSE_WEEK = Text("排法", "arrangement"), Text("起始日", "first day")
ON_TIME = Text("{project}宝典准点率 {rate}（{on_time} / {due} 项）", "{project}: {rate} on time ({on_time} of {due})")
TOO_FEW_DUE = Text("{project}宝典到期 {due} 项，样本不足", "{project}: {due} tasks due, too few for a rate")
ALL_DONE = Text("全部 {count} 项已完成", "all {count} tasks done")
OVERDUE = Text(
    "{count} 项逾期未完成，最晚的“{name}”已晚 {halves} 个半天",
    "{count} overdue, the latest “{name}” by {halves} half-days",
)
BLOCKED, CLASHING = Text("{count} 项受阻", "{count} blocked"), Text("{count} 项撞期", "{count} clashing")
NO_PLAYBOOK = Text("还没有项目宝典", "There is no playbook yet")
NONE_OVERDUE = Text("没有逾期未完成的", "none overdue")
COUNT = Text("{count} 项", "{count}")
TASKS = Text("项", "tasks")
MEAN_SLIP = Text("平均滑移 {slip} 个半天", "mean slip {slip} half-days")
TOO_FEW = Text("样本不足", "Too few")
LATE_CARD, BLOCKED_CARD, LEFT_CARD = (
    Text("逾期未完成", "Overdue"),
    Text("受阻", "Blocked"),
    Text("剩余关键路径", "Critical path left"),
)
OF_OPEN = Text("未完成共 {open} 项", "of {open} not done")
WORST = Text("最晚的已晚 {halves} 个半天", "the latest by {halves} half-days")
CLASHES_BELOW = Text("另有 {count} 项撞期", "{count} clashing")
HALF_DAYS = Text("{count} 个半天", "{count} half-days")
EARLIEST_END = Text("最早 {half} 全部完成", "all done {half} at the earliest")
PLANNED_END = Text("现计划 {half}", "planned {half}")
IN_CIRCLE = Text("{count} 项循环等待，排不出", "{count} wait in a circle")
BY_TASKS, BY_OWNERS = Text("按任务排", "by task"), Text("按责任人排", "by owner")
EARLIER, LATER, AROUND = (
    Text("← 前一周", "← A week earlier"),
    Text("后一周 →", "A week later →"),
    Text("回到截至日", "Back"),
)
GRID = Text("半天表", "Half-days")
TO_DO = Text("{day} 当天、逾期和受阻的任务", "Tasks of {day}, overdue and blocked ones")
COURSE = Text("全程图", "The whole course")
PATH, ALL_TASKS = Text("关键路径和机动时间", "Critical path and float"), Text("全部任务", "All tasks")
PROJECTS = Text("各项目的准点率", "How punctual each project is")
FACTS = Text("登记内容", "As it is registered")
LINKS = Text("前后任务", "Before and after it")
TASK_COLUMNS = (
    *("task_id", "name", "workstream", "owner", "location", "state", "planned_on", "planned_half", "half_days"),
    *("baseline_on", "baseline_half", "actual_on", "actual_half", "late_by", "slip", "is_blocked", "blocker"),
    *("waits_for", "unknown_predecessors", "is_critical", "conflicts_with", "is_milestone", "deliverable"),
)
PROJECT_COLUMNS = (
    *("project", "tasks", "done", "due", "on_time", "rate", "mean_slip", "late", "blocked", "conflicts"),
    "without_baseline",
)


def chosen_project(request: PageRequest, playbooks: DatedResult) -> str:
    """Return the code of the project that the address asks for, or of the one with the most overdue tasks."""
    known = rows_by_project(playbooks)["project_id"]
    return request.choice("project", known, CHOOSE_PROJECT) or str(known.iloc[0])


def counts_of_project(playbooks: DatedResult, project: str) -> pd.Series:
    """Return the row of playbook_punctuality of one project."""
    return playbooks.rows[playbooks.rows["project_id"] == project].iloc[0]


def rows_by_project(playbooks: DatedResult) -> pd.DataFrame:
    """Return the rows of playbook_punctuality but the total, that with the most overdue tasks first."""
    return playbooks.rows[~playbooks.rows["is_total"].astype(bool)]


def title_sentence(counts: pd.Series, tasks: pd.DataFrame) -> Text:
    """Say how punctual a playbook is with both counts, how much is overdue, blocked and clashing, what is latest."""
    known = {name: int(counts[name]) for name in ("on_time", "due")}
    rate = counts["rate"]
    said = TOO_FEW_DUE if formats.is_missing(rate) else ON_TIME
    parts = [said.fill(project=counts["project"], rate=formats.format_percent(rate), **known)]
    if counts["done"] == counts["tasks"]:
        return join_texts([*parts, ALL_DONE.fill(count=int(counts["tasks"]))], COMMA)
    parts.append(_overdue_text(tasks))
    more = ((BLOCKED, counts["blocked"]), (CLASHING, counts["conflicts"]))
    return join_texts([*parts, *(phrase.fill(count=int(count)) for phrase, count in more if count)], COMMA)


def overdue_tasks(tasks: pd.DataFrame) -> pd.DataFrame:
    """Return the tasks that are due and not done, the latest first."""
    is_late = tasks["is_due"].astype(bool) & ~tasks["is_done"].astype(bool)
    return tasks[is_late].sort_values(["late_by", "task_id"], ascending=[False, True])


def _overdue_text(tasks: pd.DataFrame) -> Text:
    late = overdue_tasks(tasks)
    if late.empty:
        return NONE_OVERDUE
    worst = late.iloc[0]
    return OVERDUE.fill(count=len(late), name=worst["name"], halves=int(worst["late_by"]))


def playbook_cards(
    request: PageRequest, playbooks: DatedResult, counts: pd.Series, tasks: DatedResult, path: DatedResult
) -> list[Card]:
    """Return the cards: on time, overdue, blocked, what is left; each leads to what is behind it."""
    late = overdue_tasks(tasks.rows)
    still_open = OF_OPEN.fill(open=int(counts["tasks"] - counts["done"]))
    worst = WORST.fill(halves=int(late.iloc[0]["late_by"])) if len(late) else None
    clashing = CLASHES_BELOW.fill(count=int(counts["conflicts"])) if counts["conflicts"] else None
    blocked = tasks.rows[tasks.rows["is_blocked"].astype(bool)]
    cards = (
        ("projects", _on_time_card(playbooks, counts)),
        ("all", _tasks_card(tasks, LATE_CARD, late, still_open, worst)),
        ("all", _tasks_card(tasks, BLOCKED_CARD, blocked, still_open, clashing)),
        ("path", _path_card(path)),
    )
    return [replace(card, href=same_page_href(request, open=part)) for part, card in cards]


def _tasks_card(tasks: DatedResult, label: Text, rows: pd.DataFrame, *below: Text | None) -> Card:
    """Return how many tasks are late or blocked, of those that are not done."""
    still_open = int((~tasks.rows["is_done"].astype(bool)).sum())
    worked = [share_of_rows(label, len(rows), still_open)]
    return metric_card(tasks, COUNT.fill(count=len(rows)), *below, label=label, span=None, rows=rows, worked=worked)


def _on_time_card(playbooks: DatedResult, counts: pd.Series) -> Card:
    on_time, due = int(counts["on_time"]), int(counts["due"])
    enough = not formats.is_missing(counts["rate"])
    slip = counts["mean_slip"]
    mean = None if formats.is_missing(slip) else MEAN_SLIP.fill(slip=with_minus(f"{slip:.1f}"))
    figure = percentage_text(on_time, due) if enough else TOO_FEW
    return metric_card(playbooks, figure, both_counts(on_time, due, TASKS), mean, span=None, rows=counts)


def _path_card(path: DatedResult) -> Card:
    """Return how long what is left takes at least, when it ends at the earliest, and when by the plan."""
    rows = path.rows
    if rows.empty:
        return Card(
            LEFT_CARD,
            HALF_DAYS.fill(count=0),
            (NO_TASK_LEFT,),
            path.newest,
            path.formula,
            path.as_of,
            part=figure_part(path),
        )
    known, circle = rows.dropna(subset=["slack"]), int(rows["is_in_cycle"].sum())
    told = IN_CIRCLE.fill(count=circle) if circle else None
    if known.empty:
        return metric_card(path, untranslated(formats.MISSING), told, label=LEFT_CARD, span=None)
    end = max(first_half(row, "finish") or 0 for row in known.to_dict("records"))
    planned = max(halves_of_task(row, "planned")[-1] for row in rows.to_dict("records"))
    said = (EARLIEST_END.fill(half=half_day_text(end)), PLANNED_END.fill(half=half_day_text(planned)))
    longest = known["path_length"] == known["path_length"].max()
    return metric_card(
        path, HALF_DAYS.fill(count=int(known["path_length"].max())), *said, told, label=LEFT_CARD, span=None,
        rows=known[longest], worked=[column_greatest(path, known, "path_length")],
    )  # fmt: skip


def playbook_choice(request: PageRequest, playbooks: DatedResult, project: str) -> Html:
    """Return the projects with a playbook to choose from, most overdue tasks first, and the way to the card."""
    rows = rows_by_project(playbooks)
    listed = rows[(rows["project_id"] == project) | (rows.index < MOST_CHOICES)]
    named = zip(listed["project_id"], listed["project"], strict=True)
    options = [(project_href(request, code), name) for code, name in named]
    chosen = choice_list(CHOOSE, options, project_href(request, project))
    card = link(words(TO_CARD), page_href(PROJECT_PAGE, project=project))
    return Html(element("p", joined((chosen, card), " · ")))


def shown_window(request: PageRequest, as_of: date) -> date:
    """Return the Monday from which two weeks are shown: as the address asks, or around the day."""
    asked = request.choices.get("week")
    day = parse_iso_day(asked) if asked else None
    if asked and day is None:
        request.tell_unknown(CHOOSE_WEEK, asked)
    return day - timedelta(days=day.weekday()) if day else window_start(as_of)


def pressing_heading(tasks: DatedResult) -> Html:
    """Return the heading of the list of what is pressing, with its day."""
    return heading_block(TO_DO.fill(day=formats.format_date(tasks.as_of)))


def grid_blocks(request: PageRequest, tasks: DatedResult) -> Iterator[Html]:
    """Yield two weeks of the playbook by half-days, the ways to the weeks before and after, tasks or owners down."""
    as_of = tasks.as_of or date.min
    first = shown_window(request, as_of)
    by_owner = request.choice("rows", (BY_OWNER,), CHOOSE_ROWS) == BY_OWNER
    yield heading_block(GRID)
    yield _grid_ways(request, first, by_owner=by_owner)
    rows = tasks.rows.to_dict("records")
    yield half_day_grid(rows, first, as_of, lambda row: task_href(request, row), by_owner=by_owner)


def _grid_ways(request: PageRequest, first: date, *, by_owner: bool) -> Html:
    week = timedelta(days=WINDOW_DAYS // 2)
    ways = [
        link(words(EARLIER), same_page_href(request, week=first - week)),
        *([link(words(AROUND), same_page_href(request, week=None))] if "week" in request.choices else []),
        link(words(LATER), same_page_href(request, week=first + week)),
        link(words(BY_TASKS if by_owner else BY_OWNERS), same_page_href(request, rows=None if by_owner else BY_OWNER)),
    ]
    return Html(element("p", joined(ways, " · "), class_="fl-screen"))


def course_blocks(request: PageRequest, tasks: DatedResult) -> Iterator[Html]:
    """Yield the whole course of the playbook as a Gantt chart."""
    rows = tasks.rows.to_dict("records")
    yield gantt_chart(rows, tasks.as_of or date.min, lambda row: task_href(request, row))
