"""Works of a river, or of all, together: sums within one unit, money across units."""

from __future__ import annotations

import pandas as pd
import pytest

from data.store import Store
from tests.metric_helpers import load_without_errors, metric_result, metric_rows
from ui.water import works as page

pytestmark = pytest.mark.slow

WORKS = "工程编码,工程名称,河道,工程类型,计划工程量,计量单位,预算,计划开工,计划完工\n"
PROGRESS = "工程,上报日期,累计完成量,累计支出\n"


@pytest.fixture
def works_store(store) -> Store:
    """A database of two rivers: 100 and 300 m³ to dredge, 10 m of culverts; two of the three report, one with money."""
    load_without_errors(store, "river", "河道编码,河道名称,河道等级,水体类型\nA,甲河,村级,河流\nB,乙河,村级,河流")
    load_without_errors(store, "work", WORKS + "W-1,一,A,清淤,100,m³,50,2014-01-01,2014-12-31\n"
         "W-2,二,B,清淤,300,m³,,2014-01-01,2014-12-31\nW-3,三,A,箱涵,10,m,40,2014-01-01,2014-12-31")  # fmt: skip
    reports = ("W-1,2014-01-30,20,10", "W-1,2014-02-27,40,20", "W-1,2014-03-30,60,30", "W-1,2014-04-29,80,40")
    others = ("W-2,2014-01-31,30,", "W-2,2014-02-28,60,", "W-2,2014-03-31,90,")
    load_without_errors(store, "work_progress", PROGRESS + "\n".join((*reports, *others)))
    return store


def combined_forecast(store: Store, river_id: str, unit: str, as_of: str = "2014-04-30") -> pd.Series:
    found = metric_result(store, "river_works_forecast", as_of).rows
    return found[(found["river_id"] == river_id) & (found["quantity_unit"] == unit)].iloc[0]


def test_quantities_are_summed_within_a_unit(works_store):
    """80 + 90 of 100 + 300 m³ are 42.5 % of all dredging; the culverts that never reported stand alone, in metres."""
    dredged = combined_forecast(works_store, "all", "m³")
    assert (dredged["works"], dredged["done"], dredged["quantity"], dredged["rate"]) == (2, 170, 400, 42.5)
    culverts = combined_forecast(works_store, "A", "m")
    assert (culverts["works"], culverts["unreported"], culverts["outlook"]) == (1, 1, "样本不足")
    assert pd.isna(culverts["rate"])


def test_the_sum_is_read_once_a_month_each_work_as_it_last_reported(works_store):
    """January is read on the 31st with 20 + 30; in April only one reported, the other keeps its 90 of March."""
    curve = metric_result(works_store, "river_works_curve", "2014-04-30", river="全部河道", quantity_unit="m³").rows
    known = curve[curve["done"].notna()]
    assert known["done"].tolist() == [50, 100, 150, 170]
    assert known["day"].dt.strftime("%m-%d").tolist() == ["01-31", "02-28", "03-31", "04-29"]
    assert curve["plan_total"].iloc[-1] == 400
    assert curve["plan_total"].is_monotonic_increasing


def test_the_finish_goes_by_the_pace_of_the_sum(works_store):
    """120 m³ in the 88 days of the last three intervals: the 230 m³ left take 169 days, to 15 October."""
    assert combined_forecast(works_store, "all", "m³")["finish_on"] == pd.Timestamp("2014-10-15")
    assert (
        combined_forecast(works_store, "all", "m³")["outlook"] == "可能逾期"
    )  # at the slowest interval of late, 20 m³ in April


def test_money_goes_across_units_and_has_no_forecast(works_store):
    """Of the two works with a budget one reports its cost: 40 of 50 万元, 80 %; the other is not taken for 0."""
    money = combined_forecast(works_store, "all", "万元")
    assert (money["works"], money["done"], money["quantity"], money["rate"]) == (1, 40, 50, 80)
    assert pd.isna(money["finish_on"])
    assert page.combined_works_sentence(money).zh.startswith("全部河道 1 项工程支出 80.0 %（40 / 50 万元），快于序时 ")


def test_the_rate_of_one_river_is_that_of_its_dredging(sample_store):
    """The sum of a river's dredging agrees with the metric of dredging, done and due."""
    dredging = {r["river_id"]: r for r in metric_rows(sample_store, "dredging_progress", "2014-06-30")}
    for river, row in dredging.items():
        together = combined_forecast(sample_store, river, "m³", "2014-06-30")
        assert (together["done"], together["quantity"]) == (row["done"], row["quantity"])
        assert together["planned"] == pytest.approx(row["planned"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_group_of_the_sample_is_drawn_and_said(sample_store, language):
    """Each choice of the page has its curve and a sentence without a blank left."""
    outlooks = metric_result(sample_store, "river_works_forecast", "2014-06-30").rows
    curves = metric_result(sample_store, "river_works_curve", "2014-06-30").rows
    assert len(page.combined_work_names(outlooks, language)) == len(outlooks) > 5
    for _, row in outlooks.iterrows():
        own = curves[(curves["river_id"] == row["river_id"]) & (curves["quantity_unit"] == row["quantity_unit"])]
        assert len(page.s_curve(own, row, language).data) >= 1
        assert "{" not in page.combined_works_sentence(row).into(language)
