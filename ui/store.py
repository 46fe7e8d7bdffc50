"""The database of this server: opened once, whatever Streamlit clears from its caches."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TypeVar

from duckdb import DuckDBPyConnection as Connection

from data.ingest import sample
from data.store import Store, default_database_path, open_store
from ui import cache

Made = TypeVar("Made")
_open_stores: dict[Path, Store] = {}
_opening = threading.Lock()


def shared_store() -> Store:
    """Return the open database of this server, filled with the 示例 ledgers when it is new."""
    path = default_database_path()
    with _opening:
        if path not in _open_stores:
            _open_stores[path] = _open_filled(path)
        return _open_stores[path]


def cached_now(con: Connection, work: Callable[..., Made], /, *chosen: Hashable) -> Made:
    """Return what `work(con, …)` makes of this server's database as it stands, worked out once for each write to it.

    A cursor that sees the ledgers as they once stood does not ask here.
    """
    return cache.cached_until_written(con, shared_store().write_counter, work, *chosen)


def close_shared_store() -> None:
    """Close the database of this server, so that the next call of `shared_store` opens it again."""
    with _opening:
        opened = _open_stores.pop(default_database_path(), None)
    if opened:
        opened.close()
        cache.clear_cache()


def _open_filled(path: Path) -> Store:
    opened = open_store(path)
    if sample.is_sample_wanted() and sample.is_empty(opened):
        sample.load_sample(opened)
    return opened
