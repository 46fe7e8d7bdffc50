"""What a column of a ledger may hold, to pick from."""

from __future__ import annotations

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Column, Dataset
from data.schema import quote_ident
from data.text import Language
from ui.tables import NO, YES

MAX_OPTIONS = 5_000  # chosen, not measured: a longer list is slow to send and to search


def parent_names(con: Connection, column: Column) -> list[str]:
    """Return the names, or else the codes, of the rows that a column may name."""
    parent = DATASETS[column.references]
    shown = quote_ident(parent.name_column or parent.key[0])
    found = con.execute(f"SELECT DISTINCT {shown} FROM {quote_ident(parent.name)} ORDER BY 1 LIMIT {MAX_OPTIONS}")
    return [str(name) for (name,) in found.fetchall()]


def column_options(con: Connection, column: Column, language: Language) -> list[str]:
    """Return what a column may hold, or nothing where it may hold anything."""
    if column.references:
        return parent_names(con, column)
    if column.kind == "flag":
        return [YES.into(language), NO.into(language)]
    return [c.label.into(language) for c in column.choices]


def find_ledger_column(dataset: Dataset, name: str) -> Column:
    """Return a column of a ledger, or of the ledgers that its rows name."""
    ledgers = [dataset, *(DATASETS[c.references] for c in dataset.columns if c.references)]
    return next(c for ledger in ledgers for c in ledger.columns if c.name == name)
