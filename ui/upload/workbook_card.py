"""A workbook several parts of which are read: each with its ledger, its rows and what is wrong with it."""

from __future__ import annotations

from data.datasets import DATASETS
from data.ingest.loader import Report
from data.ingest.submissions import SubmissionReport
from data.text import Text
from ui import messages
from ui import upload_phrases as phrases
from ui.markup import element, words
from ui.preferences import t
from ui.upload import check_report, choices, reading_choices
from ui.upload.pending_files import CheckResult, PendingFile


def draw_parts(sent: PendingFile, checked: CheckResult, told: SubmissionReport) -> None:
    """Show every part of a workbook, with the choices that go for all of them."""
    box, said = check_report.verdict_box(sent.request.options, told)
    parts = (_part_text(phrases.PART, report) for report in told.parts)
    messages.draw_message(box, element("strong", words(said)), *parts)
    messages.draw_caption(phrases.TOGETHER)
    check_report.draw_warnings(told.warnings)
    choices.draw_valid_from_choice(sent, checked)
    choices.draw_year_choice(sent, checked)
    choices.draw_checkboxes(sent, checked)
    for part in sent.as_parts():
        _draw_part(part)
    check_report.draw_remarks(sent, [], told.notes)
    reading_choices.draw_reading_choices(sent, told.parts[0])


def _part_text(phrase: Text, report: Report) -> str:
    """Name a part by its ledger and its sheets, and say what it does."""
    ledger, counts = DATASETS[report.dataset].label, check_report.counts_text(report)
    return t(phrase.fill(ledger=ledger, sheets=report.sheet, counts=counts))


def _draw_part(part: PendingFile) -> None:
    """Show what is wrong with a part, what it changes, and what the reader has to say of it."""
    checked = part.checked
    report = checked.report if checked else None
    if checked is None or report is None:
        return
    if report.warnings or report.errors or report.changes or report.left_out or report.notes:
        messages.draw_heading(_part_text(phrases.PART_TITLE, report))
    check_report.draw_warnings(report.warnings)
    check_report.draw_errors(part, checked)
    check_report.draw_changes(part, report)
    check_report.draw_remarks(part, report.left_out, report.notes)
