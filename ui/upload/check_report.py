"""What the check found, as the clerk reads it: verdict, warnings, errors by reason, lines left out, old and new."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st
from markupsafe import Markup

from data.datasets import DATASETS, Dataset
from data.ingest import error_file
from data.ingest.checking.error_reasons import ErrorGroup, Finding
from data.ingest.loader import Options, Report
from data.ingest.reading.reader import ENCODING_NAMES
from data.ingest.submissions import SubmissionReport
from data.text import SPACE, Text, join_texts, mid_sentence
from ui import changed_cells, messages
from ui import upload_phrases as phrases
from ui.markup import element, joined, words
from ui.preferences import t
from ui.store import shared_store
from ui.upload.pending_files import CheckResult, PendingFile

MAX_FINDINGS = 1_000  # chosen: more than is read on screen; the error file has them all
MAX_EXAMPLE_LINES = 5  # chosen: as many lines as a sentence bears
MAX_GROUPS = 12  # chosen: one screen; the full list has the others
FILE_KINDS = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def counts_text(report: Report) -> str:
    """Say how many rows a file or a part of it has, and what they do."""
    counts = report.counts
    said = [
        phrases.COUNTS.fill(
            rows=f"{report.rows:,}",
            inserted=f"{counts.inserted:,}",
            updated=f"{counts.updated:,}",
            unchanged=f"{counts.unchanged:,}",
            rejected=f"{report.rejected:,}",
        )
    ]
    if counts.deleted:
        said.append(phrases.DELETED_COUNT.fill(deleted=f"{counts.deleted:,}"))
    elif report.missing:
        said.append(phrases.MISSING_COUNT.fill(missing=f"{report.missing:,}"))
    return t(join_texts(said, SPACE))


def verdict_box(options: Options, told: SubmissionReport) -> tuple[messages.Kind, Text]:
    """Return the box and the words that say whether a file can be committed."""
    if told.rejected and not told.may_be_written(options.partial):
        return "error", phrases.TO_CORRECT
    if told.rejected:
        return "warning", phrases.GOOD_ROWS_ONLY.fill(rejected=f"{told.rejected:,}")
    if not told.changes_anything:
        return "info", phrases.NOTHING_TO_COMMIT
    return "warning" if any(counts.deleted for counts in told.counts) else "success", phrases.READY


def draw_verdict(sent: PendingFile, told: SubmissionReport, report: Report) -> None:
    """Say in one box whether the file can be committed and what it does, and below it how the file was read."""
    box, said = verdict_box(sent.request.options, told)
    messages.draw_message(box, element("strong", words(said)), counts_text(report))
    messages.draw_caption(" · ".join(_reading_facts(report)))


def _reading_facts(report: Report) -> list[str]:
    """Say how the file was read: sheet or encoding and separator, header row, layout."""
    if report.sheets:
        parts = [f"{t(phrases.SHEET)} {report.sheet}"]
    elif report.encoding in phrases.FORMAT_NAMES:
        parts = [f"{t(phrases.FILE_FORMAT)} {phrases.FORMAT_NAMES[report.encoding]}"]
    else:
        parts = [f"{t(phrases.ENCODING)} {ENCODING_NAMES.get(report.encoding, report.encoding)}"]
    if report.delimiter:
        parts.append(f"{t(phrases.DELIMITER)} {t(phrases.DELIMITERS[report.delimiter])}")
    return [*parts, t(phrases.HEADER_AT.fill(line=report.header_line)), t(phrases.LAYOUTS[report.layout])]


def draw_warnings(warnings: Sequence[Text]) -> None:
    """Show in one box what the clerk should look at twice."""
    if warnings:
        messages.draw_message_list("warning", phrases.WARNINGS, warnings)


def _draw_findings(findings: list[Finding], key: str, why: Text = phrases.REASON, value: Text = phrases.VALUE) -> None:
    rows = findings[:MAX_FINDINGS]
    table: dict[str, Sequence[object]] = {
        t(phrases.SHEET): [f.sheet for f in rows],
        t(phrases.LINE): [f.line or None for f in rows],
        t(phrases.COLUMN): [f.column for f in rows],
        t(value): [f.value for f in rows],
        t(why): [t(f.reason) for f in rows],
        t(phrases.ADVICE): [t(f.advice) for f in rows],
    }
    said = {heading: values for heading, values in table.items() if any(values)}
    st.dataframe(pd.DataFrame(said), hide_index=True, key=key)
    if len(findings) > MAX_FINDINGS:
        messages.draw_caption(phrases.FIRST_ONLY.fill(shown=f"{MAX_FINDINGS:,}"))


def draw_errors(sent: PendingFile, checked: CheckResult) -> None:
    """Show the errors grouped by reason, the full list, and the files to correct them in."""
    report, dataset = checked.report, checked.dataset
    if not (report and dataset and report.errors):
        return
    count = f"{sum(g.count for g in report.groups):,}"
    messages.draw_heading(phrases.ERROR_GROUPS.fill(count=count))
    groups = sorted(report.groups, key=lambda g: -g.count)
    messages.draw_points(_error_group_line(g) for g in groups[:MAX_GROUPS])
    if len(groups) > MAX_GROUPS:
        messages.draw_caption(phrases.MORE_GROUPS.fill(count=f"{len(groups) - MAX_GROUPS:,}"))
    with st.expander(t(phrases.ERRORS.fill(count=count)), key=sent.key("errors-list")):
        _draw_findings(report.errors, sent.key("errors"))
    _offer_error_files(sent, checked.parts.parts[0].options, dataset, report)


def _error_group_line(group: ErrorGroup) -> Markup:
    """Say one kind of error: the column if the reason does not name it, what is wrong, how often, on which lines."""
    places = t(mid_sentence(group.places_text(MAX_EXAMPLE_LINES)))
    more = "…" if group.count > len(group.lines[:MAX_EXAMPLE_LINES]) else ""
    said = words(phrases.ERROR_GROUP.fill(reason=group.reason, count=f"{group.count:,}", places=places + more))
    named = any(f"“{group.column}”" in way for way in (group.reason.zh, group.reason.en))
    return said if named else joined((element("strong", group.column), said), " ")


def _offer_error_files(sent: PendingFile, options: Options, dataset: Dataset, report: Report) -> None:
    """Offer the refused rows, and the whole table, each with what is wrong and what to do beside the row."""
    stem, ending = sent.name.rsplit(".", 1)[0], error_file.error_file_ending(sent.request.file, report)

    def content(whole: bool) -> Callable[[], bytes]:
        return lambda: error_file.error_file_content(shared_store(), dataset, sent.request.file, options, report, whole)

    files = (
        (phrases.ERROR_FILE, phrases.ERROR_FILE_NAME, False, "rejected"),
        (phrases.MARKED_FILE, phrases.MARKED_FILE_NAME, True, "marked"),
    )
    with st.container(horizontal=True, gap="small"):
        for label, suffix, whole, key in files:
            st.download_button(
                t(label),
                content(whole),
                f"{stem}_{t(suffix)}{ending}",
                FILE_KINDS[ending],
                icon=":material/download:",
                on_click="ignore",
                key=sent.key(key),
            )


def draw_remarks(sent: PendingFile, left_out: list[Finding], notes: list[Finding]) -> None:
    """Show, folded, the lines that were not taken for data and what the reader did on its own account."""
    if left_out:
        with st.expander(t(phrases.LEFT_OUT.fill(count=len(left_out))), key=sent.key("left-out-list")):
            _draw_findings(left_out, sent.key("left-out"), phrases.WHY, phrases.LINE_TEXT)
    if notes:
        with st.expander(t(phrases.NOTES.fill(count=len(notes))), key=sent.key("notes-list")):
            _draw_findings(notes, sent.key("notes"), phrases.WHY)


def draw_changes(sent: PendingFile, report: Report) -> None:
    """Show the cells that the file changes."""
    if report.changes:
        messages.draw_heading(phrases.CHANGES)
        changed_cells.draw_changed_cells(DATASETS[report.dataset], report.changes, sent.key("changes"))
        if len(report.changes) < report.counts.updated:
            messages.draw_caption(phrases.CHANGES_FIRST.fill(shown=len(report.changes)))
