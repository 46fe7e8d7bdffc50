"""The day became part of the key of a stage: older databases keep every batch and every undo."""

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
from tests.metric_helpers import load_without_errors

WHO = Who("甲")
Row = tuple[str, str, date, str | None]
Version = Row | None

# what each batch wrote, by the key of then: project and stage
BATCHES: dict[int, dict[tuple[str, str], Version]] = {
    2: {
        ("I-1", "开工"): ("I-1", "开工", date(2014, 1, 1), "施工许可证"),
        ("I-1", "拿地"): ("I-1", "拿地", date(2013, 5, 1), None),
        ("I-2", "洽谈"): ("I-2", "洽谈", date(2013, 5, 1), None),
    },
    3: {
        ("I-1", "开工"): ("I-1", "开工", date(2014, 2, 1), "施工许可证"),
        ("I-2", "洽谈"): None,
    },
    4: {
        ("I-1", "开工"): ("I-1", "开工", date(2014, 2, 1), "施工许可证2号"),
        ("I-1", "拿地"): ("I-1", "拿地", date(2013, 6, 1), None),
    },
    5: {
        ("I-1", "开工"): ("I-1", "开工", date(2014, 1, 15), "施工许可证2号"),
        ("I-2", "洽谈"): ("I-2", "洽谈", date(2013, 7, 1), None),
    },
}
JOINED_LATER = (
    ("undo_stage_event", "row_entered_on"),
    ("undo_status_event", "row_on_date"),
    ("undo_agreement", "row_signed_on"),
)
NEW = "项目,阶段,进入日期,凭据\nI-1,开工,2014-01-15,施工许可证3号\nI-2,洽谈,2013-07-01,会谈纪要"


def rows_without(undone: set[int], batches: dict[int, dict[tuple[str, str], Version]]) -> list[Row]:
    """Return the ledger as it must stand: of each row the version of the newest batch that is not undone."""
    newest: dict[tuple[str, str], Version] = {}
    for batch in sorted(set(batches) - undone):
        newest |= batches[batch]
    return sorted(row for row in newest.values() if row)


def write_former_batches(con: Connection) -> None:
    """Write the batches as a former database holds them, old versions under the number that ended them."""
    ended: dict[tuple[str, str], tuple[int, Version]] = {}
    for batch, rows in BATCHES.items():
        counts = {"inserted": 0, "updated": 0, "deleted": 0}
        for key, row in rows.items():
            since, old = ended.get(key, (0, None))
            action = "insert" if old is None else "update" if row else "delete"
            counts[f"{action}d" if action != "insert" else "inserted"] += 1
            if old:
                con.execute(
                    "INSERT INTO undo_stage_event (undo_batch, undo_action, project_id, stage, entered_on, evidence, "
                    "batch_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    [batch, action, *old, since],
                )
            ended[key] = (batch, row)
        con.execute(
            "INSERT INTO batch (batch_id, dataset, file_name, sha256, bytes, rows, inserted, updated, unchanged, "
            "rejected, is_sample, loaded_by, loaded_at, deleted, mode, submission, file_ledgers) VALUES "
            "(?, 'stage_event', '台账.csv', 'aa', 9, ?, ?, ?, 0, 0, false, '甲', '2014-06-01', ?, 'upsert', ?, "
            "['stage_event'])",
            [batch, len(rows), counts["inserted"], counts["updated"], counts["deleted"], batch],
        )
    for batch, row in ended.values():
        if row:
            con.execute(
                "INSERT INTO stage_event (project_id, stage, entered_on, evidence, batch_id) VALUES (?, ?, ?, ?, ?)",
                [*row, batch],
            )


@pytest.fixture
def former(tmp_path: Path) -> Iterator[Store]:
    """A database of the fourth version, opened: a stage had no day in its key, and no column for why it left."""
    path = tmp_path / "frontline.duckdb"
    with open_store(path) as store:
        load_without_errors(
            store, "investment_project", "项目编码,项目名称,项目类别,总投资\nI-1,甲,供地类,100\nI-2,乙,供地类,90"
        )
    with duckdb.connect(str(path)) as con:
        for table, column in JOINED_LATER:
            con.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        for table in ("stage_event", "undo_stage_event"):
            con.execute(f"ALTER TABLE {table} DROP COLUMN exit_reason")
        con.execute("DELETE FROM schema_version WHERE version >= 5")
        con.execute("UPDATE ledger_state SET dated_by = NULL WHERE dataset = 'stage_event'")
        write_former_batches(con)
    with open_store(path) as store:
        yield store


def ledger_rows(con: Connection) -> list[Row]:
    return con.execute("SELECT project_id, stage, entered_on, evidence FROM stage_event ORDER BY ALL").fetchall()


def told_errors(con: Connection) -> list[str]:
    """Return what the check of the database finds, but that the files of these batches were never kept."""
    return [text.en for text in integrity.integrity_errors(con) if "uploaded file" not in text.en]


def undo_in_every_order(store: Store, batches: dict[int, dict[tuple[str, str], Version]]) -> Iterator[str]:
    """Yield, where undoing three batches in some order leaves the ledger other than it must be."""
    with store.scratch() as con:
        for order in permutations(batches, 3):
            con.execute("BEGIN")
            for place, batch in enumerate(order, 1):
                versions.undo_batch(con, batch, WHO)
                if ledger_rows(con) != rows_without(set(order[:place]), batches):
                    yield f"{order[:place]}: {ledger_rows(con)}"
            con.execute("ROLLBACK")


def test_a_former_database_opens_with_its_rows_and_batches(former: Store) -> None:
    """Nothing is lost or told to be wrong, and each batch can still be looked at as of its time."""
    with former.read() as con:
        assert ledger_rows(con) == rows_without(set(), BATCHES)
        assert [b["batch_id"] for b in batch_log.recent_batches(con)] == [5, 4, 3, 2, 1]
        assert told_errors(con) == []


def test_a_change_of_the_day_alone_is_undone_as_before(former: Store) -> None:
    """Newest first, each undo gives back what stood before: the day, the evidence, the day before."""
    days = []
    with former.scratch() as con:
        for batch in (5, 4, 3):
            with former.write(con):
                versions.undo_batch(con, batch, WHO)
            days += [(str(row[2]), row[3]) for row in ledger_rows(con) if row[1] == "开工"]
    assert days == [("2014-02-01", "施工许可证2号"), ("2014-02-01", "施工许可证"), ("2014-01-01", "施工许可证")]


@pytest.mark.slow
def test_former_batches_are_undone_in_any_order(former: Store) -> None:
    """Whichever batches go, of each row the newest that is left stands, once."""
    assert list(undo_in_every_order(former, BATCHES)) == []


@pytest.mark.parametrize("undone", [(2,), (3,), (4, 3), (3, 2)], ids=str)
def test_the_versions_lead_on_after_an_undo(former: Store, undone: tuple[int, ...]) -> None:
    """The check of the database finds nothing wrong when batches in the middle have gone."""
    with former.scratch() as con, former.write(con):
        for batch in undone:
            versions.undo_batch(con, batch, WHO)
    with former.read() as con:
        assert told_errors(con) == []


@pytest.mark.slow
def test_batches_before_and_after_the_migration_are_undone_in_any_order(former: Store) -> None:
    """A batch loaded since changes the evidence of two rows whose days had changed."""
    load_without_errors(former, "stage_event", NEW)
    changed: dict[tuple[str, str], Version] = {
        ("I-1", "开工"): ("I-1", "开工", date(2014, 1, 15), "施工许可证3号"),
        ("I-2", "洽谈"): ("I-2", "洽谈", date(2013, 7, 1), "会谈纪要"),
    }
    assert list(undo_in_every_order(former, BATCHES | {6: changed})) == []


def test_a_day_that_stands_again_is_not_given_twice(former: Store) -> None:
    """Since the migration the day of an older version may be a stage of its own: the undo leaves it to that one."""
    load_without_errors(former, "stage_event", "项目,阶段,进入日期\nI-1,暂停,2014-02-02\nI-1,开工,2014-02-03")
    load_without_errors(former, "stage_event", "项目,阶段,进入日期,凭据\nI-1,暂停,2014-01-20,\nI-1,开工,2014-02-01,新")
    with former.scratch() as con, former.write(con):
        versions.undo_batch(con, 5, WHO)
    with former.read() as con:
        days = [(str(day), evidence) for _, stage, day, evidence in ledger_rows(con) if stage == "开工"]
        assert days == [("2014-02-01", "新"), ("2014-02-03", None)]
        assert told_errors(con) == []
    with former.scratch() as con, former.write(con):
        versions.undo_batch(con, 7, WHO)
    with former.read() as con:
        days = [(str(day), evidence) for _, stage, day, evidence in ledger_rows(con) if stage == "开工"]
    assert days == [("2014-02-01", "施工许可证2号"), ("2014-02-03", None)]


def test_a_column_added_since_is_empty_in_what_an_undo_puts_back(former: Store) -> None:
    """Rows of before have no reason for leaving; what was written since goes with its batch."""
    load_without_errors(former, "stage_event", "项目,阶段,进入日期,退出原因\nI-1,开工,2014-01-15,不该有")
    with former.scratch() as con:
        with former.write(con):
            versions.undo_batch(con, 6, WHO)
        assert con.execute("SELECT count(*), count(exit_reason) FROM stage_event").fetchall() == [(3, 0)]
