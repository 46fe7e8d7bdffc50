"""Whether a database is whole: nothing to say of whwith the check wrote, a plain statement for each kind of damage."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data.datasets import DATASETS
from data.ingest import integrity, loader, originals
from data.ingest.loader import Options, Who
from data.ingest.reading import reader
from data.store import Store, open_store

pytestmark = pytest.mark.slow

CLERK = Who("张三")
VILLAGES = "村社编码,村社名称,人口\nV-1,胡家村,100\nV-2,灵山村,200\nV-3,新村,300\n"
CHANGED = "村社编码,村社名称,人口\nV-1,胡家村,101\nV-4,老村,400\n"
ONLY_ONE = "村社编码,村社名称,人口\nV-1,胡家村,102\n"
PLANTS = "厂站编码,厂站名称,所在村社,设计能力\nP-1,胡家站,V-1,10\n"


def load_ledger(store: Store, ledger: str, content: str, **options: Any) -> None:
    report = loader.load_file(
        store, DATASETS[ledger], reader.make_upload(f"{ledger}.csv", content.encode()), CLERK, Options(**options)
    )
    assert report.batch


@pytest.fixture(scope="module")
def made_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a database of five batches that inserted, updated and deleted rows; the second is undone."""
    folder = tmp_path_factory.mktemp("made")
    with open_store(folder / "whole.duckdb") as store:
        load_ledger(store, "village", VILLAGES)
        load_ledger(store, "village", CHANGED)
        load_ledger(store, "village", ONLY_ONE, mode="replace")
        load_ledger(store, "plant", PLANTS)
        load_ledger(store, "village", VILLAGES)
        loader.undo_batch(store, 2, CLERK)
    return folder


@pytest.fixture
def whole(made_folder: Path, tmp_path: Path) -> Iterator[Store]:
    """Give a copy of that database."""
    shutil.copytree(made_folder, tmp_path, dirs_exist_ok=True)
    with open_store(tmp_path / "whole.duckdb") as store:
        yield store


def error_statements(store: Store) -> list[str]:
    with store.read() as con:
        return [text.zh for text in integrity.integrity_errors(con)]


def damage_database(store: Store, statement: str) -> None:
    with store.scratch() as con, store.write(con):
        con.execute(statement)


def test_what_the_loader_wrote_is_whole(whole):
    """Inserts, updates, deletes and an undo in between leave nothing to say."""
    assert error_statements(whole) == []


@pytest.mark.quick
def test_the_sample_ledgers_are_whole(sample_store):
    """A database in memory, which keeps no files, is whole too."""
    assert error_statements(sample_store) == []


STRANGE = "“微型污水处理厂”有 1 行（含旧版本）属于批次簿里没有或已经撤销的批次"


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("INSERT INTO store_lock VALUES (7)", "锁行应有 1 行，现有 2 行"),
        ("INSERT INTO batch SELECT * FROM batch WHERE batch_id = 2", "批次簿里有 1 个批次号重复"),
        ("INSERT INTO plant SELECT * FROM plant", "“微型污水处理厂”有 1 个键重复"),
        ("UPDATE plant SET batch_id = 99", STRANGE),
        ("UPDATE plant SET batch_id = 2", STRANGE),
        ("UPDATE plant SET batch_id = NULL", STRANGE),
        ("DELETE FROM village WHERE village_id = 'V-1'", "“村社”有 1 行的旧版本接不上后来的版本"),
        ("UPDATE undo_village SET undo_batch = 4 WHERE undo_batch = 3", "“村社”有 1 行的旧版本接不上后来的版本"),
        ("UPDATE plant SET village_id = 'V-9'", "“微型污水处理厂”有 1 行所属的“村社”不存在"),
        ("DELETE FROM plant", "批次 4：批次簿记新增 1、更新 0、删除 0，台账里是 0、0、0"),
        ("UPDATE batch SET updated = 5 WHERE batch_id = 4", "批次 4：批次簿记新增 1、更新 5、删除 0，台账里是 1、0、0"),
        ("UPDATE ledger_state SET rows = 9 WHERE dataset = 'plant'", "状态表记“微型污水处理厂”的行数：9，台账里是：1"),
        (
            "UPDATE ledger_state SET newest = '2014-01-01' WHERE dataset = 'plant'",
            "状态表记“微型污水处理厂”的最新日期：2014-01-01，台账里是：无",
        ),
        ("UPDATE ledger_state SET first_batch = NULL", "状态表记“村社”的最早批次：无，台账里是：5"),
        ("UPDATE plant SET batch_id = 5", "状态表记“微型污水处理厂”的最新批次：4，台账里是：5"),
        ("UPDATE batch SET is_sample = true", "状态表记“村社”的有无示例：无，台账里是：有"),
        ("DELETE FROM ledger_state WHERE dataset = 'plant'", "状态表里“微型污水处理厂”应有 1 行，现有 0 行"),
    ],
)
def test_damage_is_told(whole, statement, told):
    """Each way in which ledgers, old versions and the book can disagree has its statement."""
    damage_database(whole, statement)
    assert told in error_statements(whole)


@pytest.mark.quick
def test_damage_to_the_kept_files_is_told(whole):
    """A kept file that is damaged, or gone while an older one is there, is told with its batch."""
    with whole.read() as con:
        folder = originals.originals_folder(con)
    assert folder
    [third] = folder.glob("*-3-*")
    third.write_bytes(third.read_bytes()[:-3])
    [fourth] = folder.glob("*-4-*")
    fourth.unlink()
    assert error_statements(whole) == ["批次 3 的原始文件损坏", "批次 4 的原始文件不见了"]


def test_files_that_were_kept_long_enough_are_not_missed(whole):
    """When the oldest kept files are gone, as they go after their days, there is nothing to say."""
    with whole.read() as con:
        folder = originals.originals_folder(con)
    assert folder
    for number in (1, 2, 3):
        [path] = folder.glob(f"*-{number}-*")
        path.unlink()
    assert error_statements(whole) == []
