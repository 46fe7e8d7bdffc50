"""Cells in, values and findings out: `typed` becomes the table `read` and the view `clean`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Choice, Column, Dataset
from data.ingest import expressions, layout, rules, scope, words
from data.ingest.headers import Heading
from data.ingest.reasons import LEFT_OUT, NOTES, REASONS, Finding, Group, about, how_to_fill, number
from data.ingest.stage import Job, lines_of, picked
from data.schema import literal, quoted
from data.text import Text

MOST_FINDINGS = 100_000
SHOWN_LINES = 20
INCOMPLETE = ("missing", "ragged")
OUTSIDE = ("too_low", "too_high", "out_of_range")


@dataclass(slots=True)
class Findings:
    """What the check has to say: errors refuse their line, notes do not, `left_out` lines are no data.

    `groups` counts the errors by reason, all of them, also where `errors` lists only the first.
    """

    errors: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    left_out: list[Finding] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    rejected: int = 0


def _value(job: Job, column: Column) -> str:
    """Return the SQL of a column's value."""
    name = quoted(column.name)
    if expressions.is_word(column):
        return f"{quoted('w ' + column.name)}.id"
    cell = quoted("c " + column.name)
    value = f"CASE WHEN {expressions.odd(column)} IS NULL THEN typed.{name} ELSE {cell}.value END"
    factors, is_whole = _factors(job, column), column.kind == "integer"
    if not factors:
        return value
    scaled = f"CASE WHEN {cell}.has_unit THEN {cell}.value ELSE round({value} * {' * '.join(factors)}, 9) END"
    return f"CASE WHEN ({scaled}) = trunc({scaled}) THEN CAST({scaled} AS BIGINT) END" if is_whole else scaled


def _factors(job: Job, column: Column) -> list[str]:
    """Return the SQL of what to multiply a column by: for the unit of its heading, of its item, of its row."""
    wide, factors = job.dataset.wide, []
    if column.name in job.match.factors:
        factors.append(repr(job.match.factors[column.name]))
    if wide and column.name == wide.value and set(job.match.items) & set(job.match.factors):
        factors.append(f"coalesce({quoted('w ' + wide.parameter)}.factor, 1)")
    if column.name in job.match.unit_columns:
        factors.append(f"coalesce({quoted('u ' + column.name)}.factor, 1)")
    return factors


def _joins(job: Job) -> str:
    """Join what the words, names, odd cells and units of a row stand for."""
    parts = []
    for column in job.columns:
        name, kind = column.name, "w" if expressions.is_word(column) else "c"
        table, alias = quoted(("word_" if kind == "w" else "cell_") + name), quoted(f"{kind} {name}")
        cell = quoted(name) if kind == "w" else expressions.odd(column)
        parts.append(f"LEFT JOIN {table} {alias} ON {alias}.spelling = typed.{cell}{_same_item(job, column, alias)}")
        if name in job.match.also:
            also = quoted(f"a {name}")
            parts.append(f"LEFT JOIN {table} {also} ON {also}.spelling = typed.{quoted('also ' + name)}")
        if name in job.match.unit_columns:
            unit, said = quoted(f"u {name}"), quoted(f"unit {name}")
            on = f"{unit}.spelling = typed.{said}{_same_item(job, column, unit)}"
            parts.append(f"LEFT JOIN {quoted('unit_' + name)} {unit} ON {on}")
    return " ".join(parts)


def _same_item(job: Job, column: Column, alias: str) -> str:
    wide = job.dataset.wide
    if not (wide and column.name == wide.value):
        return ""
    return f" AND {alias}.item IS NOT DISTINCT FROM typed.{quoted(wide.parameter)}"


def _why(job: Job, column: Column) -> str:
    """Return the SQL that names the first reason to refuse a cell; NULL for a good one."""
    value, wide = quoted("v " + column.name), job.dataset.wide
    table = quoted(("w " if expressions.is_word(column) else "c ") + column.name)
    cases = [(f"{table}.reason IS NOT NULL", f"{table}.reason")]
    if column.name in job.match.also:
        also = quoted("a " + column.name)
        cases.append((f"{also}.id IS DISTINCT FROM {value} AND {also}.spelling IS NOT NULL", "'parents_differ'"))
    if column.name in job.match.unit_columns:
        cases.append((f"{quoted('u ' + column.name)}.reason IS NOT NULL", "'unknown_unit'"))
    if column.kind == "integer" and job.is_scaled(column):
        cases.append((f"{value} IS NULL AND typed.{quoted(column.name)} IS NOT NULL", "'not_integer'"))
    cases += [(f"{value} IS NULL", "'missing'" if column.required else "NULL")]
    cases += [(f"{value} < {column.low!r}", "'too_low'")] if column.low is not None else []
    cases += [(f"{value} > {column.high!r}", "'too_high'")] if column.high is not None else []
    if wide and column.name == wide.value:
        item = quoted("w " + wide.parameter)
        cases.append((f"{value} < {item}.low OR {value} > {item}.high", "'out_of_range'"))
    return "CASE " + " ".join(f"WHEN {c} THEN {reason}" for c, reason in cases) + " END"


def _cell(column: Column) -> str:
    """Return the SQL of a cell as it was written, from the columns that `_as_written` carries along."""
    written = f"CAST({quoted('cell ' + column.name)} AS VARCHAR)"
    cell = written if expressions.is_word(column) else f"coalesce({expressions.odd(column)}, {written})"
    return f"coalesce({cell}, '')"


def _as_written(job: Job) -> str:
    """Carry the plain values and the odd cells along; they are put into words for faulty rows only."""
    parts = [f"typed.{quoted(c.name)} AS {quoted('cell ' + c.name)}" for c in job.columns]
    parts += [f"typed.{expressions.odd(c)}" for c in job.columns if not expressions.is_word(c)]
    return ", ".join(parts)


def _read(con: Connection, job: Job) -> None:
    """Make `read (line, values …, faults)`; `faults` lists what is wrong with a row, NULL for a good one."""
    values = ", ".join(f"{_value(job, c)} AS {quoted('v ' + c.name)}" for c in job.columns)
    whys = ", ".join(f"{_why(job, c)} AS {quoted('why ' + c.name)}" for c in job.columns)
    named = ", ".join(f"{quoted('v ' + c.name)} AS {quoted(c.name)}" for c in job.columns)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE read AS SELECT line, {named}, {_faults(job)} AS faults "
        f"FROM (SELECT line, width, {values}, {whys}, {_as_written(job)} FROM {lines_of(job)} AS typed {_joins(job)}) "
        f"AS judged"
    )


def _faults(job: Job) -> str:
    """Return the SQL of a row's list of faults: one that has not the header's columns has no other fault."""
    entries = ", ".join(
        f"CASE WHEN {quoted('why ' + c.name)} IS NOT NULL THEN {{'name': {literal(c.name)}, "
        f"'cell': {_cell(c)}, 'reason': {quoted('why ' + c.name)}}} END"
        for c in job.columns
    )
    ragged = f"{{'name': {literal(job.columns[0].name)}, 'cell': CAST(width AS VARCHAR), 'reason': 'ragged'}}"
    any_fault = " OR ".join(f"{quoted('why ' + c.name)} IS NOT NULL" for c in job.columns)
    return (
        f"CASE WHEN width <> {job.width} THEN [{ragged}] "
        f"WHEN {any_fault} THEN list_filter([{entries}], lambda x: x IS NOT NULL) END"
    )


Fault = tuple[int, str, str, str, str | None]


def _listed_faults(con: Connection, job: Job) -> list[Fault]:
    """Return (line, column, cell, reason, item) of the first bad cells."""
    faults = con.execute(f"{_all_faults(job)} ORDER BY line, name LIMIT {MOST_FINDINGS}").fetchall()
    rows = {r.line: r.cells for r in picked(job, {line for line, _, _, reason, _ in faults if reason in OUTSIDE})}
    return [(n, name, _written(job, rows.get(n), name, cell, i), why, i) for n, name, cell, why, i in faults]


def _written(job: Job, row: list[str] | None, name: str, cell: str, item: str | None) -> str:
    """Return a cell as it stands in the file; of a number that lies outside its range only the value is left."""
    heading = _source(job, name, item)
    return row[heading.index].strip() if row and heading and heading.index < len(row) else cell


def _all_faults(job: Job) -> str:
    """Return the SQL of every bad cell; one of a wide file's own columns is bad once, not once an item."""
    wide, once = job.dataset.wide, "DISTINCT" if job.match.items else ""
    of_item = f"CASE WHEN f.name IN ('{wide.parameter}', '{wide.value}') THEN item END" if wide else "NULL"
    item = quoted(wide.parameter) if wide else "NULL"
    return (
        f"SELECT {once} line, f.name AS name, f.cell AS cell, f.reason AS reason, {of_item} AS item "
        f"FROM (SELECT line, {item} AS item, unnest(faults) AS f FROM read WHERE faults IS NOT NULL) AS listed"
    )


def _heading(job: Job, column: str, item: str | None = None) -> str:
    """Return what the heading of a cell is called, without its unit."""
    heading = _source(job, column, item)
    return heading.name if heading else job.dataset.column(column).label.zh


def _source(job: Job, column: str, item: str | None) -> Heading | None:
    """Return the heading under which a cell stands in the file."""
    wide = job.dataset.wide
    if wide and job.match.items and column in (wide.value, wide.parameter):
        return job.match.items.get(item or "")
    return job.match.columns.get(column)


def _reason(job: Job, column: str, reason: str, item: str | None) -> Text:
    if reason == "ragged":
        return REASONS[reason].fill(width=job.width)
    if reason != "out_of_range":
        return about(job.dataset.column(column), reason)
    chosen = {c.value: c for c in _items(job)}[str(item)]
    return REASONS[reason].fill(item=chosen.label, low=number(chosen.low), high=number(chosen.high) or "∞")


def _items(job: Job) -> tuple[Choice, ...]:
    return job.dataset.column(job.dataset.wide.parameter).choices if job.dataset.wide else ()


def _left_out(con: Connection, job: Job, faults: Sequence[Fault]) -> list[Finding]:
    """Find the lines that are no data: sums, remarks, repeated headers; only lines that look amiss are looked at."""
    suspects = {
        line for line, _, cell, reason, _ in faults if reason in INCOMPLETE or layout.why_left_out([cell], job.layout)
    }
    texts = [c for c in job.columns if c.kind == "text" and not expressions.is_word(c)]
    for column in texts:
        odd = f"SELECT DISTINCT line FROM {lines_of(job)} AS t WHERE {expressions.odd(column)} IS NOT NULL"
        suspects |= {line for (line,) in con.execute(odd).fetchall()}
    judged = ((row, layout.why_left_out(row.cells, job.layout)) for row in picked(job, suspects))
    return [Finding(row.line, "", " ".join(filter(None, row.cells)), LEFT_OUT[why]) for row, why in judged if why]


def _grouped(con: Connection, job: Job) -> list[Group]:
    """Count the bad cells by column and reason."""
    lines = f"list(line ORDER BY line)[:{SHOWN_LINES}]"
    item = "CASE WHEN reason = 'out_of_range' THEN item END"
    found = con.execute(
        f"SELECT name, reason, {item} AS what, count(*), {lines} FROM ({_all_faults(job)}) AS f "
        f"WHERE line NOT IN (SELECT line FROM left_out) GROUP BY ALL ORDER BY count(*) DESC, name, reason"
    ).fetchall()
    return [Group(_heading(job, n, i), _reason(job, n, r, i), count, shown) for n, r, i, count, shown in found]


def _refuse(con: Connection, job: Job, findings: Findings) -> None:
    """Make `bad`, the lines with a fault, and list what is wrong with them; lines that are no data are set aside."""
    faults = _listed_faults(con, job)
    findings.left_out = _left_out(con, job, faults)
    aside = {f.line for f in findings.left_out}
    _lines_table(con, "left_out", aside)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE bad AS SELECT DISTINCT line FROM read "
        "WHERE faults IS NOT NULL AND line NOT IN (SELECT line FROM left_out)"
    )
    said: dict[tuple[str, str, str | None], tuple[str, Text, Text]] = {}
    for line, name, cell, reason, item in (f for f in faults if f[0] not in aside):
        key = (name, reason, item)
        if key not in said:
            said[key] = _heading(job, name, item), _reason(job, *key), how_to_fill(job.dataset.column(name))
        heading, why, advice = said[key]
        findings.errors.append(Finding(line, heading, cell, why, advice))
    findings.groups = _grouped(con, job) if faults else []


def _lines_table(con: Connection, name: str, lines: set[int]) -> None:
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT unnest(?::BIGINT[]) AS line", [sorted(lines)])


def _add(con: Connection, findings: Findings, errors: Sequence[Finding]) -> None:
    """Refuse more lines, for what is wrong with them among others."""
    findings.errors += errors
    con.execute("INSERT INTO bad SELECT unnest(?::BIGINT[])", [sorted({e.line for e in errors})])
    groups: dict[tuple[str, str], list[Finding]] = {}
    for error in errors:
        groups.setdefault((error.column, error.reason.zh), []).append(error)
    findings.groups += [
        Group(column, same[0].reason, len(same), [e.line for e in same[:SHOWN_LINES]])
        for (column, _), same in groups.items()
    ]


def _good(con: Connection) -> None:
    """Make `good`: the rows of `read` whose whole line is without error."""
    refused = con.execute("SELECT 1 FROM bad UNION ALL SELECT 1 FROM left_out LIMIT 1").fetchall()
    without = "WHERE line NOT IN (SELECT line FROM bad UNION ALL SELECT line FROM left_out)" if refused else ""
    con.execute(f"CREATE OR REPLACE TEMP VIEW good AS SELECT * FROM read {without}")


def _keys(dataset: Dataset) -> str:
    return ", ".join(quoted(k) for k in dataset.key)


def _repeated(con: Connection, job: Job) -> bool:
    """Make `repeated`: the keys that stand on more than one row of `good`; False if there are none.

    Counting hashes is cheap, and different counts of rows and hashes are rare without a repeated key.
    """
    keys = _keys(job.dataset)
    rows, hashes = con.execute(f"SELECT count(*), count(DISTINCT hash({keys})) FROM good").fetchall()[0]
    if rows == hashes:
        return False
    con.execute(f"CREATE OR REPLACE TEMP TABLE repeated AS SELECT {keys} FROM good GROUP BY {keys} HAVING count(*) > 1")
    return True


def _repeats(con: Connection, job: Job) -> list[tuple[int, int, str, bool]]:
    """Return (line, first line with the same key, key as text, whether all values are the same)."""
    keys, row = _keys(job.dataset), ", ".join(quoted(c.name) for c in job.columns)
    shown = " || ' · ' || ".join(f"CAST({quoted(k)} AS VARCHAR)" for k in job.dataset.key)
    return con.execute(
        f"SELECT line, first_line, shown, variants = 1 FROM (SELECT line, min(line) OVER same_key AS first_line, "
        f"{shown} AS shown, max(variant) OVER same_key AS variants, row_number() OVER (PARTITION BY {keys} "
        f"ORDER BY line) AS place FROM (SELECT *, dense_rank() OVER (PARTITION BY {keys} ORDER BY {row}) AS variant "
        f"FROM good SEMI JOIN repeated USING ({keys})) AS ranked WINDOW same_key AS (PARTITION BY {keys})) AS placed "
        f"WHERE place > 1 ORDER BY line LIMIT {MOST_FINDINGS}"
    ).fetchall()


def _key_label(dataset: Dataset) -> Text:
    columns = [dataset.column(k) for k in dataset.key]
    return Text(" + ".join(c.label.zh for c in columns), " + ".join(c.label.en for c in columns))


def _judge_repeats(con: Connection, job: Job, findings: Findings) -> None:
    """Tell repeated keys: the same row again is loaded once; other values are refused, or, in a published wide file,
    superseded by the later line."""
    label, heading = _key_label(job.dataset), _heading(job, job.dataset.key[0], None)
    notes: dict[int, Finding] = {}
    errors: list[Finding] = []
    for line, first, shown, is_same in _repeats(con, job):
        if is_same:
            notes.setdefault(line, Finding(line, heading, shown, NOTES["same_row"].fill(other=first)))
        elif job.match.items:
            notes[line] = Finding(line, heading, shown, NOTES["later_wins"].fill(other=first, label=label))
        else:
            pairs = ((first, line), (line, first))
            errors += [Finding(a, heading, shown, REASONS["repeated_key"].fill(other=b, label=label)) for a, b in pairs]
    findings.notes += notes.values()
    _add(con, findings, list(dict.fromkeys(errors)))


def _clean(con: Connection, job: Job, any_repeated: bool) -> None:
    """Make `clean`: one row a key of `good`, the last line's, with values only."""
    keys, values = _keys(job.dataset), ", ".join(quoted(c.name) for c in job.columns)
    if not any_repeated:
        con.execute(f"CREATE OR REPLACE TEMP VIEW clean AS SELECT {values} FROM good")
        return
    place = f"row_number() OVER (PARTITION BY {keys} ORDER BY line DESC) AS place"
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW clean AS SELECT {values} FROM good ANTI JOIN repeated USING ({keys}) "
        f"UNION ALL SELECT {values} FROM (SELECT *, {place} FROM good SEMI JOIN repeated USING ({keys})) AS placed "
        f"WHERE place = 1"
    )


def _outside(con: Connection, job: Job) -> list[Finding]:
    """Return the rows of a replacing file that lie outside the scope that it replaces."""
    if job.mode != "replace" or job.scope is None:
        return []
    inside = scope.condition(job.dataset, job.scope)
    rows = con.execute(f"SELECT line FROM good WHERE ({inside}) IS NOT TRUE ORDER BY line LIMIT {MOST_FINDINGS}")
    return [Finding(line, "", "", REASONS["outside_scope"]) for (line,) in rows.fetchall()]


def _rewritten(con: Connection, job: Job) -> list[Finding]:
    """Return the rows of an appending file that would change what the ledger has."""
    if job.mode != "append":
        return []
    ledger, compared = quoted(job.dataset.name), [c for c in job.columns if c.name not in job.dataset.key]
    differs = " OR ".join(f"g.{quoted(c.name)} IS DISTINCT FROM o.{quoted(c.name)}" for c in compared) or "false"
    same_key = " AND ".join(f"g.{quoted(k)} = o.{quoted(k)}" for k in job.dataset.key)
    rows = con.execute(
        f"SELECT line FROM good g JOIN {ledger} o ON {same_key} WHERE {differs} ORDER BY line LIMIT {MOST_FINDINGS}"
    )
    return [Finding(line, "", "", REASONS["append_only"]) for (line,) in rows.fetchall()]


def _remarks(con: Connection, job: Job, findings: Findings) -> None:
    """Note what the reader did on its own account."""
    findings.notes += [Finding(r.line, "", "", NOTES[r.reason].fill(**r.blanks)) for r in job.source.remarks]
    findings.left_out[:0] = [Finding(out.line, "", out.text, LEFT_OUT[out.reason]) for out in job.layout.left_out]
    for heading in job.match.unknown_units:
        text = NOTES["unknown_unit"].fill(unit=heading.unit, label=heading.name)
        findings.notes.append(Finding(job.layout.header_line, heading.name, heading.text, text))
    if job.match.items:
        findings.notes += [Finding(line, "", "", NOTES["no_value"]) for line in _empty_lines(con, job)]
    for column in job.parents:
        names = con.execute(f"SELECT id FROM {quoted('new_' + column.name)} ORDER BY id").fetchall()
        text = NOTES["registered"].fill(parent=DATASETS[column.references].label)
        findings.notes += [Finding(0, _heading(job, column.name), name, text) for (name,) in names]


def _empty_lines(con: Connection, job: Job) -> list[int]:
    """Return the lines of a wide file that hold no measured value and are no remark either."""
    line = "line" if job.source.plain is None else f"rowid + {job.layout.first_line}"
    found = con.execute(f"SELECT {line} AS line FROM cells EXCEPT SELECT line FROM typed ORDER BY line").fetchall()
    return [line for (line,) in found]


def examine(con: Connection, job: Job) -> Findings:
    """Check every cell, row and key of `typed`; leaves the rows that may go in, one a key, in the view `clean`."""
    findings = Findings()
    findings.notes += [Finding(0, "", "", note) for note in words.look_up(con, job)]
    _read(con, job)
    _refuse(con, job, findings)
    _good(con)
    _add(con, findings, [*_outside(con, job), *_rewritten(con, job)])
    _judge_rules(con, job, findings)
    _good(con)
    any_repeated = _repeated(con, job)
    if any_repeated:
        _judge_repeats(con, job, findings)
        _good(con)
    _clean(con, job, any_repeated)
    _remarks(con, job, findings)
    findings.errors.sort(key=lambda e: e.line)
    findings.rejected = con.execute("SELECT count(DISTINCT line) FROM bad").fetchall()[0][0]
    return findings


def _judge_rules(con: Connection, job: Job, findings: Findings) -> None:
    """Hold the good rows to the rules of the registry; what only looks suspicious is noted and loaded."""
    found = rules.judge(con, job.dataset, "good", job.dataset.name, job.today)
    stated = [(doubt, Finding(line, _heading(job, name), value, why)) for line, name, value, why, doubt in found]
    _add(con, findings, [finding for doubt, finding in stated if not doubt])
    findings.notes += [finding for doubt, finding in stated if doubt]
