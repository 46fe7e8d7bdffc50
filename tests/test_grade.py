"""Grades of rivers, changes in words, main pollutants and the index."""

import csv
import math
from datetime import date

import pytest

from analytics.water import grade, pollution
from analytics.water.grade import Change, river_change, river_grade_from_classes, section_grade, section_grade_change
from analytics.water.pollution import (
    Pollutant,
    cwqi_change,
    exceedance_multiple,
    river_pollutants,
    section_pollutants,
    water_quality_index,
)
from data.standards import thresholds

A10_1 = {"PH": 7.4, "DO": 4.2, "CODMN": 7.1, "NH3N": 1.82, "TP": 0.214}
A10_1_RANKS = {"PH": 1, "DO": 4, "CODMN": 4, "NH3N": 5, "TP": 4}


@pytest.mark.parametrize(
    ("good", "bad", "n", "expected"),
    [
        (9, 0, 10, "优"),
        (5, 2, 8, "中度污染"),
        (6, 2, 8, "良好"),  # 75 % exactly is 良好 even with 25 % 劣Ⅴ
        (89, 0, 100, "良好"),
        (74, 19, 100, "轻度污染"),
        (74, 20, 100, "中度污染"),
        (60, 40, 100, "重度污染"),
        (0, 0, 5, "轻度污染"),
    ],
)
def test_vector_a10_3_proportions(good, bad, n, expected):
    """From five sections on, the shares of Ⅰ–Ⅲ and 劣Ⅴ decide."""
    found = river_grade_from_classes([3] * good + [6] * bad + [4] * (n - good - bad), 1)
    assert (found.grade, found.by, found.shares.good, found.shares.bad) == (expected, "proportions", good, bad)


def test_vector_a10_3_means():
    """Four sections are graded by the class of the items' means."""
    found = river_grade_from_classes([2, 2, 6, 6], 5)
    assert (found.grade, found.colour, found.by, found.shares.n) == ("中度污染", "橙", "means", 4)


def test_a_river_without_a_class_has_no_grade():
    """No section, or no class of the means: no grade rather than a guess."""
    assert river_grade_from_classes([], 3) is None
    assert river_grade_from_classes([3, 3], None) is None


def test_grades_of_classes():
    """Ⅰ and Ⅱ are 优, each class after them one grade further."""
    grades = ["优", "优", "良好", "轻度污染", "中度污染", "重度污染"]
    assert [section_grade(rank)[0] for rank in range(1, 7)] == grades


def test_vector_a10_4_change():
    """ΔG = +15 and ΔD = −8 give s = 23: 明显好转."""
    before = {str(i): 3 if i < 40 else 6 if i < 68 else 5 for i in range(100)}
    now = {str(i): 3 if i < 55 else 6 if i < 75 else 5 for i in range(100)}
    assert river_change(before, now) == Change("明显变化", 1, 23, 15, -8, 100)
    assert river_change(now, before) == Change("明显变化", -1, -23, -15, 8, 100)


@pytest.mark.parametrize(
    ("better", "size"), [(0, "无明显变化"), (10, "无明显变化"), (11, "有所变化"), (20, "有所变化"), (21, "明显变化")]
)
def test_the_bounds_of_change_belong_to_the_smaller_word(better, size):
    """Exactly 10 points are no clear change, exactly 20 a slight one."""
    before, now = {str(i): 4 for i in range(100)}, {str(i): 3 if i < better else 4 for i in range(100)}
    assert river_change(before, now).size == size


def test_thirds_are_exact():
    """Three sections of thirty are 10 points, not a hair more."""
    now = {str(i): 3 if i < 24 else 4 for i in range(30)}
    assert river_change({str(i): 3 if i < 21 else 4 for i in range(30)}, now).size == "无明显变化"


def test_only_sections_with_a_class_in_both_periods_count():
    """A new bad section does not make the river worse."""
    assert river_change({"a": 3}, {"a": 3, "b": 6}) == Change("无明显变化", 0, 0, 0, 0, 1)
    assert river_change({"a": 3}, {"b": 3}) is None


@pytest.mark.parametrize(
    ("before", "now", "size", "direction"),
    [(1, 2, "无明显变化", 0), (3, 2, "有所变化", 1), (4, 6, "明显变化", -1), (5, 3, "明显变化", 1)],
)
def test_change_of_one_section(before, now, size, direction):
    """One grade is 有所变化, two 明显变化; Ⅰ to Ⅱ stays 优."""
    found = section_grade_change(before, now)
    assert (found.size, found.direction) == (size, direction)


def test_vector_a10_1_main_pollutants():
    """氨氮(0.82)、高锰酸盐指数(0.18)、总磷(0.07); dissolved oxygen has no multiple and comes after them."""
    found = section_pollutants({p: (v, A10_1_RANKS[p]) for p, v in A10_1.items()}, "river")
    assert [(p.parameter, round(p.multiple, 2)) for p in found] == [("NH3N", 0.82), ("CODMN", 0.18), ("TP", 0.07)]


def test_oxygen_alone_is_named_without_a_multiple():
    """Dissolved oxygen and pH can be main pollutants, but have no multiple."""
    (found,) = section_pollutants({"DO": (2.5, 5), "TP": (0.1, 2)}, "river")
    assert (found.parameter, math.isnan(found.multiple)) == ("DO", True)
    assert math.isnan(exceedance_multiple("PH", 9.5, "river"))


def test_metals_come_first():
    """A heavy metal over class Ⅲ goes before worse items."""
    found = section_pollutants({"NH3N": (9.0, 6), "PB": (0.06, 5)}, "river")
    assert [p.parameter for p in found] == ["PB", "NH3N"]


def test_a_good_section_has_no_main_pollutant():
    """Items at class Ⅲ or better are none."""
    assert section_pollutants({"NH3N": (1.0, 3), "TP": (0.1, 2)}, "river") == []


def test_main_pollutants_of_a_river_go_by_how_many_sections_exceed():
    """The share of sections over class Ⅲ orders them; of equals the worse class goes first, then the multiple."""
    over = {"a": {"NH3N": (5, 0.5), "COD": (4, 0.1)}, "b": {"NH3N": (4, 0.2)}, "c": {}, "d": {}, "e": {"TP": (4, 0.4)}}
    sections = {s: [Pollutant(p, *found) for p, found in items.items()] for s, items in over.items()}
    assert river_pollutants(sections) == [("NH3N", 2, 5), ("TP", 1, 5), ("COD", 1, 5)]
    sections["d"] = [Pollutant("ZN", 5, 0.1)]
    assert [p for p, *_ in river_pollutants(sections)] == ["NH3N", "ZN", "TP"]


def test_vector_a10_1_index():
    """The CWQI of five items is .2 + 1.1905 + 1.1833 + 1.82 + 1.07 = 5.4638."""
    found = water_quality_index(A10_1, "river")
    assert (found.total, found.each, found.n) == (
        pytest.approx(5.4638, abs=5e-5),
        pytest.approx(5.4638 / 5, abs=2e-5),
        5,
    )


def test_the_index_knows_lakes_and_both_sides_of_ph():
    """A lake has its own phosphorus limit; pH 6.5 is half of the way to 6, pH 8 half of the way to 9."""
    assert water_quality_index({"TP": 0.1}, "lake").total == pytest.approx(2)
    assert (
        water_quality_index({"PH": 6.5}, "river").total
        == water_quality_index({"PH": 8}, "river").total
        == pytest.approx(0.5)
    )


def test_the_index_leaves_out_what_has_no_limit_or_value():
    """Temperature, nitrogen and missing means take no part; nothing at all has no index."""
    assert water_quality_index({"WT": 20, "TN": 3, "COD": math.nan, "NH3N": 1}, "river").n == 1
    assert water_quality_index({"WT": 20}, "river") is None


def test_water_without_oxygen_has_no_index():
    """5/0 is not a number to rank by: the index is unknown rather than good."""
    assert math.isnan(water_quality_index({"DO": 0, "NH3N": 1}, "river").total)


def test_change_of_the_index_uses_common_items():
    """An item measured in one period only does not count; half as much is −50 %."""
    assert cwqi_change({"NH3N": 1, "TP": 0.4}, {"NH3N": 2}, "river") == pytest.approx(-50)
    assert math.isnan(cwqi_change({"NH3N": 1}, {"TP": 0.1}, "river"))


# ---- rules as data ---------------------------------------------------------------------------------------------------

RULE_FILES = ["water_rule.csv", "black_odour.csv", "river_grade.csv", "main_pollutant.csv"]


@pytest.mark.parametrize("name", RULE_FILES)
def test_every_rule_names_its_standard_and_day(name):
    """Each row says which standard it is of, since when, and whether a second source confirms it."""
    with (thresholds.FOLDER / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        assert None not in row
        assert row["rule"]
        assert row["standard"]
        assert row["is_verified"] in {"0", "1"}
        assert date.fromisoformat(row["effective_from"])


def test_the_version_in_force_on_the_day_is_taken(tmp_path, monkeypatch):
    """A new version holds from its day on; before the first there was, the first one is used."""
    lines = "rule,value,effective_from\nn,5,2011-01-01\nn,6,2026-01-01\nm,1,2011-01-01\n"
    (tmp_path / "versions_of_a_rule.csv").write_text(lines, encoding="utf-8")
    monkeypatch.setattr(thresholds, "FOLDER", tmp_path)
    found = {
        day: {row["rule"]: row["value"] for row in thresholds.rows_in_force("versions_of_a_rule.csv", day)}
        for day in (date(2005, 1, 1), date(2025, 12, 31), date(2026, 1, 1), None)
    }
    assert list(found.values()) == [{"n": "5", "m": "1"}] * 2 + [{"n": "6", "m": "1"}] * 2


def test_limits_follow_the_day():
    """The bounds of an item are those of GB 3838-2002 from its day on."""
    assert pollution.class_bounds("NH3N", "river", date(2014, 6, 30))[2] == (None, 1.0)
    assert pollution.class_bounds("NH3N", "river", date(2002, 5, 31)) == []
    assert grade.section_grade(3, date(2014, 6, 30)) == ("良好", "绿")
