"""The SQL by which `typed` becomes `read`: the value of every cell, and what is wrong with it."""

from __future__ import annotations

from duckdb import DuckDBPyConnection as Connection

from data.datasets import Column
from data.ingest.checking.stage import Job, lines_of
from data.ingest.values import expressions
from data.schema import literal, quoted


def read(con: Connection, job: Job) -> None:
    """Make `read (line, values …, faults)`; `faults` lists what is wrong with a row, NULL for a good one."""
    values = ", ".join(f"{_value(job, c)} AS {quoted('v ' + c.name)}" for c in [*job.columns, *job.units_of_parents])
    whys = ", ".join(f"{_why(job, c)} AS {quoted('why ' + c.name)}" for c in job.columns)
    named = ", ".join(f"{quoted('v ' + c.name)} AS {quoted(c.name)}" for c in job.columns)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE read AS SELECT line, {named}, {_faults(job)} AS faults "
        f"FROM (SELECT line, width, {values}, {whys}, {_as_written(job)} FROM {lines_of(job)} AS typed {_joins(job)}) "
        f"AS judged"
    )


def _value(job: Job, column: Column) -> str:
    """Return the SQL of a column's value."""
    name = quoted(column.name)
    if column.name in job.match.also:
        code, also = quoted("w " + column.name), quoted("a " + column.name)
        return f"CASE WHEN typed.{name} IS NULL THEN {also}.id ELSE {code}.id END"
    wide = job.dataset.wide
    if wide and column.name == wide.qualifier:
        return f"coalesce({quoted('w ' + column.name)}.id, {quoted('c ' + wide.value)}.qualifier)"
    if expressions.is_word(column):
        return f"{quoted('w ' + column.name)}.id"
    cell = quoted("c " + column.name)
    value = f"CASE WHEN {expressions.odd(column)} IS NULL THEN typed.{name} ELSE {cell}.value END"
    factors, is_whole = _factors(job, column), column.kind == "integer"
    if not factors:
        return value
    factor = f"coalesce({', '.join(factors)}, 1)"
    scaled = f"CASE WHEN {cell}.has_unit THEN {cell}.value ELSE {_twelve_digits(f'{value} * {factor}')} END"
    return f"CASE WHEN ({scaled}) = trunc({scaled}) THEN CAST({scaled} AS BIGINT) END" if is_whole else scaled


def _twelve_digits(value: str) -> str:
    """Round a converted value as `numbers` does, so that 1.1 亿元 are 11000 万元."""
    return f"CAST(format('{{:.12g}}', {value}) AS DOUBLE)"


def _factors(job: Job, column: Column) -> list[str]:
    """Return the SQL of what to multiply a column by: for the unit of its row, else of its item or its heading."""
    match, item, factors = job.match, job.item_of(column), []
    if column.name in match.unit_columns:
        factors.append(f"{quoted('u ' + column.name)}.factor")
    if item and (column.name in match.item_units or set(match.items) & set(match.factors) or job.has_units_of_items):
        factors.append(f"{quoted('w ' + item.name)}.factor")
    if column.name in match.factors:
        factors.append(repr(match.factors[column.name]))
    return factors


def _joins(job: Job) -> str:
    """Join what the words, names, odd cells and units of a row stand for."""
    parts = []
    for column in [*job.columns, *job.units_of_parents]:
        name, kind = column.name, "w" if expressions.is_word(column) else "c"
        table, alias = quoted(("word_" if kind == "w" else "cell_") + name), quoted(f"{kind} {name}")
        cell = quoted(name) if kind == "w" else expressions.odd(column)
        same = _same_item(job, column, alias) + _same_place(job, column, alias)
        parts.append(f"LEFT JOIN {table} {alias} ON {alias}.spelling = typed.{cell}{same}")
        if name in job.match.also:
            also = quoted(f"a {name}")
            said = f"typed.{quoted('also ' + name)}"
            parts.append(f"LEFT JOIN {table} {also} ON {also}.spelling = {said}{_same_place(job, column, also)}")
        if name in job.match.unit_columns:
            unit, said = quoted(f"u {name}"), quoted(f"unit {name}")
            on = f"{unit}.spelling = typed.{said}{_same_item(job, column, unit)}"
            parts.append(f"LEFT JOIN {quoted('unit_' + name)} {unit} ON {on}")
    return " ".join(parts)


def _same_item(job: Job, column: Column, alias: str) -> str:
    item = job.item_of(column)
    if item is None:
        return ""
    return f" AND {alias}.item IS NOT DISTINCT FROM typed.{quoted(item.name)}"


def _same_place(job: Job, column: Column, alias: str) -> str:
    if not column.references or expressions.place_of(column, job.match) is None:
        return ""
    return f" AND {alias}.place IS NOT DISTINCT FROM typed.{quoted('place ' + column.name)}"


def _why(job: Job, column: Column) -> str:
    """Return the SQL that names the first reason to refuse a cell; NULL for a good one."""
    value, wide = quoted("v " + column.name), job.dataset.wide
    table = quoted(("w " if expressions.is_word(column) else "c ") + column.name)
    cases = [(f"{table}.reason IS NOT NULL", f"{table}.reason")]
    if column.name in job.match.also:
        also = quoted("a " + column.name)
        cases.append((f"typed.{quoted(column.name)} IS NULL AND {also}.reason IS NOT NULL", f"{also}.reason"))
        is_named = f"({also}.id IS NOT NULL OR {also}.reason IS NOT NULL)"
        cases.append((f"{is_named} AND list_contains({also}.ids, {value}) IS NOT TRUE", "'parents_differ'"))
    if column.name in job.match.unit_columns:
        cases.append((f"{quoted('u ' + column.name)}.reason IS NOT NULL", "'unknown_unit'"))
    if column.name in job.match.item_units:
        cases.append((_lacks_factor(job, column), "'unknown_unit'"))
    if column.kind == "integer" and job.is_scaled(column):
        cases.append((f"{value} IS NULL AND typed.{quoted(column.name)} IS NOT NULL", "'not_integer'"))
    cases += [(f"{value} IS NULL", "'missing'" if column.required else "NULL")]
    cases += [(f"{value} < {column.low!r}", "'too_low'")] if column.low is not None else []
    cases += [(f"{value} > {column.high!r}", "'too_high'")] if column.high is not None else []
    if wide and column.name == wide.value:
        item = quoted("w " + wide.parameter)
        cases.append((f"{value} < {item}.low OR {value} > {item}.high", "'out_of_range'"))
    return "CASE " + " ".join(f"WHEN {c} THEN {reason}" for c, reason in cases) + " END"


def _lacks_factor(job: Job, column: Column) -> str:
    """Return the SQL that tells whether the unit of the heading is in the way: no unit of the item converts to it."""
    item, own = job.item_of(column), [f"{quoted('c ' + column.name)}.has_unit IS NOT TRUE"]
    assert item
    if column.name in job.match.unit_columns:
        own.append(f"{quoted('u ' + column.name)}.factor IS NULL")
    word = quoted("w " + item.name)
    return " AND ".join([f"{word}.id IS NOT NULL", f"{word}.factor IS NULL", *own])


def _cell(column: Column) -> str:
    """Return the SQL of a cell as it was written, from the columns that `_as_written` carries along."""
    written = f"CAST({quoted('cell ' + column.name)} AS VARCHAR)"
    cell = written if expressions.is_word(column) else f"coalesce({expressions.odd(column)}, {written})"
    return f"coalesce({expressions.tidy(cell)}, '')"


def _as_written(job: Job) -> str:
    """Carry the plain values and the odd cells along; they are put into words for faulty rows only."""
    parts = [f"{_plain_cell(job, c)} AS {quoted('cell ' + c.name)}" for c in job.columns]
    parts += [f"typed.{expressions.odd(c)}" for c in job.columns if not expressions.is_word(c)]
    return ", ".join(parts)


def _plain_cell(job: Job, column: Column) -> str:
    """Return the SQL of a plain value; of a parent without a code it is the name."""
    name = f"typed.{quoted(column.name)}"
    return f"coalesce({name}, typed.{quoted('also ' + column.name)})" if column.name in job.match.also else name


def _item(job: Job, column: Column) -> str:
    """Return the SQL of the item whose number, or whose own name, a cell is."""
    wide, item = job.dataset.wide, job.item_of(column)
    item = column if wide and column.name == wide.parameter else item
    return quoted("v " + item.name) if item else "NULL"


def _faults(job: Job) -> str:
    """Return the SQL of a row's list of faults: one that has not the header's columns has no other fault."""
    entries = ", ".join(
        f"CASE WHEN {quoted('why ' + c.name)} IS NOT NULL THEN {{'name': {literal(c.name)}, "
        f"'cell': {_cell(c)}, 'reason': {quoted('why ' + c.name)}, 'item': {_item(job, c)}}} END"
        for c in job.columns
    )
    ragged = (
        f"{{'name': {literal(job.columns[0].name)}, 'cell': CAST(width AS VARCHAR), 'reason': 'ragged', 'item': NULL}}"
    )
    any_fault = " OR ".join(f"{quoted('why ' + c.name)} IS NOT NULL" for c in job.columns)
    return (
        f"CASE WHEN width <> {job.width} THEN [{ragged}] "
        f"WHEN {any_fault} THEN list_filter([{entries}], lambda x: x IS NOT NULL) END"
    )
