"""Any batch out again: what undo puts back, keeps and refuses, and a ledger as it stood after any batch."""

from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.datasets import DATASETS
from data.errors import AlreadyUndone, DashboardError, ParentGone, StillUsed, UnknownBatch
from data.ingest import batch_log, loader, versions
from data.ingest.loader import Options, Who
from data.ingest.reading import reader
from data.ingest.versions import Difference, LaterChanges, UndoResult
from data.schema import quote_ident, undo_table
from data.store import Store, open_store
from tests.property_settings import example_count

pytestmark = pytest.mark.slow

WHO = Who("测试员")
LINES = {
    "village": ("village_id,name,population", "{0},{0}村,{1}"),
    "river": ("river_id,name,level,water_type,length", "{0},{0}号河,村级,河流,{1}"),
    "section": ("section_id,name,river_id", "{0},断面{0},{1}"),
    "reading": ("section_id,sampled_at,parameter,value", "{0},DO,{1}"),
}


def load_rows(store: Store, dataset: str, rows: Mapping[str, object], **options: Any) -> int:
    """Load rows as one batch, each under its key; `mode="replace"` deletes all others."""
    header, line = LINES[dataset]
    text = "\n".join([header, *(line.format(*row) for row in rows.items())])
    report = loader.load_file(
        store, DATASETS[dataset], reader.make_upload("台账.csv", text.encode()), WHO, Options(**options)
    )
    assert report.batch is not None, report.errors
    return report.batch


def undo_one_batch(store: Store, batch: int, with_later: bool = False) -> UndoResult:
    return loader.undo_batch(store, batch, WHO, with_later)


def all_rows(store: Store, dataset: str) -> list[tuple[Any, ...]]:
    with store.read() as con:
        return con.execute(f"FROM {quote_ident(dataset)} ORDER BY ALL").fetchall()


def village_populations(store: Store) -> dict[str, tuple[int, int]]:
    """Return the population of each village, and the batch that wrote it."""
    with store.read() as con:
        found = con.execute("SELECT village_id, population, batch_id FROM village").fetchall()
    return {code: (population, batch) for code, population, batch in found}


def populations_after(store: Store, batch: int) -> dict[str, int]:
    """Return the population of each village after a batch."""
    with store.read() as con:
        view = versions.make_as_of_view(con, DATASETS["village"], batch)
        return dict(con.execute(f"SELECT village_id, population FROM {view}").fetchall())


@pytest.mark.quick
def test_an_older_batch_goes_and_what_later_ones_wrote_stays(store):
    """Undoing the first of two batches puts back its own rows, keeps the one changed since, and counts both."""
    first = load_rows(store, "village", {"V-1": 1, "V-2": 1})
    second = load_rows(store, "village", {"V-2": 2})
    assert undo_one_batch(store, first) == UndoResult(rows={"village": 1}, kept={"village": 1})
    assert village_populations(store) == {"V-2": (2, second)}
    assert undo_one_batch(store, second) == UndoResult(rows={"village": 1})
    assert village_populations(store) == {}


def test_a_kept_row_goes_back_to_what_stood_before_the_undone_batch(store):
    """When the middle of three updates is undone, undoing the last one gives the first, not the undone one."""
    first, middle, last = [load_rows(store, "village", {"V-1": n}) for n in (1, 2, 3)]
    assert undo_one_batch(store, middle) == UndoResult(kept={"village": 1})
    assert village_populations(store) == {"V-1": (3, last)}
    undo_one_batch(store, last)
    assert village_populations(store) == {"V-1": (1, first)}


@pytest.mark.quick
def test_undo_with_later_takes_the_later_changes_of_its_rows_too(store):
    """With its later changes a batch goes wholly; what the later batch did to other rows stays and can be undone."""
    first = load_rows(store, "village", {"V-1": 1})
    second = load_rows(store, "village", {"V-1": 2, "V-2": 2})
    third = load_rows(store, "village", {"V-1": 3, "V-3": 3})
    assert undo_one_batch(store, second, with_later=True) == UndoResult(rows={"village": 2})
    assert village_populations(store) == {"V-1": (1, first), "V-3": (3, third)}
    assert undo_one_batch(store, third) == UndoResult(rows={"village": 1})
    assert village_populations(store) == {"V-1": (1, first)}


@pytest.mark.quick
def test_deleted_rows_come_back(store):
    """Undoing a batch that replaced the ledger brings back the rows that it deleted, with their own batch."""
    first = load_rows(store, "village", {"V-1": 1, "V-2": 1})
    before = village_populations(store)
    replaced = load_rows(store, "village", {"V-2": 5}, mode="replace")
    assert village_populations(store) == {"V-2": (5, replaced)}
    assert undo_one_batch(store, replaced) == UndoResult(rows={"village": 2})
    assert village_populations(store) == before == {"V-1": (1, first), "V-2": (1, first)}


def test_a_row_deleted_and_inserted_again_is_kept(store):
    """Undoing the delete keeps the new row, and undoing that one gives back the row that was deleted."""
    first = load_rows(store, "village", {"V-1": 1, "V-2": 1})
    deleting = load_rows(store, "village", {"V-2": 1, "V-3": 1}, mode="replace")
    again = load_rows(store, "village", {"V-1": 9})
    assert undo_one_batch(store, deleting) == UndoResult(rows={"village": 1}, kept={"village": 1})
    assert village_populations(store) == {"V-1": (9, again), "V-2": (1, first)}
    undo_one_batch(store, again)
    assert village_populations(store) == {"V-1": (1, first), "V-2": (1, first)}


def test_a_delete_stays_one_when_the_update_before_it_is_undone(store):
    """The delete then brings back the first version, or keeps a row that was inserted again."""
    first = load_rows(store, "village", {"V-1": 1, "V-2": 1})
    updating = load_rows(store, "village", {"V-1": 2})
    deleting = load_rows(store, "village", {"V-2": 3}, mode="replace")
    again = load_rows(store, "village", {"V-1": 4})
    assert undo_one_batch(store, updating) == UndoResult(kept={"village": 1})
    assert undo_one_batch(store, deleting) == UndoResult(rows={"village": 1}, kept={"village": 1})
    assert village_populations(store) == {"V-1": (4, again), "V-2": (1, first)}
    undo_one_batch(store, again)
    assert village_populations(store) == {"V-1": (1, first), "V-2": (1, first)}


def test_an_undone_delete_leads_to_the_insert_after_it(store):
    """Of several batches after a delete only the first one follows upon the row that was deleted."""
    first = load_rows(store, "village", {"V-1": 1, "V-2": 1})
    deleting = load_rows(store, "village", {"V-2": 1, "V-3": 1}, mode="replace")
    again, updating = load_rows(store, "village", {"V-1": 4}), load_rows(store, "village", {"V-1": 5})
    undo_one_batch(store, deleting)
    undo_one_batch(store, updating)
    assert village_populations(store) == {"V-1": (4, again), "V-2": (1, first)}
    undo_one_batch(store, again)
    assert village_populations(store) == {"V-1": (1, first), "V-2": (1, first)}


def test_a_row_that_came_and_went_leaves_nothing(store):
    """When the batch that inserted a deleted row is undone, undoing the delete has nothing left to bring back."""
    load_rows(store, "village", {"V-1": 1})
    coming = load_rows(store, "village", {"V-2": 1})
    going = load_rows(store, "village", {"V-1": 7}, mode="replace")
    undo_one_batch(store, coming)
    assert undo_one_batch(store, going) == UndoResult(rows={"village": 1})
    assert list(village_populations(store)) == ["V-1"]


def test_rows_with_a_key_of_several_columns(store):
    """Only the reading that a later batch changed is kept, not its neighbours of the same section or day."""
    load_rows(store, "section", {"S-1": "", "S-2": ""})
    first = load_rows(store, "reading", {"S-1,2021-04-01": 1, "S-1,2021-04-02": 1, "S-2,2021-04-01": 1})
    load_rows(store, "reading", {"S-1,2021-04-02": 2})
    assert undo_one_batch(store, first) == UndoResult(rows={"reading": 2}, kept={"reading": 1})
    [(section, day, _, value, *_)] = all_rows(store, "reading")
    assert (section, f"{day:%Y-%m-%d}", value) == ("S-1", "2021-04-02", 2)


def test_what_an_undo_would_keep_is_told_beforehand(store):
    """The preview counts the rows that later batches changed and names key and batch of every later change."""
    first = load_rows(store, "village", {"V-1": 1, "V-2": 1, "V-3": 1})
    second = load_rows(store, "village", {"V-1": 2, "V-4": 2})
    third = load_rows(store, "village", {"V-1": 3, "V-2": 1, "V-4": 3}, mode="replace")
    with store.read() as con:
        assert versions.later_changes(con, first) == {
            "village": LaterChanges(2, [("V-1", second), ("V-1", third), ("V-3", third)])
        }
        assert versions.later_changes(con, third) == {}
        with pytest.raises(UnknownBatch):
            versions.later_changes(con, 99)


def test_the_ledger_as_of_a_batch(store):
    """A ledger can be seen as it stood after any batch, with the columns of today; before the first it is empty."""
    load_rows(store, "village", {"V-1": 1, "V-2": 1})
    load_rows(store, "village", {"V-2": 2, "V-3": 2})
    load_rows(store, "village", {"V-3": 3}, mode="replace")
    states = [populations_after(store, batch) for batch in range(5)]
    after = [{}, {"V-1": 1, "V-2": 1}, {"V-1": 1, "V-2": 2, "V-3": 2}, {"V-3": 3}, {"V-3": 3}]
    assert states == after
    with store.read() as con:
        seen = con.execute(f"DESCRIBE {versions.make_as_of_view(con, DATASETS['village'], 1)}").fetchall()
        assert seen == con.execute("DESCRIBE village").fetchall()


def test_an_undone_batch_never_was(store):
    """After an undo the states of that batch and of those behind it are without what it had written."""
    load_rows(store, "village", {"V-1": 1})
    second = load_rows(store, "village", {"V-1": 2, "V-2": 2})
    load_rows(store, "village", {"V-2": 3})
    undo_one_batch(store, second)
    assert [populations_after(store, batch) for batch in (1, 2, 3)] == [{"V-1": 1}, {"V-1": 1}, {"V-1": 1, "V-2": 3}]


def test_the_difference_between_two_batches(store):
    """Rows that came, went and changed are counted both ways; a row changed there and back is the same."""
    first = load_rows(store, "village", {"V-1": 1, "V-2": 1, "V-3": 1})
    load_rows(store, "village", {"V-2": 2, "V-3": 2, "V-4": 2})
    last = load_rows(store, "village", {"V-2": 3, "V-3": 1, "V-5": 3}, mode="replace")
    with store.read() as con:
        there = versions.difference_between(con, DATASETS["village"], first, last)
        back = versions.difference_between(con, DATASETS["village"], last, first)
        none = versions.difference_between(con, DATASETS["village"], last, last)
    assert there == Difference(1, 1, 1, [("V-2", "population", "1", "3")])
    assert back == Difference(1, 1, 1, [("V-2", "population", "3", "1")])
    assert none == Difference(0, 0, 0, [])


def test_the_difference_in_a_ledger_that_is_all_key(store):
    """Steps of households have no column beside their key: rows come and go, none changes."""
    dataset = DATASETS["status_event"]
    assert {column.name for column in dataset.columns} == set(dataset.key)
    with store.read() as con:
        assert versions.difference_between(con, dataset, 0, 1) == Difference(0, 0, 0, [])


def test_the_first_changed_cells_are_shown(store):
    """Of many changed rows all are counted and the first 200 cells are shown, in the order of the keys."""
    for value in (1, 2):
        load_rows(store, "village", {f"V-{n:03}": value for n in range(300)})
    with store.read() as con:
        found = versions.difference_between(con, DATASETS["village"], 1, 2)
        told = versions.later_changes(con, 1)["village"]
    assert (found.updated, len(found.changes), told.rows, len(told.changes)) == (300, 200, 300, 200)
    assert (found.changes[0][0], found.changes[-1][0]) == ("V-000", "V-199")


def test_a_parent_stays_while_a_kept_row_names_it(store):
    """A section that a batch registered cannot go while a reading of it is kept; with the later change it goes too."""
    first = load_rows(store, "reading", {"断面甲,2021-04-01": 1}, register=True)
    load_rows(store, "reading", {"断面甲,2021-04-01": 2})
    with pytest.raises(StillUsed):
        undo_one_batch(store, first)
    assert undo_one_batch(store, first, with_later=True) == UndoResult(rows={"reading": 1, "section": 1})
    assert (all_rows(store, "section"), all_rows(store, "reading")) == ([], [])


def test_a_parent_that_a_later_batch_changed_is_kept(store):
    """A registered section whose name was entered later stays for the readings of others, and only loses its link."""
    first = load_rows(store, "reading", {"S-1,2021-04-01": 1}, register=True)
    load_rows(store, "section", {"S-1": ""})
    load_rows(store, "reading", {"S-1,2021-04-02": 2})
    assert undo_one_batch(store, first) == UndoResult(rows={"reading": 1}, kept={"section": 1})
    assert [row[1] for row in all_rows(store, "section")] == ["断面S-1"]


def test_a_used_parent_goes_back_to_what_it_was(store):
    """A batch that only changed a river is undone though a section names it: the river stays."""
    first = load_rows(store, "river", {"R-1": 1})
    changing = load_rows(store, "river", {"R-1": 2})
    load_rows(store, "section", {"S-1": "R-1"})
    assert undo_one_batch(store, changing) == UndoResult(rows={"river": 1})
    assert [row[-1] for row in all_rows(store, "river")] == [first]


def test_a_row_does_not_come_back_without_its_parent(store):
    """A section cannot be led back to a river that was deleted since; once the river is back, it can."""
    load_rows(store, "river", {"R-1": 1, "R-2": 1})
    load_rows(store, "section", {"S-1": "R-1"})
    moving = load_rows(store, "section", {"S-1": "R-2"})
    deleting = load_rows(store, "river", {"R-2": 1}, mode="replace")
    before = all_rows(store, "section")
    with pytest.raises(ParentGone) as told:
        undo_one_batch(store, moving)
    assert told.value.text.en.startswith(f"Batch {moving} cannot be undone: 1 rows of “Monitoring sections” would come")
    assert all_rows(store, "section") == before
    undo_one_batch(store, deleting)
    undo_one_batch(store, moving)
    assert all_rows(store, "section")[0][2] == "R-1"


def test_a_batch_of_kept_rows_only_is_undone(store):
    """Even when all of its rows are kept a batch counts as undone, and is not undone twice."""
    first = load_rows(store, "village", {"V-1": 1})
    load_rows(store, "village", {"V-1": 2})
    assert undo_one_batch(store, first) == UndoResult(kept={"village": 1})
    with pytest.raises(AlreadyUndone):
        undo_one_batch(store, first)


class ExpectedChanges:
    """What the ledger must hold: for each key the changes that stand, as (batch, value), None for a delete."""

    def __init__(self) -> None:
        self.changes: dict[str, list[tuple[int, int | None]]] = {}

    def load(self, batch: int, rows: dict[str, int | None]) -> None:
        for key, value in rows.items():
            self.changes.setdefault(key, []).append((batch, value))

    def undo(self, batch: int, with_later: bool) -> None:
        for key, chain in self.changes.items():
            at = next((i for i, (number, _) in enumerate(chain) if number == batch), len(chain))
            self.changes[key] = []
            for change in chain[:at] + ([] if with_later else chain[at + 1 :]):
                if change[1] is not None or (self.changes[key] and self.changes[key][-1][1] is not None):
                    self.changes[key].append(change)  # a delete of what never was is no change

    def after(self, batch: int) -> dict[str, int]:
        last = {key: [v for number, v in chain if number <= batch] for key, chain in self.changes.items()}
        return {key: values[-1] for key, values in last.items() if values and values[-1] is not None}


class Twins:
    """A database and the chains that it must equal after every step."""

    def __init__(self, store: Store) -> None:
        self.store, self.chains = store, ExpectedChanges()
        self.batches: list[int] = []
        self.standing: list[int] = []
        self.last = self.before = len(self.history())

    def history(self) -> list[dict[str, Any]]:
        with self.store.read() as con:
            return batch_log.recent_batches(con)

    def load(self, rows: dict[str, int | None]) -> None:
        now = self.chains.after(self.last)
        new = {key: value for key, value in (now | rows).items() if value is not None}
        changed = {key: value for key, value in rows.items() if now.get(key) != value}
        if not changed or not new:  # a file without rows is refused
            return
        self.last = load_rows(self.store, "village", new, mode="replace")
        self.chains.load(self.last, changed)
        self.batches.append(self.last)
        self.standing.append(self.last)

    def undo(self, place: int, with_later: bool) -> None:
        batch = self.standing.pop(place % len(self.standing))
        undo_one_batch(self.store, batch, with_later)
        self.chains.undo(batch, with_later)

    def compare(self) -> None:
        assert {key: n for key, (n, _) in village_populations(self.store).items()} == self.chains.after(self.last)
        for batch in (self.before, *self.batches):
            assert populations_after(self.store, batch) == self.chains.after(batch)


VALUES = st.one_of(st.none(), st.integers(1, 2))
LOADS = st.dictionaries(st.sampled_from(["V-1", "V-2"]), VALUES, min_size=1)
UNDOS = st.tuples(st.integers(0, 9), st.booleans())


@pytest.fixture(scope="module")
def example_store():
    """One database for all examples of a property; each example empties it again by undo."""
    with open_store(":memory:") as opened:
        yield opened


@pytest.mark.slow
@example_count(30)
@given(steps=st.lists(st.one_of(LOADS, LOADS, UNDOS), min_size=4, max_size=10), seed=st.integers(0, 99))
def test_any_batches_undone_in_any_order(example_store, steps, seed):
    """After any loads and undos the ledger, as of any batch, is what the batches still standing make of each row.

    Undoing the rest in any order leaves nothing, neither in the ledger nor kept for undo.
    """
    twins, order = Twins(example_store), Random(seed)
    for step in steps:
        if isinstance(step, dict):
            twins.load(step)
        elif twins.standing:
            twins.undo(*step)
        twins.compare()
    while twins.standing:
        twins.undo(order.randrange(9), order.random() < 0.3)
        twins.compare()
    assert (all_rows(example_store, "village"), all_rows(example_store, "undo_village")) == ([], [])


def orphaned_rows(store: Store) -> list[tuple[Any, ...]]:
    with store.read() as con:
        return con.execute("SELECT * FROM section WHERE river_id NOT IN (SELECT river_id FROM river)").fetchall()


def undo_in_random_order(store: Store, batches: list[int], order: Random) -> list[int]:
    """Try to undo every batch, in random order; returns those that were refused."""
    refused: list[int] = []
    for batch in order.sample(batches, len(batches)):
        before = all_rows(store, "section"), all_rows(store, "river")
        try:
            undo_one_batch(store, batch, order.random() < 0.3)
        except (StillUsed, ParentGone):
            refused.append(batch)
            assert (all_rows(store, "section"), all_rows(store, "river")) == before
        assert orphaned_rows(store) == []
    return refused


FAMILIES = st.one_of(
    st.tuples(st.just("river"), st.dictionaries(st.sampled_from(["R-1", "R-2"]), st.integers(1, 2), min_size=1)),
    st.tuples(
        st.just("section"),
        st.dictionaries(st.sampled_from(["S-1", "S-2"]), st.sampled_from(["R-1", "R-2"]), min_size=1),
    ),
)


@pytest.mark.slow
@example_count(10)
@given(steps=st.lists(st.tuples(FAMILIES, st.booleans()), max_size=8), seed=st.integers(0, 99))
def test_no_row_ever_loses_its_parent(example_store, steps, seed):
    """Whatever is undone, no section names a river that is not there; what is refused changes nothing.

    Some order takes everything out: trying the refused batches again ends with empty ledgers.
    """
    batches, order = [], Random(seed)
    for (dataset, rows), replaces in steps:
        try:
            batches.append(load_rows(example_store, dataset, rows, mode="replace" if replaces else "upsert"))
        except (AssertionError, DashboardError):
            continue
        assert orphaned_rows(example_store) == []
    while batches:
        left = undo_in_random_order(example_store, batches, order)
        assert len(left) < len(batches)
        batches = left
    for dataset in (DATASETS["river"], DATASETS["section"]):
        assert (all_rows(example_store, dataset.name), all_rows(example_store, undo_table(dataset))) == ([], [])


FIRST_VERSION = """
CREATE TABLE schema_version (version BIGINT NOT NULL);
INSERT INTO schema_version VALUES (1);
CREATE TABLE store_lock (n BIGINT NOT NULL);
INSERT INTO store_lock VALUES (2);
CREATE TABLE batch (
    batch_id BIGINT NOT NULL, dataset VARCHAR NOT NULL, file_name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL,
    bytes BIGINT NOT NULL, encoding VARCHAR, layout VARCHAR, rows BIGINT, inserted BIGINT, updated BIGINT,
    unchanged BIGINT, rejected BIGINT, is_sample BOOLEAN NOT NULL, loaded_by VARCHAR, loaded_at TIMESTAMP,
    undone_by VARCHAR, undone_at TIMESTAMP
);
INSERT INTO batch VALUES
    (1, 'village', '一.csv', 'aa', 9, 'utf-8', 'long', 2, 2, 0, 0, 0, false, '甲', '2014-01-01', NULL, NULL),
    (2, 'village', '二.csv', 'bb', 9, 'utf-8', 'long', 2, 1, 1, 0, 0, false, '乙', '2014-01-02', NULL, NULL);
CREATE TABLE village (
    village_id VARCHAR, name VARCHAR, kind VARCHAR, population BIGINT, batch_id BIGINT
);
INSERT INTO village (village_id, population, batch_id) VALUES ('V-1', 1, 1), ('V-2', 2, 2), ('V-3', 2, 2);
CREATE TABLE undo_village (
    undo_batch BIGINT, undo_action VARCHAR, village_id VARCHAR, name VARCHAR, kind VARCHAR, population BIGINT,
    batch_id BIGINT
);
INSERT INTO undo_village (undo_batch, undo_action, village_id) VALUES
    (1, 'insert', 'V-1'), (1, 'insert', 'V-2'), (2, 'insert', 'V-3');
INSERT INTO undo_village (undo_batch, undo_action, village_id, population, batch_id) VALUES (2, 'update', 'V-2', 1, 1);
"""


@pytest.fixture
def first_version(tmp_path) -> Path:
    """Return a database as the first version left it, with two batches of villages."""
    path = tmp_path / "frontline.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute(FIRST_VERSION)
    return path


@pytest.mark.parametrize("order", [(1, 2), (2, 1)], ids=["older first", "newer first"])
def test_batches_of_the_first_version_are_undone(first_version, order):
    """A database of the first version opens with its rows and its history, and its batches are undone in any order."""
    with open_store(first_version) as store:
        assert village_populations(store) == {"V-1": (1, 1), "V-2": (2, 2), "V-3": (2, 2)}
        with store.read() as con:
            told = [(b["batch_id"], b["loaded_by"], b["deleted"], b["mode"]) for b in batch_log.recent_batches(con)]
        assert told == [(2, "乙", 0, "upsert"), (1, "甲", 0, "upsert")]
        assert populations_after(store, 1) == {"V-1": 1, "V-2": 1}
        for batch in order:
            undo_one_batch(store, batch)
        assert (all_rows(store, "village"), all_rows(store, "undo_village")) == ([], [])


def test_a_database_of_the_first_version_takes_new_batches(first_version):
    """What is loaded after the migration is numbered on, logged and undone like anything else."""
    with open_store(first_version) as store:
        before = village_populations(store)
        third = load_rows(store, "village", {"V-1": 5, "V-9": 5})
        assert third == 3
        undo_one_batch(store, third)
        assert village_populations(store) == before
