"""What a file replaces: a period, a scope, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Column, Dataset
from data.errors import PeriodBackwards, UnknownScope, UnknownScopeValue
from data.schema import quote_ident, quote_literal
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


def _scope_columns(dataset: Dataset) -> Iterator[tuple[Column, Column | None]]:
    """List the columns that may be named: the ledger's own parents and enumerations, then its parents' parents."""
    own = [c for c in dataset.columns if c.references or c.choices]
    yield from ((c, None) for c in own)
    for column in (c for c in own if c.references):
        yield from ((grand, column) for grand in DATASETS[column.references].columns if grand.references)


def scope_labels(dataset: Dataset) -> dict[str, Text]:
    """Return the columns by which a scope may be named, and their labels."""
    return {column.name: column.label for column, _ in reversed(list(_scope_columns(dataset)))}


def file_scope(con: Connection, dataset: Dataset, columns: Collection[str], rows: str) -> Scope:
    """Return the period and the one parent or kind that rows of a file are of: what they may be meant to replace.

    `columns` are those that the table `rows` has. A kind counts where it is part of the key: others may change.
    """
    day, parts = day_column(dataset), [c for c, through in _scope_columns(dataset) if through is None]
    single = [c.name for c in parts if c.name in columns and (c.references or c.name in dataset.key)]
    day_sql = f"CAST({quote_ident(day.name)} AS DATE)" if day and day.name in columns else "CAST(NULL AS DATE)"
    each = [f"CASE WHEN count(DISTINCT {c}) = 1 AND count({c}) = count(*) THEN any_value({c}) END"
            for c in map(quote_ident, single)]  # fmt: skip
    [(since, until, *values)] = con.execute(
        f"SELECT {', '.join([f'min({day_sql})', f'max({day_sql})', *each])} FROM {rows}"
    ).fetchall()
    return Scope(since, until, tuple((n, v) for n, v in zip(single, values, strict=True) if v is not None))


def condition_sql(dataset: Dataset, scope: Scope) -> str:
    """Return the SQL that tells whether a row of the ledger lies in a scope; raises UnknownScope."""
    parts = [_equality_sql(dataset, name, value) for name, value in scope.where]
    day = day_column(dataset)
    if (scope.since or scope.until) and day is None:
        raise UnknownScope(dataset=dataset.label, name=str(scope.since or scope.until))
    parts += [f"{quote_ident(day.name)} >= DATE '{scope.since}'"] if day and scope.since else []
    parts += [f"CAST({quote_ident(day.name)} AS DATE) <= DATE '{scope.until}'"] if day and scope.until else []
    return " AND ".join(parts) or "true"


def require_valid_scope(con: Connection, dataset: Dataset, scope: Scope) -> None:
    """Refuse a scope that names a column or a value which nobody knows, or a period that ends before it begins.

    Raises UnknownScope, UnknownScopeValue, PeriodBackwards.
    """
    if scope.since and scope.until and scope.since > scope.until:
        raise PeriodBackwards(since=scope.since, until=scope.until)
    condition_sql(dataset, scope)
    for name, value in scope.where:
        column, _ = _find_column(dataset, name)
        if not con.execute(f"SELECT 1 WHERE EXISTS ({_stored_values_sql(column, value)})").fetchall():
            raise UnknownScopeValue(column=column.label, value=value)


def _find_column(dataset: Dataset, name: str) -> tuple[Column, Column | None]:
    found = next((step for step in _scope_columns(dataset) if name in step[0].spellings()), None)
    if found is None:
        raise UnknownScope(dataset=dataset.label, name=name)
    return found


def _equality_sql(dataset: Dataset, name: str, value: str) -> str:
    column, through = _find_column(dataset, name)
    own = f"{quote_ident(column.name)} IN ({_stored_values_sql(column, value)})"
    if through is None:
        return own
    parent = DATASETS[through.references]
    return (
        f"{quote_ident(through.name)} IN (SELECT {quote_ident(parent.key[0])} FROM {quote_ident(parent.name)} "
        f"WHERE {own})"
    )


def _stored_values_sql(column: Column, value: str) -> str:
    """Return the SQL of the stored values that a word or a name stands for."""
    if column.choices:
        chosen = ", ".join(quote_literal(c.value) for c in column.choices if value in c.spellings())
        return f"SELECT unnest(CAST([{chosen}] AS VARCHAR[]))"
    parent = DATASETS[column.references]
    key, name = quote_ident(parent.key[0]), quote_ident(parent.name_column or parent.key[0])
    return f"SELECT {key} FROM {quote_ident(parent.name)} WHERE {quote_literal(value)} IN ({key}, {name})"
