"""A disk that fills up in the middle of a load, told as such."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from data.errors import DiskFull
from data.store import Store

DISK_FULL_MESSAGE = "No space left on device"


@contextmanager
def translate_disk_full(store: Store) -> Iterator[None]:
    """Turn a disk that fills up in the middle into DiskFull."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        if getattr(error, "errno", None) != errno.ENOSPC and DISK_FULL_MESSAGE not in str(error):
            raise
        raise DiskFull(path=store.folders()[-1]) from error
