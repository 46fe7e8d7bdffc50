"""Works loaded: quantity, plan and money, the curve, the forecast, the words of the page."""

from datetime import date

import pandas as pd
import pytest

from analytics import metrics
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_rows
from ui.water import works as page

pytestmark = pytest.mark.slow

WORKS = "工程编码,工程名称,河道,工程类型,计划工程量,计量单位,预算,计划开工,计划完工\n"
PROGRESS = "工程,上报日期,累计完成量,累计支出\n"


@pytest.fixture
def river(store) -> Store:
    """A database of one river."""
    load_without_errors(store, "river", "河道编码,河道名称,河道等级,水体类型\nR-1,一号河,村级,河流")
    return store


@pytest.mark.quick
def test_spi_is_done_over_due(river):
    """40 done where 50 were due is an SPI of 0.8; before anything is due there is none."""
    load_without_errors(river, "work", WORKS + "W,甲,R-1,清淤,100,m³,,2014-01-01,2014-04-11")
    load_without_errors(river, "work_progress", PROGRESS + "W,2014-01-01,0,\nW,2014-02-20,40,")
    for name in ("works_progress", "dredging_progress"):
        assert metric_rows(river, name)[0]["spi"] == 0.8
        assert pd.isna(metric_rows(river, name, "2014-01-01")[0]["spi"])


@pytest.mark.quick
def test_money_far_ahead_of_quantity_is_marked(river):
    """80 of 100 万元 for half of the quantity is 30 points ahead; 58 for half is 8, below the preset of ten."""
    load_without_errors(river, "work", WORKS + "W-1,甲,R-1,清淤,100,m³,100,2014-01-01,2014-12-31\n"
         "W-2,乙,R-1,箱涵,10,m,100,2014-01-01,2014-12-31\nW-3,丙,R-1,箱涵,10,m,,2014-01-01,2014-12-31")  # fmt: skip
    load_without_errors(
        river, "work_progress", PROGRESS + "W-1,2014-06-30,50,80\nW-2,2014-06-30,5,58\nW-3,2014-06-30,5,"
    )
    found = {r["work"]: r for r in metric_rows(river, "works_progress")}
    assert (found["甲"]["money_rate"], found["甲"]["money_gap"], found["甲"]["is_money_ahead"]) == (80, 30, True)
    assert (found["乙"]["money_gap"], found["乙"]["is_money_ahead"]) == (8, False)
    assert pd.isna(found["丙"]["money_rate"])
    assert pd.isna(found["丙"]["is_money_ahead"])


def test_money_of_a_river_is_held_against_the_same_works(river):
    """Of two works one has a budget: its 60 % of money stand beside its own 50 %, not the river's 25 %."""
    load_without_errors(river, "work", WORKS + "W-1,甲,R-1,清淤,100,m³,10,2014-01-01,2014-12-31\n"
         "W-2,乙,R-1,清淤,300,m³,,2014-01-01,2014-12-31")  # fmt: skip
    load_without_errors(river, "work_progress", PROGRESS + "W-1,2014-06-30,50,6\nW-2,2014-06-30,50,99")
    [found] = metric_rows(river, "dredging_progress")
    assert (found["rate"], found["cost"], found["budget"], found["money_rate"]) == (25, 6, 10, 60)
    assert found["money_gap"] == pytest.approx(10)


def test_a_work_that_is_to_begin_has_nothing_to_report(river):
    """To begin on 1 March: on 28 February it is not missed, on 1 March it is; a report ends that."""
    load_without_errors(river, "work", WORKS + "W,甲,R-1,清淤,100,m³,,2014-03-01,2014-12-31")
    for day, missed in (("2014-02-28", 0), ("2014-03-01", 1), ("2014-03-31", 1)):
        assert metric_rows(river, "dredging_progress", day)[0]["unreported"] == missed
        assert metric_rows(river, "works_progress", day)[0]["is_unreported"] == bool(missed)
    load_without_errors(river, "work_progress", PROGRESS + "W,2014-03-20,0,")
    assert metric_rows(river, "dredging_progress", "2014-03-31")[0]["unreported"] == 0
    assert not metric_rows(river, "works_progress", "2014-03-31")[0]["is_unreported"]


def test_the_cards_of_silent_works_have_no_rate(river):
    """Nothing reported of 100 m³: the card of dredging has no figure and no SPI, and one work is due and silent."""
    load_without_errors(river, "work", WORKS + "W,甲,R-1,清淤,100,m³,,2014-03-01,2014-12-31")
    with river.read() as con:
        dredging, works, outlooks = (
            metrics.compute_metric(con, name, date(2014, 6, 30))
            for name in ("dredging_progress", "works_progress", "work_forecast")
        )
    first, second, *_ = page.work_cards(dredging, works, outlooks, ["无数据"])
    assert (first.value.zh, first.below[0].zh) == ("–", "– / 100 m³")
    assert "SPI –" in first.below[1].zh
    assert "1 项该有进度而从未上报" in [line.zh for line in second.below]


def test_metres_and_cubic_metres_of_a_river_are_two_rows(river):
    """Dredging in m³ and in m is never added up."""
    load_without_errors(river, "work", WORKS + "W-1,甲,R-1,清淤,100,m³,,2014-01-01,2014-12-31\n"
         "W-2,乙,R-1,清淤,300,m,,2014-01-01,2014-12-31")  # fmt: skip
    load_without_errors(river, "work_progress", PROGRESS + "W-1,2014-06-30,50,\nW-2,2014-06-30,300,")
    assert {r["quantity_unit"]: r["done"] for r in metric_rows(river, "dredging_progress")} == {"m³": 50, "m": 300}


def test_the_curve_agrees_with_the_progress_of_each_day(sample_store):
    """On every date of every curve the plan and the report are those that works_progress has as of that day."""
    curve = metric_rows(sample_store, "work_curve")
    days = sorted({r["day"] for r in curve if r["day"] <= pd.Timestamp("2014-06-30")})
    for day in days[:: len(days) // 8]:
        found = {r["work_id"]: r for r in metric_rows(sample_store, "works_progress", f"{day:%Y-%m-%d}")}
        for point in (r for r in curve if r["day"] == day):
            assert found[point["work_id"]]["planned"] == pytest.approx(point["plan_total"])
            if not pd.isna(point["done"]):
                assert found[point["work_id"]]["done"] == point["done"]


def test_reports_after_the_day_are_not_on_the_curve(sample_store):
    """As of the end of 2013 no report of 2014 is drawn, though the whole plan is."""
    curve = pd.DataFrame(metric_rows(sample_store, "work_curve", "2013-12-31"))
    assert curve[curve["done"].notna()]["day"].max() == pd.Timestamp("2013-12-31")
    assert curve["day"].max() > pd.Timestamp("2014-06-30")


def test_the_forecast_says_for_each_work_what_can_be_said(river):
    """One work of each outlook, the worst first: 1 a day with 60 left takes until April, the deadlines differ."""
    ends = {"W-1": "2014-03-01", "W-2": "2014-05-01", "W-3": "2014-03-01", "W-4": "2014-03-01", "W-5": "2014-03-01"}
    load_without_errors(
        river, "work", WORKS + "".join(f"{w},{w},R-1,清淤,90,m³,,2014-01-01,{end}\n" for w, end in ends.items())
    )
    done = {"W-1": (0, 10, 20, 30), "W-2": (0, 10, 20, 30), "W-3": (30, 30, 30, 30), "W-4": (90,), "W-5": (1, 2)}
    days = ("2014-01-01", "2014-01-11", "2014-01-21", "2014-01-31")
    load_without_errors(river, "work_progress", PROGRESS + "".join(
        f"{w},{day},{n},\n" for w, series in done.items() for day, n in zip(days, series, strict=False)
    ))  # fmt: skip
    found = metric_rows(river, "work_forecast")
    assert [(r["work"], r["outlook"]) for r in found] == [
        ("W-3", "以目前进度无法完成"), ("W-1", "预计逾期"), ("W-2", "预计按期"), ("W-5", "样本不足"), ("W-4", "已完成"),
    ]  # fmt: skip
    late = found[1]
    assert (late["finish_on"], late["days_late"], late["pace"]) == (pd.Timestamp("2014-04-01"), 31, 1)
    assert (found[3]["reports"], found[3]["reports_needed"]) == (2, 4)
    assert found[4]["finished_on"] == pd.Timestamp("2014-01-01")


def test_a_work_that_is_in_time_unless_it_goes_slowly_may_be_late(river):
    """1 a day on the whole would do by 2014-03-12; half a day, as in its slowest interval, would not."""
    load_without_errors(river, "work", WORKS + "W,甲,R-1,清淤,70,m³,,2014-01-01,2014-03-20")
    load_without_errors(
        river, "work_progress", PROGRESS + "W,2014-01-01,0,\nW,2014-01-11,15,\nW,2014-01-21,20,\nW,2014-01-31,30,"
    )
    [found] = metric_rows(river, "work_forecast")
    assert (found["outlook"], found["finish_on"]) == ("可能逾期", pd.Timestamp("2014-03-12"))
    assert found["late_on"] == pd.Timestamp("2014-04-21")


def progress_and_forecast(store: Store, name: str) -> tuple[pd.Series, pd.Series]:
    [work], [outlook] = (
        pd.DataFrame(metric_rows(store, m, work=name)).itertuples() for m in ("works_progress", "work_forecast")
    )
    return pd.Series(work._asdict()), pd.Series(outlook._asdict())


def test_one_sentence_says_how_far_a_work_is_and_when_it_will_be_done(sample_store):
    """The dredging of the article: both counts, the gap, the forecast with its range, the deadline."""
    said = page.work_sentence(*progress_and_forecast(sample_store, "胡家新河清淤"))
    assert said.zh == (
        "胡家新河清淤完成 80.0 %（12,400 / 15,500 m³），落后序时 4.1 个百分点；按最近的速度预计 2014-08-22 完工，"
        "最早 2014-08-11，最晚 2014-09-08；计划 2014-09-30，比计划早 39 天。"
    )
    assert "on 2014-08-22, at the earliest 2014-08-11, at the latest 2014-09-08" in said.en


def test_a_sentence_of_a_work_done_and_of_one_never_reported(sample_store):
    """A finished work has its day, one without reports the count that a forecast needs."""
    assert page.work_sentence(*progress_and_forecast(sample_store, "胡家新河箱涵")).zh == (
        "胡家新河箱涵已完成，2013-11-30 首次报满，与计划同一天。"
    )
    assert (
        "上报 0 次，满 4 次才预测"
        in page.work_sentence(*progress_and_forecast(sample_store, "胡家新河休闲公园（计划）")).zh
    )


def test_the_curve_is_drawn_with_its_forecast(sample_store):
    """Plan, range, forecast and reports are four traces; a finished work has no forecast to draw."""
    for work, traces in (("胡家新河清淤", 4), ("胡家新河箱涵", 2), ("胡家新河休闲公园（计划）", 1)):
        _, outlook = progress_and_forecast(sample_store, work)
        curve = pd.DataFrame(metric_rows(sample_store, "work_curve", work=work))
        assert len(page.s_curve(curve, outlook, "zh").data) == traces


def test_an_outlook_without_a_day_has_no_future(store):
    """With no data at all there is no forecast and no failure."""
    with store.read() as con:
        assert metrics.compute_metric(con, "work_forecast", date(2014, 6, 30)).rows.empty
