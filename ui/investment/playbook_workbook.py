"""The plan of a project as a workbook that a firm can be handed: the half-days as a grid, and the tasks as a list.

A firm sees what is done where and when, what comes of it and how it stands; who does it, why it is blocked, codes and
the first plan stay in the house.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data.datasets import DATASETS, Column
from data.ingest.forms import sheets
from data.text import Language, Text
from ui import formats, phrases, tables
from ui.blocks import Download
from ui.page import PageRequest
from ui.page_header import page_data_origin
from ui.preferences import reader_language, t
from ui.results import DatedResult

PLAYBOOK = DATASETS["playbook_task"]
LISTED = ("name", "location", "planned_on", "planned_half", "state", "actual_on", "actual_half", "deliverable")
SIGNS = {"完成": "✓", "进行中": "…", "受阻": "!", "未开始": "○"}
MILESTONE_SIGN = "◆"
ROWS_ABOVE = 3  # title, day with legend, and an empty row
HALVES_A_PAGE = 44  # chosen: the columns of the grid that can be read on a page of A4
HALF_WIDTH = 3.5  # characters; chosen: a sign and its margin
LONGEST_SHEET_NAME = 31  # of Excel
LABEL = Text("交给企业的计划（.xlsx）", "The plan to hand to the firm (.xlsx)")
TITLE = Text("{project} 项目宝典（精确到半天）", "{project}: playbook to the half-day")
AS_OF = Text("截至 {day}", "As of {day}")
LEGEND = Text(
    "✓ 完成 · … 进行中 · ! 受阻 · ○ 未开始 · ◆ 里程碑",
    "✓ done · … in progress · ! blocked · ○ not started · ◆ milestone",
)
GRID_SHEET, LIST_SHEET = Text("半天表", "Half-days"), Text("任务清单", "Tasks")
HALF = Text("{day} {half}", "{day} {half}")
FILE_NAME = Text("{project} 项目宝典.xlsx", "{project} playbook.xlsx")


@dataclass(frozen=True, slots=True)
class Plan:
    """The tasks of a project as they stand on a day, with the lines above them."""

    tasks: pd.DataFrame
    title: str
    said: str
    language: Language


def plan_download(request: PageRequest, tasks: DatedResult, project: str) -> Download:
    """Return the offer to take the plan of a project away."""
    origin = page_data_origin(request, tasks.as_of, tasks.ledgers)
    day = [t(AS_OF.fill(day=formats.format_date(tasks.as_of)))] if tasks.as_of else []
    said = " · ".join([*day, *([t(phrases.SAMPLE)] if origin.is_sample else [])])
    plan = Plan(tasks.rows, t(TITLE.fill(project=project)), said, reader_language())
    name = t(FILE_NAME.fill(project=project))
    return Download(t(LABEL), f"plan-{tasks.rows['project_id'].iloc[0]}", name, lambda: plan_workbook(plan))


def plan_workbook(plan: Plan) -> bytes:
    """Return the plan as a workbook of two sheets."""
    tasks = plan.tasks.assign(rank=plan.tasks["planned_half"] == "下午").sort_values(["planned_on", "rank", "task_id"])
    ordered, into = Plan(tasks, plan.title, plan.said, plan.language), io.BytesIO()
    with sheets.open_workbook(into) as book:
        _write_grid(book, ordered)
        _write_list(book, ordered)
    return into.getvalue()


def _write_grid(book: Workbook, plan: Plan) -> None:
    """Write tasks down and the half-days on which something is planned across, a sign where they meet."""
    halves = list(dict.fromkeys(zip(plan.tasks["planned_on"], plan.tasks["planned_half"], strict=True)))
    sheet = _open_sheet(book, plan, GRID_SHEET, LEGEND.into(plan.language))
    slanted = book.add_format(sheets.HEADING | {"rotation": 90, "align": "center"})
    sheet.set_row(ROWS_ABOVE, 84)
    _write_headings(book, sheet, [_heading(plan, name) for name in ("name", "location")])
    for place, (day, half) in enumerate(halves, 2):
        said = HALF.fill(day=_as_date(day).isoformat(), half=_word(plan, "planned_half", half))
        sheet.write_string(ROWS_ABOVE, place, said.into(plan.language), slanted)
    centred = book.add_format({"align": "center", "border": 1})
    text = book.add_format({"border": 1})
    for line, task in enumerate(plan.tasks.to_dict("records"), ROWS_ABOVE + 1):
        for place in range(2, 2 + len(halves)):
            sheet.write_blank(line, place, None, centred)
        _write_texts(sheet, line, [task["name"], task["location"]], text)
        at = 2 + halves.index((task["planned_on"], task["planned_half"]))
        sheet.write_string(line, at, _sign(task), centred)
    sheet.set_column(0, 0, sheets.column_width([_heading(plan, "name"), *plan.tasks["name"]]))
    sheet.set_column(2, 1 + len(halves), HALF_WIDTH)
    _set_up_print(sheet, columns=2, pages=ceil(len(halves) / HALVES_A_PAGE))


def _write_list(book: Workbook, plan: Plan) -> None:
    """Write the tasks one below the other, their days as days."""
    sheet = _open_sheet(book, plan, LIST_SHEET, "")
    columns = [*map(PLAYBOOK.column, LISTED), PLAYBOOK.column("is_milestone")]
    _write_headings(book, sheet, [column.label.into(plan.language) for column in columns])
    shown: list[list[str]] = [[column.label.into(plan.language)] for column in columns]
    looks = [book.add_format({"num_format": sheets.NUMBER_FORMATS.get(c.kind, "@"), "border": 1}) for c in columns]
    for line, task in enumerate(plan.tasks.to_dict("records"), ROWS_ABOVE + 1):
        for place, column in enumerate(columns):
            value = _listed_value(plan, column, task[column.name])
            sheets.write_value(sheet, line, place, value, looks[place])
            shown[place].append(str(value))
    for place, texts in enumerate(shown):
        sheet.set_column(place, place, sheets.column_width(texts))
    sheet.autofilter(ROWS_ABOVE, 0, ROWS_ABOVE + len(plan.tasks), len(columns) - 1)
    _set_up_print(sheet, columns=1, pages=1)


def _open_sheet(book: Workbook, plan: Plan, name: Text, more: str) -> Worksheet:
    """Add a sheet with the lines that stand above a table."""
    sheet = book.add_worksheet(name.into(plan.language)[:LONGEST_SHEET_NAME])
    sheet.write_string(0, 0, plan.title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, " · ".join(filter(None, [plan.said, more])))
    return sheet


def _write_headings(book: Workbook, sheet: Worksheet, headings: Sequence[str]) -> None:
    _write_texts(sheet, ROWS_ABOVE, headings, book.add_format(sheets.HEADING))


def _write_texts(sheet: Worksheet, line: int, texts: Sequence[Any], look: Format) -> None:
    """Write texts as texts: what begins like a formula is none."""
    for place, said in enumerate(texts):
        sheet.write_string(line, place, "" if formats.is_missing(said) else str(said), look)


def _set_up_print(sheet: Worksheet, columns: int, pages: int) -> None:
    """Keep the heading and the first columns in sight, on the screen and on each page of A4 across."""
    sheet.freeze_panes(ROWS_ABOVE + 1, columns)
    sheet.repeat_rows(ROWS_ABOVE)
    sheet.repeat_columns(0, columns - 1)
    sheet.set_landscape()
    sheet.set_paper(sheets.A4)
    sheet.fit_to_pages(pages, 0)
    sheet.set_footer("&L&A&R&P / &N")


def _heading(plan: Plan, name: str) -> str:
    return PLAYBOOK.column(name).label.into(plan.language)


def _word(plan: Plan, name: str, value: str) -> str:
    """Return a word of an enumeration in the reader's language; a word that only results have stays as it is."""
    labels = {choice.value: choice.label.into(plan.language) for choice in PLAYBOOK.column(name).choices}
    return labels.get(value) or tables.word_label(value, plan.language)


def _listed_value(plan: Plan, column: Column, value: Any) -> object:
    if formats.is_missing(value):
        return ""
    if column.kind == "date":
        return _as_date(value)
    if column.kind == "flag":
        return MILESTONE_SIGN if value else ""
    return _word(plan, column.name, value) if column.choices else value


def _as_date(day: Any) -> date:
    found: date = pd.Timestamp(day).date()
    return found


def _sign(task: dict[Any, Any]) -> str:
    if formats.is_missing(task["is_milestone"]) or not task["is_milestone"]:
        return SIGNS.get(task["state"], SIGNS["完成"] if task["is_done"] else SIGNS["未开始"])
    return f"{MILESTONE_SIGN}{SIGNS['完成']}" if task["is_done"] else MILESTONE_SIGN
