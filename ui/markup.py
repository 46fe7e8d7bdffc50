"""Small HTML pictures and words: links, bars, strips, sparklines. What goes in is escaped; what comes out is Markup.

Looks stand in `ui/browser/style.css`, so that a page sends words and numbers only.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from markupsafe import Markup, escape

from data.text import Text
from data.words import WORDS
from ui import formats
from ui.colours import (
    CLASS_COLOURS,
    CLASS_TEXT,
    COUNTDOWN_COLOURS,
    DARK_TEXT,
    LIGHT_TEXT,
    MISSING_COLOUR,
    STATUS_COLOURS,
    STATUS_SIGNS,
)
from ui.phrases import STATUS
from ui.preferences import t

NOTHING = Markup("")
PICTURE_ENDINGS = ("png", "svg")
WHOLE = 100.0  # percent
SPARKLINE_WIDTH, SPARKLINE_HEIGHT = 96, 22  # pixels; chosen by eye


def joined(parts: Iterable[Markup], between: str = "") -> Markup:
    """Return several pieces as one."""
    return Markup(between).join(parts)


def words(said: Text | str) -> Markup:
    """Return words as HTML in the reader's language; no line ends inside a figure or a date. HTML stays as it is."""
    if isinstance(said, Markup):
        return said
    return escape(formats.nonbreaking_text(said if isinstance(said, str) else t(said)))


def element(tag: str, content: Markup | str, **attributes: object) -> Markup:
    """Return an element; `class_` writes class, and an attribute without a value is left out."""
    written = joined(
        Markup(' {}="{}"').format(name.rstrip("_").replace("_", "-"), value)
        for name, value in attributes.items()
        if value not in (None, "", False)
    )
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(tag), written, plain_markup(content))


def plain_markup(content: Markup | str) -> Markup:
    """Return a text as HTML that is its characters; HTML stays as it is."""
    return content if isinstance(content, Markup) else escape(formats.visible_text(content))


def link(content: Markup | str, href: str, **attributes: object) -> Markup:
    """Return a link to a page of this house, or what it would hold where there is none."""
    return element("a", content, href=href, **attributes) if href else plain_markup(content)


def status_mark(light: str) -> Markup:
    """Return the sign of a light in its colour, with its word for those who point at it or listen."""
    word = t(STATUS[light])
    return element(
        "span", STATUS_SIGNS[light], class_="fl-mark", style=f"--c:{STATUS_COLOURS[light]}", title=word,
        role="img", aria_label=word,
    )  # fmt: skip


def countdown_mark(level: str | None) -> Markup:
    """Return how near a deadline is, a word in a frame of its colour; nothing where it is far."""
    if level not in COUNTDOWN_COLOURS:
        return NOTHING
    return element("span", words(WORDS[level]), class_="fl-countdown", style=f"--c:{COUNTDOWN_COLOURS[level]}")


def percent_of_bar(rate: float | None, end: float = WHOLE) -> float:
    """Return how much of a bar that ends at `end` percent a rate fills: from 0 to 100, full only at the end.

    What is missing fills nothing.
    """
    if rate is None or formats.is_missing(rate):
        return 0.0
    return formats.round_below_caps(min(100.0, max(0.0, 100.0 * float(rate) / end)), 1, 100.0)


def bar_end(rates: Iterable[float | None]) -> float:
    """Return where bars of these rates end so that none is cut off: at 100 %, or at the greatest beyond it."""
    return max([WHOLE, *(float(rate) for rate in rates if rate is not None and not formats.is_missing(rate))])


def bullet_bar(rate: float | None, planned: float | None, colour: str, said: Text | str, end: float = WHOLE) -> Markup:
    """Return a rate as a bar with a tick where the plan stands; `said` tells it to those who cannot see it.

    A bar whose `end` is beyond 100 % has a tick there that says so.
    """
    tick = NOTHING
    if planned is not None and not formats.is_missing(planned):
        tick = element("i", "", style=f"left:{percent_of_bar(planned, end)}%")
    bar = element("b", "", style=f"width:{percent_of_bar(rate, end)}%;background:{colour}")
    whole = NOTHING
    if end > WHOLE:
        whole = element("u", element("small", "100%"), style=f"left:{percent_of_bar(WHOLE, end)}%")
    return element(
        "span", bar + tick + whole, class_="fl-bullet fl-beyond" if whole else "fl-bullet", role="img",
        aria_label=words(said),
    )  # fmt: skip


def labelled_bars(rows: Iterable[tuple[Markup, float | None, str, Text]]) -> Markup:
    """Return bars below each other; each is a name, a rate in percent of the whole width, a colour, its figures."""
    return bar_rows((name, bullet_bar(rate, None, colour, said), words(said)) for name, rate, colour, said in rows)


def stacked_bar(parts: Sequence[tuple[float, str, str]], said: Text | str, labels: Sequence[str] = ()) -> Markup:
    """Return parts of a whole side by side; each is a number, a colour and a word to point at; `labels` stand on them.

    A label that has no room is left out, so what it says stands beside the bar too.
    """
    total = sum(value for value, _, _ in parts) or 1.0
    pieces = joined(
        element(
            "b",
            element("span", label) if label else "",
            style=f"width:{100 * value / total:.2f}%;{_ground(colour, label)}",
            title=word,
        )
        for (value, colour, word), label in zip(parts, labels or [""] * len(parts), strict=True)
        if value > 0
    )
    looks = "fl-stack fl-labelled" if labels else "fl-stack"
    return element("span", pieces, class_=looks, role="img", aria_label=words(said))


def _ground(colour: str, label: str) -> str:
    return f"background:{colour};color:{readable_text_colour(colour)}" if label else f"background:{colour}"


def readable_text_colour(colour: str) -> str:
    """Return the colour of small words on a ground: black or white, whichever stands out more from it."""
    red, green, blue = (((int(colour[at : at + 2], 16) / 255 + 0.055) / 1.055) ** 2.4 for at in (1, 3, 5))
    return "#000000" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 else LIGHT_TEXT


def legend_mark(sign: str, colour: str) -> Markup:
    """Return a sign on its colour, as it stands on the parts of a bar."""
    return element("b", sign, style=_ground(colour, sign))


def bar_rows(rows: Iterable[tuple[Markup, Markup, Markup]]) -> Markup:
    """Return bars below each other, each between its name and its figures."""
    made = (joined(element("span", part) for part in row) for row in rows)
    return picture(list_items(made, "fl-bars"))


def picture(content: Markup, title: Text | None = None) -> Markup:
    """Return a drawing made of HTML with the links by which it is taken away, under its title or the heading above."""
    label = words(title) if title else ""
    return element("figure", content + picture_links("picture"), class_="fl-picture", aria_label=label)


def picture_links(key: str) -> Markup:
    """Return the links by which the chart or drawing of a key is taken away; ui/browser/picture_files.js makes them."""
    listed = (
        Markup('<a href="#{0}" data-picture-of="{0}" download="{0}.{1}">{2}</a>').format(key, ending, ending.upper())
        for ending in PICTURE_ENDINGS
    )
    return element("p", joined(listed, " · "), class_="fl-picture-files fl-screen")


def class_badge(name: str | None, word: str) -> Markup:
    """Return a water class as its numeral in its colour; grey where there is none."""
    colour, text = (CLASS_COLOURS[name], CLASS_TEXT[name]) if name else (MISSING_COLOUR, DARK_TEXT)
    return element("span", word, class_="fl-class", style=f"background:{colour};color:{text}")


def sparkline(values: Sequence[float | None], said: Text | str) -> Markup:
    """Return a row of numbers as a small line; a gap is left where one is missing."""
    known = [value for value in values if value is not None and not math.isnan(value)]
    if len(known) < 2:
        return NOTHING
    drawing = _sparkline_svg(values, min(known), max(known))
    source = f"data:image/svg+xml,{quote(drawing)}"
    return Markup('<img class="fl-spark" src="{}" alt="{}" width="{}" height="{}">').format(
        source, words(said), SPARKLINE_WIDTH, SPARKLINE_HEIGHT
    )


def _sparkline_svg(values: Sequence[float | None], low: float, high: float) -> str:
    """Return the drawing: Streamlit takes SVG out of HTML, so it goes as a picture."""
    step, span = (SPARKLINE_WIDTH - 6) / max(1, len(values) - 1), (high - low) or 1.0
    points = [
        (3 + place * step, 3 + (SPARKLINE_HEIGHT - 6) * (1 - (value - low) / span))
        for place, value in enumerate(values)
        if value is not None and not math.isnan(value)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SPARKLINE_WIDTH}" height="{SPARKLINE_HEIGHT}">'
        f'<polyline points="{line}" fill="none" stroke="#7B8A99" stroke-width="1.5"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="#1F6FD1"/></svg>'
    )


def choice_list(label: Text, options: Sequence[tuple[str, str]], chosen: str) -> Markup:
    """Return a list to choose from, each option an address with its name; choosing one opens its address."""
    listed = joined(
        Markup('<option value="{}"{}>{}</option>').format(
            href, Markup(" selected") if href == chosen else "", plain_markup(name)
        )
        for href, name in options
    )
    return Markup('<label class="fl-choice"><span>{}</span> <select data-opens>{}</select></label>').format(
        words(label), listed
    )


def list_items(items: Iterable[Markup], class_: str = "fl-list") -> Markup:
    """Return an unordered list of finished items."""
    return element("ul", joined(element("li", item) for item in items), class_=class_)
