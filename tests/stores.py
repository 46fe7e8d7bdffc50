"""Databases of the tests: emptied instead of opened anew, filled by copying what was loaded once."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS
from data.ingest import loader, sample
from data.ingest.loader import Who
from data.ingest.reading import reader
from data.schema import quote_ident, undo_table
from data.store import Store, open_store

LOADER = Who("测试员")
COUNTERS = ("ledger_state", "store_lock")
EMPTY = "version = 0, rows = 0, newest = NULL, first_batch = NULL, last_batch = NULL, is_sample = false"
TABLES = ("batch", "column_mapping", *DATASETS, *map(undo_table, DATASETS.values()), *COUNTERS)
Rows = dict[str, list[tuple[Any, ...]]]

_loaded_rows: dict[tuple[tuple[str, str], ...], Rows] = {}


def clear_store(store: Store) -> bool:
    """Take all rows and batches out of a database; False if a test left it unusable."""
    try:
        with store.scratch() as con, store.write(con):
            for name in _filled_tables(con):
                if name not in COUNTERS:
                    con.execute(f"DELETE FROM {quote_ident(name)}")
            con.execute("UPDATE store_lock SET n = 0")
            con.execute(f"UPDATE ledger_state SET {EMPTY}")
    except duckdb.Error:
        return False
    return True


def _filled_tables(con: Connection) -> list[str]:
    found = con.execute("SELECT table_name FROM duckdb_tables() WHERE estimated_size > 0").fetchall()
    return [name for (name,) in found if name in TABLES]


def fill_store(store: Store, ledgers: Mapping[str, str]) -> None:
    """Load ledgers, all rows of which are good, into an empty database; from the second time on their rows are copied.

    A copy has the batches, the undo rows and the counters of the load, so that nothing tells it from one.
    """
    content = tuple(ledgers.items())
    if content in _loaded_rows:
        _put_rows(store, _loaded_rows[content])
        return
    for dataset, lines in content:
        file = reader.make_upload("台账.csv", lines.encode())
        assert loader.load_file(store, DATASETS[dataset], file, LOADER).errors == []
    with store.read() as con:
        _loaded_rows[content] = {n: con.execute(f"FROM {quote_ident(n)}").fetchall() for n in _filled_tables(con)}


def _put_rows(store: Store, rows: Rows) -> None:
    with store.scratch() as con, store.write(con):
        for name, found in rows.items():
            places = ", ".join(f"({', '.join('?' * len(row))})" for row in found)
            con.execute(f"DELETE FROM {quote_ident(name)}")
            con.execute(f"INSERT INTO {quote_ident(name)} VALUES {places}", [cell for row in found for cell in row])


@contextmanager
def _only_one_worker(lock: Path) -> Iterator[None]:
    """Hold the other workers of a run off for as long as the block runs."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def sample_database(folder: Path) -> Path:
    """Return the file of a database with the 示例 ledgers; the first worker of a run that asks for it makes it."""
    made = folder / "sample" / "frontline.duckdb"
    with _only_one_worker(folder / "sample.lock"):
        if not made.exists():
            unfinished = folder / "sample.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            with open_store(unfinished / made.name) as store:
                sample.load_sample(store)
            unfinished.rename(made.parent)
    return made


def copy_database(source: Path, target: Path) -> Path:
    """Copy a closed database with the files and photos that were uploaded to it; return the copy."""
    for beside in (".originals", ".photos"):
        if Path(f"{source}{beside}").exists():
            shutil.copytree(f"{source}{beside}", f"{target}{beside}")
    return Path(shutil.copy(source, target))
