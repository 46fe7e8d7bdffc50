"""What the reader has chosen: the language and the day."""

from __future__ import annotations

from datetime import date, datetime

import streamlit as st

from data.text import Language, Text
from ui import formats

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)  # chosen: what a link may ask for


def reader_language() -> Language:
    return "en" if st.session_state.get("language") == "en" else "zh"


def t(text: Text) -> str:
    """Return a phrase in the reader's language, numbers tied to their units."""
    return formats.tie_units(text.into(reader_language()))


def chosen_day() -> date | None:
    """Return the day that the reader chose, or None for the newest of each ledger."""
    chosen = st.session_state.get("as_of")
    return chosen if isinstance(chosen, date) else None


def day_in_link() -> date | None:
    """Return the day that stands in the address, if it is one of the calendar's."""
    try:
        day = datetime.strptime(st.query_params.get("as_of", ""), "%Y-%m-%d").date()
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None
