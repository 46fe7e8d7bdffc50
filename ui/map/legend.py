"""The legend of the map: every layer can be shown or put out, and of those shown every sign has its word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

import pandas as pd
from markupsafe import Markup

from data.text import Text, untranslated
from data.words import WORDS
from ui import formats, phrases
from ui.colours import CLASS_NAMES
from ui.map.choices import BY_PROGRESS, colour_href, toggle_href
from ui.map.layers import LAYERS, MapLayer
from ui.map.sign_atlas import sign_stamp
from ui.markup import NOTHING, class_badge, element, joined, link, status_mark, words
from ui.page import PageRequest
from ui.preferences import t
from ui.results import DatedResult

LEGEND, NONE_OF_IT = Text("图层", "Layers"), Text("没有", "none")
MORE_LAYERS = Text("还可以打开", "More layers")
COLOURED_BY = Text("颜色", "Coloured by")
BY_CLASS_WORD, BY_PROGRESS_WORD = Text("水质类别", "Class"), Text("工程进度", "Progress of works")


def sign_mark(layer: MapLayer, standing: str) -> Markup:
    """Return the sign of a standing as it stands on the map; a line is told by its numeral or its light."""
    look = layer.looks[standing]
    if look.shape == "line":
        return status_mark(standing) if standing in phrases.STATUS else class_mark(standing)
    stamp = sign_stamp(look, t(WORDS[look.sign]) if look.sign in WORDS else look.sign)
    box = f"{-stamp.width / 2:g} {-stamp.height / 2:g} {stamp.width} {stamp.height}"
    drawn = element("svg", stamp.drawn, xmlns="http://www.w3.org/2000/svg", viewBox=box)
    picture = Markup('<img class="fl-sign" src="data:image/svg+xml;charset=utf-8,{}" alt="" width="{}" height="{}">')
    return picture.format(quote(drawn), stamp.width, stamp.height)


def class_mark(name: str) -> Markup:
    """Return a class of water as its numeral in its colour, a question mark where none is known."""
    return class_badge(name or None, t(WORDS[name]) if name else "?")


def standing_words(layer: MapLayer, standing: str) -> Text:
    """Return how a standing is called: by the layer, as a light, or by the ledger."""
    if standing in layer.words:
        return layer.words[standing]
    if not standing:
        return phrases.MISSING_MONTH
    return phrases.STATUS.get(standing) or WORDS.get(standing) or untranslated(standing)


def standing_of(row: pd.Series) -> str:
    """Return how a row stands, "" where it is not known."""
    return "" if formats.is_missing(row["standing"]) else str(row["standing"])


def legend_markup(request: PageRequest, shown: Sequence[tuple[MapLayer, DatedResult]]) -> Markup:
    """Return all layers, each a switch: those shown with what their signs mean, then the others."""
    names = [layer.name for layer, _ in shown]
    lines = [_shown_layer(request, layer, names, result.rows) for layer, result in shown]
    others = [_switch(request, layer, names) for layer in LAYERS if layer.name not in names]
    more = element("div", element("small", words(MORE_LAYERS)) + joined(others), class_="fl-legend") if others else ""
    return element("section", joined(lines) + more, class_="fl-map-legend", aria_label=t(LEGEND))


def _switch(request: PageRequest, layer: MapLayer, shown: Sequence[str]) -> Markup:
    return link(
        words(layer.label), toggle_href(request, layer, shown), class_="fl-switch", role="button",
        aria_pressed="true" if layer.name in shown else "false", data_keeps_place="1",
    )  # fmt: skip


def _shown_layer(request: PageRequest, layer: MapLayer, shown: Sequence[str], rows: pd.DataFrame) -> Markup:
    colours = _colour_links(request) if layer.name == LAYERS[0].name else NOTHING
    parts = [_switch(request, layer, shown), colours, *_standings(layer, rows), _letters(layer, rows)]
    return element("div", joined(parts), class_="fl-legend")


def _colour_links(request: PageRequest) -> Markup:
    """Return the two ways to colour the reaches, the one that is not shown as a link."""
    by_progress = request.choices.get("colour") == BY_PROGRESS
    ways = ((BY_CLASS_WORD, None, not by_progress), (BY_PROGRESS_WORD, BY_PROGRESS, by_progress))
    parts = [
        element("b", words(said), aria_current="true") if is_shown
        else link(words(said), colour_href(request, way), data_keeps_place="1")
        for said, way, is_shown in ways
    ]  # fmt: skip
    between = element("span", " / ", class_="fl-screen")
    return element("span", words(COLOURED_BY) + Markup(" ") + joined(parts, between), class_="fl-way-of-colour")


def _standings(layer: MapLayer, rows: pd.DataFrame) -> Iterable[Markup]:
    """Yield the signs that stand on the map, each with its word and how many there are."""
    counts = rows["standing"].astype(object).where(rows["standing"].notna(), "").value_counts()
    found = [standing for standing in layer.looks if standing in counts.index]
    for standing in found:
        yield _standing_part(layer, standing, int(counts[standing]))
    if not found:
        yield element("span", words(NONE_OF_IT))


def _standing_part(layer: MapLayer, standing: str, count: int) -> Markup:
    """Return a sign with its word, but for a class, whose numeral says it."""
    number = formats.format_count(count)
    said = number if standing in CLASS_NAMES else f"{t(standing_words(layer, standing))} {number}"
    return element("span", joined((sign_mark(layer, standing), words(said)), " "))


def _letters(layer: MapLayer, rows: pd.DataFrame) -> Markup:
    """Return which letter stands for which kind, of the kinds that there are."""
    kinds = set(rows["kind"].dropna()) if "kind" in rows else set()
    listed = [f"{t(letter)} {t(WORDS[kind])}" for kind, letter in layer.letters.items() if kind in kinds]
    return element("small", " · ".join(listed)) if listed else NOTHING
