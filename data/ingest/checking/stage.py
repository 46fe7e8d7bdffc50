"""The cells of a file under the ledger's names: the temporary table `typed`, made by DuckDB's plain casts."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import dropwhile, islice
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection as Connection
from pandas import DataFrame, Series

from data.datasets import Column, Dataset
from data.errors import LongCell, OtherYear, TooManyRows
from data.ingest.checking.scope import Mode, Scope
from data.ingest.reading.places import file_title
from data.ingest.reading.reader import Progress, Record, Source, Upload
from data.ingest.reading.records import LONGEST_CELL
from data.ingest.table import repeated_headers
from data.ingest.table.headers import HeaderMatch, Heading, item_column_beside
from data.ingest.table.layout import Layout
from data.ingest.table.sides import side_of
from data.ingest.values import expressions
from data.schema import quote_ident, quote_literal

ROWS_PER_REPORT, ROWS_TRANSPOSED = 20_000, 200  # chosen, not measured; small blocks take less memory
SHAPE_KINDS = ("path", "shape")
LONGEST_SHAPE = 10_000_000  # chosen: 200,000 points with all the digits that a program may write
ORDERED_KINDS = ("number", "integer", "date", "timestamp")
MOST_ASKED = 2  # a second header repeats under every column, so two tell as much as all and cost less
BUFFER_SIZE = 32_000_000  # bytes; DuckDB's own, which would shrink with the longest line
MOST_ROWS = 10_000_000  # chosen: what was measured of good rows (docs/performance.md)
MOST_ROWS_CUT = 4_000_000  # chosen: those that Python cuts may all be refused, at 315 bytes a row


@dataclass(slots=True)
class LoadJob:
    """One file on its way into one ledger, and what the clerk chose for it.

    `earlier` are tables of rows for the same ledger that stand in other parts of the file, with their columns; the job
    `disagrees` with one where a key has other values there. `picture_headings` are of columns that are not read; `rows`
    are its lines of data; it `has_units_of_items` where cells name an item with another unit: 氨氮(μg/L).
    """

    file: Upload
    dataset: Dataset
    source: Source
    layout: Layout
    match: HeaderMatch
    mapping: Mapping[str, str]
    replacements: Mapping[tuple[str, str], str]
    path: Path
    picture_headings: tuple[str, ...] = ()
    year: int | None = None
    year_from_name: bool = False
    register: bool = False
    mode: Mode = "upsert"
    scope: Scope | None = None
    valid_from: date | None = None
    today: date = date.max
    earlier: Mapping[str, Sequence[Column]] = field(default_factory=dict)
    disagrees: bool = False
    rows: int = 0
    has_limits: bool = False
    has_units_of_items: bool = False
    has_repeated_headers: bool = False

    @property
    def columns(self) -> list[Column]:
        """The columns of the ledger that the file fills, in the order of the registry."""
        wide = self.dataset.wide
        filled = {*self.match.columns, *self.match.constants}
        filled |= {wide.parameter, wide.value} if wide and self.match.items else set()
        filled |= {wide.qualifier} if wide and self.has_limits else set()
        filled |= {wide.side} if wide and any(map(side_of, self.match.items)) else set()
        return [c for c in self.dataset.columns if c.name in filled]

    @property
    def parents(self) -> list[Column]:
        return [c for c in self.columns if c.references]

    def item_column(self, column: Column) -> Column | None:
        """Return the enumeration that gives a number its unit row by row, where the file tells it."""
        return item_column_beside(self.dataset, column, [c.name for c in self.columns])

    @property
    def units_of_parents(self) -> list[Column]:
        """The units that rows of other ledgers give to numbers of this one."""
        items = (self.item_column(c) for c in self.columns)
        return list(dict.fromkeys(item for item in items if item and "." in item.name))

    @property
    def dated_by(self) -> Heading | None:
        """The heading of the days whose year completes a time, unless the clerk named the year."""
        is_named = self.year is not None and not self.year_from_name
        return None if is_named else self.match.snapshot

    def year_for(self, column: Column) -> int | None:
        """The year of a day or a time written without one; that in the file's name is for what has happened only."""
        return self.year if not self.year_from_name or column.name in self.dataset.past_columns else None

    def is_scaled(self, column: Column) -> bool:
        """Tell whether a column stands in the file in another unit, so that a whole number may have a point."""
        return column.name in self.match.factors or column.name in self.match.unit_columns

    @property
    def longest_cell(self) -> int:
        """How many characters a cell may have; a shape may have more of them than any other."""
        has_shape = any(column.kind in SHAPE_KINDS for column in self.columns)
        return LONGEST_SHAPE if has_shape else LONGEST_CELL

    @property
    def width(self) -> int:
        return len(self.layout.header)

    def title(self, line: int) -> str:
        """Return what the file of a row is called, with its sheet where several are read."""
        return file_title(self.file.name, self.source.place(line).sheet)


def stage_file(con: Connection, job: LoadJob, progress: Progress) -> None:
    """Make `typed (line, width, …)` from the file: for each column its value, and its cell where the cast failed.

    A text with one row a line, none very long, is read by DuckDB itself; any other is cut record by record first, and
    so is a file whose columns change their order on the way. Raises OtherHeader, TooManyRows, LongCell.
    """
    text = job.source.plain
    if text is None or not _read_by_line(con, job, text, progress):
        _read_by_record(con, job, progress)
    if _has_repeated_headers(con, job):
        job.has_repeated_headers = True
        _read_by_record(con, job, progress)


def _has_repeated_headers(con: Connection, job: LoadJob) -> bool:
    """Tell whether headings stand under other headings: among numbers and days, or else among words."""
    if job.match.items:
        cells = [(h.index, f"c{h.index}") for h in job.match.items.values()]
    else:
        own = [c for c in job.columns if c.name in job.match.columns]
        odd = {c.name: expressions.odd_cell_column(c) for c in own if c.kind in ORDERED_KINDS and not c.choices}
        named = odd or {c.name: quote_ident(c.name) for c in own}
        cells = [(job.match.columns[name].index, cell) for name, cell in named.items()]
    strange = " UNION ALL ".join(
        f"(SELECT 1 FROM {_row_table(job)} WHERE {cell} IS NOT NULL "
        f"AND {cell} IN {expressions.literal_list_sql(headings)} LIMIT 1)"
        for place, cell in cells[:MOST_ASKED]
        if (headings := tuple(sorted(repeated_headers.other_column_headings(job.dataset, job.layout, place))))
    )
    return bool(strange and con.execute(strange).fetchall())


def _read_by_line(con: Connection, job: LoadJob, text: str, progress: Progress) -> bool:
    """Let DuckDB read a text; False if its rows turn out not to be its lines."""
    lines = text.rstrip("\n").count("\n") + 2 - job.layout.first_line
    if lines < 1 or _may_have_surplus_cells(job, text, lines):
        return False
    _refuse_too_many(job, lines, MOST_ROWS)
    progress("reading", 0, lines)
    job.path.write_text(text, encoding="utf-8", newline="")
    try:
        _make_typed_table(con, job, _lines_sql(job))
    except (duckdb.InvalidInputException, duckdb.ConversionException):
        return False
    progress("reading", lines, lines)
    job.rows = con.execute(f"SELECT count(*) FROM {_row_table(job)}").fetchall()[0][0]
    return job.rows == lines


def _may_have_surplus_cells(job: LoadJob, text: str, lines: int) -> bool:
    """Tell whether a line may end with more empty cells than the header has; DuckDB would drop them unseen."""
    delimiter = job.source.delimiter
    ends = (f"{delimiter}\n", f'{delimiter}""\n')
    if not any(end in text or text.endswith(end[:-1]) for end in ends):
        return False
    above = sum(line.count(delimiter) for line in text.split("\n", job.layout.first_line - 1)[:-1])
    return text.count(delimiter) - above != lines * (job.width - 1)


def _row_table(job: LoadJob) -> str:
    return "cells" if job.match.items else "typed"


def _read_csv_sql(path: Path, delimiter: str, names: dict[str, str], skip: int) -> str:
    """Return the SQL that reads a staged file strictly, every cell as text."""
    shape = "{" + ", ".join(f"{quote_literal(n)}: {quote_literal(t)}" for n, t in names.items()) + "}"
    return (
        f"read_csv({quote_literal(str(path))}, columns = {shape}, header = false, auto_detect = false, skip = {skip}, "
        f"delim = {quote_literal(delimiter)}, quote = '\"', escape = '\"', new_line = '\\n', "
        f"max_line_size = {LONGEST_CELL}, buffer_size = {BUFFER_SIZE})"
    )


def _lines_sql(job: LoadJob) -> str:
    names = {f"c{i}": "VARCHAR" for i in range(job.width)}
    return _read_csv_sql(job.path, job.source.delimiter, names, job.layout.first_line - 1)


def _read_by_record(con: Connection, job: LoadJob, progress: Progress) -> None:
    """Cut the file record by record into the table `cut`, with the line and the width of each in front."""
    job.source.plain, job.rows = None, 0
    names = ["line", "width", *(f"c{i}" for i in range(job.width))]
    kinds = ["BIGINT", "BIGINT", *["VARCHAR"] * job.width]
    con.execute(f"CREATE OR REPLACE TEMP TABLE cut ({', '.join(map(' '.join, zip(names, kinds, strict=True)))})")
    rows, usual = data_records(job), _usual_widths(job)
    while columns := _records_as_columns(job, islice(rows, ROWS_PER_REPORT), usual):
        con.register("block", DataFrame(dict(zip(names, map(_object_series, columns), strict=True))))
        con.execute("INSERT INTO cut FROM block")
        con.unregister("block")
        job.rows += len(columns[0])
        _refuse_too_many(job, job.rows, MOST_ROWS_CUT)
        progress("reading", job.rows, 0)
    _make_typed_table(con, job, "cut")


def _refuse_too_many(job: LoadJob, rows: int, most: int) -> None:
    if rows > most:
        raise TooManyRows(name=job.file.name, most=most)


def _refuse_long_cells(job: LoadJob, records: Sequence[Record]) -> None:
    """Refuse a cell that is longer than any of a ledger."""
    for record in records:
        if max(map(len, record.cells)) > job.longest_cell:
            raise LongCell(name=job.file.name, line=record.line, most=job.longest_cell)


def _object_series(column: list[object]) -> Series:
    return Series(column, dtype=object)


def _records_as_columns(job: LoadJob, records: Iterator[Record], usual: Collection[int]) -> list[list[object]]:
    """Return some records as columns: lines, widths, and as many of their cells as the header has; [] without any.

    They are turned by small blocks: records in great number keep Python's collector of garbage busy.
    """
    width, columns = job.width, list[list[object]]()
    while block := list(islice(records, ROWS_TRANSPOSED)):
        _refuse_long_cells(job, block)
        lines, rows = zip(*block, strict=True)
        turned = (lines, _row_widths(job, rows, usual), *zip(*(fit_row(cells, width) for cells in rows), strict=True))
        columns = columns or [[] for _ in turned]
        for column, cells in zip(columns, turned, strict=True):
            column.extend(cells)
    return columns


def data_records(job: LoadJob) -> Iterator[Record]:
    """Yield the rows of the file below its header that hold anything, as they were written under that header."""
    rows = dropwhile(lambda record: record.line < job.layout.first_line, job.source.records())
    return (
        repeated_headers.reordered_rows(rows, job.dataset, job.layout, job.match, job.mapping, job.title)
        if job.has_repeated_headers
        else rows
    )


def _usual_widths(job: LoadJob) -> set[int]:
    """Return how many cells a row may have, those beyond the headings empty: as many as the headings are, as the header
    has as it is written, or as most rows of the head have.

    A row by itself that ends with one separator too many may have another one too many inside: 26,000.
    """
    rows = [row.cells for row in job.source.head if row.line >= job.layout.header_line]
    widths = Counter(len(cells) for cells in rows if not _has_content_beyond(cells, job.width))
    return {job.width, *map(len, rows[:1])} | {width for width, count in widths.items() if 2 * count > len(rows)}


def _has_content_beyond(cells: list[str], width: int) -> bool:
    return len(cells) > width and any(map(str.strip, cells[width:]))


def _row_widths(job: LoadJob, rows: Sequence[list[str]], usual: Collection[int]) -> Iterator[int]:
    """Yield how many cells each row has, or the header, if it has as many as is usual; a sheet's rows have no width."""
    width, is_ragged = job.width, bool(job.source.delimiter)
    for cells in rows:
        if _has_content_beyond(cells, width):
            yield len(cells)
        else:
            yield len(cells) if is_ragged and (len(cells) < width or len(cells) not in usual) else width


def fit_row(cells: list[str], width: int) -> list[str]:
    """Return a row with as many cells as the header has."""
    return cells if len(cells) == width else (cells + [""] * width)[:width]


def _make_typed_table(con: Connection, job: LoadJob, origin: str) -> None:
    """Make `typed`; the rows of a wide file, one an item that has a value, by way of the table `cells`."""
    numbered = "line, width" if job.source.plain is None else f"rowid + {job.layout.first_line} AS line, NULL AS width"
    columns = {n: f"c{h.index}" for n, h in job.match.columns.items()} | {n: f"${n}" for n in job.match.constants}
    columns |= {n: expressions.day_and_time_sql(columns[n], f"c{h.index}") for n, h in job.match.time_headings.items()}
    completed = _completed_moments(job, columns)
    if job.dated_by:
        columns |= completed
    else:
        _refuse_other_year(con, job, origin, {columns[name]: sql for name, sql in completed.items()})
    for column in (c for c in job.columns if c.day_from in columns):
        columns[column.name] = expressions.time_on_day_sql(columns[column.name], columns[column.day_from])
    if job.match.items:
        con.execute(f"CREATE OR REPLACE TEMP TABLE cells AS SELECT * FROM {origin}")
        columns |= _unpivot_items(con, job, numbered)
        origin, numbered = "items", "line, width"
    elif job.source.plain is not None:
        numbered = ""
    said = {f"also {n}": f"c{h.index}" for n, h in job.match.second_headings.items()}
    said |= {f"unit {n}": f"c{h.index}" for n, h in job.match.unit_columns.items()}
    places = {c.name: f"c{i}" for c in job.parents if (i := expressions.place_index(c, job.match)) is not None}
    parts = [numbered] if numbered else []
    parts += [
        expressions.typed_cell_sql(
            c, columns[c.name], job.is_scaled(c), c.name in job.dataset.key, _first_cells(job, c)
        )
        for c in job.columns
    ]
    parts += [
        f"{expressions.trimmed_or_null_sql(cell)} AS {quote_ident(name)}"
        for name, cell in (said | _registration_cells(job)).items()
    ]
    parts += [f"{expressions.place_key_sql(cell)} AS {quote_ident('place ' + name)}" for name, cell in places.items()]
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE typed AS SELECT {', '.join(parts)} FROM {origin}", dict(job.match.constants)
    )


def _completed_moments(job: LoadJob, columns: Mapping[str, str]) -> dict[str, str]:
    """Return the SQL of the days and times of what has happened, with the year of the day that stands in their row."""
    published = job.match.snapshot
    if published is None:
        return {}
    moments = [c for c in job.columns if c.name in job.dataset.past_columns and c.name in columns]
    return {c.name: expressions.completed_year_sql(c, columns[c.name], f"c{published.index}") for c in moments}


def _refuse_other_year(con: Connection, job: LoadJob, origin: str, completed: Mapping[str, str]) -> None:
    """Refuse a year that a clerk names for times whose own row tells of another year; raises OtherYear."""
    for cell, whole in completed.items():
        assert job.match.snapshot
        heading = job.match.snapshot
        differs = f"{whole} <> {cell} AND NOT starts_with({whole}, {quote_literal(str(job.year))})"
        found = con.execute(f"SELECT {cell}, c{heading.index} FROM {origin} WHERE {differs} LIMIT 1").fetchall()
        for written, day in found:
            raise OtherYear(name=job.file.name, heading=heading.text, published=day, year=job.year, cell=written)


def add_qualifier(con: Connection, job: LoadJob) -> None:
    """Give `typed` the column that says which values are only limits, where a cell or the ledger needs one."""
    wide = job.dataset.wide
    if wide is None or wide.qualifier in job.match.columns or job.has_limits:
        return
    odd, qualifier = expressions.odd_cell_column(job.dataset.column(wide.value)), quote_ident(wide.qualifier)
    needed = [f"SELECT 1 FROM typed WHERE {odd} IS NOT NULL"]
    needed.append(f"SELECT 1 FROM {quote_ident(job.dataset.name)} WHERE {qualifier} IS NOT NULL")
    if con.execute(f"({needed[0]} LIMIT 1) UNION ALL ({needed[1]} LIMIT 1)").fetchall():
        con.execute(f"ALTER TABLE typed ADD COLUMN {qualifier} VARCHAR")
        job.has_limits = True


def _first_cells(job: LoadJob, column: Column) -> list[str]:
    """Return the first cells of a column."""
    heading = job.match.columns.get(column.name)
    rows = [r.cells for r in job.source.head if r.line >= job.layout.first_line]
    return [row[heading.index] for row in rows if heading and len(row) > heading.index]


def _registration_cells(job: LoadJob) -> dict[str, str]:
    """Return what the file says of a parent beside its name, should the parent have to be registered."""
    if not job.register:
        return {}
    return {
        f"said {c.name} {n}": f"c{i}"
        for c in job.parents
        for n, i in expressions.parent_column_indexes(c, job.match).items()
    }


def _unpivot_items(con: Connection, job: LoadJob, numbered: str) -> dict[str, str]:
    """Make the view `items`, one row per line and item that has a value; return the names of its columns.

    An item that is measured at several sides bears the key of both.
    """
    wide = job.dataset.wide
    assert wide
    pairs = ", ".join(
        f"{{'item': {quote_literal(key)}, 'side': {quote_literal(side_of(key))}, 'cell': {_item_cell_sql(job, key)}}}"
        for key in job.match.items
    )
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW items AS SELECT * EXCLUDE (u), u.item AS item, u.side AS side, u.cell AS cell "
        f"FROM (SELECT {numbered}, {', '.join(f'c{i}' for i in range(job.width))}, unnest([{pairs}]) AS u FROM cells) "
        f"AS unpivoted WHERE u.cell IS NOT NULL"
    )
    sided = {wide.side: "side"} if any(map(side_of, job.match.items)) else {}
    return {wide.parameter: "item", wide.value: "cell"} | sided


def _item_cell_sql(job: LoadJob, item: str) -> str:
    """Return the SQL of an item's cell, its value before rounding first; NULL if nothing was measured."""
    wide = job.dataset.wide
    assert wide
    headings = [m[item] for m in (job.match.raw_items, job.match.items) if item in m]
    cells = [expressions.trimmed_or_null_sql(f"c{h.index}") for h in headings]
    marked = [f"CASE WHEN {c} NOT IN {expressions.literal_list_sql(wide.missing)} THEN {c} END" for c in cells]
    return marked[0] if len(marked) == 1 else f"coalesce({', '.join(marked)})"


def numbered_rows_sql(job: LoadJob) -> str:
    """Return the SQL of `typed` with the line of each row in the uploaded file."""
    if job.source.plain is None or job.match.items:
        return "typed"
    return f"(SELECT rowid + {job.layout.first_line} AS line, NULL AS width, * FROM typed)"


def records_at(job: LoadJob, lines: Iterable[int]) -> list[Record]:
    """Return the rows of the file that stand on some lines, as they were written."""
    wanted = set(lines)
    if not wanted:
        return []
    if job.source.plain is None:
        return [r for r in data_records(job) if r.line in wanted]
    text = job.source.plain.split("\n")
    rows = csv.reader((text[n - 1] for n in sorted(wanted)), delimiter=job.source.delimiter)
    return [Record(line, cells) for line, cells in zip(sorted(wanted), rows, strict=True)]
