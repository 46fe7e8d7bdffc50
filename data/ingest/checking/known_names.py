"""What the cells of a column may name: rows of another ledger by code or by name, or choices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Column, Dataset
from data.ingest.values import expressions
from data.schema import quote_ident
from data.text import Text, untranslated

MOST_LISTED = 5_000  # chosen: a longer list is slow to send and to search
CODED_NAME = Text("{name}（{code}）", "{name} ({code})")


@dataclass(frozen=True, slots=True)
class KnownName:
    """A code of another ledger, or the value of a choice, and how it is shown."""

    value: str
    label: Text


def parent_label(code: str, name: str | None) -> Text:
    """Return how a row of another ledger is shown: its name with its code."""
    return untranslated(code) if name in (None, code) else CODED_NAME.fill(name=name, code=code)


def known_choices(column: Column) -> Iterator[tuple[str, KnownName]]:
    """Yield every spelling of every choice of a column."""
    for choice in column.choices:
        known = KnownName(choice.value, choice.label)
        yield from ((spelling, known) for spelling in choice.spellings())


def listed_names(con: Connection, column: Column) -> list[KnownName]:
    """Return what a column may name, to pick from: its choices, or the rows of another ledger by their names."""
    if column.choices:
        return [KnownName(choice.value, choice.label) for choice in column.choices]
    parent = DATASETS[column.references]
    code, name = quote_ident(parent.key[0]), quote_ident(parent.name_column or parent.key[0])
    rows = con.execute(f"SELECT {code}, {name} FROM {quote_ident(parent.name)} ORDER BY 2, 1 LIMIT {MOST_LISTED}")
    return [KnownName(code, parent_label(code, name)) for code, name in rows.fetchall()]


def parent_spellings(con: Connection, parent: Dataset) -> list[str]:
    """Return how each row of a ledger is named in a cell: by its name, or by its code where others bear the name."""
    known = known_parents_sql(parent)
    rows = con.execute(
        f"SELECT coalesce(min(name) FILTER (name <> id AND bearers = 1), id) AS spelling FROM (SELECT name, id, "
        f"count(*) OVER (PARTITION BY name) AS bearers FROM (SELECT DISTINCT name, id FROM ({known}) AS k) AS n) AS b "
        f"GROUP BY id ORDER BY spelling"
    ).fetchall()
    return [spelling for (spelling,) in rows]


def known_parents_sql(parent: Dataset) -> str:
    """Return the SQL of every code and name of a ledger, with the place that tells rows of one name apart.

    A name that is another row's code is that code.
    """
    ledger, key = quote_ident(parent.name), quote_ident(parent.key[0])
    if not parent.name_column:
        return f"SELECT {key} AS name, {key} AS id, NULL AS place FROM {ledger}"
    name = quote_ident(parent.name_column)
    place = expressions.place_key_sql(quote_ident(parent.place_column)) if parent.place_column else "NULL"
    return (
        f"SELECT {key} AS name, {key} AS id, CASE WHEN {key} = {name} THEN {place} END AS place FROM {ledger} "
        f"UNION ALL SELECT {name}, {key}, {place} FROM {ledger} "
        f"WHERE {name} = {key} OR {name} NOT IN (SELECT {key} FROM {ledger} WHERE {key} <> {name})"
    )
