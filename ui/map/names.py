"""The names on a map: of rivers beside their lines, of villages, roads and places, none on another or on a sign."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import ceil, hypot

import numpy as np

from ui.map.label_placement import (
    LINE_HEIGHT,
    RING_OFFSETS,
    Half,
    Room,
    place_name,
    place_signs,
    sign_half_width,
    text_width,
)
from ui.map.objects import BaseShape, MapName, MapObject
from ui.map.projection import MapView, Point

RIVER_SIZE = 13  # pixels
NAME_SIZES = {"区县界": 13, "村社界": 13, "水体": 12, "公园": 11, "道路": 11, "地名": 12}  # the first comes first
SMALL_SIGN = 8  # pixels; signs of that radius and below stand where names leave room: what is closed
SIGN_GAP, NAME_GAP, FAR_GAP = 1, 7, 22  # pixels around a sign, between a line and its name, and where that is taken
RING_WIDTH = 8  # pixels of the ring around what is chosen
LINE_HALF_WIDTH, ROAD_HALF_WIDTH = 5, 2  # pixels that no name covers
STEP, MOST_TRIES = 12.0, 400  # pixels between two places that are tried, places of a name
MOST_RIVERS = 60  # names of rivers; chosen by eye: more than a map of that size has room for
SCHEMATIC_HALF = (70, 12)  # pixels; the corner that says 示意图


def _picture_room(view: MapView, is_schematic: bool) -> Room:
    """Return the room of a picture, without the corner where it says that it is schematic."""
    room = Room(view.width, view.height)
    if is_schematic:
        room.take_box((SCHEMATIC_HALF[0], view.height - SCHEMATIC_HALF[1]), SCHEMATIC_HALF)
    return room


def placed_signs_and_names(
    view: MapView, objects: Sequence[MapObject], ground: Sequence[BaseShape], chosen: frozenset[str], is_schematic: bool
) -> tuple[tuple[MapObject, ...], tuple[MapName, ...]]:
    """Return the objects with their signs beside one another, and the names for which there is room.

    What comes first stands nearest to its place: what is chosen and badges of lines, then names of rivers, large signs,
    names of the ground, small signs.
    """
    room = _picture_room(view, is_schematic)
    first = [found for found in objects if found.path or found.key in chosen]
    kept = set(map(id, first))
    large = [found for found in objects if id(found) not in kept and found.look.radius > SMALL_SIGN]
    small = [found for found in objects if id(found) not in kept and found.look.radius <= SMALL_SIGN]
    stand = _spread_signs(view, room, first, chosen)
    rivers = _river_names(view, room, objects)
    stand |= _spread_signs(view, room, large, chosen)
    names = (*rivers, *_ground_names(view, room, ground))
    stand |= _spread_signs(view, room, small, chosen)
    return tuple(stand.get(id(found), found) for found in objects), names


def _spread_signs(
    view: MapView, room: Room, objects: Sequence[MapObject], chosen: frozenset[str]
) -> dict[int, MapObject]:
    """Return objects by their identities with their signs beside one another: badges along lines, others around places.

    What is chosen comes first, then the largest. What is out of view stays on its place.
    """
    seen = [found for found in objects if _is_in_picture(view, found.place)]
    order = sorted(seen, key=lambda found: (found.key not in chosen, -found.look.radius))
    halves = [_sign_half(found, is_chosen=found.key in chosen) for found in order]
    stand = place_signs(room, [_sign_tries(view, found) for found in order], halves)
    return {id(found): _moved(view, found, at) for found, at in zip(order, stand, strict=True)}


def _moved(view: MapView, found: MapObject, at: Point) -> MapObject:
    """Return an object whose sign stands there; a badge that stands on its line lies where it stands."""
    x, y = view.pixels(found.place)
    if hypot(x - at[0], y - at[1]) < 1:
        return found
    place = view.place(at)
    return replace(found, at=place, place=place if found.path else found.place)


def _is_in_picture(view: MapView, place: Point) -> bool:
    x, y = view.pixels(place)
    return 0 <= x < view.width and 0 <= y < view.height


def _sign_half(found: MapObject, is_chosen: bool) -> Half:
    more = SIGN_GAP + (RING_WIDTH if is_chosen else 0)
    return ceil(sign_half_width(found.look, found.sign)) + more, found.look.radius + more


def _sign_tries(view: MapView, found: MapObject) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return where a sign may stand, in pixels, its own place first."""
    middle = np.array([view.pixels(found.place)])
    if not found.path:
        return middle + RING_OFFSETS
    along = [at for at, _ in _points_along([view.pixels(place) for place in found.path])]
    return np.concatenate([middle, np.array(sorted(along, key=lambda at: hypot(*(at - middle[0])))).reshape(-1, 2)])


def _river_names(view: MapView, room: Room, objects: Sequence[MapObject]) -> list[MapName]:
    """Return the names of rivers beside their lines, as far as there is room, the longest river first."""
    for found in objects:
        room.take_line([view.pixels(place) for place in found.path], LINE_HALF_WIDTH)
    groups = _named_groups(view, objects)[:MOST_RIVERS]
    return list(filter(None, (_river_name(view, room, group) for group in groups)))


def _ground_names(view: MapView, room: Room, ground: Sequence[BaseShape]) -> list[MapName]:
    """Return the names of the ground, as far as there is room; none lies on a road."""
    for line in (line for shape in ground if shape.kind == "道路" for line in shape.outlines):
        room.take_line([view.pixels(place) for place in line], ROAD_HALF_WIDTH)
    order = list(NAME_SIZES)
    named = sorted((shape for shape in ground if shape.kind in order), key=lambda shape: order.index(shape.kind))
    return list(filter(None, (_ground_name(view, room, shape) for shape in named)))


def _named_groups(view: MapView, objects: Iterable[MapObject]) -> list[list[MapObject]]:
    """Return the lines by the name that stands beside them, the longest name bearer first."""
    groups: dict[str, list[MapObject]] = {}
    for found in objects:
        if found.path and found.label:
            groups.setdefault(found.label, []).append(found)
    return sorted(groups.values(), key=lambda group: -sum(_length(view, found) for found in group))


def _length(view: MapView, found: MapObject) -> float:
    return _line_length([view.pixels(place) for place in found.path])


def _line_length(points: Sequence[Point]) -> float:
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(points))


def _river_name(view: MapView, room: Room, group: Sequence[MapObject]) -> MapName | None:
    """Return the name of a river beside one of its reaches, which it chooses."""
    text = group[0].label
    half = _text_half(text, RIVER_SIZE)
    tries = [
        (at, found)
        for found in group
        for at in itertools.islice(_beside_line([view.pixels(place) for place in found.path], half), MOST_TRIES)
    ]
    number = place_name(room, (at for at, _ in tries), half)
    if number is None:
        return None
    at, found = tries[number]
    return MapName(text, view.place(at), "river", RIVER_SIZE, found.layer, found.code, found.href)


def _ground_name(view: MapView, room: Room, shape: BaseShape) -> MapName | None:
    """Return the name of a shape of the ground: beside a line or a point, in or beside an area."""
    size = NAME_SIZES[shape.kind]
    half = _text_half(shape.name, size)
    points = [view.pixels(place) for place in max(shape.outlines, key=len)]
    tries = list(_in_area(points, half) if shape.is_area else _beside_line(points, half))[:MOST_TRIES]
    number = place_name(room, tries, half)
    return None if number is None else MapName(shape.name, view.place(tries[number]), shape.kind, size)


def _text_half(text: str, size: float) -> Half:
    return ceil(text_width(text, size) / 2) + 1, ceil(size * LINE_HEIGHT / 2)


def _beside_line(points: Sequence[Point], half: Half) -> Iterator[Point]:
    """Yield middles of a text beside a line, from its middle outwards, on both sides of it, or around a point."""
    if len(points) == 1:
        (left, top), right, below = points[0], half[0] + NAME_GAP, half[1] + NAME_GAP
        yield from ((left + right, top), (left - right, top), (left, top - below), (left, top + below))
        return
    along = list(_points_along(points))
    outwards = [along[number] for number in sorted(range(len(along)), key=lambda number: abs(number - len(along) / 2))]
    yield from _both_sides(outwards, half, NAME_GAP)
    yield _beyond_end(points[1], points[0], half)
    yield _beyond_end(points[-2], points[-1], half)
    yield from _both_sides(outwards, half, FAR_GAP)


def _both_sides(along: Iterable[tuple[Point, Point]], half: Half, gap: int) -> Iterator[Point]:
    """Yield middles of a text beside points of a line, so far from it that the text does not touch it."""
    for (x, y), (across, down) in along:
        away = abs(across) * half[0] + abs(down) * half[1] + gap
        yield x + across * away, y + down * away
        yield x - across * away, y - down * away


def _beyond_end(before: Point, end: Point, half: Half) -> Point:
    """Return the middle of a text that stands before the end of a line, in the direction in which it goes."""
    length = hypot(end[0] - before[0], end[1] - before[1]) or 1.0
    along = (end[0] - before[0]) / length, (end[1] - before[1]) / length
    away = abs(along[0]) * half[0] + abs(along[1]) * half[1] + NAME_GAP
    return end[0] + along[0] * away, end[1] + along[1] * away


def _points_along(points: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """Yield points of a line a step apart, each with the direction across the line there."""
    for start, end in itertools.pairwise(points):
        length = hypot(end[0] - start[0], end[1] - start[1])
        if length:
            across = (end[1] - start[1]) / length, (start[0] - end[0]) / length
            parts = max(1, int(length / STEP))
            for part in range(parts + 1):
                share = part / parts
                yield (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])), across


def _in_area(ring: Sequence[Point], half: Half) -> Iterator[Point]:
    """Yield middles of a text in the box of a ring and just beside it, the nearest to its middle first."""
    x, y = (np.array(each) for each in zip(*ring, strict=True))
    middle = (x.min() + x.max()) / 2, (y.min() + y.max()) / 2
    reach = (x.max() - x.min()) / 2 + half[0], (y.max() - y.min()) / 2 + half[1] + 2
    across, down = np.meshgrid(_steps(reach[0]), _steps(reach[1]))
    order = np.argsort(np.hypot(across, 2 * down).ravel(), kind="stable")
    yield from zip(
        (middle[0] + across.ravel())[order].tolist(), (middle[1] + down.ravel())[order].tolist(), strict=True
    )


def _steps(reach: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.linspace(-reach, reach, max(3, int(2 * reach / 9) | 1))
