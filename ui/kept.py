"""Figures are worked out once for each state of the ledgers: a batch, or its undo, makes them anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st
from duckdb import DuckDBPyConnection as Connection

from data.ingest import book
from data.store import default_path

MOST = 500
Figures = TypeVar("Figures")


def figures(work: Callable[..., Figures], con: Connection, *chosen: Any, **bound: Any) -> Figures:
    """Return what `work(con, …)` makes of the ledgers as they stand in the page's transaction."""
    asked = (f"{work.__module__}.{work.__qualname__}", chosen, bound)
    made: Figures = _figures(work, con, asked, str(default_path()), book.state(con))
    return made


@st.cache_data(show_spinner=False, max_entries=MOST)
def _figures(_work: Callable[..., Figures], _con: Connection, asked: Any, database: str, state: int) -> Figures:
    _, chosen, bound = asked
    return _work(_con, *chosen, **bound)
