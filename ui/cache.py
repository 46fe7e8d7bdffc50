"""Figures are worked out once for each state of their ledgers: a batch that touches these, or its undo, renews them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st
from duckdb import DuckDBPyConnection as Connection

from data.ingest import batch_log
from data.store import default_database_path

MAX_ENTRIES = 500
Figures = TypeVar("Figures")


def cached(work: Callable[..., Figures], con: Connection, name: str, /, *chosen: Any, **bound: Any) -> Figures:
    """Return what `work(con, name, …)` makes of the ledgers as they stand in the page's transaction.

    The module of `work` says by `source_ledgers(name)` which ledgers it reads.
    """
    read: tuple[str, ...] = sys.modules[work.__module__].source_ledgers(name)
    asked = (f"{work.__module__}.{work.__qualname__}", (name, *chosen), bound)
    made: Figures = _cached_value(work, con, asked, str(default_database_path()), batch_log.ledger_versions(con, read))
    return made


@st.cache_data(show_spinner=False, max_entries=MAX_ENTRIES)
def _cached_value(
    _work: Callable[..., Figures], _con: Connection, asked: Any, database: str, state: tuple[int, ...]
) -> Figures:
    _, chosen, bound = asked
    return _work(_con, *chosen, **bound)
