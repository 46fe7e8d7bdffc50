"""The workbook that a clerk fills in: headings, drop-downs, formats, and a second sheet that explains every column."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from duckdb import DuckDBPyConnection as Connection
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from data.datasets import DATASETS, Choice, Column, Dataset
from data.dictionary import KEY, KINDS, PERSONAL, YES
from data.ingest.checking import known_names
from data.ingest.checking.error_reasons import format_limit
from data.ingest.forms import sheets
from data.sample import sample_path
from data.text import Language, Text, join_list, untranslated
from data.units import UNITS

EXAMPLES = 3  # chosen: the fullest rows of the sample
LAST_ROW = 1_048_575  # the last row of a sheet in Excel, from 0
DATE_RANGE = (date(1900, 1, 1), date(2101, 1, 1))  # what values/days.py accepts
VALIDATION_TYPES = {"integer": "integer", "number": "decimal", "date": "date", "timestamp": "date"}
FLAGS = {"是": Text("是", "yes"), "否": Text("否", "no")}
NOTES, CHOICES = Text("填表说明", "Notes"), Text("选项", "Choices")
COLUMNS = (
    Text("列", "Column"),
    Text("类型", "Type"),
    Text("单位", "Unit"),
    Text("必填", "Required"),
    Text("选项或范围", "Choices or range"),
    Text("说明", "Meaning"),
    Text("示例", "Example"),
)
ABOUT = Text(
    "{label}：{description}带 * 的列必填。主键列合起来确定一行，同一主键再次上传即更新。",
    "{label}: {description} Columns with a * are required. The key columns together name a row; "
    "uploading the same key again updates it.",
)
PARENT = Text("填“{parent}”台账里的编码或名称", "the code or the name of a row of “{parent}”")
CHOICE = Text("选项", "choice")
COURSE = Text("逐点写“经度 纬度”，用分号隔开", "“longitude latitude” point by point, separated by semicolons")
BETWEEN = Text("{low} 至 {high}", "{low} to {high}")
CHECK = Text("请检查：应为 {allowed}。", "Please check: it should be {allowed}.")
NOT_REGISTERED = Text(
    "下拉列表里没有这一个：可以填编码，或先登记再上传。",
    "It is not on the list: write a code, or register it before you upload.",
)
LONGEST_LIST = 10_000  # names; chosen: a longer drop-down is no help, and makes every template heavy
CHOOSE = Text("请从下拉列表里选。", "Please choose from the list.")


def template_workbook(dataset: Dataset, language: Language = "zh", con: Connection | None = None) -> bytes:
    """Return the workbook that a clerk fills in; drop-downs and limits are those of the registry.

    With a connection, cells that name rows of another ledger have a drop-down of what is registered there.
    """
    content = io.BytesIO()
    with sheets.open_workbook(content) as book:
        form, notes = (book.add_worksheet(text.into(language)) for text in (dataset.label, NOTES))
        offered = _choices_offered(dataset, language) | (_parents_offered(con, dataset) if con else {})
        lists = _write_choice_lists(book, offered, dataset, language)
        sheets.write_headings(book, form, [(c.heading.into(language), c.required) for c in dataset.columns])
        for place, column in enumerate(dataset.columns):
            width = sheets.column_width([column.heading.into(language), *value_labels(column, language).values()])
            form.set_column(place, place, width, sheets.cell_format(book, column))
            if rule := _validation_rule(column, language, lists):
                form.data_validation(1, place, LAST_ROW, place, rule)
        _write_notes(book, notes, dataset, language)
    return content.getvalue()


def example_rows(dataset: Dataset, language: Language = "zh") -> list[list[str]]:
    """Return the three rows of the 示例 ledger with the fewest empty cells; none if there is no such ledger."""
    path = sample_path(dataset.name)
    if path is None:
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        _, *rows = csv.reader(file)
    fullest = sorted(rows, key=lambda row: row.count(""))[:EXAMPLES]
    said = [value_labels(column, language) for column in dataset.columns]
    return [[called.get(cell, cell) for called, cell in zip(said, row, strict=True)] for row in fullest]


def value_labels(column: Column, language: Language) -> dict[str, str]:
    """Return what the values of an enumeration or a flag are called."""
    flags = FLAGS if column.kind == "flag" else {}
    return {v: text.into(language) for v, text in flags.items()} | {
        c.value: c.label.into(language) for c in column.choices
    }


def _choices_offered(dataset: Dataset, language: Language) -> dict[str, list[str]]:
    """Return column -> what its drop-down offers, of enumerations and flags."""
    said = {column.name: list(value_labels(column, language).values()) for column in dataset.columns}
    return {name: words for name, words in said.items() if words}


def _parents_offered(con: Connection, dataset: Dataset) -> dict[str, list[str]]:
    """Return column -> the registered rows that it may name, by their names; a list too long to use is left out."""
    parents = {
        c.name: known_names.parent_spellings(con, DATASETS[c.references]) for c in dataset.columns if c.references
    }
    return {name: spellings for name, spellings in parents.items() if 0 < len(spellings) <= LONGEST_LIST}


def _write_choice_lists(
    book: Workbook, offered: Mapping[str, Sequence[str]], dataset: Dataset, language: Language
) -> dict[str, str]:
    """Write the drop-downs to a hidden sheet, a rule itself holding 255 characters only; return where each stands."""
    name = CHOICES.into(language)
    sheet = book.add_worksheet(name)
    sheet.hide()
    ranges = {}
    for place, column in enumerate(dataset.columns):
        if choices := offered.get(column.name):
            for line, word in enumerate(choices):
                sheet.write_string(line, place, word)
            ranges[column.name] = f"={name}!{xl_range_abs(0, place, len(choices) - 1, place)}"
    return ranges


def _validation_rule(column: Column, language: Language, lists: dict[str, str]) -> dict[str, Any] | None:
    """Return what Excel checks while a cell is typed: drop-downs of choices insist, those of names and limits warn."""
    if column.name in lists and column.references:
        said = NOT_REGISTERED.into(language)
        return {"validate": "list", "source": lists[column.name], "error_type": "warning", "error_message": said}
    if column.name in lists:
        return {"validate": "list", "source": lists[column.name], "error_message": CHOOSE.into(language)}
    low, high = DATE_RANGE if column.kind in ("date", "timestamp") else (column.low, column.high)
    if column.kind not in VALIDATION_TYPES or (low is None and high is None):
        return None
    both = low is not None and high is not None
    said = CHECK.into(language).format(allowed=_allowed_text(column, language))
    bounds = {"minimum": low, "maximum": high} if both else {"value": high if low is None else low}
    criteria = "between" if both else "<=" if low is None else ">="
    kind = VALIDATION_TYPES[column.kind]
    return {"validate": kind, "criteria": criteria, "error_type": "warning", "error_message": said} | bounds


def _allowed_text(column: Column, language: Language) -> str:
    """Return the choices of a column, measured ones with their units, or its limits."""
    if column.choices:
        return join_list(_choice_with_unit(choice) for choice in column.choices).into(language)
    low, high = (
        DATE_RANGE if column.kind in ("date", "timestamp") else (format_limit(column.low), format_limit(column.high))
    )
    if low and high:
        return BETWEEN.into(language).format(low=low, high=high)
    return f"≥ {low}" if low else f"≤ {high}" if high else ""


def _choice_with_unit(choice: Choice) -> Text:
    if not choice.unit:
        return choice.label
    return Text("{choice} ({unit})", "{choice} ({unit})").fill(choice=choice.label, unit=UNITS[choice.unit].label)


def _column_notes(column: Column) -> list[Text]:
    """Return what a column's cells stand for."""
    parent = [PARENT.fill(parent=DATASETS[column.references].label)] if column.references else []
    course = [COURSE] if column.kind == "path" else []
    personal = [PERSONAL] if column.personal else []
    return [*parent, *course, *personal]


def _write_notes(book: Workbook, sheet: Worksheet, dataset: Dataset, language: Language) -> None:
    """Write the sheet that explains the columns, a row each, and below them what the ledger is."""
    sheets.write_headings(book, sheet, [(text.into(language), False) for text in COLUMNS])
    example = [*example_rows(dataset, language), [""] * len(dataset.columns)][0]
    rows = [
        [*_column_explanation(dataset, c, language), said] for c, said in zip(dataset.columns, example, strict=True)
    ]
    look = book.add_format({"text_wrap": True, "valign": "top", "num_format": sheets.TEXT_FORMAT})
    for line, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            sheet.write_string(line, place, cell, look)
    for place, text in enumerate(COLUMNS):
        sheet.set_column(place, place, sheets.column_width([text.into(language), *(row[place] for row in rows)]))
    about = ABOUT.fill(label=dataset.label, description=dataset.description)
    sheet.write_string(len(rows) + 2, 0, about.into(language))


def _column_explanation(dataset: Dataset, column: Column, language: Language) -> list[str]:
    """Return a column's heading, type, unit, whether it must be filled, what it may hold, and what it means."""
    required = KEY if column.name in dataset.key else YES if column.required else untranslated("")
    kind = CHOICE if column.choices else KINDS[column.kind]
    texts = (column.label, kind, column.measure.label if column.unit else untranslated(""), required)
    meaning = join_list(_column_notes(column)).into(language)
    return [*(text.into(language) for text in texts), _allowed_text(column, language), meaning]
