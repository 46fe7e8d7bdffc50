"""A disk that fills up in the middle of a load: one sentence, nothing lost, and with space again it goes on."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from pathlib import Path

from data.datasets import DATASETS
from data.errors import NoSpace
from data.ingest import integrity, loader
from data.ingest.reading import reader
from data.store import Store, open_store
from tests.fault_injection import worker

ROOT = Path(__file__).parent.parent.parent
MEGABYTE = 1_000_000
SIZE = 400 * MEGABYTE
ROWS = 130_000
MOMENTS = ("writing", "reading", "checking", "writing", "comparing")
NO_DISK = 3


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Mount a small disk in memory for as long as the block runs; tell whether that was permitted."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", str(folder)]
    is_mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", str(folder)], check=True)


class Ballast:
    """A file that takes all the space of a disk but some bytes."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._path = folder, folder / "ballast"

    def fill(self, left: int) -> None:
        found = os.statvfs(self._folder)
        with self._path.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, found.f_bavail * found.f_frsize - left))

    def empty(self) -> None:
        self._path.unlink(missing_ok=True)


def _do_nothing() -> None:
    """Let the load run undisturbed."""


def _reading_count(store: Store) -> int:
    with store.read() as con:
        return int(con.execute("SELECT count(*) FROM reading").fetchall()[0][0])


def _load_readings(store: Store, number: int, moment: str = "", then: Callable[[], object] = _do_nothing) -> int | None:
    """Load a file of new readings, at a moment of which something else happens; return the batch."""

    def progress(stage: str, *_: int) -> None:
        if stage == moment:
            then()

    first = number * ROWS
    file = reader.make_upload(f"{number}.csv", worker.file_content(first, first + ROWS, number, "upsert"))
    options = worker.file_options(first, first + ROWS, "upsert")
    return loader.load_file(store, DATASETS["reading"], file, worker.WHO, options, progress).batch


def _is_refused(store: Store, number: int, moment: str, then: Callable[[], object]) -> bool:
    """Load a file; tell whether there was no space for it, and hold the ledger to all of its rows or none."""
    before = _reading_count(store)
    try:
        _load_readings(store, number, moment, then)
    except NoSpace:
        assert _reading_count(store) == before, "a load that was refused left rows"
        return True
    assert _reading_count(store) == before + ROWS, "a load that was not refused is not whole"
    return False


def _assert_integrity(store: Store) -> None:
    with store.read() as con:
        assert [text.en for text in integrity.integrity_errors(con)] == []


def refusals_as_disk_fills(folder: Path, leftovers: list[int]) -> int:
    """Let the disk fill up but for some bytes, at each stage of loads; return how many of the loads were refused."""
    path, ballast, refused = folder / "full.duckdb", Ballast(folder), 0
    with open_store(path) as store:
        _load_readings(store, 0)
    for number, (left, moment) in enumerate(zip(leftovers, cycle(MOMENTS), strict=False), 1):
        with open_store(path) as store:
            refused += _is_refused(store, number, moment, partial(ballast.fill, left))
            ballast.empty()
            _assert_integrity(store)
            batch = _load_readings(store, len(leftovers) + 1)
            assert batch, "there is space again, and still nothing is loaded"
            loader.undo_batch(store, batch, worker.WHO)
        with open_store(path) as store:
            _assert_integrity(store)
    return refused


def is_refused_at_once(folder: Path) -> bool:
    """Tell whether a load into a disk that is full already is refused before it begins."""
    ballast = Ballast(folder)
    with open_store(folder / "told.duckdb") as store:
        ballast.fill(MEGABYTE)
        try:
            return _is_refused(store, 0, "", _do_nothing)
        finally:
            ballast.empty()


def run_on_small_disk(folder: Path, leftovers: list[int]) -> int | None:
    """Return how many loads a disk refused that fills up; None where no small disk may be mounted.

    The disk is mounted by another process, if need be in a name space of its own, in which everybody may.
    """
    folder.mkdir()
    command = [sys.executable, "-m", "tests.fault_injection.full_disk", str(folder), *map(str, leftovers)]
    for wrapper in ([], ["unshare", "--user", "--map-root-user", "--mount"]):
        done = subprocess.run([*wrapper, *command], cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return int(done.stdout)
        if done.returncode != NO_DISK and "unshare: " not in done.stderr:
            raise AssertionError(done.stderr)
    return None


def main() -> None:
    """Mount a disk, fill it up, and print how many loads it refused."""
    folder, leftovers = Path(sys.argv[1]), [int(word) for word in sys.argv[2:]]
    with small_disk(folder) as is_mounted:
        if not is_mounted:
            sys.exit(NO_DISK)
        tempfile.tempdir = str(folder)
        assert is_refused_at_once(folder), "a load into a full disk began"
        print(refusals_as_disk_fills(folder, leftovers))


if __name__ == "__main__":
    main()
