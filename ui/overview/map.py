"""The page of the map: its title, what stands beside it, the card of a river."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from data.text import Text, join_texts
from ui import phrases
from ui.blocks import DeckMap, Html
from ui.colours import WORST_RANK
from ui.map.card import card_markup, river_file_link
from ui.map.choices import Chosen
from ui.map.deck import scene_map
from ui.map.layers import LAYERS, MapLayer
from ui.map.scene import MapScene
from ui.markup import element, words
from ui.page import Page, PageRequest
from ui.page_header import same_page_href
from ui.result_list import facts_block
from ui.results import DatedResult

PAGE = Page(
    label=Text("地图", "Map"),
    icon=":material/map:",
    place=20,
    choices=(*(layer.choice for layer in LAYERS), "river", "layers", "colour", "at"),
)
ONE_RIVER = Text("河道", "river")
MAP_HINT = Text("点图上或清单里的任何一处看卡片。", "Click anything on the map or in the list for its card.")
SCHEMATIC = Text("底图为示意图，不是测绘成果。", "The ground is schematic, not surveyed.")
MAP_ALT = Text("地图上有{listed}。", "On the map: {listed}.")
NOT_DRAWN = Text("{listed}没有登记位置，图上没有，见全表。", "{listed} without a place: in the tables alone.")
COUNT_OF = Text("{label} {count}", "{label} {count}")
PLACES = Text("清单（最差的在前）", "List (worst first)")
PLACES_OF = Text("清单：{name}（最差的在前）", "List: {name} (worst first)")
ALL_OF = Text("全表：{label}", "All columns: {label}")
OPEN_SOURCES = Text("{open} 处污染源未整治，{overdue} 处逾期", "{open} sources open, {overdue} overdue")
NO_SOURCE = Text("没有登记污染源", "No pollution source is registered")
WORST_REACHES = Text("{judged} 段有水质数据的河道中 {bad} 段劣Ⅴ类", "{bad} of {judged} reaches with data worse than Ⅴ")
NOT_JUDGED = Text("{reaches} 段河道近来都没有水质数据", "{reaches} reaches, none with data of late")
NO_REACH = Text("没有登记河段", "no reach is registered")
LONGEST = Text("逾期最久的是{source}（{days} 天）", "longest overdue: {source} ({days} days)")
SEMICOLON = Text("；", "; ")
COMMA = Text("、", ", ")
RIVER_FACTS = ("level", "water_type", "length", "target_class")


Shown = Sequence[tuple[MapLayer, DatedResult]]


def table_columns(layer: MapLayer) -> list[str]:
    """Return the columns of the table of all rows of a layer."""
    return [layer.title, *layer.facts]


def beside_markup(card: Markup | None, legend: Markup, notes: Sequence[Text | None]) -> Markup:
    """Return what stands beside the map: the card of what is chosen or how to choose, the legend, remarks."""
    hint = element("p", words(MAP_HINT), class_="fl-caption")
    said = Markup("").join(element("p", words(note), class_="fl-caption") for note in notes if note)
    return element("div", (card or hint) + legend + said, class_="fl-beside")


def undrawn_note(shown: Shown) -> Text | None:
    """Say how many rows of each layer the map cannot show, or None where it shows all."""
    missing = [(layer, _missing_places(result.rows)) for layer, result in shown]
    parts = [COUNT_OF.fill(label=layer.label, count=count) for layer, count in missing if count]
    return NOT_DRAWN.fill(listed=join_texts(parts, COMMA)) if parts else None


def _missing_places(rows: pd.DataFrame) -> int:
    places = [name for name in ("course", "lon") if name in rows]
    return int(rows[places].isna().all(axis=1).sum())


def river_card(request: PageRequest, rivers: DatedResult, river: str, more: Sequence[Markup]) -> Markup:
    """Return what is known of a river, with the way to its file; `rivers` is river_facts."""
    row = rivers.rows[rivers.rows["river_id"] == river].iloc[0]
    known = [name for name in RIVER_FACTS if not pd.isna(row[name])]
    told = element("h2", words(row["river"])) + facts_block(rivers, row, known).markup
    return card_markup(request, told, [*more, river_file_link(row["river"], river)])


def river_of(shown: Shown, chosen: Chosen | None) -> tuple[str, str] | None:
    """Return the code and the name of the river that is chosen, or at which the thing lies that is."""
    if chosen is None:
        return None
    for layer, result in shown:
        if "river_id" in result.rows:
            is_it = result.rows["river_id" if chosen.layer is None else layer.code] == chosen.code
            if (chosen.layer is None or layer.name == chosen.layer.name) and is_it.any():
                row = result.rows[is_it].iloc[0]
                return row["river_id"], row["river"]
    return None


def map_block(request: PageRequest, scenes: tuple[MapScene, MapScene], shown: Shown, beside: Markup) -> DeckMap:
    """Return the map, for a desk and for a phone, and what stands beside it."""
    drawn = ((layer, len(result.rows) - _missing_places(result.rows)) for layer, result in shown)
    counts = [COUNT_OF.fill(label=layer.label, count=count) for layer, count in drawn]
    said = MAP_ALT.fill(listed=join_texts(counts, COMMA)) if counts else PAGE.label
    unchosen = {layer.choice: None for layer in LAYERS} | {"river": None}
    return scene_map(scenes, said, beside, same_page_href(request, **unchosen))


def list_heading(name: str | None) -> Html:
    """Return the heading of the list: what it was narrowed to."""
    return Html(element("h2", words(PLACES if name is None else PLACES_OF.fill(name=name))))


def title_sentence(reaches: pd.DataFrame, sources: pd.DataFrame, as_of: object = None) -> Text:
    """Count the open and overdue sources and the worst reaches, and name what is overdue for the longest time."""
    if reaches.empty and sources.empty:
        return phrases.NOTHING_YET
    late = sources[sources["is_overdue"].astype(bool)]
    said = [_sources_clause(sources), _reaches_clause(reaches)]
    if as_of is not None and len(late):
        worst = late.sort_values("due_on", kind="stable").iloc[0]
        days = (pd.Timestamp(as_of) - worst["due_on"]).days
        said.append(LONGEST.fill(source=worst["source"], days=days))
    return join_texts(said, SEMICOLON)


def _sources_clause(rows: pd.DataFrame) -> Text:
    if rows.empty:
        return NO_SOURCE
    return OPEN_SOURCES.fill(open=int((~rows["is_closed"].astype(bool)).sum()), overdue=int(rows["is_overdue"].sum()))


def _reaches_clause(rows: pd.DataFrame) -> Text:
    if rows.empty:
        return NO_REACH
    judged = int(rows["class_rank"].notna().sum())
    if not judged:
        return NOT_JUDGED.fill(reaches=len(rows))
    return WORST_REACHES.fill(judged=judged, bad=int((rows["class_rank"] == WORST_RANK).sum()))
