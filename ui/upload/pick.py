"""Pick lists of codes on the tray; what the browser sends is taken only if it is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import messages
from ui import upload_phrases as phrases
from ui.preferences import reader_language, t

PICKS_PER_ROW = 3  # chosen: a label of a column still has room


def pick_places(count: int) -> Iterator[DeltaGenerator]:
    """Give places for pick lists, some in a row; a phone stacks them in the same order."""
    for _ in range(0, count, PICKS_PER_ROW):
        yield from st.columns(PICKS_PER_ROW)


def pick_code(label: str, names: Mapping[str, str], now: str | None, key: str, take: Callable[[str], object]) -> None:
    """Let one of the codes in `names` be chosen, and hand it to `take`.

    Streamlit hands back a label that is no longer on the list as if it were a code, so the labels must not change
    while the list stands: each language has a list of its own.
    """
    own, codes = f"{key}-{reader_language()}", list(names)

    def chosen() -> None:
        code = st.session_state[own]
        if code in names:
            take(code)

    messages.draw_label(label)
    st.selectbox(
        messages.hidden_label(label),
        codes,
        index=codes.index(now) if now is not None and now in names else None,
        format_func=lambda code: names.get(code, code),
        placeholder=t(phrases.CHOOSE),
        key=own,
        on_change=chosen,
        label_visibility="collapsed",
    )
