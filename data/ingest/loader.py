"""The loader: check a file, load it as one batch, undo one."""

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
    NotTracked,
    ScopeWithoutReplace,
    UnknownColumn,
    UnknownHeading,
    UnknownTitleUnit,
)
from data.ingest import batch_log, former_values, merge, originals, reports, versions
from data.ingest.batch_log import Counts, Who
from data.ingest.checking import checks, stage
from data.ingest.checking import scope as scopes
from data.ingest.checking.scope import Mode, Scope
from data.ingest.checking.stage import LoadJob
from data.ingest.reading import reader
from data.ingest.reading.reader import Progress, ReadOptions, Source, Upload
from data.ingest.reports import Report
from data.ingest.table import headers, layout
from data.ingest.versions import UndoResult
from data.store import Store
from data.text import join_list

__all__ = [
    "Options",
    "ReadOptions",
    "Report",
    "Scope",
    "UndoResult",
    "Upload",
    "Who",
    "candidate_ledgers",
    "check_file",
    "load_file",
    "undo_batch",
]

MEGABYTE = 1_000_000
SPARE_BYTES = 200 * MEGABYTE  # chosen: room for the write-ahead log and a checkpoint beside the staged file
DISK_FULL_MESSAGE = "No space left on device"
DEFAULT_READING = ReadOptions()


def _no_progress(stage: str, done: int, total: int) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the clerk chooses for one file.

    `year` completes times printed without one; `register` adds unknown parents; `partial` commits the good rows;
    `reading` overrides how the file is read; `mapping` leads headings to columns by hand ("" leaves one out);
    `mode` says what happens to the ledger's other rows, within `scope`; `valid_from` is the day from which changes of
    what figures are judged by hold.
    """

    year: int | None = None
    register: bool = False
    partial: bool = False
    reading: ReadOptions = DEFAULT_READING
    mapping: tuple[tuple[str, str], ...] = ()
    mode: Mode = "upsert"
    scope: Scope | None = None
    valid_from: date | None = None


def candidate_ledgers(
    file: Upload, reading: ReadOptions = DEFAULT_READING, mapped: Mapping[str, Collection[str]] = MappingProxyType({})
) -> list[Dataset]:
    """Return the ledgers that a file may belong to, likeliest first; raises the errors of the reader.

    A ledger to which a clerk once mapped the very same header goes before all that its headings fit; `mapped` gives
    ledger -> the signatures of such headers.
    """
    source = reader.open_file(file, reading, headers.best_known_heading_count)
    led = [DATASETS[name] for name in mapped if _header_signature(DATASETS[name], source, reading) in mapped[name]]
    return led or headers.ledgers_matching_rows([record.cells for record in source.head])


def _header_signature(dataset: Dataset, source: Source, reading: ReadOptions) -> str:
    """Return what the header of a file is remembered by, were it of a ledger; "" if it cannot be."""
    known = partial(headers.known_heading_count, dataset)
    try:
        return headers.header_signature(layout.find_layout(dataset, source.head, reading.header_line, known).header)
    except (NoSuchHeader, UnknownTitleUnit, AmbiguousTitleUnit):
        return ""


def file_headings(dataset: Dataset, file: Upload, reading: ReadOptions) -> list[str]:
    """Return the headings of a file that is meant for a ledger; raises the errors of the reader."""

    def known(cells: list[str]) -> int:
        return headers.known_heading_count(dataset, cells)

    return layout.find_layout(dataset, reader.open_file(file, reading, known).head, reading.header_line, known).header


def require_known_headings(dataset: Dataset, file: Upload, options: Options) -> None:
    """Refuse a mapping of headings that a file does not have; raises UnknownHeading and the errors of the reader."""
    written = [heading.strip() for heading in file_headings(dataset, file, options.reading) if heading.strip()]
    for heading, _ in options.mapping:
        if heading not in written:
            raise UnknownHeading(name=file.name, heading=heading, known="、".join(written))


def open_job(store: Store, dataset: Dataset, file: Upload, path: Path, options: Options) -> LoadJob:
    """Find the table in a file and the ledger's columns in its header."""

    def known(cells: list[str]) -> int:
        return headers.known_heading_count(dataset, cells)

    source = reader.open_file(file, options.reading, known)
    table = layout.find_layout(dataset, source.head, options.reading.header_line, known)
    mapping = _column_mapping(store, dataset, table.header, options)
    match = headers.match_headings(dataset, table.header, file.name, mapping)
    return LoadJob(
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
        valid_from=options.valid_from,
        today=date.today(),
    )


def _require_disk_space(store: Store, size: int) -> None:
    """Refuse to begin where a disk may not hold the staged file, the ledger's new rows and the undo rows."""
    needed = 3 * size + SPARE_BYTES
    for folder in store.folders():
        free = shutil.disk_usage(folder).free
        if free < needed:
            raise NoSpace(path=folder, needed=needed // MEGABYTE + 1, free=free // MEGABYTE)


@contextmanager
def _translate_disk_full(store: Store) -> Iterator[None]:
    """Turn a disk that fills up in the middle into DiskFull."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        if getattr(error, "errno", None) != errno.ENOSPC and DISK_FULL_MESSAGE not in str(error):
            raise
        raise DiskFull(path=store.folders()[-1]) from error


def _column_mapping(store: Store, dataset: Dataset, header: list[str], options: Options) -> dict[str, str]:
    """Return what the clerk mapped by hand, now or the last time a file had this header; raises UnknownColumn."""
    known = headers.mapping_targets(dataset)
    for _, name in options.mapping:
        if name and name not in known:
            raise UnknownColumn(dataset=dataset.label, name=name, known=", ".join(known))
    if options.mapping:
        return dict(options.mapping)
    with store.read() as con:
        return batch_log.saved_mapping(con, dataset, headers.header_signature(header))


def _check_until_stable(store: Store, con: Connection, job: LoadJob, progress: Progress) -> tuple[Report, int]:
    """Check and compare a file, writing temporary tables only; also returns the state of the ledgers it was held to.

    A COMMIT meanwhile could be seen by halves, so the file is checked again, the third time with COMMITs held off.
    """
    for _ in range(2):
        report, seen = _check_against_ledgers(con, job, progress)
        if batch_log.write_counter(con) == seen:
            return report, seen
    with store.gate.reading():
        return _check_against_ledgers(con, job, progress)


def _check_against_ledgers(con: Connection, job: LoadJob, progress: Progress) -> tuple[Report, int]:
    progress("checking", 0, job.rows)
    seen = batch_log.write_counter(con)
    findings = checks.run_checks(con, job)
    progress("comparing", 0, job.rows)
    counts = merge.compare_with_ledger(con, job)
    report = reports.build_report(job, findings, counts)
    if not report.rows:
        raise NoRows(name=job.file.name)
    report.missing = merge.missing_row_count(con, job, counts)
    report.changes = merge.changed_cells(con, job) if counts.updated else []
    report.tracked = former_values.find_changes(con, job)
    former_values.require_later_day(con, job)
    report.warnings = reports.load_warnings(con, job, counts)
    report.warnings += former_values.undated_change_warnings(con, job, report.tracked)
    report.notes += former_values.dated_change_notes(con, job, report.tracked)
    return report, seen


@contextmanager
def _staged_job(
    store: Store, dataset: Dataset, file: Upload, options: Options, progress: Progress
) -> Iterator[_StagedJob]:
    """Read a file into temporary tables, for as long as the block runs; raises what reader and headers raise."""
    if options.mode == "append" and not dataset.is_event:
        raise NotAppendable(dataset=dataset.label)
    if options.scope and options.mode != "replace":
        raise ScopeWithoutReplace
    if options.valid_from and not dataset.history:
        tracked = join_list(ledger.label for ledger in DATASETS.values() if ledger.history)
        raise NotTracked(dataset=dataset.label, known=tracked)
    _require_disk_space(store, len(file.raw))
    with _translate_disk_full(store), store.staged_file() as path, store.scratch() as con:
        scopes.require_valid_scope(con, dataset, options.scope or Scope())
        job = open_job(store, dataset, file, path, options)
        stage.stage_file(con, job, progress)
        if not job.rows:
            raise NoRows(name=file.name)
        yield con, job


_StagedJob = tuple[Connection, LoadJob]


def check_file(
    store: Store, dataset: Dataset, file: Upload, options: Options | None = None, progress: Progress = _no_progress
) -> Report:
    """Say what loading a file would do, and write nothing; raises the errors of the reader and of the headings."""
    with _staged_job(store, dataset, file, options or Options(), progress) as (con, job):
        return _check_until_stable(store, con, job, progress)[0]


class _ConcurrentWrite(Exception):
    """Somebody else wrote between the check of a file and its turn to be written."""


def _try_commit(store: Store, con: Connection, job: LoadJob, who: Who, report: Report, seen: int) -> bool:
    """Write what was examined as one batch; False, and nothing written, if somebody else wrote in between."""
    try:
        with store.write(con):
            if batch_log.write_counter(con) != seen + 1:
                raise _ConcurrentWrite
            batch = batch_log.next_batch(con)
            changed = merge.apply_changes(con, job, batch, report.counts)
            _record_batch(con, job, who, batch, report)
            batch_log.mark_changed(con, changed)
            originals.keep_original(con, batch, job.file)
    except _ConcurrentWrite:
        return False
    report.batch = batch
    return True


def _record_batch(con: Connection, job: LoadJob, who: Who, batch: int, report: Report) -> None:
    """Enter the batch in the book, and what the clerk mapped by hand."""
    batch_log.record_batch(
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
        batch_log.save_mapping(con, job.dataset, headers.header_signature(job.layout.header), job.mapping)


def load_file(
    store: Store,
    dataset: Dataset,
    file: Upload,
    who: Who,
    options: Options | None = None,
    progress: Progress = _no_progress,
    shown: Counts | None = None,
) -> Report:
    """Load a file as one batch: all of its rows or none, or with `partial` the good ones.

    `shown` is what the clerk was told that the file would do, where that is all the clerk agreed to. `batch` of the
    report stays None when rows are refused, nothing changes or it is not what was shown. Raises what `check` raises.
    """
    options = options or Options()
    with _staged_job(store, dataset, file, options, progress) as (con, job):
        while True:
            report, seen = _check_until_stable(store, con, job, progress)
            is_other = shown is not None and report.counts != shown
            if is_other or not report.changes_anything or (report.rejected and not options.partial):
                return report
            progress("writing", 0, job.rows)
            if _try_commit(store, con, job, who, report, seen):
                _purge_originals(store)
                return report


def _purge_originals(store: Store) -> None:
    """Remove the uploaded files that have been kept for long enough."""
    with store.read() as con:
        originals.purge_expired(con, date.today())


def undo_batch(store: Store, batch: int, who: Who, with_later: bool = False) -> UndoResult:
    """Put the ledgers back to what they were without a batch; rows that later batches changed are kept, or go too.

    Raises UnknownBatch, AlreadyUndone, StillUsed, ParentGone.
    """
    with _translate_disk_full(store), store.scratch() as con, store.write(con):
        return versions.undo_batch(con, batch, who, with_later)
