"""A database of former days forgets the names of chiefs and keepers, and loses no row, batch or undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from data.datasets import DATASETS
from data.ingest import batch_log, integrity, loader
from data.ingest.loader import Who
from data.schema import MIGRATIONS, table_columns
from data.store import Store, open_store
from tests.upload_helpers import load_content

DROPPED = (("chief", "name"), ("facility", "keeper"))
BEFORE = 6  # the version in which chiefs and keepers still had names
CHIEFS = "河长编码,职务,河长级别\nC-1,{post},街道级河长\n"
TAPS = "设施编码,设施名称,场所类型,管护单位\nT-1,示例公厕,公厕,示例单位\n"


@pytest.fixture
def former(tmp_path: Path) -> Iterator[Store]:
    """A database in which two batches named a chief and one a keeper, opened by the program of today."""
    path = tmp_path / "former.duckdb"
    with open_store(path) as store:
        for post in ("副主任", "主任"):
            load_content(store, "chief", CHIEFS.format(post=post))
        load_content(store, "facility", TAPS)
    with duckdb.connect(str(path)) as con:
        for ledger, column in DROPPED:
            for table in (ledger, f"undo_{ledger}"):
                con.execute(f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR")
                con.execute(f"UPDATE {table} SET {column} = '虞示例'")
        con.execute(
            "INSERT INTO column_mapping VALUES ('chief', 'aa', '大名', 'name'), ('chief', 'aa', '职位', 'post')"
        )
        con.execute("DELETE FROM schema_version WHERE version > ?", [BEFORE])
    with open_store(path) as store:
        yield store


def test_the_columns_are_gone(former: Store) -> None:
    """Neither the ledgers nor their older versions have the columns, nor is anything led to them."""
    with former.read() as con:
        present = table_columns(con)
        assert [(t, c) for ledger, c in DROPPED for t in (ledger, f"undo_{ledger}") if c in present[t]] == []
        assert con.execute("SELECT heading FROM column_mapping").fetchall() == [("职位",)]
        assert con.execute("SELECT max(version) FROM schema_version").fetchall() == [(len(MIGRATIONS),)]


def test_rows_and_batches_stay(former: Store) -> None:
    """The chief and the tap are there as they were loaded, with their batches, and all agrees."""
    with former.read() as con:
        assert con.execute("SELECT chief_id, post FROM chief").fetchall() == [("C-1", "主任")]
        assert con.execute("SELECT facility_id, keeper_unit FROM facility").fetchall() == [("T-1", "示例单位")]
        assert [b["batch_id"] for b in batch_log.recent_batches(con)] == [3, 2, 1]
        assert integrity.integrity_errors(con) == []


def test_undo_still_leads_back(former: Store) -> None:
    """The second batch is undone: the post is what the first one said; a new batch can then be loaded and undone."""
    loader.undo_batch(former, 2, Who("测试员"))
    with former.read() as con:
        assert con.execute("SELECT post FROM chief").fetchall() == [("副主任",)]
    report = load_content(former, "chief", CHIEFS.format(post="书记"))
    assert report.batch == 4
    loader.undo_batch(former, 4, Who("测试员"))
    with former.read() as con:
        assert con.execute("SELECT post FROM chief").fetchall() == [("副主任",)]
        assert {c.name for c in DATASETS["chief"].columns} == {"chief_id", "post", "level", "active_from", "active_to"}
