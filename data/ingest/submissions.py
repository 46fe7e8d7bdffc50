"""A file of several parts: checked in their order, each against what the ones before would write, and one submission.

What an earlier part would write stands in temporary tables of the ledgers' own names, which a check finds first; so a
dry run leaves nothing behind and keeps nobody from writing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Dataset
from data.errors import PartsOfWorkbook
from data.ingest import batch_log, former_values, loader, merge, originals
from data.ingest.batch_log import Counts, Submission, Who
from data.ingest.batch_writer import ConcurrentWrite, require_unchanged, write_batch
from data.ingest.checking import stage
from data.ingest.checking.error_reasons import Finding
from data.ingest.checking.stage import LoadJob
from data.ingest.disk_full import translate_disk_full
from data.ingest.loader import Report
from data.ingest.reading.reader import Progress, Upload
from data.ingest.workbook_sheets import Part, Parts
from data.schema import quote_ident, undo_table
from data.store import Store
from data.text import Text

PREVIEW = 0  # the batch of rows that are written nowhere but in a preview; batches count from 1
SUMMED = ("rows", "inserted", "updated", "unchanged", "deleted", "missing", "rejected")
LISTED = ("unmapped", "warnings", "groups", "errors", "notes", "left_out")
NAMED = ("dataset", "encoding", "sheet", "layout")


@dataclass(slots=True)
class SubmissionReport:
    """What a file would do to its ledgers, or has done: a report for each part, parents first.

    `notes` and `warnings` are about sheets that are in no part. Where parts disagree on a row nobody can tell which
    is the good one.
    """

    parts: list[Report]
    notes: list[Finding] = field(default_factory=list)
    warnings: list[Text] = field(default_factory=list)
    disagrees: bool = False

    @property
    def counts(self) -> tuple[Counts, ...]:
        return tuple(report.counts for report in self.parts)

    @property
    def rejected(self) -> int:
        return sum(report.rejected for report in self.parts)

    @property
    def changes_anything(self) -> bool:
        return any(report.changes_anything for report in self.parts)

    @property
    def batches(self) -> list[int]:
        return [report.batch for report in self.parts if report.batch is not None]

    def may_be_written(self, partial: bool) -> bool:
        """Tell whether there is something to write, and no row is refused, or the good ones are meant."""
        return self.changes_anything and (not self.rejected or (partial and not self.disagrees))

    def as_json(self) -> dict[str, object]:
        """Return the report of the one part, or of several the sums and lists of all, and each by itself."""
        told: list[dict[str, Any]] = [report.as_json() for report in self.parts]
        lists = {name: [entry for part in told for entry in part[name]] for name in LISTED}
        lists["notes"] += [note.as_json() for note in self.notes]
        lists["warnings"] += [{"zh": warning.zh, "en": warning.en} for warning in self.warnings]
        return told[0] | lists | (self._sums_and_parts(told) if len(told) > 1 else {})

    def _sums_and_parts(self, told: list[dict[str, Any]]) -> dict[str, object]:
        sums = {name: sum(part[name] for part in told) for name in SUMMED}
        names = {name: "、".join(dict.fromkeys(part[name] for part in told)) for name in NAMED}
        columns = {heading: name for part in told for heading, name in part["columns"].items()}
        parts = [part | {"batch": report.batch} for part, report in zip(told, self.parts, strict=True)]
        written = {"batch": next(iter(self.batches), None), "batches": self.batches}
        return sums | names | {"columns": columns} | written | {"parts": parts}


class _CheckedPart(NamedTuple):
    job: LoadJob
    report: Report


def check_parts(store: Store, file: Upload, found: Parts, progress: Progress = loader.no_progress) -> SubmissionReport:
    """Say what loading a file would do, and write nothing; raises what `check_file` raises, and PartsOfWorkbook."""
    if len(found.parts) == 1:
        [part] = found.parts
        return _told(found, [loader.check_file(store, part.dataset, file, part.options, progress)])
    with _prepared(store, file, found.parts) as (con, path):
        return _told_of_all(found, _check_until_stable(store, con, file, found.parts, path, progress)[0])


def load_parts(
    store: Store,
    file: Upload,
    found: Parts,
    who: Who,
    progress: Progress = loader.no_progress,
    shown: tuple[Counts, ...] | None = None,
) -> SubmissionReport:
    """Load a file, a batch for each part that changes something: all of them or none.

    `shown` is what the clerk was told that each part would do. Raises what `check_parts` raises.
    """
    if len(found.parts) == 1:
        [part], only = found.parts, shown[0] if shown else None
        return _told(found, [loader.load_file(store, part.dataset, file, who, part.options, progress, only)])
    return _load_together(store, file, found, who, progress, shown)


def _load_together(
    store: Store, file: Upload, found: Parts, who: Who, progress: Progress, shown: tuple[Counts, ...] | None
) -> SubmissionReport:
    """Load several parts; checked again and again until nobody writes between the check and its turn."""
    partial = found.parts[0].options.partial
    with _prepared(store, file, found.parts) as (con, path):
        while True:
            checked, seen = _check_until_stable(store, con, file, found.parts, path, progress)
            told = _told_of_all(found, checked)
            if shown not in (None, told.counts) or not told.may_be_written(partial):
                return told
            progress("writing", 0, sum(report.rows for report in told.parts))
            if _try_commit(store, con, file, checked, who, seen):
                loader.settle_kept_files(store)
                return told


def _told(found: Parts, reports: list[Report], disagrees: bool = False) -> SubmissionReport:
    return SubmissionReport(reports, list(found.notes), list(found.warnings), disagrees)


def _told_of_all(found: Parts, checked: Sequence[_CheckedPart]) -> SubmissionReport:
    return _told(found, [part.report for part in checked], any(part.job.disagrees for part in checked))


@contextmanager
def _prepared(store: Store, file: Upload, parts: Sequence[Part]) -> Iterator[tuple[Connection, Path]]:
    """Give what a check of several parts needs, for as long as the block runs; raises PartsOfWorkbook, NoSpace."""
    if any(part.options.mode != "upsert" for part in parts):
        raise PartsOfWorkbook(name=file.name, sheets="；".join("、".join(p.options.reading.sheets) for p in parts))
    former_values.require_tracked([part.dataset for part in parts], parts[0].options.valid_from)
    loader.require_disk_space(store, file.size)
    with translate_disk_full(store), store.staged_file() as path, store.scratch() as con:
        yield con, path


def _check_until_stable(
    store: Store, con: Connection, file: Upload, parts: Sequence[Part], path: Path, progress: Progress
) -> tuple[list[_CheckedPart], int]:
    """Check all parts against one state of the ledgers, the third time with COMMITs held off; return that state too."""
    for _ in range(2):
        seen = batch_log.write_counter(con)
        checked = _check_in_order(store, con, file, parts, path, progress)
        if batch_log.write_counter(con) == seen:
            return checked, seen
    with store.gate.reading():
        seen = batch_log.write_counter(con)
        return _check_in_order(store, con, file, parts, path, progress), seen


def _check_in_order(
    store: Store, con: Connection, file: Upload, parts: Sequence[Part], path: Path, progress: Progress
) -> list[_CheckedPart]:
    """Check the parts one after the other, and keep of each what it would write."""
    checked: list[_CheckedPart] = []
    _drop_preview(con)
    for place, part in enumerate(parts):
        job = loader.open_job(store, part.dataset, file, path, part.options)
        job.earlier = {_kept("good", n): c.job.columns for n, c in enumerate(checked) if c.job.dataset is job.dataset}
        stage.stage_file(con, job, progress)
        report = loader.check_against_ledgers(con, job, progress)
        later = {ledger for behind in parts[place + 1 :] for ledger in _ledgers_read(behind.dataset)}
        for name in (*_result_tables(job), *(["good"] if job.dataset.name in later else [])):
            con.execute(f"CREATE OR REPLACE TEMP TABLE {_kept(name, place)} AS FROM {quote_ident(name)}")
        checked.append(_CheckedPart(job, report))
        if any(dataset.name in later for dataset in _written_ledgers(job)):
            _preview(con, job, report.counts)
    return checked


def _ledgers_read(dataset: Dataset) -> set[str]:
    """Return the ledgers that the check of a part looks into: its own and those that it names."""
    own = {dataset.name, dataset.history_ledger} if dataset.history else {dataset.name}
    return own | {column.references for column in dataset.columns if column.references}


def _result_tables(job: LoadJob) -> list[str]:
    """Return the tables that hold what a check found: the changes, the parents to register."""
    return ["diff", *(f"new_{column.name}" for column in job.parents)]


def _kept(name: str, place: int) -> str:
    return quote_ident(f"{name} of part {place}")


def _preview(con: Connection, job: LoadJob, counts: Counts) -> None:
    """Write what a part would do into copies of the ledgers, which the parts behind it are then held to."""
    for dataset in _written_ledgers(job):
        con.execute(f"CREATE TEMP TABLE IF NOT EXISTS {quote_ident(dataset.name)} AS FROM {quote_ident(dataset.name)}")
        old = quote_ident(undo_table(dataset))
        con.execute(f"CREATE TEMP TABLE IF NOT EXISTS {old} AS FROM {old} LIMIT 0")
    merge.apply_changes(con, job, PREVIEW, counts)


def _written_ledgers(job: LoadJob) -> list[Dataset]:
    """Return all that `merge.apply_changes` may write to for a part; what is left out here a dry run would change."""
    former = [DATASETS[job.dataset.history_ledger]] if job.dataset.history else []
    return [job.dataset, *former, *(DATASETS[column.references] for column in job.parents if job.register)]


def _drop_preview(con: Connection) -> None:
    for dataset in DATASETS.values():
        for table in (dataset.name, undo_table(dataset)):
            con.execute(f"DROP TABLE IF EXISTS temp.main.{quote_ident(table)}")


def _try_commit(
    store: Store, con: Connection, file: Upload, checked: Sequence[_CheckedPart], who: Who, seen: int
) -> bool:
    """Write every part as a batch, in one transaction; False, and nothing written, if somebody else wrote before."""
    _drop_preview(con)
    try:
        with store.write(con):
            require_unchanged(con, seen)
            together = Submission(batch_log.next_batch(con), tuple(dict.fromkeys(c.job.dataset.name for c in checked)))
            batches = [_write_part(con, part, place, who, together) for place, part in enumerate(checked)]
            originals.keep_original(con, together.number, file)
    except ConcurrentWrite:
        return False
    for part, batch in zip(checked, batches, strict=True):
        part.report.batch = batch
    return True


def _write_part(con: Connection, part: _CheckedPart, place: int, who: Who, together: Submission) -> int | None:
    """Write what was found of a part as a batch; None where it changes nothing."""
    if not part.report.changes_anything:
        return None
    for name in _result_tables(part.job):
        kind = "VIEW" if name == "diff" else "TABLE"
        con.execute(f"CREATE OR REPLACE TEMP {kind} {quote_ident(name)} AS FROM {_kept(name, place)}")
    return write_batch(con, part.job, who, part.report, together)
