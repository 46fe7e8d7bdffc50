"""What several metrics ask for is worked out once for each state of its ledgers that a cursor reads."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from duckdb import DuckDBPyConnection as Connection

from data.ingest import batch_log

Made = TypeVar("Made")
_of_cursors: WeakKeyDictionary[Connection, dict[Hashable, Any]] = WeakKeyDictionary()


def work_once(con: Connection, name: Hashable, ledgers: Sequence[str], work: Callable[[], Made]) -> Made:
    """Return what `work` makes of some ledgers: from before, if they have not changed since for this cursor.

    It goes with the cursor. What it gives is shared: whoever changes it copies it first.
    """
    known = _of_cursors.setdefault(con, {})
    key = (name, batch_log.ledger_versions(con, ledgers))
    if key not in known:
        known[key] = work()
    made: Made = known[key]
    return made
