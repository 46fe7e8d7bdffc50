"""What running processes have cost so far: CPU seconds and memory, their children included."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

import psutil

MEGABYTE = 1_000_000


def process_tree(pid: int) -> list[psutil.Process]:
    """Return a process and all below it; nothing where it has ended."""
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    return []


def processes_below(pid: int, apart_from: Iterable[int]) -> list[psutil.Process]:
    """Return a process and all below it, without the trees of some others."""
    left_out = {process.pid for other in apart_from for process in process_tree(other)}
    return [process for process in process_tree(pid) if process.pid not in left_out]


def used_cpu(processes: Iterable[psutil.Process]) -> float:
    """Return the CPU seconds, user and system, that processes have used; one that has ended no longer tells."""
    total = 0.0
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            total += sum(process.cpu_times()[:2])
    return total


def tree_cpu(pid: int) -> float:
    return used_cpu(process_tree(pid))


def tree_memory(pid: int) -> float:
    """Return the resident memory of a process and all below it, in MB."""
    return sum(process.memory_info().rss for process in process_tree(pid)) / MEGABYTE
