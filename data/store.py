"""The database: open it, make or migrate its tables, read from it, write to it."""

from __future__ import annotations

import os
import random
import re
import shutil
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection as Connection

from data import ledger_state, schema
from data.errors import DamagedDatabase, DatabaseBusy, DatabaseInUse, NewerDatabase, NotADatabase

DEFAULT_PATH = Path(__file__).parent / "db" / "frontline.duckdb"
STORAGE_VERSION = "v1.5.0"  # so that DuckDB 1.5 can read the file (docs/decisions.md)
THREADS = 2  # measured on 2 cores beside a load: reads with a p95 of 64–280 ms, with one thread 200–444 ms
MEMORY_LIMIT = "2GB"  # measured: 10 million rows are checked in it, in 3.3 GB without; the default is 80 % of memory
WRITE_ATTEMPTS = 20  # pauses of 0.01–0.05 s, longer each time: about 6 s in all before “busy” is said
CHECKPOINT_FREE_BYTES = 100_000_000  # chosen: a checkpoint that finds no space puts the database out of service
IN_MEMORY = ":memory:"
DISK_FULL_MESSAGE = "No space left on device"
DAMAGE_ERRORS = (duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException)
DAMAGE_MESSAGES = ("orrupt", "Could not read", "checksum", "Failed to load metadata")


def default_database_path() -> Path:
    """Return where the database lies: FRONTLINE_DB, or the folder of the project."""
    return Path(os.environ.get("FRONTLINE_DB") or DEFAULT_PATH)


@contextmanager
def damage_as_sentence(path: str) -> Iterator[None]:
    """Turn what DuckDB says of a damaged file into DamagedDatabase."""
    try:
        yield
    except duckdb.Error as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        is_damage = isinstance(error, DAMAGE_ERRORS) or any(words in str(error) for words in DAMAGE_MESSAGES)
        if not is_damage or DISK_FULL_MESSAGE in str(error):
            raise
        raise DamagedDatabase(path=path, reason=said) from error


class CommitGate:
    """Readers share, a COMMIT excludes them; a waiting COMMIT goes first.

    DuckDB lets a read that overlaps the COMMIT of a large batch see half of it, so nobody reads during one.
    """

    def __init__(self) -> None:
        self._free = threading.Condition()
        self._readers = 0
        self._committing = False
        self._waiting = 0
        self._depth = threading.local()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold COMMITs off; a thread that reads already comes straight in."""
        depth = getattr(self._depth, "value", 0)
        with self._free:
            while depth == 0 and (self._committing or self._waiting):
                self._free.wait()
            self._readers += 1
        self._depth.value = depth + 1
        try:
            yield
        finally:
            self._depth.value = depth
            with self._free:
                self._readers -= 1
                self._free.notify_all()

    @contextmanager
    def committing(self) -> Iterator[None]:
        """Wait until nobody reads, and keep readers out."""
        if getattr(self._depth, "value", 0):
            raise RuntimeError("a thread that reads cannot commit: it would wait for itself")
        with self._free:
            self._waiting += 1
            try:
                while self._committing or self._readers:
                    self._free.wait()
            finally:
                self._waiting -= 1
            self._committing = True
        try:
            yield
        finally:
            with self._free:
                self._committing = False
                self._free.notify_all()


class Store:
    """One open database: a shared connection, a cursor per use, one writer at a time.

    `write_counter` is a number that every write changes: what the lock row holds, for those who only ask whether
    something has changed.
    """

    def __init__(self, con: Connection, path: str, staging: Path) -> None:
        self._con = con
        self.path = path
        self.staging = staging
        self.gate, self._scratch_gate = CommitGate(), CommitGate()  # the second one is shut by `close` alone
        self.write_counter = int(con.execute("SELECT n FROM store_lock").fetchall()[0][0])
        self._writer = threading.Lock()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a cursor that sees one state of the database from the first query to the last."""
        with damage_as_sentence(self.path), self.gate.reading(), self._con.cursor() as con:
            con.execute("BEGIN")
            try:
                yield con
            finally:
                self._roll_back(con)

    @contextmanager
    def scratch(self) -> Iterator[Connection]:
        """Give a cursor for temporary tables, on which `write` may be called afterwards."""
        with damage_as_sentence(self.path), self._scratch_gate.reading(), self._con.cursor() as con:
            yield con

    @contextmanager
    def write(self, con: Connection) -> Iterator[None]:
        """Run the block as one transaction on a cursor of `scratch`; all of it is kept, or nothing.

        The first statement touches the lock row, so a second writer, here or in another process, conflicts and waits.
        Raises DatabaseBusy when the turn does not come.
        """
        with self._writer, ExitStack() as unless_committed:
            self._begin(con)
            unless_committed.callback(self._roll_back, con)
            yield
            with self.gate.committing():
                con.execute("COMMIT")
                self.write_counter += 1
            unless_committed.pop_all()
            self._checkpoint(con)

    @staticmethod
    def _begin(con: Connection) -> None:
        for attempt in range(WRITE_ATTEMPTS):
            con.execute("BEGIN")
            try:
                con.execute("UPDATE store_lock SET n = n + 1")
                return
            except duckdb.TransactionException:
                con.execute("ROLLBACK")
                time.sleep(random.uniform(0.01, 0.05) * (attempt + 1))
        raise DatabaseBusy

    @staticmethod
    def _roll_back(con: Connection) -> None:
        with suppress(duckdb.TransactionException):  # the failure that brought us here may have ended it already
            con.execute("ROLLBACK")

    def _checkpoint(self, con: Connection) -> None:
        """Empty the write-ahead log; while somebody reads an old state, or the disk is full, a later batch does it.

        A checkpoint that finds no space would put the whole database out of service.
        """
        if all(shutil.disk_usage(folder).free > CHECKPOINT_FREE_BYTES for folder in self.folders()):
            with suppress(duckdb.TransactionException):
                con.execute("CHECKPOINT")

    def folders(self) -> list[Path]:
        """Return the folders that a load writes to."""
        return [self.staging] if self.path == IN_MEMORY else [self.staging, Path(self.path).absolute().parent]

    @contextmanager
    def staged_file(self) -> Iterator[Path]:
        """Give a path that SQL may read, for as long as the block runs."""
        path = self.staging / f"{uuid.uuid4().hex}.csv"
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the database as soon as nobody checks, reads or writes: a connection that is in use refuses to be."""
        with self._scratch_gate.committing(), self._writer, self.gate.committing():
            self._con.close()
        shutil.rmtree(self.staging, ignore_errors=True)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _open_connection(path: str) -> Connection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": THREADS,
        "memory_limit": MEMORY_LIMIT,
        "storage_compatibility_version": STORAGE_VERSION,
        "checkpoint_threshold": "1TB",  # Store.write alone does it, after a look at the free space
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    try:
        return duckdb.connect(path, config=config)
    except duckdb.IOException as error:
        holder = re.search(r"PID (\d+)", str(error))
        if holder:
            raise DatabaseInUse(path=path, holder=f"PID {holder[1]}") from error
        raise NotADatabase(path=path, reason=str(error).splitlines()[0]) from error
    except duckdb.Error as error:
        raise NotADatabase(path=path, reason=str(error).splitlines()[0]) from error


def _migrate_database(con: Connection, path: str) -> None:
    found = schema.current_version(con)
    if found > len(schema.MIGRATIONS):
        raise NewerDatabase(path=path, found=found, known=len(schema.MIGRATIONS))
    con.execute("BEGIN")
    schema.migrate(con)
    schema.align_ledgers(con)
    ledger_state.add_missing_states(con)
    schema.fill_reference_tables(con)
    con.execute("COMMIT")


def _lock_down(con: Connection, staging: Path) -> None:
    """Let SQL reach no file but the staging folder, for as long as the database is open."""
    con.execute(f"SET allowed_directories = [{schema.quote_literal(str(staging))}]")
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")


def _staging_folder(path: str) -> Path:
    """Make an empty folder for files on their way in; what a crash left there goes, the database being ours alone."""
    if path == IN_MEMORY:
        return Path(tempfile.mkdtemp(prefix="frontline-"))
    folder = Path(f"{path}.staging").absolute()
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise NotADatabase(path=path, reason=error.strerror or str(error)) from error
    return folder


def open_store(path: str | Path) -> Store:
    """Open or make the database at a path (":memory:" for none on disk) with the tables of the registry.

    Raises DatabaseInUse, NotADatabase, NewerDatabase.
    """
    path = str(path)
    try:
        if path != IN_MEMORY:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotADatabase(path=path, reason=error.strerror or str(error)) from error
    with ExitStack() as unless_opened, damage_as_sentence(path):
        con = _open_connection(path)
        unless_opened.callback(con.close)
        staging = _staging_folder(path)
        unless_opened.callback(shutil.rmtree, staging, ignore_errors=True)
        _migrate_database(con, path)
        _lock_down(con, staging)
        store = Store(con, path, staging)
        unless_opened.pop_all()
    return store
