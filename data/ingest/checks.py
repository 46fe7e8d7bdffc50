"""Cells in, values and findings out: the staged lines become the temporary tables `typed` and `clean`."""

from __future__ import annotations

from dataclasses import dataclass, field

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Column, Dataset
from data.ingest import expressions
from data.ingest.headers import Heading, Match
from data.ingest.reader import Lines
from data.ingest.reasons import NOTES, REASONS, Finding, about, number
from data.schema import literal, quoted
from data.text import Text

HIGHEST = 1e12


@dataclass(frozen=True, slots=True)
class Job:
    """One file on its way into one ledger, and what the clerk chose for it."""

    dataset: Dataset
    lines: Lines
    match: Match
    year: int | None = None
    register: bool = False

    @property
    def columns(self) -> list[Column]:
        """The columns of the ledger that the file fills, in the order of the registry."""
        wide = self.dataset.wide
        filled = set(self.match.columns) | ({wide.parameter, wide.value} if wide and self.match.items else set())
        return [c for c in self.dataset.columns if c.name in filled]


@dataclass(slots=True)
class Findings:
    """What the check has to say: errors refuse their line, notes do not."""

    errors: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)


def registrable(parent: Dataset) -> bool:
    """Tell whether a row of this ledger can be made from its code and name alone."""
    return {c.name for c in parent.columns if c.required} <= {*parent.key, parent.name_column}


def _cell(index: int) -> str:
    return expressions.tidy(f"c{index}")


def _staged(con: Connection, job: Job) -> None:
    """Read the staged lines as text."""
    names = {"line": "BIGINT"} | {f"c{i}": "VARCHAR" for i in range(len(job.lines.header))}
    shape = "{" + ", ".join(f"{literal(n)}: {literal(t)}" for n, t in names.items()) + "}"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE staged AS SELECT * FROM read_csv({literal(str(job.lines.path))}, "
        f"header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', columns = {shape}, "
        f"max_line_size = 16000000)"
    )


def _raw(con: Connection, job: Job) -> None:
    """Name the cells after the ledger's columns; a wide file becomes one row per line and item that has a value."""
    cells = [f"{_cell(h.index)} AS {quoted('raw_' + n)}" for n, h in job.match.columns.items()]
    if job.match.items:
        wide = job.dataset.wide
        assert wide
        pairs = ", ".join(f"{{'item': {literal(i)}, 'cell': {_cell(h.index)}}}" for i, h in job.match.items.items())
        cells += [f"u.item AS {quoted('raw_' + wide.parameter)}", f"u.cell AS {quoted('raw_' + wide.value)}"]
        missing = expressions.words(wide.missing)
        origin = f"(SELECT *, unnest([{pairs}]) AS u FROM staged) WHERE u.cell IS NOT NULL AND u.cell NOT IN {missing}"
    else:
        origin = "staged"
    con.execute(f"CREATE OR REPLACE TEMP TABLE raw AS SELECT line, {', '.join(cells)} FROM {origin}")


def _new_parents(con: Connection, job: Job, column: Column) -> None:
    """Collect the parents that the file names and the ledger does not have, with what else the file says of them."""
    parent = DATASETS[column.references]
    key, name, cell = quoted(parent.key[0]), quoted(parent.name_column or parent.key[0]), quoted("raw_" + column.name)
    wanted = "true" if job.register and registrable(parent) else "false"
    known = f"SELECT {key} FROM {quoted(parent.name)} UNION ALL SELECT {name} FROM {quoted(parent.name)}"
    said = [f"any_value({_cell(h.index)}) AS {quoted(n)}" for n, h in _said_of(job, parent).items()]
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {quoted('new_' + column.name)} AS "
        f"SELECT {', '.join([f'{cell} AS id', *said])} FROM raw JOIN staged USING (line) "
        f"WHERE {wanted} AND {cell} IS NOT NULL AND {cell} NOT IN ({known}) GROUP BY {cell}"
    )


def _said_of(job: Job, parent: Dataset) -> dict[str, Heading]:
    """Return the columns of a parent that stand in the file beside the ledger's own."""
    free = {c.name: c for c in parent.columns if not (c.required or c.choices or c.references) and c.kind == "text"}
    return {n: h for n, c in free.items() for h in job.match.unmapped if h.name in c.spellings()}


def _lookup(con: Connection, job: Job, column: Column) -> None:
    """Make the table that leads from a code or a name to the parent's code, and counts how many bear it."""
    parent = DATASETS[column.references]
    ledger, key = quoted(parent.name), quoted(parent.key[0])
    name = quoted(parent.name_column or parent.key[0])
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {quoted('lookup_' + column.name)} AS "
        f"SELECT spelling, any_value(id) AS id, count(DISTINCT id) AS parents FROM ("
        f"SELECT {key} AS spelling, {key} AS id FROM {ledger} "
        f"UNION ALL SELECT {name}, {key} FROM {ledger} WHERE {name} NOT IN (SELECT {key} FROM {ledger}) "
        f"UNION ALL SELECT id, id FROM {quoted('new_' + column.name)}) AS spellings GROUP BY spelling"
    )


def _typed(con: Connection, job: Job) -> None:
    """Read every cell as its column's type, beside the text it came from."""
    chosen, joins = ["raw.*"], []
    for column in job.columns:
        name, cell = quoted(column.name), quoted("raw_" + column.name)
        if column.references:
            lookup = quoted("lookup_" + column.name)
            joins.append(f"LEFT JOIN {lookup} ON {lookup}.spelling = raw.{cell}")
            chosen += [f"{lookup}.id AS {name}", f"{lookup}.parents AS {quoted('parents_' + column.name)}"]
        else:
            chosen.append(f"{expressions.value(column, cell, job.year, _factor(job, column))} AS {name}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE typed AS SELECT {', '.join(chosen)} FROM raw {' '.join(joins)}")
    _scale_items(con, job)


def _factor(job: Job, column: Column) -> float:
    return job.match.factors.get(column.name, 1.0)


def _scale_items(con: Connection, job: Job) -> None:
    """Bring the items of a wide file whose heading is in another unit into the registry's unit."""
    wide = job.dataset.wide
    for item in job.match.items:
        if wide and item in job.match.factors:
            value = quoted(wide.value)
            con.execute(
                f"UPDATE typed SET {value} = round({value} * {job.match.factors[item]!r}, 9) "
                f"WHERE {quoted(wide.parameter)} = {literal(item)}"
            )


def _item_range(job: Job) -> list[str]:
    """Return the SQL that refuses measured values outside the range of their item."""
    wide = job.dataset.wide
    if not wide:
        return []
    value, item = quoted(wide.value), quoted(wide.parameter)
    conditions = [
        f"({item} = {literal(c.value)} AND ({value} < {c.low!r} OR {value} > {c.high or HIGHEST!r}))"
        for c in job.dataset.column(wide.parameter).choices
        if c.low is not None
    ]
    cell = quoted("raw_" + wide.value)
    return [f"CASE WHEN {' OR '.join(conditions)} THEN {_entry(wide.value, cell, literal('out_of_range'))} END"]


def _entry(column: str, cell: str, reason: str) -> str:
    return f"{{'name': {literal(column)}, 'cell': coalesce({cell}, ''), 'reason': {reason}}}"


def _faults(con: Connection, job: Job) -> list[tuple[int, str, str, str, str]]:
    """Return (line, column, cell, reason, item) of every bad cell."""
    found = []
    for column in job.columns:
        cell, fault = quoted("raw_" + column.name), expressions.fault(column, job.year)
        found.append(f"CASE WHEN ({fault}) IS NOT NULL THEN {_entry(column.name, cell, fault)} END")
    listed = ", ".join(found + _item_range(job))
    item = quoted("raw_" + job.dataset.wide.parameter) if job.dataset.wide else "''"
    return con.execute(
        f"SELECT line, f.name, f.cell, f.reason, item FROM (SELECT line, {item} AS item, "
        f"unnest(list_filter([{listed}], lambda x: x IS NOT NULL)) AS f FROM typed) AS faults ORDER BY line, f.name"
    ).fetchall()


def _heading(job: Job, column: str, item: str | None) -> str:
    """Return the heading under which a cell stands in the file, without its unit."""
    wide = job.dataset.wide
    if wide and job.match.items and column in (wide.value, wide.parameter):
        heading = job.match.items.get(item or "")
    else:
        heading = job.match.columns.get(column)
    return heading.name if heading else job.dataset.column(column).label.zh


def _cell_errors(con: Connection, job: Job) -> list[Finding]:
    choices = {c.value: c for c in job.dataset.column(job.dataset.wide.parameter).choices} if job.dataset.wide else {}
    errors = []
    for line, name, cell, reason, item in _faults(con, job):
        column = job.dataset.column(name)
        if reason == "out_of_range":
            choice = next(c for c in choices.values() if item in c.spellings() or item.lower() == c.value.lower())
            text = REASONS[reason].fill(item=choice.label, low=number(choice.low), high=number(choice.high) or "∞")
        else:
            text = about(column, reason)
        errors.append(Finding(line, _heading(job, name, item), cell, text))
    return errors


def _key_label(dataset: Dataset) -> Text:
    columns = [dataset.column(k) for k in dataset.key]
    return Text(" + ".join(c.label.zh for c in columns), " + ".join(c.label.en for c in columns))


def _repeats(con: Connection, job: Job) -> list[tuple[int, int, str, bool]]:
    """Return (line, first line with the same key, key as text, whether all values are the same)."""
    key = ", ".join(quoted(k) for k in job.dataset.key)
    row = ", ".join(quoted(c.name) for c in job.columns)
    shown = " || ' · ' || ".join(f"CAST({quoted(k)} AS VARCHAR)" for k in job.dataset.key)
    return con.execute(
        f"SELECT line, first_line, shown, variants = 1 FROM (SELECT line, min(line) OVER same_key AS first_line, "
        f"{shown} AS shown, max(variant) OVER same_key AS variants, row_number() OVER (PARTITION BY {key} "
        f"ORDER BY line) AS place FROM (SELECT *, dense_rank() OVER (PARTITION BY {key} ORDER BY {row}) AS variant "
        f"FROM good) AS ranked WINDOW same_key AS (PARTITION BY {key})) AS placed WHERE place > 1 ORDER BY line"
    ).fetchall()


def _good(con: Connection, errors: list[Finding]) -> None:
    """Keep the rows of `typed` whose whole line is without error."""
    con.execute("CREATE OR REPLACE TEMP TABLE bad (line BIGINT)")
    lines = sorted({e.line for e in errors})
    if lines:
        con.execute("INSERT INTO bad SELECT unnest(?)", [lines])
    con.execute("CREATE OR REPLACE TEMP TABLE good AS SELECT * FROM typed WHERE line NOT IN (SELECT line FROM bad)")


def _judge_repeats(con: Connection, job: Job, findings: Findings) -> None:
    """Tell repeated keys: the same row again is loaded once; other values are refused, or, in a published wide file,
    superseded by the later line."""
    label, column = _key_label(job.dataset), job.dataset.column(job.dataset.key[0])
    heading = _heading(job, column.name, None)
    wide_notes: dict[int, Finding] = {}
    for line, first, shown, is_same in _repeats(con, job):
        if is_same:
            wide_notes.setdefault(line, Finding(line, heading, shown, NOTES["same_row"].fill(other=first)))
        elif job.match.items:
            wide_notes[line] = Finding(line, heading, shown, NOTES["later_wins"].fill(other=first, label=label))
        else:
            pairs = ((first, line), (line, first))
            findings.errors += [
                Finding(a, heading, shown, REASONS["repeated_key"].fill(other=b, label=label)) for a, b in pairs
            ]
    findings.notes += wide_notes.values()


def _clean(con: Connection, job: Job) -> None:
    """Keep one row a key of `good`, the last line's, with values only."""
    key = ", ".join(quoted(k) for k in job.dataset.key)
    values = ", ".join(quoted(c.name) for c in job.columns)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE clean AS SELECT {values} FROM (SELECT *, row_number() OVER "
        f"(PARTITION BY {key} ORDER BY line DESC) AS place FROM good) AS placed WHERE place = 1"
    )


def _remarks(con: Connection, job: Job, findings: Findings) -> None:
    """Note what the reader did on its own account."""
    for heading in job.match.unknown_units:
        text = NOTES["unknown_unit"].fill(unit=heading.unit, label=heading.name)
        findings.notes.append(Finding(job.lines.header_line, heading.name, heading.text, text))
    empty = con.execute("SELECT line FROM staged WHERE line NOT IN (SELECT line FROM raw) ORDER BY line").fetchall()
    findings.notes += [Finding(line, "", "", NOTES["no_value"]) for (line,) in empty]
    for column in (c for c in job.columns if c.references):
        names = con.execute(f"SELECT id FROM {quoted('new_' + column.name)} ORDER BY id").fetchall()
        text = NOTES["registered"].fill(parent=DATASETS[column.references].label)
        findings.notes += [Finding(0, _heading(job, column.name, None), name, text) for (name,) in names]


def examine(con: Connection, job: Job) -> Findings:
    """Check every cell and key of a file; leaves the rows that may go in, one a key, in the table `clean`."""
    _staged(con, job)
    _raw(con, job)
    for column in (c for c in job.columns if c.references):
        _new_parents(con, job, column)
        _lookup(con, job, column)
    _typed(con, job)
    findings = Findings(_cell_errors(con, job))
    _good(con, findings.errors)
    _judge_repeats(con, job, findings)
    findings.errors = sorted(dict.fromkeys(findings.errors), key=lambda e: e.line)
    _good(con, findings.errors)
    _clean(con, job)
    _remarks(con, job, findings)
    return findings
