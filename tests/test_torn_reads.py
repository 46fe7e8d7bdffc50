"""The commit gate: nobody sees half of a large batch."""

import threading
from collections import Counter

import pytest

from data.store import Store, open_store

ROWS, NEW, CHANGED = 1_000_000, 200_000, 50_000
COMMITS, READERS = 40, 4
BASE = f"INSERT INTO probe SELECT range, 0 FROM range({ROWS})"
SEEN = "SELECT count(*), sum(k), any_value(b.rows), any_value(b.total) FROM probe, book b"


def commit_rows(store: Store, number: int) -> None:
    """Write one batch of new and changed rows, and in the same transaction what the table then holds.

    By MERGE, since that is how half of a batch shows most readily where the gate is left open.
    """
    with store.scratch() as con, store.write(con):
        [(rows,)] = con.execute("SELECT rows FROM book").fetchall()
        con.execute(
            f"MERGE INTO probe USING (SELECT {rows - CHANGED} + range AS id FROM range({NEW + CHANGED})) n "
            f"ON probe.id = n.id WHEN MATCHED THEN UPDATE SET k = {number} "
            f"WHEN NOT MATCHED THEN INSERT VALUES (n.id, {number})"
        )
        con.execute("UPDATE book SET rows = rows + ?, total = (SELECT sum(k) FROM probe)", [NEW])


def count_torn_reads(store: Store, is_over: threading.Event, seen: Counter[str]) -> None:
    """Compare the table with the book until all is written."""
    while not is_over.is_set():
        with store.read() as con:
            [(rows, total, rows_booked, total_booked)] = con.execute(SEEN).fetchall()
        seen["whole" if (rows, total) == (rows_booked, total_booked) else "torn"] += 1


@pytest.mark.slow
def test_no_read_sees_half_of_a_batch(tmp_path):
    """While forty batches of 200,000 new and 50,000 changed rows are committed, four readers never see a torn one."""
    is_over, counts = threading.Event(), [Counter[str]() for _ in range(READERS)]
    with open_store(tmp_path / "torn.duckdb") as store:
        with store.scratch() as con, store.write(con):
            con.execute("CREATE TABLE probe (id BIGINT, k BIGINT)")
            con.execute(BASE)
            con.execute(f"CREATE TABLE book AS SELECT {ROWS}::BIGINT AS rows, 0::HUGEINT AS total")
        readers = [threading.Thread(target=count_torn_reads, args=(store, is_over, seen)) for seen in counts]
        for reader in readers:
            reader.start()
        for number in range(1, COMMITS + 1):
            commit_rows(store, number)
        is_over.set()
        for reader in readers:
            reader.join()
        with store.read() as con:
            assert con.execute("SELECT count(*) FROM probe").fetchall() == [(ROWS + COMMITS * NEW,)]
    seen = sum(counts, Counter[str]())
    assert seen["torn"] == 0
    assert min(c["whole"] for c in counts) > 0
