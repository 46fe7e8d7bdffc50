"""Lines and shapes in cells: read from WKT or from degrees side by side, or refused for what is wrong with them."""

from __future__ import annotations

import math

import pytest
import shapely

from data.ingest.values import geometry
from data.ingest.values.spelling import Unreadable

TRIANGLE = "POLYGON ((121.5 29.9, 121.6 29.9, 121.6 30, 121.5 29.9))"


@pytest.mark.parametrize(
    "written",
    ["121.50 29.9; 121.6 30", "121.50 29.9;121.6 30;", "121.50,29.9;121.6,30", "121.50，29.9；121.6，30",
     "１２１．５０　２９．９；１２１．６　３０", "121.50 29.9, 121.6 30"],
)  # fmt: skip
def test_a_course_is_brought_into_one_form(written: str) -> None:
    """Commas, semicolons and full width do not matter; the degrees stay as written."""
    assert geometry.parse_path(written) == "121.50 29.9; 121.6 30"


@pytest.mark.parametrize(
    "written",
    ["LINESTRING (121.5 29.9, 121.6 30)", "linestring(121.5 29.9,121.6 30)",
     "SRID=4326;LINESTRING(121.5 29.9,121.6 30)",
     "LINESTRING Z (121.5 29.9 3, 121.6 30 4)", "MULTILINESTRING ((121.5 29.9, 121.6 30))"],
)  # fmt: skip
def test_a_course_may_be_wkt(written: str) -> None:
    """A line of WKT is a course, its height and what says its system aside."""
    assert geometry.parse_path(written) == "121.500000 29.900000; 121.600000 30.000000"


def test_parts_that_meet_are_one_course() -> None:
    """Parts of a line that meet end to end are joined, in whatever order they stand."""
    parts = "MULTILINESTRING ((121.55 29.95, 121.6 30), (121.5 29.9, 121.55 29.95))"
    assert geometry.parse_path(parts) == "121.500000 29.900000; 121.550000 29.950000; 121.600000 30.000000"


@pytest.mark.parametrize(
    ("written", "reason"),
    [("", "not_path"), ("121.5,29.9,121.6,30", "not_path"), ("121.5 29.9; 121.6", "not_path"),
     ("-121.5 29.9; 121.6 30", "not_path"),
     ("LINESTRING (121.5 29.9", "not_path"), ("LINESTRING (121.5 29.9)", "not_path"),
     ("29.9 121.5; 30 121.6", "swapped_degrees"), ("LINESTRING (29.9 121.5, 30 121.6)", "swapped_degrees"),
     ("200 29.9; 121.6 30", "not_degrees"), ("LINESTRING (561000 3312000, 562000 3313000)", "not_degrees"),
     ("LINESTRING EMPTY", "empty_shape"), ("121.5 29.9; 121.5 29.9", "no_length"),
     ("121.5 29.9", "not_line"), ("POINT (121.5 29.9)", "not_line"), (TRIANGLE, "not_line"),
     ("MULTILINESTRING ((121.5 29.9, 121.55 29.95), (121.56 29.95, 121.6 30))", "parts_apart"),
     ("121.5 29.9; 121.6 30; 121.6 29.9; 121.5 30", "crosses_itself"),
     (f"GEOMETRYCOLLECTION (POINT (121.5 29.9), {TRIANGLE})", "mixed_shape"),
     ("LINESTRING (121.5 NaN, 121.6 30)", "not_path"), ("#REF!", "excel_error"), ("待补", "placeholder")],
)  # fmt: skip
def test_what_is_no_course_is_refused(written: str, reason: str) -> None:
    """A course is one line of two points or more, longitude first, in degrees, which does not cross itself."""
    assert geometry.parse_path(written) == Unreadable(reason)


@pytest.mark.parametrize(
    ("written", "stored"),
    [("121.5 29.9", "POINT (121.5 29.9)"), ("121.5 29.9; 121.6 30", "LINESTRING (121.5 29.9, 121.6 30)"),
     (TRIANGLE, TRIANGLE), ("POINT Z (121.12345678 29.9 5)", "POINT (121.123457 29.9)")],
)  # fmt: skip
def test_a_shape_is_stored_as_wkt(written: str, stored: str) -> None:
    """A point, a line or an area is kept as WKT with six decimals, on the plane."""
    assert geometry.parse_shape(written) == stored


@pytest.mark.parametrize(
    ("written", "reason"),
    [("村界", "not_shape"), ("POLYGON ((121.5 29.9, 121.6 29.9))", "not_shape"), ("POLYGON EMPTY", "empty_shape"),
     ("POLYGON ((121.5 29.9, 121.6 30, 121.6 29.9, 121.5 30, 121.5 29.9))", "crosses_itself"),
     ("POLYGON ((29.9 121.5, 29.9 121.6, 30 121.6, 29.9 121.5))", "swapped_degrees"),
     ("POLYGON ((121.5 29.9, 29.9 121.6, 121.6 30, 121.5 29.9))", "swapped_degrees"),
     ("POINT (13530000 3497000)", "not_degrees"), ("POINT (29.9 121.5)", "swapped_degrees"), ("/", "placeholder")],
)  # fmt: skip
def test_what_is_no_shape_is_refused(written: str, reason: str) -> None:
    """A shape is whole WKT in degrees, longitude first; an area does not cross itself."""
    assert geometry.parse_shape(written) == Unreadable(reason)


def circle_wkt(points: int) -> str:
    """Return a circle of 5 km around 庄桥 with many points."""
    turns = [2 * math.pi * n / points for n in range(points)]
    ring = [f"{121.55 + 0.05 * math.cos(turn)!r} {29.93 + 0.05 * math.sin(turn)!r}" for turn in turns]
    return f"POLYGON (({', '.join([*ring, ring[0]])}))"


def test_a_shape_of_very_many_points_is_simplified() -> None:
    """A circle of 20,000 points becomes one that fits a cell of Excel and lies within the metres that are told."""
    written = circle_wkt(20_000)
    stored = geometry.parse_shape(written)
    assert isinstance(stored, str)
    assert len(stored) <= 32_767
    metres = geometry.simplification_metres(written)
    assert 0 < metres < 10
    off = shapely.hausdorff_distance(shapely.from_wkt(written), shapely.from_wkt(stored))
    assert off * geometry.METRES_OF_DEGREE <= metres + 0.2  # and the rounding to six decimals


def test_a_shape_of_few_points_is_left_alone() -> None:
    """A circle of 1,000 points has all of them afterwards."""
    written = circle_wkt(1_000)
    assert geometry.simplification_metres(written) == 0
    stored = geometry.parse_shape(written)
    assert isinstance(stored, str)
    assert shapely.get_num_coordinates(shapely.from_wkt(stored)) == 1_001


@pytest.mark.parametrize("points", [4, 77, 1_000, 20_000])
def test_a_stored_shape_is_read_as_itself(points: int) -> None:
    """What is stored, read again, is the same to the letter, so that an export reloads."""
    stored = geometry.parse_shape(circle_wkt(points))
    assert isinstance(stored, str)
    assert geometry.parse_shape(stored) == stored


def test_a_line_is_measured_on_the_ellipsoid() -> None:
    """A minute of latitude at 30 N is 1847.5 m by the tables, where a sphere of the mean radius has 1853.2 m."""
    north = geometry.path_line("121.55 29.9916666667; 121.55 30.0083333333")
    assert geometry.line_metres(north) == pytest.approx(1847.5, abs=0.2)
