"""Land clocks and idle resources in hand-worked cases: days of each band, tests of idleness, the year's revival."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from data.errors import UnknownUnit
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_rows
from tests.upload_helpers import check_content, ledger_values, load_content

PROJECTS = "项目编码,项目名称,项目类别,总投资\nI-1,甲项目,供地类,10000\n"
PARCEL = (
    "地块编码,项目,用地面积,约定动工日期,实际动工日期,停工日期,应建面积,已建面积,地块总投资,已投资,核查日期,"
    "免责原因,出让金\n"
)
RESOURCE = (
    "资源编码,资源名称,资源类型,建筑面积,空置面积,入册日期,闲置起始日期,推介日期,意向日期,盘活日期,盘活建筑面积,"
    "盘活前单位税收,盘活后单位税收\n"
)
AGENT = "经理人编码,经理人,类别,聘请日期,推荐项目数,成交数,上报日期\n"


@pytest.fixture
def land(store: Store) -> Store:
    """Give a database with one project that may have land."""
    load_without_errors(store, "investment_project", PROJECTS)
    return store


def clock_on(store: Store, day: str, agreed: str, more: str = ",,,,,,,,") -> dict[str, Any]:
    """Return the clock of one parcel on a day; `more` are its cells from 实际动工日期 on."""
    load_without_errors(store, "parcel", f"{PARCEL}L-1,I-1,10,{agreed},{more}")
    [row] = metric_rows(store, "land_clocks", day)
    return row


@pytest.mark.parametrize(
    ("day", "band", "over", "left"),
    [
        ("2014-03-01", "未到期", None, 91),
        ("2014-03-02", "临近动工", None, 90),
        ("2014-05-31", "临近动工", None, 0),
        ("2014-06-01", "超期未动工", 1, None),
        ("2015-05-30", "超期未动工", 364, None),
        ("2015-05-31", "可征闲置费", 365, None),
        ("2016-05-29", "可征闲置费", 729, None),
        ("2016-05-30", "可无偿收回", 730, None),
        ("2016-05-31", "可无偿收回", 731, None),
    ],
)
def test_a_band_begins_on_its_day(land, day, band, over, left):
    """Agreed on 31 May 2014: that day is not over, 365 days later is 31 May 2015, and 730 are a day short in 2016."""
    row = clock_on(land, day, "2014-05-31")
    found = [None if pd.isna(row[name]) else row[name] for name in ("days_overdue", "days_to_start")]
    assert (row["band"], found) == (band, [over, left])
    assert row["is_breach"] == (over is not None)
    assert row["idle_test"] == ("未动工" if (over or 0) >= 365 else None)


def test_the_day_before_the_start_it_has_not_started(land):
    """A parcel that started 10 days late was over the day before, and is neither over nor idle from its start on."""
    before = clock_on(land, "2014-06-09", "2014-05-31", "2014-06-10,,,,,,,,")
    [after] = metric_rows(land, "land_clocks", "2014-06-10")
    assert (before["band"], before["days_overdue"], pd.isna(before["actual_start_on"])) == ("超期未动工", 9, True)
    assert (after["band"], after["days_started_late"], after["is_breach"]) == ("已动工", 10, False)
    assert pd.isna(after["days_overdue"])
    assert pd.isna(after["days_to_start"])


def test_an_exempt_parcel_is_listed_last_and_is_no_breach(land):
    """Three years over for a reason: the band is shown, no fee is counted, and one that is a day over comes first."""
    rows = "L-1,I-1,10,2011-06-30,,,,,,,,规划调整,100\nL-2,I-1,10,2014-06-29,,,,,,,,,100\n"
    load_without_errors(land, "parcel", PARCEL + rows)
    first, last = metric_rows(land, "land_clocks", "2014-06-30")
    assert (first["parcel_id"], first["is_breach"]) == ("L-2", True)
    assert (last["band"], last["days_overdue"], last["exempt_reason"]) == ("可无偿收回", 1096, "规划调整")
    assert (last["is_idle"], last["is_breach"], pd.isna(last["highest_fee"])) == (False, False, True)


def test_the_fee_is_a_fifth_of_the_price_from_the_first_year_on(land):
    """780 万元 make at most 156 万元; a day earlier none, and without a price it is not known."""
    rows = "L-1,I-1,10,2013-06-30,,,,,,,,,780\nL-2,I-1,10,2013-06-30,,,,,,,,,\n"
    load_without_errors(land, "parcel", PARCEL + rows)
    found = {row["parcel_id"]: row["highest_fee"] for row in metric_rows(land, "land_clocks", "2014-06-30")}
    assert found["L-1"] == 156
    assert pd.isna(found["L-2"])
    assert all(pd.isna(row["highest_fee"]) for row in metric_rows(land, "land_clocks", "2014-06-29"))


@pytest.mark.parametrize(
    ("more", "band", "test"),
    [
        ("2012-05-01,2013-06-30,3000,999,400,100,2014-06-01,,", "停工闲置", "建设不足"),
        ("2012-05-01,2013-06-30,3000,1000,400,99.9,2014-06-01,,", "停工闲置", "投资不足"),
        ("2012-05-01,2013-06-30,3000,999,400,99.9,2014-06-01,,", "停工闲置", "建设投资都不足"),
        ("2012-05-01,2013-06-30,3000,1000,400,100,2014-06-01,,", "已动工", None),
        ("2012-05-01,2013-07-01,3000,0,400,0,2014-06-01,,", "已动工", None),  # 364 days
        ("2012-05-01,2013-06-30,3000,0,400,0,2013-06-29,,", "停工未核查", "停工未核查"),  # checked before it stopped
        ("2012-05-01,2013-06-30,3000,1000,,,2014-06-01,,", "停工未核查", "停工未核查"),  # one figure tells nothing
        ("2012-05-01,2013-06-30,3000,999,,,2014-06-01,,", "停工闲置", "建设不足"),  # one is enough where it is short
    ],
)
def test_a_stopped_parcel_is_idle_by_either_test(land, more, band, test):
    """A third of 3,000 ㎡ is 1,000, a quarter of 400 万元 is 100: less than either, 365 days after it stopped."""
    row = clock_on(land, "2014-06-30", "2012-04-30", more)
    assert (row["band"], row["idle_test"], row["is_idle"]) == (band, test, band == "停工闲置")


def test_what_is_built_counts_from_the_day_of_its_check(land):
    """Before 1 June 2014 nothing is known of what is built, and no share is 0."""
    row = clock_on(land, "2014-05-31", "2012-04-30", "2012-05-01,2013-05-01,3000,0,400,0,2014-06-01,,")
    assert pd.isna(row["built_share"])
    assert pd.isna(row["invested_share"])
    assert row["band"] == "停工未核查"
    [later] = metric_rows(land, "land_clocks", "2014-06-01")
    assert (later["built_share"], later["idle_test"]) == (0, "建设投资都不足")


def test_the_leap_day_is_a_day(land):
    """From 29 February 2012 to 28 February 2013 are 365 days."""
    assert clock_on(land, "2013-02-28", "2012-02-29")["band"] == "可征闲置费"
    [before] = metric_rows(land, "land_clocks", "2013-02-27")
    assert (before["days_overdue"], before["band"]) == (364, "超期未动工")


def resource_rows(*rows: str) -> str:
    return RESOURCE + "\n".join(rows)


def test_the_year_adds_up(store):
    """Two idle when the year began, one listed since, one of each came into use: 2 of 3, and one is left."""
    rows = resource_rows(
        "R-1,甲,闲置厂房,900,900,2012-01-01,2011-01-01,,,,,,",
        "R-2,乙,闲置厂房,500,0,2013-01-01,2013-01-01,,,2014-01-01,500,,",
        "R-3,丙,空置楼宇,300,0,2014-02-01,2014-02-01,2014-02-02,2014-03-01,2014-06-30,,,",
        "R-4,丁,空置楼宇,300,0,2013-02-01,2013-02-01,,,2013-12-31,300,,",
    )
    load_without_errors(store, "idle_resource", rows)
    [row] = metric_rows(store, "idle_resource_summary", "2014-06-30")
    counted = ("stock_start", "added", "revived", "stock_now", "revived_area", "unmeasured", "vacant_area")
    assert [row[name] for name in counted] == [2, 1, 2, 1, 500, 1, 900]
    assert row["revival_rate"] == pytest.approx(100 * 2 / 3)
    [before] = metric_rows(store, "idle_resource_summary", "2014-06-29")
    assert [before[name] for name in ("stock_start", "added", "revived", "stock_now")] == [2, 1, 1, 2]


def test_half_are_in_use_after_the_third_of_five(store):
    """In use after 10, 20, 30, 40 and 50 days: after 30, 2 of 5 are left. With one more that is idle for 25 days so far
    5/6, 4/6, then of three at risk one more: 4/9."""
    days = ("2014-01-11", "2014-01-21", "2014-01-31", "2014-02-10", "2014-02-20")
    done = [f"R-{n},资源{n},厂房,1,0,2014-01-01,2014-01-01,,,{day},1,10,{10 + n}" for n, day in enumerate(days, 1)]
    load_without_errors(store, "idle_resource", resource_rows(*done))
    [row] = metric_rows(store, "idle_resource_summary", "2014-06-30")
    assert (row["median_idle_days"], row["idle_counted"], row["idle_revived"]) == (30, 5, 5)
    assert (row["median_tax_gain"], row["tax_counted"]) == (3, 5)
    load_without_errors(store, "idle_resource", resource_rows("R-9,还空着,厂房,1,1,2014-06-05,2014-06-05,,,,,,"))
    [row] = metric_rows(store, "idle_resource_summary", "2014-06-30")
    assert (row["median_idle_days"], row["idle_counted"]) == (30, 6)


def test_four_in_use_tell_no_median(store):
    """Four of five are in use: too few for a median of days or of taxes, and the counts are given."""
    days = ("2014-01-11", "2014-01-21", "2014-01-31", "2014-02-10", "2014-02-20")
    done = [f"R-{n},资源{n},厂房,1,0,2014-01-01,2014-01-01,,,{day},1,10,{10 + n}" for n, day in enumerate(days, 1)]
    load_without_errors(store, "idle_resource", resource_rows(*done))
    [few] = metric_rows(store, "idle_resource_summary", "2014-02-19")
    assert (few["idle_revived"], few["tax_counted"], few["idle_counted"]) == (4, 4, 5)
    assert pd.isna(few["median_idle_days"])
    assert pd.isna(few["median_tax_gain"])


def test_the_state_is_that_of_the_day(store):
    """One resource is marketed, wanted and in use on three days; before, it is none of them, and not listed at all."""
    line = "R-1,甲,空置楼宇,300,0,2014-01-10,,2014-02-01,2014-03-01,2014-04-01,300,,"
    load_without_errors(store, "idle_resource", resource_rows(line))
    days = ("2014-01-31", "2014-02-01", "2014-03-01", "2014-04-01")
    found = [metric_rows(store, "idle_resource_list", day)[0] for day in days]
    assert [row["state"] for row in found] == ["待包装", "已推介", "意向", "已盘活"]
    assert [None if pd.isna(row["vacant_area"]) else row["vacant_area"] for row in found] == [None, None, None, 0]
    assert all(pd.isna(row["days_idle"]) for row in found)
    assert metric_rows(store, "idle_resource_list", "2014-01-09") == []


def test_agents_count_from_the_day_on_which_they_reported(store):
    """3 of 12 leads became deals; one reports later, one has not said how many deals."""
    rows = (
        "1,甲,银行,2013-01-01,12,3,2014-05-01\n2,乙,中介,2013-01-01,8,8,2014-07-01\n3,丙,其他,2014-06-30,4,,2014-06-30"
    )
    load_without_errors(store, "investment_agent", AGENT + rows)
    [row] = metric_rows(store, "idle_resource_summary", "2014-06-30")
    assert [row[name] for name in ("agents", "agents_reported", "leads", "deals", "deal_rate")] == [3, 1, 12, 3, 25]
    [later] = metric_rows(store, "idle_resource_summary", "2014-07-01")
    assert [later[name] for name in ("agents_reported", "leads", "deals", "deal_rate")] == [2, 20, 11, 55]


LISTED = "资源编码,资源名称,资源类型,入册日期"
REFUSED = [
    ("parcel", "地块编码,项目,用地面积,约定动工日期,停工日期\nL,I-1,1,2013-01-01,2014-01-01", "停工日期", "没有动工"),
    ("parcel", "地块编码,项目,用地面积,约定动工日期\nL-1,I-1,10,", "约定动工日期", "不能为空"),
    ("idle_resource", f"{LISTED},盘活状态\nR,甲,厂房,2014-01-01,已盘活", "盘活状态", "补上日期"),
    ("idle_resource", f"{LISTED},建筑面积,盘活面积\nR,甲,厂房,2014-01-01,9,5", "盘活日期", "补上"),
    ("idle_resource", f"{LISTED},建筑面积,空置面积\nR,甲,厂房,2014-01-01,9,10", "空置面积", "大于"),
    ("idle_resource", f"{LISTED},闲置起始日,盘活日期\nR,甲,厂房,2014-01-01,2014-03-02,2014-03-01", "盘活日期", "早"),
    ("idle_resource", f"{LISTED},挂牌租金\nR,甲,厂房,2014-01-01,30元/㎡·月", "挂牌租金", "单位"),
    ("investment_agent", AGENT + "A,甲,银行,2014-01-01,1,2,2014-02-01", "成交数", "大于"),
]


@pytest.mark.parametrize(("ledger", "lines", "column", "said"), REFUSED)
def test_what_cannot_be_is_refused_in_words(land, ledger, lines, column, said):
    """Stopped before a start, in use without a day, more vacant than there is: the cell is told, nothing is loaded."""
    errors = load_content(land, ledger, lines).errors
    assert [(error.line, error.column) for error in errors] == [(2, column)]
    assert said in errors[0].reason.zh
    assert ledger_values(land, ledger, "batch_id") == []


@pytest.mark.parametrize("unit", ["元/㎡·月", "元/平方米/月", "元/㎡·年", "万元/年"])
def test_a_rent_by_the_month_is_no_rent_by_the_day(store, unit):
    """A month has 28 to 31 days, so a heading in yuan a month is refused whole, with its place."""
    with pytest.raises(UnknownUnit) as refused:
        check_content(
            store, "idle_resource", f"资源编码,资源名称,资源类型,入册日期,挂牌租金({unit})\nR,甲,厂房,2014-01-01,30"
        )
    assert unit in refused.value.text.zh


def test_land_in_square_metres_is_put_into_mu(land):
    """6,667 ㎡ are 10.0005 亩, 2 公顷 are 30; floor area in 公顷 is put into ㎡; a rent by the day stays."""
    lines = f"{LISTED},土地面积(㎡),建筑面积(公顷),租金(元/平方米·天)\nR,甲,厂房,2014-01-01,6667,0.5,0.3"
    load_without_errors(land, "idle_resource", lines)
    [(mu, floor, rent)] = ledger_values(land, "idle_resource", "land_area", "floor_area", "asking_rent")
    assert (mu, floor, rent) == (pytest.approx(10.0005), 5000, 0.3)
    load_without_errors(land, "parcel", "宗地编号,项目,土地面积(公顷),约定开工日期\nL-1,I-1,2,2014-01-01")
    assert ledger_values(land, "parcel", "area") == [(30,)]


DOUBTED = [
    ("parcel", "地块编码,项目,用地面积,约定动工日期,已投资\nL,I-1,1,2014-01-01,9", "核查日期"),
    ("parcel", "地块编码,项目,用地面积,约定动工日期,出让金\nL,I-1,1,2014-01-01,10000.5", "出让金"),
    ("idle_resource", f"{LISTED},租金\nR,甲,厂房,2014-01-01,30", "租金"),
    ("idle_resource", f"{LISTED},状态,盘活日期\nR,甲,厂房,2014-01-01,招租中,2014-02-01", "状态"),
    ("investment_agent", AGENT + "A,甲,中介公司,2014-01-01,1,,", "上报日期"),
]


@pytest.mark.parametrize(("ledger", "lines", "column"), DOUBTED)
def test_what_is_doubtful_is_told_and_loaded(land, ledger, lines, column):
    """A figure without its day, a price beyond the investment, a rent like one by the month: loaded, with a remark."""
    report = load_content(land, ledger, lines)
    assert (report.errors, report.counts.inserted) == ([], 1)
    assert [(note.line, note.column) for note in report.notes if note.value] == [(2, column)]


def test_the_sample_has_a_parcel_in_each_band_and_one_idle_by_each_test(sample_store):
    """Each band of the clock is seen, both tests of a stop, and resources of every kind, some in use again."""
    rows = metric_rows(sample_store, "land_clocks", "2014-06-30")
    bands = {row["band"] for row in rows}
    assert bands == {"可无偿收回", "可征闲置费", "停工闲置", "超期未动工", "临近动工", "未到期", "已动工"}
    assert {row["idle_test"] for row in rows if row["is_idle"]} == {"未动工", "建设不足", "投资不足"}
    resources = metric_rows(sample_store, "idle_resource_list", "2014-06-30")
    assert len(resources) == 16
    assert len({row["kind"] for row in resources}) == 5
    assert {row["state"] for row in resources} == {"待包装", "已推介", "意向", "已盘活"}
