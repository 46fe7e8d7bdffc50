"""What is drawn on a map, for every way of drawing it: the ground, lines, signs and names, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import shapely

from data.text import Language
from ui import formats
from ui.map.layers import Look, MapLayer
from ui.map.projection import MapView, Point, fitting_view, middle_of_line
from ui.result_list import Row

DESK, PHONE = (760, 560), (370, 560)  # pixels; chosen by eye: map and title fit a screen of 900, or of 844
AREA_KINDS = ("区县界", "街道界", "村社界", "水体", "公园")


@dataclass(frozen=True, slots=True)
class BaseShape:
    """A shape of the ground; `kind` is that of the ledger map_feature, `outlines` are rings or lines."""

    kind: str
    name: str
    outlines: tuple[tuple[Point, ...], ...]
    is_area: bool


@dataclass(frozen=True, slots=True)
class MapObject:
    """A row of a layer, or several that lie too close to be told apart (`count`).

    `place` is where it lies, `at` where its sign stands, which differ where signs would lie on one another; `path` is
    the course of a line. `tooltip` has a line each for its name, its kind and how it stands. `href` chooses it.
    """

    layer: str
    code: str
    name: str
    place: Point
    at: Point
    look: Look
    sign: str
    tooltip: str
    href: str
    path: tuple[Point, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True)
class MapName:
    """A name beside its place: `at` is its middle, where there is room for it at the zoom of the scene."""

    text: str
    at: Point
    kind: str


@dataclass(frozen=True, slots=True)
class MapScene:
    """All that is drawn; `is_schematic` tells a ground that was drawn by hand, which the map has to say."""

    view: MapView
    ground: tuple[BaseShape, ...]
    objects: tuple[MapObject, ...]
    names: tuple[MapName, ...]
    chosen: str | None
    is_schematic: bool


Href = Callable[[MapLayer, str], str]


def map_scene(
    shown: Iterable[tuple[MapLayer, pd.DataFrame]],
    base: pd.DataFrame,
    language: Language,
    size: tuple[int, int] = DESK,
    *,
    href: Href,
    chosen: str | None = None,
    is_schematic: bool = False,
) -> MapScene:
    """Return the scene of some layers with their rows on the ground that `base` (the listing base_map) has.

    The view holds the ground, or where there is none all that lies on it; what has no place is not drawn.
    """
    ground = tuple(base_shapes(base, language))
    objects = tuple(found for layer, rows in shown for found in layer_objects(layer, rows, language, href))
    around = [p for shape in ground if shape.is_area for ring in shape.outlines for p in ring]
    places = around or [p for found in objects for p in (found.path or (found.place,))] or [(121.55, 29.93)]
    names = tuple(MapName(shape.name, shape.outlines[0][0], shape.kind) for shape in ground if shape.kind == "村社界")
    return MapScene(fitting_view(places, *size), ground, objects, names, chosen, is_schematic)


def base_shapes(base: pd.DataFrame, language: Language) -> Iterable[BaseShape]:
    """Yield the shapes of the ground, those that cover others first."""
    for row in base.dropna(subset=["shape"]).to_dict("records"):
        shape = shapely.from_wkt(row["shape"])
        parts = shapely.get_parts(shape)
        is_area = row["kind"] in AREA_KINDS
        lines = [part.exterior if part.geom_type == "Polygon" else part for part in parts]
        outlines = tuple(tuple((x, y) for x, y in line.coords) for line in lines)
        yield BaseShape(row["kind"], row["name" if language == "zh" else "name_en"], outlines, is_area)


def layer_objects(layer: MapLayer, rows: pd.DataFrame, language: Language, href: Href) -> Iterable[MapObject]:
    """Yield the objects of a layer, those of its rows that have a place."""
    for row in rows.astype(object).to_dict("records"):
        path = course_points(row["course"]) if not formats.is_missing(row.get("course")) else ()
        if path or not formats.is_missing(row.get("lon")):
            yield _layer_object(layer, row, path, language, href)


def course_points(course: str) -> tuple[Point, ...]:
    """Return “lon lat; lon lat; …” as points."""
    return tuple((float(lon), float(lat)) for lon, lat in (point.split() for point in course.split(";")))


def _layer_object(layer: MapLayer, row: Row, path: tuple[Point, ...], language: Language, href: Href) -> MapObject:
    place = middle_of_line(path) if path else (float(row["lon"]), float(row["lat"]))
    look = layer.looks[_standing(row)]
    code = str(row[layer.code])
    sign = look.sign or _letter(layer, row, language)
    told = _tooltip(layer, row, language)
    return MapObject(layer.name, code, str(row[layer.title]), place, place, look, sign, told, href(layer, code), path)


def _standing(row: Mapping[str, Any]) -> str:
    return "" if formats.is_missing(row["standing"]) else str(row["standing"])


def _letter(layer: MapLayer, row: Row, language: Language) -> str:
    letter = layer.letters.get(str(row.get("kind")))
    return letter.into(language) if letter else str(row.get("kind") or "?")[0]


def _tooltip(layer: MapLayer, row: Row, language: Language) -> str:
    said = layer.words.get(_standing(row))
    return "\n".join(filter(None, (str(row[layer.title]), layer.label.into(language), said and said.into(language))))
