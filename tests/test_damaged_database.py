"""What was lost is told: a byte of the database, its write-ahead log, the kept files; and nothing else is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data.datasets import DATASETS
from data.errors import DamagedDatabase
from data.ingest import integrity, loader, originals
from data.ingest.loader import Who
from data.ingest.reading import reader
from data.store import open_store
from tests import serving
from tests.fault_injection import damaged_database

pytestmark = pytest.mark.slow

VILLAGES = "村社编码,村社名称\nV-1,胡家村\n".encode()
LOST = "提交的批次 2 的原始文件，批次簿里却没有这一批"


def statements(path: Path) -> list[str]:
    """Return what `verify` says."""
    with open_store(path) as store, store.read() as con:
        return [said.zh for said in integrity.integrity_errors(con)]


def load_villages(path: Path) -> None:
    with open_store(path) as store:
        loader.load_file(store, DATASETS["village"], reader.make_upload("v.csv", VILLAGES), Who("张三"))


def test_a_flipped_byte_ends_in_one_sentence(sample_path, tmp_path):
    """Wherever in a block in use a byte is wrong, no verb breaks off, and `verify` ends with 1 or 2."""
    assert damaged_database.flip_bytes(sample_path, tmp_path, places=3, seed=5) == 3


def read_every_ledger(path: Path) -> None:
    with open_store(path) as store, store.read() as con:
        for ledger in DATASETS:
            con.execute(f"SELECT * FROM {ledger}").fetchall()


def test_a_page_tells_a_damaged_block_in_a_sentence(sample_path, tmp_path):
    """What a reader of the store meets is an error with a sentence in both languages, whichever ledger it asks for."""
    path = damaged_database.copy_with_files(sample_path, tmp_path / "copy" / "x.duckdb")
    for place in range(path.stat().st_size // 2, path.stat().st_size, 100_000):
        damaged_database.flip_byte(path, place)
    with pytest.raises(DamagedDatabase) as told:
        read_every_ledger(path)
    assert "已经损坏" in told.value.text.zh
    assert "is damaged" in told.value.text.en


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.9], ids=lambda kept: f"{kept:.0%}")
def test_a_database_cut_short_is_refused(sample_path, tmp_path, kept):
    path = damaged_database.copy_with_files(sample_path, tmp_path / "copy" / "x.duckdb")
    os.truncate(path, int(path.stat().st_size * kept))
    statuses, said = damaged_database.run_verbs(path, ["verify"], ["history"])
    assert "2" in statuses or "1" in statuses
    assert [line for line in said if not line.startswith("错误：")] == []


def zero_the_head(log: Path) -> None:
    with log.open("r+b") as file:
        file.write(bytes(512))


def halve(log: Path) -> None:
    os.truncate(log, log.stat().st_size // 2)


def empty(log: Path) -> None:
    os.truncate(log, 0)


@pytest.mark.parametrize("damage", [zero_the_head, halve, empty, Path.unlink])
def test_a_log_that_was_lost_is_told_by_the_kept_files(tmp_path, damage: Callable[[Path], None]):
    """Where the write-ahead log lost a committed batch the kept file of that batch tells, also after the next load."""
    path = tmp_path / "x.duckdb"
    damage(damaged_database.die_with_a_log(path))
    for _ in range(2):
        [said] = statements(path)
        assert LOST in said
        load_villages(path)


def test_a_whole_log_loses_nothing(tmp_path):
    damaged_database.die_with_a_log(tmp_path / "x.duckdb")
    assert statements(tmp_path / "x.duckdb") == []


@pytest.mark.quick
def test_kept_files_that_are_gone_are_told(tmp_path):
    """Without its folder, and with an empty one, a database says so; with days set for keeping, it may be right."""
    path = tmp_path / "x.duckdb"
    load_villages(path)
    assert statements(path) == []
    shutil.rmtree(f"{path}.originals")
    assert ["不见了或已清空" in said for said in statements(path)] == [True]
    Path(f"{path}.originals").mkdir()
    assert ["不见了或已清空" in said for said in statements(path)] == [True]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRONTLINE_KEEP_DAYS", "30")
        assert statements(path) == []


def fail_after_keeping(path: Path) -> None:
    with open_store(path) as store, store.scratch() as con, store.write(con):
        originals.keep_original(con, 2, reader.make_upload("w.csv", b"never"))
        raise ZeroDivisionError


@pytest.mark.quick
def test_a_load_that_failed_is_no_evidence(tmp_path):
    """A file that was kept for a batch that was never committed is marked so, and `verify` finds nothing amiss."""
    path = tmp_path / "x.duckdb"
    load_villages(path)
    with pytest.raises(ZeroDivisionError):
        fail_after_keeping(path)
    assert statements(path) == []


def test_the_server_says_at_its_start_what_was_lost(tmp_path):
    """One line on stderr names the batch that the book lacks, and the server serves what there is."""
    path = tmp_path / "x.duckdb"
    damaged_database.die_with_a_log(path).unlink()
    with serving.running_server(path, tmp_path / "log", FRONTLINE_SAMPLE="0"):
        pass
    [line] = (tmp_path / "log").read_text().splitlines()
    assert "批次 2" in line
    assert "batch 2" in line
