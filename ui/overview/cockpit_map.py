"""The map of the cockpit: reaches in the colours of their classes, what is late, and the sites not yet done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd
from markupsafe import Markup

from data.text import Text, join_list
from ui import formats
from ui.map.layers import PARCELS, PROJECTS, REACHES, SOURCES, WORKS, MapLayer
from ui.map.legend import sign_mark, standing_words
from ui.map.map_link import ON_THE_MAP
from ui.map.projection import Point
from ui.map.scene import MapLinks, map_scene
from ui.map.svg import map_figure
from ui.markup import element, joined, link, picture, words
from ui.menu import page_href
from ui.preferences import reader_language
from ui.result_list import Row, table_records
from ui.results import DatedResult

COCKPIT_LAYERS = (REACHES, SOURCES, WORKS, PARCELS, PROJECTS)
LATE_ALONE = (SOURCES, WORKS, PARCELS)  # chosen: of what there is much of, only what is late
BEHIND = ("滞后", "严重滞后")
SIZE = (320, 370)  # pixels; what the cockpit has for it at 1440, and a height beside which the lists stand
MAP_ALT = Text("地图：{listed}；右边和下面的清单是同样的内容。", "Map: {listed}; the lists beside it say the same.")
COUNT_OF = Text("{label} {count}", "{label} {count}")
STANDING_OF = Text("{layer}{standing} {count}", "{layer}: {standing} {count}")
TITLE = Text("重点事项在哪里", "Where it is")
MAP = "overview/map.py"

Shown = Sequence[tuple[MapLayer, pd.DataFrame]]


def map_markup(
    results: Sequence[tuple[MapLayer, DatedResult]], base: DatedResult, is_schematic: bool, size: tuple[int, int] = SIZE
) -> Markup:
    """Return the drawing, each thing on it a link to its page, and below it what its signs mean."""
    shown = [(layer, _rows_to_show(layer, result.rows)) for layer, result in results]
    links = _page_links(shown)
    scene = map_scene(shown, base.rows, reader_language(), size, links=links, is_schematic=is_schematic)
    counts = [COUNT_OF.fill(label=layer.label, count=len(rows)) for layer, rows in shown if len(rows)]
    legend = joined(_legend_parts(shown))
    whole = link(words(ON_THE_MAP), page_href(MAP), class_="fl-screen")
    drawn = map_figure(scene, MAP_ALT.fill(listed=join_list(counts)))
    return picture(drawn + element("p", legend + whole, class_="fl-legend"), TITLE)


def _rows_to_show(layer: MapLayer, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a layer that a leader has to see: all reaches, what is late, what is not done."""
    if layer in LATE_ALONE:
        return rows[rows["standing"].isin((*layer.late, *BEHIND))]
    return rows[~rows["standing"].isin(layer.done)]


def _page_links(shown: Shown) -> MapLinks:
    """Return the addresses that a click opens: the page of the thing itself, of several the map where they lie."""
    pages = {
        (layer.name, str(row[layer.code])): _page_of(layer, row) for layer, rows in shown for row in table_records(rows)
    }
    return MapLinks(
        lambda layer, code: pages[layer.name, code],
        lambda place, zoom: page_href(MAP, at=_written_place(place, zoom)),
    )


def _written_place(place: Point, zoom: float) -> str:
    return f"{place[0]:.5f},{place[1]:.5f},{zoom:.2f}"


def _page_of(layer: MapLayer, row: Row) -> str:
    """Return the address of the page of a row, or of the map with the row chosen where it has none."""
    if layer.page:
        file, parameter = layer.page
        if not formats.is_missing(row[f"{parameter}_id"]):
            return page_href(file, **{parameter: row[f"{parameter}_id"]})
    return page_href(MAP, **{layer.choice: row[layer.code]})


def _legend_parts(shown: Shown) -> Iterator[Markup]:
    """Yield every sign on the drawing with its word; the numerals of the reaches say theirs."""
    for layer, rows in shown:
        if layer == REACHES:
            continue
        counts = rows["standing"].value_counts()
        for standing in (name for name in layer.looks if name in counts.index):
            said = STANDING_OF.fill(layer=layer.label, standing=standing_words(layer, standing), count=counts[standing])
            yield element("span", joined((sign_mark(layer, standing), words(said)), " "))
