"""The database: locked to the outside, carried forward from older versions, one writer at a time."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data import schema
from data.datasets import DATASETS
from data.errors import DatabaseInUse, NewerDatabase, NotADatabase
from data.ingest import loader
from data.ingest.batch_log import Counts
from data.ingest.loader import Who
from data.ingest.reading import reader
from data.store import STORAGE_VERSION, CommitGate, Store, open_store
from tests.patience import PATIENCE, wait_until

ROOT = Path(__file__).parent.parent
VILLAGE = "村社编码,村社名称\n{},胡家村\n"


def load_village(store: Store, code: str) -> None:
    file = reader.make_upload("村社.csv", VILLAGE.format(code).encode())
    loader.load_file(store, DATASETS["village"], file, Who("测试员"))


def query_rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    with store.read() as con:
        return con.execute(query).fetchall()


def start_thread(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


@pytest.fixture
def path(tmp_path) -> Path:
    """Where a database on disk may lie."""
    return tmp_path / "frontline.duckdb"


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "COPY (SELECT 1) TO '/tmp/frontline-outside.csv'",
        "ATTACH '/tmp/frontline-outside.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
    ],
)
def test_sql_reaches_nothing_outside(store, statement):
    """No statement reads or writes a file outside the staging folder, attaches a database or adds an extension."""
    with store.scratch() as con, pytest.raises((duckdb.PermissionException, duckdb.IOException)):
        con.execute(statement)


@pytest.mark.parametrize(
    "setting", ["enable_external_access = true", "lock_configuration = false", "threads = 8", "memory_limit = '9GB'"]
)
def test_the_configuration_is_locked(store, setting):
    """Once the database is open no setting can be changed."""
    with store.scratch() as con, pytest.raises(duckdb.InvalidInputException, match="locked"):
        con.execute(f"SET {setting}")


def test_no_extension_is_fetched_by_itself(store):
    """DuckDB neither installs nor loads an extension on its own."""
    settings = "SELECT count(*) FROM duckdb_settings() WHERE name LIKE 'auto%_known_extensions' AND value = 'false'"
    assert query_rows(store, settings) == [(2,)]


def test_the_tables_have_no_keys_or_indexes(store):
    """Keys are kept by the check and the lock, so no table has a constraint or an index that costs space."""
    kept = "SELECT count(*) FROM duckdb_constraints() WHERE constraint_type IN ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY')"
    assert query_rows(store, kept) == [(0,)]
    assert query_rows(store, "SELECT count(*) FROM duckdb_indexes()") == [(0,)]


def test_every_ledger_has_its_columns_and_its_batch(store):
    """Each ledger is a table of the registry's columns and the batch of the row, with an undo table beside it."""
    with store.read() as con:
        present = schema.table_columns(con)
    for name, dataset in DATASETS.items():
        columns = {c.name for c in dataset.columns} | {"batch_id"}
        assert present[name] == columns
        joined = {schema.row_key_column(c) for c in dataset.joined_key}
        assert present[f"undo_{name}"] == columns | joined | {"undo_batch", "undo_action"}


def test_the_file_is_written_for_the_shared_engine(path):
    """The file keeps a storage format that DuckDB 1.5 opens too."""
    with open_store(path) as store:
        tags = query_rows(
            store, "SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = 'frontline'"
        )
    assert tags == [(f"{STORAGE_VERSION}+",)]
    assert STORAGE_VERSION == "v1.5.0"


def test_a_database_is_made_where_the_path_says(tmp_path):
    """Folders on the way are made, and the rows are there when the database is opened again."""
    path = tmp_path / "new" / "folder" / "frontline.duckdb"
    with open_store(path) as store:
        load_village(store, "V-1")
    with open_store(path) as store:
        assert query_rows(store, "SELECT village_id FROM village") == [("V-1",)]


def test_what_a_crash_left_in_the_staging_folder_goes(path):
    """A file of a process that was killed is gone when the database is opened again."""
    with open_store(path) as store:
        left = store.staging / "left.csv"
    left.parent.mkdir()
    left.write_text("断面,监测值\n")
    with open_store(path) as store:
        assert list(store.staging.iterdir()) == []


def test_the_staging_folder_goes_with_the_store(path):
    """Closing the store takes its staging folder away."""
    with open_store(path) as store:
        assert store.staging.is_dir()
    assert not store.staging.exists()


def test_a_reference_that_gained_a_column_is_made_anew(tmp_path: Path) -> None:
    """A database of a version whose words of waters had four columns opens, and has all five with their rows."""
    path = tmp_path / "older.duckdb"
    with open_store(path) as store, store.scratch() as con, store.write(con):
        con.execute("ALTER TABLE water_name DROP COLUMN is_outright")
    with open_store(path) as store, store.read() as con:
        assert con.execute("SELECT count(*) > 0, count(is_outright) = count(*) FROM water_name").fetchall() == [
            (True, True)
        ]


def test_a_newer_database_is_refused(path):
    """A database written by a later program is not touched, and the sentence tells both versions."""
    open_store(path).close()
    with duckdb.connect(str(path)) as con:
        con.execute("INSERT INTO schema_version VALUES (99)")
    before = path.read_bytes()
    with pytest.raises(NewerDatabase) as told:
        open_store(path)
    known = len(schema.MIGRATIONS)
    assert told.value.text.en.endswith(f"is of version 99, newer than this program's {known}; upgrade the program.")
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", ["村社编码,村社名称\n" * 1000, "PK\x03\x04"])
def test_a_file_that_is_no_database_is_refused(path, content):
    """A table or an archive in the database's place is told as such and left as it is."""
    path.write_text(content, encoding="utf-8")
    with pytest.raises(NotADatabase):
        open_store(path)
    assert path.read_text(encoding="utf-8") == content


def test_a_folder_or_a_path_below_a_file_is_no_database(tmp_path):
    """A path at which no database can lie is told in the same way."""
    (tmp_path / "file").write_text("x")
    for path in (tmp_path, tmp_path / "file" / "frontline.duckdb"):
        with pytest.raises(NotADatabase):
            open_store(path)


def test_a_second_process_is_told_who_holds_the_database(path):
    """While this process has the database open, another gets DatabaseInUse with this process's number."""
    program = (
        "import sys; from data.store import open_store; from data.errors import DatabaseInUse\n"
        "try: open_store(sys.argv[1])\n"
        "except DatabaseInUse as error: print(error.text.en)"
    )
    with open_store(path):
        told = subprocess.run(
            [sys.executable, "-c", program, path], cwd=ROOT, capture_output=True, text=True, check=True
        )
    assert f"in use by another program (PID {os.getpid()})" in told.stdout


def test_the_same_database_can_be_opened_after_it_was_refused(path):
    """A refusal leaves nothing open: when the holder is gone, the database opens."""
    with open_store(path) as store:
        load_village(store, "V-1")
    with pytest.raises(NotADatabase):
        open_store(path.parent)
    open_store(path).close()


def test_an_old_database_gets_the_columns_it_lacks(path):
    """A column that the registry has gained is added on opening, and the rows stay."""
    with open_store(path) as store:
        load_village(store, "V-1")
    with duckdb.connect(str(path)) as con:
        con.execute("ALTER TABLE village DROP COLUMN population")
        con.execute("ALTER TABLE undo_village DROP COLUMN population")
        con.execute("DROP TABLE visit")
    with open_store(path) as store:
        assert query_rows(store, "SELECT village_id, name, population FROM village") == [("V-1", "胡家村", None)]
        assert query_rows(store, "SELECT count(*) FROM visit") == [(0,)]
        loader.undo_batch(store, 1, Who("测试员"))
        assert query_rows(store, "SELECT count(*) FROM village") == [(0,)]


def test_opening_again_changes_nothing(path):
    """Opening a database of this version keeps its version, its limits and its enumerations as they are."""
    tables = ("schema_version", "standard_limit", "enumeration")
    found = []
    for _ in range(2):
        with open_store(path) as store:
            found.append([query_rows(store, f"FROM {table} ORDER BY ALL") for table in tables])
    assert found[0] == found[1]
    assert found[0][0] == [(n,) for n in range(1, len(schema.MIGRATIONS) + 1)]


def test_a_write_that_fails_leaves_nothing(store):
    """When the block of a write raises, all of its statements are taken back and the next write goes on."""

    def write(code: str, then: Callable[[], object] = bool) -> None:
        with store.scratch() as con, store.write(con):
            con.execute("INSERT INTO village (village_id, name) VALUES (?, '胡家村')", [code])
            then()

    with pytest.raises(ZeroDivisionError):
        write("V-1", lambda: 1 / 0)
    write("V-2")
    assert query_rows(store, "SELECT village_id FROM village") == [("V-2",)]
    assert query_rows(store, "SELECT n FROM store_lock") == [(1,)]


def test_writers_take_turns_and_none_is_lost(store):
    """Two threads that load at the same time both commit every batch, each under a number of its own."""

    def write(letter: str) -> None:
        for n in range(5):
            load_village(store, f"{letter}-{n}")

    writers = [threading.Thread(target=write, args=(letter,)) for letter in ("A", "B")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert query_rows(store, "SELECT count(*), count(DISTINCT village_id), count(DISTINCT batch_id) FROM village") == [
        (10, 10, 10)
    ]
    assert query_rows(store, "SELECT count(*), max(batch_id) FROM batch") == [(10, 10)]
    assert query_rows(store, "SELECT n FROM store_lock") == [(10,)]


def test_a_load_starts_over_when_somebody_wrote_after_its_check(store):
    """A load compares again when another batch went in between its check and its turn, so it updates, not inserts."""
    once: list[str] = []

    def meanwhile(stage: str, _done: int, _total: int) -> None:
        if stage == "writing" and not once:
            once.append(stage)
            load_village(store, "V-1")

    file = reader.make_upload("村社.csv", "村社编码,村社名称\nV-1,灵山村\n".encode())
    report = loader.load_file(store, DATASETS["village"], file, Who("测试员"), progress=meanwhile)
    assert report.counts == Counts(updated=1)
    assert query_rows(store, "SELECT village_id, name, batch_id FROM village") == [("V-1", "灵山村", 2)]


def test_a_reader_cannot_commit(store):
    """A thread that reads would wait for itself at the gate, so its commit is refused and taken back."""
    with store.read(), store.scratch() as con, pytest.raises(RuntimeError, match="wait for itself"), store.write(con):
        con.execute("INSERT INTO village (village_id, name) VALUES ('V-1', '胡家村')")
    assert query_rows(store, "SELECT count(*) FROM village") == [(0,)]


def test_a_read_sees_one_state_from_beginning_to_end(store):
    """A batch that is on its way while somebody reads appears to the next read, not to this one."""
    with store.read() as con:
        assert con.execute("SELECT count(*) FROM village").fetchall() == [(0,)]
        writer = start_thread(lambda: load_village(store, "V-1"))
        wait_until(lambda: store.gate._waiting)
        assert con.execute("SELECT count(*) FROM village").fetchall() == [(0,)]
    writer.join()
    assert query_rows(store, "SELECT count(*) FROM village") == [(1,)]


def test_a_waiting_commit_goes_before_later_readers():
    """Readers that come while a commit waits let it pass, so that readers cannot starve a writer."""
    gate, order = CommitGate(), []

    def commit() -> None:
        with gate.committing():
            order.append("commit")

    def read() -> None:
        with gate.reading():
            order.append("read")

    with gate.reading():
        committer = start_thread(commit)
        wait_until(lambda: gate._waiting)
        reader_thread = start_thread(read)
        wait_until(lambda: len(vars(gate._free)["_waiters"]) == 2)
        assert order == []
    committer.join()
    reader_thread.join()
    assert order == ["commit", "read"]


@pytest.mark.parametrize("use", [Store.read, Store.scratch])
def test_a_database_that_is_told_to_close_lets_who_uses_it_end(path, use):
    """A query of a page or a check that runs when the server stops comes to its end, and then the database closes."""
    store, begun, counted = open_store(path), threading.Event(), list[int]()

    def count() -> None:
        with use(store) as con:
            begun.set()
            counted.extend(con.execute("SELECT count(*) FROM range(300_000_000) WHERE range % 7 = 0").fetchall()[0])

    user = start_thread(count)
    assert begun.wait(PATIENCE)
    try:
        store.close()
    finally:
        user.join(PATIENCE)
    assert counted == [42_857_143]


def test_a_reader_may_read_within_a_read():
    """A thread that reads already comes in again even while a commit waits, or both would wait for ever."""
    gate = CommitGate()
    with gate.reading():
        committer = start_thread(lambda: gate.committing().__enter__())
        wait_until(lambda: gate._waiting)
        with gate.reading():
            pass
    committer.join()


def test_readers_share():
    """Two threads read at the same time."""
    gate, both = CommitGate(), threading.Barrier(2)

    def read() -> None:
        with gate.reading():
            both.wait(timeout=PATIENCE)

    threads = [start_thread(read), start_thread(read)]
    for thread in threads:
        thread.join()
    assert not both.broken


def test_a_second_process_is_refused_by_its_own_error():
    """DatabaseInUse is a sentence, not an error of DuckDB."""
    assert not issubclass(DatabaseInUse, duckdb.Error)


def test_the_write_counter_is_that_of_the_lock_row(tmp_path):
    """It moves with a write and not with one that fails, and a database that is opened again goes on from there."""
    path = tmp_path / "counted.duckdb"
    for _ in range(2):
        with open_store(path) as store:
            before = store.write_counter
            with store.scratch() as con, store.write(con):
                con.execute("CREATE OR REPLACE TABLE written AS SELECT 1 AS n")
            with store.scratch() as con, suppress(ZeroDivisionError), store.write(con):
                raise ZeroDivisionError
            with store.read() as con:
                assert con.execute("SELECT n FROM store_lock").fetchall() == [(store.write_counter,)]
            assert store.write_counter == before + 1
