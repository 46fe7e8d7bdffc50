"""Results and pages are worked out once for each state of their ledgers: shared by all readers, bounded in memory.

A batch that touches these ledgers, or its undo, renews them. Nothing here is lost when a browser clears Streamlit's
caches.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

import pandas as pd
from cachetools import LRUCache
from cachetools import cached as memoized
from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS
from data.ingest import batch_log
from data.roles import Role
from data.store import default_database_path
from ui.preferences import current_reader

RESULT_BYTES, PAGE_BYTES = 100_000_000, 100_000_000  # chosen: with both full a server stays below 500 MB
STATES = 3  # chosen: that of now, that of the last report, and one that a reader looks back at
ENTRY_BYTES = 2_000  # about what an entry costs beside what it holds
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
    def compute(self, con: Connection, as_of: date | None = None, role: Role = ..., /, **chosen: Any) -> Found_co: ...
    def result(self, as_of: date | None, newest: date | None, rows: pd.DataFrame) -> Found_co: ...


def memory_size(value: object) -> int:
    """Return about how many bytes a value takes, without what it shares with others."""
    if isinstance(value, pd.DataFrame):
        return ENTRY_BYTES + int(value.memory_usage(deep=True).sum())
    if isinstance(value, tuple | list):
        return ENTRY_BYTES + sum(map(memory_size, value))
    own = getattr(value, "memory_size", None)
    return int(own) if own is not None else sys.getsizeof(value)


def cached(con: Connection, definition: Definition[Found], as_of: date | None = None, /, **chosen: Any) -> Found:
    """Return a metric or a listing as of a day, worked out of the ledgers as they stand in the page's transaction.

    The day is by default the newest in its ledgers, or in any where these have none; small groups are merged where
    the reader is a viewer. The rows are shared: whoever changes them copies them first.
    """
    role = current_reader().role
    day = as_of or newest_day(con, definition.ledgers) or newest_day(con, tuple(DATASETS))

    def parts(con: Connection) -> tuple[date | None, date | None, pd.DataFrame]:
        found = definition.compute(con, day, role, **chosen)
        return found.as_of, found.newest, found.rows

    name = (definition.name, day, role, tuple(sorted(chosen.items())))
    return definition.result(*_cached_value(parts, con, _result_key(con, name, definition.ledgers)))


def newest_day(con: Connection, ledgers: Sequence[str]) -> date | None:
    """Return the newest date in some ledgers, or None where they have none."""
    return cached_work(con, ledgers, batch_log.newest_ledger_date, tuple(ledgers))


def cached_work(con: Connection, ledgers: Sequence[str], work: Callable[..., Made], /, *chosen: Hashable) -> Made:
    """Return what `work(con, …)` makes of some ledgers as they stand in the page's transaction."""
    key = _result_key(con, _work_name(work, chosen), ledgers)
    made: Made = _cached_value(lambda con: work(con, *chosen), con, key)
    return made


def cached_until_written(con: Connection, counter: int, work: Callable[..., Made], /, *chosen: Hashable) -> Made:
    """Return what `work(con, …)` makes of a whole database, worked out anew after each write that is counted."""
    key = (str(default_database_path()), _work_name(work, chosen), counter)
    made: Made = _cached_value(lambda con: work(con, *chosen), con, key)
    return made


def _work_name(work: Callable[..., object], chosen: Hashable) -> Hashable:
    return (f"{work.__module__}.{work.__qualname__}", chosen)


def all_versions(con: Connection) -> Mapping[str, int]:
    """Return ledger -> how often it has changed, of all ledgers."""
    return dict(zip(DATASETS, batch_log.ledger_versions(con, tuple(DATASETS)), strict=True))


def _result_key(con: Connection, name: Hashable, ledgers: Sequence[str]) -> Hashable:
    """Return the key of a result: it changes when one of its ledgers changes, and only then."""
    _note_ledgers(ledgers)
    return (str(default_database_path()), name, batch_log.ledger_versions(con, ledgers))


class _LatestResults(LRUCache[Hashable, Any]):
    """Of each result the few states of its ledgers last worked out: a screen that is left open fills no memory."""

    def __init__(self) -> None:
        super().__init__(RESULT_BYTES, memory_size)
        self._states: LRUCache[Hashable, list[Hashable]] = LRUCache(RESULT_BYTES // ENTRY_BYTES)

    def __setitem__(self, key: Any, value: Any) -> None:
        *result, _ = key
        states = [*(state for state in self._states.get(tuple(result), ()) if state != key), key]
        for superseded in states[:-STATES]:
            self.pop(superseded, None)
        self._states[tuple(result)] = states[-STATES:]
        super().__setitem__(key, value)


_results = _LatestResults()
_computing = threading.Condition()


@memoized(_results, key=lambda work, con, key: key, condition=_computing)
def _cached_value(work: Callable[[Connection], Any], con: Connection, key: Hashable) -> Any:
    return work(con)


_ledgers_read: ContextVar[set[str] | None] = ContextVar("ledgers_read", default=None)


def _note_ledgers(ledgers: Sequence[str]) -> None:
    read = _ledgers_read.get()
    if read is not None:
        read.update(ledgers)


@contextmanager
def _noting_ledgers() -> Iterator[set[str]]:
    """Give the set of the ledgers that the block asks for."""
    read: set[str] = set()
    token = _ledgers_read.set(read)
    try:
        yield read
    finally:
        _ledgers_read.reset(token)


def clear_cache() -> None:
    """Forget all results and pages, such as before another database is opened in the place of this one."""
    with _computing, _keeping:
        _results.clear()
        _pages.clear()


@dataclass(frozen=True, slots=True)
class _Page(Generic[Made]):
    """A page as it is shown, and the versions of the ledgers that it was made of."""

    shown: Made
    versions: Mapping[str, int]

    @property
    def memory_size(self) -> int:
        return memory_size(self.shown)


_pages: LRUCache[Hashable, _Page[Any]] = LRUCache(PAGE_BYTES, memory_size)
_making: LRUCache[Hashable, threading.Lock] = LRUCache(1_000)  # more pages are never made at one time
_keeping = threading.Lock()


def cached_page(versions: Mapping[str, int], name: Hashable, make: Callable[[], Made]) -> Made:
    """Return a page as it is shown, made again only after one of the ledgers that it was made of has changed.

    `versions` are those of all ledgers as the page reads them.
    """
    key = (str(default_database_path()), name)
    kept = _kept_page(key, versions)
    if kept is None:
        with _making_lock(key):  # of many readers one makes the page, the others wait for it
            kept = _kept_page(key, versions) or _made_page(key, versions, make)
    shown: Made = kept.shown
    return shown


def _kept_page(key: Hashable, versions: Mapping[str, int]) -> _Page[Any] | None:
    with _keeping:
        kept = _pages.get(key)
    return kept if kept and all(versions[ledger] == n for ledger, n in kept.versions.items()) else None


def _making_lock(key: Hashable) -> threading.Lock:
    with _keeping:
        if key not in _making:
            _making[key] = threading.Lock()
        return _making[key]


def _made_page(key: Hashable, versions: Mapping[str, int], make: Callable[[], Made]) -> _Page[Made]:
    with _noting_ledgers() as read:
        shown = make()
    page = _Page(shown, {ledger: versions[ledger] for ledger in read})
    with _keeping:
        if page.memory_size <= _pages.maxsize:
            _pages[key] = page
    return page
