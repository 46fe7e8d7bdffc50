"""What words, names and odd cells of a file stand for: small lookup tables, one entry a spelling."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Choice, Column, Dataset
from data.ingest.checking import odd_cells, replacements
from data.ingest.checking.error_reasons import NOTES
from data.ingest.checking.known_names import known_parents_sql
from data.ingest.checking.stage import SHAPE_KINDS, LoadJob
from data.ingest.table import layout
from data.ingest.table.heading_brackets import split_brackets
from data.ingest.table.sides import item_of
from data.ingest.values import cells, day_parts, expressions, geometry
from data.ingest.values.codes import code_form_sql
from data.schema import quote_ident
from data.text import Text
from data.units import UNITS

HIGHEST_VALUE = 1e12  # chosen: above any amount of 万元 or m³ an office has


def can_register(parent: Dataset) -> bool:
    """Tell whether a row of this ledger can be made from its code and name alone."""
    return {c.name for c in parent.columns if c.required} <= {*parent.key, parent.name_column}


def make_lookup_tables(con: Connection, job: LoadJob) -> list[Text]:
    """Make the lookup tables of every column; returns notes on what was read in a special way.

    `word_<column> (spelling, id, reason, …)` for words and names, `cell_<column> (spelling, item, value, has_unit,
    reason, qualifier)` for cells that the plain cast could not read, `unit_<column> (spelling, item, factor, reason)`.
    """
    notes: list[Text] = []
    for column in job.columns:
        if column.references:
            notes += _make_parent_table(con, job, column)
        elif expressions.is_looked_up(column):
            notes += _make_word_table(con, job, column)
    for unit in job.units_of_parents:
        _copy_parent_unit(con, job, unit)
        notes += _make_word_table(con, job, unit)
    for column in (c for c in job.columns if not expressions.is_looked_up(c)):
        notes += odd_cells.make_odd_cell_table(con, job, column)
    for name in job.match.unit_columns:
        _make_unit_table(con, job, job.dataset.column(name))
    return list(dict.fromkeys(notes))


def _make_parent_table(con: Connection, job: LoadJob, column: Column) -> list[Text]:
    """Find the rows of the parent's ledger that the codes and names of a column stand for; returns notes."""
    table, new = quote_ident("word_" + column.name), quote_ident("new_" + column.name)
    is_nothing = f"any_value(bare) IN {expressions.literal_list_sql(('', *odd_cells.MARKS_OF_NOTHING))}"
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
        f"WHERE spelling IS NOT NULL) AS w LEFT JOIN ({known_parents_sql(DATASETS[column.references])}) AS k "
        f"ON k.name = w.bare AND coalesce(k.place = w.place, true) GROUP BY spelling, w.place"
    )
    _match_half_width_names(con, column)
    notes = replacements.replace_unknown_parents(con, job, column)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {new} AS SELECT bare AS id, bare AS name FROM {table} LIMIT 0")
    if job.register and can_register(DATASETS[column.references]):
        _make_new_parents_table(con, job, column)
    return notes


def _match_half_width_names(con: Connection, column: Column) -> None:
    """Find the parents whose code or name is the same in the form of codes: Ｗ－０２ is W-02, 甲（镇） is 甲(镇)."""
    table, known = quote_ident("word_" + column.name), known_parents_sql(DATASETS[column.references])
    con.execute(
        f"UPDATE {table} AS w SET id = k.ids[1], ids = k.ids, "
        f"reason = CASE WHEN len(k.ids) > 1 THEN 'ambiguous_parent' END "
        f"FROM (SELECT {code_form_sql('name')} AS form, place, list(DISTINCT id) AS ids FROM ({known}) GROUP BY ALL) k "
        f"WHERE reason = 'unknown_parent' AND k.form = {code_form_sql('bare')} AND coalesce(k.place = w.place, true)"
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
    form = code_form_sql("bare")
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * REPLACE (CASE WHEN is_new AND is_taken "
        f"THEN place || '·' || {form} WHEN is_new THEN {form} ELSE id END AS id, CASE WHEN NOT is_new THEN reason END "
        f"AS reason) FROM (SELECT *, reason IS NOT NULL AND reason = 'unknown_parent' AND list_contains(?, bare) "
        f"AS is_new, place IS NOT NULL AND (place > min(place) OVER (PARTITION BY {form}) "
        f"OR {form} IN (SELECT {quote_ident(parent.key[0])} FROM {quote_ident(parent.name)})) AS is_taken "
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
    notes, wanted, used = list[Text](), replacements.replacements_in(job, column), set[str]()
    spelled = {s: c.value for c in reversed(column.choices) for s in reversed(c.spellings())}
    choices = {c.value: c for c in column.choices}
    hours = {c.value: c.hours for c in column.choices if c.hours}
    read: dict[str, Callable[[str], object]] = {
        "flag": cells.parse_flag,
        "path": geometry.parse_path,
        "shape": geometry.parse_shape,
    }
    understand = read.get(column.kind, lambda cell: cells.parse_choice(cell, spelled))
    rows = []
    for (cell,) in odd_cells.distinct_cells(con, quote_ident(column.name)):
        meaning, reason = odd_cells.cell_meaning(item_of(cell), understand)
        if reason == "not_choice" and hours:
            meaning, reason = odd_cells.cell_meaning(cell, lambda written: day_parts.parse_day_part(written, hours))
        if reason == "not_choice" and (chosen := replacements.replaced_choice(column, wanted, cell, spelled)):
            meaning, reason = chosen, None
            used.add(cells.bare_cell(cell))
        choice = choices.get(str(meaning))
        factor = _item_factor(job, column, choice, cell)
        if reason == "not_choice" and (named := _item_with_unit(cell, spelled, choices)):
            choice, unit = named
            meaning, reason, factor = choice.value, None, UNITS[choice.unit].factor(unit)
            job.has_units_of_items = True
            notes += [_conversion_note(choice, unit)] if factor != 1.0 else []
        rows.append((cell, meaning, reason, *_item_limits(job, column, choice), factor))
    shape = {"spelling": "VARCHAR", "id": column.sql_type, "reason": "VARCHAR"}
    limits = {"low": "DOUBLE", "high": "DOUBLE", "factor": "DOUBLE"}
    odd_cells.make_temp_table(con, "word_" + column.name, shape | limits, rows)
    notes += _simplified_notes(column, rows) if column.kind in SHAPE_KINDS else []
    return notes + replacements.replacement_notes(column, wanted, used)


def _simplified_notes(column: Column, rows: Sequence[tuple[object, ...]]) -> list[Text]:
    """Note the shapes that had more points than a cell can hold."""
    long = (str(cell) for cell, meaning, *_ in rows if meaning and len(str(cell)) > geometry.MOST_VERTICES)
    off = [metres for metres in map(geometry.simplification_metres, long) if metres]
    if not off:
        return []
    said = NOTES["simplified_cells"].fill(
        label=column.label, count=len(off), most=geometry.MOST_VERTICES, metres=f"{max(off):.1f}"
    )
    return [said]


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


def _item_factor(job: LoadJob, column: Column, choice: Choice | None, key: str) -> float | None:
    """Return what the unit of its heading makes of an item's value; None if it does not convert or there is none."""
    if choice is None:
        return None
    units = (u for n, u in job.match.item_units.items() if job.item_column(job.dataset.column(n)) == column)
    unit = next(units, None)
    return UNITS[choice.unit].factor(unit) if unit else job.match.factors.get(key)


def _make_unit_table(con: Connection, job: LoadJob, column: Column) -> None:
    """Read the units that stand in a column beside their values."""
    unit_of, rows = odd_cells.unit_lookup(job, column), []
    written, item = quote_ident("unit " + column.name), odd_cells.unit_item_sql(job, column)
    for unit, of_item in odd_cells.distinct_cells(con, written, item):
        factor = UNITS[unit_of(of_item)].factor(unit)
        rows.append((unit, of_item, factor, "unknown_unit" if factor is None else None))
    shape = {"spelling": "VARCHAR", "item": "VARCHAR", "factor": "DOUBLE", "reason": "VARCHAR"}
    odd_cells.make_temp_table(con, "unit_" + column.name, shape, rows)
