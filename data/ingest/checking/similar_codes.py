"""Codes that look alike, which are two codes to the ledger and may be one to the clerk."""

from __future__ import annotations

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Column, Dataset
from data.ingest.checking import error_report
from data.ingest.checking.error_reasons import NOTES, Finding
from data.ingest.checking.stage import LoadJob
from data.ingest.values.codes import similar_code_sql
from data.schema import quote_ident

SHOWN = 20  # chosen: as many groups as are read


def similar_code_notes(con: Connection, job: LoadJob, standing: str) -> list[Finding]:
    """Return what to say of codes of the file, or of parents to register, that are nearly other codes.

    `standing` names the ledger's rows that stay.
    """
    found: list[Finding] = []
    for column in _code_columns(job.dataset):
        rows = f"SELECT {quote_ident(column.name)} AS code, line FROM good"
        found += _similar_codes(
            con, job, column, rows, f"SELECT {quote_ident(column.name)}, NULL FROM {quote_ident(standing)}"
        )
    for column in job.parents:
        parent = DATASETS[column.references]
        if con.execute(f"SELECT 1 FROM {quote_ident('new_' + column.name)} LIMIT 1").fetchall():
            rows = f"SELECT id AS code, 0 AS line FROM {quote_ident('new_' + column.name)}"
            found += _similar_codes(
                con,
                job,
                column,
                rows,
                f"SELECT {quote_ident(parent.key[0])}, NULL FROM {quote_ident(parent.name)}",
            )
    return found


def _code_columns(dataset: Dataset) -> list[Column]:
    """Return the columns of the key that hold codes of the ledger's own."""
    keys = map(dataset.column, dataset.key)
    return [c for c in keys if c.kind == "text" and not (c.references or c.choices)]


def _similar_codes(con: Connection, job: LoadJob, column: Column, rows: str, known: str) -> list[Finding]:
    """Name the first codes of `rows (code, line)` that look like another of them or of `known`."""
    named = f"(SELECT code, line, {similar_code_sql('code')} AS form FROM ({rows} UNION ALL {known}) AS r)"
    several = f"SELECT form FROM {named} GROUP BY form HAVING min(code) <> max(code) AND min(line) IS NOT NULL"
    groups = con.execute(
        f"SELECT min(line) AS line, list_sort(list_distinct(list(code))) AS codes FROM {named} "
        f"WHERE form IN ({several}) GROUP BY form ORDER BY line, codes"
    ).fetchall()
    heading = error_report.heading_name(job, column.name)
    found = [
        Finding(line, heading, codes[0], NOTES["alike"].fill(codes="、".join(codes))) for line, codes in groups[:SHOWN]
    ]
    more = len(groups) - SHOWN
    return [*found, Finding(0, heading, "", NOTES["more_alike"].fill(count=more))] if more > 0 else found
