"""How long tests wait for what another process, thread or browser is about to do."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 300  # seconds: only what never comes may run into it, also on a machine with much else to do
PATIENCE_MS = PATIENCE * 1000


def wait_until(condition: Callable[[], object]) -> None:
    """Wait for something that another thread is about to do."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "what was waited for did not come"
        time.sleep(0.001)
