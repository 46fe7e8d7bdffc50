"""Work that runs beside the pages: how far it is, a way to stop it, and what came of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cache
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from data.errors import Cancelled

MAX_WORKERS = 4  # chosen: two for each core of the smallest server; others wait their turn
ABANDONED_AFTER = 180.0  # seconds; a browser tab that is hidden looks in once a minute
WAITING = "waiting"
STAGE_STARTS = {WAITING: 0.0, "recognising": 0.0, "reading": 0.02, "checking": 0.5, "comparing": 0.75, "writing": 0.85}

Result = TypeVar("Result")


@cache
def _worker_pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(MAX_WORKERS, "job")


@cache
def _live_jobs() -> WeakSet[Job[Any]]:
    return WeakSet()


def stop_all_jobs(within: float = 10.0) -> None:
    """Cancel every job and wait until they have ended, before the database is closed."""
    jobs = list(_live_jobs())
    for job in jobs:
        job.cancel()
    wait([job.future for job in jobs], within)


class Job(Generic[Result]):
    """One piece of work in a thread; it ends itself when nobody has looked at it for `patience` seconds.

    The work is handed the job, and calls it with stage, rows done and rows in all; `subject` is what it is busy with.
    """

    def __init__(self, work: Callable[[Job[Result]], Result], patience: float = ABANDONED_AFTER) -> None:
        self.subject = ""
        self.at: tuple[str, int, int] = (WAITING, 0, 0)
        self._stop = threading.Event()
        self._patience = patience
        self._seen = time.monotonic()
        self.future: Future[Result] = _worker_pool().submit(work, self)
        _live_jobs().add(self)

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Note how far the work is; raises Cancelled in its thread when it is to stop."""
        if self._stop.is_set() or self.is_forgotten:
            raise Cancelled
        self.at = (stage, done, total)

    @property
    def share(self) -> float:
        """How much of the work is done, from 0 to 1, as far as its stage and rows tell."""
        stage, done, total = self.at
        begins = STAGE_STARTS.get(stage, 0.0)
        ends = min((b for b in STAGE_STARTS.values() if b > begins), default=1.0)
        return begins + (ends - begins) * min(1.0, done / total if total else 0.0)

    @property
    def is_forgotten(self) -> bool:
        return time.monotonic() - self._seen > self._patience

    @property
    def is_cancelled(self) -> bool:
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next step; what has not started never does."""
        self._stop.set()
        self.future.cancel()

    def is_over(self, within: float = 0.0) -> bool:
        """Tell whether the work has ended, waiting a moment for it; asking keeps it alive."""
        self._seen = time.monotonic()
        wait([self.future], within)
        return self.future.done()

    def failure(self) -> BaseException | None:
        """Return what ended the work before its time, Cancelled if it was stopped; None if it went well."""
        return Cancelled() if self.future.cancelled() else self.future.exception()

    def result(self) -> Result:
        """Return what came of the work; raises what the work raised, Cancelled if it was stopped."""
        if self.future.cancelled():
            raise Cancelled
        return self.future.result()
