"""Readings known only as below or above a value: one reading of them in classes, indices, 黑臭 and comparisons."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest

from analytics.metrics import LISTINGS
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_rows

pytestmark = pytest.mark.slow

RIVERS = "河道编码,河道名称,河道等级,水体类型,目标水质,评价规则\n"
WORKS = "工程编码,工程名称,河道,工程类型,计划工程量,计量单位,计划开工,计划完工\n"


def load_values(store: Store, *rows: str, rule: str = "") -> None:
    """Load a river K with the sections named in the rows, and the rows: section, time, item, value as written."""
    load_without_errors(store, "river", f"{RIVERS}K,清河,村级,河流,Ⅲ,{rule}")
    sections = sorted({row.split(",")[0] for row in rows})
    load_without_errors(store, "section", "断面编码,断面名称,河道\n" + "".join(f"{s},{s}断面,K\n" for s in sections))
    load_without_errors(store, "reading", "\n".join(["断面,监测时间,监测项目,监测值", *rows]))


def known(row: dict[str, object], *names: str) -> tuple[object, ...]:
    return tuple(None if pd.isna(row[name]) else row[name] for name in names)


@pytest.mark.quick
@pytest.mark.parametrize(
    ("ammonia", "class_", "unjudged", "grade"),
    [
        (("<5",), "Ⅰ", "NH3N", "优"),
        (("<5", "0.1"), "Ⅰ", "NH3N", "优"),
        ((">2.0",), "劣Ⅴ", None, "重度污染"),
        ((">2.5", "2.5"), "劣Ⅴ", None, "重度污染"),
        ((">1.2",), None, "NH3N", None),
        ((">0.1",), "Ⅰ", "NH3N", "优"),
        (("<0.5",), "Ⅱ", None, "优"),
        (("<0.02", "0.30"), "Ⅱ", None, "优"),
    ],
)
def test_section_month_and_river_read_a_bound_alike(store, ammonia, class_, unjudged, grade):
    """With oxygen of class Ⅰ beside it, a bound of ammonia is judged where it is sure, and told where it is not."""
    rows = [f"S,2014-03-{n:02} 08:00,氨氮,{value}" for n, value in enumerate(ammonia, 1)]
    load_values(store, "S,2014-03-01 08:00,溶解氧,8", *rows)
    [month] = metric_rows(store, "section_class")
    assert known(month, "class", "unjudged") == (class_, unjudged)
    found = metric_rows(store, "river_grade")
    assert [known(row, "grade", "unjudged") for row in found] == ([(grade, unjudged)] if grade else [])


def test_a_limit_of_0_bounds_nothing(store):
    """<0 of ammonia, stored before it was refused, is in no class, mean, index or trend."""
    load_values(store, "S,2014-03-01 08:00,氨氮,<0.4", "S,2014-03-01 08:00,溶解氧,8", "S,2014-03-11 08:00,氨氮,0.9")
    with store.scratch() as con, store.write(con):
        con.execute("UPDATE reading SET value = 0 WHERE qualifier = '<'")
    [month] = metric_rows(store, "section_class")
    assert (month["class"], month["items"]) == ("Ⅲ", 2)
    assert [row["months"] for row in metric_rows(store, "water_trend") if row["parameter"] == "NH3N"] == [1]
    assert metric_rows(store, "cwqi")[0]["cwqi"] == pytest.approx(0.9 + 5 / 8)


def test_the_index_leaves_out_what_cannot_be_judged_and_counts_a_bound(store):
    """S: 5/8 of oxygen alone, as <5 of ammonia says nothing. K's next month: >2.0 counts 2.0/1.0, and is told."""
    load_values(
        store, "S,2014-02-01 08:00,溶解氧,8", "S,2014-02-01 08:00,氨氮,<5",
        "S,2014-03-01 08:00,溶解氧,8", "S,2014-03-01 08:00,氨氮,>2.0",
    )  # fmt: skip
    before, now = metric_rows(store, "cwqi")
    assert (before["cwqi"], before["items"], before["unjudged"]) == (0.625, 1, "NH3N")
    assert "氨氮无法判定，没有计入" in before["sentence"]
    assert (now["cwqi"], now["items"], known(now, "unjudged")) == (2.625, 2, (None,))
    assert "氨氮超出量程，按所报的界限计" in now["sentence"]
    assert now["change_month"] == 0  # of oxygen alone: a bound is no value to compare


@pytest.mark.parametrize(
    ("values", "level", "samples", "open_samples"),
    [
        (("<0.2", "<0.2", "<0.2"), "重度黑臭", 3, 0),
        (("0.2", "0.2", "0.2"), "轻度黑臭", 3, 0),
        ((">2.0", ">2.0", ">2.0"), "无黑臭", 3, 0),
        (("<3", "3", "3", "3"), "无黑臭", 3, 1),
        (("<2.0", "<2.0", "<2.0"), "样本不足", 0, 3),
    ],
)
def test_black_odour_reads_bounds_of_oxygen(store, values, level, samples, open_samples):
    """Below 0.2 is severe and above 2.0 is none; below 3 may be any, so its sample does not count, and is told."""
    rows = [f"S,2014-03-{n:02} 08:00,溶解氧,{value}" for n, value in enumerate(values, 1)]
    load_values(store, *rows, rule="城市黑臭")
    section = metric_rows(store, "black_odour")[0]
    assert (section["odour_level"], section["samples"], section["unjudged_samples"]) == (level, samples, open_samples)
    assert ("无法判定" in section["sentence"]) == (open_samples > 0)


@pytest.mark.parametrize(("values", "level"), [(("<2",), "黑臭"), (("<3", "5"), "无法判定"), (("<3", "1"), "黑臭")])
def test_a_village_is_black_where_one_sample_surely_is(store, values, level):
    """Villages go by their worst sample; one that cannot be judged is worse than a good one."""
    rows = [f"S,2020-03-{n:02} 08:00,溶解氧,{value}" for n, value in enumerate(values, 1)]
    load_values(store, *rows, rule="农村黑臭")
    assert [row["odour_level"] for row in metric_rows(store, "black_odour")] == [level]


def load_work(store: Store) -> None:
    load_without_errors(store, "work", f"{WORKS}W,清河清淤,K,清淤,100,m³,2013-01-10,2013-03-31")
    load_without_errors(store, "work_progress", "工程,上报日期,累计完成量\nW,2013-01-15,10\nW,2013-03-20,100")


def two_years(before: str, after: str) -> list[str]:
    return [
        f"S,{year}-{month:02}-10 09:00,氨氮,{value}"
        for year, value in ((2012, before), (2013, after))
        for month in range(4, 13)
    ]


@pytest.mark.parametrize(("before", "after"), [("<0.5", "<0.02"), ("<0.02", "<0.5"), ("0.3", "<0.5"), (">2", ">5")])
def test_nothing_but_limits_before_and_after_says_nothing(store, before, after):
    """A laboratory that sees further, or whose range reaches further, has changed no water."""
    load_values(store, *two_years(before, after))
    load_work(store)
    [found] = metric_rows(store, "before_after")
    assert known(found, "shift", "p_value", "before", "after") == (None, None, None, None)
    assert found["months"] == 9
    assert "说不出有没有变化" in found["sentence"]


def test_a_fall_below_the_detection_limit_is_a_fall(store):
    """2.0 before and <0.5 after is a fall of 1.75, to half the limit; p is 2/2⁹."""
    load_values(store, *two_years("2.0", "<0.5"))
    load_work(store)
    [found] = metric_rows(store, "before_after")
    assert (found["shift"], found["before"], found["p_value"]) == (-1.75, 2.0, pytest.approx(2 / 2**9))


def test_equal_differences_are_ties(store):
    """0.3 − 0.1 and 0.5 − 0.3 are both 0.2: all months fell by as much, and the interval has no width."""
    before, after = [Fraction(3 + 2 * (n % 2), 10) for n in range(9)], [Fraction(1 + 2 * (n % 2), 10) for n in range(9)]
    rows = [
        f"S,{year}-{n + 4:02}-10 09:00,氨氮,{float(value)}"
        for year, values in ((2012, before), (2013, after)) for n, value in enumerate(values)
    ]  # fmt: skip
    load_values(store, *rows)
    load_work(store)
    [found] = metric_rows(store, "before_after")
    assert {new - old for old, new in zip(before, after, strict=True)} == {Fraction(-1, 5)}
    assert (found["shift"], found["low"], found["high"]) == (-0.2, -0.2, -0.2)


def years_of(values: dict[int, list[str]]) -> list[str]:
    return [
        f"S,{year}-{month:02}-{5 + 10 * n:02} 09:00,氨氮,{value}"
        for year, taken in values.items() for month in range(1, 13) for n, value in enumerate(taken)
    ]  # fmt: skip


def test_equal_means_have_no_trend(store):
    """0.2 once a month, then thrice, and 0.1 with 0.3, have the mean 0.2: no rise, p 1, in months and in years."""
    load_values(
        store, *years_of({2018: ["0.2"], 2019: ["0.2"] * 3, 2020: ["0.1", "0.3"], 2021: ["0.2"] * 3, 2022: ["0.2"]})
    )
    [monthly], [yearly] = metric_rows(store, "water_trend"), metric_rows(store, "water_trend_years")
    assert (monthly["slope"], monthly["low"], monthly["high"], monthly["p_value"]) == (0, 0, 0, 1)
    assert "看不出氨氮有升降" in monthly["sentence"]
    assert (yearly["first_mean"], yearly["last_mean"], yearly["rank_r"]) == (0.2, 0.2, 0)


@pytest.mark.parametrize("limits", [("<0.5", "<0.2", "<0.1", "<0.05", "<0.02"), (">2", ">3", ">4", ">5", ">6")])
def test_a_series_of_limits_has_no_trend(store, limits):
    """Five years of nothing but detection limits, or of values above a range, say nothing of the water."""
    load_values(store, *years_of({2018 + n: [limit] for n, limit in enumerate(limits)}))
    for name in ("water_trend", "water_trend_years"):
        [found] = metric_rows(store, name)
        assert known(found, "p_value") == (None,)
        assert "说不出有没有升降" in found["sentence"]


def test_months_over_the_limit_are_those_of_the_class(store):
    """The page of a section counts beyond Ⅲ what its class has beyond Ⅲ: not 0.2 thrice, nor <5, but >1.0 and 1.01."""
    load_values(
        store, *(f"S,2014-01-{n:02} 08:00,总磷,0.2" for n in (1, 11, 21)), "S,2014-02-01 08:00,氨氮,<5",
        "S,2014-03-01 08:00,氨氮,>1.0", "S,2014-04-01 08:00,氨氮,1.01",
    )  # fmt: skip
    with store.read() as con:
        rows = LISTINGS["section_means"].compute(con, section_id="S").rows
    assert {f"{row.month:%m}": row.is_over for row in rows.itertuples()} == {
        "01": False,
        "02": False,
        "03": True,
        "04": True,
    }


PLANTS = "厂站编码,厂站名称,所在村社,设计能力,排放标准,投运日期\nP,一厂,V,100,GB18918一级B,2013-01-01"


def test_what_a_plant_removes_is_exact(store):
    """0.2 and 0.4 in and 0.3 out on three days take out nothing at all; a value above 10,000 is over 10,000."""
    load_without_errors(store, "village", "村社编码,村社名称\nV,一村")
    load_without_errors(store, "plant", PLANTS)
    days = "".join(f"P,2014-06-{day:02},30,正常\n" for day in (1, 2, 3))
    load_without_errors(store, "plant_daily", f"厂站,日期,进水量,运行状态\n{days}")
    taken = ((8, "进水", 0.2), (9, "进水", 0.4), (8, "出水", 0.3))
    lines = [f"P,2014-06-{day:02} 0{hour}:00,{point},TP,{value}," for day in (1, 2, 3) for hour, point, value in taken]
    lines += ["P,2014-06-03 10:00,出水,FC,10000,>"]
    load_without_errors(store, "plant_sample", "厂站,采样时间,采样点,监测项目,监测值,限定符\n" + "\n".join(lines))
    [removal] = metric_rows(store, "plant_removal")
    assert (removal["removal_rate"], removal["removed"], removal["pairs"]) == (0, 0, 3)
    verdicts = metric_rows(store, "effluent_samples")
    assert (verdicts[0]["verdict"], verdicts[0]["failing"]) == ("不达标", "FC")
    assert metric_rows(store, "plant_pass_rate")[0]["pass_rate"] == 75  # three samples of four
