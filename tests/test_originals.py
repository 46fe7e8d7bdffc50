"""The uploaded files: given back byte for byte, kept for as long as set, and safely on disk before the commit."""

import hashlib
import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from data.datasets import DATASETS
from data.errors import BadKeepDays, CannotWrite, DamagedOriginal
from data.ingest import batch_log, loader, originals
from data.ingest.loader import Who
from data.ingest.reading import reader
from data.store import Store, open_store

pytestmark = pytest.mark.slow

VILLAGES = "村社编码,村社名称\r\n{},胡家村\r\n"


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "frontline.duckdb"


@pytest.fixture
def on_disk(path) -> Iterator[Store]:
    """Give an empty database on disk."""
    with open_store(path) as opened:
        yield opened


def village_csv(code: str) -> bytes:
    return VILLAGES.format(code).encode("gb18030")


def load_village(store: Store, code: str, name: str = "村社.csv") -> int:
    file = reader.make_upload(name, village_csv(code))
    report = loader.load_file(store, DATASETS["village"], file, Who("测试员"))
    assert report.batch is not None
    return report.batch


def original_content(store: Store, batch: int) -> tuple[str, bytes] | None:
    with store.read() as con:
        return originals.read_original(con, batch)


def kept_since(file: Path) -> date:
    """Return the day in the name of a kept file, which a test that runs at midnight does not know."""
    return datetime.strptime(file.name[:8], "%Y%m%d").date()


def kept_files(path: Path) -> list[Path]:
    return sorted(Path(f"{path}.originals").glob("*"))


@pytest.mark.quick
def test_the_file_of_a_batch_is_given_back(on_disk):
    """What a batch was loaded from comes back byte for byte, under the name that it had; also after an undo."""
    first, second = load_village(on_disk, "V-1", "一.csv"), load_village(on_disk, "V-2", "二.csv")
    loader.undo_batch(on_disk, first, Who("测试员"))
    assert original_content(on_disk, first) == ("一.csv", village_csv("V-1"))
    assert original_content(on_disk, second) == ("二.csv", village_csv("V-2"))
    assert original_content(on_disk, 99) is None


@pytest.mark.quick
def test_files_outlast_the_program(path):
    """The files lie in a folder beside the database and are there when it is opened again."""
    began = date.today()
    with open_store(path) as store:
        load_village(store, "V-1")
    with open_store(path) as store:
        assert original_content(store, 1) == ("村社.csv", village_csv("V-1"))
    sha256 = hashlib.sha256(village_csv("V-1")).hexdigest()
    [file] = kept_files(path)
    assert file.name == f"{kept_since(file):%Y%m%d}-1-{sha256[:16]}.zst"
    assert began <= kept_since(file) <= date.today()


def test_a_file_is_kept_compressed(on_disk, path):
    """A ledger of equal lines takes less than a fifth of its size."""
    lines = VILLAGES.format("V-0") + "".join(f"V-{n},胡家村\r\n" for n in range(1, 2_000))
    loader.load_file(on_disk, DATASETS["village"], reader.make_upload("村社.csv", lines.encode()), Who("测试员"))
    [file] = kept_files(path)
    assert file.stat().st_size * 5 < len(lines.encode())


def test_a_database_in_memory_keeps_no_files(store):
    """Without a place on disk there is nothing to give back, and nothing fails."""
    assert original_content(store, load_village(store, "V-1")) is None


def test_what_a_failed_commit_left_is_written_again(on_disk, path):
    """A file whose batch was never committed belongs to none; the batch that takes its number has its own."""
    with on_disk.scratch() as con:
        originals.keep_original(con, 1, reader.make_upload("村社.csv", village_csv("V-9")))
    assert (len(kept_files(path)), original_content(on_disk, 1)) == (1, None)
    assert original_content(on_disk, load_village(on_disk, "V-1")) == ("村社.csv", village_csv("V-1"))


def test_a_load_whose_file_cannot_be_kept_fails_whole(on_disk, path):
    """When the folder cannot be written to, one sentence says so and no batch is made."""
    Path(f"{path}.originals").write_text("a file in the folder's place")
    with pytest.raises(CannotWrite):
        load_village(on_disk, "V-1")
    with on_disk.read() as con:
        assert (batch_log.recent_batches(con), con.execute("FROM village").fetchall()) == ([], [])


@pytest.mark.parametrize("damage", [lambda raw: raw[:-9], lambda raw: b"x" + raw, lambda _: b""])
def test_a_damaged_file_is_told_as_such(on_disk, path, damage):
    """A kept file that lost bytes is never given back as if it were whole."""
    load_village(on_disk, "V-1")
    [file] = kept_files(path)
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(DamagedOriginal) as told:
        original_content(on_disk, 1)
    assert "“村社.csv” of batch 1 is damaged" in told.value.text.en


def test_another_file_in_its_place_is_told_too(on_disk, path):
    """The content is held to the fingerprint in the book."""
    load_village(on_disk, "V-1")
    load_village(on_disk, "V-2")
    first, second = kept_files(path)
    os.replace(second, first)
    with pytest.raises(DamagedOriginal):
        original_content(on_disk, 1)


@pytest.mark.parametrize(
    ("days", "age", "is_there"), [("", 9999, True), ("30", 29, True), ("30", 30, False), ("1", 1, False)]
)
def test_files_go_after_the_days_that_are_set(on_disk, path, monkeypatch, days, age, is_there):
    """A file is kept for as many days as set, or for ever; its batch stays in the book."""
    monkeypatch.setenv("FRONTLINE_KEEP_DAYS", days)
    batch = load_village(on_disk, "V-1")
    with on_disk.read() as con:
        originals.purge_expired(con, kept_since(kept_files(path)[0]) + timedelta(days=age))
        assert len(batch_log.recent_batches(con)) == 1
    assert (original_content(on_disk, batch) is not None) == is_there == bool(kept_files(path))


def test_files_of_others_stay(on_disk, path, monkeypatch):
    """Only files named as the house names them are removed from the folder."""
    monkeypatch.setenv("FRONTLINE_KEEP_DAYS", "1")
    load_village(on_disk, "V-1")
    (kept_files(path)[0].parent / "说明.zst").write_text("x")
    with on_disk.read() as con:
        originals.purge_expired(con, date.max)
    assert [p.name for p in kept_files(path)] == ["说明.zst"]


def test_nothing_is_kept_for_no_days(on_disk, path, monkeypatch):
    """With FRONTLINE_KEEP_DAYS=0 no file is written at all."""
    monkeypatch.setenv("FRONTLINE_KEEP_DAYS", "0")
    assert original_content(on_disk, load_village(on_disk, "V-1")) is None
    assert kept_files(path) == []


@pytest.mark.parametrize("value", ["forever", "-1", "30d", "1.5", "一", "١"])
def test_days_that_are_no_number_are_told_before_anything_is_written(on_disk, monkeypatch, value):
    """A value that is no whole number stops the load with one sentence that names it."""
    monkeypatch.setenv("FRONTLINE_KEEP_DAYS", value)
    with pytest.raises(BadKeepDays, match="FRONTLINE_KEEP_DAYS"):
        load_village(on_disk, "V-1")
    with on_disk.read() as con:
        assert batch_log.recent_batches(con) == []
