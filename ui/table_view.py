"""A table of a page, with the workbook that it can be taken away as."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st
from duckdb import DuckDBPyConnection as Connection
from streamlit.elements.lib.column_types import ColumnConfig

from data.datasets import Column
from data.text import Text
from ui import formats, phrases, spreadsheets, tables
from ui.origin_view import marked_data_origin
from ui.preferences import reader_language, t
from ui.results import DatedResult

HEADING_KEY = "heading"  # in the session: the title of the page, which stands above each workbook


def draw_table(
    con: Connection,
    result: DatedResult,
    columns: Sequence[str | Column],
    key: str,
    rows: pd.DataFrame | None = None,
    **headings: Text,
) -> None:
    """Show the chosen columns of a result, and offer them as a workbook that says whose they are; without rows, say so.

    `rows` are those of the result that are shown, all by default; a column that was added to them is given as it is.
    `headings` are those of columns that have a name of their own in this table.
    """
    rows = result.rows if rows is None else rows
    if rows.empty:
        st.caption(t(phrases.NOTHING_YET))
        return
    chosen = [result.column(c) if isinstance(c, str) else c for c in columns]
    shown = tables.readable_table(rows, chosen, reader_language())
    named = [t(headings[c.name]) if c.name in headings else h for c, h in zip(chosen, shown.columns, strict=True)]
    shown.columns = pd.Index(named)
    looks, title = _column_config(chosen, shown), st.session_state[HEADING_KEY]
    st.dataframe(shown, hide_index=True, key=key, placeholder=formats.MISSING, column_config=looks)
    st.download_button(
        t(phrases.DOWNLOAD_TABLE),
        partial(spreadsheets.table_workbook, shown, title, marked_data_origin(con, result.as_of, result.ledgers)),
        f"{key}.xlsx",
        key=f"{key}-file",
        icon=":material/download:",
        on_click="ignore",
        type="tertiary",
    )


def _column_config(columns: Sequence[Column], shown: pd.DataFrame) -> dict[str, ColumnConfig]:
    """Return how each column is drawn: the first stays in sight, numbers are written alike."""
    written = {h: tables.number_format(c, shown[h]) for c, h in zip(columns, shown.columns, strict=True)}
    looks = {h: st.column_config.NumberColumn(format=look) for h, look in written.items() if look}
    return {shown.columns[0]: st.column_config.Column(pinned=True)} | looks
