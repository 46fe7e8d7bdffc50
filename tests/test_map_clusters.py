"""What lies too close to be told apart on the map is one sign with its number, and nothing is lost in it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.map.clusters import MOST_OBJECTS, cluster_numbers, simplified_paths
from ui.map.layers import REACHES, SOURCES
from ui.map.objects import MapScene
from ui.map.projection import MapView, fitting_view, middle_of_line, place_of_pixels, world_pixels
from ui.map.scene import MapLinks, map_scene

NO_GROUND = pd.DataFrame(columns=["kind", "name", "name_en", "shape", "lon", "lat"])
LINKS = MapLinks(
    lambda layer, code: f"?{layer.choice}={code}", lambda place, zoom: f"?at={place[0]:.4f},{place[1]:.4f},{zoom:.1f}"
)


def source_rows(places: list[tuple[float, float]], standings: list[str]) -> pd.DataFrame:
    rows = [
        {"source_id": f"S{n}", "source": f"源{n}", "kind": "洗车", "lon": lon, "lat": lat, "standing": standing}
        for n, ((lon, lat), standing) in enumerate(zip(places, standings, strict=True))
    ]
    return pd.DataFrame(rows)


def many_sources() -> pd.DataFrame:
    """Return more sources than are drawn one by one, on a grid of 20 by 15 within some five kilometres."""
    places = [(121.51 + column / 400, 29.92 + row / 400) for row in range(15) for column in range(20)]
    return source_rows(places, ["overdue" if n == 0 else "open" if n < 150 else "closed" for n in range(300)])


def scene_of_sources(rows: pd.DataFrame, **more: Any) -> MapScene:
    return map_scene([(SOURCES, rows)], NO_GROUND, "zh", links=LINKS, **more)


def test_few_objects_stand_each_alone() -> None:
    """As many as MOST_OBJECTS are drawn one by one, with the code of each."""
    places = [(121.5 + n / 10_000, 29.93) for n in range(MOST_OBJECTS)]
    scene = scene_of_sources(source_rows(places, ["open"] * MOST_OBJECTS))
    assert [each.code for each in scene.objects] == [f"S{n}" for n in range(MOST_OBJECTS)]


def test_many_objects_are_fewer_signs_that_count_them_all() -> None:
    """300 sources are fewer signs, whose numbers add up to 300; the one overdue makes its sign a red square."""
    scene = scene_of_sources(many_sources())
    assert len(scene.objects) < MOST_OBJECTS
    assert sum(each.count for each in scene.objects) == 300
    [worst] = [each for each in scene.objects if each.look == SOURCES.looks["overdue"]]
    assert worst.sign == str(worst.count)


def test_a_sign_of_many_opens_closer_where_they_lie() -> None:
    """What a cluster opens shows its members, in the end each alone."""
    rows = many_sources()
    sign = max(scene_of_sources(rows).objects, key=lambda each: each.count)
    lon, lat, zoom = map(float, sign.href.removeprefix("?at=").split(","))
    closer = scene_of_sources(rows, opened=((lon, lat), zoom + 2))
    assert sum(each.count for each in closer.objects) == 300
    assert len([each for each in closer.objects if each.code]) > len(
        [e for e in scene_of_sources(rows).objects if e.code]
    )


def test_no_sign_holds_both_what_is_seen_and_what_is_not() -> None:
    """Where there are too many in the view and outside of it, what is seen has signs of its own, not among the rest."""
    view, whole = MapView((121.51, 29.93), 15.0, 640, 560), MapView((121.535, 29.945), 13.0, 640, 560)
    numbers = np.random.default_rng(1)
    places = numbers.uniform((121.51, 29.92), (121.56, 29.97), (20_000, 2))
    found = cluster_numbers(places, view, whole, np.zeros(len(places), dtype=bool))
    seen = [all(0 <= at <= size for at, size in zip(view.pixels((x, y)), (640, 560), strict=True)) for x, y in places]
    assert not set(found[seen]) & set(found[np.invert(seen)])


def test_what_is_chosen_stands_alone_among_many() -> None:
    """The chosen source has a sign of its own, and is in no other."""
    scene = scene_of_sources(many_sources(), chosen=[("sources", "S7")])
    assert [each.code for each in scene.objects if each.code == "S7"] == ["S7"]
    assert sum(each.count for each in scene.objects) == 300


def test_lines_in_a_sign_of_many_are_still_drawn() -> None:
    """Each of 300 reaches is drawn, alone or as a line below the sign that counts it."""
    rows = pd.DataFrame(
        {"reach_id": f"R{n}", "reach": f"段{n}", "standing": "Ⅴ" if n % 2 else None,
         "course": f"{121.51 + n / 9000} 29.92; {121.51 + n / 9000} 29.97"}
        for n in range(300)
    )  # fmt: skip
    scene = map_scene([(REACHES, rows)], NO_GROUND, "zh", links=LINKS)
    assert len([each for each in scene.objects if each.path]) + len(scene.lines) == 300
    assert {each.look.ground for each in scene.lines} == {REACHES.looks["Ⅴ"].ground, REACHES.looks[""].ground}


def test_outside_of_an_opened_place_there_are_no_more_signs_than_before() -> None:
    """A view from close by does not bring all that lies beyond it one by one."""
    places = np.random.default_rng(1).uniform((121.5, 29.9), (121.6, 30.0), (5000, 2))
    whole = fitting_view([tuple(place) for place in places], 760, 560)
    close = MapView((121.55, 29.95), whole.zoom + 4, 760, 560)
    nobody = np.zeros(len(places), dtype=bool)
    far = len(np.unique(cluster_numbers(places, whole, whole, nobody)))
    assert len(np.unique(cluster_numbers(places, close, whole, nobody))) <= far + MOST_OBJECTS


def test_a_straight_line_keeps_its_ends_alone_and_a_bend_its_corner() -> None:
    """Points between two ends are left out, a corner of a kilometre is not."""
    straight = tuple((121.5 + n / 1000, 29.93) for n in range(11))
    bent = ((121.5, 29.93), (121.51, 29.93), (121.51, 29.94))
    found = simplified_paths([straight, bent], zoom=13)
    assert [len(path) for path in found] == [2, 3]
    assert np.allclose(found[0], (straight[0], straight[-1]))
    assert np.allclose(found[1], bent)


@given(st.floats(70, 140), st.floats(3, 54), st.floats(5, 18))
def test_a_place_comes_back_from_its_pixels(lon: float, lat: float, zoom: float) -> None:
    """To the picture and back is the same place, to a centimetre."""
    assert place_of_pixels(world_pixels((lon, lat), zoom), zoom) == pytest.approx((lon, lat), abs=1e-7)


@given(st.lists(st.tuples(st.floats(121.4, 121.7), st.floats(29.8, 30.1)), min_size=1, max_size=20))
def test_all_places_lie_in_the_view_that_fits_them(places: list[tuple[float, float]]) -> None:
    """Within the margin of 24 pixels, up to rounding."""
    view = fitting_view(places, 760, 560)
    for x, y in map(view.pixels, places):
        assert 23.9 <= x <= 736.1
        assert 23.9 <= y <= 536.1


def test_the_middle_of_a_line_lies_halfway_along_it() -> None:
    """Not at the middle point of its list: three points close together count less than one long step."""
    path = ((121.5, 29.93), (121.5001, 29.93), (121.5002, 29.93), (121.52, 29.93))
    assert middle_of_line(path) == pytest.approx((121.51, 29.93))
    assert middle_of_line(((121.5, 29.93), (121.5, 29.93))) == (121.5, 29.93)
