"""Objects too many to be told apart are drawn as one sign with their number, lines with no more points than show."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from ui.map.projection import MapView, Point, places_of_pixels, world_pixels_of

MOST_OBJECTS = 200  # of a layer in one view; chosen by eye: more signs cannot be told apart on 760 x 560 pixels
CELL = 72  # pixels; chosen: three signs of 21 pixels, with room for a number
LINE_TOLERANCE, MANY_TOLERANCE = 1.0, 2.0  # pixels by which a line, and one of very many, may lie beside its course
SURROUNDINGS = 3.0  # views; chosen: what a reader moves to before he opens another place
CLOSER = 2.0  # zooms by which a cluster opens


def cluster_numbers(
    places: NDArray[np.float64], view: MapView, whole: MapView, alone: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return a number for each place (longitude, latitude); those of one number are drawn as one sign.

    In the view each has a number of its own where they are at most MOST_OBJECTS, outside of it where all are; the
    others share that of their cell, at the zoom of the view or outside of it at that of the `whole` ground. Those that
    are `alone` always have their own.
    """
    is_seen = in_view(places, view)
    own = np.arange(len(places), dtype=np.int64)
    numbers = own.copy()
    for turn, (part, zoom) in enumerate(((is_seen, view.zoom), (~is_seen, whole.zoom)), start=1):
        if part.sum() > MOST_OBJECTS:
            numbers[part] = turn * len(places) + _cells(places[part], zoom)  # fewer cells than places
    return np.where(alone, own, numbers)


def in_view(places: NDArray[np.float64], view: MapView, times: float = 1.0) -> NDArray[np.bool_]:
    """Return which places lie in a view, or in one so many times as wide and high."""
    middle = world_pixels_of(np.array([view.centre]), view.zoom)
    away = np.abs(world_pixels_of(places, view.zoom) - middle)
    return np.asarray((away <= (times * view.width / 2, times * view.height / 2)).all(axis=1))


def _cells(places: NDArray[np.float64], zoom: float) -> NDArray[np.int64]:
    """Return the number of the cell of each place, from 0."""
    cells = np.floor(world_pixels_of(places, zoom) / CELL).astype(np.int64)
    numbers: NDArray[np.int64] = np.unique(cells, axis=0, return_inverse=True)[1].reshape(-1)
    return numbers


def simplified_paths(paths: Sequence[Sequence[Point]], zoom: float) -> list[tuple[Point, ...]]:
    """Return lines with the points that show at a zoom, their ends among them (Douglas-Peucker)."""
    tolerance = LINE_TOLERANCE if len(paths) <= MOST_OBJECTS else MANY_TOLERANCE
    sizes = [len(path) for path in paths]
    points = np.array([point for path in paths for point in path])
    lines = shapely.linestrings(world_pixels_of(points, zoom), indices=np.repeat(np.arange(len(paths)), sizes))
    kept, which = shapely.get_coordinates(shapely.simplify(lines, tolerance), return_index=True)
    places = places_of_pixels(kept, zoom)
    ends = np.flatnonzero(np.diff(which)) + 1
    return [tuple((float(lon), float(lat)) for lon, lat in part) for part in np.split(places, ends)]
