"""Issuing a briefing on its page: its figures are checked and committed like a file, as a batch with a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import pandas as pd
import streamlit as st
from markupsafe import Markup

from data.errors import NothingToBrief
from data.ingest import batch_log
from data.text import Text
from ui import messages, tables
from ui.blocks import Html
from ui.markup import element, link, words
from ui.overview import briefing, briefing_draft
from ui.page import OPEN_PART, Page, PageRequest, linked_choices, show_known_errors
from ui.page_header import same_page_href
from ui.preferences import current_reader, reader_language, t
from ui.store import shared_store
from ui.upload import chart_links, check_report, commit, upload_session
from ui.upload.pending_files import CommitOutcome, PendingFile

ISSUE = "issue"  # in the address: the folded part that issues the briefing
HELD = "briefing to issue"
MOST_TOLD = 12  # chosen: as many sentences as are read at once
ISSUE_THIS = Text("印发这份简报", "Issue this briefing")
HOW = Text(
    "印发就是把下面这些数和当时最新的批次记下来：以后数据更正，下一期简报会列出哪些数不再一样、是哪个批次改的。先点“检查”，"
    "写上姓名再提交：一次印发是一个批次，可以撤销。",
    "To issue a briefing keeps the figures below with the newest batch of now: where later corrections change them, "
    "the next briefing lists them with the batch that did. Press “Check”, give your name and commit: it is one batch, "
    "which can be undone.",
)
CHECK = Text("检查这些数", "Check these figures")
FILE_NAME = Text("印发简报 {kind} {day}.csv", "Issued briefing {kind} {day}.csv")
ALREADY = Text(
    "{day} 的{kind}已经印发，印发了的不改。要改先撤销那个批次再印发。",
    "The {kind} of {day} is issued and stays as it is. Undo its batch before you issue it again.",
)
IN_PAST = Text(
    "现在看的是批次 {batch} 之后的样子，不能印发；回到现在再印发。",
    "What is shown is how things stood after batch {batch}; go back to now before you issue a briefing.",
)

Figures: TypeAlias = Callable[[PageRequest, int], pd.DataFrame]


@dataclass(slots=True)
class SentBriefing:
    """The briefing that was sent to the check: its kind and day, the state of the ledgers, the number of its file."""

    kind: str
    day: date
    state: int
    number: int


def issue_fold(request: PageRequest) -> Html:
    """Return the heading of the folded part; the part itself is of one session and drawn last."""
    is_open = request.is_open(ISSUE)
    href = same_page_href(request, **{OPEN_PART: None if is_open else ISSUE})
    said = Markup("▾ " if is_open else "▸ ") + words(ISSUE_THIS)
    return Html(element("h2", link(said, href, aria_expanded="true" if is_open else "false"), class_="fl-fold"))


def draw_publisher(page: Page, figures: Figures) -> None:
    """Draw the open part below a page whose address asks for it, for those who keep the ledgers."""
    asked = linked_choices(page)
    reader = current_reader()
    if asked.get(OPEN_PART) != ISSUE or reader.role != "clerk":
        return
    if reader.after_batch is not None:
        messages.draw_message("info", IN_PAST.fill(batch=reader.after_batch))
        return
    with show_known_errors():
        _draw_open_part(asked, figures)


def _draw_open_part(asked: dict[str, str], figures: Figures) -> None:
    with shared_store().read() as con:
        request = PageRequest(con, asked)
        try:
            found = figures(request, batch_log.next_batch(con) - 1)
        except NothingToBrief:
            return  # the page says so
        kind, day = str(found["kind"].iloc[0]), found["as_of"].iloc[0]
        state, batch = batch_log.write_counter(con), briefing_draft.issuing_batch(con, kind, day)
    rows = briefing_draft.issued_rows(found, date.today())
    if batch is None:
        _renew_sent(rows, kind, day, state)
    outcomes = [outcome for outcome in upload_session.update_session() if _is_issue(outcome)]
    commit.draw_outcomes(outcomes)
    if batch is None:
        _draw_preview(rows)
        _draw_check(rows, kind, day, state)
    elif not outcomes:
        messages.draw_message("info", ALREADY.fill(day=day, kind=briefing.LABELS[kind]))
        chart_links.draw_links([chart_links.batch_link(batch)])


def _is_issue(outcome: CommitOutcome) -> bool:
    return outcome.sent.name.startswith((FILE_NAME.zh.partition(" {")[0], FILE_NAME.en.partition(" {")[0]))


def _draw_preview(rows: pd.DataFrame) -> None:
    """Draw the rows that would be issued."""
    messages.draw_caption(HOW)
    table = tables.readable_table(rows, briefing_draft.ISSUED.columns, reader_language())
    st.dataframe(table, hide_index=True, key="issue-rows", placeholder="–")


def _renew_sent(rows: pd.DataFrame, kind: str, day: date, state: int) -> None:
    """Send what was checked upon other ledgers to the check again, with the figures of now."""
    sent = _sent_briefing(kind, day)
    if sent and sent.state != state:
        _send_figures(rows, kind, day, state)


def _draw_check(rows: pd.DataFrame, kind: str, day: date, state: int) -> None:
    """Draw the check of the figures, and the way to commit them."""
    sent = _sent_briefing(kind, day)
    st.button(
        t(CHECK), key="issue-check", on_click=_send_figures, args=(rows, kind, day, state), disabled=bool(sent)
    )  # fmt: skip
    file = next((f for f in upload_session.session_files() if sent and f.number == sent.number), None)
    if file and file.checked:
        _draw_report(file)
        commit.draw_commit_form([file])


def _sent_briefing(kind: str, day: date) -> SentBriefing | None:
    """Return what this session has sent to the check of a briefing; another one is forgotten."""
    sent: SentBriefing | None = st.session_state.get(HELD)
    numbers = [file.number for file in upload_session.session_files()]
    if sent and ((sent.kind, sent.day) != (kind, day) or sent.number not in numbers):
        _forget_sent(sent)
        return None
    return sent


def _forget_sent(sent: SentBriefing) -> None:
    upload_session.remove_files(sent.number)
    st.session_state.pop(HELD, None)


def _send_figures(rows: pd.DataFrame, kind: str, day: date, state: int) -> None:
    """Put the figures on the tray of files, where they are checked and committed as any other."""
    if before := st.session_state.get(HELD):
        _forget_sent(before)
    name = t(FILE_NAME.fill(kind=briefing.LABELS[kind], day=day))
    file, options = briefing_draft.issue_file(rows, state, name, reader_language())
    upload_session.receive_files([file], briefing_draft.ISSUED.name)
    sent = upload_session.session_files()[-1]
    sent.set_options(state=options.state)
    st.session_state[HELD] = SentBriefing(kind, day, state, sent.number)


def _draw_report(sent: PendingFile) -> None:
    """Draw what the check says of the figures."""
    checked = sent.checked
    assert checked
    if checked.refused or not (checked.told and checked.report):
        messages.draw_message("error", *filter(None, [checked.refused]))
        return
    box, said = check_report.verdict_box(sent.request.options, checked.told)
    messages.draw_message(box, element("strong", words(said)), check_report.counts_text(checked.report))
    messages.draw_points(words(found.reason) for found in checked.report.errors[:MOST_TOLD])
