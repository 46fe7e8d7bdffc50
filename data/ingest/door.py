"""The one door: check a file, load it as one batch, undo one."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from duckdb import DuckDBPyConnection as Connection

from data.datasets import Dataset
from data.ingest import book, checks, headers, merge, reader, stage
from data.ingest.book import Counts, Who
from data.ingest.checks import Findings
from data.ingest.reader import Progress, Upload
from data.ingest.reasons import NOTES, Finding
from data.ingest.stage import Job
from data.store import Store

__all__ = ["Options", "Report", "Upload", "Who", "check", "load", "undo"]

Changes = list[tuple[str, str, str, str]]

ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 BOM",
    "gb18030": "GB18030",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
}


def _silent(stage: str, rows: int) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the clerk chooses for one file.

    `year` completes times printed without one; `register` adds unknown parents; `partial` commits the good rows.
    """

    year: int | None = None
    register: bool = False
    partial: bool = False


@dataclass(slots=True)
class Report:
    """What a file would do to its ledger, or has done if `batch` is set; `rows` are lines of data in the file."""

    dataset: str
    file: str
    sha256: str
    encoding: str
    layout: str
    rows: int
    columns: dict[str, str]
    unmapped: list[str]
    counts: Counts
    rejected: int
    errors: list[Finding]
    notes: list[Finding]
    year: int | None
    changes: Changes = field(default_factory=list)
    rejected_rows: list[list[str]] = field(default_factory=list)
    batch: int | None = None

    @property
    def changes_anything(self) -> bool:
        return bool(self.counts.inserted or self.counts.updated)

    def as_json(self) -> dict[str, object]:
        return {
            "dataset": self.dataset,
            "file": self.file,
            "sha256": self.sha256,
            "rows": self.rows,
            "inserted": self.counts.inserted,
            "updated": self.counts.updated,
            "unchanged": self.counts.unchanged,
            "rejected": self.rejected,
            "encoding": ENCODING_NAMES[self.encoding],
            "layout": self.layout,
            "columns": self.columns,
            "unmapped": self.unmapped,
            "year": self.year,
            "errors": [e.as_json() for e in self.errors],
            "notes": [n.as_json() for n in self.notes],
        }


def _prepared(dataset: Dataset, file: Upload, path: Path, options: Options, progress: Progress) -> Job:
    lines = reader.split(file, path, lambda cells: headers.recognised(dataset, cells), progress)
    match = headers.match(dataset, lines.header, file.name)
    from_name = options.year is None and file.year is not None
    return Job(dataset, lines, match, options.year or file.year, options.register, from_name)


def _mapping(job: Job) -> dict[str, str]:
    """Return heading of the file -> column of the ledger, or item of a wide file."""
    placed = {h.text: n for n, h in job.match.columns.items()} | {h.text: n for n, h in job.match.items.items()}
    return {written: placed[written] for written in map(str.strip, job.lines.header) if written in placed}


def _rejected_rows(con: Connection, job: Job, errors: list[Finding]) -> list[list[str]]:
    """Return the refused lines as they stood in the file, with their line number and what is wrong in front."""
    reasons: dict[int, list[str]] = {}
    for error in errors:
        reasons.setdefault(error.line, []).append(f"{error.column}: {error.reason.zh}")
    rows = con.execute("SELECT * FROM staged WHERE line IN (SELECT line FROM bad) ORDER BY line").fetchall()
    header = ["行号", "原因", *job.lines.header]
    return [header, *([str(r[0]), "；".join(reasons[r[0]]), *(c or "" for c in r[1:])] for r in rows)] if rows else []


def _examined(store: Store, con: Connection, job: Job, progress: Progress) -> tuple[Findings, Counts, Changes, int]:
    """Check and compare a file, writing temporary tables only; also returns the state of the ledgers it was held to.

    COMMITs are held off only while ledgers are read, not while the file is.
    """
    progress("checking", job.lines.rows)
    stage.prepare(con, job)
    with store.gate.reading():
        seen = book.state(con)
        stage.find_parents(con, job)
    findings = checks.examine(con, job)
    progress("comparing", job.lines.rows)
    with store.gate.reading():
        return findings, merge.compare(con, job), merge.changed_cells(con, job), seen


def _report(con: Connection, job: Job, file: Upload, findings: Findings, counts: Counts, changes: Changes) -> Report:
    """Put together what the check found."""
    report = Report(
        job.dataset.name,
        file.name,
        file.sha256,
        job.lines.encoding,
        job.match.layout,
        job.lines.rows,
        _mapping(job),
        [h.text for h in job.match.unmapped],
        counts,
        len({e.line for e in findings.errors}),
        findings.errors,
        findings.notes,
        job.year,
        changes,
        _rejected_rows(con, job, findings.errors),
    )
    if not report.changes_anything and not report.rejected:
        report.notes.append(Finding(0, "", "", NOTES["nothing_new"]))
    return report


def check(
    store: Store, dataset: Dataset, file: Upload, options: Options | None = None, progress: Progress = _silent
) -> Report:
    """Say what loading a file would do, and write nothing; raises the errors of the reader and of the headings."""
    with store.staged_file() as path, store.scratch() as con:
        job = _prepared(dataset, file, path, options or Options(), progress)
        findings, counts, changes, _ = _examined(store, con, job, progress)
        return _report(con, job, file, findings, counts, changes)


class _Overtaken(Exception):
    """Somebody else wrote between the check of a file and its turn to be written."""


def _committed(store: Store, con: Connection, job: Job, file: Upload, who: Who, report: Report, seen: int) -> bool:
    """Write what was examined as one batch; False, and nothing written, if somebody else wrote in between."""
    try:
        with store.write(con):
            if book.state(con) != seen + 1:
                raise _Overtaken
            batch = book.next_batch(con)
            merge.apply(con, job, batch)
            book.record(con, job, file, who, batch, report.counts, report.rejected)
    except _Overtaken:
        return False
    report.batch = batch
    return True


def load(
    store: Store,
    dataset: Dataset,
    file: Upload,
    who: Who,
    options: Options | None = None,
    progress: Progress = _silent,
) -> Report:
    """Load a file as one batch: all of its rows or none, or with `partial` the good ones.

    `batch` of the report stays None when rows are refused or nothing changes. Raises what `check` raises.
    """
    options = options or Options()
    with store.staged_file() as path, store.scratch() as con:
        job = _prepared(dataset, file, path, options, progress)
        while True:
            findings, counts, changes, seen = _examined(store, con, job, progress)
            report = _report(con, job, file, findings, counts, changes)
            if not report.changes_anything or (report.rejected and not options.partial):
                return report
            progress("writing", job.lines.rows)
            if _committed(store, con, job, file, who, report, seen):
                return report


def undo(store: Store, batch: int, who: Who) -> dict[str, int]:
    """Put the ledgers back to what they were before a batch; returns the rows put back per ledger.

    Raises UnknownBatch, AlreadyUndone, ChangedSince, StillUsed.
    """
    with store.scratch() as con, store.write(con):
        return merge.undo(con, batch, who)
