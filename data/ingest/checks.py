"""Cells in, values and findings out: `typed` becomes the table `read` and the view `clean`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Choice, Column, Dataset
from data.ingest import asides, expressions, layout, rules, scope, stage, words
from data.ingest.headers import Heading
from data.ingest.reasons import LEFT_OUT, NOTES, REASONS, Finding, Group, about, how_to_fill, number
from data.ingest.stage import Job, lines_of, picked
from data.schema import keys_equal, literal, quoted
from data.text import Text, same

MOST_FINDINGS = 100_000
SHOWN_LINES = 20
INCOMPLETE = ("missing", "ragged")
UNWRITTEN = ("too_low", "too_high", "out_of_range", "unknown_unit", "not_integer")


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
    match, item, factors = job.match, job.dataset.item_of(column), []
    if column.name in match.unit_columns:
        factors.append(f"{quoted('u ' + column.name)}.factor")
    if item and (column.name in match.item_units or set(match.items) & set(match.factors)):
        factors.append(f"{quoted('w ' + item.name)}.factor")
    if column.name in match.factors:
        factors.append(repr(match.factors[column.name]))
    return factors


def _joins(job: Job) -> str:
    """Join what the words, names, odd cells and units of a row stand for."""
    parts = []
    for column in job.columns:
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
    item = job.dataset.item_of(column)
    if item is None or item not in job.columns:
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
    item, own = job.dataset.item_of(column), [f"{quoted('c ' + column.name)}.has_unit IS NOT TRUE"]
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
    rows = {r.line: r.cells for r in picked(job, {line for line, _, _, reason, _ in faults if reason in UNWRITTEN})}
    return [(n, name, _written(job, rows.get(n), name, cell, i), why, i) for n, name, cell, why, i in faults]


def _written(job: Job, row: list[str] | None, name: str, cell: str, item: str | None) -> str:
    """Return a cell as it stands in the file, with its unit beside it; of a plain number only the value is left."""
    places = [h.index for h in (_source(job, name, item), job.match.unit_columns.get(name)) if h]
    found = [row[i].strip() for i in places if row and i < len(row)]
    return " ".join(filter(None, found)) if found else cell


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
    chosen, own = next((c for c in _items(job) if c.value == item), None), job.dataset.column(column)
    if chosen is None:
        return about(own, reason)
    if reason != "out_of_range":
        return about(replace(own, label=chosen.label), reason) if job.match.items else about(own, reason)
    return REASONS[reason].fill(item=chosen.label, low=number(chosen.low), high=number(chosen.high) or "∞")


def _items(job: Job) -> tuple[Choice, ...]:
    return job.dataset.column(job.dataset.wide.parameter).choices if job.dataset.wide else ()


def _left_out(con: Connection, job: Job, faults: Sequence[Fault]) -> list[Finding]:
    """Find the lines that are no data: sums, remarks, repeated headers; only lines that look amiss are looked at."""
    headings = {cell for row in job.layout.written for cell in row if cell}
    suspects = {
        line
        for line, _, cell, reason, _ in faults
        if reason in INCOMPLETE or cell in headings or layout.why_left_out([cell], job.layout)
    }
    for column in (c for c in job.columns if c.kind == "text" and not expressions.is_word(c)):
        amiss = f"SELECT DISTINCT line FROM {lines_of(job)} AS t WHERE {_looks_aside(job, column, headings)}"
        suspects |= {line for (line,) in con.execute(amiss).fetchall()}
    return _asides(job, suspects)


def _looks_aside(job: Job, column: Column, headings: set[str]) -> str:
    """Return the SQL that tells whether a text may belong to a line that is no data."""
    name = quoted(column.name)
    parts = [f"{expressions.odd(column)} IS NOT NULL", f"{name} IN {expressions.words(tuple(sorted(headings)))}"]
    if column.name in job.dataset.key:
        parts += [f"regexp_matches({name}, '[:：]')", f"regexp_full_match({name}, {literal(asides.SIGNED.pattern)})"]
    return " OR ".join(parts)


def _asides(job: Job, suspects: set[int]) -> list[Finding]:
    """Return those of some lines that are no data."""
    judged = ((row, layout.why_left_out(row.cells, job.layout)) for row in picked(job, suspects))
    return [Finding(row.line, "", " ".join(filter(None, row.cells)), LEFT_OUT[why]) for row, why in judged if why]


def _grouped(con: Connection, job: Job) -> list[Group]:
    """Count the bad cells by column and reason."""
    lines = f"list(line ORDER BY line)[:{SHOWN_LINES}]"
    item = "item" if job.match.items else "CASE WHEN reason = 'out_of_range' THEN item END"
    found = con.execute(
        f"SELECT name, reason, {item} AS what, count(*), {lines} FROM ({_all_faults(job)}) AS f "
        f"WHERE line NOT IN (SELECT line FROM left_out) GROUP BY ALL ORDER BY count(*) DESC, name, reason"
    ).fetchall()
    return [Group(*_told(job, n, r, i)[:2], count, shown) for n, r, i, count, shown in found]


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
            said[key] = _told(job, *key)
        heading, why, advice = said[key]
        findings.errors.append(Finding(line, heading, cell, why, advice))
    findings.groups = _grouped(con, job) if faults else []


def _told(job: Job, name: str, reason: str, item: str | None) -> tuple[str, Text, Text]:
    """Return the heading, the reason and the advice of a fault; the width of a row is no matter of one column."""
    why = _reason(job, name, reason, item)
    return ("", why, same("")) if reason == "ragged" else (_heading(job, name, item), why, _advice(job, name, item))


def _advice(job: Job, name: str, item: str | None) -> Text:
    """Say what a cell takes; the value of an item takes the item's unit and range."""
    column = job.dataset.column(name)
    measured = job.dataset.item_of(column)
    chosen = next((c for c in measured.choices if c.value == item), None) if measured else None
    return how_to_fill(replace(column, unit=chosen.unit, low=chosen.low, high=chosen.high) if chosen else column)


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
        Group(column, alike[0].reason, len(alike), [e.line for e in alike[:SHOWN_LINES]])
        for (column, _), alike in groups.items()
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


def _compare_repeats(con: Connection, job: Job) -> None:
    """Make `repeats`: the rows of `good` whose key stands more than once, each with a line to hold it against.

    `is_same` says that all rows of the key have the same values; else `other` is a line with other values.
    """
    keys, row = _keys(job.dataset), ", ".join(quoted(c.name) for c in job.columns)
    shown = " || ' · ' || ".join(f"CAST({quoted(k)} AS VARCHAR)" for k in job.dataset.key)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE repeats AS SELECT line, {shown} AS shown, "
        f"row_number() OVER (PARTITION BY {keys} ORDER BY line) AS place, "
        f"min(own) OVER same_key = max(own) OVER same_key AS is_same, "
        f"CASE WHEN own = min(own) OVER same_key THEN max(own) OVER same_key ELSE min(own) OVER same_key END AS other "
        f"FROM (SELECT *, min(line) OVER (PARTITION BY {row}) AS own FROM good SEMI JOIN repeated USING ({keys})) AS r "
        f"WINDOW same_key AS (PARTITION BY {keys})"
    )


def _refuse_lines(con: Connection, findings: Findings, lines: str, column: str, reason: Text) -> None:
    """Refuse all lines that a query of (line, value, other line) names, for one reason."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE refused AS {lines}")
    con.execute("INSERT INTO bad SELECT line FROM refused")
    first = con.execute(f"FROM refused ORDER BY line LIMIT {MOST_FINDINGS}").fetchall()
    findings.errors += [Finding(line, column, shown, reason.fill(other=other)) for line, shown, other in first]
    count = con.execute("SELECT count(*) FROM refused").fetchall()[0][0]
    lines_shown = [line for line, _, _ in first[:SHOWN_LINES]]
    findings.groups += [Group(column, reason.fill(other="…"), count, lines_shown)] if count else []


def _key_label(dataset: Dataset) -> Text:
    columns = [dataset.column(k) for k in dataset.key]
    return Text(" + ".join(c.label.zh for c in columns), " + ".join(c.label.en for c in columns))


def _judge_repeats(con: Connection, job: Job, findings: Findings) -> None:
    """Tell repeated keys: the same row again is loaded once; other values are refused, or, in a published wide file,
    superseded by the later line."""
    label, heading = _key_label(job.dataset), _heading(job, job.dataset.key[0], None)
    _compare_repeats(con, job)
    if not job.match.items:
        conflicts = "SELECT line, shown, other FROM repeats WHERE NOT is_same"
        _refuse_lines(con, findings, conflicts, heading, REASONS["repeated_key"].fill(label=label, other="{other}"))
    harmless = "place > 1" if job.match.items else "place > 1 AND is_same"
    for line, shown, other, is_same in con.execute(
        f"SELECT line, any_value(shown), max(other), bool_and(is_same) FROM repeats WHERE {harmless} GROUP BY line "
        f"ORDER BY line LIMIT {MOST_FINDINGS}"
    ).fetchall():
        note = NOTES["same_row" if is_same else "later_wins"].fill(other=other, label=label)
        findings.notes.append(Finding(line, heading, shown, note))


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


def _outside(job: Job) -> str:
    """Return the SQL of the rows of a replacing file that lie outside the scope that it replaces."""
    inside = scope.condition(job.dataset, job.scope or scope.Scope())
    return f"SELECT DISTINCT line, '', NULL FROM good WHERE ({inside}) IS NOT TRUE"


def _rewritten(job: Job) -> str:
    """Return the SQL of the rows of an appending file that would change what the ledger has."""
    compared = [quoted(c.name) for c in job.columns if c.name not in job.dataset.key]
    differs = " OR ".join(f"g.{name} IS DISTINCT FROM o.{name}" for name in compared) or "false"
    return (
        f"SELECT DISTINCT line, '', NULL FROM good g JOIN {quoted(job.dataset.name)} o "
        f"ON {keys_equal(job.dataset, 'g', 'o')} WHERE {differs}"
    )


def _judge_mode(con: Connection, job: Job, findings: Findings) -> None:
    """Refuse what does not fit what the clerk chose: rows outside the replaced scope, rows that are not new."""
    if job.mode == "replace":
        _refuse_lines(con, findings, _outside(job), "", REASONS["outside_scope"])
    if job.mode == "append":
        _refuse_lines(con, findings, _rewritten(job), "", REASONS["append_only"])


def _remarks(con: Connection, job: Job, findings: Findings) -> None:
    """Note what the reader did on its own account."""
    findings.notes += [Finding(r.line, "", "", NOTES[r.reason].fill(**r.blanks)) for r in job.source.remarks]
    findings.left_out[:0] = [Finding(out.line, "", out.text, LEFT_OUT[out.reason]) for out in job.layout.left_out]
    for heading in job.match.unknown_units:
        text = NOTES["unknown_unit"].fill(unit=heading.unit, label=heading.name)
        findings.notes.append(Finding(job.layout.header_line, heading.name, heading.text, text))
    if job.match.items:
        empty = _empty_lines(con, job)
        asides = _asides(job, set(empty))
        findings.left_out += asides
        findings.notes += [Finding(n, "", "", NOTES["no_value"]) for n in empty if n not in {f.line for f in asides}]
    for column in job.parents:
        named = f"SELECT {quoted(column.name)} FROM clean"
        names = con.execute(
            f"SELECT id FROM {quoted('new_' + column.name)} WHERE id IN ({named}) ORDER BY id"
        ).fetchall()
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
    stage.add_qualifier(con, job)
    findings.notes += [Finding(0, "", "", note) for note in words.look_up(con, job)]
    _read(con, job)
    _refuse(con, job, findings)
    _good(con)
    _judge_mode(con, job, findings)
    _judge_rules(con, job, findings)
    any_repeated = _repeated(con, job)
    if any_repeated:
        _judge_repeats(con, job, findings)
        _good(con)
    _clean(con, job, any_repeated)
    _remarks(con, job, findings)
    findings.errors.sort(key=lambda e: e.line)
    findings.left_out.sort(key=lambda e: e.line)
    if sum(group.count for group in findings.groups) > len(findings.errors):
        findings.notes.append(Finding(0, "", "", NOTES["more_errors"].fill(count=len(findings.errors))))
    findings.rejected = con.execute("SELECT count(DISTINCT line) FROM bad").fetchall()[0][0]
    return findings


def _judge_rules(con: Connection, job: Job, findings: Findings) -> None:
    """Hold the good rows to the rules of the registry; what only looks suspicious is noted and loaded.

    A refused row leaves the ledger's own row in place, which the others are then held against: so, until none is left.
    """
    while True:
        _good(con)
        found = rules.judge(con, job.dataset, "good", _standing(con, job), job.today)
        stated = [(doubt, Finding(line, _heading(job, name), value, why)) for line, name, value, why, doubt in found]
        errors = [finding for doubt, finding in stated if not doubt]
        if not errors:
            findings.notes += [finding for _, finding in stated]
            return
        _add(con, findings, errors)


def _standing(con: Connection, job: Job) -> str:
    """Return the name of the ledger's rows that stay: without those that a replacing file takes out."""
    ledger = quoted(job.dataset.name)
    if job.mode != "replace" or not job.dataset.rules:
        return job.dataset.name
    inside, keys = scope.condition(job.dataset, job.scope or scope.Scope()), _keys(job.dataset)
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW standing AS SELECT * FROM {ledger} WHERE ({inside}) IS NOT TRUE "
        f"UNION ALL SELECT * FROM {ledger} SEMI JOIN good USING ({keys}) WHERE {inside}"
    )
    return "standing"
