"""Files that leave the house: the template a clerk fills in, an example of it, the ledger as it stands."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any

from duckdb import DuckDBPyConnection as Connection

from data.datasets import Column, Dataset
from data.errors import TooBigForSheet
from data.ingest.forms import sheets
from data.ingest.forms.form import examples, template_workbook
from data.schema import quoted
from data.text import Language

__all__ = ["csv_bytes", "example", "export", "export_workbook", "template", "template_workbook"]

BOM = "\ufeff"
ROWS_AT_ONCE = 10_000
GUARDED = re.compile(r"['=+\-@\t\r]")
PLAIN_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
UNWRAPPED = ("'", '="')


def template(dataset: Dataset, language: Language = "zh") -> bytes:
    """Return the CSV that a clerk fills in: the headings with their units, UTF-8 with BOM."""
    return csv_bytes([_headings(dataset.columns, language)])


def example(dataset: Dataset, language: Language = "zh") -> bytes | None:
    """Return the template with three rows of the 示例 ledger, or None if it has no such ledger."""
    rows = examples(dataset, language)
    return csv_bytes([_headings(dataset.columns, language), *rows]) if rows else None


def export(
    con: Connection, dataset: Dataset, language: Language = "zh", with_personal: bool = True, table: str = ""
) -> bytes:
    """Return the ledger as it stands, as a CSV that loads back without a change, with or without personal columns.

    `table` names a view of it as it stood earlier.
    """
    columns = _columns(dataset, with_personal)
    rows = _rows(con, dataset, columns, table)
    return csv_bytes(chain([_headings(columns, language)], ([_cell(value) for value in row] for row in rows)))


def export_workbook(
    con: Connection, dataset: Dataset, language: Language = "zh", with_personal: bool = True, table: str = ""
) -> bytes:
    """Return the same as a workbook (.xlsx), which loads back without a change too; raises TooBigForSheet."""
    columns, content = _columns(dataset, with_personal), io.BytesIO()
    with sheets.workbook(content, row_by_row=True) as book:
        sheet = book.add_worksheet(dataset.label.into(language))
        looks = [sheets.cell_format(book, column) for column in columns]
        headings = _headings(columns, language)
        sheets.head(book, sheet, [(heading, False) for heading in headings])
        for place, (heading, look) in enumerate(zip(headings, looks, strict=True)):
            sheet.set_column(place, place, sheets.width([heading]), look)
        for line, row in enumerate(_rows(con, dataset, columns, table), 1):
            for place, value in enumerate(row):
                if value is not None and not sheets.put(sheet, line, place, _sheet_value(value), looks[place]):
                    raise TooBigForSheet(dataset=dataset.label)
    return content.getvalue()


def csv_bytes(rows: Iterable[Sequence[str]], guarded: bool = True) -> bytes:
    """Return rows as a CSV that Chinese Excel opens correctly: UTF-8 with BOM.

    A `guarded` cell that a spreadsheet would take for a formula gets an apostrophe, which the door takes off again.
    """
    out = io.StringIO(newline="")
    csv.writer(out).writerows(map(_guarded, row) if guarded else row for row in rows)
    return (BOM + out.getvalue()).encode("utf-8")


def _guarded(cell: str) -> str:
    """Put an apostrophe before a formula, and before an apostrophe."""
    return f"'{cell}" if GUARDED.match(cell) and not PLAIN_NUMBER.fullmatch(cell) else cell


def _columns(dataset: Dataset, with_personal: bool) -> list[Column]:
    return [c for c in dataset.columns if with_personal or not c.personal]


def _headings(columns: Iterable[Column], language: Language) -> list[str]:
    return [c.heading.into(language) for c in columns]


def _rows(con: Connection, dataset: Dataset, columns: list[Column], table: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a ledger by key, some thousands read at once."""
    names = ", ".join(quoted(c.name) for c in columns)
    key = ", ".join(quoted(k) for k in dataset.key)
    found = con.execute(f"SELECT {names} FROM {quoted(table or dataset.name)} ORDER BY {key}")
    while rows := found.fetchmany(ROWS_AT_ONCE):
        yield from rows


def _cell(value: object) -> str:
    """Return a value as the text of a CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else str(value)


def _sheet_value(value: object) -> object:
    """Return a value as it goes into a workbook, where no text is a formula, so that the door reads it back."""
    if isinstance(value, bool):
        return _cell(value)
    return _guarded(value) if isinstance(value, str) and value.startswith(UNWRAPPED) else value
