"""Lengths of reaches worked out again: each segment by the curvature of the ellipsoid where its middle lies."""

from __future__ import annotations

from itertools import pairwise
from math import cos, hypot, radians, sin, sqrt

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.frames import with_name

EQUATOR, FLATTENING = 6_378_137.0, 1 / 298.257223563  # metres; WGS84
DOUBTFUL = 10  # percent of the registered length: preset of this house


def segment_metres(start: str, end: str) -> float:
    """Return how far two points “lon lat” are apart that lie near each other."""
    (east, north), (further_east, further_north) = (map(float, point.split()) for point in (start, end))
    middle, squeeze = radians((north + further_north) / 2), FLATTENING * (2 - FLATTENING)
    bulge = 1 - squeeze * sin(middle) ** 2
    along = EQUATOR * (1 - squeeze) / (bulge * sqrt(bulge)) * radians(further_north - north)
    across = EQUATOR / sqrt(bulge) * cos(middle) * radians(further_east - east)
    return hypot(along, across)


def course_kilometres(course: object) -> float:
    """Return the length of a course, in kilometres to the metre; nan without one."""
    if not isinstance(course, str):
        return float("nan")
    return round(sum(segment_metres(*pair) for pair in pairwise(course.split("; "))) / 1000, 3)


@recomputes("course_length", "reach")
def course_length(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Measured beside registered, and whether they are more than a tenth apart."""
    rows = with_name(
        ledgers, with_name(ledgers, ledgers["reach"].rename(columns={"name": "reach"}), "village"), "river"
    )
    rows["measured_length"] = rows["course"].map(course_kilometres)
    rows["length_gap"] = (rows["measured_length"] - rows["length"]).round(3)
    rows["length_gap_rate"] = (rows["length_gap"] / rows["length"].where(rows["length"] > 0) * 100).round(1)
    apart = rows["length_gap_rate"].abs()
    rows["is_doubtful"] = [None if pd.isna(gap) else gap > DOUBTFUL for gap in apart]
    return rows[
        ["river", "reach", "village", "length", "measured_length", "length_gap", "length_gap_rate", "is_doubtful"]
    ]
