"""The loader: check a file, load it as one batch, undo one."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Dataset
from data.errors import (
    AmbiguousTitleUnit,
    NoRows,
    NoSpace,
    NoSuchHeader,
    NotAppendable,
    PhotoOfAnotherLedger,
    ScopeWithoutReplace,
    UnknownHeading,
    UnknownTitleUnit,
)
from data.ingest import batch_log, former_values, merge, originals, photo_files, reports, versions
from data.ingest.batch_log import Counts, Who
from data.ingest.batch_writer import ConcurrentWrite, require_unchanged, write_batch
from data.ingest.checking import checks, constants, declared_system, replacements, stage
from data.ingest.checking import scope as scopes
from data.ingest.checking.scope import Mode, Scope
from data.ingest.checking.stage import LoadJob
from data.ingest.disk_full import translate_disk_full
from data.ingest.personal_data import vetting
from data.ingest.reading import photo
from data.ingest.reading.places import file_title
from data.ingest.reading.reader import Progress, ReadOptions, Source, Upload
from data.ingest.reports import Report
from data.ingest.table import feature_places, headers, layout
from data.ingest.table.headers import HeaderMatch
from data.ingest.table.joined_sheets import join_sheets
from data.ingest.table.layout import Layout
from data.ingest.versions import UndoResult
from data.store import Store

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
DEFAULT_READING = ReadOptions()


def no_progress(stage: str, done: int, total: int) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the clerk chooses for one file.

    `year` completes times printed without one; `register` adds unknown parents; `partial` commits the good rows;
    `reading` overrides how the file is read; `mapping` leads headings to columns by hand ("" leaves one out);
    `constants` gives columns that the file lacks one cell for all rows; `replacements` (column, cell, known) reads a
    cell that nobody knows as a known name, code or choice; columns go by code, label or other name.
    `mode` says what happens to the ledger's other rows, within `scope`; `valid_from` is the day from which changes of
    what figures are judged by hold. `state` is that of the database from which the rows were taken, where they were:
    once somebody has written since, nothing is loaded.
    """

    year: int | None = None
    register: bool = False
    partial: bool = False
    reading: ReadOptions = DEFAULT_READING
    mapping: tuple[tuple[str, str], ...] = ()
    constants: tuple[tuple[str, str], ...] = ()
    replacements: tuple[tuple[str, str, str], ...] = ()
    mode: Mode = "upsert"
    scope: Scope | None = None
    valid_from: date | None = None
    state: int | None = None


def candidate_ledgers(
    file: Upload, reading: ReadOptions = DEFAULT_READING, mapped: Mapping[str, Collection[str]] = MappingProxyType({})
) -> list[Dataset]:
    """Return the ledgers that a file may belong to, likeliest first; raises the errors of the reader.

    A ledger to which a clerk once mapped the very same header goes before all that its headings fit; `mapped` gives
    ledger -> the signatures of such headers.
    """
    return ledgers_of_source(vetting.open_file(file, reading, headers.best_known_heading_count), reading, mapped)


def ledgers_of_source(source: Source, reading: ReadOptions, mapped: Mapping[str, Collection[str]]) -> list[Dataset]:
    """Return the ledgers that what was read may belong to, likeliest first."""
    led = [DATASETS[name] for name in mapped if _header_signature(DATASETS[name], source, reading) in mapped[name]]
    return led or headers.ledgers_matching_rows([record.cells for record in source.head])


def likeliest_ledger(file: Upload, reading: ReadOptions = DEFAULT_READING) -> Dataset | None:
    """Return the ledger that most headings of a file are of, if it lacks others; raises the errors of the reader."""
    source = vetting.open_file(file, reading, headers.best_known_heading_count)
    return headers.likeliest_ledger([record.cells for record in source.head])


def _header_signature(dataset: Dataset, source: Source, reading: ReadOptions) -> str:
    """Return what the header of a file is remembered by, were it of a ledger; "" if it cannot be."""
    known = partial(headers.known_heading_count, dataset)
    try:
        return headers.header_signature(
            layout.find_layout(dataset, source.head, reading.header_line or source.header_line, known).header
        )
    except (NoSuchHeader, UnknownTitleUnit, AmbiguousTitleUnit):
        return ""


def file_headings(dataset: Dataset, file: Upload, reading: ReadOptions) -> list[str]:
    """Return the headings of a file that is meant for a ledger; raises the errors of the reader."""

    known = partial(headers.known_heading_count, dataset)
    source = vetting.open_sheets(file, reading, known)[0]
    return layout.find_layout(dataset, source.head, reading.header_line or source.header_line, known).header


def require_known_headings(file: Upload, headings: Iterable[str], options: Options) -> None:
    """Refuse a mapping of headings that a file does not have; raises UnknownHeading."""
    written = [heading.strip() for heading in headings if heading.strip()]
    for heading, _ in options.mapping:
        if heading not in written:
            raise UnknownHeading(name=file.name, heading=heading, known="、".join(written))


def open_job(store: Store, dataset: Dataset, file: Upload, path: Path, options: Options) -> LoadJob:
    """Find the table in a file and the ledger's columns in its header."""
    known = partial(headers.known_heading_count, dataset)
    if photo.is_photo(file.content) and dataset.name != "photo":
        raise PhotoOfAnotherLedger(name=file.name, ledger=dataset.label)
    vetting.refuse_given_values([given[-1] for given in (*options.constants, *options.replacements)])
    found = find_columns(store, dataset, file, vetting.open_sheets(file, options.reading, known), options)
    return LoadJob(
        file=file,
        dataset=dataset,
        source=found.source,
        layout=found.layout,
        match=found.match,
        mapping=found.mapping,
        picture_headings=found.picture_headings,
        replacements=replacements.given_replacements(dataset, options.replacements),
        path=path,
        year=options.year or file.year,
        year_from_name=options.year is None and file.year is not None,
        register=options.register,
        mode=options.mode,
        scope=options.scope,
        valid_from=options.valid_from if dataset.history else None,
        today=date.today(),
    )


class Table(NamedTuple):
    """The table of a file, and what each of its columns is in a ledger."""

    source: Source
    layout: Layout
    match: HeaderMatch
    mapping: dict[str, str]
    picture_headings: tuple[str, ...]


def find_columns(store: Store, dataset: Dataset, file: Upload, sources: Sequence[Source], options: Options) -> Table:
    """Find the table in what was read, sheets of one header as one, and the ledger's columns in it.

    Raises what `find_layout` and `match_headings` raise, and UnknownColumn.
    """
    known = partial(headers.known_heading_count, dataset)
    tables = [
        layout.find_layout(dataset, source.head, options.reading.header_line or source.header_line, known)
        for source in sources
    ]
    pictures = _picture_headings(sources, tables)
    source, joined = join_sheets(sources, tables)
    table = layout.without_columns(joined, [i for i, heading in enumerate(joined.header) if heading in pictures])
    mapping = _column_mapping(store, dataset, table.header, options)
    title = file_title(file.name, source.place(table.header_line).sheet)
    given = constants.given_constants(dataset, options.constants)
    match = headers.match_headings(dataset, table.header, title, mapping, given)
    feature_places.require_fitting_places(dataset, title, source, [heading.text for heading in match.unmapped])
    return Table(source, table, match, mapping, pictures)


def _picture_headings(sources: Sequence[Source], tables: Sequence[Layout]) -> tuple[str, ...]:
    """Return the headings of the columns that hold pictures on any sheet."""
    found = (
        table.header[place]
        for source, table in zip(sources, tables, strict=True)
        for place in source.picture_columns
        if place < len(table.header)
    )
    return tuple(dict.fromkeys(found))


def require_disk_space(store: Store, size: int) -> None:
    """Refuse to begin where a disk may not hold the staged file, the ledger's new rows and the undo rows."""
    needed = 3 * size + SPARE_BYTES
    for folder in store.folders():
        free = shutil.disk_usage(folder).free
        if free < needed:
            raise NoSpace(path=folder, needed=needed // MEGABYTE + 1, free=free // MEGABYTE)


def _column_mapping(store: Store, dataset: Dataset, header: list[str], options: Options) -> dict[str, str]:
    """Return what the clerk mapped by hand, now or the last time a file had this header; raises UnknownColumn."""
    if options.mapping:
        return {heading: headers.target_named(dataset, to) if to else "" for heading, to in options.mapping}
    with store.read() as con:
        return batch_log.saved_mapping(con, dataset, headers.header_signature(header))


def _check_until_stable(store: Store, con: Connection, job: LoadJob, progress: Progress) -> tuple[Report, int]:
    """Check and compare a file, writing temporary tables only; also returns the state of the ledgers it was held to.

    A COMMIT meanwhile could be seen by halves, so the file is checked again, the third time with COMMITs held off.
    """
    for _ in range(2):
        seen = batch_log.write_counter(con)
        report = check_against_ledgers(con, job, progress)
        if batch_log.write_counter(con) == seen:
            return report, seen
    with store.gate.reading():
        seen = batch_log.write_counter(con)
        return check_against_ledgers(con, job, progress), seen


def check_against_ledgers(con: Connection, job: LoadJob, progress: Progress) -> Report:
    """Check what was staged and set it against the ledgers as they stand; raises NoRows."""
    progress("checking", 0, job.rows)
    findings = checks.run_checks(con, job)
    progress("comparing", 0, job.rows)
    counts = merge.compare_with_ledger(con, job)
    report = reports.build_report(job, findings, counts)
    if not report.rows:
        raise NoRows(name=job.title(job.layout.header_line))
    report.missing = merge.missing_row_count(con, job, counts)
    report.file_scope = scopes.file_scope(con, job.dataset, [c.name for c in job.columns], "clean")
    report.changes = merge.changed_cells(con, job) if counts.updated else []
    report.tracked = former_values.find_changes(con, job)
    former_values.require_later_day(con, job)
    report.warnings = reports.load_warnings(con, job, counts)
    report.notes += reports.joined_sheets_notes(con, job, findings)
    report.warnings += declared_system.declared_system_warnings(job)
    report.warnings += former_values.undated_change_warnings(con, job, report.tracked)
    report.warnings += former_values.former_ledger_warnings(job, counts)
    report.notes += former_values.dated_change_notes(con, job, report.tracked)
    return report


@contextmanager
def _staged_job(
    store: Store, dataset: Dataset, file: Upload, options: Options, progress: Progress
) -> Iterator[_StagedJob]:
    """Read a file into temporary tables, for as long as the block runs; raises what reader and headers raise."""
    if options.mode == "append" and not dataset.is_event:
        raise NotAppendable(dataset=dataset.label)
    if options.scope and options.mode != "replace":
        raise ScopeWithoutReplace
    former_values.require_tracked([dataset], options.valid_from)
    require_disk_space(store, file.size)
    with translate_disk_full(store), store.staged_file() as path, store.scratch() as con:
        scopes.require_valid_scope(con, dataset, options.scope or Scope())
        job = open_job(store, dataset, file, path, options)
        stage.stage_file(con, job, progress)
        if not job.rows:
            raise NoRows(name=file.name)
        yield con, job


_StagedJob = tuple[Connection, LoadJob]


def check_file(
    store: Store, dataset: Dataset, file: Upload, options: Options | None = None, progress: Progress = no_progress
) -> Report:
    """Say what loading a file would do, and write nothing; raises the errors of the reader and of the headings."""
    with _staged_job(store, dataset, file, options or Options(), progress) as (con, job):
        return _check_until_stable(store, con, job, progress)[0]


def _try_commit(store: Store, con: Connection, job: LoadJob, who: Who, report: Report, seen: int) -> bool:
    """Write what was examined as one batch; False, and nothing written, if somebody else wrote in between."""
    try:
        with store.write(con):
            require_unchanged(con, seen)
            batch = write_batch(con, job, who, report)
            _keep_file(con, batch, job.file)
    except ConcurrentWrite:
        return False
    report.batch = batch
    return True


def load_file(
    store: Store,
    dataset: Dataset,
    file: Upload,
    who: Who,
    options: Options | None = None,
    progress: Progress = no_progress,
    shown: Counts | None = None,
) -> Report:
    """Load a file as one batch: all of its rows or none, or with `partial` the good ones.

    `shown` is what the clerk was told that the file would do, where that is all the clerk agreed to. `batch` of the
    report stays None when rows are refused, nothing changes, it is not what was shown or the rows are of another
    state of the database. Raises what `check` raises.
    """
    options = options or Options()
    with _staged_job(store, dataset, file, options, progress) as (con, job):
        while True:
            report, seen = _check_until_stable(store, con, job, progress)
            is_other = (shown is not None and report.counts != shown) or options.state not in (None, seen)
            if is_other or not report.changes_anything or (report.rejected and not options.partial):
                photo_files.restore_photo(store, file)
                return report
            progress("writing", 0, job.rows)
            if _try_commit(store, con, job, who, report, seen):
                settle_kept_files(store)
                return report


def _keep_file(con: Connection, batch: int, file: Upload) -> None:
    """Keep what a batch was loaded from: a file as it came in, of a photo only the picture."""
    if photo.is_photo(file.content):
        photo_files.keep_photo(con, file)
    else:
        originals.keep_original(con, batch, file)


def settle_kept_files(store: Store) -> None:
    """Mark the uploaded files and photos of committed batches as such, and remove those whose time is over."""
    with store.read() as con:
        originals.confirm_committed(con)
        originals.purge_expired(con, date.today())
    photo_files.settle_photos(store)


def undo_batch(store: Store, batch: int, who: Who, with_later: bool = False) -> UndoResult:
    """Put the ledgers back to what they were without a batch; rows that later batches changed are kept, or go too.

    Raises UnknownBatch, AlreadyUndone, StillUsed, ParentGone.
    """
    with translate_disk_full(store), store.scratch() as con, store.write(con):
        undone = versions.undo_batch(con, batch, who, with_later)
    photo_files.settle_photos(store)
    return undone
