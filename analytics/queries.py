"""Named SQL: `run(con, "water.sample_class", as_of=…)` runs the block of that name in sql/water/."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Dataset
from data.schema import quote_ident, quote_literal
from data.standards.thresholds import thresholds

FOLDER = Path(__file__).parent / "sql"
NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)
INCLUDE = re.compile(r"^ *-- include: (?:(\w+)\.)?(\w+)\n", re.MULTILINE)
TABLE_READ = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)")
PARAMETER = re.compile(r"\$(\w+)")


@cache
def _sql_blocks(stream: str) -> dict[str, str]:
    texts = [file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob(f"{stream}/*.sql"))]
    parts = [part for text in texts for part in NAME.split(text)[1:]]
    return dict(zip(parts[::2], parts[1::2], strict=True))


@cache
def expanded_sql(name: str) -> str:
    """Return the SQL of a query, with the blocks that it includes and those that these include."""
    stream, block = name.split(".")
    return INCLUDE.sub(lambda found: expanded_sql(f"{found[1] or stream}.{found[2]}"), _sql_blocks(stream)[block])


def parameters(name: str) -> set[str]:
    """Return the parameters that a query binds."""
    return set(PARAMETER.findall(expanded_sql(name)))


def query_names(stream: str) -> list[str]:
    return [f"{stream}.{block}" for block in _sql_blocks(stream)]


@cache
def source_ledgers(name: str) -> tuple[str, ...]:
    """Return the ledgers that a query reads."""
    read = set(TABLE_READ.findall(expanded_sql(name)))
    return tuple(dataset for dataset in DATASETS if dataset in read)


def run_query(con: Connection, name: str, **values: object) -> pd.DataFrame:
    """Return the rows of a named query; values that it does not bind are left out, numbers of rules are known."""
    known = thresholds() | values
    used = {key: value for key, value in known.items() if key in parameters(name)}
    return con.execute(expanded_sql(name), used).df()


def ledger_state(con: Connection, as_of: date | None = None) -> pd.DataFrame:
    """Return each dated ledger as of a day; columns dataset, rows, newest (date), batch (the newest).

    A row counts from the first of its dates on; one without a date counts always.
    """
    each = [_ledger_state_sql(dataset) for dataset in DATASETS.values() if dataset.dated_by]
    known = {"as_of": as_of or date.max}
    return con.execute(" UNION ALL ".join(each) + " ORDER BY newest NULLS FIRST", known).df()


def _ledger_state_sql(dataset: Dataset) -> str:
    dates = [f"CAST({quote_ident(name)} AS DATE)" for name in dataset.dated_by]
    newest = ", ".join(f"max(CASE WHEN {day} <= $as_of THEN {day} END)" for day in dates)
    return (
        f"SELECT {quote_literal(dataset.name)} AS dataset, count(*) AS rows, greatest({newest}) AS newest, "
        f"max(batch_id) AS batch FROM {quote_ident(dataset.name)} "
        f"WHERE coalesce(least({', '.join(dates)}) <= $as_of, true)"
    )
