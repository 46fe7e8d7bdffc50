"""How a file is read: encoding, separator, sheet, header row, and which column is which."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.datasets import Dataset
from data.ingest.loader import Report
from data.ingest.reading.reader import ENCODING_NAMES
from data.ingest.table import headers
from data.text import Text
from ui import messages
from ui import upload_phrases as phrases
from ui.preferences import t
from ui.upload.pending_files import CheckResult, PendingFile
from ui.upload.pick import PICKS_PER_ROW, pick_code, pick_places
from ui.upload.upload_tasks import is_known_heading

LEFT_OUT, RECOGNISED = "", "*"


def _draw_reading_choice(sent: PendingFile, name: str, label: Text, names: dict[str, str], found: str) -> None:
    """Let one property of the reading be chosen; nothing chosen means: find it out, and what was found is said."""
    now = getattr(sent.request.options.reading, name)
    offered = {"": t(phrases.AUTOMATIC)} | names
    pick_code(
        t(label), offered, now or "", sent.key(name), lambda code: sent.set_reading_options(**{name: code or None})
    )
    if found and now is None:
        messages.draw_caption(phrases.READ.fill(found=found))


def _draw_header_line(sent: PendingFile, report: Report | None) -> None:
    key, now = sent.key("header_line"), sent.request.options.reading.header_line
    found = t(phrases.FOUND.fill(found=report.header_line)) if report and now is None else t(phrases.AUTOMATIC)
    st.number_input(
        t(phrases.HEADER_LINE),
        1,
        1_000,
        now,
        placeholder=found,
        key=key,
        on_change=lambda: sent.set_reading_options(header_line=st.session_state[key]),
    )


def draw_reading_choices(sent: PendingFile, report: Report | None, sheet_names: Sequence[str] = ()) -> None:
    """Let encoding, separator, sheet and header row be chosen instead of found.

    `sheet_names` are those of a workbook of which there is no report.
    """
    sheets, found = (report.sheets, report.sheet) if report else (sheet_names, "")
    delimiters = {code: t(text) for code, text in phrases.DELIMITERS.items()}
    with st.expander(t(phrases.READ_AS), icon=":material/tune:", key=sent.key("reading")):
        columns = st.columns(PICKS_PER_ROW)
        if sheets:
            with columns[0]:
                _draw_reading_choice(sent, "sheet", phrases.SHEET, {s: s for s in sheets}, found)
        else:
            with columns[0]:
                encoding = ENCODING_NAMES.get(report.encoding, "") if report else ""
                _draw_reading_choice(sent, "encoding", phrases.ENCODING, ENCODING_NAMES, encoding)
            with columns[1]:
                delimiter = delimiters.get(report.delimiter, "") if report else ""
                _draw_reading_choice(sent, "delimiter", phrases.DELIMITER, delimiters, delimiter)
        with columns[2]:
            _draw_header_line(sent, report)


def _target_labels(dataset: Dataset) -> dict[str, str]:
    """Return what a heading may stand for: columns of the ledger, and the items of a wide file."""
    items = dataset.column(dataset.wide.parameter).choices if dataset.wide else ()
    named = {c.name: t(c.heading) for c in dataset.columns} | {c.value: t(c.label) for c in items}
    return {name: named[name] for name in headers.mapping_targets(dataset)}


def _columns_set_by_hand(sent: PendingFile, dataset: Dataset, report: Report | None) -> dict[str, str]:
    """Return what was placed by hand: now, or the last time a file had this header."""
    if sent.request.options.mapping or not report:
        return dict(sent.request.options.mapping)
    left_out = {h: LEFT_OUT for h in report.unmapped if is_known_heading(dataset, h)}
    return left_out | {h: c for h, c in report.columns.items() if not is_known_heading(dataset, h)}


def _draw_column_choice(sent: PendingFile, dataset: Dataset, heading: str, by_hand: dict[str, str]) -> None:
    """Let one heading be placed; one that is known may also be left to be recognised."""
    recognised = {RECOGNISED: t(phrases.AUTOMATIC)} if is_known_heading(dataset, heading) else {}
    names = recognised | {LEFT_OUT: t(phrases.LEAVE_OUT)} | _target_labels(dataset)

    def take(column: str) -> None:
        placed = by_hand | {heading: column}
        sent.set_options(mapping=tuple((h, c) for h, c in placed.items() if c != RECOGNISED))

    now = by_hand.get(heading, RECOGNISED if recognised else LEFT_OUT)
    pick_code(heading, names, now, sent.key(f"map-{dataset.name}-{heading}"), take)


def draw_column_choices(sent: PendingFile, checked: CheckResult) -> None:
    """Show which column of the file is which of the ledger, and let the others be placed by hand."""
    dataset, report = checked.dataset, checked.report
    if dataset is None or not (report or checked.headings):
        return
    by_hand, known = _columns_set_by_hand(sent, dataset, report), report.columns if report else {}
    in_file = report.header if report else checked.headings
    to_place = {*by_hand, *(report.unmapped if report else checked.headings)}
    open_ones = [h for h in dict.fromkeys(map(str.strip, in_file)) if h in to_place]
    title = phrases.COLUMNS if report else phrases.COLUMNS_UNKNOWN
    label = t(title.fill(known=len(known), unknown=len([h for h in open_ones if h not in known])))
    with st.expander(label, expanded=not report, icon=":material/view_column:", key=sent.key("columns")):
        if known:
            targets = _target_labels(dataset)
            messages.draw_caption(phrases.COLUMNS_HELP)
            messages.draw_sentence("　".join(f"{h} → {targets.get(c, c)}" for h, c in known.items()))
        if open_ones:
            messages.draw_caption(phrases.UNKNOWN_COLUMNS)
            for place, heading in zip(pick_places(len(open_ones)), open_ones, strict=False):
                with place:
                    _draw_column_choice(sent, dataset, heading, by_hand)
