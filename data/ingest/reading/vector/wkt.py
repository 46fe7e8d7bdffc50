"""Geometries as GeoJSON has them in, the WKT of a cell out; what is too detailed for a cell is simplified."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import shapely
from shapely.errors import ShapelyError

DECIMALS = 7  # of a degree: a centimetre, below what any ledger keeps
DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
MULTIPLE = {"Point": "MultiPoint", "LineString": "MultiLineString", "Polygon": "MultiPolygon"}
MOST_LEVELS = 4  # chosen: how deep collections lie in each other
POINT_LENGTH, RING_LENGTH = 22, 6  # characters of a point with six decimals, and of what stands around a ring
MOST_CHARACTERS = 32_000  # of a cell of Excel, with room for the names of shapes
FIRST_TOLERANCE = 0.00001  # degrees: a metre
MOST_DOUBLINGS = 16  # chosen: a tolerance of some seventy kilometres leaves nothing of a county
METRES_PER_DEGREE = 111_320  # of latitude, and at most of longitude


class MalformedGeometry(ValueError):
    """A geometry whose coordinates are no lists of numbers as its type asks for."""


class SimplifiedShape(NamedTuple):
    """A shape as WKT, its points before and after, and how many metres off it may lie at most."""

    wkt: str
    before: int
    after: int
    metres: float


def point_cells(geometry: Any) -> tuple[str, str] | None:
    """Return longitude and latitude of a geometry that is one point, as they are written; None of any other."""
    if not isinstance(geometry, dict) or geometry.get("type") != "Point" or not geometry.get("coordinates"):
        return None
    try:
        _position(geometry["coordinates"])
    except MalformedGeometry:
        return None
    longitude, latitude = geometry["coordinates"][:2]
    return str(longitude), str(latitude)


def shape_wkt(geometry: Any, level: int = 0) -> str:
    """Return a geometry as WKT of two dimensions; raises MalformedGeometry."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind == "GeometryCollection":
        return _collection_wkt(geometry.get("geometries"), level)
    if kind not in DEPTHS:
        raise MalformedGeometry
    return f"{kind.upper()} {_coordinates_wkt(geometry.get('coordinates'), DEPTHS[kind], kind == 'MultiPoint')}"


def _collection_wkt(geometries: Any, level: int) -> str:
    """Return a collection as WKT; of single shapes of one kind that which is made of several."""
    if not isinstance(geometries, list) or level >= MOST_LEVELS or not all(isinstance(g, dict) for g in geometries):
        raise MalformedGeometry
    kinds = {g.get("type") for g in geometries}
    if len(kinds) == 1 and (kind := MULTIPLE.get(next(iter(kinds)))):
        parts = [g.get("coordinates") for g in geometries]
        return shape_wkt(geometries[0] if len(parts) == 1 else {"type": kind, "coordinates": parts})
    parts = [shape_wkt(g, level + 1) for g in geometries]
    return f"GEOMETRYCOLLECTION ({', '.join(parts)})" if parts else "GEOMETRYCOLLECTION EMPTY"


def _coordinates_wkt(coordinates: Any, depth: int, has_bracketed_points: bool = False) -> str:
    """Return coordinates with as many levels of lists as `depth` says, in the brackets of WKT."""
    if not isinstance(coordinates, list):
        raise MalformedGeometry
    if not coordinates:
        return "EMPTY"
    if depth == 0:
        return f"({_position(coordinates)})"
    write: Callable[[Any], str] = _position if depth == 1 else lambda part: _coordinates_wkt(part, depth - 1)
    written = ", ".join(map(write, coordinates))
    return f"({written.replace(', ', '), (').join('()')})" if has_bracketed_points else f"({written})"


def _position(position: Any) -> str:
    """Return a longitude and a latitude, or the like, as WKT; a height is left out."""
    if not isinstance(position, list) or len(position) < 2:
        raise MalformedGeometry
    return f"{_degrees(position[0])} {_degrees(position[1])}"


def _degrees(written: Any) -> str:
    if isinstance(written, (list, dict, bool)) or written is None:
        raise MalformedGeometry
    try:
        value = float(written)
    except ValueError as error:
        raise MalformedGeometry from error
    if not math.isfinite(value):
        raise MalformedGeometry
    return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")


def point_count(wkt: str) -> int:
    """Return of how many points a shape is made, as its WKT tells."""
    return wkt.count(",") + 1


def is_too_detailed(wkt: str) -> bool:
    """Tell whether a shape may not fit a cell once its coordinates have six decimals."""
    rings = wkt.count("(")
    return POINT_LENGTH * point_count(wkt) + RING_LENGTH * rings > MOST_CHARACTERS


def simplified_shape(wkt: str) -> SimplifiedShape | None:
    """Return a shape with as few points as a cell takes, by Douglas and Peucker; None if there is none."""
    try:
        shape = shapely.from_wkt(wkt)
    except ShapelyError:
        return None
    for tolerance in _tolerances():
        simple = shapely.simplify(shape, tolerance)
        written = str(shapely.to_wkt(simple, rounding_precision=DECIMALS))
        if not is_too_detailed(written):
            return SimplifiedShape(written, point_count(wkt), point_count(written), tolerance * METRES_PER_DEGREE)
    return None


def _tolerances() -> Iterator[float]:
    """Yield by how many degrees a line may be moved, from a metre on."""
    for doubling in range(MOST_DOUBLINGS):
        yield FIRST_TOLERANCE * 2**doubling
