"""Shapes in the cells of ledgers: WKT is read with Shapely and written as WKT of longitude and latitude."""

from __future__ import annotations

import shapely
from shapely.errors import ShapelyError

from data.ingest.values.cells import Unreadable, error_or_placeholder

DECIMALS = 6  # of a degree: a tenth of a metre


def parse_shape(cell: str) -> str | Unreadable:
    """Return a shape as WKT with six decimals."""
    try:
        found = shapely.from_wkt(cell)
    except ShapelyError:
        return error_or_placeholder(cell) or Unreadable("not_shape")
    if found is None or shapely.is_empty(found):
        return Unreadable("not_shape")
    return str(shapely.to_wkt(shapely.force_2d(found), rounding_precision=DECIMALS))
