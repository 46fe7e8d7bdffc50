"""What a check found, written into the ledger and entered in the book as a batch."""

from __future__ import annotations

from duckdb import DuckDBPyConnection as Connection

from data.ingest import batch_log, merge
from data.ingest.batch_log import Submission, Who
from data.ingest.checking.stage import LoadJob
from data.ingest.reports import Report
from data.ingest.table import headers


class ConcurrentWrite(Exception):
    """Somebody else wrote between the check of a file and its turn to be written."""


def require_unchanged(con: Connection, seen: int) -> None:
    """Break a write off, by ConcurrentWrite, if the ledgers are not in the state that the check has seen."""
    if batch_log.write_counter(con) != seen + 1:
        raise ConcurrentWrite


def write_batch(con: Connection, job: LoadJob, who: Who, report: Report, submission: Submission | None = None) -> int:
    """Write what a check found as a batch, and enter it in the book; return its number."""
    batch = batch_log.next_batch(con)
    changed = merge.apply_changes(con, job, batch, report.counts)
    _record_batch(con, job, who, batch, report, submission)
    batch_log.mark_changed(con, changed)
    return batch


def _record_batch(
    con: Connection, job: LoadJob, who: Who, batch: int, report: Report, submission: Submission | None
) -> None:
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
        given=_given_by_hand(job),
        submission=submission,
    )
    if job.mapping:
        batch_log.save_mapping(con, job.dataset, headers.header_signature(job.layout.header), job.mapping)


def _given_by_hand(job: LoadJob) -> str:
    """Return what the clerk gave for the whole file and read as something else, as --set and --replace say it."""
    replaced = [f"{column}:{cell}={known}" for (column, cell), known in job.replacements.items()]
    return "; ".join([*(f"{column}={cell}" for column, cell in job.match.constants.items()), *replaced])
