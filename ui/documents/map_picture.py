"""The map as a picture of a paper, and its legend in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from data.text import Language, Text, join_list, join_texts, untranslated
from data.words import WORDS
from ui import formats
from ui.documents.paper import Picture
from ui.map.layers import LAYERS, MapLayer
from ui.map.legend import standing_words
from ui.map.scene import MapLinks, map_scene
from ui.map.svg import map_svg
from ui.results import DatedResult

SHOWN, BASE = tuple(layer for layer in LAYERS if layer.is_shown_first), "base_map"
MAP_LISTINGS = (*(layer.listing for layer in SHOWN), BASE)
SIZE = (780, 560)  # pixels; chosen by eye: half a page of A4, the chart above it on the same page
WIDTH = 112.0  # mm
SAID = Text("地图：{legend}", "Map: {legend}")
OF_LAYER = Text("{layer}：{signs}", "{layer}: {signs}")
LINKS = MapLinks(lambda layer, code: "#", lambda place, zoom: "#")  # paper has none, but signs are drawn as links


def map_picture(drawn: Mapping[str, DatedResult], is_schematic: bool, language: Language) -> tuple[Picture, Text]:
    """Return the map of MAP_LISTINGS in colours for paper, and what its signs mean."""
    rows = [(layer, drawn[layer.listing].rows) for layer in SHOWN]
    scene = map_scene(rows, drawn[BASE].rows, language, SIZE, links=LINKS, is_schematic=is_schematic)
    legend = join_texts(list(_legend_texts(rows)), Text("；", "; "))
    said = SAID.fill(legend=legend)
    return Picture(str(map_svg(scene, said, "light")), said, WIDTH), legend


def _legend_texts(rows: Sequence[tuple[MapLayer, pd.DataFrame]]) -> Iterator[Text]:
    """Yield the signs of each layer that has rows, with their words."""
    for layer, found in rows:
        standings = {"" if formats.is_missing(value) else str(value) for value in found["standing"]}
        signs = [_sign_text(layer, standing) for standing in layer.looks if standing in standings]
        if signs:
            yield OF_LAYER.fill(layer=layer.label, signs=join_list(signs))


def _sign_text(layer: MapLayer, standing: str) -> Text:
    """Return a sign and its word; a sign that is the word stands alone."""
    sign, said = layer.looks[standing].sign, standing_words(layer, standing)
    return join_texts((WORDS.get(sign) or untranslated(sign), untranslated(" "), said)) if sign != standing else said
