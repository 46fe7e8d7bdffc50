"""What a file replaces: a period, a scope, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Column, Dataset
from data.errors import PeriodBackwards, UnknownScope, UnknownScopeValue
from data.schema import literal, quoted
from data.text import Text

Mode = Literal["upsert", "replace", "append"]
DATED = ("date", "timestamp")


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows of a ledger that a file replaces: of a period, both days included, and of the rows named."""

    since: date | None = None
    until: date | None = None
    where: tuple[tuple[str, str], ...] = ()


def day_column(dataset: Dataset) -> Column | None:
    """Return the column that a period refers to: the day in the key, or the one the ledger is dated by."""
    names = (*dataset.key, *dataset.dated_by)
    return next((c for n in names if (c := dataset.column(n)).kind in DATED), None)


def _steps(dataset: Dataset) -> Iterator[tuple[Column, Column | None]]:
    """List the columns that may be named: the ledger's own parents and enumerations, then its parents' parents."""
    own = [c for c in dataset.columns if c.references or c.choices]
    yield from ((c, None) for c in own)
    for column in (c for c in own if c.references):
        yield from ((grand, column) for grand in DATASETS[column.references].columns if grand.references)


def columns(dataset: Dataset) -> dict[str, Text]:
    """Return the columns by which a scope may be named, and their labels."""
    return {column.name: column.label for column, _ in reversed(list(_steps(dataset)))}


def condition(dataset: Dataset, scope: Scope) -> str:
    """Return the SQL that tells whether a row of the ledger lies in a scope; raises UnknownScope."""
    parts = [_equals(dataset, name, value) for name, value in scope.where]
    day = day_column(dataset)
    if (scope.since or scope.until) and day is None:
        raise UnknownScope(dataset=dataset.label, name=str(scope.since or scope.until))
    parts += [f"{quoted(day.name)} >= DATE '{scope.since}'"] if day and scope.since else []
    parts += [f"CAST({quoted(day.name)} AS DATE) <= DATE '{scope.until}'"] if day and scope.until else []
    return " AND ".join(parts) or "true"


def demand_known(con: Connection, dataset: Dataset, scope: Scope) -> None:
    """Refuse a scope that names a column or a value which nobody knows, or a period that ends before it begins.

    Raises UnknownScope, UnknownScopeValue, PeriodBackwards.
    """
    if scope.since and scope.until and scope.since > scope.until:
        raise PeriodBackwards(since=scope.since, until=scope.until)
    condition(dataset, scope)
    for name, value in scope.where:
        column, _ = _named(dataset, name)
        if not con.execute(f"SELECT 1 WHERE EXISTS ({_ids(column, value)})").fetchall():
            raise UnknownScopeValue(column=column.label, value=value)


def _named(dataset: Dataset, name: str) -> tuple[Column, Column | None]:
    found = next((step for step in _steps(dataset) if name in step[0].spellings()), None)
    if found is None:
        raise UnknownScope(dataset=dataset.label, name=name)
    return found


def _equals(dataset: Dataset, name: str, value: str) -> str:
    column, through = _named(dataset, name)
    own = f"{quoted(column.name)} IN ({_ids(column, value)})"
    if through is None:
        return own
    parent = DATASETS[through.references]
    return f"{quoted(through.name)} IN (SELECT {quoted(parent.key[0])} FROM {quoted(parent.name)} WHERE {own})"


def _ids(column: Column, value: str) -> str:
    """Return the SQL of the stored values that a word or a name stands for."""
    if column.choices:
        chosen = ", ".join(literal(c.value) for c in column.choices if value in c.spellings())
        return f"SELECT unnest(CAST([{chosen}] AS VARCHAR[]))"
    parent = DATASETS[column.references]
    key, name = quoted(parent.key[0]), quoted(parent.name_column or parent.key[0])
    return f"SELECT {key} FROM {quoted(parent.name)} WHERE {literal(value)} IN ({key}, {name})"
