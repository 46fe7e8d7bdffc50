"""`kill -9` at random moments of loads, undos and the watched folder; afterwards everything is whole."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass, field
from itertools import count, takewhile
from pathlib import Path

import numpy as np

from data.ingest import integrity
from data.store import Store, open_store
from tests.fault_injection import worker

ROOT = Path(__file__).parent.parent.parent
MOMENTS = (("", 2.0), ("ready", 3.0), ("writing", 0.5), ("writing", 0.5), ("undoing", 0.3))


def start_worker(temporary: Path, *words: object) -> subprocess.Popen[str]:
    """Start a worker whose temporary files lie where they go with the test."""
    temporary.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "tests.fault_injection.worker", *map(str, words)]
    env = os.environ | {"TMPDIR": str(temporary), "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def kill_after_moment(process: subprocess.Popen[str], moment: str, seconds: float) -> list[str]:
    """Kill a worker some time after it said a word, or after its start where that is ""; return what it said.

    The rest is read from the same buffer as the lines before; `communicate` would lose what that has read ahead.
    """
    assert process.stdout
    assert process.stderr
    said = []
    while moment and (line := process.stdout.readline()):
        said.append(line.strip())
        if line.startswith(moment):
            break
    time.sleep(seconds)
    ended = process.poll()
    process.kill()
    rest, errors = process.stdout.read(), process.stderr.read()
    process.communicate()
    if ended is not None:
        raise AssertionError(f"the worker ended by itself:\n{errors}")
    return said + rest.splitlines()


@dataclass
class ExpectedLedger:
    """What the ledger must hold: for each minute the newest standing batch that wrote it, unless one deleted it."""

    minutes: int
    wrote: dict[int, np.ndarray] = field(default_factory=dict)
    deleted: dict[int, np.ndarray] = field(default_factory=dict)
    undone: set[int] = field(default_factory=set)

    def owners(self) -> np.ndarray:
        """Return the batch of each minute, 0 where there is no row."""
        owner = np.zeros(self.minutes, dtype=np.int64)
        for batch in sorted(self.wrote.keys() - self.undone):
            owner[self.wrote[batch]] = batch
            owner[self.deleted[batch]] = 0
        return owner

    def load(self, batch: int, name: str) -> tuple[int, int, int]:
        """Take in a batch by its file name; return the rows inserted, updated and deleted."""
        _, first, last, _, mode = name.removesuffix(".csv").split("_")
        place, before = np.arange(self.minutes), self.owners()
        covered = (place >= int(first)) & (place < int(last))
        written = covered & ((place % worker.LEFT_OUT != 0) | (mode == "upsert"))
        self.wrote[batch], self.deleted[batch] = written, covered & ~written & (before > 0)
        inserted = int((written & (before == 0)).sum())
        return inserted, int(written.sum()) - inserted, int(self.deleted[batch].sum())


def reported_batches(said: list[str]) -> tuple[dict[int, str], set[int]]:
    """Return the batches that a worker says are loaded, with their files, and those that it says are undone."""
    words = [line.split() for line in said]
    return {int(w[1]): w[2] for w in words if w[0] == "loaded"}, {int(w[1]) for w in words if w[0] == "undone"}


def assert_batch_log(store: Store, model: ExpectedLedger, said: list[str]) -> None:
    """Find in the book all that was said to be done, and at most one thing more, which then was done as well.

    A batch and its undoing after it make their way into the model one after the other, as they happened.
    """
    with store.read() as con:
        found = con.execute("SELECT batch_id, file_name, undone_at IS NOT NULL FROM batch ORDER BY batch_id").fetchall()
    loaded, undone = reported_batches(said)
    unsaid = [f"loaded {b} {name}" for b, name, _ in found if b not in model.wrote and b not in loaded]
    unsaid += [f"undone {b}" for b, _, is_undone in found if is_undone and b not in model.undone | undone]
    assert len(unsaid) <= 1, f"done but never said: {unsaid}"
    assert {b: name for b, name, _ in found}.items() >= loaded.items(), "a batch that was said to be done is gone"
    assert {b for b, _, is_undone in found if is_undone} >= undone, "an undo that was said to be done is gone"
    for line in said + unsaid:
        match line.split():
            case ["loaded", batch, name]:
                assert_batch_counts(store, int(batch), model.load(int(batch), name))
            case ["undone", batch]:
                model.undone.add(int(batch))


def assert_batch_counts(store: Store, batch: int, counts: tuple[int, int, int]) -> None:
    with store.read() as con:
        booked = con.execute("SELECT inserted, updated, deleted FROM batch WHERE batch_id = ?", [batch]).fetchall()
    assert booked == [counts], f"batch {batch}: the book says {booked}, the file {counts}"


def assert_ledger_rows(store: Store, model: ExpectedLedger) -> None:
    """Compare every row of the ledger, its value and its batch, with the model."""
    with store.read() as con:
        rows = con.execute(
            "SELECT date_diff('minute', CAST(? AS TIMESTAMP), sampled_at) AS minute, value, batch_id FROM reading",
            [worker.BEGIN],
        ).fetchnumpy()
    owners = model.owners()
    assert len(rows["minute"]) == (owners > 0).sum(), "the ledger has rows too many or too few"
    assert (owners[rows["minute"]] == rows["batch_id"]).all(), "a row is of another batch"
    assert np.allclose(rows["value"], rows["batch_id"] / 1000), "a row has the value of another batch"


def assert_database(path: Path, model: ExpectedLedger, said: list[str]) -> None:
    """Open the database as the next start does, and compare all that it holds with what was said to be done."""
    with open_store(path) as store:
        assert_batch_log(store, model, said)
        assert_ledger_rows(store, model)
        with store.read() as con:
            assert [text.en for text in integrity.integrity_errors(con)] == []


def kill_loads(folder: Path, rounds: int, days: int, seed: int) -> ExpectedLedger:
    """Kill a worker that loads and undoes, again and again on the same database, until it has loaded something too."""
    chance, path = random.Random(seed), folder / "killed.duckdb"
    model = ExpectedLedger(days * worker.MINUTES_A_DAY)
    for number in takewhile(lambda n: n < rounds or not model.wrote, count()):
        moment, span = chance.choice(MOMENTS)
        process = start_worker(folder / "tmp", "work", path, days, f"{seed}-{number}")
        assert_database(path, model, kill_after_moment(process, moment, chance.uniform(0, span)))
    return model


def kill_watcher(folder: Path, files: int, seed: int) -> int:
    """Kill the watched folder until every file is filed; return how often it was killed.

    The first kill comes before all are filed, however fast the machine; later ones leave a slow one more and more time.
    """
    chance, path, inbox = random.Random(seed), folder / "watched.duckdb", folder / "inbox"
    inbox.mkdir()
    for number in range(1, files + 1):
        name = f"reading_{number}_{number + 2000}_{number}_upsert.csv"
        (inbox / name).write_bytes(worker.file_content(number, number + 2000, number, "upsert"))
    kills = 0
    while any(inbox.glob("*.csv")):
        seconds = chance.uniform(0.1, 3) * (1 + kills / files) if kills else 0.05
        kills += 1
        kill_after_moment(start_worker(folder / "tmp", "watch", path, inbox), "ready", seconds)
    assert_filed(path, inbox / "done", files)
    return kills


def assert_filed(path: Path, done: Path, files: int) -> None:
    """Find every file in done/ with its report and in the book once, and nothing that does not agree."""
    filed = list(done.glob("*.csv"))
    hashes = sorted(hashlib.sha256(p.read_bytes()).hexdigest() for p in filed)
    assert len(filed) == files
    assert all((done / f"{p.name}.report.json").exists() for p in filed)
    with open_store(path) as store, store.read() as con:
        booked = con.execute("SELECT sha256 FROM batch ORDER BY sha256").fetchall()
        assert [sha256 for (sha256,) in booked] == hashes
        assert [text.en for text in integrity.integrity_errors(con)] == []
