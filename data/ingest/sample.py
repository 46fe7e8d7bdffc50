"""The 示例 ledgers that ship with the house, loaded like any other file."""

from __future__ import annotations

import os
from pathlib import Path

from data.datasets import DATASETS
from data.ingest import loader
from data.ingest.loader import Report, Who
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


def is_empty(store: Store) -> bool:
    """Tell whether nothing was ever loaded."""
    with store.read() as con:
        return not con.execute("SELECT 1 FROM batch LIMIT 1").fetchall()


def is_sample_wanted() -> bool:
    """Tell whether an empty database is to be filled with the 示例 ledgers (FRONTLINE_SAMPLE=0 says no)."""
    return os.environ.get("FRONTLINE_SAMPLE", "1") != "0"
