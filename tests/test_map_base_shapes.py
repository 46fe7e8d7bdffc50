"""What the map is drawn on: holes stay holes, and a base map of any size is drawn, as far as it can be."""

from __future__ import annotations

import math

import pandas as pd

from ui.map.base_shapes import MOST_POINTS, MOST_SHAPES, ground_of

SQUARE = "POLYGON (({w} 29.9, {e} 29.9, {e} 29.95, {w} 29.95, {w} 29.9){hole})"
HOLE = ", (121.52 29.92, 121.53 29.92, 121.53 29.93, 121.52 29.92)"


def base_map(shapes: list[str]) -> pd.DataFrame:
    """Return the listing base_map with villages of some shapes."""
    rows = [
        {"kind": "村社界", "name": f"村{n}", "name_en": f"V{n}", "shape": shape, "lon": None, "lat": None}
        for n, shape in enumerate(shapes)
    ]
    return pd.DataFrame(rows)


def ring_wkt(points: int, radius: float) -> str:
    turns = [2 * math.pi * n / points for n in range(points)]
    ring = [f"{121.55 + radius * math.cos(turn):.6f} {29.93 + radius * math.sin(turn):.6f}" for turn in turns]
    return f"POLYGON (({', '.join([*ring, ring[0]])}))"


def test_a_hole_of_an_area_is_kept() -> None:
    """An area with a hole has its outline and, apart, the hole."""
    [shape] = ground_of(base_map([SQUARE.format(w=121.5, e=121.55, hole=HOLE)]), "zh").shapes
    assert len(shape.outlines) == 1
    assert [len(hole) for hole in shape.holes[0]] == [4]


def test_a_small_base_map_is_drawn_as_it_is() -> None:
    """Few points stay what they are, and nothing is said of them."""
    ground = ground_of(base_map([ring_wkt(1_000, 0.05)]), "zh")
    assert (len(ground.shapes[0].outlines[0]), ground.metres, ground.left_out) == (1_001, 0, 0)


def test_a_fine_base_map_is_thinned_and_all_of_it_drawn() -> None:
    """200 villages of 1,400 points are all drawn, with no more points than MOST_POINTS, and by how much is told."""
    ground = ground_of(base_map([ring_wkt(1_400, 0.05 + n / 10_000) for n in range(200)]), "zh")
    assert sum(len(ring) for shape in ground.shapes for ring in shape.outlines) <= MOST_POINTS
    assert (len(ground.shapes), ground.left_out) == (200, 0)
    assert 0 < ground.metres < 10


def test_of_too_many_shapes_the_largest_are_drawn_and_the_rest_counted() -> None:
    """Of 3,000 areas MOST_SHAPES are drawn, the widest first, in their order; the map can say how many it lacks."""
    squares = [SQUARE.format(w=121.5, e=121.51 + n / 50_000, hole="") for n in range(3_000)]
    ground = ground_of(base_map(squares), "en")
    assert ground.left_out == 3_000 - MOST_SHAPES
    widths = [shape.outlines[0][1][0] - 121.5 for shape in ground.shapes]
    assert widths == sorted(widths)
    assert ground.shapes[-1].name == "V2999"


def test_an_empty_base_map_is_no_ground() -> None:
    """A database without a base map has no ground, and nothing breaks."""
    assert (
        ground_of(base_map([]).reindex(columns=["kind", "name", "name_en", "shape", "lon", "lat"]), "zh").shapes == ()
    )
