"""The SQL by which `typed` becomes `read`: the value of every cell, and what is wrong with it."""

from __future__ import annotations

from duckdb import DuckDBPyConnection as Connection

from data.datasets import Column
from data.ingest.checking.stage import LoadJob, numbered_rows_sql
from data.ingest.values import expressions
from data.schema import quote_ident, quote_literal

PERCENT = "percent"


def make_read_table(con: Connection, job: LoadJob) -> None:
    """Make `read (line, values …, faults)`; `faults` lists what is wrong with a row, NULL for a good one."""
    values = ", ".join(
        f"{_value_sql(job, c)} AS {quote_ident('v ' + c.name)}" for c in [*job.columns, *job.units_of_parents]
    )
    whys = ", ".join(f"{_reason_sql(job, c)} AS {quote_ident('why ' + c.name)}" for c in job.columns)
    named = ", ".join(f"{quote_ident('v ' + c.name)} AS {quote_ident(c.name)}" for c in job.columns)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE read AS SELECT line, {named}, {_fault_list_sql(job)} AS faults "
        f"FROM (SELECT line, width, {values}, {whys}, {_carried_cells_sql(job)} "
        f"FROM {numbered_rows_sql(job)} AS typed {_lookup_joins(job)}) "
        f"AS judged"
    )


def _value_sql(job: LoadJob, column: Column) -> str:
    """Return the SQL of a column's value."""
    name = quote_ident(column.name)
    if column.name in job.match.second_headings:
        code, also = quote_ident("w " + column.name), quote_ident("a " + column.name)
        return f"CASE WHEN typed.{name} IS NULL THEN {also}.id ELSE {code}.id END"
    wide = job.dataset.wide
    if wide and column.name == wide.qualifier:
        return f"coalesce({quote_ident('w ' + column.name)}.id, {quote_ident('c ' + wide.value)}.qualifier)"
    if expressions.is_looked_up(column):
        return f"{quote_ident('w ' + column.name)}.id"
    cell = quote_ident("c " + column.name)
    value = f"CASE WHEN {expressions.odd_cell_column(column)} IS NULL THEN typed.{name} ELSE {cell}.value END"
    factors, is_whole = _unit_factors(job, column), column.kind == "integer"
    if not factors:
        return value
    factor = f"coalesce({', '.join(factors)}, 1)"
    scaled = f"CASE WHEN {cell}.has_unit THEN {cell}.value ELSE {_round_to_12_digits(f'{value} * {factor}')} END"
    return f"CASE WHEN ({scaled}) = trunc({scaled}) THEN CAST({scaled} AS BIGINT) END" if is_whole else scaled


def _round_to_12_digits(value: str) -> str:
    """Round a converted value as `numbers` does, so that 1.1 亿元 are 11000 万元."""
    return f"CAST(format('{{:.12g}}', {value}) AS DOUBLE)"


def _unit_factors(job: LoadJob, column: Column) -> list[str]:
    """Return the SQL of what to multiply a column by: for the unit of its row, else of its item or its heading."""
    match, item, factors = job.match, job.item_column(column), []
    if column.name in match.unit_columns:
        factors.append(f"{quote_ident('u ' + column.name)}.factor")
    if item and (column.name in match.item_units or set(match.items) & set(match.factors) or job.has_units_of_items):
        factors.append(f"{quote_ident('w ' + item.name)}.factor")
    if column.name in match.factors:
        factors.append(repr(match.factors[column.name]))
    return factors


def _lookup_joins(job: LoadJob) -> str:
    """Join what the words, names, odd cells and units of a row stand for."""
    parts = []
    for column in [*job.columns, *job.units_of_parents]:
        name, kind = column.name, "w" if expressions.is_looked_up(column) else "c"
        table, alias = (
            quote_ident(("word_" if kind == "w" else "cell_") + name),
            quote_ident(f"{kind} {name}"),
        )
        cell = quote_ident(name) if kind == "w" else expressions.odd_cell_column(column)
        same = _same_item(job, column, alias) + _same_place(job, column, alias)
        parts.append(f"LEFT JOIN {table} {alias} ON {alias}.spelling = typed.{cell}{same}")
        if name in job.match.second_headings:
            also = quote_ident(f"a {name}")
            said = f"typed.{quote_ident('also ' + name)}"
            parts.append(f"LEFT JOIN {table} {also} ON {also}.spelling = {said}{_same_place(job, column, also)}")
        if name in job.match.unit_columns:
            unit, said = quote_ident(f"u {name}"), quote_ident(f"unit {name}")
            on = f"{unit}.spelling = typed.{said}{_same_item(job, column, unit)}"
            parts.append(f"LEFT JOIN {quote_ident('unit_' + name)} {unit} ON {on}")
    return " ".join(parts)


def _same_item(job: LoadJob, column: Column, alias: str) -> str:
    item = job.item_column(column)
    if item is None:
        return ""
    return f" AND {alias}.item IS NOT DISTINCT FROM typed.{quote_ident(item.name)}"


def _same_place(job: LoadJob, column: Column, alias: str) -> str:
    if not column.references or expressions.place_index(column, job.match) is None:
        return ""
    return f" AND {alias}.place IS NOT DISTINCT FROM typed.{quote_ident('place ' + column.name)}"


def _reason_sql(job: LoadJob, column: Column) -> str:
    """Return the SQL that names the first reason to refuse a cell; NULL for a good one."""
    value, wide = quote_ident("v " + column.name), job.dataset.wide
    table = quote_ident(("w " if expressions.is_looked_up(column) else "c ") + column.name)
    cases = [(f"{table}.reason IS NOT NULL", f"{table}.reason")]
    if column.name in job.match.second_headings:
        also = quote_ident("a " + column.name)
        cases.append((f"typed.{quote_ident(column.name)} IS NULL AND {also}.reason IS NOT NULL", f"{also}.reason"))
        is_named = f"({also}.id IS NOT NULL OR {also}.reason IS NOT NULL)"
        cases.append((f"{is_named} AND list_contains({also}.ids, {value}) IS NOT TRUE", "'parents_differ'"))
    if column.name in job.match.unit_columns:
        cases.append((f"{quote_ident('u ' + column.name)}.reason IS NOT NULL", "'unknown_unit'"))
    if column.name in job.match.item_units:
        cases.append((_lacks_factor(job, column), "'unknown_unit'"))
    if column.kind == "integer" and job.is_scaled(column):
        cases.append((f"{value} IS NULL AND typed.{quote_ident(column.name)} IS NOT NULL", "'not_integer'"))
    if share := _mistakable_share(job, column):
        cases.append((share, "'share_or_percent'"))
    cases += [(f"{value} IS NULL", "'missing'" if column.required else "NULL")]
    cases += [(f"{value} < {column.low!r}", "'too_low'")] if column.low is not None else []
    cases += [(f"{value} > {column.high!r}", "'too_high'")] if column.high is not None else []
    if wide and column.name == wide.value:
        item = quote_ident("w " + wide.parameter)
        cases.append((f"{value} < {item}.low OR {value} > {item}.high", "'out_of_range'"))
    return "CASE " + " ".join(f"WHEN {c} THEN {reason}" for c, reason in cases) + " END"


def _lacks_factor(job: LoadJob, column: Column) -> str:
    """Return the SQL that tells whether the unit of the heading is in the way: no unit of the item converts to it."""
    item, own = job.item_column(column), [f"{quote_ident('c ' + column.name)}.has_unit IS NOT TRUE"]
    assert item
    if column.name in job.match.unit_columns:
        own.append(f"{quote_ident('u ' + column.name)}.factor IS NULL")
    word = quote_ident("w " + item.name)
    return " AND ".join([f"{word}.id IS NOT NULL", f"{word}.factor IS NULL", *own])


def _mistakable_share(job: LoadJob, column: Column) -> str:
    """Return the SQL that tells a percentage of at most 1 without its sign: 0.9 may be meant as 90 %; "" for others.

    One that stands in the ledger already is not asked about, so that an export reloads.
    """
    item = job.item_column(column)
    percentages = tuple(choice.value for choice in item.choices if choice.unit == PERCENT) if item else ()
    if column.unit != PERCENT and not percentages:
        return ""
    value, cell = quote_ident("v " + column.name), quote_ident("c " + column.name)
    of_item = f" AND {quote_ident('v ' + item.name)} IN {expressions.literal_list_sql(percentages)}" if item else ""
    same_row = " AND ".join(f"o.{quote_ident(k)} = {quote_ident('v ' + k)}" for k in (*job.dataset.key, column.name))
    is_new = f"NOT EXISTS (SELECT 1 FROM {quote_ident(job.dataset.name)} AS o WHERE {same_row})"
    return f"{value} > 0 AND {value} <= 1 AND {cell}.has_unit IS NOT TRUE{of_item} AND {is_new}"


def _written_cell_sql(column: Column) -> str:
    """Return the SQL of a cell as it was written, from the columns that `_as_written` carries along."""
    written = f"CAST({quote_ident('cell ' + column.name)} AS VARCHAR)"
    cell = (
        written if expressions.is_looked_up(column) else f"coalesce({expressions.odd_cell_column(column)}, {written})"
    )
    return f"coalesce({expressions.trimmed_or_null_sql(cell)}, '')"


def _carried_cells_sql(job: LoadJob) -> str:
    """Carry the plain values and the odd cells along; they are put into words for faulty rows only."""
    parts = [f"{_plain_cell(job, c)} AS {quote_ident('cell ' + c.name)}" for c in job.columns]
    parts += [f"typed.{expressions.odd_cell_column(c)}" for c in job.columns if not expressions.is_looked_up(c)]
    return ", ".join(parts)


def _plain_cell(job: LoadJob, column: Column) -> str:
    """Return the SQL of a plain value; of a parent without a code it is the name."""
    name = f"typed.{quote_ident(column.name)}"
    return (
        f"coalesce({name}, typed.{quote_ident('also ' + column.name)})"
        if column.name in job.match.second_headings
        else name
    )


def _item_sql(job: LoadJob, column: Column) -> str:
    """Return the SQL of the item whose number, or whose own name, a cell is; in a wide file that of its heading."""
    wide, item = job.dataset.wide, job.item_column(column)
    item = column if wide and column.name == wide.parameter else item
    if item and job.match.items:
        return quote_ident("cell " + item.name)
    return quote_ident("v " + item.name) if item else "NULL"


def _fault_list_sql(job: LoadJob) -> str:
    """Return the SQL of a row's list of faults: one that has not the header's columns has no other fault."""
    entries = ", ".join(
        f"CASE WHEN {quote_ident('why ' + c.name)} IS NOT NULL THEN {{'name': {quote_literal(c.name)}, "
        f"'cell': {_written_cell_sql(c)}, 'reason': {quote_ident('why ' + c.name)}, 'item': {_item_sql(job, c)}}} END"
        for c in job.columns
    )
    first = quote_literal(job.columns[0].name)
    ragged = f"{{'name': {first}, 'cell': CAST(width AS VARCHAR), 'reason': 'ragged', 'item': NULL}}"
    any_fault = " OR ".join(f"{quote_ident('why ' + c.name)} IS NOT NULL" for c in job.columns)
    return (
        f"CASE WHEN width <> {job.width} THEN [{ragged}] "
        f"WHEN {any_fault} THEN list_filter([{entries}], lambda x: x IS NOT NULL) END"
    )
