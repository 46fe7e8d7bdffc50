"""One value for the whole file: columns that the file lacks and a clerk gives once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from duckdb import DuckDBPyConnection as Connection

from data.datasets import Column, Dataset
from data.errors import BadConstant, ConstantTwice
from data.ingest.checking import error_report, near_names
from data.ingest.checking.error_reasons import NOTES, Finding, reason_for_column
from data.ingest.checking.stage import LoadJob
from data.ingest.table import headers
from data.ingest.values import expressions
from data.text import Text


def given_constants(dataset: Dataset, constants: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return column -> the cell of all rows; raises UnknownColumn, ConstantTwice, BadConstant for an empty one."""
    given: dict[str, str] = {}
    for written, cell in constants:
        column = headers.column_named(dataset, written)
        if not cell.strip():
            raise _bad_constant(column, cell, reason_for_column(column, "missing"))
        if given.setdefault(column.name, cell.strip()) != cell.strip():
            raise ConstantTwice(label=column.label, first=given[column.name], second=cell.strip())
    return given


def refuse_bad_constants(con: Connection, job: LoadJob) -> None:
    """Refuse a cell for the whole file that its column does not take, once and not row by row; raises BadConstant."""
    for name, reason in _constant_faults(con, job):
        column, cell = job.dataset.column(name), job.match.constants[name]
        near = near_names.nearest_names(con, column, [cell]) if reason in near_names.NAMING_REASONS else {}
        raise _bad_constant(
            column, cell, near_names.with_nearest(reason_for_column(column, reason), near.get(cell, ()))
        )


def _constant_faults(con: Connection, job: LoadJob) -> list[tuple[str, str]]:
    """Return (column, reason) of the first constant that is refused for what it is, whatever row it stands in."""
    if not job.match.constants:
        return []
    of_row, names = (expressions.literal_list_sql(s) for s in (error_report.ITEM_REASONS, tuple(job.match.constants)))
    return con.execute(
        f"SELECT f.name, f.reason FROM (SELECT unnest(faults) AS f FROM read WHERE faults IS NOT NULL) AS listed "
        f"WHERE f.name IN {names} AND f.reason NOT IN {of_row} LIMIT 1"
    ).fetchall()


def _bad_constant(column: Column, cell: str, why: Text) -> BadConstant:
    return BadConstant(label=column.label, value=cell, reason=why)


def constant_notes(job: LoadJob) -> Iterator[Finding]:
    """Note what was given for all rows."""
    for name, cell in job.match.constants.items():
        yield Finding(0, "", "", NOTES["constant"].fill(label=job.dataset.column(name).label, value=cell))
