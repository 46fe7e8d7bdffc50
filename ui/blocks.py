"""What a page is made of, finished: HTML, charts, tables. Drawing one only sends it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeAlias

import pandas as pd
import plotly.graph_objects as go
import pydeck
import streamlit as st
from markupsafe import Markup

from ui import formats
from ui.cache import ENTRY_BYTES, memory_size

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
class Table:
    """All rows of a result in the reader's words, and the workbook that it can be taken away as."""

    frame: pd.DataFrame
    key: str
    looks: Mapping[str, Any]
    download_label: str
    workbook: Callable[[], bytes] = field(compare=False)

    @property
    def memory_size(self) -> int:
        return memory_size(self.frame)


@dataclass(frozen=True, slots=True)
class Download:
    """A file that can be taken away; it is made when it is asked for."""

    label: str
    key: str
    file_name: str
    content: Callable[[], bytes] = field(compare=False)
    memory_size: int = ENTRY_BYTES


class WrittenDeck:
    """A map whose description is written out once, not each time that it is sent; Streamlit takes it for a Deck."""

    def __init__(self, deck: pydeck.Deck) -> None:
        self._tooltip = deck._tooltip
        self.written: str = deck.to_json()

    def to_json(self) -> str:
        return self.written


@dataclass(frozen=True, slots=True)
class DeckMap:
    """A map that can be moved and clicked, and what stands beside it.

    `deck` gives it in the reader's theme, for a desk or a phone. What is clicked in a layer is chosen in the address
    under the name that `chooses` has for the layer. `picture` stands in for it on paper and without WebGL.
    """

    deck: Callable[[str, bool], WrittenDeck] = field(compare=False)
    key: str
    height: int
    alt: str
    chooses: Mapping[str, str]
    picture: Markup
    beside: Markup

    @property
    def memory_size(self) -> int:
        """The size with two variants of the map, as many as readers of one day and language mostly ask for."""
        words = len(self.picture) + len(self.beside) + 2 * len(self.deck("light", False).to_json())
        return ENTRY_BYTES + 3 * words


Block: TypeAlias = Html | Chart | Table | DeckMap | Download


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
        case Table():
            _draw_data_table(block)
        case DeckMap():
            _draw_deck_map(block)
        case Download():
            _draw_download(block)


def _draw_deck_map(shown: DeckMap) -> None:
    """Send the picture of a map, the map itself to a browser that can draw it, and beside it what belongs to it."""
    place, beside = st.columns([2, 1], gap="medium")
    with place:
        st.html(str(shown.picture))
        if st.context.cookies.get(WEBGL_COOKIE) != "no":
            _draw_deck(shown)
    with beside:
        st.html(str(shown.beside))


def _draw_deck(shown: DeckMap) -> None:
    """Send a map in the reader's theme and size."""
    theme = "dark" if st.context.theme.type == "dark" else "light"
    is_phone = "Mobi" in st.context.headers.get("User-Agent", "")
    st.pydeck_chart(
        shown.deck(theme, is_phone),
        key=shown.key,
        height=shown.height,
        alt=shown.alt,
        on_select=partial(_choose_clicked, shown.key, shown.chooses),
    )


def _choose_clicked(key: str, chooses: Mapping[str, str]) -> None:
    """Put the code of what was clicked on a map into the address; a click on nothing takes it out."""
    objects = st.session_state[key].selection.objects
    for layer, name in chooses.items():
        if objects.get(layer):
            st.query_params[name] = objects[layer][0]["id"]
        else:
            st.query_params.pop(name, None)


def _draw_data_table(table: Table) -> None:
    st.dataframe(
        table.frame, hide_index=True, key=table.key, placeholder=formats.MISSING, column_config=dict(table.looks)
    )
    _draw_download(Download(table.download_label, f"{table.key}-file", f"{table.key}.xlsx", table.workbook))


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
