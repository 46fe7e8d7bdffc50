"""The page of the map: its title, what stands beside it, the card of a river."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd
from markupsafe import Markup

from data.text import Text, join_list, join_texts
from ui import phrases
from ui.blocks import DeckMap, Html
from ui.colours import WORST_RANK
from ui.map.card import RiverFacts, card_markup, class_line, river_file_link, river_lines
from ui.map.choices import Chosen, choose_nothing_href, opened_place, whole_map_href
from ui.map.deck import scene_map
from ui.map.layers import LAYERS, REACHES, SOURCES, MapLayer
from ui.map.objects import MapScene
from ui.map.place_list import latest_row, listed_rows, place_list
from ui.markup import NOTHING, element, joined, link, words
from ui.page import Page, PageRequest, caption_block
from ui.page_header import same_page_href
from ui.results import DatedResult

PAGE = Page(
    label=Text("地图", "Map"),
    icon=":material/map:",
    place=20,
    choices=(*(layer.choice for layer in LAYERS), "river", "layers", "colour", "at", "before", "after"),
)
PHOTOS = 2  # chosen: the height of the card
ONE_RIVER = Text("河道", "river")
MAP_HINT = Text("点图上或清单里的任何一处看卡片。", "Click anything on the map or in the list for its card.")
SCHEMATIC = Text("底图为示意图，不是测绘成果。", "The ground is schematic, not surveyed.")
NO_GROUND = Text(
    "还没有底图：在“数据更新”里载入台账“地图底图”（界线、道路、水体）。",
    "There is no ground yet: load the ledger “Base map” (boundaries, roads, waters) on “Update data”.",
)
NOT_DRAWN = Text("{listed}没有登记位置，图上没有，见全表。", "{listed} without a place: in the tables alone.")
MAP_ALT = Text(
    "地图：{listed}；下面的清单和表格是同样的内容。", "Map: {listed}; the list and tables below say the same."
)
EMPTY_ALT = Text("地图：没有打开图层，或打开的图层还没有内容。", "Map: no layer is shown, or none has anything on it.")
WITH_LATE = Text("{label} {count}（逾期 {late}）", "{label} {count} ({late} overdue)")
COUNT_OF = Text("{label} {count}", "{label} {count}")
GROUND_COARSE = Text(
    "底图很细，画时精简，偏差不超过 {metres} 米。",
    "The base map is very fine; it is drawn within {metres} m of itself.",
)
GROUND_LEFT_OUT = Text(
    "底图要素太多：最小的 {count} 个没有画，其余精简到 {metres} 米。",
    "The base map has too many features: the smallest {count} are not drawn, the others within {metres} m.",
)
PLACES = Text("清单（最差的在前）", "List (worst first)")
PLACES_OF = Text("清单：{name}（最差的在前）", "List: {name} (worst first)")
ALL_OF = Text("全表：{label}", "All columns: {label}")
OPEN_SOURCES = Text("{open} 处污染源未整治，{overdue} 处逾期", "{open} sources open, {overdue} overdue")
NO_SOURCE = Text("没有登记污染源", "No pollution source is registered")
WORST_REACHES = Text("{judged} 段有水质数据的河道中 {bad} 段劣Ⅴ类", "{bad} of {judged} reaches with data worse than Ⅴ")
NOT_JUDGED = Text("{reaches} 段河道近来都没有水质数据", "{reaches} reaches, none with data of late")
NO_REACH = Text("没有登记河段", "no reach is registered")
LATE_OTHERS = Text("逾期或落后的还有{listed}", "also late or behind: {listed}")
BEHIND = ("严重滞后", "滞后")
LONGEST = Text("逾期最久的是{name}（{days} 天）", "longest overdue: {name} ({days} days)")
SHOW_WHOLE = Text("← 看全图", "← The whole map")
NO_LAYER_SHOWN = Text("没有打开图层，在图例里打开。", "No layer is shown; the legend has them all.")
SEMICOLON = Text("；", "; ")


Shown = Sequence[tuple[MapLayer, DatedResult]]


def table_columns(layer: MapLayer) -> list[str]:
    """Return the columns of the table of all rows of a layer."""
    return [layer.title, *layer.facts]


def beside_markup(request: PageRequest, card: Markup | None, legend: Markup) -> Markup:
    """Return what stands beside the map: the card of what is chosen, or how to choose and the legend."""
    hint = element("p", words(MAP_HINT), class_="fl-caption fl-screen")
    whole = element("p", link(words(SHOW_WHOLE), whole_map_href(request))) if opened_place(request) else NOTHING
    return element("div", (hint + whole + legend) if card is None else card + whole, class_="fl-beside")


def legend_below(legend: Markup) -> Html:
    """Return the legend in columns below a map beside which a card stands."""
    return Html(element("div", legend, class_="fl-below"))


def notes_markup(notes: Sequence[Text | None]) -> Markup:
    """Return remarks on the map, a line each."""
    return joined(element("p", words(note), class_="fl-caption") for note in notes if note)


def ground_note(scene: MapScene) -> Text | None:
    """Say of the ground that it is schematic, or that there is none; None of one that was surveyed."""
    if not scene.ground:
        return NO_GROUND
    return SCHEMATIC if scene.is_schematic else None


def coarse_note(scene: MapScene) -> Text | None:
    """Say that the base map is too fine for the map, and what of it is drawn; None where all of it is."""
    if scene.ground_left_out:
        return GROUND_LEFT_OUT.fill(count=scene.ground_left_out, metres=round(scene.ground_metres))
    return GROUND_COARSE.fill(metres=round(scene.ground_metres)) if scene.ground_metres else None


def undrawn_note(shown: Shown) -> Text | None:
    """Say how many rows of each layer the map cannot show, or None where it shows all."""
    missing = [(layer, _missing_places(result.rows)) for layer, result in shown]
    parts = [COUNT_OF.fill(label=layer.label, count=count) for layer, count in missing if count]
    return NOT_DRAWN.fill(listed=join_list(parts)) if parts else None


def _missing_places(rows: pd.DataFrame) -> int:
    places = [name for name in ("course", "lon") if name in rows]
    return int(rows[places].isna().all(axis=1).sum())


def river_card(request: PageRequest, facts: RiverFacts, photos: Markup) -> Markup:
    """Return what is known of a river, with the way to its file."""
    card = facts.card
    told = element("h2", words(card["river"])) + class_line(card["class"], card["target_class"])
    links = [*river_lines(request, facts), river_file_link(card["river"], card["river_id"])]
    return card_markup(request, told, links, photos)


def marked_objects(shown: Shown, chosen: Chosen | None) -> list[tuple[str, str]]:
    """Return what is marked on the map, each by its layer and its code: of a river all its reaches."""
    if chosen is None:
        return []
    if chosen.layer:
        return [(chosen.layer.name, chosen.code)]
    reaches = [result.rows for layer, result in shown if layer.name == REACHES.name]
    return [(REACHES.name, code) for rows in reaches for code in rows.loc[rows["river_id"] == chosen.code, "reach_id"]]


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
    return scene_map(scenes, alt_sentence(shown), beside, choose_nothing_href(request))


def alt_sentence(shown: Shown) -> Text:
    """Say what lies on the map, for those who cannot see it."""
    listed = [_alt_clause(layer, result.rows) for layer, result in shown if len(result.rows)]
    return MAP_ALT.fill(listed=join_list(listed)) if listed else EMPTY_ALT


def _alt_clause(layer: MapLayer, rows: pd.DataFrame) -> Text:
    drawn = len(rows) - _missing_places(rows)
    late = int(rows["standing"].isin(layer.late).sum())
    return (WITH_LATE if late else COUNT_OF).fill(label=layer.label, count=drawn, late=late)


def list_part(request: PageRequest, shown: Shown, chosen: Chosen | None) -> Iterator[Html]:
    """Yield the list of what lies on the map, narrowed to where the thing lies that is chosen."""
    rows, name = narrowed_rows(listed_rows(shown), shown, chosen)
    yield list_heading(name)
    if not shown:
        yield caption_block(NO_LAYER_SHOWN)
        return
    layer, first = shown[0]
    yield place_list(request, first, rows, same_page_href(request, open=layer.name))


def narrowed_rows(rows: pd.DataFrame, shown: Shown, chosen: Chosen | None) -> tuple[pd.DataFrame, Text | str | None]:
    """Return the rows of the river, or else the village, or else the layer of what is chosen, and the name of that."""
    if chosen is None or rows.empty:
        return rows, None
    river = river_of(shown, chosen)
    if river:
        return rows[rows["river_id"] == river[0]], river[1]
    own = rows[(rows["layer"] == chosen.layer) & (rows["code"] == chosen.code)]
    villages = own["village"].dropna().tolist()
    if villages:
        return rows[rows["village"] == villages[0]], villages[0]
    return (rows, None) if chosen.layer is None else (rows[rows["layer"] == chosen.layer], chosen.layer.label)


def list_heading(name: Text | str | None) -> Html:
    """Return the heading of the list: what it was narrowed to."""
    return Html(element("h2", words(PLACES if name is None else PLACES_OF.fill(name=name))))


def title_sentence(reaches: DatedResult, sources: DatedResult, shown: Shown) -> Text:
    """Count the sources and worst reaches, what else of the layers shown is late or behind, and name the latest."""
    others = [(layer, result.rows) for layer, result in shown if layer.name not in (REACHES.name, SOURCES.name)]
    if all(rows.empty for rows in (reaches.rows, sources.rows, *(rows for _, rows in others))):
        return phrases.NOTHING_YET
    said = [_sources_clause(sources.rows), _reaches_clause(reaches.rows), *_others_clause(others)]
    latest = latest_row([(SOURCES, sources), *shown])
    return join_texts([*said, *([] if latest is None else [LONGEST.fill(**latest)])], SEMICOLON)


def _others_clause(others: Sequence[tuple[MapLayer, pd.DataFrame]]) -> list[Text]:
    counts = [(layer, int(rows["standing"].isin((*layer.late, *BEHIND)).sum())) for layer, rows in others]
    listed = [COUNT_OF.fill(label=layer.label, count=count) for layer, count in counts if count]
    return [LATE_OTHERS.fill(listed=join_list(listed))] if listed else []


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
