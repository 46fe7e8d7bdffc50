"""Files that leave the house: the template a clerk fills in, an example of it, the ledger as it stands."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Column, Dataset
from data.errors import TooBigForSheet
from data.ingest.forms import sheets
from data.ingest.forms.form import example_rows, template_workbook
from data.ingest.values import expressions
from data.schema import quote_ident
from data.text import Language

__all__ = [
    "csv_bytes",
    "example_csv",
    "export_csv",
    "export_json",
    "export_workbook",
    "number_cell",
    "template_csv",
    "template_workbook",
]

BOM = "\ufeff"
MOST_SHEET_ROWS = 1_048_575  # of Excel, without the heading
ROWS_AT_ONCE = 10_000  # chosen, not measured: bounds the memory of an export
FORMULA_START = re.compile(r"['=+\-@\t\r\n＝＋－＠]")  # a Chinese Excel takes the full-width signs for the others
PLAIN_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
UNWRAPPED_PREFIXES = ("'", '="')


def template_csv(dataset: Dataset, language: Language = "zh") -> bytes:
    """Return the CSV that a clerk fills in: the headings with their units, UTF-8 with BOM."""
    return csv_bytes([_column_headings(dataset.columns, language)])


def example_csv(dataset: Dataset, language: Language = "zh") -> bytes | None:
    """Return the template with three rows of the 示例 ledger, or None if it has no such ledger."""
    rows = example_rows(dataset, language)
    return csv_bytes([_column_headings(dataset.columns, language), *rows]) if rows else None


def export_csv(
    con: Connection,
    dataset: Dataset,
    language: Language = "zh",
    with_personal: bool = True,
    table: str = "",
    named: bool = False,
) -> bytes:
    """Return the ledger as it stands, as a CSV that loads back without a change, with or without personal columns.

    `table` names a view of it as it stood earlier. A `named` export calls parents and words by name, not by code.
    """
    columns = _export_columns(dataset, with_personal)
    rows = _ledger_rows(con, dataset, columns, table, language if named else None)
    return csv_bytes(
        chain([_column_headings(columns, language)], ([_csv_cell(value) for value in row] for row in rows))
    )


def export_workbook(
    con: Connection,
    dataset: Dataset,
    language: Language = "zh",
    with_personal: bool = True,
    table: str = "",
    named: bool = False,
) -> bytes:
    """Return the same as a workbook (.xlsx), which loads back without a change too; raises TooBigForSheet."""
    columns, content = _export_columns(dataset, with_personal), io.BytesIO()
    with sheets.open_workbook(content, row_by_row=True) as book:
        sheet = book.add_worksheet(dataset.label.into(language))
        looks = [sheets.cell_format(book, column) for column in columns]
        headings = _column_headings(columns, language)
        sheets.write_headings(book, sheet, [(heading, False) for heading in headings])
        for place, (heading, look) in enumerate(zip(headings, looks, strict=True)):
            sheet.set_column(place, place, sheets.column_width([heading]), look)
        for line, row in enumerate(_ledger_rows(con, dataset, columns, table, language if named else None), 1):
            for place, value in enumerate(row):
                if value is not None and not sheets.write_value(sheet, line, place, _sheet_value(value), looks[place]):
                    raise TooBigForSheet(dataset=dataset.label)
    return content.getvalue()


def export_json(con: Connection, dataset: Dataset, with_personal: bool = True) -> bytes:
    """Return the ledger as a list of JSON objects, each column by its name, days and times as ISO 8601 writes them."""
    columns = _export_columns(dataset, with_personal)
    names = [column.name for column in columns]
    rows = [dict(zip(names, row, strict=True)) for row in _stored_rows(con, dataset, columns, dataset.name)]
    return json.dumps(rows, ensure_ascii=False, default=_json_value).encode("utf-8")


def _json_value(value: date | datetime) -> str:
    return value.isoformat()


def csv_bytes(rows: Iterable[Sequence[str]], guarded: bool = True) -> bytes:
    """Return rows as a CSV that Chinese Excel opens correctly: UTF-8 with BOM.

    A `guarded` cell that a spreadsheet would take for a formula gets an apostrophe, which the loader takes off again.
    """
    out = io.StringIO(newline="")
    csv.writer(out).writerows(map(guard_formula, row) if guarded else row for row in rows)
    return (BOM + out.getvalue()).encode("utf-8")


def number_cell(value: float) -> str:
    """Return a number as the text of a CSV: with every decimal that it has, a whole one without any."""
    return repr(float(value)).removesuffix(".0")


def guard_formula(cell: str) -> str:
    """Put an apostrophe before a formula, and before an apostrophe."""
    return f"'{cell}" if FORMULA_START.match(cell) and not PLAIN_NUMBER.fullmatch(cell) else cell


def _export_columns(dataset: Dataset, with_personal: bool) -> list[Column]:
    return [c for c in dataset.columns if with_personal or not c.personal]


def _column_headings(columns: Iterable[Column], language: Language) -> list[str]:
    return [c.heading.into(language) for c in columns]


def unambiguous_names(con: Connection, column: Column) -> dict[str, str]:
    """Return code -> name of the parents of a column whose name leads back to them, as the loader reads it."""
    parent = DATASETS[column.references]
    if not parent.name_column or parent.column(parent.name_column).personal:
        return {}
    key, name = quote_ident(parent.key[0]), quote_ident(parent.name_column)
    is_code = f"{name} IN (SELECT {key} FROM {quote_ident(parent.name)})"
    found = con.execute(
        f"SELECT {key}, {name} FROM {quote_ident(parent.name)} WHERE {expressions.bare_cell_sql(name)} = {name} "
        f"QUALIFY count(*) OVER (PARTITION BY {name}) = 1 AND NOT {is_code}"
    )
    return {code: called for code, called in found.fetchall() if not FORMULA_START.match(called)}


def _readable_values(con: Connection, columns: Iterable[Column], language: Language) -> list[dict[str, str]]:
    """Return for each column what its codes and words are called."""
    return [
        dict(unambiguous_names(con, c))
        if c.references
        else {choice.value: choice.label.into(language) for choice in c.choices}
        for c in columns
    ]


def _ledger_rows(
    con: Connection, dataset: Dataset, columns: list[Column], table: str, named_in: Language | None
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a ledger by key, their codes and words named in a language if one is given."""
    called = _readable_values(con, columns, named_in) if named_in else [{}] * len(columns)
    for row in _stored_rows(con, dataset, columns, table):
        yield tuple(names.get(value, value) for names, value in zip(called, row, strict=True))


def _stored_rows(con: Connection, dataset: Dataset, columns: list[Column], table: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a ledger by key, some thousands read at once."""
    names = ", ".join(quote_ident(c.name) for c in columns)
    key = ", ".join(quote_ident(k) for k in dataset.key)
    found = con.execute(f"SELECT {names} FROM {quote_ident(table or dataset.name)} ORDER BY {key}")
    while rows := found.fetchmany(ROWS_AT_ONCE):
        yield from rows


def _csv_cell(value: object) -> str:
    """Return a value as the text of a CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return number_cell(value) if isinstance(value, float) else str(value)


def _sheet_value(value: object) -> object:
    """Return a value as it goes into a workbook, where no text is a formula, so that the check reads it back."""
    if isinstance(value, bool):
        return _csv_cell(value)
    return guard_formula(value) if isinstance(value, str) and value.startswith(UNWRAPPED_PREFIXES) else value
