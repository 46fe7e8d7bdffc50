"""What the reader has chosen: the language and the day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime

import streamlit as st

from data.roles import Role, installed_role
from data.text import Language, Text
from ui import formats

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)  # chosen: what a link may ask for


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader's language, day and role; without a day the newest of each ledger counts."""

    language: Language = "zh"
    day: date | None = None
    role: Role = field(default_factory=installed_role)


_reader: ContextVar[Reader | None] = ContextVar("reader", default=None)


@contextmanager
def reading_as(reader: Reader) -> Iterator[None]:
    """Write for a reader without a session: while the server gets its pages ready."""
    token = _reader.set(reader)
    try:
        yield
    finally:
        _reader.reset(token)


def current_reader() -> Reader:
    """Return the reader who is written for: of this session, or of `reading_as`."""
    chosen: Reader = _reader.get() or st.session_state.get("reader", Reader())
    return chosen


def reader_language() -> Language:
    return current_reader().language


def t(text: Text) -> str:
    """Return a phrase in the reader's language, numbers tied to their units."""
    return formats.tie_units(text.into(reader_language()))


def chosen_day() -> date | None:
    """Return the day that the reader chose, or None for the newest of each ledger."""
    return current_reader().day


def parse_linked_day(written: str) -> date | None:
    """Return the day that stands in an address, if it is one of the calendar's."""
    try:
        day = datetime.strptime(written, "%Y-%m-%d").date()
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None
