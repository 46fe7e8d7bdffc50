"""What the reader has chosen: the language and the day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date

import streamlit as st

from data.roles import Role, installed_role
from data.text import Language, Text
from ui import formats


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader's language, day and role; without a day the newest of each ledger counts.

    With `after_batch` the reader sees the ledgers as they stood after that batch.
    """

    language: Language = "zh"
    day: date | None = None
    role: Role = field(default_factory=installed_role)
    after_batch: int | None = None


_reader: ContextVar[Reader | None] = ContextVar("reader", default=None)


@contextmanager
def reading_as(reader: Reader) -> Iterator[None]:
    """Write for another reader than that of the session: one without any, or one who asks for less."""
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


def parse_linked_batch(written: str) -> int | None:
    """Return the number of a batch that stands in an address, if it can be one."""
    return int(written) if re.fullmatch(r"[1-9][0-9]{0,8}", written) else None
