"""The ground of a map out of the base map: shapes with no more points than a browser draws at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from data.text import Language
from ui.map.objects import BaseShape

AREA_KINDS = ("区县界", "街道界", "村社界", "水体", "公园")
MOST_POINTS = 40_000  # of the ground; chosen: about a megabyte in the page
MOST_SHAPES = 600  # chosen: more cannot be told apart, and each is tried for a place of its name
FIRST_TOLERANCE = 1e-5  # of a degree, a metre: less than a pixel however close one looks
WORST_TOLERANCE = 1e-3  # of a degree, a hundred metres; chosen: what is coarser is no boundary any more
METRES_OF_DEGREE = 111_320  # of latitude, which no degree of longitude exceeds
Shapes = NDArray[np.object_]


class Ground(NamedTuple):
    """What a map is drawn on; its outlines are off by `metres` at most, and `left_out` shapes are not drawn."""

    shapes: tuple[BaseShape, ...]
    metres: float
    left_out: int


def ground_of(base: pd.DataFrame, language: Language) -> Ground:
    """Return the shapes of a base map, in its order: where they are too many the largest, thinned to MOST_POINTS."""
    read = _read_shapes(base)
    kept = _largest(read)
    drawn, tolerance = thinned_shapes(read[kept])
    named = base[["kind", "name" if language == "zh" else "name_en"]].to_numpy()[kept]
    rows = ((kind, name, shape) for (kind, name), shape in zip(named, drawn, strict=True))
    shapes = tuple(_base_shape(kind, name, shape) for kind, name, shape in rows)
    return Ground(shapes, tolerance * METRES_OF_DEGREE, len(base) - len(shapes))


def _read_shapes(base: pd.DataFrame) -> Shapes:
    is_shape = base["shape"].notna().to_numpy()
    found = np.empty(len(base), object)
    found[is_shape] = shapely.from_wkt(base["shape"].to_numpy(object)[is_shape])
    points = base[["lon", "lat"]].to_numpy(float)[~is_shape]
    found[~is_shape] = shapely.points(points)
    return found


def thinned_shapes(shapes: Shapes) -> tuple[Shapes, float]:
    """Return shapes without the points that matter less than a tolerance in degrees, which is 0 where they are few."""
    thin, tolerance = shapes, 0.0
    while shapely.get_num_coordinates(thin).sum() > MOST_POINTS and tolerance < WORST_TOLERANCE:
        tolerance = 2 * tolerance or FIRST_TOLERANCE
        thin = shapely.simplify(thin, tolerance)
    return thin, tolerance


def _largest(shapes: Shapes) -> NDArray[np.int64]:
    """Return the places of the MOST_SHAPES that reach farthest, in their own order."""
    west, south, east, north = shapely.bounds(shapes).reshape(-1, 4).T
    return np.sort(np.argsort(-np.maximum(east - west, north - south), kind="stable")[:MOST_SHAPES])


def _base_shape(kind: str, name: str, shape: Any) -> BaseShape:
    parts = shapely.get_parts(shape)
    lines = [part.exterior if part.geom_type == "Polygon" else part for part in parts]
    holes = [part.interiors if part.geom_type == "Polygon" else () for part in parts]
    is_area = kind in AREA_KINDS
    return BaseShape(kind, name, _rings(lines), is_area, tuple(map(_rings, holes)))


def _rings(lines: Iterable[Any]) -> tuple[tuple[tuple[float, float], ...], ...]:
    return tuple(tuple((x, y) for x, y in line.coords) for line in lines)
