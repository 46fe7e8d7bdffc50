"""Only these columns (只带这几列): what goes on of a file that tells of persons, chosen before anything is kept."""

from __future__ import annotations

import streamlit as st

from data.datasets import DATASETS
from data.ingest.personal_data import only_columns
from data.ingest.personal_data.only_columns import FileColumn
from data.text import join_texts, untranslated
from ui import messages
from ui import upload_phrases as phrases
from ui.preferences import t
from ui.upload.pending_files import CheckResult, PendingFile
from ui.upload.pick import pick_places


def draw_columns_to_keep(sent: PendingFile, checked: CheckResult) -> None:
    """List the columns of a file, those about persons not ticked, and go on with the ticked ones by one click."""
    messages.draw_heading(phrases.ONLY_THESE)
    messages.draw_caption(phrases.ONLY_THESE_HELP)
    for place, column in zip(pick_places(len(checked.columns)), checked.columns, strict=False):
        with place:
            is_personal = bool(column.personal)
            st.checkbox(_column_label(column), not is_personal, key=_column_key(sent, column), disabled=is_personal)
    st.button(
        t(phrases.ONLY_THESE),
        type="primary",
        key=sent.key("only"),
        icon=":material/filter_alt:",
        on_click=_keep_ticked_columns,
        args=(sent, checked),
    )


def _column_key(sent: PendingFile, column: FileColumn) -> str:
    return sent.key(f"keep-{column.place}")


def _column_label(column: FileColumn) -> str:
    number = phrases.COLUMN_NUMBER.fill(number=column.place + 1)
    heading = untranslated(column.heading) if column.heading else number
    personal = phrases.PERSONAL_COLUMN.fill(heading=heading, what=join_texts(column.personal, untranslated(" · ")))
    return messages.hidden_label(t(personal if column.personal else heading))


def _keep_ticked_columns(sent: PendingFile, checked: CheckResult) -> None:
    """Go on with the ticked columns; a file that can no longer be read is told by its next check."""
    ticked = [c.place for c in checked.columns if not c.personal and st.session_state.get(_column_key(sent, c))]
    if not ticked:
        return
    ledger = checked.dataset or DATASETS.get(sent.request.ledger)
    request = sent.request
    sent.replace_file(only_columns.file_of_columns(request.file, request.options.reading, ledger, ticked))
