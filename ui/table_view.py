"""A table of a page, with the workbook that it can be taken away as."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from data.text import Text
from ui import formats, phrases, spreadsheets, tables
from ui.preferences import reader_language, t

HEADING_KEY = "heading"  # in the session: title and origin of the page, which stand above each workbook


def draw_table(rows: pd.DataFrame, columns: Sequence[str], key: str, **headings: Text) -> None:
    """Show the chosen columns of a result, and offer them as a workbook; without rows, say so.

    `called` are headings of columns that have a name of their own in this table.
    """
    if rows.empty:
        st.caption(t(phrases.NOTHING_YET))
        return
    shown = tables.readable_table(rows, columns, reader_language())
    shown.columns = pd.Index(
        [t(headings[c]) if c in headings else h for c, h in zip(columns, shown.columns, strict=True)]
    )
    looks = _column_config(columns, shown)
    st.dataframe(shown, hide_index=True, key=key, placeholder=formats.MISSING, column_config=looks)
    st.download_button(
        t(phrases.DOWNLOAD_TABLE),
        partial(spreadsheets.table_workbook, shown, *st.session_state[HEADING_KEY]),
        f"{key}.xlsx",
        key=f"{key}-file",
        icon=":material/download:",
        on_click="ignore",
        type="tertiary",
    )


def _column_config(columns: Sequence[str], shown: pd.DataFrame) -> dict[str, ColumnConfig]:
    """Return how each column is drawn: the first stays in sight, numbers are written alike."""
    written = {h: tables.number_format(c, shown[h]) for c, h in zip(columns, shown.columns, strict=True)}
    looks = {h: st.column_config.NumberColumn(format=look) for h, look in written.items() if look}
    return {shown.columns[0]: st.column_config.Column(pinned=True)} | looks
