"""What a page commits itself, such as the ranking of a day: checked like a file, a batch with a name and a time.

It is folded below the page: opened, it tells what came of the last commit, what would be committed, what the check says
of that, and asks for the name. What was sent to the check is of one session and no part of what the cache keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st
from markupsafe import Markup

from data.datasets import Column
from data.ingest.checking.error_reasons import Finding
from data.ingest.loader import Upload
from data.text import Text
from ui import messages, tables
from ui.blocks import Html
from ui.markup import element, link, words
from ui.page import OPEN_PART, Page, PageRequest, linked_choices
from ui.page_header import same_page_href
from ui.preferences import current_reader, reader_language, t
from ui.upload import chart_links, check_report, commit, upload_session
from ui.upload.pending_files import CheckResult, PendingFile

HELD, NAMES = "draft of {}", "file names of {}"  # in the session, by the folded part
MOST_TOLD = 12  # chosen: as many sentences as are read at once
CHECK = Text("检查", "Check")
FINDING = Text("{value}：{reason}", "{value}: {reason}")
IN_PAST = Text(
    "现在看的是批次 {batch} 之后的样子；回到现在才能提交。",
    "What is shown is how things stood after batch {batch}; go back to now before you commit anything.",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What would be committed: by which folded part, of what, upon which state of the ledgers, to which of them.

    `subject` tells it from others of the same part, such as its kind and day.
    """

    part: str
    subject: Hashable
    state: int
    ledger: str
    make_file: Callable[[], Upload]


@dataclass(frozen=True, slots=True)
class SentDraft:
    """A draft that was sent to the check, and the file that it is on the tray."""

    draft: Draft
    file: PendingFile


def part_fold(request: PageRequest, part: str, heading: Text, **choices: str | None) -> Html:
    """Return the heading of a folded part as a link that opens or closes it; the part itself is drawn last.

    `choices` are those with which it is opened, None for one that is left out.
    """
    is_open = request.is_open(part)
    href = same_page_href(request, **choices, **{OPEN_PART: None if is_open else part})
    said = Markup("▾ " if is_open else "▸ ") + words(heading)
    return Html(element("h2", link(said, href, aria_expanded="true" if is_open else "false"), class_="fl-fold"))


def is_part_open(page: Page, part: str) -> bool:
    """Tell whether the address opens a part, for those who keep the ledgers; of earlier days nothing is committed."""
    reader = current_reader()
    if linked_choices(page).get(OPEN_PART) != part or reader.role != "clerk":
        return False
    if reader.after_batch is not None:
        messages.draw_message("info", IN_PAST.fill(batch=reader.after_batch))
    return reader.after_batch is None


def draw_draft_once(draft: Draft, batch: int | None, already: Text, draw_rows: Callable[[], None]) -> None:
    """Draw what is committed once only: its rows and the check, or that it was, with the way to its batch."""
    if batch is None:
        renew_draft(draft)
    is_told = draw_part_outcomes(draft.part)
    if batch is None:
        draw_rows()
        draw_draft_check(draft)
    elif not is_told:
        messages.draw_message("info", already)
        chart_links.draw_links([chart_links.batch_link(batch)])


def draw_part_outcomes(part: str) -> bool:
    """Bring the tray up to date, say what came of a commit of this part, and tell whether it was committed."""
    sent = st.session_state.get(NAMES.format(part), ())
    outcomes = [outcome for outcome in upload_session.update_session() if outcome.sent.name in sent]
    commit.draw_outcomes(outcomes)
    return any(outcome.is_committed for outcome in outcomes)


def draw_rows(part: str, rows: pd.DataFrame, columns: Sequence[Column]) -> None:
    """Draw the rows that would be committed."""
    table = tables.readable_table(rows, columns, reader_language())
    st.dataframe(table, hide_index=True, key=f"{part}-rows", placeholder="–")


def renew_draft(draft: Draft) -> None:
    """Send what was checked upon other ledgers to the check again, with the figures of now."""
    sent = _sent_draft(draft)
    if sent and sent.draft.state != draft.state:
        _send_draft(draft)


def draw_draft_check(draft: Draft, is_empty: bool = False) -> None:
    """Draw the check of a draft, and the way to commit it; an empty one cannot be sent."""
    sent = _sent_draft(draft)
    is_off = is_empty or sent is not None
    st.button(t(CHECK), key=f"{draft.part}-check", on_click=_send_draft, args=(draft,), disabled=is_off)
    if sent and sent.file.checked:
        _draw_report(sent.file, sent.file.checked)
        commit.draw_commit_form([sent.file])


def _sent_draft(draft: Draft) -> SentDraft | None:
    """Return what this session has sent to the check of a draft; what it sent of another subject is forgotten."""
    sent: SentDraft | None = st.session_state.get(HELD.format(draft.part))
    is_held = sent and any(file is sent.file for file in upload_session.session_files())
    if sent and not (is_held and sent.draft.subject == draft.subject):
        _forget_draft(sent)
        return None
    return sent


def _forget_draft(sent: SentDraft) -> None:
    if any(file is sent.file for file in upload_session.session_files()):
        upload_session.remove_files(sent.file.number)
    st.session_state.pop(HELD.format(sent.draft.part), None)


def _send_draft(draft: Draft) -> None:
    """Put a draft on the tray of files, where it is checked and committed as any other."""
    if before := st.session_state.get(HELD.format(draft.part)):
        _forget_draft(before)
    upload_session.receive_files([draft.make_file()], draft.ledger)
    file = upload_session.session_files()[-1]
    file.set_options(state=draft.state)
    st.session_state[HELD.format(draft.part)] = SentDraft(draft, file)
    st.session_state.setdefault(NAMES.format(draft.part), set()).add(file.name)


def _draw_report(file: PendingFile, checked: CheckResult) -> None:
    """Draw what the check says of a draft."""
    if checked.refused or not (checked.told and checked.report):
        messages.draw_message("error", *filter(None, [checked.refused]))
        return
    box, said = check_report.verdict_box(file.request.options, checked.told)
    messages.draw_message(box, element("strong", words(said)), check_report.counts_text(checked.report))
    if checked.report.errors:
        messages.draw_points(map(_finding_line, checked.report.errors[:MOST_TOLD]))


def _finding_line(found: Finding) -> Markup:
    return words(FINDING.fill(value=found.value, reason=found.reason) if found.value else found.reason)
