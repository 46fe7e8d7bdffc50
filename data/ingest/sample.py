"""The 示例 ledgers that ship with the house, loaded like any other file."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS
from data.ingest import loader, versions
from data.ingest.loader import Report, UndoResult, Who
from data.ingest.reading import reader
from data.sample import sample_path
from data.store import Store

WHO = Who("示例", is_sample=True)


def sample_files() -> dict[str, Path]:
    """Return where the 示例 rows of each ledger lie, parents first; a ledger without a file stays empty."""
    return {name: path for name in DATASETS if (path := sample_path(name))}


def load_sample(store: Store) -> list[Report]:
    """Load every 示例 ledger, parents first."""
    files = [(DATASETS[name], reader.upload_from_path(path)) for name, path in sample_files().items()]
    return [loader.load_file(store, dataset, file, WHO) for dataset, file in files]


def sample_batches(con: Connection) -> list[int]:
    """Return the batches of 示例 rows that are in force, newest first."""
    found = con.execute("SELECT batch_id FROM batch WHERE is_sample AND undone_at IS NULL ORDER BY batch_id DESC")
    return [batch for (batch,) in found.fetchall()]


def remove_sample(store: Store, who: Who) -> UndoResult:
    """Undo all 示例 batches at once, children first; rows that a clerk changed since are kept.

    Raises StillUsed, and changes nothing, where rows of a clerk name 示例 rows.
    """
    with store.scratch() as con, store.write(con):
        undone = [versions.undo_batch(con, batch, who) for batch in sample_batches(con)]
    return UndoResult(_summed(u.rows for u in undone), _summed(u.kept for u in undone))


def _summed(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    """Return the rows per ledger of several undos."""
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return dict(total)


def is_empty(store: Store) -> bool:
    """Tell whether nothing was ever loaded."""
    with store.read() as con:
        return not con.execute("SELECT 1 FROM batch LIMIT 1").fetchall()


def is_sample_wanted() -> bool:
    """Tell whether an empty database is to be filled with the 示例 ledgers (FRONTLINE_SAMPLE=0 says no)."""
    return os.environ.get("FRONTLINE_SAMPLE", "1") != "0"
