"""Black and odorous water: the rules for towns and villages."""

import math

import pytest

from analytics.sample_size import TooFew
from analytics.water.black_odour_grade import (
    PlaceOdour,
    SampleOdour,
    odour_limits,
    point_odour,
    sample_odour,
    water_odour,
)


def test_vector_a10_7():
    """Transparency 20 cm in 60 cm of water, oxygen 1.5, potential 20 mV, ammonia 9: 轻度黑臭 by all four items."""
    found = sample_odour({"SD": 20, "DO": 1.5, "ORP": 20, "NH3N": 9}, "city", 60)
    assert (found.level, dict(found.judged)) == ("轻度黑臭", {"SD": 1, "DO": 1, "ORP": 1, "NH3N": 1})


@pytest.mark.parametrize(
    ("item", "good", "slight_from", "slight_to", "severe"),
    [
        ("SD", 25.1, 25, 10, 9.9),
        ("DO", 2.1, 2.0, 0.2, 0.19),
        ("ORP", 51, 50, -200, -201),
        ("NH3N", 7.9, 8.0, 15.0, 15.1),
    ],
)
def test_bounds_of_the_city_rule(item, good, slight_from, slight_to, severe):
    """Both printed bounds of 轻度 belong to it: ammonia 15.0 is slight, 15.1 severe."""
    levels = [sample_odour({item: value}, "city").level for value in (good, slight_from, slight_to, severe)]
    assert levels == ["无黑臭", "轻度黑臭", "轻度黑臭", "重度黑臭"]


@pytest.mark.parametrize(("item", "good", "bad"), [("SD", 25, 24.9), ("DO", 2, 1.9), ("NH3N", 15, 15.1)])
def test_bounds_of_the_village_rule(item, good, bad):
    """One item beyond its bound is enough in a village, and the bound itself is still good."""
    assert sample_odour({item: good}, "rural").level == "无黑臭"
    assert sample_odour({item: bad}, "rural").level == "黑臭"


def test_villages_do_not_measure_the_potential():
    """The village rule has no redox potential: a low one alone judges nothing."""
    assert sample_odour({"ORP": -300}, "rural") == SampleOdour("rural", "无数据", {}, {})


def test_shallow_water_is_judged_without_transparency():
    """Below 25 cm of water the transparency is left out, and that is said."""
    found = sample_odour({"SD": 5, "DO": 6}, "city", 24)
    assert (found.level, found.left_out, "SD" in found.judged) == ("无黑臭", ("SD",), False)
    assert sample_odour({"SD": 5, "DO": 6}, "city", 25).level == "重度黑臭"


def test_the_worst_item_decides_and_gaps_are_left_out():
    """One severe item makes a severe sample; a missing value judges nothing."""
    assert sample_odour({"DO": 0.1, "NH3N": 1, "ORP": math.nan}, "city").judged == {"DO": 2, "NH3N": 0}
    assert sample_odour({"DO": 0.1, "NH3N": 1}, "city").level == "重度黑臭"
    assert sample_odour({"DO": math.nan}, "city").level == "无数据"


def odour_samples(*oxygen: float, ammonia: list[float] | None = None) -> list[SampleOdour]:
    return [
        sample_odour({"DO": do, "NH3N": n}, "city")
        for do, n in zip(oxygen, ammonia or [1.0] * len(oxygen), strict=True)
    ]


def test_a_point_is_severe_by_sixty_percent_of_one_item():
    """Three severe data of five make a severe point, two do not."""
    assert point_odour(odour_samples(0.1, 0.1, 0.1, 5, 5)) == PlaceOdour("重度黑臭", 5, 0, 3)
    assert point_odour(odour_samples(0.1, 0.1, 1.0, 5, 5)) == PlaceOdour("轻度黑臭", 5, 1, 2)


def test_a_point_is_severe_by_thirty_percent_of_two_items():
    """Three severe data of ten in each of two items make a severe point."""
    oxygen, ammonia = [0.1] * 3 + [5.0] * 7, [1.0] * 7 + [16.0] * 3
    assert point_odour(odour_samples(*oxygen, ammonia=ammonia)).level == "重度黑臭"
    assert point_odour(odour_samples(*oxygen, ammonia=[1.0] * 8 + [16.0] * 2)).level == "轻度黑臭"


def test_a_clean_point():
    """No datum at 轻度 or worse: no black odour."""
    assert point_odour(odour_samples(5, 5, 5)) == PlaceOdour("无黑臭", 3, 0, 0)


def test_a_point_needs_three_samples_with_data():
    """Two samples and one without data are too few."""
    empty = sample_odour({}, "city")
    assert point_odour([*odour_samples(5, 5), empty]) == TooFew(2, 3, "value")


SEVERE, SLIGHT, GOOD = PlaceOdour("重度黑臭", 5, 0, 5), PlaceOdour("轻度黑臭", 5, 5, 0), PlaceOdour("无黑臭", 5, 0, 0)


@pytest.mark.parametrize(
    ("points", "level"),
    [
        ([SEVERE] * 3 + [GOOD] * 2, "重度黑臭"),
        ([SEVERE] * 2 + [GOOD] * 3, "轻度黑臭"),
        ([SLIGHT] + [GOOD] * 4, "轻度黑臭"),
        ([GOOD] * 3, "无黑臭"),
    ],
)
def test_a_whole_water(points, level):
    """A water is severe where 60 % of its points are, slight where any point is black and odorous."""
    assert water_odour(points).level == level


def test_a_water_needs_three_points():
    """Two points are too few for a verdict on the water."""
    assert water_odour([SEVERE] * 2) == TooFew(2, 3, "point")


def test_the_limits_name_their_source():
    """Each limit says its standard, the day it took effect and whether it was confirmed by a second source."""
    rows = [*odour_limits("city"), *odour_limits("rural")]
    assert {r["standard"] for r in rows} == {"城市黑臭水体整治工作指南", "农村黑臭水体治理工作指南"}
    assert {r["is_verified"] for r in odour_limits("city")} == {"1"}
