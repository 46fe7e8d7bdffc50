"""What is drawn on a map, for every way of drawing it: the ground, lines, signs and names, each with its place."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from data.text import Language, Text
from data.words import WORDS
from ui import formats
from ui.map.base_shapes import AREA_KINDS, ground_of
from ui.map.clusters import CLOSER, SURROUNDINGS, cluster_numbers, in_view, simplified_paths
from ui.map.layers import MapLayer
from ui.map.names import placed_signs_and_names
from ui.map.objects import BaseShape, MapLine, MapObject, MapScene, object_key
from ui.map.projection import CLOSEST, MapView, Point, fitting_view, middle_of_line
from ui.result_list import Row

DESK, PHONE = (640, 560), (358, 560)  # pixels; what the page has for it at 1440 and at 390, and a height chosen by eye


NOWHERE = (121.55, 29.93)  # the middle of a map without a ground and without objects: the subdistrict
NEAR = 0.5  # of a degree, some 50 km; chosen: farther from the middle than any place of a subdistrict
SEVERAL = Text("{layer} {count} 处，点开看", "{layer}: {count}, click to open")


@dataclass(frozen=True, slots=True)
class MapLinks:
    """The addresses that choose a row of a layer, and that open a place at a zoom."""

    choose: Callable[[MapLayer, str], str]
    open_at: Callable[[Point, float], str]


def map_scene(
    shown: Iterable[tuple[MapLayer, pd.DataFrame]],
    base: pd.DataFrame,
    language: Language,
    size: tuple[int, int] = DESK,
    *,
    links: MapLinks,
    chosen: Collection[tuple[str, str]] = (),
    opened: tuple[Point, float] | None = None,
    is_schematic: bool = False,
) -> MapScene:
    """Return the scene of some layers with their rows on the ground that `base` (the listing base_map) has.

    The view is that of the place and zoom that are `opened`, or else holds the ground, or where there is none all that
    lies on it; what has no place is not drawn. Those of `chosen`, by their layers and codes, are marked.
    """
    placed = [(layer, placed_rows(rows)) for layer, rows in shown]
    found = ground_of(base, language)
    ground = found.shapes
    lying = [place for _, rows in placed for place in rows["place"]]
    whole = fitting_view(own_area(ground) or near_places(lying) or [NOWHERE], *size)
    view = replace(whole, centre=opened[0], zoom=opened[1]) if opened else whole
    keys = frozenset(object_key(*each) for each in chosen)
    objects, lines = list[MapObject](), list[MapLine]()
    for layer, rows in placed:
        singles, clusters = drawn_rows(rows, layer, view, whole, keys)
        objects += [single_object(layer, row, language, links) for row in singles]
        objects += [cluster_object(layer, members, language, links, view.zoom) for members in clusters]
        lines += [line for members in clusters for line in cluster_lines(layer, members, view)]
    spread, names = placed_signs_and_names(view, objects, ground, keys, is_schematic)
    return MapScene(view, ground, spread, names, tuple(lines), keys, is_schematic, found.metres, found.left_out)


def own_area(ground: Sequence[BaseShape]) -> list[Point]:
    """Return the corners of the subdistrict, of its villages without one, or else of all that is drawn as an area."""
    for kinds in (("街道界",), ("村社界",), AREA_KINDS):
        corners = [p for shape in ground if shape.kind in kinds for ring in shape.outlines for p in ring]
        if corners:
            return corners
    return []


def near_places(places: Sequence[Point]) -> list[Point]:
    """Return the places around the middle one: a stray one, which a former database may hold, would empty the view."""
    if not places:
        return []
    found = np.array(places)
    is_near = (abs(found - np.median(found, axis=0)) <= NEAR).all(axis=1)
    return list(itertools.compress(places, is_near))


def placed_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that have a place, with their `path`, empty for a point, and their `place` as columns."""
    if "course" in rows:
        lying = rows[rows["course"].notna()]
        paths = [course_points(course) for course in lying["course"]]
        return lying.assign(path=paths, place=[middle_of_line(path) for path in paths])
    lying = rows[rows["lon"].notna() & rows["lat"].notna()]
    places = list(zip(lying["lon"].astype(float).tolist(), lying["lat"].astype(float).tolist(), strict=True))
    return lying.assign(path=[()] * len(lying), place=places)


def course_points(course: str) -> tuple[Point, ...]:
    """Return “lon lat; lon lat; …” as points."""
    return tuple((float(lon), float(lat)) for lon, lat in (point.split() for point in course.split(";")))


def drawn_rows(
    rows: pd.DataFrame, layer: MapLayer, view: MapView, whole: MapView, chosen: frozenset[str]
) -> tuple[list[Row], list[pd.DataFrame]]:
    """Return the rows that have a sign each, and those that share one; lines with no more points than show."""
    if rows.empty:
        return [], []
    is_chosen = np.array([object_key(layer.name, code) in chosen for code in rows[layer.code]], bool)
    numbers = pd.Series(cluster_numbers(np.array(rows["place"].to_list()), view, whole, is_chosen), rows.index)
    shown = rows.assign(path=simplified_paths(list(rows["path"]), view.zoom)) if rows["path"].iloc[0] else rows
    is_shared = numbers.duplicated(keep=False)
    clusters = [members for _, members in shown[is_shared].groupby(numbers[is_shared], sort=False)]
    return shown[~is_shared].astype(object).to_dict("records"), clusters


def single_object(layer: MapLayer, row: Row, language: Language, links: MapLinks) -> MapObject:
    """Return a row as it is drawn."""
    look = layer.looks[_standing(row)]
    code = str(row[layer.code])
    sign = _written_sign(look.sign, language) or _letter(layer, row, language)
    told, place = _tooltip(layer, row, language), row["place"]
    href = links.choose(layer, code)
    name, label = layer.name_of(row).into(language), str(row[layer.name_beside]) if layer.name_beside else ""
    return MapObject(layer.name, code, name, place, place, look, sign, told, href, row["path"], label=label)


def cluster_object(
    layer: MapLayer, members: pd.DataFrame, language: Language, links: MapLinks, zoom: float
) -> MapObject:
    """Return several rows as one sign in the look of the worst, with their number; it opens where they lie."""
    found = set(members["standing"].fillna(""))
    look = next(look for standing, look in layer.looks.items() if standing in found)
    lon, lat = np.array(members["place"].to_list()).mean(axis=0).tolist()
    place, closer = (lon, lat), min(CLOSEST, zoom + CLOSER)
    told = SEVERAL.fill(layer=layer.label, count=len(members)).into(language)
    href = links.open_at(place, closer)
    return MapObject(layer.name, "", told, place, place, look, str(len(members)), told, href, count=len(members))


def cluster_lines(layer: MapLayer, members: pd.DataFrame, view: MapView) -> Iterable[MapLine]:
    """Yield the lines of rows that share a sign, those in the view and around it."""
    is_near = in_view(np.array(members["place"].to_list()), view, SURROUNDINGS)
    near = members[is_near]
    for standing, path in zip(near["standing"].fillna(""), near["path"], strict=True):
        if path:
            yield MapLine(layer.looks[standing], path)


def _standing(row: Mapping[str, Any]) -> str:
    return "" if formats.is_missing(row["standing"]) else str(row["standing"])


def _written_sign(sign: str, language: Language) -> str:
    """Return the sign of a look as it is written in a language: 劣Ⅴ is >Ⅴ in English."""
    return WORDS[sign].into(language) if sign in WORDS else sign


def _letter(layer: MapLayer, row: Row, language: Language) -> str:
    return layer.letter_of(row).into(language)


def _tooltip(layer: MapLayer, row: Row, language: Language) -> str:
    said = [layer.label, *filter(None, [layer.words.get(_standing(row))])]
    return "\n".join((layer.name_of(row).into(language), *(each.into(language) for each in said)))
