"""Keys and codes of ledgers as people call the things: 胡家新河北断面 HJXH-01 · 2014-06-25 10:30 · 总磷."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Column, Dataset
from data.schema import KEY_SEPARATOR, quote_ident
from data.text import Language
from ui import tables

Names = Mapping[tuple[str, str], str]  # (ledger, code) -> name


def named_ledger(dataset: Dataset, column: Column) -> str:
    """Return the ledger whose rows the codes of a column stand for; "" if they stand for none that has names."""
    owner = column.references or (dataset.name if (column.name,) == dataset.key else "")
    name = DATASETS[owner].name_column if owner else ""
    return owner if name and not DATASETS[owner].column(name).personal else ""


def read_names(con: Connection, codes: Iterable[tuple[str, str]]) -> Names:
    """Return the names of some (ledger, code)."""
    wanted: dict[str, set[str]] = {}
    for ledger, code in codes:
        wanted.setdefault(ledger, set()).add(code)
    return {(ledger, code): name for ledger, own in wanted.items() for code, name in _names_of(con, ledger, own)}


def _names_of(con: Connection, ledger: str, codes: Collection[str]) -> list[tuple[str, str]]:
    dataset = DATASETS[ledger]
    key, name = quote_ident(dataset.key[0]), quote_ident(dataset.name_column)
    return con.execute(
        f"SELECT {key}, {name} FROM {quote_ident(ledger)} WHERE {key} IN (SELECT unnest(?)) AND {name} <> {key}",
        [sorted(codes)],
    ).fetchall()


def key_parts(dataset: Dataset, key: str) -> Iterator[tuple[Column, str]]:
    """Yield the columns of a key with their values; none of a key that cannot be told apart."""
    parts = key.split(KEY_SEPARATOR)
    if len(parts) == len(dataset.key):
        yield from zip(map(dataset.column, dataset.key), parts, strict=True)


def codes_in_key(dataset: Dataset, key: str) -> Iterator[tuple[str, str]]:
    """Yield the codes of a key with the ledgers that have their names."""
    for column, code in key_parts(dataset, key):
        if ledger := named_ledger(dataset, column):
            yield ledger, code


def value_with_name(dataset: Dataset, column: Column, value: str, names: Names, language: Language) -> str:
    """Return a code with its name before it, a word in the reader's language, a moment without its seconds."""
    if name := names.get((named_ledger(dataset, column), value)):
        return f"{name} {value}"
    if column.kind == "timestamp":
        return value.removesuffix(":00")
    return tables.choice_label(column, value, language) if column.choices else value


def key_with_names(dataset: Dataset, key: str, names: Names, language: Language) -> str:
    """Return a key as it is read, or as it is written where it cannot be told apart."""
    parts = [value_with_name(dataset, column, value, names, language) for column, value in key_parts(dataset, key)]
    return KEY_SEPARATOR.join(parts) or key
