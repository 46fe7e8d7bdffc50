"""Where the sign of a village stands: within its outline, whatever the shape of that is."""

from __future__ import annotations

from datetime import date

import pandas as pd
import shapely


def placed_in_village(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return rows with a point within the shape of each in place of the shape; nothing where there is no shape."""
    points = [
        shapely.from_wkt(shape).representative_point() if isinstance(shape, str) else None for shape in rows["shape"]
    ]
    lon, lat = ([point and axis(point) for point in points] for axis in (shapely.get_x, shapely.get_y))
    place = rows.columns.get_loc("shape")
    found = rows.drop(columns="shape")
    found.insert(place, "lon", pd.Series(lon, rows.index, float))
    found.insert(place + 1, "lat", pd.Series(lat, rows.index, float))
    return found
