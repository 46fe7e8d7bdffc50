"""What is done with the files on the tray beside the page: recognise, check, commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data.datasets import DATASETS, Dataset
from data.errors import Cancelled, DashboardError, RepeatedColumn, UnknownUnit, WrongLedger
from data.ingest import error_file, loader
from data.ingest.folder import ledger_detection
from data.ingest.loader import Who
from data.ingest.table import headers
from data.store import Store
from ui import upload_phrases
from ui.jobs import Job
from ui.upload.pending_files import CheckResult, CommitOutcome, LoadRequest, PendingFile, dataset_order

HEADING_ERRORS = (WrongLedger, RepeatedColumn, UnknownUnit)
ERROR_FILE_COLUMNS = {word for mark in headers.ERROR_FILE_HEADINGS for word in (mark.zh, mark.en)}


def is_known_heading(dataset: Dataset, heading: str) -> bool:
    """Tell whether a heading goes by the name of some column of a ledger."""
    return headers.known_heading_count(dataset, [heading]) > 0


def _headings_to_place(dataset: Dataset, request: LoadRequest, error: DashboardError) -> tuple[str, ...]:
    """Return the headings to place by hand: those that are unknown, or all where the known ones are at fault."""
    header = loader.file_headings(dataset, request.file, request.options.reading)
    placed = [h for h in dict.fromkeys(header) if h and h not in ERROR_FILE_COLUMNS]
    return tuple(h for h in placed if not isinstance(error, WrongLedger) or not is_known_heading(dataset, h))


def _candidate_ledgers(store: Store, request: LoadRequest) -> tuple[Dataset, ...]:
    """Return the ledgers that a file may be, those that its name names first."""
    if request.ledger:
        return (DATASETS[request.ledger],)
    by_name, by_header = (
        ledger_detection.ledgers_in_name(request.file.name),
        ledger_detection.ledgers_by_header(store, request.file, request.options.reading),
    )
    return tuple(sorted(by_header, key=lambda d: d not in by_name) or by_name)


def _recognise_file(store: Store, request: LoadRequest, state: int) -> CheckResult:
    """Return the ledgers that a file may be, or why it cannot be read."""
    try:
        found = _candidate_ledgers(store, request)
    except DashboardError as error:
        return CheckResult(request, state, refused=error.text)
    refused = None if found else upload_phrases.UNKNOWN_LEDGER.fill(name=request.file.name)
    return CheckResult(request, state, found, refused=refused)


def _check_recognised(store: Store, checked: CheckResult, job: Job[None]) -> CheckResult:
    """Return what the check says of a file whose ledger is known."""
    dataset, request = checked.candidates[0], checked.request
    try:
        return replace(checked, report=loader.check_file(store, dataset, request.file, request.options, job))
    except Cancelled:
        raise
    except HEADING_ERRORS as error:
        return replace(checked, refused=error.text, headings=_headings_to_place(dataset, request, error))
    except DashboardError as error:
        return replace(checked, refused=error.text)


def check_files(store: Store, pending: Sequence[PendingFile], state: int, job: Job[None]) -> None:
    """Check files one after the other, parents before children, and leave with each what was found."""
    recognised = []
    for place, sent in enumerate(pending):
        job("recognising", place, len(pending))
        recognised.append((sent, _recognise_file(store, sent.request, state)))
    for sent, checked in sorted(recognised, key=lambda pair: dataset_order(pair[1])):
        job.subject = sent.name
        sent.checked = checked if checked.refused else _check_recognised(store, checked, job)


def _commit_file(store: Store, sent: PendingFile, who: Who, job: Job[list[CommitOutcome]]) -> CommitOutcome:
    assert sent.checked
    assert sent.checked.dataset
    dataset, file, options = sent.checked.dataset, sent.request.file, sent.request.options
    shown = sent.checked.report.counts if sent.checked.report and sent.checked.is_ready else None
    report = loader.load_file(store, dataset, file, who, options, job, shown)
    if shown is not None and report.batch is None and report.counts != shown:
        return CommitOutcome(sent, report, upload_phrases.OVERTAKEN.fill(file=sent.name))
    rest = error_file.error_file_content(store, dataset, file, options, report, whole=False) if report.rejected else b""
    return CommitOutcome(sent, report, rest=rest)


def commit_files(
    store: Store, pending: Sequence[PendingFile], who: Who, job: Job[list[CommitOutcome]]
) -> list[CommitOutcome]:
    """Commit files one after the other, each as a batch of its own; a cancelled one ends the row."""
    outcomes = []
    for sent in pending:
        job.subject = sent.name
        try:
            outcomes.append(_commit_file(store, sent, who, job))
        except DashboardError as error:
            outcomes.append(CommitOutcome(sent, refused=error.text))
            if isinstance(error, Cancelled):
                break
    return outcomes
