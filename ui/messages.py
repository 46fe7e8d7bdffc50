"""Sentences that a part of a page says while it is used: what went well, what did not, remarks.

They are HTML like the rest of a page, so that a name in them is its characters: Streamlit's own boxes read Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from markupsafe import Markup

from data.text import Text
from ui.blocks import Html, draw_blocks
from ui.markup import element, joined, list_items, words

Kind = Literal["error", "warning", "info", "success"]
PLAIN_LABEL = re.compile(r"[^\W_]([^\W_]| |[()（）、，·/%-](?!-))*")
BACKTICKS = re.compile("`+")
ROLES = {"error": "alert", "warning": "alert", "info": "status", "success": "status"}


def draw_message(kind: Kind, *lines: Text | str) -> None:
    """Draw sentences in a box, a line each; a Markup among them stands as it is."""
    said = joined(element("p", words(line)) for line in lines)
    _draw_markup(element("div", said, class_=f"fl-message fl-{kind}", role=ROLES[kind]))


def draw_message_list(kind: Kind, heading: Text, lines: Iterable[Text]) -> None:
    """Draw a box with a heading and a list below it."""
    said = element("p", element("strong", words(heading))) + list_items(map(words, lines), "fl-points")
    _draw_markup(element("div", said, class_=f"fl-message fl-{kind}", role=ROLES[kind]))


def draw_caption(*lines: Text | str) -> None:
    """Draw remarks in small type, a line each."""
    _draw_markup(joined(element("p", words(line), class_="fl-caption") for line in lines))


def draw_label(said: str) -> None:
    """Draw what a choice is about, for labels that come from a file; the choice itself has `hidden_label`."""
    _draw_markup(element("div", words(said), class_="fl-choice-label", aria_hidden="true"))


def hidden_label(said: str) -> str:
    """Return the label of a choice for those who listen; Streamlit reads Markdown there too, though nobody sees it."""
    if PLAIN_LABEL.fullmatch(said):
        return said
    quotes = "`" * (1 + max(map(len, BACKTICKS.findall(said)), default=0))
    return f"{quotes} {said} {quotes}"


def draw_heading(said: Text | str, beside: str = "") -> None:
    """Draw a small heading, and in grey what belongs to it."""
    small = element("small", beside, class_="fl-caption") if beside else Markup("")
    _draw_markup(element("h3", joined((words(said), small), " ")))


def draw_sentence(said: Text | str) -> None:
    """Draw a sentence as it stands."""
    _draw_markup(element("p", words(said)))


def draw_points(lines: Iterable[Markup]) -> None:
    """Draw finished lines as a list."""
    _draw_markup(list_items(lines, "fl-points"))


def _draw_markup(markup: Markup) -> None:
    draw_blocks((Html(markup),))
