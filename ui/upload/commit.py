"""Committing: who, which files, and what came of it, with the way to the charts that changed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.datasets import DATASETS
from data.ingest import error_file
from data.ingest.checking.error_reasons import reason_for_column
from data.text import SPACE, join_texts
from ui import messages
from ui import upload_phrases as phrases
from ui.menu import page_href
from ui.preferences import t
from ui.upload import chart_links, upload_session
from ui.upload.check_report import FILE_KINDS
from ui.upload.pending_files import CommitOutcome, PendingFile


def draw_lost_files(count: int) -> None:
    """Say that files which waited here are gone, and where to see what was committed."""
    if count:
        messages.draw_message("warning", phrases.LOST_FILES.fill(count=count))
        chart_links.draw_links([chart_links.button_link(phrases.HISTORY, page_href(chart_links.HISTORY))])


def draw_outcomes(outcomes: Sequence[CommitOutcome]) -> None:
    """Say what was committed and what was not, with the ways to the charts and to the undo."""
    for outcome in outcomes:
        if outcome.is_committed:
            _draw_committed(outcome)
        else:
            refused = outcome.refused or phrases.REFUSED_AT_LAST.fill(file=outcome.sent.name)
            messages.draw_message("error", refused)
    pages = dict.fromkeys(
        chart_links.chart_page(DATASETS[o.report.dataset]) for o in outcomes if o.is_committed and o.report
    )
    batches = [o.report.batch for o in outcomes if o.is_committed and o.report]
    chart_links.draw_links([*map(chart_links.chart_link, pages), *map(chart_links.batch_link, batches)])


def _draw_committed(outcome: CommitOutcome) -> None:
    report = outcome.report
    assert report
    counts, name = report.counts, outcome.sent.name
    written = {"inserted": f"{counts.inserted:,}", "updated": f"{counts.updated:,}"}
    said = [phrases.COMMITTED.fill(file=name, batch=report.batch, **written)]
    if counts.deleted:
        said.append(phrases.COMMITTED_DELETED.fill(deleted=f"{counts.deleted:,}"))
    messages.draw_message("success", join_texts(said, SPACE))
    if report.rejected:
        messages.draw_message("warning", phrases.NOT_WRITTEN.fill(rejected=f"{report.rejected:,}"))
        ending = error_file.error_file_ending(outcome.sent.request.file, report)
        file = f"{outcome.sent.name.rsplit('.', 1)[0]}_{t(phrases.ERROR_FILE_NAME)}{ending}"
        key = outcome.sent.key(f"rest-{report.batch}")
        st.download_button(t(phrases.ERROR_FILE), outcome.rest, file, FILE_KINDS[ending], on_click="ignore", key=key)


def waits_for_parents(sent: PendingFile, others: Sequence[PendingFile]) -> bool:
    """Tell whether a file is refused for nothing but parents that other files on the tray bring."""
    checked = sent.checked
    if not (checked and checked.report and checked.dataset and checked.report.rejected):
        return False
    ready = [s.checked.told.parts for s in others if s.checked and s.checked.told and s.checked.is_ready]
    brought = {report.dataset for parts in ready for report in parts}
    excused = {reason_for_column(c, "unknown_parent") for c in checked.dataset.columns if c.references in brought}
    return all(group.reason in excused for group in checked.report.groups)


def draw_commit_form(sent: Sequence[PendingFile]) -> None:
    """Offer to commit what can be committed, together or one by one."""
    waiting = [s for s in sent if waits_for_parents(s, sent)]
    ready = [s for s in sent if s in waiting or s.can_be_committed]
    for file in waiting:
        messages.draw_message("info", phrases.FILE_SAYS.fill(file=file.name, said=phrases.AFTER_PARENTS))
    if not ready:
        return
    left = st.columns([1, 2])[0]
    left.text_input(t(phrases.WHO), key="who", persist_state="session", placeholder=t(phrases.WHO_HINT))
    label = phrases.COMMIT if len(sent) == 1 else phrases.COMMIT_ALL.fill(count=len(ready))
    st.button(
        t(label),
        type="primary",
        key="commit",
        icon=":material/check:",
        on_click=upload_session.start_commit,
        args=(ready,),
    )
