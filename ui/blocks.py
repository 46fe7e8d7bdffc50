"""What a page is made of, finished: HTML, charts, tables. Drawing one only sends it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from markupsafe import Markup

from ui import formats
from ui.cache import ENTRY_BYTES, memory_size
from ui.markup import picture_links

WEBGL_COOKIE = "frontline_webgl"  # set by ui/browser/navigation.js


@dataclass(frozen=True, slots=True)
class Html:
    """Words and small pictures."""

    markup: Markup

    @property
    def memory_size(self) -> int:
        return ENTRY_BYTES + 3 * len(self.markup)


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure that is read along time or clicked, with a sentence for those who cannot see it."""

    figure: go.Figure
    key: str
    alt: str
    config: Mapping[str, object]

    @property
    def memory_size(self) -> int:
        return ENTRY_BYTES + 5 * len(str(self.figure.to_plotly_json()))


@dataclass(frozen=True, slots=True)
class Download:
    """A file that can be taken away; it is made when it is asked for."""

    label: str
    key: str
    file_name: str
    content: Callable[[], bytes] = field(compare=False)
    memory_size: int = ENTRY_BYTES


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of a result in the reader's words, and the files that it can be taken away as."""

    frame: pd.DataFrame
    key: str
    looks: Mapping[str, Any]
    files: tuple[Download, ...]

    @property
    def memory_size(self) -> int:
        return memory_size(self.frame) + sum(file.memory_size for file in self.files)


class WrittenDeck:
    """A map whose description is written out once, not each time that it is sent; Streamlit takes it for a Deck.

    CLICKS in the names of its layers becomes the number of clicks so far. Streamlit keeps what was clicked for as long
    as a layer has its name, takes a second click on it for a farewell, and tells nobody of a third.
    """

    CLICKS = "\ue000"  # a character that no name has

    def __init__(self, written: str, tooltip: Mapping[str, str]) -> None:
        self._tooltip = dict(tooltip)
        self.written = written

    def after_clicks(self, count: int) -> WrittenDeck:
        """Return the map as it is sent after so many clicks."""
        return WrittenDeck(self.written.replace(self.CLICKS, str(count)), self._tooltip)

    def to_json(self) -> str:
        return self.written


@dataclass(frozen=True, slots=True)
class DeckMap:
    """A map that can be moved and clicked, the drawing in whose place it stands, and what stands beside it.

    `deck` gives it in the reader's theme, for a desk or a phone; what is clicked on it has an `href`, whose choices
    come into the address. `picture` is the drawing: before the map is there, on paper and without WebGL; on a phone
    `phone_picture`, where there is one.
    """

    deck: Callable[[str, bool], WrittenDeck] = field(compare=False)
    key: str
    height: int
    alt: str
    picture: Markup
    beside: Markup
    phone_picture: Markup | None = None

    @property
    def memory_size(self) -> int:
        """The size with two variants of the map, as many as readers of one day and language mostly ask for."""
        drawn = len(self.picture) + len(self.phone_picture or "") + 2 * len(self.deck("light", False).to_json())
        return ENTRY_BYTES + 3 * (drawn + len(self.beside))


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is behind a figure, at the side of the page; on a phone at the foot of the screen."""

    content: Html
    files: tuple[Download, ...]

    @property
    def memory_size(self) -> int:
        return ENTRY_BYTES + self.content.memory_size + sum(file.memory_size for file in self.files)


Block: TypeAlias = Html | Chart | Table | DeckMap | Download | Sheet


def merge_html(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks with HTML that follows upon HTML in one: each block is a message of its own."""
    waiting: list[Markup] = []
    for block in blocks:
        if isinstance(block, Html):
            waiting.append(block.markup)
            continue
        if waiting:
            yield Html(Markup("").join(waiting))
            waiting = []
        yield block
    if waiting:
        yield Html(Markup("").join(waiting))


def draw_blocks(blocks: Iterable[Block]) -> None:
    """Send finished blocks to the reader."""
    for block in blocks:
        _draw_block(block)


def _draw_block(block: Block) -> None:
    match block:
        case Html():
            st.html(str(block.markup))
        case Chart():
            st.plotly_chart(block.figure, key=block.key, config=dict(block.config), alt=block.alt)
            st.html(str(picture_links(block.key)))
        case Table():
            _draw_data_table(block)
        case DeckMap():
            _draw_deck_map(block)
        case Download():
            _draw_download(block)
        case Sheet():
            with st.container(key="fl-sheet"):
                draw_blocks((block.content,))
                _draw_files(block.files)


def _draw_deck_map(shown: DeckMap) -> None:
    """Send the drawing of a map, the map itself to a browser that can show it, and beside it what belongs to it."""
    is_phone = "Mobi" in st.context.headers.get("User-Agent", "")
    with st.container(key=f"fl-{shown.key}"):
        place, beside = st.columns([2, 1], gap="medium")
        with place, st.container(key=f"fl-{shown.key}-canvas"):
            st.html(str((is_phone and shown.phone_picture) or shown.picture))
            if st.context.cookies.get(WEBGL_COOKIE) != "no":
                _draw_deck(shown, is_phone)
        with beside:
            st.html(str(shown.beside) + str(picture_links(f"fl-{shown.key}-canvas")))


def _draw_deck(shown: DeckMap, is_phone: bool) -> None:
    """Send a map in the reader's theme and size."""
    theme = "dark" if st.context.theme.type == "dark" else "light"
    st.pydeck_chart(
        shown.deck(theme, is_phone).after_clicks(st.session_state.get(f"{shown.key}-clicks", 0)),
        key=shown.key,
        height=shown.height,
        alt=shown.alt,
        on_select=partial(_follow_clicked, shown.key),
    )


def _follow_clicked(key: str) -> None:
    """Put the choices of what was clicked on a map into the address; Streamlit also tells that a click is forgotten."""
    objects = st.session_state[key].selection.objects
    for href in [str(each["href"]) for found in objects.values() for each in found]:
        st.session_state[f"{key}-clicks"] = st.session_state.get(f"{key}-clicks", 0) + 1
        st.query_params.from_dict(dict(parse_qsl(href.removeprefix("?"))))


def _draw_data_table(table: Table) -> None:
    st.dataframe(
        table.frame, hide_index=True, key=table.key, placeholder=formats.MISSING, column_config=dict(table.looks)
    )
    _draw_files(table.files)


def _draw_files(files: Iterable[Download]) -> None:
    """Send files to take away, side by side."""
    with st.container(horizontal=True, gap="small"):
        for offered in files:
            _draw_download(offered)


def _draw_download(offered: Download) -> None:
    st.download_button(
        offered.label,
        offered.content,
        offered.file_name,
        key=offered.key,
        icon=":material/download:",
        on_click="ignore",
        type="tertiary",
    )
