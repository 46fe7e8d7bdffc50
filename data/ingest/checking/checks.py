"""Cells in, values and findings out: `typed` becomes the table `read` and the view `clean`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Column, Dataset
from data.ingest import former_values
from data.ingest.checking import (
    cell_sql,
    check_constraints,
    constants,
    coordinates,
    error_report,
    lookup_tables,
    near_names,
    scope,
    similar_codes,
    stage,
)
from data.ingest.checking.error_reasons import LEFT_OUT, NOTES, REASONS, ErrorGroup, Finding
from data.ingest.checking.near_names import UnknownName
from data.ingest.checking.stage import LoadJob
from data.ingest.table import headers
from data.schema import key_text_sql, keys_equal_sql, quote_ident
from data.text import Text, join_list, mid_sentence, untranslated


@dataclass(slots=True)
class Findings:
    """What the check has to say: errors refuse their line, notes do not, `left_out` lines are no data.

    `groups` counts the errors by reason and `refused` has their lines, all of them, where `errors` lists the first;
    `unknown` are the most frequent cells that name nothing known.
    """

    errors: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    left_out: list[Finding] = field(default_factory=list)
    groups: list[ErrorGroup] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    unknown: list[UnknownName] = field(default_factory=list)


def _collect_cell_errors(con: Connection, job: LoadJob, findings: Findings) -> None:
    """Make `bad`, the lines with a fault, and list what is wrong with them; lines that are no data are set aside."""
    listed = error_report.cell_faults(con, job)
    findings.left_out = error_report.left_out_lines(con, job, listed)
    aside = {f.line for f in findings.left_out}
    _make_lines_table(con, "left_out", aside)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE bad AS SELECT DISTINCT line FROM read "
        "WHERE faults IS NOT NULL AND line NOT IN (SELECT line FROM left_out)"
    )
    faults = [fault for fault in listed if fault[0] not in aside]
    unknown = ((name, cell) for _, name, cell, reason, _ in faults if reason in near_names.NAMING_REASONS)
    findings.unknown = near_names.unknown_names(con, job.columns, unknown)
    near = {(name.column, name.value): name.near for name in findings.unknown}
    said: dict[tuple[str, str, str | None], tuple[str, Text, Text]] = {}
    for line, name, cell, reason, item in faults:
        key = (name, reason, item)
        if key not in said:
            said[key] = error_report.fault_texts(job, *key)
        heading, why, advice = said[key]
        findings.errors.append(
            Finding(line, heading, cell, near_names.with_nearest(why, near.get((name, cell), ())), advice)
        )
    findings.groups = error_report.error_groups(con, job) if listed else []


def _make_lines_table(con: Connection, name: str, lines: set[int]) -> None:
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT unnest(?::BIGINT[]) AS line", [sorted(lines)])


def _add_errors(con: Connection, findings: Findings, errors: Sequence[Finding]) -> None:
    """Refuse more lines, for what is wrong with them among others."""
    findings.errors += errors
    con.execute("INSERT INTO bad SELECT unnest(?::BIGINT[])", [sorted({e.line for e in errors})])
    groups: dict[tuple[str, str], list[Finding]] = {}
    for error in errors:
        groups.setdefault((error.column, error.reason.zh), []).append(error)
    findings.groups += [
        ErrorGroup(column, alike[0].reason, len(alike), [e.line for e in alike[: error_report.SHOWN_LINES]])
        for (column, _), alike in groups.items()
    ]


def _make_good_view(con: Connection) -> None:
    """Make `good`: the rows of `read` whose whole line is without error."""
    refused = con.execute("SELECT 1 FROM bad UNION ALL SELECT 1 FROM left_out LIMIT 1").fetchall()
    without = "WHERE line NOT IN (SELECT line FROM bad UNION ALL SELECT line FROM left_out)" if refused else ""
    con.execute(f"CREATE OR REPLACE TEMP VIEW good AS SELECT * FROM read {without}")


def _key_list(dataset: Dataset) -> str:
    return ", ".join(quote_ident(k) for k in dataset.key)


def _find_repeated_keys(con: Connection, job: LoadJob) -> bool:
    """Make `repeated`: the keys that stand on more than one row of `good`; False if there are none.

    Counting hashes is cheap, and different counts of rows and hashes are rare without a repeated key.
    """
    keys = _key_list(job.dataset)
    rows, hashes = con.execute(f"SELECT count(*), count(DISTINCT hash({keys})) FROM good").fetchall()[0]
    if rows == hashes:
        return False
    con.execute(f"CREATE OR REPLACE TEMP TABLE repeated AS SELECT {keys} FROM good GROUP BY {keys} HAVING count(*) > 1")
    return True


def _compare_repeats(con: Connection, job: LoadJob) -> None:
    """Make `repeats`: the rows of `good` whose key stands more than once, each with a line to hold it against.

    `is_same` says that all rows of the key have the same values; else `other` is a line with other values.
    """
    keys, row = _key_list(job.dataset), ", ".join(quote_ident(c.name) for c in job.columns)
    shown = " || ' · ' || ".join(f"CAST({quote_ident(k)} AS VARCHAR)" for k in job.dataset.key)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE repeats AS SELECT line, {shown} AS shown, "
        f"row_number() OVER (PARTITION BY {keys} ORDER BY line) AS place, "
        f"min(own) OVER same_key = max(own) OVER same_key AS is_same, "
        f"CASE WHEN own = min(own) OVER same_key THEN max(own) OVER same_key ELSE min(own) OVER same_key END AS other "
        f"FROM (SELECT *, min(line) OVER (PARTITION BY {row}) AS own FROM good SEMI JOIN repeated USING ({keys})) AS r "
        f"WINDOW same_key AS (PARTITION BY {keys})"
    )


def _refuse_lines(con: Connection, job: LoadJob, findings: Findings, lines: str, column: str, reason: Text) -> None:
    """Refuse all lines that a query of (line, value, other line, or day) names, for one reason."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE refused AS {lines}")
    con.execute("INSERT INTO bad SELECT line FROM refused")
    first = con.execute(f"FROM refused ORDER BY line LIMIT {error_report.MOST_FINDINGS}").fetchall()
    named = {other: _others_text(job, [other]) for *_, other in first if other is not None}
    findings.errors += [Finding(n, column, shown, reason.fill(other=named.get(other))) for n, shown, other in first]
    count = con.execute("SELECT count(*) FROM refused").fetchall()[0][0]
    lines_shown = [line for line, _, _ in first[: error_report.SHOWN_LINES]]
    others = [other for *_, other in first[: error_report.SHOWN_LINES] if other is not None]
    said = reason.fill(other=_others_text(job, others))
    findings.groups += [ErrorGroup(column, said, count, lines_shown)] if count else []


def _others_text(job: LoadJob, others: Sequence[int | date]) -> Text:
    """Name the other lines that some are at odds with, or the days."""
    lines = [other for other in others if isinstance(other, int)]
    return job.source.lines_text(lines) if lines else join_list(untranslated(str(day)) for day in dict.fromkeys(others))


def _key_label(dataset: Dataset) -> Text:
    columns = [dataset.column(k) for k in dataset.key]
    return Text(" + ".join(c.label.zh for c in columns), " + ".join(c.label.en for c in columns))


def _check_repeated_keys(con: Connection, job: LoadJob, findings: Findings) -> None:
    """Tell repeated keys: the same row again is loaded once; other values are refused, or, in a published wide file,
    superseded by the later line."""
    label, heading = _key_label(job.dataset), error_report.heading_name(job, job.dataset.key[0], None)
    _compare_repeats(con, job)
    if not job.match.items:
        conflicts = "SELECT line, shown, other FROM repeats WHERE NOT is_same"
        reason = REASONS["repeated_key"].fill(label=label, other="{other}")
        _refuse_lines(con, job, findings, conflicts, heading, reason)
    harmless = "place > 1" if job.match.items else "place > 1 AND is_same"
    for line, shown, other, is_same in con.execute(
        f"SELECT line, any_value(shown), max(other), bool_and(is_same) FROM repeats WHERE {harmless} GROUP BY line "
        f"ORDER BY line LIMIT {error_report.MOST_FINDINGS}"
    ).fetchall():
        findings.notes.append(Finding(line, heading, shown, _repeat_note(job, label, other, is_same)))


def _repeat_note(job: LoadJob, label: Text, other: int, is_same: bool) -> Text:
    """Say that a key stood on another line before: with the same values, or with others that this line supersedes."""
    named = job.source.lines_text([other])
    if is_same:
        return NOTES["same_row"].fill(other=mid_sentence(named))
    return NOTES["later_wins"].fill(other=named, label=label)


def _make_clean_view(con: Connection, job: LoadJob, any_repeated: bool) -> None:
    """Make `clean`: one row a key of `good`, the last line's, with values only."""
    keys, values = _key_list(job.dataset), ", ".join(quote_ident(c.name) for c in job.columns)
    if not any_repeated:
        con.execute(f"CREATE OR REPLACE TEMP VIEW clean AS SELECT {values} FROM good")
        return
    place = f"row_number() OVER (PARTITION BY {keys} ORDER BY line DESC) AS place"
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW clean AS SELECT {values} FROM good ANTI JOIN repeated USING ({keys}) "
        f"UNION ALL SELECT {values} FROM (SELECT *, {place} FROM good SEMI JOIN repeated USING ({keys})) AS placed "
        f"WHERE place = 1"
    )


def _rows_outside_scope(job: LoadJob) -> str:
    """Return the SQL of the rows of a replacing file that lie outside the scope that it replaces."""
    inside = scope.condition_sql(job.dataset, job.scope or scope.Scope())
    return f"SELECT DISTINCT line, '', NULL FROM good WHERE ({inside}) IS NOT TRUE"


def _rows_that_would_change(job: LoadJob) -> str:
    """Return the SQL of the rows of an appending file that would change what the ledger has."""
    compared = [quote_ident(c.name) for c in job.columns if c.name not in job.dataset.key]
    differs = " OR ".join(f"g.{name} IS DISTINCT FROM o.{name}" for name in compared) or "false"
    return (
        f"SELECT DISTINCT line, '', NULL FROM good g JOIN {quote_ident(job.dataset.name)} o "
        f"ON {keys_equal_sql(job.dataset, 'g', 'o')} WHERE {differs}"
    )


def _rows_that_differ(job: LoadJob, table: str, columns: Sequence[Column]) -> str | None:
    """Return the SQL of the rows whose key stands in another part of the file with other values."""
    common = [quote_ident(c.name) for c in job.columns if c in columns and c.name not in job.dataset.key]
    if not common:
        return None
    differs = " OR ".join(f"g.{name} IS DISTINCT FROM e.{name}" for name in common)
    return (
        f"SELECT g.line, {key_text_sql(job.dataset, 'g')}, max(e.line) FROM good g JOIN {table} e "
        f"ON {keys_equal_sql(job.dataset, 'g', 'e')} WHERE {differs} GROUP BY ALL"
    )


def _check_earlier_parts(con: Connection, job: LoadJob, findings: Findings) -> None:
    """Refuse the rows of which another part of the file says something else."""
    heading = error_report.heading_name(job, job.dataset.key[0])
    reason = REASONS["repeated_key"].fill(label=_key_label(job.dataset), other="{other}")
    for table, columns in job.earlier.items():
        if rows := _rows_that_differ(job, table, columns):
            _refuse_lines(con, job, findings, rows, heading, reason)
            job.disagrees = job.disagrees or bool(con.execute("SELECT 1 FROM refused LIMIT 1").fetchall())


def _check_load_mode(con: Connection, job: LoadJob, findings: Findings) -> None:
    """Refuse what does not fit what the clerk chose: rows outside the replaced scope, not new, or changed since."""
    if job.mode == "replace":
        _refuse_lines(con, job, findings, _rows_outside_scope(job), "", REASONS["outside_scope"])
    if job.mode == "append":
        _refuse_lines(con, job, findings, _rows_that_would_change(job), "", REASONS["append_only"])
    if job.valid_from:
        _refuse_lines(con, job, findings, former_values.contradicting_lines_sql(job), "", REASONS["changed_since"])


def _heading_notes(job: LoadJob) -> Iterator[Finding]:
    """Note which columns are hidden or hold pictures, and in which units they were read."""
    line, shown, titled = job.layout.header_line, job.layout.header, job.layout.title_units
    if hidden := [shown[i] for i in job.source.hidden_columns if i < len(shown) and shown[i]]:
        yield Finding(line, "", "", NOTES["hidden_columns"].fill(count=len(hidden), columns="、".join(hidden)))
    if job.picture_headings:
        yield Finding(line, "", "", NOTES["pictures"].fill(columns="、".join(job.picture_headings)))
    for heading in job.match.unknown_units:
        text = NOTES["unknown_unit"].fill(unit=heading.unit, label=heading.name)
        yield Finding(line, heading.name, heading.text, text)
    for unit in dict.fromkeys(titled.values()):
        columns = "、".join(heading for heading, of_title in titled.items() if of_title == unit)
        yield Finding(line, "", "", NOTES["title_unit"].fill(unit=unit, columns=columns))
    for (unit, kept), converted in headers.unit_conversions(job.dataset, job.match).items():
        text = NOTES["converted"].fill(columns="、".join(converted), unit=unit, kept=kept)
        yield Finding(line, converted[0], unit, text)


def _add_reader_notes(con: Connection, job: LoadJob, findings: Findings) -> None:
    """Note what the reader did on its own account."""
    remarks = [r for r in job.source.remarks if r.reason in NOTES]
    findings.notes += [Finding(r.line, "", "", NOTES[r.reason].fill(**r.blanks)) for r in remarks]
    findings.notes += [*constants.constant_notes(job), *_heading_notes(job)]
    findings.left_out[:0] = [Finding(out.line, "", out.text, LEFT_OUT[out.reason]) for out in job.layout.left_out]
    findings.notes += [note for column in job.parents for note in _registered_notes(con, job, column)]


def _registered_notes(con: Connection, job: LoadJob, column: Column) -> Iterator[Finding]:
    """Note which parents are newly registered, and which known ones the first of them may be meant to be."""
    named, heading = f"SELECT {quote_ident(column.name)} FROM clean", error_report.heading_name(job, column.name)
    new = f"SELECT id FROM {quote_ident('new_' + column.name)} WHERE id IN ({named}) ORDER BY id"
    names = [name for (name,) in con.execute(new).fetchall()]
    near = near_names.nearest_names(con, column, names[: near_names.MOST_ASKED])
    text = NOTES["registered"].fill(parent=DATASETS[column.references].label)
    for name in names:
        yield Finding(0, heading, name, near_names.with_nearest(text, near.get(name, ())))


def _check_empty_lines(con: Connection, job: LoadJob, findings: Findings) -> None:
    """Sort the lines of a wide file without any value: torn rows are refused, remarks left out, the others told."""
    widths = _empty_lines(con, job)
    findings.left_out += error_report.non_data_lines(job, set(widths))
    asides, reason = {f.line for f in findings.left_out}, error_report.width_reason(job)
    empty = {line: width for line, width in widths.items() if line not in asides}
    torn = [Finding(n, "", str(width), reason) for n, width in empty.items() if width not in (None, job.width)]
    _add_errors(con, findings, torn)
    whole = empty.keys() - {f.line for f in torn}
    findings.notes += [Finding(n, "", "", NOTES["no_value"]) for n in sorted(whole)]


def _empty_lines(con: Connection, job: LoadJob) -> dict[int, int | None]:
    """Return the lines of a wide file that hold no measured value, with the cells they have where that is known."""
    is_plain = job.source.plain is not None
    line = f"rowid + {job.layout.first_line} AS line, NULL AS width" if is_plain else "line, width"
    found = con.execute(f"SELECT * FROM (SELECT {line} FROM cells) ANTI JOIN typed USING (line) ORDER BY line")
    return dict(found.fetchall())


def _check_lost_quotes(con: Connection, job: LoadJob, findings: Findings) -> None:
    """Refuse the rows that a lost quote may have made one cell of."""
    spanning = [r for r in job.source.remarks if r.reason == "spans_lines"]
    _add_errors(con, findings, [Finding(r.line, "", "", REASONS[r.reason].fill(**r.blanks)) for r in spanning])


def run_checks(con: Connection, job: LoadJob) -> Findings:
    """Check every cell, row and key of `typed`; leaves the rows that may go in, one a key, in the view `clean`."""
    findings = Findings()
    stage.add_qualifier(con, job)
    findings.notes += [Finding(0, "", "", note) for note in lookup_tables.make_lookup_tables(con, job)]
    cell_sql.make_read_table(con, job)
    constants.refuse_bad_constants(con, job)
    findings.notes += coordinates.place_coordinates(con, job)
    _collect_cell_errors(con, job, findings)
    _check_lost_quotes(con, job, findings)
    if job.match.items:
        _check_empty_lines(con, job, findings)
    _make_good_view(con)
    _check_load_mode(con, job, findings)
    _check_earlier_parts(con, job, findings)
    _check_constraints(con, job, findings)
    any_repeated = _find_repeated_keys(con, job)
    if any_repeated:
        _check_repeated_keys(con, job, findings)
        _make_good_view(con)
    _make_clean_view(con, job, any_repeated)
    findings.notes += coordinates.length_notes(con, job)
    findings.notes += similar_codes.similar_code_notes(con, job, _remaining_rows(con, job))
    _add_reader_notes(con, job, findings)
    findings.errors.sort(key=lambda e: e.line)
    findings.left_out.sort(key=lambda e: e.line)
    if sum(group.count for group in findings.groups) > len(findings.errors):
        findings.notes.append(Finding(0, "", "", NOTES["more_errors"].fill(count=len(findings.errors))))
    findings.refused = [line for (line,) in con.execute("SELECT DISTINCT line FROM bad ORDER BY line").fetchall()]
    return findings


def _check_constraints(con: Connection, job: LoadJob, findings: Findings) -> None:
    """Hold the good rows to the rules of the registry; what only looks suspicious is noted and loaded.

    A refused row leaves the ledger's own row in place, which the others are then held against: so, until none is left.
    """
    while True:
        _make_good_view(con)
        found = check_constraints.constraint_violations(con, job.dataset, "good", _remaining_rows(con, job), job.today)
        stated = [
            (doubt, Finding(line, error_report.heading_name(job, name), value, why))
            for line, name, value, why, doubt in found
        ]
        errors = [finding for doubt, finding in stated if not doubt]
        if not errors:
            findings.notes += [finding for _, finding in stated]
            return
        _add_errors(con, findings, errors)


def _remaining_rows(con: Connection, job: LoadJob) -> str:
    """Return the name of the ledger's rows that stay: without those that a replacing file takes out.

    A row that the file has stays, even where the file's own is refused.
    """
    ledger = quote_ident(job.dataset.name)
    if job.mode != "replace" or not job.dataset.constraints:
        return job.dataset.name
    inside, keys = scope.condition_sql(job.dataset, job.scope or scope.Scope()), _key_list(job.dataset)
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW standing AS SELECT * FROM {ledger} WHERE ({inside}) IS NOT TRUE "
        f"UNION ALL SELECT * FROM {ledger} SEMI JOIN read USING ({keys}) WHERE {inside}"
    )
    return "standing"
