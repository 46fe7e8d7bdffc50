"""The shapes of signs: a layer is told by its shape and its letter, never by its colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, pi, sin
from typing import Literal

Shape = Literal["disc", "square", "diamond", "triangle", "line", "hexagon", "pentagon", "house", "plot"]


def _regular(corners: int, turn: float) -> tuple[tuple[float, float], ...]:
    """Return a regular polygon that fits a circle of radius 1, its first corner `turn` of a full turn from the top."""
    angles = (2 * pi * (n / corners + turn) for n in range(corners))
    return tuple((round(sin(angle), 3), round(-cos(angle), 3)) for angle in angles)


# x to the right and y down from the middle of the sign, 1 is its radius; a disc and a line have no corners
SHAPE_CORNERS: Mapping[Shape, tuple[tuple[float, float], ...]] = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "triangle": ((0, -1), (1, 0.85), (-1, 0.85)),
    "hexagon": _regular(6, 1 / 12),
    "pentagon": _regular(5, 0),
    "house": ((0, -1), (1, -0.25), (0.8, -0.25), (0.8, 0.9), (-0.8, 0.9), (-0.8, -0.25), (-1, -0.25)),
    "plot": ((-0.6, -0.75), (1, -0.75), (0.6, 0.75), (-1, 0.75)),
}
