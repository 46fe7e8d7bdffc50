"""Reaches and pollution sources in, a map out; nothing of it is fetched from another host."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any

import pandas as pd
import pydeck as pdk

from data.datasets import DATASETS
from data.text import Language, Text
from ui import formats, tables
from ui.colours import CLASS_COLOURS, CLASS_TEXT, DARK_TEXT, MISSING_COLOUR, rgba_bytes
from ui.water.marker_declutter import Point, declutter_markers, pixels_per_degree

BASE_MAP = Path(__file__).parents[2] / "data" / "geo" / "base.geojson"
FONT = pdk.types.String("Microsoft YaHei, PingFang SC, Noto Sans CJK SC, sans-serif")
SIGN_SPACING = 21  # pixels between the middles of two signs
CENTRE = {"longitude": 121.5355, "latitude": 29.9455, "zoom": 12.3}
PHONE_ZOOM = 11.85  # the whole subdistrict in 370 pixels
GROUND_COLOURS = {
    "light": {
        "water": "#F5F7FA",
        "land": "#E9EEF3",
        "village": "#DCE5DD",
        "park": "#BFE0C4",
        "road": "#FFFFFF",
        "edge": "#A9B8C6",
    },
    "dark": {
        "water": "#06172B",
        "land": "#143050",
        "village": "#234A6E",
        "park": "#1F5F45",
        "road": "#5F82A6",
        "edge": "#7FA0C2",
    },
}
SPECIAL_INITIALS = {"废油": "油"}
CLASS, MONTH = Text("类别", "Class"), Text("月份", "Month")
KIND, STATE = (DATASETS["source"].column(name).label for name in ("kind", "state"))
SOURCE_STATES = ("overdue", "open", "closed")
CLOSED_SIGN = "✓"
VILLAGE_INKS = {"light": rgba_bytes("#5C6B7A"), "dark": rgba_bytes("#9FB3C8")}
NAME_GAP = 10  # pixels between a river and its name
NAME_PARTS = (-22, 0, 22)  # pixels; chosen: a name is five characters long


@dataclass(frozen=True, slots=True)
class SourceLook:
    """How a source is drawn: never orange or blue, which are classes of water; sizes are pixels."""

    ground: str
    ink: str
    rim: str
    radius: int


SOURCE_LOOKS = {
    "overdue": SourceLook("#7A1020", "#FFFFFF", "#FFFFFF", 9),
    "open": SourceLook("#FFFFFF", DARK_TEXT, DARK_TEXT, 9),
    "closed": SourceLook("#E4E8EC", "#4A5664", "#7B8794", 6),
}


@cache
def base_features() -> list[dict[str, Any]]:
    """Return the shapes of the drawn base map: land, villages, parks, roads."""
    found: list[dict[str, Any]] = json.loads(BASE_MAP.read_text(encoding="utf-8"))["features"]
    return found


@cache
def base_map_style(theme: str) -> str:
    """Return the drawn base map as a style that stands in the page itself, so that none is looked for elsewhere."""
    colours = GROUND_COLOURS[theme]
    kinds = ("land", "village", "park")
    fills: list[dict[str, object]] = [
        {
            "id": kind,
            "type": "fill",
            "source": "base",
            "filter": ["==", ["get", "kind"], kind],
            "paint": {"fill-color": colours[kind], "fill-outline-color": colours["edge"]},
        }
        for kind in kinds
    ]
    road = {
        "id": "road",
        "type": "line",
        "source": "base",
        "filter": ["==", ["get", "kind"], "road"],
        "paint": {"line-color": colours["road"], "line-width": 3},
    }
    ground = {"id": "ground", "type": "background", "paint": {"background-color": colours["water"]}}
    source = {"type": "geojson", "data": {"type": "FeatureCollection", "features": base_features()}}
    style = {"version": 8, "sources": {"base": source}, "layers": [ground, *fills, road]}
    return "data:application/json;base64," + base64.b64encode(json.dumps(style).encode()).decode()


def _course_points(course: str) -> list[list[float]]:
    """Return “lon lat; lon lat; …” as points."""
    return [[float(number) for number in point.split()] for point in course.split(";")]


def reach_features(rows: pd.DataFrame, language: Language) -> list[dict[str, Any]]:
    """Return what the map needs of each reach whose course is registered, with the lines of its tooltip."""
    drawn = []
    for row in rows.dropna(subset=["course"]).to_dict("records"):
        name = row["class"] if not formats.is_missing(row["class"]) else None
        path = _course_points(row["course"])
        drawn.append(
            {
                "id": row["reach_id"],
                "path": path,
                "middle": path[len(path) // 2],
                "numeral": tables.word_label(name, language) if name else "?",
                "colour": rgba_bytes(CLASS_COLOURS[name] if name else MISSING_COLOUR),
                "ink": rgba_bytes(CLASS_TEXT[name] if name else DARK_TEXT),
                "river": row["river"],
                "tooltip": "\n".join(
                    (
                        row["reach"],
                        f"{CLASS.into(language)}: {tables.word_label(name, language)}",
                        f"{MONTH.into(language)}: {_month_text(row['month'])}",
                    )
                ),
            }
        )
    return drawn


def _month_text(value: object) -> str:
    return formats.MISSING if formats.is_missing(value) else f"{value:%Y-%m}"


def kind_initial(kind: str) -> str:
    """Return the sign that stands for a kind of source: its first character, unless another kind has that already."""
    return SPECIAL_INITIALS.get(kind, kind[0])


def source_state(row: dict[str, object]) -> str:
    """Return open, overdue or closed for a source of `source_map`."""
    if row["is_closed"] is True:
        return "closed"
    return "overdue" if row["is_overdue"] is True else "open"


def source_features(rows: pd.DataFrame, taken: list[Point], language: Language, zoom: float) -> list[dict[str, Any]]:
    """Return what the map needs of each source: open ones nearest to their place, none on another or where is taken."""
    placed = rows.dropna(subset=["lon", "lat"]).astype(object).to_dict("records")
    placed.sort(key=lambda row: source_state(row) == "closed")
    places = tuple((float(row["lon"]), float(row["lat"])) for row in placed)
    signs = declutter_markers(places, tuple(taken), SIGN_SPACING, zoom)
    return [_source_feature(row, place, sign, language) for row, place, sign in zip(placed, places, signs, strict=True)]


def _source_feature(row: dict[str, Any], place: Point, sign: Point, language: Language) -> dict[str, Any]:
    state = source_state(row)
    look = SOURCE_LOOKS[state]
    return {
        "id": row["source_id"],
        "state": state,
        "place": place,
        "position": sign,
        "initial": CLOSED_SIGN if state == "closed" else kind_initial(row["kind"]),
        "colour": rgba_bytes(look.ground),
        "ink": rgba_bytes(look.ink),
        "rim": rgba_bytes(look.rim),
        "radius": look.radius,
        "tooltip": "\n".join(
            (
                row["source"],
                f"{KIND.into(language)}: {tables.word_label(row['kind'], language)}",
                f"{STATE.into(language)}: {tables.word_label(row['state'], language)}",
            )
        ),
    }


def taken_places(lines: list[dict[str, Any]], zoom: float) -> list[Point]:
    """Return where the numerals of the reaches and the names of the rivers stand, which no sign may cover."""
    numerals = [(lon, lat) for lon, lat in (line["middle"] for line in lines)]
    east, north = pixels_per_degree(zoom, CENTRE["latitude"])
    names = [name["at"] for name in river_names(lines)]
    letters = [(lon + x / east, lat + 1.4 * NAME_GAP / north) for lon, lat in names for x in NAME_PARTS]
    return numerals + letters


def river_names(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the name of each river once, above the head of its first reach."""
    heads = {line["river"]: line["path"][0] for line in sorted(lines, key=itemgetter("id"), reverse=True)}
    return [{"name": name, "at": at, "anchor": "middle", "baseline": "bottom"} for name, at in heads.items()]


def _text_layer(kind: str, data: list[dict[str, object]], text: str, at: str, colour: object, size: int) -> pdk.Layer:
    """Return a layer of Chinese text; characters and font must be given, or they are dropped."""
    return pdk.Layer(
        "TextLayer",
        data,
        id=kind,
        get_position=at,
        get_text=text,
        get_color=colour,
        get_size=size,
        get_text_anchor="anchor" if data and "anchor" in data[0] else pdk.types.String("middle"),
        get_alignment_baseline="baseline" if data and "baseline" in data[0] else pdk.types.String("center"),
        font_family=FONT,
        font_weight=700,
        character_set=pdk.types.String("auto"),
    )


def _village_name(feature: dict[str, Any], language: Language) -> dict[str, object]:
    """Return a village's name beside its outline, on the side that the base map leaves free."""
    outline, side = feature["geometry"]["coordinates"][0], feature["properties"]["name_at"]
    axis, anchor, baseline = {"west": (0, "end", "center"), "south": (1, "middle", "top")}[side]
    place = min(outline, key=itemgetter(axis))
    return {"name": feature["properties"][f"name_{language}"], "at": place, "anchor": anchor, "baseline": baseline}


def village_names(language: Language) -> list[dict[str, object]]:
    """Return the names of the villages of the base map, each with its place."""
    return [_village_name(f, language) for f in base_features() if f["properties"]["kind"] == "village"]


def _name_layer(kind: str, names: list[dict[str, Any]], ink: list[int]) -> pdk.Layer:
    """Return a layer of names beside their places."""
    layer = _text_layer(kind, names, "name", "at", ink, 13)
    layer.get_pixel_offset = [0, -NAME_GAP] if kind == "river-names" else [0, 0]
    return layer


def _badge_layer(kind: str, data: list[dict[str, Any]], at: str, **look: object) -> pdk.Layer:
    """Return a layer of round signs whose size is that on the screen."""
    shape = {"radius_units": pdk.types.String("pixels"), "stroked": True, "line_width_min_pixels": 1}
    return pdk.Layer("ScatterplotLayer", data, id=kind, get_position=at, **(shape | look))


def _overdue_squares(points: list[dict[str, Any]]) -> pdk.Layer:
    """Return the overdue sources as squares with a white rim, so that their shape tells them too."""
    late = [{key: p[key] for key in ("initial", "position")} for p in points if p["state"] == "overdue"]
    layer = _text_layer("overdue", late, "initial", "position", rgba_bytes("#FFFFFF"), 13)
    layer.background = True
    layer.get_background_color = rgba_bytes(SOURCE_LOOKS["overdue"].ground)
    layer.get_border_color, layer.get_border_width = rgba_bytes("#FFFFFF"), 1
    layer.background_padding = [4, 2, 4, 2]
    return layer


def _chosen_places(
    chosen: str | None, lines: list[dict[str, Any]], points: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return the place of the reach or source that is chosen, none where none is."""
    places = {line["id"]: line["middle"] for line in lines} | {point["id"]: point["position"] for point in points}
    return [{"at": places[chosen]}] if chosen in places else []


def river_map_deck(
    reaches: pd.DataFrame,
    sources: pd.DataFrame,
    language: Language,
    theme: str,
    *,
    is_phone: bool = False,
    chosen: str | None = None,
) -> pdk.Deck:
    """Return the map: reaches coloured by class with its numeral, sources by state with the initial of their kind.

    `reaches` are the rows of water.reach_map, `sources` those of water.source_map; the layers that can be clicked
    are `reaches` and `sources`, whose objects carry the `id` of the row. A source that would lie on another sign is set
    beside its place, with a line to it. The one whose code is `chosen` has a ring.
    """
    lines, zoom = reach_features(reaches, language), PHONE_ZOOM if is_phone else CENTRE["zoom"]
    points = source_features(sources, taken_places(lines, zoom), language, zoom)
    rim = rgba_bytes(DARK_TEXT if theme == "light" else "#E6EDF5")
    deck = pdk.Deck(
        layers=[
            pdk.Layer("PathLayer", lines, id="rims", get_path="path", get_color=rim, width_min_pixels=9),
            pdk.Layer(
                "PathLayer", lines, id="reaches", get_path="path", get_color="colour", width_min_pixels=6, pickable=True
            ),
            pdk.Layer(
                "LineLayer", points, id="leaders", get_source_position="place", get_target_position="position",
                get_color=rim, get_width=1, width_min_pixels=1,
            ),
            _badge_layer("badges", lines, "middle", get_fill_color="colour", get_line_color=rim, get_radius=11),
            _text_layer("numerals", lines, "numeral", "middle", "ink", 13),
            _badge_layer("sources", points, "position", get_fill_color="colour", get_line_color="rim",
                         get_radius="radius", pickable=True),
            _text_layer("initials", points, "initial", "position", "ink", 12),
            _overdue_squares(points),
            _badge_layer("chosen", _chosen_places(chosen, lines, points), "at", get_line_color=rim, get_radius=17,
                         filled=False, line_width_min_pixels=3),
            _name_layer("river-names", river_names(lines), rim),
            _name_layer("village-names", village_names(language), VILLAGE_INKS[theme]),
        ],
        initial_view_state=pdk.ViewState(**(CENTRE | {"zoom": zoom})),
        map_provider="carto",
        map_style=base_map_style(theme),
        tooltip={"text": "{tooltip}"},  # one field: a name that holds the name of another would be filled in turn
    )  # fmt: skip
    return deck
