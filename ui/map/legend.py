"""The legend of the map: every layer can be shown or put out, and of those shown every sign has its word."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from data.text import Text, untranslated
from data.words import WORDS
from ui import formats, phrases
from ui.map.choices import toggle_href
from ui.map.layers import LAYERS, Look, MapLayer
from ui.markup import NOTHING, class_badge, element, joined, link, words
from ui.page import PageRequest
from ui.preferences import t
from ui.results import DatedResult

LEGEND = Text("图层", "Layers")
NONE_OF_IT = Text("没有", "none")


def sign_mark(look: Look, sign: str = "") -> Markup:
    """Return a sign as it stands on the map, small; a line is its numeral."""
    if look.shape == "line":
        return class_badge(
            look.sign if look.sign in WORDS else None, t(WORDS[look.sign]) if look.sign in WORDS else "?"
        )
    style = f"--ground:{look.ground};--ink:{look.ink};--rim:{look.rim}"
    return element("span", look.sign or sign, class_=f"fl-sign fl-sign-{look.shape}", style=style)


def standing_words(layer: MapLayer, standing: str) -> Text:
    """Return how a standing is called: by the layer, as a light, or by the ledger."""
    if standing in layer.words:
        return layer.words[standing]
    if not standing:
        return phrases.MISSING_MONTH
    return phrases.STATUS.get(standing) or WORDS.get(standing) or untranslated(standing)


def legend_markup(request: PageRequest, shown: Sequence[tuple[MapLayer, DatedResult]]) -> Markup:
    """Return all layers, each a switch, and what the signs of those shown mean."""
    rows = {layer.name: result.rows for layer, result in shown}
    layers = [layer for layer in LAYERS if layer.name in rows]
    lines = [_layer_line(request, layer, layers, rows.get(layer.name)) for layer in LAYERS]
    return element("section", joined(lines), class_="fl-map-legend", aria_label=t(LEGEND))


def _layer_line(request: PageRequest, layer: MapLayer, layers: Sequence[MapLayer], rows: pd.DataFrame | None) -> Markup:
    is_shown = rows is not None
    switch = link(
        words(layer.label), toggle_href(request, layer, layers), class_="fl-switch", role="button",
        aria_pressed="true" if is_shown else "false", data_keeps_place="1",
    )  # fmt: skip
    signs = NOTHING if rows is None else joined((_standings(layer, rows), _letters(layer, rows)))
    return element("div", switch + signs, class_="fl-legend")


def _standings(layer: MapLayer, rows: pd.DataFrame) -> Markup:
    """Return the signs that stand on the map, each with its word and how many there are."""
    counts = rows["standing"].astype(object).where(rows["standing"].notna(), "").value_counts()
    found = [standing for standing in layer.looks if standing in counts.index]
    if not found:
        return element("span", words(NONE_OF_IT))
    return joined(_standing_part(layer, standing, int(counts[standing])) for standing in found)


def _standing_part(layer: MapLayer, standing: str, count: int) -> Markup:
    look = layer.looks[standing]
    is_class = look.shape == "line" and bool(standing) and standing not in phrases.STATUS
    said = (
        formats.format_count(count)
        if is_class
        else f"{t(standing_words(layer, standing))} {formats.format_count(count)}"
    )
    return element("span", joined((sign_mark(look), words(said)), " "))


def _letters(layer: MapLayer, rows: pd.DataFrame) -> Markup:
    """Return which letter stands for which kind, of the kinds that there are."""
    kinds = rows["kind"].dropna().unique() if layer.letters and "kind" in rows else []
    listed = [f"{t(layer.letters[kind])} {t(WORDS[kind])}" for kind in layer.letters if kind in kinds]
    return element("small", " · ".join(listed)) if listed else NOTHING
