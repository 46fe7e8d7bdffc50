"""Signs and names on a picture, none on another: each at the first of its places where there is room."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable, Sequence
from math import cos, hypot, pi, sin

import numpy as np
from numpy.typing import NDArray

from ui.map.layers import Look
from ui.map.projection import Point

SIGN_SIZE = 12  # pixels; the letters on signs
RING_STEP, RING_COUNT = 7.0, 12  # pixels, rings; chosen by eye: a third of a sign, to four signs away
# Widths of letters as parts of their size, a little above those of bold Arial and Noto Sans CJK, measured with Pillow.
NARROW, CAPITAL, BROAD, LETTER = 0.4, 0.76, 1.0, 0.64
LINE_HEIGHT = 1.3  # of the size of letters
Half = tuple[int, int]  # half the width and height of a box, in pixels


def text_width(text: str, size: float) -> float:
    """Return how wide a bold text is at most, in pixels."""
    return size * sum(map(_letter_width, text))


def _letter_width(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WFA":
        return 1.0
    if letter in "ijltfr.,;:'|()[]I1 -":
        return NARROW
    if letter in "mwMW@%":
        return BROAD
    return CAPITAL if letter.isupper() else LETTER


def sign_half_width(look: Look, sign: str) -> float:
    """Return half the width of a sign: that of a badge on a line grows with what is written on it."""
    if look.shape != "line":
        return float(look.radius)
    return max(float(look.radius), round(text_width(sign, SIGN_SIZE) / 2 + 3, 1))


def sign_text_size(look: Look, sign: str) -> float:
    """Return the size of the letters of a sign: smaller where they would not stand on its shape."""
    wide = text_width(sign, SIGN_SIZE)
    return round(SIGN_SIZE * min(1.0, (2 * sign_half_width(look, sign) - 1) / wide), 1) if wide else SIGN_SIZE


def _ring_offsets() -> NDArray[np.float64]:
    """Return the offsets that are tried around a place, in pixels, the nearest first."""
    turns = [(ring, 2 * pi * k / (6 * ring)) for ring in range(1, RING_COUNT + 1) for k in range(6 * ring)]
    around = ((RING_STEP * ring * cos(turn), RING_STEP * ring * sin(turn)) for ring, turn in turns)
    return np.array([(0.0, 0.0), *around])


RING_OFFSETS = _ring_offsets()


class Room:
    """What is taken of a picture, pixel by pixel."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._taken = np.zeros((height, width), dtype=bool)
        self._lines = np.zeros((height, width), dtype=bool)

    def take_box(self, at: Point, half: Half) -> None:
        """Take what lies in a box around its middle."""
        self._taken[_box(at, half)] = True

    def take_line(self, points: Sequence[Point], half_width: int) -> None:
        """Take what lies on a line and beside it, where no name but a sign may stand."""
        for start, end in itertools.pairwise(points):
            steps = max(1, int(hypot(end[0] - start[0], end[1] - start[1]) / half_width))
            for step in range(steps + 1):
                share = step / steps
                at = start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])
                self._lines[_box(at, (half_width, half_width))] = True

    def is_free(self, at: Point, half: Half) -> bool:
        """Tell whether a box lies wholly in the picture and nothing of it is taken."""
        is_inside = half[0] <= at[0] <= self.width - half[0] and half[1] <= at[1] <= self.height - half[1]
        box = _box(at, half)
        return is_inside and not self._taken[box].any() and not self._lines[box].any()

    def blocked_middles(self, half: Half) -> NDArray[np.bool_]:
        """Return where the middle of a box may not stand, as it would lie on something that is taken."""
        blocked = self._taken
        for axis, reach in ((1, half[0]), (0, half[1])):
            widths = [(reach, reach) if each == axis else (0, 0) for each in (0, 1)]
            sums = np.cumsum(np.pad(blocked, widths), axis=axis, dtype=np.int32)
            size = blocked.shape[axis]
            before = np.pad(sums, [(1, 0) if each == axis else (0, 0) for each in (0, 1)])
            blocked = sums.take(range(2 * reach, 2 * reach + size), axis) > before.take(range(size), axis)
        return blocked


def _box(at: Point, half: Half) -> tuple[slice, slice]:
    x, y = round(at[0]), round(at[1])
    return slice(max(0, y - half[1]), max(0, y + half[1])), slice(max(0, x - half[0]), max(0, x + half[0]))


def place_signs(room: Room, tries: Sequence[NDArray[np.float64]], halves: Sequence[Half]) -> list[Point]:
    """Return where signs stand, each at the first of its places where it lies on no other; they take that room.

    The first come first. Where there is no room a sign stays on the first of its places.
    """
    blocked = {half: room.blocked_middles(half) for half in set(halves)}
    placed = []
    for places, half in zip(tries, halves, strict=True):
        x, y = places[_first_free(blocked[half], places, half)].tolist()
        placed.append((x, y))
        room.take_box((x, y), half)
        for other, mask in blocked.items():
            mask[_box((x, y), (half[0] + other[0], half[1] + other[1]))] = True
    return placed


def _first_free(blocked: NDArray[np.bool_], places: NDArray[np.float64], half: Half) -> int:
    """Return the number of the first place that is not blocked, with the whole box in the picture, or 0."""
    x, y = np.rint(places).astype(int).T
    height, width = blocked.shape
    is_inside = (x >= half[0]) & (y >= half[1]) & (x <= width - half[0]) & (y <= height - half[1])
    is_free = np.zeros(len(places), dtype=bool)
    is_free[is_inside] = ~blocked[y[is_inside], x[is_inside]]
    return int(is_free.argmax())


def place_name(room: Room, tries: Iterable[Point], half: Half) -> int | None:
    """Return the number of the first place where a name has room, which it takes; None where it has none."""
    for number, at in enumerate(tries):
        if room.is_free(at, half):
            room.take_box(at, half)
            return number
    return None
