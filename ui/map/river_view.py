"""One river on the map: its rows alone, in a view as close as holds them."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from ui.map.layers import MapLayer
from ui.map.projection import Point, fitting_view
from ui.map.scene import placed_rows


def rows_at_river(rows: pd.DataFrame, river: str | None) -> pd.DataFrame:
    """Return the rows of one river, or all where none is named."""
    return rows if river is None else rows[rows["river_id"] == river]


def close_view(shown: Iterable[tuple[MapLayer, pd.DataFrame]], size: tuple[int, int]) -> tuple[Point, float] | None:
    """Return the place and the zoom at which all that has a place just fits, or None where nothing has."""
    placed = [placed_rows(rows) for _, rows in shown]
    places = [point for rows in placed for row in rows.to_dict("records") for point in (row["path"] or (row["place"],))]
    if not places:
        return None
    view = fitting_view(places, *size, margin=40)
    return view.centre, view.zoom
