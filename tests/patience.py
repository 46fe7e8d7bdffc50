"""How tests get along with the clock: how long they wait, and what they do at midnight."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import TypeVar

PATIENCE = 300  # seconds: only what never comes may run into it, also on a machine with much else to do
PATIENCE_MS = PATIENCE * 1000
T = TypeVar("T")


def wait_until(condition: Callable[[], object]) -> None:
    """Wait for something that another thread is about to do."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "what was waited for did not come"
        time.sleep(0.001)


def within_one_day(work: Callable[[date], T]) -> T:
    """Return what some work makes of today; it is done again where midnight fell into it."""
    while True:
        today = date.today()
        found = work(today)
        if date.today() == today:
            return found
