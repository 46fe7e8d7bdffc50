"""What every page asks of a ledger: the row that each batch and undo keeps tells what a walk through the rows finds."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pytest
from duckdb import DuckDBPyConnection as Connection
from hypothesis import given
from hypothesis import strategies as st

from analytics import queries
from data import schema
from data.datasets import DATASETS, Dataset
from data.errors import CannotWrite, ParentGone, StillNamed, StillUsed
from data.ingest import batch_log, loader, originals
from data.ingest.loader import Options, Who
from data.ingest.reading import reader
from data.ledger_state import LedgerState, ledger_states
from data.schema import quote_ident
from data.store import Store, open_store
from tests.property_settings import example_count
from tests.stores import clear_store, fill_store
from tests.test_versions import FIRST_VERSION

ROOT = Path(__file__).parent.parent
PARENTS = {
    "river": "河道编码,河道名称,河道等级,水体类型\nR-1,一号河,村级,河流\nR-2,二号河,村级,河流\nR-3,三号河,村级,河流",
    "facility": "设施编码,设施名称,场所类型\nA,甲,公厕\nB,乙,公厕\nC,丙,公厕",
}
CLERK, SAMPLE = Who("测试员"), Who("示例", is_sample=True)
LINES = {
    "village": ("village_id,name,population", "{0},{0}村,{1}"),
    "section": ("section_id,name,river_id", "{0},断面{0},R-{1}"),
    "reading": ("section_id,sampled_at,parameter,value", "{0},2021-04-0{1} 23:30,DO,8"),
    "facility_check": ("facility_id,checked_on,finding,fixed_on", "{0},2021-04-0{1},长流水,{2}"),
    "plant": ("plant_id,name,village_id,capacity,commissioned_on", "{0},{0}站,河{1}村,10,{2}"),
}
OPTIONAL_DAY = {1: "", 2: "2021-04-02", 3: "2021-04-05"}
DAYS = [date(2021, 4, day) for day in range(6, 0, -1)] + [date(2021, 3, 31)]
READ = [
    "section",
    "reading",
    "facility_check",
    "plant",
]  # ledgers whose dates and batches are asked for together, the first undated


class Load(NamedTuple):
    ledger: str
    rows: dict[str, int]
    replaces: bool
    is_sample: bool


class Undo(NamedTuple):
    place: int
    with_later: bool


def load_rows(store: Store, step: Load) -> int | None:
    """Load rows as one batch, unknown parents with them; None where they say nothing new."""
    header, line = LINES[step.ledger]
    text = "\n".join([header, *(line.format(key, n, OPTIONAL_DAY[n]) for key, n in step.rows.items())])
    options = Options(register=True, mode="replace" if step.replaces else "upsert")
    file = reader.make_upload("台账.csv", text.encode())
    who = SAMPLE if step.is_sample else CLERK
    report = loader.load_file(store, DATASETS[step.ledger], file, who, options)
    assert report.errors == []
    return report.batch


def as_day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


class Row(NamedTuple):
    days: list[date]
    batch: int


def ledger_rows(con: Connection, dataset: Dataset) -> list[Row]:
    """Return the days and the batch of each row of a ledger."""
    columns = ", ".join(map(quote_ident, (*dataset.dated_by, "batch_id")))
    found = con.execute(f"SELECT {columns} FROM {quote_ident(dataset.name)}").fetchall()
    return [Row([as_day(moment) for moment in moments if moment is not None], batch) for *moments, batch in found]


def sample_batches(con: Connection) -> set[object]:
    return {b["batch_id"] for b in batch_log.recent_batches(con) if b["is_sample"]}


def expected_state(con: Connection, dataset: Dataset, version: int, samples: set[object]) -> LedgerState:
    """Return what a ledger's rows say, taken one by one."""
    rows = ledger_rows(con, dataset)
    batches, days = {row.batch for row in rows}, [day for row in rows for day in row.days]
    first, last = min(batches, default=None), max(batches, default=None)
    return LedgerState(version, len(rows), max(days, default=None), first, last, bool(batches & samples))


def assert_states_are_true(con: Connection) -> None:
    """Hold the row of every ledger to its rows."""
    told, samples = ledger_states(con), sample_batches(con)
    told = {name: state for name, state in told.items() if name in DATASETS}
    assert told == {n: expected_state(con, dataset, told[n].version, samples) for n, dataset in DATASETS.items()}


def told_states(store: Store) -> dict[str, LedgerState]:
    with store.read() as con:
        assert_states_are_true(con)
        return ledger_states(con)


Freshness = tuple[int, date | None, int | None]  # rows, newest date, newest batch


def expected_freshness(rows: list[Row], day: date) -> Freshness:
    """Return how new a ledger of these rows is as of a day."""
    known = [row for row in rows if not row.days or min(row.days) <= day]
    newest = max((one for row in known for one in row.days if one <= day), default=None)
    return len(known), newest, max((row.batch for row in known), default=None)


def told_freshness(con: Connection, day: date) -> dict[str, Freshness]:
    told = queries.ledger_state(con, day).astype(object)
    told = told.where(told.notna(), None)
    return {r.dataset: (r.rows, r.newest and r.newest.date(), r.batch) for r in told.itertuples()}


def deleting_batches(con: Connection) -> set[int]:
    """Return the batches in force that took rows out of the ledgers that are read."""
    known = batch_log.recent_batches(con)
    taking = [b for b in known if b["dataset"] in READ and b["deleted"] and b["undone_at"] is None]
    return {int(str(b["batch_id"])) for b in taking[:1]}


def assert_days_are_true(con: Connection, asked: list[date]) -> None:
    """Hold the newest dates and the batches of some ledgers, and how new each is on some days, to the rows."""
    ledgers = {name: ledger_rows(con, dataset) for name, dataset in DATASETS.items()}
    rows = [row for name in READ for row in ledgers[name]]
    days, batches = [day for row in rows for day in row.days], {row.batch for row in rows}
    assert batch_log.newest_ledger_date(con, READ) == max(days, default=None)
    first, last, _ = batch_log.batch_range(con, READ)
    batches |= deleting_batches(con)
    assert (first, last) == (min(batches, default=None), max(batches, default=None))
    for day in asked:
        until = max((one for one in days if one <= day), default=None)
        assert batch_log.newest_ledger_date(con, READ, day) == until
        expected = {name: expected_freshness(ledgers[name], day) for name, d in DATASETS.items() if d.dated_by}
        assert told_freshness(con, day) == expected


@pytest.fixture(scope="module")
def example_store() -> Iterator[Store]:
    """One database for all examples of a property; each example empties it first."""
    with open_store(":memory:") as opened:
        yield opened


KEYS = st.sampled_from(["A", "B", "C"])
LOADS = st.builds(
    Load, st.sampled_from(sorted(LINES)), st.dictionaries(KEYS, st.integers(1, 3), min_size=1), st.booleans(),
    st.booleans(),
)  # fmt: skip
UNDOS = st.builds(Undo, st.integers(0, 9), st.booleans())


def take_step(store: Store, step: Load | Undo, standing: list[int]) -> None:
    """Load or undo; what is refused (a parent still named, a parent gone) is part of the random walk."""
    with suppress(StillNamed, StillUsed, ParentGone):
        if isinstance(step, Load):
            batch = load_rows(store, step)
            standing.extend([batch] if batch is not None else [])
        elif standing:
            batch = standing[step.place % len(standing)]
            loader.undo_batch(store, batch, CLERK, step.with_later)
            standing.remove(batch)


@pytest.mark.slow
@example_count(30)
@given(steps=st.lists(st.one_of(LOADS, LOADS, UNDOS), min_size=3, max_size=10))
def test_the_state_is_that_of_the_rows_after_any_loads_and_undos(example_store, steps):
    """After each load, replacement, registered parent and undo, 示例 or not, every state is what the rows say."""
    assert clear_store(example_store)
    fill_store(example_store, PARENTS)
    standing: list[int] = []
    for step in steps:
        take_step(example_store, step, standing)
        with example_store.read() as con:
            assert_states_are_true(con)
    with example_store.read() as con:
        assert_days_are_true(con, DAYS)


def test_a_load_tells_its_ledger_and_the_parents_that_it_registers(store):
    """A 示例 reading of 3 April and its new section have one row each, of batch 1; its undo leaves none of either."""
    load_rows(store, Load("reading", {"A": 3}, replaces=False, is_sample=True))
    told = told_states(store)
    assert told["reading"] == LedgerState(1, 1, date(2021, 4, 3), 1, 1, True)
    assert told["section"] == LedgerState(1, 1, None, 1, 1, True)
    loader.undo_batch(store, 1, CLERK)
    told = told_states(store)
    assert told["reading"] == told["section"] == LedgerState(2, 0, None, None, None, False)


def test_a_ledger_is_a_sample_for_as_long_as_a_row_of_one_stands(store):
    """Of two 示例 rows a clerk rewrites one and then the other: only then is the ledger the clerk's own."""
    load_rows(store, Load("village", {"A": 1, "B": 1}, replaces=False, is_sample=True))
    seen = []
    for key in ("A", "B"):
        load_rows(store, Load("village", {key: 2}, replaces=False, is_sample=False))
        seen.append(told_states(store)["village"])
    assert [(s.first_batch, s.last_batch, s.is_sample) for s in seen] == [(1, 2, True), (2, 3, False)]


def test_the_state_of_the_samples_is_that_of_their_rows(sample_store):
    """After the 示例 ledgers are loaded every state is what the rows say, and so are the dates up to a day."""
    told = told_states(sample_store)
    assert {name for name, state in told.items() if state.is_sample} == {n for n, s in told.items() if s.rows}
    with sample_store.read() as con:
        assert_days_are_true(con, [date(2013, 1, 1), date(2014, 3, 1), date(2014, 6, 30), date(2020, 1, 1)])


def test_a_day_that_nothing_follows_needs_no_scan(store):
    """As of the newest date and later the kept row answers, even where the ledger was written to behind its back."""
    load_rows(store, Load("reading", {"A": 1}, replaces=False, is_sample=False))
    with store.scratch() as con, store.write(con):
        con.execute("UPDATE reading SET sampled_at = TIMESTAMP '2021-03-01 08:00'")
    with store.read() as con:
        for day in (None, date(2021, 4, 1), date(2022, 1, 1)):
            assert batch_log.newest_ledger_date(con, ["reading"], day) == date(2021, 4, 1)
            assert told_freshness(con, day or date.max)["reading"] == (1, date(2021, 4, 1), 1)
        assert batch_log.newest_ledger_date(con, ["reading"], date(2021, 3, 31)) == date(2021, 3, 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a database on disk may lie."""
    return tmp_path / "frontline.duckdb"


def test_a_load_that_fails_at_its_end_leaves_the_state(path):
    """Where the uploaded file cannot be kept, which comes last, neither rows nor state have changed."""
    with open_store(path) as store:
        with store.read() as con:
            folder = originals.originals_folder(con)
        assert folder
        folder.write_text("a file in the folder's place")
        before = told_states(store)
        with pytest.raises(CannotWrite):
            load_rows(store, Load("village", {"A": 1}, replaces=False, is_sample=False))
        assert told_states(store) == before


def test_an_undo_that_is_refused_leaves_the_state(store):
    """A section that a later reading names is not taken out, and every state is as before."""
    for day in (1, 2):
        load_rows(store, Load("reading", {"A": day}, replaces=False, is_sample=False))
    before = told_states(store)
    with pytest.raises(StillUsed):
        loader.undo_batch(store, 1, CLERK)
    assert told_states(store) == before


KILLED = """
import os, sys
from data.datasets import DATASETS
from data.ingest import batch_log
from data.store import open_store
with open_store(sys.argv[1]) as store, store.scratch() as con, store.write(con):
    con.execute("INSERT INTO village (village_id, name, batch_id) VALUES ('B', '乙村', 1)")
    batch_log.mark_changed(con, [DATASETS["village"]])
    assert con.execute("SELECT rows FROM ledger_state WHERE dataset = 'village'").fetchall() == [(2,)]
    os._exit(9)
"""


def test_a_process_that_is_killed_before_its_commit_leaves_the_state(path):
    """Opened again, the database has the state from before the write that never ended."""
    with open_store(path) as store:
        load_rows(store, Load("village", {"A": 1}, replaces=False, is_sample=False))
        before = told_states(store)
    killed = subprocess.run([sys.executable, "-c", KILLED, path], cwd=ROOT, check=False)
    assert killed.returncode == 9
    with open_store(path) as store:
        assert told_states(store) == before


def change_file(path: Path, *statements: str) -> None:
    with duckdb.connect(str(path)) as con:
        for statement in statements:
            con.execute(statement)


def test_a_database_of_the_second_version_is_filled_when_opened(path):
    """The versions of its ledgers go on from where they were, and every state is read off the rows."""
    change_file(path, FIRST_VERSION)
    with duckdb.connect(str(path)) as con:
        schema.MIGRATIONS[1](con)
        con.execute("INSERT INTO schema_version VALUES (2)")
        con.execute("INSERT INTO ledger_version VALUES ('village', 7), ('a ledger of then', 3)")
    with open_store(path) as store:
        with store.read() as con:
            assert "ledger_version" not in schema.table_columns(con)
            assert ledger_states(con)["village"] == LedgerState(7, 3, None, 1, 2, False)
            assert_states_are_true(con)
        load_rows(store, Load("village", {"A": 1}, replaces=False, is_sample=False))
        with store.read() as con:
            assert ledger_states(con)["village"] == LedgerState(8, 4, None, 1, 3, False)


@pytest.mark.parametrize(
    "lost",
    [
        "DELETE FROM ledger_state WHERE dataset IN ('facility_check', 'village')",
        "UPDATE ledger_state SET dated_by = 'checked_on', newest = '2021-04-03' WHERE dataset = 'facility_check'",
        "UPDATE ledger_state SET dated_by = NULL, rows = NULL, is_sample = NULL",
    ],
    ids=["ledgers newly declared", "dated by one more column", "rows changed by a migration"],
)
def test_a_state_that_cannot_be_right_is_read_off_when_opened(path, lost):
    """A ledger without a row, one that was dated by other columns and one that a migration changed are scanned."""
    with open_store(path) as store:
        fill_store(store, PARENTS)
        for ledger in ("village", "facility_check"):
            load_rows(store, Load(ledger, {"A": 1, "B": 3}, replaces=False, is_sample=True))
    change_file(path, lost)
    with open_store(path) as store:
        assert told_states(store)["facility_check"].newest == date(2021, 4, 5)


def test_opening_a_database_scans_no_ledger_that_is_known(path):
    """A row that is there is taken as it is, for opening a large database must not take longer: `verify` tells."""
    with open_store(path) as store:
        load_rows(store, Load("village", {"A": 1}, replaces=False, is_sample=False))
    change_file(path, "UPDATE ledger_state SET rows = 99 WHERE dataset = 'village'")
    with open_store(path) as store, store.read() as con:
        assert ledger_states(con)["village"].rows == 99


def rows_per_ledger(store: Store) -> list[tuple[Any, ...]]:
    with store.read() as con:
        return con.execute("SELECT dataset, count(*) FROM ledger_state GROUP BY dataset ORDER BY dataset").fetchall()


def test_every_ledger_has_one_row(store):
    """The table has the ledgers of the registry, each once, and an empty database tells of none of them anything."""
    assert rows_per_ledger(store) == [(name, 1) for name in sorted(DATASETS)]
    assert {(s.rows, s.newest, s.first_batch, s.last_batch, s.is_sample) for s in told_states(store).values()} == {
        (0, None, None, None, False)
    }
