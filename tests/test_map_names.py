"""Signs and names on the map: none on another, at every size and in both languages."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Collection, Iterable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.metrics import LISTINGS
from data.store import Store
from data.text import Language
from ui.map.label_placement import LINE_HEIGHT, Room, place_name, place_signs, sign_half_width, text_width
from ui.map.layers import LAYERS, REACHES, SOURCES, MapLayer
from ui.map.objects import MapScene
from ui.map.projection import Point
from ui.map.scene import DESK, PHONE, MapLinks, map_scene

DAY = datetime.date(2014, 6, 30)
LINKS = MapLinks(lambda layer, code: f"?{layer.choice}={code}", lambda place, zoom: f"?at={place[0]},{place[1]},{zoom}")
NO_GROUND = pd.DataFrame(columns=["kind", "name", "name_en", "village_id", "shape", "lon", "lat"])
SHOWN_FIRST = tuple(layer for layer in LAYERS if layer.is_shown_first)
Box = tuple[float, float, float, float]


def sample_scene(
    store: Store,
    language: Language,
    size: tuple[int, int],
    layers: Iterable[MapLayer] = LAYERS,
    chosen: Collection[tuple[str, str]] = (),
    is_schematic: bool = False,
) -> MapScene:
    """Return the scene of layers of the 示例 ledgers."""
    with store.read() as con:
        shown = [(layer, LISTINGS[layer.listing].compute(con, DAY, "clerk").rows) for layer in layers]
        base = LISTINGS["base_map"].compute(con, DAY, "clerk").rows
    return map_scene(shown, base, language, size, links=LINKS, chosen=chosen, is_schematic=is_schematic)


def sign_boxes(scene: MapScene) -> list[Box]:
    """Return the boxes of the signs of a scene, in pixels."""
    found = []
    for each in scene.objects:
        (x, y), half = scene.view.pixels(each.at), sign_half_width(each.look, each.sign)
        found.append((x - half, y - each.look.radius, x + half, y + each.look.radius))
    return found


def name_boxes(scene: MapScene) -> list[Box]:
    """Return the boxes of the names of a scene, in pixels."""
    found = []
    for name in scene.names:
        (x, y), half, tall = scene.view.pixels(name.at), text_width(name.text, name.size) / 2, name.size * LINE_HEIGHT
        found.append((x - half, y - tall / 2, x + half, y + tall / 2))
    return found


def overlaps(boxes: list[Box]) -> int:
    """Count the pairs of boxes that share more than a pixel, by which the pixels of a mask are rounded."""
    return sum(
        min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1
        for a, b in itertools.combinations(boxes, 2)
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("size", "layers"), [(DESK, SHOWN_FIRST), (DESK, LAYERS), (PHONE, SHOWN_FIRST)])
def test_no_name_and_no_sign_lies_on_another(
    sample_store: Store, language: Language, size: tuple[int, int], layers: tuple[MapLayer, ...]
) -> None:
    """On a desk and on a phone, in both languages, no two boxes overlap, and no name leaves the picture."""
    scene = sample_scene(sample_store, language, size, layers)
    names = name_boxes(scene)
    assert len(scene.objects) > 30
    assert overlaps([*sign_boxes(scene), *names]) == 0
    assert all(x >= 0 and y >= 0 and right <= size[0] and bottom <= size[1] for x, y, right, bottom in names)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_river_and_every_village_has_its_name_on_a_desk(sample_store: Store, language: Language) -> None:
    """Each river once, each village once; the name of a river chooses a reach of it."""
    scene = sample_scene(sample_store, language, DESK, SHOWN_FIRST)
    villages = {shape.name for shape in scene.ground if shape.kind == "村社界"}
    rivers = {each.label for each in scene.objects if each.label}
    written = [name.text for name in scene.names]
    assert len(rivers) > 4
    assert len(villages) > 6
    assert {text: written.count(text) for text in villages | rivers} == dict.fromkeys(villages | rivers, 1)
    reaches = {each.code: each for each in scene.objects if each.path}
    named = [name for name in scene.names if name.text in rivers]
    assert all((reaches[name.code].label, reaches[name.code].href) == (name.text, name.href) for name in named)


def test_a_name_lies_on_no_line(sample_store: Store) -> None:
    """The course of no reach runs through the box of a name."""
    scene = sample_scene(sample_store, "zh", DESK)
    points = [scene.view.pixels(place) for each in scene.objects for place in each.path]
    for left, top, right, bottom in name_boxes(scene):
        assert not any(left < x < right and top < y < bottom for x, y in points)


def test_what_is_chosen_stands_on_its_place(sample_store: Store) -> None:
    """The sign of what is chosen is not set beside its place, wherever the others stand."""
    moved = next(each for each in sample_scene(sample_store, "zh", PHONE).objects if each.at != each.place)
    scene = sample_scene(sample_store, "zh", PHONE, chosen=[(moved.layer, moved.code)])
    chosen = next(each for each in scene.objects if each.key == moved.key)
    assert chosen.at == chosen.place


def source_rows(count: int) -> pd.DataFrame:
    """Return as many sources, all of them at one place, the first open and the others closed."""
    return pd.DataFrame(
        {
            "source_id": [f"S{n}" for n in range(count)],
            "source": [f"源{n}" for n in range(count)],
            "kind": "洗车",
            "standing": ["open", *["closed"] * (count - 1)],
            "lon": 121.54,
            "lat": 29.94,
        }
    )


def test_signs_at_one_place_stand_around_it_and_what_is_open_on_it() -> None:
    """Twenty sources at one place are twenty signs that do not overlap, each known to lie where it lies."""
    scene = map_scene([(SOURCES, source_rows(20))], NO_GROUND, "zh", links=LINKS)
    assert overlaps(sign_boxes(scene)) == 0
    assert {each.place for each in scene.objects} == {(121.54, 29.94)}
    assert [each.code for each in scene.objects if each.at == each.place] == ["S0"]


def test_a_stray_point_does_not_empty_the_view() -> None:
    """Without a ground the map holds what lies together, also where a former database has a point in Beijing."""
    scene = map_scene([(SOURCES, source_rows(20).assign(lon=[116.4, *[121.54] * 19]))], NO_GROUND, "zh", links=LINKS)
    x, y = scene.view.pixels((121.54, 29.94))
    assert 0 < x < scene.view.width
    assert 0 < y < scene.view.height


def test_a_badge_moves_along_its_line_alone() -> None:
    """Of two reaches on one course both badges stand on that course, and no sign leads from one to another place."""
    course = "121.53 29.94; 121.55 29.94"
    rows = pd.DataFrame(
        {"reach_id": ["A", "B"], "reach": "一段", "river": "清河", "standing": "Ⅳ", "kind": None, "course": course}
    )
    scene = map_scene([(REACHES, rows)], NO_GROUND, "zh", links=LINKS)
    assert overlaps(sign_boxes(scene)) == 0
    assert all(each.at == each.place for each in scene.objects)
    assert {round(each.at[1], 5) for each in scene.objects} == {29.94}


def test_a_name_without_room_is_left_out() -> None:
    """Where every place of a name is taken there is none, and nothing more is taken."""
    room = Room(100, 100)
    assert place_name(room, [(10.0, 10.0), (50.0, 50.0)], (20, 8)) == 1
    assert place_name(room, [(10.0, 10.0), (52.0, 52.0)], (20, 8)) is None
    assert place_name(room, [(50.0, 80.0)], (20, 8)) == 0


PLACES = st.tuples(st.integers(0, 119), st.integers(0, 89))
HALVES = st.sampled_from([(3, 3), (6, 4), (9, 9)])


@given(st.lists(st.tuples(PLACES, HALVES), min_size=1, max_size=12))
def test_signs_that_found_room_never_overlap(wished: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Whatever is wished for, signs overlap only where one had no room and stayed on the first of its places."""
    tries = [np.array([at, *((at[0] + 20 * n, at[1]) for n in (1, 2, 3))], dtype=float) for at, _ in wished]
    halves = [half for _, half in wished]
    stand = place_signs(Room(120, 90), tries, halves)
    for later, half in enumerate(halves):
        is_on_one = any(_overlap(stand[later], half, stand[other], halves[other]) for other in range(later))
        assert not is_on_one or stand[later] == tuple(tries[later][0])


def _overlap(a: Point, half: tuple[int, int], b: Point, other: tuple[int, int]) -> bool:
    return abs(a[0] - b[0]) < half[0] + other[0] and abs(a[1] - b[1]) < half[1] + other[1]
