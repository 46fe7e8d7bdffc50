"""Cells in, values and findings out: `raw` becomes the table `typed` and the view `clean`."""

from __future__ import annotations

from dataclasses import dataclass, field

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Choice, Column, Dataset
from data.ingest import expressions
from data.ingest.reasons import NOTES, REASONS, Finding, about, number
from data.ingest.stage import Job
from data.schema import literal, quoted
from data.text import Text

HIGHEST = 1e12


@dataclass(slots=True)
class Findings:
    """What the check has to say: errors refuse their line, notes do not."""

    errors: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)


def _value(job: Job, column: Column) -> str:
    """Return the SQL of a column's value, beside the count of parents that a name leads to."""
    name, cell = quoted(column.name), quoted("raw_" + column.name)
    lookup = quoted("lookup_" + column.name)
    if column.references:
        return f"{lookup}.id AS {name}, {lookup}.parents AS {quoted('parents_' + column.name)}"
    if column.choices:
        return f"{lookup}.id AS {name}"
    factor = job.match.factors.get(column.name, 1.0)
    return f"{_scaled(job, column, expressions.value(column, cell, job.year, factor))} AS {name}"


def _scaled(job: Job, column: Column, value: str) -> str:
    """Bring the items of a wide file whose heading is in another unit into the registry's unit."""
    wide = job.dataset.wide
    factors = {i: f for i, f in job.match.factors.items() if i in job.match.items}
    if not (wide and column.name == wide.value and factors):
        return value
    item = quoted("raw_" + wide.parameter)
    cases = " ".join(f"WHEN {literal(i)} THEN round(({value}) * {f!r}, 9)" for i, f in factors.items())
    return f"CASE {item} {cases} ELSE {value} END"


def _joins(job: Job) -> str:
    """Join what the words and names of a row lead to; words are compared in small letters."""
    parts = []
    for column in (c for c in job.columns if c.references or c.choices):
        lookup, cell = quoted("lookup_" + column.name), f"raw.{quoted('raw_' + column.name)}"
        written = cell if column.references else f"lower({cell})"
        parts.append(f"LEFT JOIN {lookup} ON {lookup}.spelling = {written}")
    return " ".join(parts)


def _item_range(job: Job) -> list[tuple[str, str]]:
    """Return (column, SQL of the reason) that refuses measured values outside the range of their item."""
    wide = job.dataset.wide
    if not wide:
        return []
    value, item = quoted(wide.value), quoted(wide.parameter)
    low = " ".join(f"WHEN {literal(c.value)} THEN {c.low!r}" for c in _items(job) if c.low is not None)
    high = " ".join(f"WHEN {literal(c.value)} THEN {c.high!r}" for c in _items(job) if c.high is not None)
    outside = f"{value} < CASE {item} {low} END OR {value} > CASE {item} {high} ELSE {HIGHEST!r} END"
    return [(wide.value, f"CASE WHEN {outside} THEN 'out_of_range' END")]


def _items(job: Job) -> tuple[Choice, ...]:
    return job.dataset.column(job.dataset.wide.parameter).choices if job.dataset.wide else ()


def _typed(con: Connection, job: Job) -> None:
    """Read every cell as its column's type; `faults` lists what is wrong with a row, NULL for a good one."""
    reasons = [(c.name, expressions.fault(c, job.year)) for c in job.columns] + _item_range(job)
    judged = ", ".join(f"{reason} AS why_{place}" for place, (_, reason) in enumerate(reasons))
    entries = ", ".join(
        f"CASE WHEN why_{place} IS NOT NULL THEN {{'name': {literal(name)}, "
        f"'cell': coalesce({quoted('raw_' + name)}, ''), 'reason': why_{place}}} END"
        for place, (name, _) in enumerate(reasons)
    )
    any_fault = " OR ".join(f"why_{place} IS NOT NULL" for place in range(len(reasons)))
    values = ", ".join(quoted(c.name) for c in job.columns)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE typed AS SELECT line, {values}, "
        f"CASE WHEN {any_fault} THEN list_filter([{entries}], lambda x: x IS NOT NULL) END AS faults "
        f"FROM (SELECT *, {judged} FROM (SELECT raw.*, {', '.join(_value(job, c) for c in job.columns)} "
        f"FROM raw {_joins(job)}) AS read_cells) AS judged_cells"
    )


def _faults(con: Connection, job: Job) -> list[tuple[int, str, str, str, str | None]]:
    """Return (line, column, cell, reason, item) of every bad cell."""
    item = quoted(job.dataset.wide.parameter) if job.dataset.wide else "NULL"
    return con.execute(
        f"SELECT line, f.name, f.cell, f.reason, item FROM (SELECT line, {item} AS item, unnest(faults) AS f "
        f"FROM typed WHERE faults IS NOT NULL) AS listed ORDER BY line, f.name"
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
    items = {c.value: c for c in _items(job)}
    errors = []
    for line, name, cell, reason, item in _faults(con, job):
        text = about(job.dataset.column(name), reason) if reason != "out_of_range" else _outside(items[str(item)])
        errors.append(Finding(line, _heading(job, name, item), cell, text))
    return errors


def _outside(item: Choice) -> Text:
    return REASONS["out_of_range"].fill(item=item.label, low=number(item.low), high=number(item.high) or "∞")


def _good(con: Connection, errors: list[Finding]) -> None:
    """Make `good`: the rows of `typed` whose whole line is without error."""
    con.execute("CREATE OR REPLACE TEMP TABLE bad (line BIGINT)")
    lines = sorted({e.line for e in errors})
    if lines:
        con.execute("INSERT INTO bad SELECT unnest(?)", [lines])
    con.execute("CREATE OR REPLACE TEMP VIEW good AS SELECT * FROM typed WHERE line NOT IN (SELECT line FROM bad)")


def _keys(dataset: Dataset) -> str:
    return ", ".join(quoted(k) for k in dataset.key)


def _repeated(con: Connection, job: Job) -> None:
    """Make `repeated`: the keys that stand on more than one row of `good`."""
    keys = _keys(job.dataset)
    con.execute(f"CREATE OR REPLACE TEMP TABLE repeated AS SELECT {keys} FROM good GROUP BY {keys} HAVING count(*) > 1")


def _repeats(con: Connection, job: Job) -> list[tuple[int, int, str, bool]]:
    """Return (line, first line with the same key, key as text, whether all values are the same)."""
    keys, row = _keys(job.dataset), ", ".join(quoted(c.name) for c in job.columns)
    shown = " || ' · ' || ".join(f"CAST({quoted(k)} AS VARCHAR)" for k in job.dataset.key)
    return con.execute(
        f"SELECT line, first_line, shown, variants = 1 FROM (SELECT line, min(line) OVER same_key AS first_line, "
        f"{shown} AS shown, max(variant) OVER same_key AS variants, row_number() OVER (PARTITION BY {keys} "
        f"ORDER BY line) AS place FROM (SELECT *, dense_rank() OVER (PARTITION BY {keys} ORDER BY {row}) AS variant "
        f"FROM good SEMI JOIN repeated USING ({keys})) AS ranked WINDOW same_key AS (PARTITION BY {keys})) AS placed "
        f"WHERE place > 1 ORDER BY line"
    ).fetchall()


def _key_label(dataset: Dataset) -> Text:
    columns = [dataset.column(k) for k in dataset.key]
    return Text(" + ".join(c.label.zh for c in columns), " + ".join(c.label.en for c in columns))


def _judge_repeats(con: Connection, job: Job, findings: Findings) -> None:
    """Tell repeated keys: the same row again is loaded once; other values are refused, or, in a published wide file,
    superseded by the later line."""
    label, heading = _key_label(job.dataset), _heading(job, job.dataset.key[0], None)
    notes: dict[int, Finding] = {}
    for line, first, shown, is_same in _repeats(con, job):
        if is_same:
            notes.setdefault(line, Finding(line, heading, shown, NOTES["same_row"].fill(other=first)))
        elif job.match.items:
            notes[line] = Finding(line, heading, shown, NOTES["later_wins"].fill(other=first, label=label))
        else:
            pairs = ((first, line), (line, first))
            findings.errors += [
                Finding(a, heading, shown, REASONS["repeated_key"].fill(other=b, label=label)) for a, b in pairs
            ]
    findings.notes += notes.values()


def _clean(con: Connection, job: Job) -> None:
    """Make `clean`: one row a key of `good`, the last line's, with values only."""
    keys, values = _keys(job.dataset), ", ".join(quoted(c.name) for c in job.columns)
    place = f"row_number() OVER (PARTITION BY {keys} ORDER BY line DESC) AS place"
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW clean AS SELECT {values} FROM good ANTI JOIN repeated USING ({keys}) "
        f"UNION ALL SELECT {values} FROM (SELECT *, {place} FROM good SEMI JOIN repeated USING ({keys})) AS placed "
        f"WHERE place = 1"
    )


def _any_yearless(con: Connection, job: Job) -> bool:
    """Tell whether some time in the file is printed without its year."""
    cells = [quoted("raw_" + c.name) for c in job.columns if c.kind == "timestamp"]
    return any(
        con.execute(f"SELECT 1 FROM raw WHERE {expressions.is_yearless(cell)} LIMIT 1").fetchall() for cell in cells
    )


def _remarks(con: Connection, job: Job, findings: Findings) -> None:
    """Note what the reader did on its own account."""
    for heading in job.match.unknown_units:
        text = NOTES["unknown_unit"].fill(unit=heading.unit, label=heading.name)
        findings.notes.append(Finding(job.lines.header_line, heading.name, heading.text, text))
    if job.year_from_name and _any_yearless(con, job):
        findings.notes.append(Finding(0, "", "", NOTES["year"].fill(year=job.year)))
    if job.match.items:
        empty = con.execute("SELECT line FROM staged ANTI JOIN raw USING (line) ORDER BY line").fetchall()
        findings.notes += [Finding(line, "", "", NOTES["no_value"]) for (line,) in empty]
    for column in job.parents:
        names = con.execute(f"SELECT id FROM {quoted('new_' + column.name)} ORDER BY id").fetchall()
        text = NOTES["registered"].fill(parent=DATASETS[column.references].label)
        findings.notes += [Finding(0, _heading(job, column.name, None), name, text) for (name,) in names]


def examine(con: Connection, job: Job) -> Findings:
    """Check every cell and key of a staged file; leaves the rows that may go in, one a key, in the view `clean`."""
    _typed(con, job)
    findings = Findings(_cell_errors(con, job))
    _good(con, findings.errors)
    _repeated(con, job)
    _judge_repeats(con, job, findings)
    findings.errors = sorted(dict.fromkeys(findings.errors), key=lambda e: e.line)
    _good(con, findings.errors)
    _clean(con, job)
    _remarks(con, job, findings)
    return findings
