"""One file on the tray: what it is, how it was read, what the check found, what may be chosen."""

from __future__ import annotations

import streamlit as st

from ui import tables
from ui import upload_phrases as phrases
from ui.frame import t
from ui.upload import choices, reading, report, upload_session
from ui.upload.pending_files import Checked, Sent

MEGABYTE = 2**20


def _size(length: int) -> str:
    return f"{length / MEGABYTE:,.1f} MB" if length >= MEGABYTE else f"{max(1, length // 1024):,} KB"


def _title(sent: Sent) -> None:
    size = f":gray[{_size(len(sent.asked.file.raw))}]"
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"##### {tables.plain(sent.name)}  {size}", width="content")
        st.button(
            t(phrases.REMOVE),
            key=sent.key("remove"),
            icon=":material/close:",
            type="tertiary",
            on_click=upload_session.remove,
            args=(sent.number,),
        )


def show(sent: Sent, by_file: bool, is_alone: bool) -> None:
    """Draw a file; `by_file` says that the ledger was not chosen but is told by the file."""
    with st.container(border=True):
        _title(sent)
        if sent.checked is None:
            return
        if by_file or sent.checked.refused:
            choices.ledger(sent, sent.checked)
        if sent.checked.refused:
            _refused(sent, sent.checked)
        else:
            _checked(sent, sent.checked)
            if sent.checked.is_ready and not is_alone:
                st.button(
                    t(phrases.COMMIT_THIS), key=sent.key("commit"), on_click=upload_session.commit, args=([sent],)
                )


def _again(sent: Sent) -> None:
    sent.checked = None


def _refused(sent: Sent, checked: Checked) -> None:
    """Say why there is no report, and offer what may help."""
    if checked.is_stopped:
        st.info(t(checked.refused) if checked.refused else "")
        st.button(t(phrases.CHECK_AGAIN), key=sent.key("again"), on_click=_again, args=(sent,))
        return
    if checked.refused:
        st.error(tables.plain(t(checked.refused)))
    reading.columns(sent, checked)
    reading.reading(sent, None)


def _checked(sent: Sent, checked: Checked) -> None:
    """Show the report, with each choice beside what it is about."""
    found, dataset = checked.report, checked.dataset
    if found is None or dataset is None:
        return
    report.verdict(sent, found)
    report.warnings(found)
    choices.year(sent, checked)
    report.errors(sent, checked)
    choices.ticks(sent, checked)
    report.changes(sent, found)
    report.remarks(sent, found)
    choices.mode(sent, dataset)
    reading.columns(sent, checked)
    reading.reading(sent, found)
