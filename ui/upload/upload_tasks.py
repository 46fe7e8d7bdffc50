"""What is done with the files on the tray beside the page: recognise, check, commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data.datasets import DATASETS, Dataset
from data.errors import Cancelled, DashboardError, RepeatedColumn, UnknownUnit, WrongLedger
from data.ingest import error_file, loader
from data.ingest.folder import naming
from data.ingest.loader import Who
from data.ingest.table import headers
from data.store import Store
from ui import upload_phrases
from ui.jobs import Job
from ui.upload.pending_files import Asked, Checked, Outcome, Sent, parents_first

ABOUT_HEADINGS = (WrongLedger, RepeatedColumn, UnknownUnit)
MARKS = {word for mark in headers.MARKS for word in (mark.zh, mark.en)}


def is_known(dataset: Dataset, heading: str) -> bool:
    """Tell whether a heading goes by the name of some column of a ledger."""
    return headers.recognised(dataset, [heading]) > 0


def _headings(dataset: Dataset, asked: Asked, error: DashboardError) -> tuple[str, ...]:
    """Return the headings to place by hand: those that are unknown, or all where the known ones are at fault."""
    header = loader.header_of(dataset, asked.file, asked.options.reading)
    placed = [h for h in dict.fromkeys(header) if h and h not in MARKS]
    return tuple(h for h in placed if not isinstance(error, WrongLedger) or not is_known(dataset, h))


def _candidates(store: Store, asked: Asked) -> tuple[Dataset, ...]:
    """Return the ledgers that a file may be, those that its name names first."""
    if asked.ledger:
        return (DATASETS[asked.ledger],)
    by_name, by_header = naming.named(asked.file.name), naming.fitting(store, asked.file, asked.options.reading)
    return tuple(sorted(by_header, key=lambda d: d not in by_name) or by_name)


def _recognised(store: Store, asked: Asked, state: int) -> Checked:
    """Return the ledgers that a file may be, or why it cannot be read."""
    try:
        found = _candidates(store, asked)
    except DashboardError as error:
        return Checked(asked, state, refused=error.text)
    refused = None if found else upload_phrases.UNKNOWN_LEDGER.fill(name=asked.file.name)
    return Checked(asked, state, found, refused=refused)


def _with_report(store: Store, checked: Checked, job: Job[None]) -> Checked:
    """Return what the check says of a file whose ledger is known."""
    dataset, asked = checked.candidates[0], checked.asked
    try:
        return replace(checked, report=loader.check(store, dataset, asked.file, asked.options, job))
    except Cancelled:
        raise
    except ABOUT_HEADINGS as error:
        return replace(checked, refused=error.text, headings=_headings(dataset, asked, error))
    except DashboardError as error:
        return replace(checked, refused=error.text)


def check_all(store: Store, tray: Sequence[Sent], state: int, job: Job[None]) -> None:
    """Check files one after the other, parents before children, and leave with each what was found."""
    recognised = []
    for place, sent in enumerate(tray):
        job("recognising", place, len(tray))
        recognised.append((sent, _recognised(store, sent.asked, state)))
    for sent, checked in sorted(recognised, key=lambda pair: parents_first(pair[1])):
        job.subject = sent.name
        sent.checked = checked if checked.refused else _with_report(store, checked, job)


def _committed(store: Store, sent: Sent, who: Who, job: Job[list[Outcome]]) -> Outcome:
    assert sent.checked
    assert sent.checked.dataset
    dataset, file, options = sent.checked.dataset, sent.asked.file, sent.asked.options
    shown = sent.checked.report.counts if sent.checked.report and sent.checked.is_ready else None
    report = loader.load(store, dataset, file, who, options, job, shown)
    if shown is not None and report.batch is None and report.counts != shown:
        return Outcome(sent, report, upload_phrases.OVERTAKEN.fill(file=sent.name))
    rest = error_file.made(store, dataset, file, options, report, whole=False) if report.rejected else b""
    return Outcome(sent, report, rest=rest)


def commit_all(store: Store, tray: Sequence[Sent], who: Who, job: Job[list[Outcome]]) -> list[Outcome]:
    """Commit files one after the other, each as a batch of its own; a cancelled one ends the row."""
    outcomes = []
    for sent in tray:
        job.subject = sent.name
        try:
            outcomes.append(_committed(store, sent, who, job))
        except DashboardError as error:
            outcomes.append(Outcome(sent, refused=error.text))
            if isinstance(error, Cancelled):
                break
    return outcomes
