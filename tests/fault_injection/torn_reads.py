"""Large commits under readers: nobody sees half of one."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

from data.store import Store, open_store
from tests.patience import wait_until

ROWS, NEW, CHANGED = 1_000_000, 200_000, 50_000
READERS = 4
COMMITS_BEFORE_CUT = 40
PROBE_QUERY = "SELECT count(*), sum(k), any_value(b.rows), any_value(b.total) FROM probe, book b"


def make_probe(store: Store) -> None:
    """Make a table, and a book that says what it holds."""
    with store.scratch() as con, store.write(con):
        con.execute("CREATE TABLE probe (id BIGINT, k BIGINT)")
        con.execute(f"INSERT INTO probe SELECT range, 0 FROM range({ROWS})")
        con.execute(f"CREATE TABLE book AS SELECT {ROWS}::BIGINT AS rows, 0::HUGEINT AS total")


def commit_rows(store: Store, number: int) -> None:
    """Write one batch of new and changed rows, and in the same transaction what the table then holds.

    By MERGE, since that is how half of a batch shows most readily where the commit gate is left open.
    """
    with store.scratch() as con, store.write(con):
        [(rows,)] = con.execute("SELECT rows FROM book").fetchall()
        con.execute(
            f"MERGE INTO probe USING (SELECT {rows - CHANGED} + range AS id FROM range({NEW + CHANGED})) n "
            f"ON probe.id = n.id WHEN MATCHED THEN UPDATE SET k = {number} "
            f"WHEN NOT MATCHED THEN INSERT VALUES (n.id, {number})"
        )
        con.execute("UPDATE book SET rows = rows + ?, total = (SELECT sum(k) FROM probe)", [NEW])


def shrink_probe(store: Store) -> None:
    """Bring the table back to its first size, so that many commits do not fill the disk."""
    with store.scratch() as con, store.write(con):
        con.execute(f"DELETE FROM probe WHERE id >= {ROWS}")
        con.execute(f"UPDATE book SET rows = {ROWS}, total = (SELECT sum(k) FROM probe)")


def count_torn_reads(store: Store, is_over: threading.Event, seen: Counter[str]) -> None:
    """Compare the table with the book until all is written."""
    while not is_over.is_set():
        with store.read() as con:
            [(rows, total, rows_booked, total_booked)] = con.execute(PROBE_QUERY).fetchall()
        seen["whole" if (rows, total) == (rows_booked, total_booked) else "torn"] += 1


def commits_under_readers(folder: Path, commits: int) -> list[Counter[str]]:
    """Return what each reader saw, whole and torn."""
    is_over, counts = threading.Event(), [Counter[str]() for _ in range(READERS)]
    with open_store(folder / "torn.duckdb") as store:
        make_probe(store)
        readers = [threading.Thread(target=count_torn_reads, args=(store, is_over, seen)) for seen in counts]
        for reader in readers:
            reader.start()
        for number in range(1, commits + 1):
            commit_rows(store, number)
            if number % COMMITS_BEFORE_CUT == 0:
                shrink_probe(store)
        wait_until(lambda: all(seen.total() for seen in counts))
        is_over.set()
        for reader in readers:
            reader.join()
    return counts
