"""Named SQL: `run(con, "water.sample_class", as_of=…)` runs the block of that name in sql/water/."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Dataset
from data.schema import literal, quoted
from data.standards.thresholds import thresholds

FOLDER = Path(__file__).parent / "sql"
NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)
INCLUDE = re.compile(r"^ *-- include: (?:(\w+)\.)?(\w+)\n", re.MULTILINE)
BLANK = re.compile(r"\$(\w+)")


@cache
def _blocks(stream: str) -> dict[str, str]:
    texts = [file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob(f"{stream}/*.sql"))]
    parts = [part for text in texts for part in NAME.split(text)[1:]]
    return dict(zip(parts[::2], parts[1::2], strict=True))


@cache
def sql(name: str) -> str:
    """Return the SQL of a query, with the blocks that it includes and those that these include."""
    stream, block = name.split(".")
    return INCLUDE.sub(lambda found: sql(f"{found[1] or stream}.{found[2]}"), _blocks(stream)[block])


def blanks(name: str) -> set[str]:
    """Return the parameters that a query binds."""
    return set(BLANK.findall(sql(name)))


def names(stream: str) -> list[str]:
    return [f"{stream}.{block}" for block in _blocks(stream)]


@cache
def ledgers(name: str) -> tuple[str, ...]:
    """Return the ledgers that a query reads, in the order of DATASETS."""
    read = tables_read(sql(name))
    return tuple(dataset for dataset in DATASETS if dataset in read)


@cache
def _parser() -> Connection:
    """Return an empty database, whose parser is asked; opening one takes longer than all that is parsed."""
    return duckdb.connect()


def tables_read(statement: str) -> set[str]:
    """Return the tables that a SELECT reads, as DuckDB's own parser has them; common tables are none."""
    with _parser().cursor() as con:
        [(parsed,)] = con.execute("SELECT json_serialize_sql(CAST(? AS VARCHAR))", [statement]).fetchall()
    tree = json.loads(parsed)
    if tree["error"]:
        raise ValueError(f"{tree['error_message']}: {statement}")
    return set(_base_tables(tree["statements"], frozenset()))


def _base_tables(node: Any, common: frozenset[str]) -> Iterator[str]:
    """Yield the tables below a node of the syntax tree; a common table hides a table of its name after it is made."""
    if isinstance(node, list):
        for each in node:
            yield from _base_tables(each, common)
    elif isinstance(node, dict):
        for made in node.get("cte_map", {}).get("map", []):
            yield from _base_tables(made["value"], common)
            common |= {made["key"].lower()}
        if node.get("type") == "BASE_TABLE" and node["table_name"].lower() not in common:
            yield node["table_name"].lower()
        for key, each in node.items():
            if key != "cte_map":
                yield from _base_tables(each, common)


def run(con: Connection, name: str, **values: object) -> pd.DataFrame:
    """Return the rows of a named query; values that it does not bind are left out, numbers of rules are known."""
    known = thresholds() | values
    used = {key: value for key, value in known.items() if key in blanks(name)}
    return con.execute(sql(name), used).df()


def ledger_state(con: Connection, as_of: date | None = None) -> pd.DataFrame:
    """Return each dated ledger as of a day; columns dataset, rows, newest (date), batch (the newest).

    A row counts from the first of its dates on; one without a date counts always.
    """
    each = [_state(dataset) for dataset in DATASETS.values() if dataset.dated_by]
    known = {"as_of": as_of or date.max}
    return con.execute(" UNION ALL ".join(each) + " ORDER BY newest NULLS FIRST", known).df()


def _state(dataset: Dataset) -> str:
    dates = [f"CAST({quoted(name)} AS DATE)" for name in dataset.dated_by]
    newest = ", ".join(f"max(CASE WHEN {day} <= $as_of THEN {day} END)" for day in dates)
    return (
        f"SELECT {literal(dataset.name)} AS dataset, count(*) AS rows, greatest({newest}) AS newest, "
        f"max(batch_id) AS batch FROM {quoted(dataset.name)} WHERE coalesce(least({', '.join(dates)}) <= $as_of, true)"
    )
