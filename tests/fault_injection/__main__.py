"""`make torture`: the long form of everything in this folder, about 20 minutes."""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests import stores
from tests.fault_injection import (
    damaged_database,
    forecast_coverage,
    full_disk,
    hostile_input,
    process_kills,
    second_program,
    torn_reads,
)

DAYS = 150
FILES = 40
LEFTOVERS = [
    int(full_disk.MEGABYTE * megabytes) for megabytes in (0, 0, 0, 0.1, 0, 0.2, 0.3, 1, 0.4, 2, 0.5, 3, 1, 5, 8)
]


def report_killed_loads(folder: Path, args: argparse.Namespace) -> str:
    model = process_kills.kill_loads(folder, args.kills, DAYS, args.seed)
    return f"{args.kills} kills, {len(model.wrote)} batches, {len(model.undone)} of them undone: all whole"


def report_killed_watcher(folder: Path, args: argparse.Namespace) -> str:
    return f"{process_kills.kill_watcher(folder, FILES, args.seed)} kills, {FILES} files: each loaded once and filed"


def report_torn_reads(folder: Path, args: argparse.Namespace) -> str:
    counts = torn_reads.commits_under_readers(folder, args.commits)
    reads = sum(seen["whole"] for seen in counts)
    assert not any(seen["torn"] for seen in counts), f"torn reads: {counts}"
    return f"{args.commits} commits of 200,000 rows, {reads} reads by {torn_reads.READERS} readers: none torn"


def report_full_disk(folder: Path, args: argparse.Namespace) -> str:
    refused = full_disk.run_on_small_disk(folder / "disk", LEFTOVERS)
    if refused is None:
        return "skipped: no small disk may be mounted here"
    return f"{refused} of {len(LEFTOVERS)} loads refused in one sentence, the others whole"


def report_second_program(folder: Path, args: argparse.Namespace) -> str:
    told = second_program.refusals_while_held(folder)
    assert all((status, out, len(lines)) == (2, "", 1) for status, out, lines in told), told
    return f"{len(told)} verbs refused in one sentence"


def report_flipped_bytes(folder: Path, args: argparse.Namespace) -> str:
    refused = damaged_database.flip_bytes(stores.sample_database(folder), folder, args.flips, args.seed)
    return f"{args.flips} bytes flipped, {refused} told by verify, no verb broke off"


def report_hostile_files(folder: Path, args: argparse.Namespace) -> str:
    return f"{hostile_input.files_filed(folder, args.hostile, args.seed)} files, pipes and links: each filed in time"


def report_hostile_requests(folder: Path, args: argparse.Namespace) -> str:
    return f"{hostile_input.requests_refused(folder, args.hostile, args.seed)} requests refused, all others served"


def report_forecasts(folder: Path, args: argparse.Namespace) -> str:
    lines = forecast_coverage.report_coverage(args.forecasts, args.seed)
    return "\n".join([f"{args.forecasts} projects of each kind: held and mean error in % of households", *lines])


PARTS: dict[str, Callable[[Path, argparse.Namespace], str]] = {
    "two processes": report_second_program,
    "forecasts of signing": report_forecasts,
    "flipped bytes": report_flipped_bytes,
    "hostile files": report_hostile_files,
    "hostile requests": report_hostile_requests,
    "disk full": report_full_disk,
    "kill -9 of the watched folder": report_killed_watcher,
    "kill -9 of loads and undos": report_killed_loads,
    "torn reads": report_torn_reads,
}


def main() -> None:
    """Run every part; the first that finds something ends with its traceback."""
    words = argparse.ArgumentParser(prog="python -m tests.fault_injection", description=__doc__)
    words.add_argument("--kills", type=int, default=100)
    words.add_argument("--flips", type=int, default=40)
    words.add_argument("--hostile", type=int, default=100)
    words.add_argument("--forecasts", type=int, default=400)
    words.add_argument("--commits", type=int, default=1000)
    words.add_argument("--seed", type=int, default=random.randrange(10**6))
    args = words.parse_args()
    print(f"--seed {args.seed}", flush=True)
    for name, part in PARTS.items():
        with TemporaryDirectory() as folder:
            began = perf_counter()
            print(f"{name}: {part(Path(folder), args)} ({perf_counter() - began:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
