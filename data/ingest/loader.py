"""The one door: check a file, load it as one batch, undo one."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType

import duckdb
from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Dataset
from data.errors import (
    AmbiguousTitleUnit,
    DiskFull,
    NoRows,
    NoSpace,
    NoSuchHeader,
    NotAppendable,
    ScopeWithoutReplace,
    UnknownColumn,
    UnknownHeading,
    UnknownTitleUnit,
)
from data.ingest import batch_log, merge, originals, reports, versions
from data.ingest.batch_log import Counts, Who
from data.ingest.checking import checks, stage
from data.ingest.checking import scope as scopes
from data.ingest.checking.scope import Mode, Scope
from data.ingest.checking.stage import Job
from data.ingest.reading import reader
from data.ingest.reading.reader import Progress, Reading, Source, Upload
from data.ingest.reports import Report
from data.ingest.table import headers, layout
from data.ingest.versions import Undone
from data.store import Store

__all__ = ["Options", "Reading", "Report", "Scope", "Undone", "Upload", "Who", "check", "load", "recognise", "undo"]

MEGABYTE = 1_000_000
SPARE = 200 * MEGABYTE
FULL = "No space left on device"
AS_FOUND = Reading()


def _silent(stage: str, done: int, total: int) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the clerk chooses for one file.

    `year` completes times printed without one; `register` adds unknown parents; `partial` commits the good rows;
    `reading` overrides how the file is read; `mapping` leads headings to columns by hand ("" leaves one out);
    `mode` says what happens to the ledger's other rows, within `scope`.
    """

    year: int | None = None
    register: bool = False
    partial: bool = False
    reading: Reading = AS_FOUND
    mapping: tuple[tuple[str, str], ...] = ()
    mode: Mode = "upsert"
    scope: Scope | None = None


def recognise(
    file: Upload, reading: Reading = AS_FOUND, mapped: Mapping[str, Collection[str]] = MappingProxyType({})
) -> list[Dataset]:
    """Return the ledgers that a file may belong to, likeliest first; raises the errors of the reader.

    A ledger to which a clerk once mapped the very same header goes before all that its headings fit; `mapped` gives
    ledger -> the signatures of such headers.
    """
    source = reader.open_file(file, reading, headers.known_anywhere)
    led = [DATASETS[name] for name in mapped if _signature(DATASETS[name], source, reading) in mapped[name]]
    return led or headers.candidates([record.cells for record in source.head])


def _signature(dataset: Dataset, source: Source, reading: Reading) -> str:
    """Return what the header of a file is remembered by, were it of a ledger; "" if it cannot be."""
    known = partial(headers.recognised, dataset)
    try:
        return headers.signature(layout.find(dataset, source.head, reading.header_line, known).header)
    except (NoSuchHeader, UnknownTitleUnit, AmbiguousTitleUnit):
        return ""


def header_of(dataset: Dataset, file: Upload, reading: Reading) -> list[str]:
    """Return the headings of a file that is meant for a ledger; raises the errors of the reader."""

    def known(cells: list[str]) -> int:
        return headers.recognised(dataset, cells)

    return layout.find(dataset, reader.open_file(file, reading, known).head, reading.header_line, known).header


def demand_headings(dataset: Dataset, file: Upload, options: Options) -> None:
    """Refuse a mapping of headings that a file does not have; raises UnknownHeading and the errors of the reader."""
    written = [heading.strip() for heading in header_of(dataset, file, options.reading) if heading.strip()]
    for heading, _ in options.mapping:
        if heading not in written:
            raise UnknownHeading(name=file.name, heading=heading, known="、".join(written))


def opened(store: Store, dataset: Dataset, file: Upload, path: Path, options: Options) -> Job:
    """Find the table in a file and the ledger's columns in its header."""

    def known(cells: list[str]) -> int:
        return headers.recognised(dataset, cells)

    source = reader.open_file(file, options.reading, known)
    table = layout.find(dataset, source.head, options.reading.header_line, known)
    mapping = _mapping(store, dataset, table.header, options)
    match = headers.match(dataset, table.header, file.name, mapping)
    return Job(
        file=file,
        dataset=dataset,
        source=source,
        layout=table,
        match=match,
        mapping=mapping,
        path=path,
        year=options.year or file.year,
        year_from_name=options.year is None and file.year is not None,
        register=options.register,
        mode=options.mode,
        scope=options.scope,
        today=date.today(),
    )


def _demand_space(store: Store, size: int) -> None:
    """Refuse to begin where a disk may not hold the staged file, the ledger's new rows and the undo rows."""
    needed = 3 * size + SPARE
    for folder in store.folders():
        free = shutil.disk_usage(folder).free
        if free < needed:
            raise NoSpace(path=folder, needed=needed // MEGABYTE + 1, free=free // MEGABYTE)


@contextmanager
def _disk_trouble(store: Store) -> Iterator[None]:
    """Turn a disk that fills up in the middle into DiskFull."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        if getattr(error, "errno", None) != errno.ENOSPC and FULL not in str(error):
            raise
        raise DiskFull(path=store.folders()[-1]) from error


def _mapping(store: Store, dataset: Dataset, header: list[str], options: Options) -> dict[str, str]:
    """Return what the clerk mapped by hand, now or the last time a file had this header; raises UnknownColumn."""
    known = headers.targets(dataset)
    for _, name in options.mapping:
        if name and name not in known:
            raise UnknownColumn(dataset=dataset.label, name=name, known=", ".join(known))
    if options.mapping:
        return dict(options.mapping)
    with store.read() as con:
        return batch_log.remembered(con, dataset, headers.signature(header))


def _examined(store: Store, con: Connection, job: Job, progress: Progress) -> tuple[Report, int]:
    """Check and compare a file, writing temporary tables only; also returns the state of the ledgers it was held to.

    A COMMIT meanwhile could be seen by halves, so the file is checked again, the third time with COMMITs held off.
    """
    for _ in range(2):
        report, seen = _held_to_ledgers(con, job, progress)
        if batch_log.state(con) == seen:
            return report, seen
    with store.gate.reading():
        return _held_to_ledgers(con, job, progress)


def _held_to_ledgers(con: Connection, job: Job, progress: Progress) -> tuple[Report, int]:
    progress("checking", 0, job.rows)
    seen = batch_log.state(con)
    findings = checks.examine(con, job)
    progress("comparing", 0, job.rows)
    counts = merge.compare(con, job)
    report = reports.of(job, findings, counts)
    if not report.rows:
        raise NoRows(name=job.file.name)
    report.missing = merge.missing(con, job, counts)
    report.changes = merge.changed_cells(con, job) if counts.updated else []
    report.warnings = reports.warnings(con, job, counts)
    return report, seen


@contextmanager
def _staged(store: Store, dataset: Dataset, file: Upload, options: Options, progress: Progress) -> Iterator[_Staged]:
    """Read a file into temporary tables, for as long as the block runs; raises what reader and headers raise."""
    if options.mode == "append" and not dataset.is_event:
        raise NotAppendable(dataset=dataset.label)
    if options.scope and options.mode != "replace":
        raise ScopeWithoutReplace
    _demand_space(store, len(file.raw))
    with _disk_trouble(store), store.staged_file() as path, store.scratch() as con:
        scopes.demand_known(con, dataset, options.scope or Scope())
        job = opened(store, dataset, file, path, options)
        stage.stage(con, job, progress)
        if not job.rows:
            raise NoRows(name=file.name)
        yield con, job


_Staged = tuple[Connection, Job]


def check(
    store: Store, dataset: Dataset, file: Upload, options: Options | None = None, progress: Progress = _silent
) -> Report:
    """Say what loading a file would do, and write nothing; raises the errors of the reader and of the headings."""
    with _staged(store, dataset, file, options or Options(), progress) as (con, job):
        return _examined(store, con, job, progress)[0]


class _Overtaken(Exception):
    """Somebody else wrote between the check of a file and its turn to be written."""


def _committed(store: Store, con: Connection, job: Job, who: Who, report: Report, seen: int) -> bool:
    """Write what was examined as one batch; False, and nothing written, if somebody else wrote in between."""
    try:
        with store.write(con):
            if batch_log.state(con) != seen + 1:
                raise _Overtaken
            batch = batch_log.next_batch(con)
            changed = merge.apply(con, job, batch, report.counts)
            _record(con, job, who, batch, report)
            batch_log.touch(con, changed)
            originals.keep(con, batch, job.file)
    except _Overtaken:
        return False
    report.batch = batch
    return True


def _record(con: Connection, job: Job, who: Who, batch: int, report: Report) -> None:
    """Enter the batch in the book, and what the clerk mapped by hand."""
    batch_log.record(
        con,
        batch=batch,
        dataset=job.dataset,
        file=job.file,
        who=who,
        counts=report.counts,
        rows=report.rows,
        rejected=report.rejected,
        encoding=report.encoding,
        layout=report.layout,
        sheet=report.sheet,
        mode=job.mode,
    )
    if job.mapping:
        batch_log.remember(con, job.dataset, headers.signature(job.layout.header), job.mapping)


def load(
    store: Store,
    dataset: Dataset,
    file: Upload,
    who: Who,
    options: Options | None = None,
    progress: Progress = _silent,
    shown: Counts | None = None,
) -> Report:
    """Load a file as one batch: all of its rows or none, or with `partial` the good ones.

    `shown` is what the clerk was told that the file would do, where that is all the clerk agreed to. `batch` of the
    report stays None when rows are refused, nothing changes or it is not what was shown. Raises what `check` raises.
    """
    options = options or Options()
    with _staged(store, dataset, file, options, progress) as (con, job):
        while True:
            report, seen = _examined(store, con, job, progress)
            is_other = shown is not None and report.counts != shown
            if is_other or not report.changes_anything or (report.rejected and not options.partial):
                return report
            progress("writing", 0, job.rows)
            if _committed(store, con, job, who, report, seen):
                _purge(store)
                return report


def _purge(store: Store) -> None:
    """Remove the uploaded files that have been kept for long enough."""
    with store.read() as con:
        originals.purge(con, date.today())


def undo(store: Store, batch: int, who: Who, with_later: bool = False) -> Undone:
    """Put the ledgers back to what they were without a batch; rows that later batches changed are kept, or go too.

    Raises UnknownBatch, AlreadyUndone, StillUsed, ParentGone.
    """
    with _disk_trouble(store), store.scratch() as con, store.write(con):
        return versions.undo(con, batch, who, with_later)
