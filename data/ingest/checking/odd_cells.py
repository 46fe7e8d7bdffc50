"""The cells of a file that DuckDB's plain casts could not read, read one spelling at a time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache, partial

from duckdb import DuckDBPyConnection as Connection

from data.datasets import Column
from data.datasets.model import SQL_TYPES, Kind
from data.ingest.checking.error_reasons import NOTES
from data.ingest.checking.stage import LoadJob
from data.ingest.reading.number_format import SHOWN_AS
from data.ingest.table.sides import item_of
from data.ingest.values import cells, expressions
from data.ingest.values.cells import Unreadable
from data.ingest.values.codes import code_form, code_form_sql
from data.ingest.values.spelling import SPREADSHEET_DAY
from data.schema import quote_ident
from data.text import Text, join_list, untranslated
from data.units import UNITS, unit_in_brackets

SHORTENED_CODE = re.compile(r"[\d.]+e\+\d+", re.IGNORECASE)
NUMBER_KINDS, COIN_UNIT = ("number", "integer"), "元"
SINCE_1904 = timedelta(days=1462)  # between the two calendars of Excel
MARKS_OF_NOTHING = ("/", "-", "--", "—", "——", "无", "N/A", "NA", "null", "NULL", "None")


def make_temp_table(con: Connection, name: str, columns: dict[str, str], rows: Sequence[tuple[object, ...]]) -> None:
    """Make a small temporary table from rows."""
    lists = [[row[i] for row in rows] for i in range(len(columns))]
    shape = ", ".join(f"unnest(?::{kind}[]) AS {quote_ident(n)}" for n, kind in columns.items())
    con.execute(f"CREATE OR REPLACE TEMP TABLE {quote_ident(name)} AS SELECT {shape}", lists)


def distinct_cells(con: Connection, *columns: str) -> list[tuple[str, ...]]:
    listed = ", ".join(columns)
    return con.execute(f"SELECT DISTINCT {listed} FROM typed WHERE {columns[0]} IS NOT NULL").fetchall()


def cell_meaning(cell: str, understand: Callable[[str], object]) -> tuple[object, str | None]:
    """Return what a cell means, or why it cannot be read; a mark such as “/” or “—” means nothing."""
    meaning = understand(cell)
    if not isinstance(meaning, Unreadable):
        return meaning, None
    return None, None if cells.bare_cell(cell) in ("", *MARKS_OF_NOTHING) else meaning.reason


def unit_lookup(job: LoadJob, column: Column) -> Callable[[str | None], str]:
    """Return what gives the unit of a column; that of a reading's value depends on its item."""
    item = job.item_column(column)
    if item is None:
        return lambda _: column.unit
    units = {s: c.unit for c in reversed(item.choices) for s in c.spellings()}

    @cache
    def unit(written: str | None) -> str:
        found = cells.parse_choice(item_of(written or ""), units)
        return "" if isinstance(found, Unreadable) else found

    return unit


def unit_item_sql(job: LoadJob, column: Column) -> str:
    """Return the SQL of the item that a value's unit depends on."""
    item = job.item_column(column)
    return quote_ident(item.name) if item else "NULL"


def make_odd_cell_table(con: Connection, job: LoadJob, column: Column) -> list[Text]:
    """Read the cells of a column that the plain cast could not read."""
    found = distinct_cells(con, expressions.odd_cell_column(column), unit_item_sql(job, column))
    kind: Kind = "number" if job.is_scaled(column) else column.kind
    rows, known = [], _odd_codes(con, job, column)
    for cell, of_item in found:
        qualifier, written = cells.split_limit_sign(cell) if _can_be_limit(job, column) else (None, cell)
        meaning, reason = cell_meaning(written, _cell_reader(job, column, kind, of_item, known))
        reason = "no_limit" if reason == "below_limit" and _can_be_limit(job, column) else reason
        has_unit = column.kind in NUMBER_KINDS and bool(cells.own_unit(written))
        rows.append((cell, of_item, meaning, has_unit, reason, qualifier))
    shape = {"spelling": "VARCHAR", "item": "VARCHAR", "value": SQL_TYPES[kind], "has_unit": "BOOLEAN"}
    make_temp_table(con, "cell_" + column.name, shape | {"reason": "VARCHAR", "qualifier": "VARCHAR"}, rows)
    odd = {cell: meaning for cell, _, meaning, *_ in rows}
    return [*_reading_notes(job, column, odd), *_own_unit_notes(job, column, found)]


def _can_be_limit(job: LoadJob, column: Column) -> bool:
    return job.dataset.wide is not None and column.name == job.dataset.wide.value


def _cell_reader(
    job: LoadJob, column: Column, kind: Kind, item: str | None, known: Collection[str]
) -> Callable[[str], object]:
    """Return what reads an odd cell of a column; the unit of a reading depends on its item."""
    unit = unit_lookup(job, column)(item)
    readers: dict[Kind, Callable[[str], object]] = {
        "number": lambda cell: _parse_amount(job, column, unit, cell),
        "integer": lambda cell: cells.parse_integer(cell, unit),
        "date": lambda cell: _parse_dated_cell(job, column, cell),
        "timestamp": lambda cell: _parse_dated_cell(job, column, cell),
    }
    return readers.get(kind, partial(_parse_code, known) if column.name in job.dataset.key else _parse_text)


def _parse_amount(job: LoadJob, column: Column, unit: str, cell: str) -> float | Unreadable:
    """Read a number; a ¥ under a heading that says 万元 may be the looks of a spreadsheet, or mean 元."""
    heading = job.match.columns.get(column.name)
    headed = unit_in_brackets(heading.unit) if heading else ""
    is_other = headed and UNITS[unit].factor(headed) != UNITS[unit].factor(COIN_UNIT)
    return Unreadable("coin_or_heading") if is_other and cells.has_bare_coin(cell) else cells.parse_number(cell, unit)


def _own_unit_notes(job: LoadJob, column: Column, found: Sequence[tuple[str, ...]]) -> list[Text]:
    """Say which cells of a column were converted from a unit of their own."""
    if column.kind not in NUMBER_KINDS:
        return []
    named = Counter((unit_lookup(job, column)(item), cells.own_unit(cell)) for cell, item in found)
    return [
        NOTES["own_unit"].fill(label=column.label, count=count, unit=own, kept=UNITS[unit].label)
        for (unit, own), count in named.items()
        if own and UNITS[unit].factor(own) not in (None, 1.0)
    ]


def _parse_dated_cell(job: LoadJob, column: Column, cell: str) -> date | Unreadable:
    """Read a day or a time; one without a year that would lie after the day in the file's name is of the year before.

    What need not have happened yet takes no year but the one that the clerk names.
    """
    read, slack = (cells.parse_moment, 1) if column.kind == "timestamp" else (cells.parse_day, 0)
    if job.source.is_from_1904 and cells.is_serial_date(cell):
        return _shift_from_1904(read(cell, None))
    found, day = read(cell, job.year_for(column)), job.file.day if job.year_from_name else None
    if isinstance(found, Unreadable) or day is None or not _lacks_year(cell):
        return found
    on = found.date() if isinstance(found, datetime) else found
    return read(cell, day.year - 1) if on > day + timedelta(days=slack) else found


def _shift_from_1904(found: date | Unreadable) -> date | Unreadable:
    return found if isinstance(found, Unreadable) else found + SINCE_1904


def _lacks_year(cell: str) -> bool:
    return cells.parse_moment(cell, None) == Unreadable("no_year")


def _odd_codes(con: Connection, job: LoadJob, column: Column) -> set[str]:
    """Return the codes of the ledger that look like days or are not in the form of codes, which are surely codes."""
    if column.name not in job.dataset.key or column.kind != "text":
        return set()
    name, ledger = quote_ident(column.name), quote_ident(job.dataset.name)
    is_odd = f"regexp_full_match({name}, ?) OR {name} <> {code_form_sql(name)}"
    found = con.execute(f"SELECT {name} FROM {ledger} WHERE {is_odd}", [SPREADSHEET_DAY])
    return {code for (code,) in found.fetchall()}


def _parse_code(known: Collection[str], cell: str) -> str | Unreadable | None:
    """Read a code as keyboards for Chinese write it, ＨＪＸＨ for HJXH; 3.3E+17 has lost its digits in Excel.

    One of the `known`, odd codes of the ledger is what it is.
    """
    plain = code_form(cell)
    if (bare := cells.bare_cell(cell)) in known:
        return bare
    if SHORTENED_CODE.fullmatch(plain):
        return Unreadable("shortened_code")
    if SHOWN_AS in plain:
        return Unreadable("shown_otherwise")
    if cells.is_spreadsheet_day(cell):
        return Unreadable("code_is_date")
    if _has_stray_quote(plain):
        return Unreadable("stray_quote")
    if len(plain) > expressions.LONGEST_TEXT:
        return Unreadable("too_long")
    return cells.error_or_placeholder(cells.to_half_width(cell)) or plain or None


def _parse_text(cell: str) -> str | Unreadable | None:
    """Read a text; a mark such as 无 or “/” means nothing."""
    written = cells.bare_cell(cell)
    if len(written) > expressions.LONGEST_TEXT:
        return Unreadable("too_long")
    unusable = cells.error_or_placeholder(cells.to_half_width(written))
    if unusable:
        return unusable if unusable.reason == "excel_error" else None
    return written or None


def _has_stray_quote(written: str) -> bool:
    """Tell whether a double quote stands by itself, as a cell that was torn apart leaves it."""
    return written.count('"') % 2 == 1


def _reading_notes(job: LoadJob, column: Column, odd: Mapping[str, object]) -> list[Text]:
    """Say where a quote stands by itself, where dates were Excel serials, or got their year from elsewhere."""
    if column.kind == "text" and (stray := sum(map(_has_stray_quote, odd))):
        return [NOTES["stray_quotes"].fill(label=column.label, count=stray)]
    if column.kind not in ("date", "timestamp"):
        return []
    serials = sum(map(cells.is_serial_date, odd))
    notes = [NOTES["serial"].fill(label=column.label, count=serials)] if serials else []
    if job.year_from_name and job.year_for(column):
        years = {meaning.year for cell, meaning in odd.items() if isinstance(meaning, date) and _lacks_year(cell)}
        notes += (
            [NOTES["year"].fill(year=join_list(untranslated(str(year)) for year in sorted(years)))] if years else []
        )
    if job.dated_by and column.name in job.dataset.past_columns:
        notes.append(NOTES["published_year"].fill(heading=job.dated_by.text))
    return notes
