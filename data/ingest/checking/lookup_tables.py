"""What words, names and odd cells of a file stand for: small lookup tables, one entry a spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Choice, Column, Dataset
from data.datasets.model import SQL_TYPES, Kind
from data.ingest.checking.error_reasons import NOTES
from data.ingest.checking.stage import LoadJob
from data.ingest.table import layout
from data.ingest.table.heading_brackets import split_brackets
from data.ingest.values import cells, expressions
from data.ingest.values.cells import Unreadable
from data.schema import quote_ident
from data.text import Text, join_list, untranslated
from data.units import UNITS

HIGHEST_VALUE = 1e12  # chosen: above any amount of 万元 or m³ an office has
SHORTENED_CODE = re.compile(r"[\d.]+e\+\d+", re.IGNORECASE)
NUMBER_KINDS = ("number", "integer")
SINCE_1904 = timedelta(days=1462)  # between the two calendars of Excel
MARKS_OF_NOTHING = ("/", "-", "--", "—", "——", "无", "N/A", "NA", "null", "NULL", "None")

CellValue = date | datetime | float | int | str | bool | None


def can_register(parent: Dataset) -> bool:
    """Tell whether a row of this ledger can be made from its code and name alone."""
    return {c.name for c in parent.columns if c.required} <= {*parent.key, parent.name_column}


def _make_temp_table(con: Connection, name: str, columns: dict[str, str], rows: Sequence[tuple[object, ...]]) -> None:
    """Make a small temporary table from rows."""
    lists = [[row[i] for row in rows] for i in range(len(columns))]
    shape = ", ".join(f"unnest(?::{kind}[]) AS {quote_ident(n)}" for n, kind in columns.items())
    con.execute(f"CREATE OR REPLACE TEMP TABLE {quote_ident(name)} AS SELECT {shape}", lists)


def _distinct_cells(con: Connection, *columns: str) -> list[tuple[str, ...]]:
    listed = ", ".join(columns)
    return con.execute(f"SELECT DISTINCT {listed} FROM typed WHERE {columns[0]} IS NOT NULL").fetchall()


def make_lookup_tables(con: Connection, job: LoadJob) -> list[Text]:
    """Make the lookup tables of every column; returns notes on what was read in a special way.

    `word_<column> (spelling, id, reason, …)` for words and names, `cell_<column> (spelling, item, value, has_unit,
    reason, qualifier)` for cells that the plain cast could not read, `unit_<column> (spelling, item, factor, reason)`.
    """
    notes: list[Text] = []
    for column in job.columns:
        if column.references:
            _make_parent_table(con, job, column)
        elif expressions.is_looked_up(column):
            notes += _make_word_table(con, job, column)
    for unit in job.units_of_parents:
        _copy_parent_unit(con, job, unit)
        notes += _make_word_table(con, job, unit)
    for column in (c for c in job.columns if not expressions.is_looked_up(c)):
        notes += _make_odd_cell_table(con, job, column)
    for name in job.match.unit_columns:
        _make_unit_table(con, job, job.dataset.column(name))
    return list(dict.fromkeys(notes))


def _make_parent_table(con: Connection, job: LoadJob, column: Column) -> None:
    """Find the rows of the parent's ledger that the codes and names of a column stand for."""
    table, new = quote_ident("word_" + column.name), quote_ident("new_" + column.name)
    is_nothing = f"any_value(bare) IN {expressions.literal_list_sql(('', *MARKS_OF_NOTHING))}"
    unknown = expressions.unknown_parent_reason_sql("any_value(bare)")
    place = "NULL" if expressions.place_index(column, job.match) is None else quote_ident("place " + column.name)
    spelled = f"SELECT DISTINCT {quote_ident(column.name)} AS spelling, {place} AS place FROM typed"
    if column.name in job.match.second_headings:
        spelled += f" UNION SELECT {quote_ident('also ' + column.name)}, {place} FROM typed"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT spelling, w.place, any_value(bare) AS bare, "
        f"any_value(k.id) AS id, list(k.id) AS ids, "
        f"CASE WHEN count(DISTINCT k.id) > 1 THEN 'ambiguous_parent' "
        f"WHEN count(k.id) = 0 AND NOT {is_nothing} THEN {unknown} END AS reason "
        f"FROM (SELECT spelling, place, {expressions.bare_cell_sql('spelling')} AS bare FROM ({spelled}) AS s "
        f"WHERE spelling IS NOT NULL) AS w LEFT JOIN ({_known_parents_sql(DATASETS[column.references])}) AS k "
        f"ON k.name = w.bare AND coalesce(k.place = w.place, true) GROUP BY spelling, w.place"
    )
    _match_half_width_names(con, column)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {new} AS SELECT bare AS id, bare AS name FROM {table} LIMIT 0")
    if job.register and can_register(DATASETS[column.references]):
        _make_new_parents_table(con, job, column)


def _match_half_width_names(con: Connection, column: Column) -> None:
    """Find the parents that are written as keyboards for Chinese write them: Ｗ－０２ is W-02."""
    table, plain = quote_ident("word_" + column.name), expressions.half_width_sql("bare")
    con.execute(
        f"UPDATE {table} SET id = k.id, ids = [k.id], reason = NULL "
        f"FROM ({_known_parents_sql(DATASETS[column.references])}) AS k "
        f"WHERE reason = 'unknown_parent' AND bare <> {plain} AND k.name = {plain}"
    )


def _known_parents_sql(parent: Dataset) -> str:
    """Return the SQL of every code and name of a ledger, with the place that tells rows of one name apart.

    A name that is another row's code is that code.
    """
    ledger, key = quote_ident(parent.name), quote_ident(parent.key[0])
    if not parent.name_column:
        return f"SELECT {key} AS name, {key} AS id, NULL AS place FROM {ledger}"
    name = quote_ident(parent.name_column)
    place = expressions.place_key_sql(quote_ident(parent.place_column)) if parent.place_column else "NULL"
    return (
        f"SELECT {key} AS name, {key} AS id, CASE WHEN {key} = {name} THEN {place} END AS place FROM {ledger} "
        f"UNION ALL SELECT {name}, {key}, {place} FROM {ledger} "
        f"WHERE {name} = {key} OR {name} NOT IN (SELECT {key} FROM {ledger} WHERE {key} <> {name})"
    )


def _make_new_parents_table(con: Connection, job: LoadJob, column: Column) -> None:
    """Make `new_<column>`, the parents to register with what the file says of them; sums and remarks are no parents."""
    table, name = quote_ident("word_" + column.name), quote_ident(column.name)
    unknown = con.execute(f"SELECT DISTINCT bare FROM {table} WHERE reason = 'unknown_parent'").fetchall()
    wanted = [bare for (bare,) in unknown if not layout.left_out_reason([bare], job.layout)]
    _assign_parent_codes(con, column, wanted)
    told = expressions.parent_column_indexes(column, job.match)
    said = "".join(f", any_value({quote_ident(f'said {column.name} {n}')}) AS {quote_ident(n)}" for n in told)
    con.execute(
        "CREATE "
        f"OR REPLACE TEMP TABLE {quote_ident('new_' + column.name)} AS SELECT w.id, any_value(w.bare) AS name{said} "
        f"FROM {table} w JOIN typed ON typed.{name} = w.spelling{_same_place_sql(job, column)} "
        "WHERE w.is_new GROUP BY w.id"
    )


def _assign_parent_codes(con: Connection, column: Column, wanted: list[str]) -> None:
    """Give unknown parents their name as code; where one of another place bears it, their place stands before it."""
    table, parent = quote_ident("word_" + column.name), DATASETS[column.references]
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * REPLACE (CASE WHEN is_new AND is_taken "
        f"THEN place || '·' || bare WHEN is_new THEN bare ELSE id END AS id, CASE WHEN NOT is_new THEN reason END "
        f"AS reason) FROM (SELECT *, reason IS NOT NULL AND reason = 'unknown_parent' AND list_contains(?, bare) "
        f"AS is_new, place IS NOT NULL AND (place > min(place) OVER (PARTITION BY bare) "
        f"OR bare IN (SELECT {quote_ident(parent.key[0])} FROM {quote_ident(parent.name)})) AS is_taken "
        f"FROM {table}) AS w",
        [wanted],
    )


def _copy_parent_unit(con: Connection, job: LoadJob, unit: Column) -> None:
    """Give `typed` the unit that the row of another ledger has which each row names."""
    link, _, name = unit.name.partition(".")
    parent = DATASETS[job.dataset.column(link).references]
    written = f"typed.{quote_ident(link)}"
    written = (
        f"coalesce({written}, typed.{quote_ident('also ' + link)})" if link in job.match.second_headings else written
    )
    con.execute(f"ALTER TABLE typed ADD COLUMN IF NOT EXISTS {quote_ident(unit.name)} VARCHAR")
    con.execute(
        f"UPDATE typed SET {quote_ident(unit.name)} = p.{quote_ident(name)} FROM {quote_ident('word_' + link)} w "
        f"JOIN {quote_ident(parent.name)} p ON p.{quote_ident(parent.key[0])} = w.id "
        f"WHERE w.spelling = {written}{_same_place_sql(job, job.dataset.column(link))}"
    )


def _same_place_sql(job: LoadJob, column: Column) -> str:
    """Return the SQL by which a row meets the word `w` that has its place, where the file has places."""
    is_placed = expressions.place_index(column, job.match) is not None
    return f" AND w.place IS NOT DISTINCT FROM typed.{quote_ident('place ' + column.name)}" if is_placed else ""


def _make_word_table(con: Connection, job: LoadJob, column: Column) -> list[Text]:
    """Read every spelling of an enumeration, a flag or a course; returns notes on items that were named with a unit."""
    notes = []
    spelled = {s: c.value for c in reversed(column.choices) for s in reversed(c.spellings())}
    choices = {c.value: c for c in column.choices}
    read: dict[str, Callable[[str], object]] = {"flag": cells.parse_flag, "path": cells.parse_path}
    understand = read.get(column.kind, lambda cell: cells.parse_choice(cell, spelled))
    rows = []
    for (cell,) in _distinct_cells(con, quote_ident(column.name)):
        meaning, reason = _cell_meaning(cell, understand)
        choice = choices.get(str(meaning))
        factor = _item_factor(job, column, choice)
        if reason == "not_choice" and (named := _item_with_unit(cell, spelled, choices)):
            choice, unit = named
            meaning, reason, factor = choice.value, None, UNITS[choice.unit].factor(unit)
            job.has_units_of_items = True
            notes += [_conversion_note(choice, unit)] if factor != 1.0 else []
        rows.append((cell, meaning, reason, *_item_limits(job, column, choice), factor))
    shape = {"spelling": "VARCHAR", "id": column.sql_type, "reason": "VARCHAR"}
    limits = {"low": "DOUBLE", "high": "DOUBLE", "factor": "DOUBLE"}
    _make_temp_table(con, "word_" + column.name, shape | limits, rows)
    return notes


def _cell_meaning(cell: str, understand: Callable[[str], object]) -> tuple[object, str | None]:
    """Return what a cell means, or why it cannot be read; a mark such as “/” or “—” means nothing."""
    meaning = understand(cell)
    if not isinstance(meaning, Unreadable):
        return meaning, None
    return None, None if cells.bare_cell(cell) in ("", *MARKS_OF_NOTHING) else meaning.reason


def _conversion_note(item: Choice, unit: str) -> Text:
    return NOTES["converted"].fill(columns=item.label, unit=unit, kept=UNITS[item.unit].label)


def _item_with_unit(cell: str, spelled: Mapping[str, str], items: Mapping[str, Choice]) -> tuple[Choice, str] | None:
    """Return the item of 氨氮(μg/L) and the unit that its values are in; None if they are in no such unit."""
    name, unit = split_brackets(cells.bare_cell(cell)) or ("", "")
    item = items.get(str(cells.parse_choice(name, spelled))) if name else None
    return (item, unit) if item and item.unit and UNITS[item.unit].factor(unit) is not None else None


def _item_limits(job: LoadJob, column: Column, choice: Choice | None) -> tuple[float | None, float | None]:
    """Return the lowest and the highest value of an item."""
    wide = job.dataset.wide
    if choice is None or wide is None or column.name != wide.parameter:
        return None, None
    return choice.low, HIGHEST_VALUE if choice.high is None else choice.high


def _item_factor(job: LoadJob, column: Column, choice: Choice | None) -> float | None:
    """Return what the unit of its heading makes of an item's value; None if it does not convert or there is none."""
    if choice is None:
        return None
    units = (u for n, u in job.match.item_units.items() if job.item_column(job.dataset.column(n)) == column)
    unit = next(units, None)
    return UNITS[choice.unit].factor(unit) if unit else job.match.factors.get(choice.value)


def _unit_lookup(job: LoadJob, column: Column) -> Callable[[str | None], str]:
    """Return what gives the unit of a column; that of a reading's value depends on its item."""
    item = job.item_column(column)
    if item is None:
        return lambda _: column.unit
    units = {s: c.unit for c in reversed(item.choices) for s in c.spellings()}

    @cache
    def unit(written: str | None) -> str:
        found = cells.parse_choice(written or "", units)
        return "" if isinstance(found, Unreadable) else found

    return unit


def _unit_item_sql(job: LoadJob, column: Column) -> str:
    """Return the SQL of the item that a value's unit depends on."""
    item = job.item_column(column)
    return quote_ident(item.name) if item else "NULL"


def _make_odd_cell_table(con: Connection, job: LoadJob, column: Column) -> list[Text]:
    """Read the cells of a column that the plain cast could not read."""
    found = _distinct_cells(con, expressions.odd_cell_column(column), _unit_item_sql(job, column))
    kind: Kind = "number" if job.is_scaled(column) else column.kind
    rows = []
    for cell, of_item in found:
        qualifier, written = cells.split_limit_sign(cell) if _can_be_limit(job, column) else (None, cell)
        meaning, reason = _cell_meaning(written, _cell_reader(job, column, kind, of_item))
        reason = "no_limit" if reason == "below_limit" and _can_be_limit(job, column) else reason
        has_unit = column.kind in NUMBER_KINDS and cells.has_own_unit(written)
        rows.append((cell, of_item, meaning, has_unit, reason, qualifier))
    shape = {"spelling": "VARCHAR", "item": "VARCHAR", "value": SQL_TYPES[kind], "has_unit": "BOOLEAN"}
    _make_temp_table(con, "cell_" + column.name, shape | {"reason": "VARCHAR", "qualifier": "VARCHAR"}, rows)
    return _reading_notes(job, column, {cell: meaning for cell, _, meaning, *_ in rows})


def _can_be_limit(job: LoadJob, column: Column) -> bool:
    return job.dataset.wide is not None and column.name == job.dataset.wide.value


def _cell_reader(job: LoadJob, column: Column, kind: Kind, item: str | None) -> Callable[[str], object]:
    """Return what reads an odd cell of a column; the unit of a reading depends on its item."""
    unit = _unit_lookup(job, column)(item)
    readers: dict[Kind, Callable[[str], object]] = {
        "number": lambda cell: cells.parse_number(cell, unit),
        "integer": lambda cell: cells.parse_integer(cell, unit),
        "date": lambda cell: _parse_dated_cell(job, column, cell),
        "timestamp": lambda cell: _parse_dated_cell(job, column, cell),
    }
    return readers.get(kind, _parse_code if column.name in job.dataset.key else _parse_text)


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


def _parse_code(cell: str) -> str | Unreadable | None:
    """Read a code as keyboards for Chinese write it, ＨＪＸＨ for HJXH; 3.3E+17 has lost its digits in Excel."""
    plain = cells.to_half_width(cell)
    if SHORTENED_CODE.fullmatch(plain):
        return Unreadable("shortened_code")
    if has_stray_quote(plain):
        return Unreadable("stray_quote")
    if len(plain) > expressions.LONGEST_TEXT:
        return Unreadable("too_long")
    return cells.error_or_placeholder(plain) or plain or None


def _parse_text(cell: str) -> str | Unreadable | None:
    """Read a text; a mark such as 无 or “/” means nothing."""
    written = cells.bare_cell(cell)
    if len(written) > expressions.LONGEST_TEXT:
        return Unreadable("too_long")
    unusable = cells.error_or_placeholder(cells.to_half_width(written))
    if unusable:
        return unusable if unusable.reason == "excel_error" else None
    return written or None


def has_stray_quote(written: str) -> bool:
    """Tell whether a double quote stands by itself, as a cell that was torn apart leaves it."""
    return written.count('"') % 2 == 1


def _reading_notes(job: LoadJob, column: Column, odd: Mapping[str, object]) -> list[Text]:
    """Say where a quote stands by itself, where dates were Excel serials, or got their year from elsewhere."""
    if column.kind == "text" and (stray := sum(map(has_stray_quote, odd))):
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


def _make_unit_table(con: Connection, job: LoadJob, column: Column) -> None:
    """Read the units that stand in a column beside their values."""
    unit_of = _unit_lookup(job, column)
    rows = []
    for unit, of_item in _distinct_cells(con, quote_ident("unit " + column.name), _unit_item_sql(job, column)):
        factor = UNITS[unit_of(of_item)].factor(unit)
        rows.append((unit, of_item, factor, "unknown_unit" if factor is None else None))
    shape = {"spelling": "VARCHAR", "item": "VARCHAR", "factor": "DOUBLE", "reason": "VARCHAR"}
    _make_temp_table(con, "unit_" + column.name, shape, rows)
