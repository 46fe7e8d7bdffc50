"""Reaches and pollution sources in, a map out; nothing of it is fetched from another host."""

from __future__ import annotations

import base64
import json
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any

import pandas as pd
import pydeck as pdk

from data.text import Language
from ui import formats, tables
from ui.colours import CLASS_COLOURS, CLASS_TEXT, DARK_TEXT, MISSING_COLOUR, rgba_bytes
from ui.marker_declutter import Point, declutter_markers

BASE_MAP = Path(__file__).parent.parent / "data" / "geo" / "base.geojson"
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
SOURCE_COLOURS = {"open": "#D55E00", "overdue": "#7A1F5C", "closed": "#0072B2"}


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
    source = {"type": "geojson", "data": json.loads(BASE_MAP.read_text(encoding="utf-8"))}
    style = {"version": 8, "sources": {"base": source}, "layers": [ground, *fills, road]}
    return "data:application/json;base64," + base64.b64encode(json.dumps(style).encode()).decode()


def _course_points(course: str) -> list[list[float]]:
    """Return “lon lat; lon lat; …” as points."""
    return [[float(number) for number in point.split()] for point in course.split(";")]


def _reach_features(rows: pd.DataFrame, language: Language) -> list[dict[str, Any]]:
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
                "title": row["reach"],
                "line1": f"{tables.column_heading('class', language)}: {tables.word_label(name, language)}",
                "line2": f"{tables.column_heading('month', language)}: {_month_text(row['month'])}",
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


def _source_features(
    rows: pd.DataFrame, numerals: list[Point], language: Language, zoom: float
) -> list[dict[str, object]]:
    """Return what the map needs of each source: open ones nearest to their place, none on another or on a numeral."""
    placed = rows.dropna(subset=["lon", "lat"]).astype(object).to_dict("records")
    placed.sort(key=lambda row: source_state(row) == "closed")
    places = [(float(row["lon"]), float(row["lat"])) for row in placed]
    return [
        {
            "id": row["source_id"],
            "place": place,
            "position": sign,
            "initial": kind_initial(row["kind"]),
            "colour": rgba_bytes(SOURCE_COLOURS[source_state(row)]),
            "title": row["source"],
            "line1": f"{tables.column_heading('kind', language)}: {tables.word_label(row['kind'], language)}",
            "line2": f"{tables.column_heading('state', language)}: {tables.word_label(row['state'], language)}",
        }
        for row, place, sign in zip(
            placed, places, declutter_markers(places, numerals, SIGN_SPACING, zoom), strict=True
        )
    ]


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


def _village_name_layer(language: Language, theme: str) -> pdk.Layer:
    features = json.loads(BASE_MAP.read_text(encoding="utf-8"))["features"]
    names = [_village_name(f, language) for f in features if f["properties"]["kind"] == "village"]
    return _text_layer(
        "village-names", names, "name", "at", rgba_bytes("#5C6B7A" if theme == "light" else "#9FB3C8"), 13
    )


def river_map_deck(
    reaches: pd.DataFrame, sources: pd.DataFrame, language: Language, theme: str, *, is_phone: bool = False
) -> pdk.Deck:
    """Return the map: reaches coloured by class with its numeral, sources by state with the initial of their kind.

    `reaches` are the rows of water.reach_map, `sources` those of water.source_map; the layers that can be clicked
    are `reaches` and `sources`, whose objects carry the `id` of the row. A source that would lie on another sign is set
    beside its place, with a line to it.
    """
    lines, zoom = _reach_features(reaches, language), PHONE_ZOOM if is_phone else CENTRE["zoom"]
    points = _source_features(sources, [(lon, lat) for lon, lat in (line["middle"] for line in lines)], language, zoom)
    rim = rgba_bytes(DARK_TEXT if theme == "light" else "#E6EDF5")
    badges = {"get_radius": 11, "radius_units": pdk.types.String("pixels"), "stroked": True, "line_width_min_pixels": 1}
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
            pdk.Layer(
                "ScatterplotLayer", lines, id="badges", get_position="middle", get_fill_color="colour",
                get_line_color=rim, **badges,
            ),
            _text_layer("numerals", lines, "numeral", "middle", "ink", 13),
            pdk.Layer(
                "ScatterplotLayer", points, id="sources", get_position="position", get_fill_color="colour",
                get_line_color=rgba_bytes("#FFFFFF"), pickable=True, **(badges | {"get_radius": 9}),
            ),
            _text_layer("initials", points, "initial", "position", rgba_bytes("#FFFFFF"), 12),
            _village_name_layer(language, theme),
        ],
        initial_view_state=pdk.ViewState(**(CENTRE | {"zoom": zoom})),
        map_provider="carto",
        map_style=base_map_style(theme),
        tooltip={"html": "<b>{title}</b><br/>{line1}<br/>{line2}"},
    )  # fmt: skip
    return deck
