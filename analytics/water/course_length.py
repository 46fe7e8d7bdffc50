"""How long the courses of reaches are on the ellipsoid, beside the lengths that are registered."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.ingest.values.geometry import line_metres, path_line
from data.standards.thresholds import thresholds

METRE_DECIMALS = 3  # decimals of a kilometre: what a drawn line tells at most


def course_lengths(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return reaches with the length of their course, the widest difference first; without a course it is missing."""
    measured = rows["course"].map(_course_kilometres).astype(float)
    gap = (measured - rows["length"]).round(METRE_DECIMALS)
    share = (gap / rows["length"].where(rows["length"] > 0) * 100).round(1)
    is_wide = share.abs() > thresholds(as_of)["course_length"] * 100
    found = rows.drop(columns="course").assign(
        measured_length=measured,
        length_gap=gap,
        length_gap_rate=share,
        is_doubtful=is_wide.astype(object).where(share.notna(), None),
    )
    widest_first = found.assign(place=-share.abs()).sort_values(["place", "reach_id"], ignore_index=True)
    return widest_first.drop(columns="place")


def _course_kilometres(course: str | None) -> float | None:
    return round(line_metres(path_line(course)) / 1000, METRE_DECIMALS) if isinstance(course, str) else None
