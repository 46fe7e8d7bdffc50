"""Results are worked out once for each state of their ledgers: a batch that touches these, or its undo, renews them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Protocol, TypeVar

import pandas as pd
import streamlit as st
from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS
from data.ingest import batch_log
from data.store import default_database_path

MAX_ENTRIES = 500  # chosen, not measured: bounds memory; the oldest fall out first
Made = TypeVar("Made")


class Result(Protocol):
    """What is kept of a metric or a listing: its day, how new its data are, its rows."""

    @property
    def as_of(self) -> date | None: ...
    @property
    def newest(self) -> date | None: ...
    @property
    def rows(self) -> pd.DataFrame: ...


Found = TypeVar("Found", bound=Result)
Found_co = TypeVar("Found_co", bound=Result, covariant=True)


class Definition(Protocol[Found_co]):
    """A metric or a listing: its name, the ledgers that it is worked out of, and how to work it out."""

    @property
    def name(self) -> str: ...
    @property
    def ledgers(self) -> tuple[str, ...]: ...
    def compute(self, con: Connection, as_of: date | None = None, /, **chosen: Any) -> Found_co: ...
    def result(self, as_of: date | None, newest: date | None, rows: pd.DataFrame) -> Found_co: ...


def cached(con: Connection, definition: Definition[Found], as_of: date | None = None, /, **chosen: Any) -> Found:
    """Return a metric or a listing as of a day, worked out of the ledgers as they stand in the page's transaction.

    The day is by default the newest in its ledgers, or in any where these have none.
    """
    day = as_of or newest_day(con, definition.ledgers) or newest_day(con, tuple(DATASETS))

    def parts(con: Connection) -> tuple[date | None, date | None, pd.DataFrame]:
        found = definition.compute(con, day, **chosen)
        return found.as_of, found.newest, found.rows

    key = (definition.name, day, chosen)
    return definition.result(
        *_cached_value(
            parts, con, key, str(default_database_path()), batch_log.ledger_versions(con, definition.ledgers)
        )
    )


def newest_day(con: Connection, ledgers: Sequence[str]) -> date | None:
    """Return the newest date in some ledgers, or None where they have none."""
    return cached_work(con, ledgers, batch_log.newest_ledger_date, ledgers)


def cached_work(con: Connection, ledgers: Sequence[str], work: Callable[..., Made], /, *chosen: Any) -> Made:
    """Return what `work(con, …)` makes of some ledgers as they stand in the page's transaction."""
    key = (f"{work.__module__}.{work.__qualname__}", chosen)
    state = batch_log.ledger_versions(con, ledgers)
    return _cached_value(lambda con: work(con, *chosen), con, key, str(default_database_path()), state)


def _cached_value(
    work: Callable[[Connection], Made], con: Connection, key: Any, database: str, state: tuple[int, ...]
) -> Made:
    made: Made = _streamlit_cache()(work, con, key, database, state)
    return made


@lru_cache(maxsize=1)
def _streamlit_cache() -> Callable[..., Any]:
    """Return the cache, made when a page first asks: without a running server Streamlit warns of it on the terminal."""

    def compute_value(
        _work: Callable[[Connection], object], _con: Connection, key: Any, database: str, state: tuple[int, ...]
    ) -> object:
        return _work(_con)

    return st.cache_data(show_spinner=False, max_entries=MAX_ENTRIES)(compute_value)
