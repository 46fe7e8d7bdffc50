"""The database of this server, and the fragment that draws a page anew when it has changed."""

from __future__ import annotations

import streamlit as st

from data.ingest import batch_log, sample
from data.store import Store, default_database_path, open_store

REFRESH_SECONDS = 5.0  # seconds; chosen, not measured: a commit shows soon, and the look is one small query


@st.cache_resource(show_spinner=False)
def shared_store() -> Store:
    """Return the open database of this server, filled with the 示例 ledgers when it is new."""
    opened = open_store(default_database_path())
    if sample.is_sample_wanted() and sample.is_empty(opened):
        sample.load_sample(opened)
    return opened


def current_write_counter() -> int:
    """Return a number that changes with every commit and undo."""
    with shared_store().read() as con:
        return batch_log.write_counter(con)


@st.fragment(run_every=REFRESH_SECONDS)
def rerun_when_changed(seen: int) -> None:
    """Draw the page anew when somebody commits or undoes something after the state that it shows."""
    if current_write_counter() != seen:
        st.rerun()
