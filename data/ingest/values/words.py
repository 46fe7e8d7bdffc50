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
from data.ingest.checking.stage import Job
from data.ingest.table import layout
from data.ingest.values import cells, expressions
from data.ingest.values.cells import Unreadable
from data.schema import quoted
from data.text import Text, listed, same
from data.units import UNITS

HIGHEST = 1e12
SHORTENED = re.compile(r"[\d.]+e\+\d+", re.IGNORECASE)
NUMBERS = ("number", "integer")
SINCE_1904 = timedelta(days=1462)
MARKS_OF_NOTHING = ("/", "-", "--", "—", "——", "无", "N/A", "NA", "null", "NULL", "None")

Meaning = date | datetime | float | int | str | bool | None


def registrable(parent: Dataset) -> bool:
    """Tell whether a row of this ledger can be made from its code and name alone."""
    return {c.name for c in parent.columns if c.required} <= {*parent.key, parent.name_column}


def _table(con: Connection, name: str, columns: dict[str, str], rows: Sequence[tuple[object, ...]]) -> None:
    """Make a small temporary table from rows."""
    lists = [[row[i] for row in rows] for i in range(len(columns))]
    shape = ", ".join(f"unnest(?::{kind}[]) AS {quoted(n)}" for n, kind in columns.items())
    con.execute(f"CREATE OR REPLACE TEMP TABLE {quoted(name)} AS SELECT {shape}", lists)


def _distinct(con: Connection, *columns: str) -> list[tuple[str, ...]]:
    listed = ", ".join(columns)
    return con.execute(f"SELECT DISTINCT {listed} FROM typed WHERE {columns[0]} IS NOT NULL").fetchall()


def look_up(con: Connection, job: Job) -> list[Text]:
    """Make the lookup tables of every column; returns notes on what was read in a special way.

    `word_<column> (spelling, id, reason, …)` for words and names, `cell_<column> (spelling, item, value, has_unit,
    reason, qualifier)` for cells that the plain cast could not read, `unit_<column> (spelling, item, factor, reason)`.
    """
    notes: list[Text] = []
    for column in job.columns:
        if column.references:
            _parents(con, job, column)
        elif expressions.is_word(column):
            notes += _words(con, job, column)
    for unit in job.units_of_parents:
        _take_from_parent(con, job, unit)
        notes += _words(con, job, unit)
    for column in (c for c in job.columns if not expressions.is_word(c)):
        notes += _odd_cells(con, job, column)
    for name in job.match.unit_columns:
        _units(con, job, job.dataset.column(name))
    return list(dict.fromkeys(notes))


def _parents(con: Connection, job: Job, column: Column) -> None:
    """Find the rows of the parent's ledger that the codes and names of a column stand for."""
    table, new = quoted("word_" + column.name), quoted("new_" + column.name)
    is_nothing = f"any_value(bare) IN {expressions.words(('', *MARKS_OF_NOTHING))}"
    unknown = expressions.why_unknown("any_value(bare)")
    place = "NULL" if expressions.place_of(column, job.match) is None else quoted("place " + column.name)
    spelled = f"SELECT DISTINCT {quoted(column.name)} AS spelling, {place} AS place FROM typed"
    if column.name in job.match.also:
        spelled += f" UNION SELECT {quoted('also ' + column.name)}, {place} FROM typed"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT spelling, w.place, any_value(bare) AS bare, "
        f"any_value(k.id) AS id, list(k.id) AS ids, "
        f"CASE WHEN count(DISTINCT k.id) > 1 THEN 'ambiguous_parent' "
        f"WHEN count(k.id) = 0 AND NOT {is_nothing} THEN {unknown} END AS reason "
        f"FROM (SELECT spelling, place, {expressions.bare('spelling')} AS bare FROM ({spelled}) AS s "
        f"WHERE spelling IS NOT NULL) AS w LEFT JOIN ({_known(DATASETS[column.references])}) AS k "
        f"ON k.name = w.bare AND coalesce(k.place = w.place, true) GROUP BY spelling, w.place"
    )
    _find_half_width(con, column)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {new} AS SELECT bare AS id, bare AS name FROM {table} LIMIT 0")
    if job.register and registrable(DATASETS[column.references]):
        _register(con, job, column)


def _find_half_width(con: Connection, column: Column) -> None:
    """Find the parents that are written as keyboards for Chinese write them: Ｗ－０２ is W-02."""
    table, plain = quoted("word_" + column.name), expressions.half_width("bare")
    con.execute(
        f"UPDATE {table} SET id = k.id, ids = [k.id], reason = NULL FROM ({_known(DATASETS[column.references])}) AS k "
        f"WHERE reason = 'unknown_parent' AND bare <> {plain} AND k.name = {plain}"
    )


def _known(parent: Dataset) -> str:
    """Return the SQL of every code and name of a ledger, with the place that tells rows of one name apart.

    A name that is another row's code is that code.
    """
    ledger, key = quoted(parent.name), quoted(parent.key[0])
    if not parent.name_column:
        return f"SELECT {key} AS name, {key} AS id, NULL AS place FROM {ledger}"
    name = quoted(parent.name_column)
    place = expressions.place(quoted(parent.place_column)) if parent.place_column else "NULL"
    return (
        f"SELECT {key} AS name, {key} AS id, CASE WHEN {key} = {name} THEN {place} END AS place FROM {ledger} "
        f"UNION ALL SELECT {name}, {key}, {place} FROM {ledger} "
        f"WHERE {name} = {key} OR {name} NOT IN (SELECT {key} FROM {ledger} WHERE {key} <> {name})"
    )


def _register(con: Connection, job: Job, column: Column) -> None:
    """Make `new_<column>`, the parents to register with what the file says of them; sums and remarks are no parents."""
    table, name = quoted("word_" + column.name), quoted(column.name)
    unknown = con.execute(f"SELECT DISTINCT bare FROM {table} WHERE reason = 'unknown_parent'").fetchall()
    wanted = [bare for (bare,) in unknown if not layout.why_left_out([bare], job.layout)]
    _give_codes(con, column, wanted)
    told = expressions.said_of(column, job.match)
    said = "".join(f", any_value({quoted(f'said {column.name} {n}')}) AS {quoted(n)}" for n in told)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {quoted('new_' + column.name)} AS SELECT w.id, any_value(w.bare) AS name{said} "
        f"FROM {table} w JOIN typed ON typed.{name} = w.spelling{_same_place(job, column)} WHERE w.is_new GROUP BY w.id"
    )


def _give_codes(con: Connection, column: Column, wanted: list[str]) -> None:
    """Give unknown parents their name as code; where one of another place bears it, their place stands before it."""
    table, parent = quoted("word_" + column.name), DATASETS[column.references]
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * REPLACE (CASE WHEN is_new AND is_taken "
        f"THEN place || '·' || bare WHEN is_new THEN bare ELSE id END AS id, CASE WHEN NOT is_new THEN reason END "
        f"AS reason) FROM (SELECT *, reason IS NOT NULL AND reason = 'unknown_parent' AND list_contains(?, bare) "
        f"AS is_new, place IS NOT NULL AND (place > min(place) OVER (PARTITION BY bare) "
        f"OR bare IN (SELECT {quoted(parent.key[0])} FROM {quoted(parent.name)})) AS is_taken FROM {table}) AS w",
        [wanted],
    )


def _take_from_parent(con: Connection, job: Job, unit: Column) -> None:
    """Give `typed` the unit that the row of another ledger has which each row names."""
    link, _, name = unit.name.partition(".")
    parent = DATASETS[job.dataset.column(link).references]
    written = f"typed.{quoted(link)}"
    written = f"coalesce({written}, typed.{quoted('also ' + link)})" if link in job.match.also else written
    con.execute(f"ALTER TABLE typed ADD COLUMN IF NOT EXISTS {quoted(unit.name)} VARCHAR")
    con.execute(
        f"UPDATE typed SET {quoted(unit.name)} = p.{quoted(name)} FROM {quoted('word_' + link)} w "
        f"JOIN {quoted(parent.name)} p ON p.{quoted(parent.key[0])} = w.id "
        f"WHERE w.spelling = {written}{_same_place(job, job.dataset.column(link))}"
    )


def _same_place(job: Job, column: Column) -> str:
    """Return the SQL by which a row meets the word `w` that has its place, where the file has places."""
    is_placed = expressions.place_of(column, job.match) is not None
    return f" AND w.place IS NOT DISTINCT FROM typed.{quoted('place ' + column.name)}" if is_placed else ""


def _words(con: Connection, job: Job, column: Column) -> list[Text]:
    """Read every spelling of an enumeration, a flag or a course; returns notes on items that were named with a unit."""
    notes = []
    spelled = {s: c.value for c in reversed(column.choices) for s in reversed(c.spellings())}
    choices = {c.value: c for c in column.choices}
    read: dict[str, Callable[[str], object]] = {"flag": cells.flag, "path": cells.path}
    understand = read.get(column.kind, lambda cell: cells.word(cell, spelled))
    rows = []
    for (cell,) in _distinct(con, quoted(column.name)):
        meaning, reason = _meaning(cell, understand)
        choice = choices.get(str(meaning))
        factor = _factor(job, column, choice)
        if reason == "not_choice" and (named := _item_in_a_unit(cell, spelled, choices)):
            choice, unit = named
            meaning, reason, factor = choice.value, None, UNITS[choice.unit].factor(unit)
            job.has_units_of_items = True
            notes += [_converted(choice, unit)] if factor != 1.0 else []
        rows.append((cell, meaning, reason, *_limits(job, column, choice), factor))
    shape = {"spelling": "VARCHAR", "id": column.sql_type, "reason": "VARCHAR"}
    limits = {"low": "DOUBLE", "high": "DOUBLE", "factor": "DOUBLE"}
    _table(con, "word_" + column.name, shape | limits, rows)
    return notes


def _meaning(cell: str, understand: Callable[[str], object]) -> tuple[object, str | None]:
    """Return what a cell means, or why it cannot be read; a mark such as “/” or “—” means nothing."""
    meaning = understand(cell)
    if not isinstance(meaning, Unreadable):
        return meaning, None
    return None, None if cells.bare(cell) in ("", *MARKS_OF_NOTHING) else meaning.reason


def _converted(item: Choice, unit: str) -> Text:
    return NOTES["converted"].fill(columns=item.label, unit=unit, kept=UNITS[item.unit].label)


def _item_in_a_unit(cell: str, spelled: Mapping[str, str], items: Mapping[str, Choice]) -> tuple[Choice, str] | None:
    """Return the item of 氨氮(μg/L) and the unit that its values are in; None if they are in no such unit."""
    found = layout.BRACKETED.fullmatch(cells.bare(cell))
    item = items.get(str(cells.word(found["name"], spelled))) if found else None
    if not found or not item or not item.unit or UNITS[item.unit].factor(found["inside"]) is None:
        return None
    return item, found["inside"]


def _limits(job: Job, column: Column, choice: Choice | None) -> tuple[float | None, float | None]:
    """Return the lowest and the highest value of an item."""
    wide = job.dataset.wide
    if choice is None or wide is None or column.name != wide.parameter:
        return None, None
    return choice.low, HIGHEST if choice.high is None else choice.high


def _factor(job: Job, column: Column, choice: Choice | None) -> float | None:
    """Return what the unit of its heading makes of an item's value; None if it does not convert or there is none."""
    if choice is None:
        return None
    units = (u for n, u in job.match.item_units.items() if job.item_of(job.dataset.column(n)) == column)
    unit = next(units, None)
    return UNITS[choice.unit].factor(unit) if unit else job.match.factors.get(choice.value)


def _unit_of(job: Job, column: Column) -> Callable[[str | None], str]:
    """Return what gives the unit of a column; that of a reading's value depends on its item."""
    item = job.item_of(column)
    if item is None:
        return lambda _: column.unit
    units = {s: c.unit for c in reversed(item.choices) for s in c.spellings()}

    @cache
    def unit(written: str | None) -> str:
        found = cells.word(written or "", units)
        return "" if isinstance(found, Unreadable) else found

    return unit


def _item(job: Job, column: Column) -> str:
    """Return the SQL of the item that a value's unit depends on."""
    item = job.item_of(column)
    return quoted(item.name) if item else "NULL"


def _odd_cells(con: Connection, job: Job, column: Column) -> list[Text]:
    """Read the cells of a column that the plain cast could not read."""
    found = _distinct(con, expressions.odd(column), _item(job, column))
    kind: Kind = "number" if job.is_scaled(column) else column.kind
    rows = []
    for cell, of_item in found:
        qualifier, written = cells.limit(cell) if _may_be_a_limit(job, column) else (None, cell)
        meaning, reason = _meaning(written, _reader(job, column, kind, of_item))
        reason = "no_limit" if reason == "below_limit" and _may_be_a_limit(job, column) else reason
        has_unit = column.kind in NUMBERS and cells.has_unit(written)
        rows.append((cell, of_item, meaning, has_unit, reason, qualifier))
    shape = {"spelling": "VARCHAR", "item": "VARCHAR", "value": SQL_TYPES[kind], "has_unit": "BOOLEAN"}
    _table(con, "cell_" + column.name, shape | {"reason": "VARCHAR", "qualifier": "VARCHAR"}, rows)
    return _notes(job, column, {cell: meaning for cell, _, meaning, *_ in rows})


def _may_be_a_limit(job: Job, column: Column) -> bool:
    return job.dataset.wide is not None and column.name == job.dataset.wide.value


def _reader(job: Job, column: Column, kind: Kind, item: str | None) -> Callable[[str], object]:
    """Return what reads an odd cell of a column; the unit of a reading depends on its item."""
    unit = _unit_of(job, column)(item)
    readers: dict[Kind, Callable[[str], object]] = {
        "number": lambda cell: cells.number(cell, unit),
        "integer": lambda cell: cells.integer(cell, unit),
        "date": lambda cell: _dated(job, column, cell),
        "timestamp": lambda cell: _dated(job, column, cell),
    }
    return readers.get(kind, _code if column.name in job.dataset.key else _text)


def _dated(job: Job, column: Column, cell: str) -> date | Unreadable:
    """Read a day or a time; one without a year that would lie after the day in the file's name is of the year before.

    What need not have happened yet takes no year but the one that the clerk names.
    """
    read, slack = (cells.moment, 1) if column.kind == "timestamp" else (cells.day, 0)
    if job.source.is_from_1904 and cells.is_serial(cell):
        return _from_1904(read(cell, None))
    found, day = read(cell, job.year_for(column)), job.file.day if job.year_from_name else None
    if isinstance(found, Unreadable) or day is None or not _lacks_year(cell):
        return found
    on = found.date() if isinstance(found, datetime) else found
    return read(cell, day.year - 1) if on > day + timedelta(days=slack) else found


def _from_1904(found: date | Unreadable) -> date | Unreadable:
    return found if isinstance(found, Unreadable) else found + SINCE_1904


def _lacks_year(cell: str) -> bool:
    return cells.moment(cell, None) == Unreadable("no_year")


def _code(cell: str) -> str | Unreadable | None:
    """Read a code as keyboards for Chinese write it, ＨＪＸＨ for HJXH; 3.3E+17 has lost its digits in Excel."""
    plain = cells.half_width(cell)
    if SHORTENED.fullmatch(plain):
        return Unreadable("shortened_code")
    if has_stray_quote(plain):
        return Unreadable("stray_quote")
    if len(plain) > expressions.LONGEST:
        return Unreadable("too_long")
    return cells.refused(plain) or plain or None


def _text(cell: str) -> str | Unreadable | None:
    """Read a text; a mark such as 无 or “/” means nothing."""
    written = cells.bare(cell)
    if len(written) > expressions.LONGEST:
        return Unreadable("too_long")
    unusable = cells.refused(cells.half_width(written))
    if unusable:
        return unusable if unusable.reason == "excel_error" else None
    return written or None


def has_stray_quote(written: str) -> bool:
    """Tell whether a double quote stands by itself, as a cell that was torn apart leaves it."""
    return written.count('"') % 2 == 1


def _notes(job: Job, column: Column, odd: Mapping[str, object]) -> list[Text]:
    """Say where a quote stands by itself, where dates were Excel serials, or got their year from elsewhere."""
    if column.kind == "text" and (stray := sum(map(has_stray_quote, odd))):
        return [NOTES["stray_quotes"].fill(label=column.label, count=stray)]
    if column.kind not in ("date", "timestamp"):
        return []
    serials = sum(map(cells.is_serial, odd))
    notes = [NOTES["serial"].fill(label=column.label, count=serials)] if serials else []
    if job.year_from_name and job.year_for(column):
        years = {meaning.year for cell, meaning in odd.items() if isinstance(meaning, date) and _lacks_year(cell)}
        notes += [NOTES["year"].fill(year=listed(same(str(year)) for year in sorted(years)))] if years else []
    if job.dated_by and column.name in job.dataset.past:
        notes.append(NOTES["published_year"].fill(heading=job.dated_by.text))
    return notes


def _units(con: Connection, job: Job, column: Column) -> None:
    """Read the units that stand in a column beside their values."""
    unit_of = _unit_of(job, column)
    rows = []
    for unit, of_item in _distinct(con, quoted("unit " + column.name), _item(job, column)):
        factor = UNITS[unit_of(of_item)].factor(unit)
        rows.append((unit, of_item, factor, "unknown_unit" if factor is None else None))
    shape = {"spelling": "VARCHAR", "item": "VARCHAR", "factor": "DOUBLE", "reason": "VARCHAR"}
    _table(con, "unit_" + column.name, shape, rows)
