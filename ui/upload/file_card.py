"""One file on the tray: what it is, how it was read, what the check found, what may be chosen."""

from __future__ import annotations

import streamlit as st

from ui import messages
from ui import upload_phrases as phrases
from ui.preferences import t
from ui.upload import check_report, choices, column_choice, given_values, reading_choices, upload_session, workbook_card
from ui.upload.pending_files import CheckResult, PendingFile

MEGABYTE = 2**20


def _size_text(length: int) -> str:
    return f"{length / MEGABYTE:,.1f} MB" if length >= MEGABYTE else f"{max(1, length // 1024):,} KB"


def _draw_title(sent: PendingFile) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        messages.draw_heading(sent.name, _size_text(sent.request.file.size))
        st.button(
            t(phrases.REMOVE),
            key=sent.key("remove"),
            icon=":material/close:",
            type="tertiary",
            on_click=upload_session.remove_files,
            args=(sent.number,),
        )


def draw_file_card(sent: PendingFile, by_file: bool, is_alone: bool) -> None:
    """Draw a file; `by_file` says that the ledger was not chosen but is told by the file."""
    with st.container(border=True):
        _draw_title(sent)
        if sent.checked is None:
            return
        if not sent.checked.columns and ((by_file and len(sent.checked.sheets.parts) < 2) or sent.checked.refused):
            choices.draw_ledger_choice(sent, sent.checked)
        if sent.checked.refused:
            _draw_refusal(sent, sent.checked)
        else:
            _draw_check_result(sent, sent.checked)
            if sent.can_be_committed and not is_alone:
                st.button(
                    t(phrases.COMMIT_THIS), key=sent.key("commit"), on_click=upload_session.start_commit, args=([sent],)
                )


def _check_again(sent: PendingFile) -> None:
    sent.checked = None


def _draw_refusal(sent: PendingFile, checked: CheckResult) -> None:
    """Say why there is no report, and offer what may help."""
    if checked.is_stopped:
        messages.draw_message("info", *filter(None, [checked.refused]))
        st.button(t(phrases.CHECK_AGAIN), key=sent.key("again"), on_click=_check_again, args=(sent,))
        return
    if checked.refused:
        messages.draw_message("error", checked.refused)
    if checked.columns:
        column_choice.draw_columns_to_keep(sent, checked)
        reading_choices.draw_reading_choices(sent, None, checked.sheet_names)
        return
    choices.draw_valid_from_choice(sent, checked)
    given_values.draw_constants(sent, checked)
    if checked.dataset:
        given_values.draw_replacements(sent, checked.dataset, None)
        if sent.request.options.mode != "upsert":  # what was refused may be the mode itself
            choices.draw_mode_choice(sent, checked.dataset)
    reading_choices.draw_column_choices(sent, checked)
    reading_choices.draw_reading_choices(sent, None, checked.sheet_names)


def _draw_check_result(sent: PendingFile, checked: CheckResult) -> None:
    """Show the report, with each choice beside what it is about."""
    found, dataset, told = checked.report, checked.dataset, checked.told
    if told and len(told.parts) > 1:
        workbook_card.draw_parts(sent, checked, told)
    if found is None or dataset is None or told is None:
        return
    check_report.draw_verdict(sent, told, found)
    check_report.draw_warnings([*found.warnings, *told.warnings])
    choices.draw_valid_from_choice(sent, checked)
    choices.draw_year_choice(sent, checked)
    check_report.draw_errors(sent, checked)
    given_values.draw_replacements(sent, dataset, found)
    choices.draw_checkboxes(sent, checked)
    check_report.draw_changes(sent, found)
    check_report.draw_remarks(sent, found.left_out, [*found.notes, *told.notes])
    given_values.draw_constants(sent, checked)
    choices.draw_mode_choice(sent, dataset)
    choices.draw_deletion_consent(sent, found)
    reading_choices.draw_column_choices(sent, checked)
    reading_choices.draw_reading_choices(sent, found)
