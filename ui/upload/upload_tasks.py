"""What is done with the files on the tray beside the page: recognise, check, commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data.datasets import DATASETS, Dataset
from data.errors import Cancelled, DashboardError, PersonalData, RepeatedColumn, UnknownUnit, WrongLedger
from data.ingest import error_file, loader, submissions, workbook_sheets
from data.ingest.folder import ledger_detection
from data.ingest.loader import Report, Upload, Who
from data.ingest.personal_data import only_columns
from data.ingest.reading import reader
from data.ingest.table import headers
from data.ingest.workbook_sheets import Part
from data.store import Store
from data.text import SPACE, Text, join_texts
from ui import upload_phrases, upload_storage
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


def _columns_to_give(dataset: Dataset, error: WrongLedger) -> tuple[str, ...]:
    """Return the missing columns that may hold the same in all rows: not the one that tells them apart."""
    return tuple(name for name in error.columns if (name,) != dataset.key)


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
        sheets = workbook_sheets.sheet_parts(store, request.file, request.options, DATASETS.get(request.ledger))
        found = tuple(part.dataset for part in sheets.parts) or _candidate_ledgers(store, request)
    except PersonalData as error:
        return _refused_for_persons(CheckResult(request, state), error)
    except DashboardError as error:
        return CheckResult(request, state, refused=error.text)
    return CheckResult(request, state, found, sheets, refused=None if found else _unknown_ledger_text(request))


def _refused_for_persons(checked: CheckResult, error: PersonalData) -> CheckResult:
    """Return the refusal of a file that tells of persons, with its columns, if they can be told apart."""
    request = checked.request
    ledger = checked.dataset or DATASETS.get(request.ledger)
    try:
        columns = only_columns.file_columns(request.file, request.options.reading, ledger)
    except DashboardError:
        columns = []
    return replace(checked, refused=error.text, columns=tuple(columns))


def _unknown_ledger_text(request: LoadRequest) -> Text:
    """Say that no ledger is recognised, and which one most of the headings are of."""
    said = [upload_phrases.UNKNOWN_LEDGER.fill(name=request.file.name)]
    nearest = loader.likeliest_ledger(request.file, request.options.reading)
    said += [upload_phrases.NEAREST_LEDGER.fill(ledger=nearest.label)] if nearest else []
    return join_texts(said, SPACE)


def _check_recognised(store: Store, checked: CheckResult, job: Job[None]) -> CheckResult:
    """Return what the check says of a file whose ledger is known."""
    dataset, request = checked.candidates[0], checked.request
    try:
        return replace(checked, told=submissions.check_parts(store, request.file, checked.parts, job))
    except Cancelled:
        raise
    except PersonalData as error:
        return _refused_for_persons(checked, error)
    except HEADING_ERRORS as error:
        missing = _columns_to_give(dataset, error) if isinstance(error, WrongLedger) else ()
        headings = _headings_to_place(dataset, request, error)
        return replace(checked, refused=error.text, headings=headings, missing=missing)
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
        told = checked if checked.refused else _check_recognised(store, checked, job)
        sent.checked = replace(told, sheet_names=reader.sheet_names(sent.request.file)) if told.refused else told
        if told.columns:
            _take_off_disk(sent)


def _take_off_disk(sent: PendingFile) -> None:
    """Hold a file that tells of persons in memory alone, until the clerk has chosen its columns or leaves it."""
    content = sent.request.file.content
    sent.hold_in_memory(upload_storage.copied_to_memory(content))
    upload_storage.close_file(content)


def _commit_file(store: Store, sent: PendingFile, who: Who, job: Job[list[CommitOutcome]]) -> list[CommitOutcome]:
    """Commit a file; return what came of each part that was written, or of the file if none was."""
    assert sent.checked
    file, parts = sent.request.file, sent.checked.parts
    shown = sent.checked.told.counts if sent.checked.told and sent.checked.is_ready else None
    told = submissions.load_parts(store, file, parts, who, job, shown)
    if shown is not None and not told.batches:
        return [CommitOutcome(sent, told.parts[0], upload_phrases.OVERTAKEN.fill(file=sent.name))]
    done = [
        CommitOutcome(sent, report, rest=_refused_rows(store, part, file, report))
        for part, report in zip(parts.parts, told.parts, strict=True)
    ]
    return [outcome for outcome in done if outcome.is_committed or outcome.rest] or done[:1]


def _refused_rows(store: Store, part: Part, file: Upload, report: Report) -> bytes:
    """Return the file of the rows that were refused; nothing without any."""
    if not report.rejected:
        return b""
    return error_file.error_file_content(store, part.dataset, file, part.options, report, whole=False)


def commit_files(
    store: Store, pending: Sequence[PendingFile], who: Who, job: Job[list[CommitOutcome]]
) -> list[CommitOutcome]:
    """Commit files one after the other, each as a submission of its own; a cancelled one ends the row."""
    outcomes: list[CommitOutcome] = []
    for sent in pending:
        job.subject = sent.name
        try:
            outcomes += _commit_file(store, sent, who, job)
        except DashboardError as error:
            outcomes.append(CommitOutcome(sent, refused=error.text))
            if isinstance(error, Cancelled):
                break
    return outcomes
