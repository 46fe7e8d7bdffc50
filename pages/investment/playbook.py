"""Playbooks to the half-day: how punctual a plan is, its two weeks, what is late, blocked or clashing, one task."""

from collections.abc import Iterator

from analytics.metrics import METRICS
from ui.blocks import Block
from ui.cache import cached
from ui.cards import cards_block
from ui.investment import playbook as shown
from ui.investment import playbook_editor as editor
from ui.investment import playbook_lists as lists
from ui.investment.day import investment_day
from ui.investment.playbook_workbook import plan_download
from ui.page import PageRequest, heading_block, show_page
from ui.page_header import (
    folded_part,
    formula_part,
    header_block,
    no_data_block,
    source_block,
)
from ui.result_list import folded_table, full_table
from ui.results import DatedResult


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the playbook of one project, or one of its tasks where the address names it."""
    playbooks = cached(request.con, METRICS["playbook_punctuality"], investment_day(request.con))
    if playbooks.rows.empty:
        yield header_block(request, shown.NO_PLAYBOOK, playbooks)
        yield no_data_block()
        if request.is_clerk:
            yield editor.edit_fold(request, None)
        return
    project = shown.chosen_project(request, playbooks)
    tasks = cached(request.con, METRICS["playbook_tasks"], playbooks.as_of, project_id=project)
    task = request.choice("task", tasks.rows["task_id"], shown.CHOOSE_TASK)
    if task:
        yield from task_blocks(request, tasks, task)
    else:
        yield from playbook_blocks(request, playbooks, tasks, project)


def playbook_blocks(request: PageRequest, playbooks: DatedResult, tasks: DatedResult, project: str) -> Iterator[Block]:
    """Yield the cards, the half-days, what is pressing and what clashes, and folded the whole course and the proof."""
    path = cached(request.con, METRICS["critical_path"], playbooks.as_of, project_id=project)
    counts = shown.counts_of_project(playbooks, project)
    title = shown.title_sentence(counts, tasks.rows)
    yield header_block(request, title, playbooks, tasks, path)
    yield shown.playbook_choice(request, playbooks, project)
    yield cards_block(shown.playbook_cards(request, playbooks, counts, tasks, path))
    yield from shown.grid_blocks(request, tasks)
    yield plan_download(request, tasks, counts["project"])
    yield shown.pressing_heading(tasks)
    yield lists.pressing_list(request, tasks)
    yield from lists.clash_blocks(request, tasks.rows)
    yield from folded_part(request, "course", shown.COURSE, lambda: shown.course_blocks(request, tasks))
    yield from folded_part(request, "path", shown.PATH, lambda: lists.path_blocks(request, path))
    yield from folded_part(request, "projects", shown.PROJECTS, lambda: punctuality_blocks(request, playbooks))
    yield from folded_table(request, "all", shown.ALL_TASKS, tasks, shown.TASK_COLUMNS)
    yield from formula_part(request, playbooks, tasks, path)
    if request.is_clerk:
        yield editor.edit_fold(request, project)


def punctuality_blocks(request: PageRequest, playbooks: DatedResult) -> Iterator[Block]:
    """Yield how punctual the playbooks of all projects are: the worst as links, all as a table."""
    yield lists.punctuality_list(request, playbooks)
    rows = shown.rows_by_project(playbooks)
    yield full_table(request, shown.PROJECTS, playbooks, shown.PROJECT_COLUMNS, "projects", rows)


def task_blocks(request: PageRequest, tasks: DatedResult, code: str) -> Iterator[Block]:
    """Yield one task: how it stands, what comes before and after it, what is registered of it."""
    row = tasks.rows[tasks.rows["task_id"] == code].iloc[0]
    yield header_block(request, lists.task_title(row), tasks)
    yield lists.task_ways(request, row)
    yield heading_block(shown.LINKS)
    yield lists.linked_tasks(request, tasks.rows, row)
    yield heading_block(shown.FACTS)
    yield lists.task_facts(tasks, row)
    yield source_block(request, "playbook_task", code)
    yield from formula_part(request, tasks)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
    editor.draw_editor(shown.PAGE)
