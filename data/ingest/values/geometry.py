"""Lines and shapes in the cells of ledgers, read with Shapely: WKT, or “lon lat; …”; each valid, in degrees."""

from __future__ import annotations

import re

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, Point
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from data.ingest.values.coordinates import ELLIPSOID, Degrees, to_wgs84
from data.ingest.values.spelling import Unreadable, error_or_placeholder, to_half_width

DECIMALS = 6  # of a degree: a tenth of a metre
GRID = 10.0**-DECIMALS
MOST_VERTICES = 1_400  # so that a shape fits a cell of Excel, which holds 32,767 characters
FIRST_TOLERANCE = 5e-6  # of a degree, half a metre: what nobody sees on a map
METRES_OF_DEGREE = 111_320  # of latitude, which no degree of longitude exceeds
LONGITUDES, LATITUDES = (73.0, 136.0), (3.0, 54.0)  # China
WORD = re.compile(r"[A-Za-z]{3,}")  # WKT begins with one, once what says its system is off
SYSTEM = re.compile(r"^SRID=\d+;", re.IGNORECASE)
DEGREE_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
PATH_FORM = re.compile(r"# ?[ ,] ?#(?: ?; ?# ?[ ,] ?#)* ?;?|# +#(?: ?, ?# +#)*")


def parse_path(cell: str) -> str | Unreadable:
    """Return a course as “lon lat; lon lat; …”, its degrees as they are written; of WKT those of a line, rounded."""
    written = _read_shape(cell, "not_path")
    if isinstance(written, Unreadable):
        return written
    line = _one_line(written)
    if isinstance(line, Unreadable):
        return line
    short, _ = simplify_shape(line)
    if _is_wkt(cell) or short is not line:
        return path_text(short)
    degrees = DEGREE_NUMBER.findall(to_half_width(cell))
    return "; ".join(f"{lon} {lat}" for lon, lat in zip(degrees[::2], degrees[1::2], strict=True))


def parse_shape(cell: str) -> str | Unreadable:
    """Return a shape as WKT, with six decimals and no more vertices than MOST_VERTICES."""
    found = _read_shape(cell, "not_shape")
    return found if isinstance(found, Unreadable) else shape_text(simplify_shape(found)[0])


def simplification_metres(cell: str) -> float:
    """Return how far from what a cell draws that is which the ledger gets: 0 but for very many points."""
    found = _read_shape(cell, "not_shape")
    return 0.0 if isinstance(found, Unreadable) else simplify_shape(found)[1]


def path_text(line: BaseGeometry) -> str:
    """Return a line as the cells of ledgers have it."""
    return "; ".join(f"{lon:.{DECIMALS}f} {lat:.{DECIMALS}f}" for lon, lat in line.coords)


def path_line(path: str) -> LineString:
    """Return “lon lat; lon lat; …” as a line."""
    return LineString([tuple(map(float, point.split())) for point in path.split(";")])


def shape_text(shape: BaseGeometry) -> str:
    """Return a shape as WKT of six decimals, which is valid as the shape is."""
    return str(shapely.to_wkt(rounded_shape(shape), rounding_precision=DECIMALS))


def rounded_shape(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape with six decimals; its points stay what they are, unless areas would cross themselves by that."""
    plain = shapely.set_precision(shape, GRID, mode="pointwise")
    return plain if shapely.is_valid(plain) else shapely.set_precision(shape, GRID)


def simplify_shape(shape: BaseGeometry) -> tuple[BaseGeometry, float]:
    """Return a shape with no more points than MOST_VERTICES, and how many metres it is off at most (0: untouched)."""
    short, tolerance = shape, 0.0
    while shapely.get_num_coordinates(short) > MOST_VERTICES and tolerance < 1:
        tolerance = 2 * tolerance or FIRST_TOLERANCE
        short = _thinned_shape(shape, tolerance)
    return short, tolerance * METRES_OF_DEGREE


def _thinned_shape(shape: BaseGeometry, tolerance: float) -> BaseGeometry:
    """Return a shape without the points that matter less than a tolerance; the quick way unless it spoils an area."""
    quick = shapely.simplify(shape, tolerance, preserve_topology=False)
    is_whole = not shapely.is_empty(quick) and shapely.is_valid(quick) and quick.geom_type == shape.geom_type
    return quick if is_whole else shapely.simplify(shape, tolerance, preserve_topology=True)


def shape_in_wgs84(shape: BaseGeometry, system: str) -> BaseGeometry:
    """Return a shape whose degrees are of GCJ-02 or BD-09 with those of WGS84."""
    return shapely.transform(shape, lambda places: np.column_stack(to_wgs84(system, *places.T)))


def line_metres(line: BaseGeometry) -> float:
    """Return the length of a line of WGS84 on the ellipsoid."""
    return float(ELLIPSOID.geometry_length(line))


def _is_wkt(cell: str) -> bool:
    return WORD.match(SYSTEM.sub("", cell.strip())) is not None


def _read_shape(cell: str, reason: str) -> BaseGeometry | Unreadable:
    """Return what a cell draws, on the plane; Unreadable, for `reason` or a better one, where it draws nothing."""
    found = _shape_of_wkt(cell) if _is_wkt(cell) else _shape_of_degrees(to_half_width(cell))
    if found is None:
        return error_or_placeholder(to_half_width(cell)) or Unreadable(reason)
    fault = shape_fault(found)
    return Unreadable(fault) if fault else shapely.force_2d(found)


def _shape_of_wkt(cell: str) -> BaseGeometry | None:
    try:
        with np.errstate(invalid="ignore"):  # of degrees that are NaN
            found = shapely.from_wkt(SYSTEM.sub("", cell.strip()))
    except ShapelyError:
        return None
    return found if np.isfinite(shapely.get_coordinates(found)).all() else None


def _shape_of_degrees(written: str) -> BaseGeometry | None:
    """Return the point or the line of “lon lat; lon lat; …”."""
    if not PATH_FORM.fullmatch(DEGREE_NUMBER.sub("#", written)):
        return None
    degrees = list(map(float, DEGREE_NUMBER.findall(written)))
    points = list(zip(degrees[::2], degrees[1::2], strict=True))
    return LineString(points) if len(points) > 1 else Point(points[0])


def shape_fault(shape: BaseGeometry) -> str | None:
    """Return why a shape cannot stand in a ledger, as a reason to refuse its cell; None where it can."""
    places = shapely.get_coordinates(shape)
    if len(places) == 0:
        return "empty_shape"
    if shape.geom_type == "GeometryCollection":
        return "mixed_shape"
    return degrees_fault(places) or _course_fault(shape)


def degrees_fault(places: Degrees) -> str | None:
    """Return why coordinates are no degrees of longitude and latitude in China; None where they are."""
    is_swapped = _are_within(places[:, ::-1])
    if (np.abs(places[~is_swapped]) > (180, 90)).any():
        return "not_degrees"
    return "swapped_degrees" if is_swapped.any() else None


def _are_within(places: Degrees) -> NDArray[np.bool_]:
    """Tell of each place whether it lies in China."""
    within = (places >= (LONGITUDES[0], LATITUDES[0])) & (places <= (LONGITUDES[1], LATITUDES[1]))
    return np.asarray(within.all(axis=1))


def _course_fault(shape: BaseGeometry) -> str | None:
    """Return why lines or outlines go astray: they have no length, or they cross themselves."""
    for part in shapely.get_parts(shape):
        if part.geom_type in ("LineString", "LinearRing"):
            if part.length < GRID:
                return "no_length"
            if not part.is_simple:
                return "crosses_itself"
    return None if shapely.is_valid(shape) else "crosses_itself"


def _one_line(shape: BaseGeometry) -> BaseGeometry | Unreadable:
    """Return a line; parts that meet end to end are joined."""
    if shape.geom_type not in ("LineString", "LinearRing", "MultiLineString"):
        return Unreadable("not_line")
    joined = shapely.line_merge(shape) if shape.geom_type == "MultiLineString" else shape
    if joined.geom_type == "MultiLineString":
        return Unreadable("parts_apart")
    return joined if joined.is_simple else Unreadable("crosses_itself")
