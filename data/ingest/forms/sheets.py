"""Workbooks that leave the house: how cells look, and how a value is written so that it reads back the same."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from math import isfinite
from unicodedata import east_asian_width

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data.datasets import Column
from data.datasets.model import Kind

NARROWEST, WIDEST = 10, 40  # characters; chosen: a date fits, a remark does not push others off the screen
SURE_DATE = date(1900, 3, 1)  # before it Excel's days are one off
LARGEST_WHOLE = 2**53  # above it a double skips whole numbers
NUMBER_FORMATS: dict[Kind, str] = {
    "date": "yyyy-mm-dd",
    "timestamp": "yyyy-mm-dd hh:mm",
    "integer": "0",
    "number": "General",
}
TEXT_FORMAT = "@"
A4 = 9  # XlsxWriter's number of the paper
HEADING = {"bold": True, "border": 1, "bg_color": "#E7ECF3", "valign": "vcenter"}
REQUIRED = HEADING | {"bg_color": "#FCE8C8", "num_format": '"*"@'}


class _ExactFloat(float):
    """A number of which XlsxWriter writes every digit; it would round to 16."""

    def __format__(self, _: str) -> str:
        return repr(float(self))


@contextmanager
def open_workbook(into: io.BytesIO, row_by_row: bool = False) -> Iterator[Workbook]:
    """Give a workbook that is complete when the block ends; written `row_by_row`, its rows take no memory."""
    with Workbook(into, {"constant_memory": row_by_row}) as book:
        yield book


def cell_format(book: Workbook, column: Column) -> Format:
    """Return how a column's cells look; codes and words are text, so that 00123 keeps its zeros."""
    return book.add_format({"num_format": NUMBER_FORMATS.get(column.kind, TEXT_FORMAT)})


def write_headings(book: Workbook, sheet: Worksheet, headings: Iterable[tuple[str, bool]]) -> None:
    """Write headings, each with whether it is required, and keep them in sight; on paper the sheet is one page wide.

    The * before a required heading is of the number format only: the cell holds the heading itself.
    """
    plain, required = book.add_format(HEADING), book.add_format(REQUIRED)
    for place, (heading, is_required) in enumerate(headings):
        sheet.write_string(0, place, heading, required if is_required else plain)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)


def column_width(texts: Iterable[str]) -> int:
    """Return the width of a column that shows these texts, a Chinese character taking two."""
    widest = max(sum(2 if east_asian_width(char) in "WF" else 1 for char in text) for text in texts)
    return min(max(widest + 3, NARROWEST), WIDEST)


def write_value(sheet: Worksheet, row: int, place: int, value: object, look: Format) -> bool:
    """Write a value as a date, a number or a text; tell whether it fits the sheet and its cell."""
    day = value.date() if isinstance(value, datetime) else value
    if isinstance(day, date) and day >= SURE_DATE:
        return bool(sheet.write_datetime(row, place, value, look) == 0)
    if isinstance(value, (int, float)) and (isfinite(value) if isinstance(value, float) else _is_exact(value)):
        return bool(sheet.write_number(row, place, _ExactFloat(value), look) == 0)
    return bool(sheet.write_string(row, place, str(value), look) == 0)


def _is_exact(value: int) -> bool:
    """Tell whether a whole number stays what it is as a floating one, which is all a workbook has."""
    return abs(value) <= LARGEST_WHOLE
