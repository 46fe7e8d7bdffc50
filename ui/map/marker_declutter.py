"""Signs on a map that would lie on one another are set beside their places, as near as there is room."""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, radians, sin

import numpy as np
from numpy.typing import NDArray

WORLD_PIXELS = 512  # pixels of the world at zoom 0
RING_STEP, RING_COUNT = 7.0, 12  # pixels, rings; chosen by eye: a third of a sign, to four signs away
Point = tuple[float, float]


def _candidate_offsets() -> NDArray[np.float64]:
    """Return the offsets that are tried, in pixels, the nearest first."""
    turns = [(ring, 2 * pi * k / (6 * ring)) for ring in range(1, RING_COUNT + 1) for k in range(6 * ring)]
    return np.array(
        [(0.0, 0.0), *((RING_STEP * ring * cos(turn), RING_STEP * ring * sin(turn)) for ring, turn in turns)]
    )


CANDIDATE_OFFSETS = _candidate_offsets()


def pixels_per_degree(zoom: float, latitude: float) -> NDArray[np.float64]:
    """Return how many pixels a degree to the east and to the north is."""
    east = WORLD_PIXELS * 2**zoom / 360
    return np.array([east, east / cos(radians(latitude))])


@lru_cache(maxsize=64)  # chosen: the places of some days, on a desk, a phone and paper
def declutter_markers(
    places: tuple[Point, ...], taken: tuple[Point, ...], apart: float, zoom: float
) -> tuple[Point, ...]:
    """Return where the signs of some places (longitude, latitude) stand, so many pixels apart at a zoom.

    The first come first; `taken` are other signs that do not move. Where there is no room a sign stays on its place.
    """
    if not places:
        return ()
    scale = pixels_per_degree(zoom, places[0][1])
    signs = [np.array(point) * scale for point in taken]
    for place in places:
        tried = np.array(place) * scale + CANDIDATE_OFFSETS
        others = np.array(signs).reshape(-1, 2)
        is_free = (np.hypot(*(tried[:, None] - others).transpose(2, 0, 1)) >= apart).all(axis=1)
        signs.append(tried[is_free.argmax()])
    return tuple((float(lon), float(lat)) for lon, lat in np.array(signs[len(taken) :]) / scale)
