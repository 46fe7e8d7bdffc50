"""Cells that name nothing known, read as something known because a clerk said so, for one file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Column, Dataset
from data.errors import NothingToReplaceWith, UnknownReplacement
from data.ingest.checking.error_reasons import NOTES, reason_for_column
from data.ingest.checking.known_names import known_parents_sql
from data.ingest.checking.stage import LoadJob
from data.ingest.table import headers
from data.ingest.values import cells
from data.ingest.values.cells import Unreadable
from data.schema import quote_ident
from data.text import Text

Replacements = dict[tuple[str, str], str]


def given_replacements(dataset: Dataset, replacements: Iterable[tuple[str, str, str]]) -> Replacements:
    """Return (column, cell) -> the known name to read it as; raises UnknownColumn, NothingToReplaceWith."""
    given: Replacements = {}
    for written, cell, known in replacements:
        column = headers.column_named(dataset, written)
        if not (column.references or column.choices):
            raise NothingToReplaceWith(label=column.label)
        given[column.name, cells.bare_cell(cell)] = known.strip()
    return given


def replacements_in(job: LoadJob, column: Column) -> dict[str, str]:
    """Return cell -> the known name to read it as, of one column."""
    return {cell: known for (name, cell), known in job.replacements.items() if name == column.name}


def replacement_notes(column: Column, wanted: Mapping[str, str], used: Collection[str]) -> list[Text]:
    """Say what was read as something else, and what was to be but stands nowhere or is known itself."""
    return [
        NOTES["replaced" if cell in used else "not_replaced"].fill(label=column.label, written=cell, known=known)
        for cell, known in wanted.items()
    ]


def replace_unknown_parents(con: Connection, job: LoadJob, column: Column) -> list[Text]:
    """Let unknown names of `word_<column>` stand for the rows that the clerk named; raises UnknownReplacement."""
    wanted = replacements_in(job, column)
    if not wanted:
        return []
    codes = [_parent_code(con, column, cell, known) for cell, known in wanted.items()]
    used = con.execute(
        f"UPDATE {quote_ident('word_' + column.name)} AS w SET id = r.id, ids = [r.id], reason = NULL "
        "FROM (SELECT unnest(?::VARCHAR[]) AS cell, unnest(?::VARCHAR[]) AS id) AS r "
        "WHERE w.reason IN ('unknown_parent', 'ambiguous_parent') AND w.bare = r.cell RETURNING w.bare",
        [list(wanted), codes],
    ).fetchall()
    return replacement_notes(column, wanted, {bare for (bare,) in used})


def _parent_code(con: Connection, column: Column, cell: str, known: str) -> str:
    """Return the code of the one row that bears a name or code."""
    parents = known_parents_sql(DATASETS[column.references])
    found = con.execute(f"SELECT DISTINCT id FROM ({parents}) AS k WHERE name = ?", [known]).fetchall()
    if len(found) != 1:
        raise _unknown_replacement(column, cell, known, "ambiguous_parent" if found else "unknown_parent")
    return str(found[0][0])


def replaced_choice(column: Column, wanted: Mapping[str, str], cell: str, spelled: Mapping[str, str]) -> str | None:
    """Return the choice to read a cell as, if a clerk named one; raises UnknownReplacement."""
    known = wanted.get(cells.bare_cell(cell))
    if known is None:
        return None
    found = cells.parse_choice(known, spelled)
    if isinstance(found, Unreadable):
        raise _unknown_replacement(column, cell, known, "not_choice")
    return found


def _unknown_replacement(column: Column, cell: str, known: str, reason: str) -> UnknownReplacement:
    why = reason_for_column(column, reason)
    return UnknownReplacement(label=column.label, written=cell, known=known, reason=why)
