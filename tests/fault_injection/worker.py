"""Work for ever and say what is done, until killed: `python -m tests.fault_injection.worker work …`.

What a file holds follows from its name, `reading_<first>_<last>_<number>_<mode>.csv`: the minutes from first to last,
the last one left out, of one section, each with the value number / 1000. A file that replaces leaves out every third.
"""

from __future__ import annotations

import random
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from data.datasets import DATASETS
from data.errors import StillUsed
from data.ingest import batch_log, loader
from data.ingest.folder import watch
from data.ingest.loader import Options, Scope, Who
from data.ingest.reading import reader
from data.store import Store, open_store

WHO = Who("torture")
BEGIN = datetime(2000, 1, 1)
MINUTES_A_DAY = 1440
LEFT_OUT = 3
HEADER = "断面,监测时间,监测项目,监测值\n"


def print_words(*words: object) -> None:
    print(*words, flush=True)


def file_content(first: int, last: int, number: int, mode: str) -> bytes:
    """Return the file that a name stands for."""
    minutes = (m for m in range(first, last) if mode == "upsert" or m % LEFT_OUT)
    rows = (f"S-1,{BEGIN + timedelta(minutes=m)},NH3N,{number / 1000}\n" for m in minutes)
    return (HEADER + "".join(rows)).encode()


def file_options(first: int, last: int, mode: str) -> Options:
    if mode == "upsert":
        return Options(register=True)
    since, until = BEGIN + timedelta(minutes=first), BEGIN + timedelta(minutes=last - 1)
    return Options(register=True, mode="replace", scope=Scope(since.date(), until.date()))


def load_random_days(store: Store, days: int, chance: random.Random) -> None:
    """Load some whole days, as changes or in place of what the ledger has of them."""
    with store.read() as con:
        number = batch_log.next_batch(con)
    first, last = (day * MINUTES_A_DAY for day in sorted(chance.sample(range(days + 1), 2)))
    mode = chance.choice(("upsert", "upsert", "replace"))
    name = f"reading_{first}_{last}_{number}_{mode}.csv"
    file = reader.make_upload(name, file_content(first, last, number, mode))
    report = loader.load_file(
        store, DATASETS["reading"], file, WHO, file_options(first, last, mode), lambda *now: print_words(*now)
    )
    print_words("loaded", report.batch, name)


def undo_random_batch(store: Store, chance: random.Random) -> None:
    """Undo some batch; the one that registered the section is refused while others use it."""
    with store.read() as con:
        batches = [b for (b,) in con.execute("SELECT batch_id FROM batch WHERE undone_at IS NULL").fetchall()]
    if not batches:
        return
    batch = chance.choice(batches)
    print_words("undoing", batch)
    try:
        loader.undo_batch(store, batch, WHO)
    except StillUsed:
        return
    print_words("undone", batch)


def load_and_undo_forever(path: str, days: str, seed: str) -> None:
    """Load and undo for ever."""
    chance = random.Random(seed)
    with open_store(path) as store:
        print_words("ready")
        while True:
            if chance.random() < 0.6:
                load_random_days(store, int(days), chance)
            else:
                undo_random_batch(store, chance)


def watch_folder(path: str, folder: str) -> None:
    """Watch a folder for ever."""
    with open_store(path) as store:
        print_words("ready")
        watch.watch_until_stopped(store, folder, WHO, Options(register=True), threading.Event(), interval=0.05)


def hold_database(path: str) -> None:
    """Keep the database open until the input ends."""
    with open_store(path):
        print_words("ready")
        sys.stdin.read()


TASKS: dict[str, Callable[..., None]] = {"work": load_and_undo_forever, "watch": watch_folder, "hold": hold_database}

if __name__ == "__main__":
    TASKS[sys.argv[1]](*sys.argv[2:])
