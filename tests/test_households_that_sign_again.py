"""The day became part of the key of a household's step and of its agreement: older databases keep every undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection as Connection

from data.ingest import batch_log, integrity, versions
from data.ingest.loader import Who
from data.store import Store, open_store
from tests.metric_helpers import load_without_errors, metric_rows

WHO = Who("甲")
FIRST, SECOND = date(2014, 1, 1), date(2014, 2, 1)
FORMER: dict[str, tuple[tuple[str, ...], list[tuple[object, ...]]]] = {
    # batch, its row, and the row that it changed: the day of one household, then how it is compensated
    "agreement": (
        ("household_id", "signed_on", "mode"),
        [("H-1", FIRST, "货币补偿"), ("H-1", SECOND, "货币补偿"), ("H-1", SECOND, "混合")],
    ),
    "status_event": (
        ("household_id", "status", "on_date"),
        [("H-1", "已摸底", FIRST), ("H-1", "已摸底", SECOND), ("H-1", "已摸底", date(2014, 3, 1))],
    ),
}
JOINED = {"agreement": "row_signed_on", "status_event": "row_on_date"}


def write_former_batches(con: Connection, ledger: str, first_batch: int) -> None:
    """Write three batches of one row as a database of the fifth version holds them."""
    columns, rows = FORMER[ledger]
    named, marks = ", ".join(columns), ", ".join("?" * len(columns))
    for place in range(len(rows)):
        batch = first_batch + place
        inserted, updated = (1, 0) if place == 0 else (0, 1)
        con.execute(
            "INSERT INTO batch (batch_id, dataset, file_name, sha256, bytes, rows, inserted, updated, unchanged, "
            "rejected, is_sample, loaded_by, loaded_at, deleted, mode, submission, file_ledgers) VALUES "
            "(?, ?, '台账.csv', 'aa', 9, 1, ?, ?, 0, 0, false, '甲', '2014-06-01', 0, 'upsert', ?, [?])",
            [batch, ledger, inserted, updated, batch, ledger],
        )
        if place:
            con.execute(
                f"INSERT INTO undo_{ledger} (undo_batch, undo_action, {named}, batch_id) "
                f"VALUES (?, 'update', {marks}, ?)",
                [batch, *rows[place - 1], batch - 1],
            )
    con.execute(f"INSERT INTO {ledger} ({named}, batch_id) VALUES ({marks}, ?)", [*rows[-1], first_batch + 2])


@pytest.fixture(params=sorted(FORMER))
def former(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Store, str]]:
    """A database of the fifth version with three batches of a ledger, opened by this version."""
    path, ledger = tmp_path / "frontline.duckdb", request.param
    with open_store(path) as store:
        project = "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止\nD,示例,拆违,1,2014-01-01,2014-06-30"
        load_without_errors(store, "demolition_project", project)
        load_without_errors(store, "household", "户编号,项目\nH-1,D")
    with duckdb.connect(str(path)) as con:
        for table, column in JOINED.items():
            con.execute(f"ALTER TABLE undo_{table} DROP COLUMN {column}")
        con.execute("DELETE FROM schema_version WHERE version >= 6")
        con.execute("UPDATE ledger_state SET dated_by = NULL WHERE dataset = ?", [ledger])
        write_former_batches(con, ledger, 3)
    with open_store(path) as store:
        yield store, ledger


def ledger_rows(con: Connection, ledger: str) -> list[tuple[object, ...]]:
    return con.execute(f"SELECT {', '.join(FORMER[ledger][0])} FROM {ledger}").fetchall()


def told_errors(con: Connection) -> list[str]:
    """Return what the check of the database finds, but that the files of these batches were never kept."""
    return [text.en for text in integrity.integrity_errors(con) if "uploaded file" not in text.en]


def test_a_former_database_keeps_its_rows_and_batches(former: tuple[Store, str]) -> None:
    store, ledger = former
    with store.read() as con:
        assert ledger_rows(con, ledger) == [FORMER[ledger][1][-1]]
        assert [batch["batch_id"] for batch in batch_log.recent_batches(con)] == [5, 4, 3, 2, 1]
        assert told_errors(con) == []


def test_former_batches_are_undone_newest_first(former: tuple[Store, str]) -> None:
    """Each undo gives back what stood before, the day too; the first takes the row away."""
    store, ledger = former
    rows, seen = FORMER[ledger][1], []
    with store.scratch() as con:
        for batch in (5, 4, 3):
            with store.write(con):
                versions.undo_batch(con, batch, WHO)
            seen.append(ledger_rows(con, ledger))
    assert seen == [[rows[1]], [rows[0]], []]


def test_former_batches_are_undone_in_any_order(former: tuple[Store, str]) -> None:
    """Whichever batches go, the newest of those that are left stands, and the check finds nothing wrong."""
    store, ledger = former
    rows = dict(zip((3, 4, 5), FORMER[ledger][1], strict=True))
    with store.scratch() as con:
        for order in permutations(rows):
            con.execute("BEGIN")
            for place, batch in enumerate(order, 1):
                versions.undo_batch(con, batch, WHO)
                left = [rows[b] for b in rows if b not in order[:place]]
                assert (ledger_rows(con, ledger), told_errors(con)) == (left[-1:], []), order[:place]
            con.execute("ROLLBACK")


def test_a_household_signs_again_beside_its_former_agreement(store: Store) -> None:
    """A withdrawn agreement stays on record: signed in March, not in May, signed again in June."""
    project = "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止\nD,示例,拆违,1,2014-01-01,2014-06-30"
    load_without_errors(store, "demolition_project", project)
    load_without_errors(store, "household", "户编号,项目\nH-1,D")
    agreements = "户编号,签约日期,撤销日期,补偿方式\nH-1,2014-02-01,2014-04-01,货币补偿\nH-1,2014-05-20,,混合"
    load_without_errors(store, "agreement", agreements)
    days = ("2014-03-15", "2014-04-01", "2014-05-01", "2014-06-01")
    assert [metric_rows(store, "signing_rate", day)[0]["signed"] for day in days] == [1, 0, 0, 1]
