"""Geometries as GeoJSON has them in, the WKT of a cell out; whether they can be drawn is seen when it is read."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

DECIMALS = 7  # of a degree: a centimetre, below what any ledger keeps
DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
MULTIPLE = {"Point": "MultiPoint", "LineString": "MultiLineString", "Polygon": "MultiPolygon"}
MOST_LEVELS = 4  # chosen: how deep collections lie in each other


class MalformedGeometry(ValueError):
    """A geometry whose coordinates are no lists of numbers as its type asks for."""


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
    kind = str(geometry.get("type")) if isinstance(geometry, dict) else ""
    if kind == "GeometryCollection":
        return _collection_wkt(geometry.get("geometries"), level)
    if kind not in DEPTHS:
        raise MalformedGeometry
    return f"{kind.upper()} {_coordinates_wkt(geometry.get('coordinates'), DEPTHS[kind], kind == 'MultiPoint')}"


def _collection_wkt(geometries: Any, level: int) -> str:
    """Return a collection as WKT; of single shapes of one kind that which is made of several."""
    if not isinstance(geometries, list) or level >= MOST_LEVELS or not all(isinstance(g, dict) for g in geometries):
        raise MalformedGeometry
    kinds = {str(g.get("type")) for g in geometries}
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
