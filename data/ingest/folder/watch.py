"""The watched folder: files named by ledger are loaded as they arrive, and filed away with their report."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import duckdb

from data.datasets import DATASETS
from data.errors import (
    Cancelled,
    CannotWrite,
    DamagedDatabase,
    DashboardError,
    DatabaseBusy,
    NoSpace,
    NoSuchFile,
    NotAFile,
)
from data.ingest import batch_log, error_file, submissions, workbook_sheets
from data.ingest.folder import entries, outcomes
from data.ingest.folder.outcomes import Outcome
from data.ingest.loader import Options, Who
from data.ingest.reading import reader
from data.ingest.reading.reader import Upload
from data.ingest.workbook_sheets import Parts
from data.store import Store
from data.text import Text

if sys.platform == "linux":
    import fcntl

INTERVAL = 2.0  # seconds; chosen: a copied file settles between two looks
PATIENCE = 15  # looks, half a minute at INTERVAL: how long a file waits for others or for a busy database
PARTIAL_ENDINGS = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".filepart", ".swp", ".lock")
HIDDEN_PREFIXES = (".", "~$")
LONGEST_NAME, LONGEST_ENDING = 200, 20  # bytes; most systems take 255, and the report is named after its file
SYSTEM_FILES = ("thumbs.db", "desktop.ini")
RETRY_ERRORS = (DatabaseBusy, DamagedDatabase, NoSpace, CannotWrite, NoSuchFile, Cancelled)

BROKEN_OFF = Text("“{file}”没有载完：{reason}", "Loading “{file}” broke off: {reason}")

Stamp = tuple[int, int, int]
Tell = Callable[[Text], None]


@dataclass(slots=True)
class Arrival:
    """A file in the folder: for how many looks it has stayed the same, its parts, and what became of it."""

    path: Path
    stamp: Stamp
    looks: int = 0
    parts: Parts | None = None
    outcome: Outcome | None = None
    is_given_up: bool = False
    messages_sent: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The name as text; one that an old archive wrote in GBK is read as such."""
        raw = os.fsencode(self.path.name)
        try:
            return entries.printable_name(raw.decode())
        except UnicodeDecodeError:
            return entries.printable_name(raw.decode("gb18030", "replace"))

    @property
    def sort_key(self) -> tuple[int, str]:
        """Parents come before their children, then by name."""
        first = self.parts.parts[0].dataset.name if self.parts else None
        return (list(DATASETS).index(first) if first else len(DATASETS), self.name)


def _file_stamp(path: Path) -> Stamp:
    found = path.lstat()
    return (found.st_size, found.st_mtime_ns, found.st_ino)


def _is_arrival(path: Path) -> bool:
    name = path.name.lower()
    ignored = name.startswith(HIDDEN_PREFIXES) or name.endswith(PARTIAL_ENDINGS) or name in SYSTEM_FILES
    return not ignored and entries.is_meant_to_be_loaded(path)


def _is_closed(path: Path) -> bool:
    """Tell whether a file can be opened and no program is known to be writing to it.

    Windows refuses to open such a file; Linux refuses a lease on it, though only to the owner of the file. A lease that
    somebody breaks sends a signal, which must not be the one that ends a program.
    """
    try:
        with entries.open_file_itself(path) as file:
            if sys.platform == "linux":
                fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)
                fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except BlockingIOError:
        return False
    except PermissionError:
        return os.access(path, os.R_OK)
    except OSError:
        return os.path.lexists(path)
    except NotAFile:
        return True
    return True


def _cut_to_bytes(written: str, size: int) -> str:
    return written.encode()[:size].decode(errors="ignore")


def _shorten_name(name: str) -> str:
    """Return a file name, with its ending, that leaves room for what is put behind it."""
    if len(name.encode()) <= LONGEST_NAME:
        return name
    stem, ending = os.path.splitext(name)
    ending = _cut_to_bytes(ending, LONGEST_ENDING)
    return _cut_to_bytes(stem, LONGEST_NAME - len(ending.encode())) + ending


def _free_path(path: Path) -> Path:
    """Return a path at which nothing lies, by adding the time where something does."""
    candidate, count = path, 1
    while os.path.lexists(candidate):
        number = "" if count == 1 else f"-{count}"
        candidate = path.with_name(f"{path.stem}_{datetime.now():%Y%m%d-%H%M%S}{number}{path.suffix}")
        count += 1
    return candidate


def prepare_folders(folder: Path) -> None:
    """Make the folder and the two in which files are filed; raises CannotWrite."""
    for path in (folder, folder / "done", folder / "rejected"):
        try:
            path.mkdir(parents=True, exist_ok=True)
            probe = path / f".frontline-{os.getpid()}"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise CannotWrite(path=path, reason=error.strerror or str(error)) from error


class Watcher:
    """Looks into a folder from time to time and loads what has arrived; remembers nothing that a restart would need."""

    def __init__(
        self, store: Store, folder: Path, who: Who, options: Options, stop: threading.Event, tell: Tell
    ) -> None:
        self._store, self._folder, self._stop, self._tell = store, folder, stop, tell
        self._options = replace(options, reading=replace(options.reading, one_sheet=True))
        self._who = replace(who, origin="folder")
        self._arrivals: dict[Path, Arrival] = {}
        self._is_out_of_reach = False

    @property
    def is_waiting(self) -> bool:
        """Tell whether some file is still arriving or is to be tried again."""
        return any(not a.is_given_up for a in self._arrivals.values())

    def look(self) -> list[Outcome]:
        """Load and file away every file that is complete; return what became of them."""
        self._notice()
        ready = [a for a in self._arrivals.values() if self._is_ready(a)]
        for arrival in ready:
            self._attempt(arrival, self._recognise)
        return [outcome for a in sorted(ready, key=lambda a: a.sort_key) if (outcome := self._settle(a))]

    def _notice(self) -> None:
        """Compare the folder with what it held at the last look."""
        stamps, before = self._stamps(), self._arrivals
        self._arrivals = {p: before[p] if p in before else Arrival(p, s) for p, s in stamps.items()}
        for path, stamp in stamps.items():
            known = self._arrivals[path]
            if known.stamp != stamp:
                self._arrivals[path] = Arrival(path, stamp)
            elif path in before:
                known.looks = known.looks + 1 if _is_closed(path) else 0

    def _stamps(self) -> dict[Path, Stamp]:
        """Return what lies in the folder; a folder out of reach is told once and counts as empty until it is back."""
        stamps = {}
        try:
            for path in self._folder.iterdir():
                with suppress(FileNotFoundError):
                    if _is_arrival(path):
                        stamps[path] = _file_stamp(path)
        except OSError:
            if not self._is_out_of_reach:
                self._tell(NoSuchFile(path=self._folder).text)
            self._is_out_of_reach = True
            return {}
        self._is_out_of_reach = False
        return stamps

    def _is_ready(self, arrival: Arrival) -> bool:
        """Tell whether a file is complete; while others are still arriving it waits, for they may be its parents."""
        is_quiet = all(a.looks for a in self._arrivals.values()) or arrival.looks >= PATIENCE
        return is_quiet and arrival.looks > 0 and not arrival.is_given_up

    def _upload(self, arrival: Arrival) -> Upload:
        try:
            with entries.open_file_itself(arrival.path) as file:
                return replace(reader.make_upload(arrival.path.name, file.read()), name=arrival.name)
        except OSError as error:
            raise NoSuchFile(path=arrival.path) from error

    def _recognise(self, arrival: Arrival) -> None:
        entries.require_readable(arrival.path)
        if arrival.parts is None:
            arrival.parts = workbook_sheets.find_parts(self._store, self._upload(arrival), self._options)

    def _load(self, arrival: Arrival) -> None:
        """Load a file; one that was loaded before, as by a program that then crashed, is only checked again."""
        file, found = self._upload(arrival), arrival.parts
        assert found
        with self._store.read() as con:
            before = (batch_log.batch_of_same_file(con, part.dataset, file.sha256) for part in found.parts)
            batch = next((number for number in before if number is not None), None)
        if batch is None:
            told = submissions.load_parts(self._store, file, found, self._who, self._progress)
        else:
            told = submissions.check_parts(self._store, file, found, self._progress)
        errors = error_file.error_files(self._store, file, found.parts, told.parts)
        arrival.outcome = outcomes.from_report(told, batch, errors)

    def _progress(self, *_: object) -> None:
        if self._stop.is_set():
            raise Cancelled

    def _attempt(self, arrival: Arrival, step: Callable[[Arrival], None]) -> None:
        """Run a step for a file that has no outcome yet; what is wrong with the file becomes its outcome."""
        if arrival.outcome:
            return
        try:
            step(arrival)
        except RETRY_ERRORS as error:
            arrival.looks = -PATIENCE
            self._tell_once(arrival, error.text)
        except DashboardError as error:
            arrival.outcome = outcomes.unusable_file(arrival.name, error.text)
        except duckdb.Error as error:
            arrival.is_given_up = True
            self._tell_once(arrival, BROKEN_OFF.fill(file=arrival.name, reason=str(error).splitlines()[0]))

    def _settle(self, arrival: Arrival) -> Outcome | None:
        """Load a file and file it away; None if that must be tried again."""
        if arrival.parts and not self._stop.is_set():
            self._attempt(arrival, self._load)
        if arrival.outcome is None:
            return None
        try:
            return self._file_away(arrival, arrival.outcome)
        except OSError as error:
            text = CannotWrite(path=error.filename or arrival.path, reason=error.strerror or str(error)).text
            self._tell_once(arrival, text)
            return None

    def _file_away(self, arrival: Arrival, outcome: Outcome) -> Outcome | None:
        """Write the report and then move the file, so that a file in done or rejected always has its report."""
        if _file_stamp(arrival.path) != arrival.stamp:
            return None
        target = _free_path(self._folder / outcome.place / _shorten_name(arrival.name))
        report = {"at": f"{batch_log.current_time():%Y-%m-%d %H:%M:%S}"} | dict(outcome.report)
        beside = {
            ".report.json": json.dumps(report, ensure_ascii=False, indent=1, default=str).encode(),
            ".说明.txt": f"{outcome.sentence.zh}\r\n{outcome.sentence.en}\r\n".encode("utf-8-sig"),
        } | {f"{'.' * bool(each.part)}{each.part}.错误行{each.ending}": each.content for each in outcome.errors}
        for ending, content in beside.items():
            beside_it = target.with_name(target.name + ending)
            beside_it.unlink(missing_ok=True)  # a link that lies there is not written through
            beside_it.write_bytes(content)
        shutil.move(arrival.path, target)
        del self._arrivals[arrival.path]
        self._tell(outcome.sentence)
        return outcome

    def _tell_once(self, arrival: Arrival, text: Text) -> None:
        if text.en not in arrival.messages_sent:
            arrival.messages_sent.add(text.en)
            self._tell(text)


def print_to_stderr(text: Text) -> None:
    """Tell on the error stream, in both languages."""
    print(f"{text.zh} / {text.en}", file=sys.stderr, flush=True)


def load_folder_once(
    store: Store,
    folder: str | Path,
    who: Who,
    options: Options | None = None,
    interval: float = INTERVAL,
    tell: Tell = print_to_stderr,
) -> list[Outcome]:
    """Load what lies in a folder and return what became of each file; raises CannotWrite.

    Files that are still arriving are waited for, but not for ever.
    """
    stop, outcomes = threading.Event(), list[Outcome]()
    prepare_folders(Path(folder))
    watcher = Watcher(store, Path(folder), who, options or Options(), stop, tell)
    for _ in range(3 * PATIENCE):
        outcomes += watcher.look()
        if not watcher.is_waiting:
            break
        stop.wait(interval)
    return outcomes


def watch_until_stopped(
    store: Store,
    folder: str | Path,
    who: Who,
    options: Options | None,
    stop: threading.Event,
    interval: float = INTERVAL,
    tell: Tell = print_to_stderr,
) -> None:
    """Load files as they arrive in a folder until told to stop; raises CannotWrite."""
    prepare_folders(Path(folder))
    watcher = Watcher(store, Path(folder), who, options or Options(), stop, tell)
    while not stop.is_set():
        watcher.look()
        stop.wait(interval)


@contextmanager
def watch_in_thread(
    store: Store, folder: str | Path, who: Who, options: Options | None = None, interval: float = INTERVAL
) -> Iterator[None]:
    """Watch a folder in a thread for as long as the block runs; raises CannotWrite before it starts."""
    prepare_folders(Path(folder))
    stop = threading.Event()
    thread = threading.Thread(
        target=watch_until_stopped, args=(store, folder, who, options, stop, interval), name="watch"
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
