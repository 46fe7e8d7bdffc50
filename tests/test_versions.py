"""Any batch out again: what undo puts back, keeps and refuses, and a ledger as it stood after any batch."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.datasets import DATASETS
from data.errors import AlreadyUndone, DashboardError, ParentGone, StillUsed, UnknownBatch
from data.ingest import book, door, reader, versions
from data.ingest.door import Options, Who
from data.ingest.versions import Difference, Later, Undone
from data.schema import quoted, undo_table
from data.store import Store, open_store

WHO = Who("测试员")
NOW = 1_000_000
LINES = {
    "village": ("village_id,name,population", "{0},{0}村,{1}"),
    "river": ("river_id,name,level,water_type,length", "{0},{0}号河,村级,河流,{1}"),
    "section": ("section_id,name,river_id", "{0},断面{0},{1}"),
    "reading": ("section_id,sampled_at,parameter,value", "{0},DO,{1}"),
}


def load(store: Store, dataset: str, rows: Mapping[str, object], **options: object) -> int:
    """Load rows, by key, as one batch; `mode="replace"` deletes all others."""
    header, line = LINES[dataset]
    text = "\n".join([header, *(line.format(*row) for row in rows.items())])
    report = door.load(store, DATASETS[dataset], reader.upload("台账.csv", text.encode()), WHO, Options(**options))
    assert report.batch is not None, report.errors
    return report.batch


def undo(store: Store, batch: int, **how: bool) -> Undone:
    return door.undo(store, batch, WHO, **how)


def villages(store: Store, table: str = "village") -> dict[str, tuple[int, int]]:
    """Return the population of each village and the batch that wrote it."""
    with store.read() as con:
        return {code: (n, b) for code, n, b in con.execute(f"SELECT village_id, population, batch_id FROM {table}").fetchall()}
