"""A batch in and the way back: what a load changes, what undo restores and when it refuses."""

import csv
import hashlib
import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.datasets import DATASETS
from data.errors import AlreadyUndone, StillUsed, UnknownBatch
from data.ingest import batch_log, error_file, loader
from data.ingest.batch_log import Counts
from data.ingest.loader import Options, Report, UndoResult, Who
from data.ingest.reading import reader
from data.schema import quote_ident
from data.store import Store, open_store
from tests.property_settings import example_count

pytestmark = pytest.mark.slow

WHO = Who("测试员")
FIRST = "村社编码,村社名称,类别,人口\nV-1,胡家村,行政村,100\nV-2,灵山村,行政村,200\nV-3,示例村,社区,\n"
SECOND = "村社编码,村社名称,类别,人口\nV-2,灵山村,行政村,250\nV-3,示例村,社区,\nV-4,新村,社区,400\n"
READING = "断面,监测时间,监测项目,监测值\n断面甲,{},DO,8\n"


def load_lines(store: Store, dataset: str, lines: str | bytes, name: str = "台账.csv", **options: Any) -> Report:
    raw = lines if isinstance(lines, bytes) else lines.encode()
    return loader.load_file(store, DATASETS[dataset], reader.make_upload(name, raw), WHO, Options(**options))


def loaded_batch(report: Report) -> int:
    """Return the batch that a load made."""
    assert report.batch is not None
    return report.batch


def rows_with_batch(store: Store, dataset: str = "village") -> list[tuple[Any, ...]]:
    """Return every row of a ledger with its batch."""
    with store.read() as con:
        return sorted(con.execute(f"FROM {quote_ident(dataset)}").fetchall(), key=repr)


def batch_history(store: Store) -> list[dict[str, Any]]:
    with store.read() as con:
        return batch_log.recent_batches(con)


@pytest.mark.quick
def test_a_batch_counts_what_it_inserts_updates_and_leaves(store):
    """Of a second file the new key is inserted, the changed row updated and the equal one left unchanged."""
    assert load_lines(store, "village", FIRST).counts == Counts(inserted=3)
    assert load_lines(store, "village", SECOND).counts == Counts(inserted=1, updated=1, unchanged=1)
    assert rows_with_batch(store) == [
        ("V-1", "胡家村", "行政村", 100, None, 1),
        ("V-2", "灵山村", "行政村", 250, None, 2),
        ("V-3", "示例村", "社区", None, None, 1),
        ("V-4", "新村", "社区", 400, None, 2),
    ]


def test_columns_that_the_file_does_not_have_keep_their_values(store):
    """A file of codes and names changes names only; a column that is there but empty clears its value."""
    load_lines(store, "village", FIRST)
    load_lines(store, "village", "村社编码,村社名称\nV-1,胡家新村\n")
    load_lines(store, "village", "村社编码,村社名称,人口\nV-2,灵山村,\n")
    assert rows_with_batch(store)[:2] == [
        ("V-1", "胡家新村", "行政村", 100, None, 2),
        ("V-2", "灵山村", "行政村", None, None, 3),
    ]


def test_a_column_named_like_a_word_of_the_merge_is_loaded(store):
    """The column `action` of the pollution sources does not get in the way of the actions of the merge."""
    load_lines(store, "river", "河道编码,河道名称,河道等级,水体类型\nR-1,一号河,村级,河流")
    lines = "污染源编码,污染源名称,类型,河道,整治方式,整治状态,发现日期\nP-1,养殖场,畜禽养殖,R-1,{},整治中,2014-01-01\n"
    assert load_lines(store, "source", lines.format("关停")).counts == Counts(inserted=1)
    assert load_lines(store, "source", lines.format("拆除")).counts == Counts(updated=1)


def test_the_same_file_again_changes_nothing_and_makes_no_batch(store):
    """Loading a file twice is harmless: no batch, no new row in the book, and a note that says so."""
    load_lines(store, "village", FIRST)
    before = rows_with_batch(store)
    again = load_lines(store, "village", FIRST)
    assert (again.batch, again.counts, len(batch_history(store))) == (None, Counts(unchanged=3), 1)
    assert [n.reason.en for n in again.notes] == ["The file says what the ledger holds already; nothing changed"]
    assert rows_with_batch(store) == before


@pytest.mark.quick
def test_one_bad_row_keeps_the_whole_file_out(store):
    """Without `partial` nothing is written while a row is refused."""
    report = load_lines(store, "village", FIRST.replace("200", "很多"))
    assert (report.batch, report.rejected, report.counts.inserted) == (None, 1, 2)
    assert (rows_with_batch(store), batch_history(store)) == ([], [])


def test_a_partial_load_keeps_the_bad_rows_for_correction(store):
    """The good rows go in; the refused ones come back with line, field, reason and remedy and, corrected, load."""
    refused = FIRST.replace("200", "很多")
    report = load_lines(store, "village", refused, partial=True)
    assert (report.batch, report.counts, report.rejected) == (1, Counts(inserted=2), 1)
    file = reader.make_upload("台账.csv", refused.encode())
    kept = error_file.error_csv(store, DATASETS["village"], file, Options(), report, whole=False).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(kept))) == [
        ["行号", "字段", "原因", "怎么改", "村社编码", "村社名称", "类别", "人口"],
        ["3", "人口", "“人口”应是整数", "填整数（人），不小于 0", "V-2", "灵山村", "行政村", "很多"],
    ]
    assert load_lines(store, "village", kept.replace("很多", "200")).counts == Counts(inserted=1)
    assert [r[:4] for r in rows_with_batch(store)][1] == ("V-2", "灵山村", "行政村", 200)


def test_the_batch_is_entered_in_the_book(store):
    """The book says which file, of which size and hash, came from whom, when, and what it did."""
    before = datetime.now().replace(microsecond=0)
    load_lines(store, "village", FIRST.encode("gb18030"), "村社2014.csv")
    [entry] = batch_history(store)
    assert before <= entry.pop("loaded_at") <= datetime.now()
    assert entry == {
        "batch_id": 1,
        "dataset": "village",
        "file_name": "村社2014.csv",
        "sha256": hashlib.sha256(FIRST.encode("gb18030")).hexdigest(),
        "bytes": len(FIRST.encode("gb18030")),
        "encoding": "gb18030",
        "sheet": "",
        "layout": "long",
        "mode": "upsert",
        "origin": "",
        "rows": 3,
        "inserted": 3,
        "updated": 0,
        "unchanged": 0,
        "deleted": 0,
        "rejected": 0,
        "given": None,
        "is_sample": False,
        "loaded_by": "测试员",
        "undone_by": None,
        "undone_at": None,
        "submission": 1,
        "file_ledgers": ["village"],
    }


@pytest.mark.quick
def test_undo_restores_the_rows_as_they_were(store):
    """Undoing a batch of updates and inserts gives back the whole earlier table, with the batch of each row."""
    load_lines(store, "village", FIRST)
    before = rows_with_batch(store)
    second = loaded_batch(load_lines(store, "village", SECOND))
    assert loader.undo_batch(store, second, Who("科长")) == UndoResult({"village": 2})
    assert rows_with_batch(store) == before
    assert [(b["batch_id"], b["undone_by"]) for b in batch_history(store)] == [(2, "科长"), (1, None)]


def test_undo_gives_a_repeated_update_back_step_by_step(store):
    """Three batches on one row are undone one after the other, each giving back the value before it."""
    batches = [
        loaded_batch(load_lines(store, "village", f"村社编码,村社名称,人口\nV-1,胡家村,{n}\n")) for n in (100, 200, 300)
    ]
    seen = []
    for number in reversed(batches):
        loader.undo_batch(store, number, WHO)
        seen.append([(row[3], row[-1]) for row in rows_with_batch(store)])
    assert seen == [[(200, 2)], [(100, 1)], []]


@pytest.mark.quick
def test_undo_keeps_the_rows_that_a_later_batch_changed(store):
    """An older batch goes; a row that a later batch changed stays as that batch left it, and is counted as kept."""
    first = loaded_batch(load_lines(store, "village", FIRST))
    second = loaded_batch(load_lines(store, "village", SECOND))
    assert loader.undo_batch(store, first, WHO) == UndoResult(rows={"village": 2}, kept={"village": 1})
    assert [row[:4] for row in rows_with_batch(store)] == [
        ("V-2", "灵山村", "行政村", 250),
        ("V-4", "新村", "社区", 400),
    ]
    assert loader.undo_batch(store, second, WHO) == UndoResult(rows={"village": 2})
    assert rows_with_batch(store) == []


def test_undo_takes_later_changes_along_on_request(store):
    """With `with_later` the rows of a batch go back to before it, whatever a later batch made of them."""
    first = loaded_batch(load_lines(store, "village", FIRST))
    load_lines(store, "village", SECOND)
    assert loader.undo_batch(store, first, WHO, with_later=True) == UndoResult(rows={"village": 3})
    assert [row[:4] for row in rows_with_batch(store)] == [("V-4", "新村", "社区", 400)]


def test_undo_leaves_later_batches_on_other_rows_alone(store):
    """A later batch that touched other rows is no obstacle and keeps its rows."""
    first = loaded_batch(load_lines(store, "village", FIRST))
    load_lines(store, "village", "村社编码,村社名称\nV-9,后来村\n")
    loader.undo_batch(store, first, WHO)
    assert [row[0] for row in rows_with_batch(store)] == ["V-9"]


def test_undo_takes_a_registered_section_out_again(store):
    """A section that a load registered goes with its readings, and both ledgers are counted."""
    report = load_lines(store, "reading", READING.format("2021-04-01"), register=True)
    assert loader.undo_batch(store, loaded_batch(report), WHO) == UndoResult({"reading": 1, "section": 1})
    assert (rows_with_batch(store, "section"), rows_with_batch(store, "reading")) == ([], [])


def test_undo_refuses_while_a_parent_is_used_by_later_rows(store):
    """A registered section that a later batch names cannot be taken out; when that batch is undone, it can."""
    first = loaded_batch(load_lines(store, "reading", READING.format("2021-04-01"), register=True))
    second = loaded_batch(load_lines(store, "reading", READING.format("2021-04-02")))
    before = rows_with_batch(store, "section"), rows_with_batch(store, "reading")
    with pytest.raises(StillUsed) as told:
        loader.undo_batch(store, first, WHO)
    assert told.value.text.en.startswith(
        "Batch 1 cannot be undone: 1 rows of “Monitoring sections” that it added are still used by “Water quality"
    )
    assert (rows_with_batch(store, "section"), rows_with_batch(store, "reading")) == before
    loader.undo_batch(store, second, WHO)
    assert loader.undo_batch(store, first, WHO) == UndoResult({"reading": 1, "section": 1})


def test_undo_refuses_while_a_parent_ledger_is_used_by_its_children(store):
    """A batch of villages stays while a micro plant stands in one of them."""
    villages = loaded_batch(load_lines(store, "village", FIRST))
    load_lines(store, "plant", "厂站编码,厂站名称,所在村社,设计能力\nP-1,厂,胡家村,5")
    with pytest.raises(StillUsed):
        loader.undo_batch(store, villages, WHO)


def test_an_undone_file_can_be_loaded_again(store):
    """After undo the same file is a new batch that inserts its rows again."""
    loader.undo_batch(store, loaded_batch(load_lines(store, "village", FIRST)), WHO)
    again = load_lines(store, "village", FIRST)
    assert (again.batch, again.counts) == (2, Counts(inserted=3))


def test_a_batch_is_undone_once(store):
    """A second undo of one batch is refused, and so is an undo of a batch that never was."""
    first = loaded_batch(load_lines(store, "village", FIRST))
    loader.undo_batch(store, first, WHO)
    with pytest.raises(AlreadyUndone):
        loader.undo_batch(store, first, WHO)
    with pytest.raises(UnknownBatch):
        loader.undo_batch(store, 99, WHO)


@pytest.fixture(scope="module")
def example_store() -> Iterator[Store]:
    """One database for all examples of a property; each example empties it again by undo."""
    with open_store(":memory:") as opened:
        yield opened


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=4)
CODES = st.sampled_from(["V-1", "V-2", "V-3", "V-4"])
VILLAGES = st.dictionaries(
    CODES, st.tuples(WORDS, st.sampled_from(["行政村", "社区", ""]), st.integers(0, 9)), min_size=1
)
RIVERS = st.dictionaries(CODES, st.tuples(WORDS, st.sampled_from(["村级", "市级"]), st.just("河流")), min_size=1)
HEADINGS = {
    "village": ("村社编码", "村社名称", "类别", "人口"),
    "river": ("河道编码", "河道名称", "河道等级", "水体类型"),
}


def rows_as_csv(dataset: str, rows: dict[str, tuple[Any, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([HEADINGS[dataset], *((code, *cells) for code, cells in rows.items())])
    return text.getvalue()


def load_then_undo(store: Store, dataset: str, first: str, second: str) -> None:
    """Hold that undoing the second file gives back the table of the first, and undoing that one an empty table."""
    kept = loaded_batch(load_lines(store, dataset, first))
    before = rows_with_batch(store, dataset)
    changed = load_lines(store, dataset, second).batch
    if changed is not None:
        loader.undo_batch(store, changed, WHO)
    assert rows_with_batch(store, dataset) == before
    loader.undo_batch(store, kept, WHO)
    assert rows_with_batch(store, dataset) == []


@pytest.mark.slow
@example_count(10)
@given(first=VILLAGES, second=VILLAGES)
def test_undo_gives_back_the_earlier_villages(example_store, first, second):
    """Whatever two files of villages hold, undoing the second restores the table of the first."""
    load_then_undo(example_store, "village", rows_as_csv("village", first), rows_as_csv("village", second))


@pytest.mark.slow
@example_count(5)
@given(first=RIVERS, second=RIVERS)
def test_undo_gives_back_the_earlier_rivers(example_store, first, second):
    """Whatever two files of rivers hold, undoing the second restores the table of the first."""
    load_then_undo(example_store, "river", rows_as_csv("river", first), rows_as_csv("river", second))


def test_a_parent_that_an_undo_would_name_again_cannot_be_taken_out(store):
    """Undoing a river is refused while the old row of a section, kept for undo, still names it."""
    river = "河道编码,河道名称,河道等级,水体类型\n{0},{0}号河,村级,河流"
    first = loaded_batch(load_lines(store, "river", river.format("R-1")))
    load_lines(store, "river", river.format("R-2"))
    load_lines(store, "section", "断面编码,断面名称,河道\nS-1,断面甲,R-1")
    moved = loaded_batch(load_lines(store, "section", "断面编码,断面名称,河道\nS-1,断面甲,R-2"))
    with pytest.raises(StillUsed):
        loader.undo_batch(store, first, WHO)
    loader.undo_batch(store, moved, WHO)
    assert rows_with_batch(store, "section")[0][2] == "R-1"
