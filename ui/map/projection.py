"""Where places of the earth lie in a picture: Web Mercator, in pixels, as MapLibre and deck.gl count them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import asinh, atan, degrees, log2, pi, radians, sinh, tan

import numpy as np
from numpy.typing import NDArray

WORLD_PIXELS = 512  # pixels of the world at zoom 0
CLOSEST, WIDEST = 17.0, 6.0  # zooms; chosen: a yard, a province
Size = tuple[int, int]  # of a picture in pixels
Point = tuple[float, float]  # longitude and latitude in degrees, WGS84, or x and y in pixels
Opened = tuple[Point, float] | None  # a place and the zoom at which it is shown, or the whole map


def world_pixels(place: Point, zoom: float) -> Point:
    """Return where a place lies on the picture of the whole world."""
    world = WORLD_PIXELS * 2**zoom
    return (place[0] + 180) / 360 * world, (1 - asinh(tan(radians(place[1]))) / pi) / 2 * world


def place_of_pixels(at: Point, zoom: float) -> Point:
    """Return the place that lies there on the picture of the whole world."""
    world = WORLD_PIXELS * 2**zoom
    return at[0] / world * 360 - 180, degrees(atan(sinh(pi * (1 - 2 * at[1] / world))))


def world_pixels_of(places: NDArray[np.float64], zoom: float) -> NDArray[np.float64]:
    """Return where many places lie on the picture of the whole world, a row each."""
    world = WORLD_PIXELS * 2**zoom
    north = 1 - np.arcsinh(np.tan(np.radians(places[:, 1]))) / pi
    return np.column_stack(((places[:, 0] + 180) / 360 * world, north / 2 * world))


def places_of_pixels(at: NDArray[np.float64], zoom: float) -> NDArray[np.float64]:
    """Return the places that lie there on the picture of the whole world, a row each."""
    world = WORLD_PIXELS * 2**zoom
    north = np.degrees(np.arctan(np.sinh(pi * (1 - 2 * at[:, 1] / world))))
    return np.column_stack((at[:, 0] / world * 360 - 180, north))


@dataclass(frozen=True, slots=True)
class MapView:
    """A part of the earth as a picture of so many pixels shows it."""

    centre: Point
    zoom: float
    width: int
    height: int

    def pixels(self, place: Point) -> Point:
        """Return where a place lies, from the upper left corner of the picture."""
        (x, y), (middle_x, middle_y) = world_pixels(place, self.zoom), world_pixels(self.centre, self.zoom)
        return x - middle_x + self.width / 2, y - middle_y + self.height / 2

    def place(self, at: Point) -> Point:
        """Return the place that lies there, in pixels from the upper left corner."""
        middle_x, middle_y = world_pixels(self.centre, self.zoom)
        return place_of_pixels((at[0] + middle_x - self.width / 2, at[1] + middle_y - self.height / 2), self.zoom)


def fitting_view(places: Sequence[Point], width: int, height: int, margin: int = 24) -> MapView:
    """Return the closest view of that size in which all places lie, with a margin in pixels."""
    x, y = zip(*(world_pixels(place, 0) for place in places), strict=True)
    span = max((max(x) - min(x)) / (width - 2 * margin), (max(y) - min(y)) / (height - 2 * margin), 2**-CLOSEST)
    centre = place_of_pixels(((max(x) + min(x)) / 2, (max(y) + min(y)) / 2), 0)
    return MapView(centre, max(WIDEST, -log2(span)), width, height)


def middle_of_line(path: Sequence[Point]) -> Point:
    """Return the place halfway along a line, by its length on the picture."""
    ends = [world_pixels(place, CLOSEST) for place in path]
    steps = [((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5 for a, b in itertools.pairwise(ends)]
    left = sum(steps) / 2
    for (start, end), step in zip(itertools.pairwise(path), steps, strict=True):
        if left <= step and step:
            share = left / step
            return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])
        left -= step
    return path[0]
