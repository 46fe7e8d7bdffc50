"""What a page is made of, finished: HTML, charts, tables. Drawing one only sends it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pandas as pd
import plotly.graph_objects as go
import pydeck
import streamlit as st
from markupsafe import Markup

from ui import formats
from ui.cache import ENTRY_BYTES, memory_size


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
class DeckMap:
    """A map that can be moved and clicked; what is clicked opens the address that the object carries."""

    deck: pydeck.Deck
    key: str
    height: int
    alt: str

    @property
    def memory_size(self) -> int:
        return ENTRY_BYTES + 5 * len(self.deck.to_json())


Block: TypeAlias = Html | Chart | Table | DeckMap


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
            st.pydeck_chart(block.deck, key=block.key, height=block.height)


def _draw_data_table(table: Table) -> None:
    st.dataframe(
        table.frame, hide_index=True, key=table.key, placeholder=formats.MISSING, column_config=dict(table.looks)
    )
    st.download_button(
        table.download_label,
        table.workbook,
        f"{table.key}.xlsx",
        key=f"{table.key}-file",
        icon=":material/download:",
        on_click="ignore",
        type="tertiary",
    )
