"""Works of a river, or of all, together: sums within one unit, money across units."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.water.combined_works import river_works_forecast
from analytics.water.construction_forecast import work_forecast
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
    """Return the forecast of a river's works of one unit; an empty river stands for all rivers."""
    found = metric_result(store, "river_works_forecast", as_of, river_id=river_id, quantity_unit=unit).rows
    assert found["is_total"].tolist() == [not river_id]
    return found.iloc[0]


def test_quantities_are_summed_within_a_unit(works_store):
    """80 + 90 of 100 + 300 m³ are 42.5 % of all dredging; the culverts that never reported stand alone, in metres."""
    dredged = combined_forecast(works_store, "", "m³")
    assert (dredged["works"], dredged["done"], dredged["quantity"], dredged["rate"]) == (2, 170, 400, 42.5)
    culverts = combined_forecast(works_store, "A", "m")
    assert (culverts["works"], culverts["unreported"], culverts["outlook"]) == (1, 1, "样本不足")
    assert pd.isna(culverts["rate"])


def test_the_sum_is_read_once_a_month_each_work_as_it_last_reported(works_store):
    """January is read on the 31st with 20 + 30; in April only one reported, the other keeps its 90 of March."""
    curve = metric_result(works_store, "river_works_curve", "2014-04-30", is_total="True", quantity_unit="m³").rows
    known = curve[curve["done"].notna()]
    assert known["done"].tolist() == [50, 100, 150, 170]
    assert known["day"].dt.strftime("%m-%d").tolist() == ["01-31", "02-28", "03-31", "04-29"]
    assert curve["plan_total"].iloc[-1] == 400
    assert curve["plan_total"].is_monotonic_increasing


def test_all_are_finished_with_the_last_of_them(works_store):
    """Of the two the one with 20 m³ left ends soon, the other, with 180, in October, and both with it."""
    assert combined_forecast(works_store, "", "m³")["outlook"] == "样本不足"
    load_without_errors(works_store, "work_progress", PROGRESS + "W-2,2014-04-30,120,")
    both, last = combined_forecast(works_store, "", "m³"), combined_forecast(works_store, "B", "m³")
    days = ["finish_on", "early_on", "late_on"]
    assert both[days].tolist() == last[days].tolist()
    assert both["finish_on"] == pd.Timestamp("2014-10-25")  # 90 in the 89 days of three intervals: 180 take 178 days


def test_works_of_which_one_has_no_day_have_none(works_store):
    """With too few reports of one, or no progress of it, the whole says so, and of how many."""
    few = combined_forecast(works_store, "", "m³")
    assert (few["outlook"], few["too_few"], few["stuck"]) == ("样本不足", 1, 0)
    assert "其中 1 项样本不足，全部完工的日期不预测" in page.combined_works_sentence(few).zh
    more = "".join(f"W-2,2014-04-{day},90,\n" for day in (10, 20, 30))
    load_without_errors(works_store, "work_progress", PROGRESS + more)
    stuck = combined_forecast(works_store, "", "m³")
    assert (stuck["outlook"], stuck["too_few"], stuck["stuck"]) == ("以目前进度无法完成", 0, 1)
    assert stuck[["finish_on", "early_on", "late_on"]].isna().all()
    assert "其中 1 项以目前进度无法完成" in page.combined_works_sentence(stuck).zh


work_reports = st.lists(st.integers(0, 40), min_size=0, max_size=9)


def random_works(steps: list[list[int]], as_of: date) -> pd.DataFrame:
    """Return rows of work_curve for works of 100 m³ that report a step a month."""
    start = date(2014, 1, 31)
    rows = []
    for number, each in enumerate(steps):
        at = {
            "work": f"W{number}",
            "river": "甲",
            "kind": "清淤",
            "quantity": 100.0,
            "quantity_unit": "m³",
            "budget": None,
        }
        at |= {"end_on": pd.Timestamp(2014, 12, 31), "work_id": f"W{number}", "river_id": "A", "cost": None}
        plan = [(start, 0.0), (date(2014, 12, 31), 100.0)]
        rows += [at | {"day": pd.Timestamp(day), "planned": value, "done": None} for day, value in plan]
        days = pd.date_range(start, periods=len(each), freq="ME")
        done = pd.Series(each, dtype=float).cumsum().clip(upper=100)
        rows += [
            at | {"day": d, "planned": None, "done": v} for d, v in zip(days, done, strict=True) if d.date() <= as_of
        ]
    return pd.DataFrame(rows).astype({"planned": float, "done": float, "cost": float, "budget": float})


@given(st.lists(work_reports, min_size=1, max_size=5), st.dates(date(2014, 1, 31), date(2014, 12, 31)))
def test_works_together_are_never_done_before_the_last_of_them(steps, as_of):
    """Whatever the works report, the whole has no earlier day than any of them, and none where one of them has none."""
    rows = random_works(steps, as_of)
    alone = work_forecast(rows.sort_values("day"), as_of)
    together = river_works_forecast(rows.sort_values("day"), as_of)
    whole = together[together["is_total"].astype(bool)].iloc[0]
    is_open = alone["outlook"] != "已完成"
    for day in ("finish_on", "early_on", "late_on"):
        known = alone.loc[is_open, day]
        if pd.isna(whole[day]):
            assert known.isna().any() or not is_open.any()
        else:
            assert known.notna().all()
            assert whole[day] == known.max()
    if alone["outlook"].isin(["样本不足", "以目前进度无法完成"]).any():
        assert whole["outlook"] in ("样本不足", "以目前进度无法完成")
        assert pd.isna(whole["finish_on"])


def test_no_group_of_the_sample_ends_before_one_of_its_works(sample_store):
    """The dredging of all rivers was to end in September though one work of it cannot before January."""
    alone = metric_result(sample_store, "work_forecast", "2014-06-30").rows
    for _, row in metric_result(sample_store, "river_works_forecast", "2014-06-30").rows.iterrows():
        own = alone[
            (alone["quantity_unit"] == row["quantity_unit"]) & (row["is_total"] | (alone["river"] == row["river"]))
        ]
        if pd.notna(row["finish_on"]):
            assert (row["finish_on"], row["early_on"]) == (own["finish_on"].max(), own["early_on"].max())
    dredging = combined_forecast(sample_store, "", "m³", "2014-06-30")
    assert (dredging["finish_on"], dredging["early_on"]) == (pd.Timestamp("2015-02-17"), pd.Timestamp("2015-01-06"))


def test_money_goes_across_units_and_has_no_forecast(works_store):
    """Of the two works with a budget one reports its cost: 40 of 50 万元, 80 %; the other is not taken for 0."""
    money = combined_forecast(works_store, "", "万元")
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
