"""The page of the back-test, and what other pages say of a forecast."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pandas as pd
import pytest

from analytics.metrics import METRICS, Metric, Result
from data.store import Store
from tests.metric_helpers import metric_rows
from tests.page_helpers import list_rows, open_app, page_html, page_links, page_title, page_words
from tests.test_pages import HAN, NAMES_IN_DATA
from ui.demolition import backtest, forecast

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("page_database")]

DAY = datetime.date(2014, 6, 30)
PAGE = "demolition/backtest.py"
RUNNING = {
    "outlook": "有预测", "probability": 61.8, "past_projects": 4, "is_weak": True, "days_left": 20, "horizon": 60,
    "p50_on": pd.Timestamp("2014-07-25"), "p80_on": pd.Timestamp("2014-08-03"), "needed_per_day": 1.13,
    "pace_per_day": 0.43, "households": 120, "households_left": 24, "low": 115, "high": 120, "past_needed": 2,
    "late_share": None, "late_projects": 0, "days_past": None,
}  # fmt: skip


def said_of(**changes: object) -> str:
    return forecast.forecast_sentence(pd.Series(RUNNING | changes, dtype=object)).zh


def backtest_of_rows(whole: Mapping[str, object], *trials: Mapping[str, object]) -> Result[Metric]:
    """Return a back-test with a total and some trials."""
    rows = [{"is_total": True, **whole}, *({"is_total": False, **trial} for trial in trials)]
    return Result(METRICS["forecast_backtest"], DAY, DAY, pd.DataFrame(rows))


@pytest.mark.quick
@pytest.mark.parametrize(
    ("percent", "said"),
    [(0.4, "不到 5 %"), (4.99, "不到 5 %"), (5, "约 5 %"), (61.8, "约 60 %"), (63, "约 65 %"), (95.1, "95 % 以上")],
)
def test_a_chance_is_told_in_steps_of_five(percent: float, said: str):
    """61.8 % is about 60; below 5 and above 95 no number is as sure as it looks."""
    assert forecast.chance_text(percent).zh == said


@pytest.mark.quick
def test_a_running_project_is_told_in_one_sentence():
    """The chance and on what it rests, the days by which all will have signed, the pace as on the cards."""
    assert said_of() == (
        "按期签完的可能约 60 %（参照 4 个已结束项目，证据较弱）；一半可能在 2014-07-25 前签完，"
        "八成可能在 2014-08-03 前；"
        "每天要签 1.13 户，近 7 天每天 0.43 户"
    )
    assert forecast.deadline_range_text(pd.Series(RUNNING)).zh == "截止时多半签 115～120 户（共 120 户）"


@pytest.mark.quick
def test_a_day_that_is_not_reached_is_said():
    """Without an even chance, or one of four fifths, the sentence says within which days that is."""
    assert "到截止后 60 天签完的可能都不到一半" in said_of(p50_on=None, p80_on=None)
    assert "，截止日前到不了八成可能" in said_of(p80_on=None, horizon=None)


@pytest.mark.quick
def test_too_few_late_and_complete_projects_have_sentences_of_their_own():
    """Neither a chance nor a range is told where there is none."""
    few = said_of(outlook="样本不足", past_projects=1, probability=None, low=None)
    assert few == "样本不足，不预测能否签完：已结束项目 1 个，至少要 2 个；每天要签 1.13 户，近 7 天每天 0.43 户"
    late = said_of(outlook="已逾期", days_past=122, households_left=1, days_left=0)
    assert late == "已过截止日 122 天，还差 1 户；往后样本不足：同样逾期还有未签户的项目 0 个，至少要 2 个"
    assert said_of(outlook="全部签完") == "120 户已全部签完"
    assert said_of(days_left=0, needed_per_day=None, p50_on=None).startswith("今天截止，还差 24 户没有签；")


@pytest.mark.quick
def test_the_last_day_says_what_is_left():
    """On it no pace and no days before it are told, but what is left, with too few past projects too."""
    last = {"days_left": 0, "needed_per_day": None, "p50_on": None, "p80_on": None, "horizon": None}
    assert said_of(**last) == "今天截止，还差 24 户没有签"
    few = said_of(**last, outlook="样本不足", past_projects=1)
    assert few == "今天截止，还差 24 户没有签；样本不足，不预测能否签完：已结束项目 1 个，至少要 2 个"


@pytest.mark.quick
def test_the_range_on_a_curve_ends_at_the_deadline():
    """The band and its middle have the days and shares of the rows; without rows there is nothing to draw."""
    rows = pd.DataFrame({
        "on_date": pd.to_datetime(["2014-06-30", "2014-07-01"]), "low": [8, 8], "median": [8, 9], "high": [8, 10],
        "low_rate": [80.0, 80.0], "median_rate": [80.0, 90.0], "high_rate": [80.0, 100.0],
    })  # fmt: skip
    low, high, middle = forecast.forecast_range_traces(rows, "zh")
    assert [list(trace.y) for trace in (low, high, middle)] == [[80, 80], [80, 100], [80, 90]]
    assert middle.customdata[-1] == "8～10 户，居中 9 户"
    assert forecast.forecast_range_traces(rows.head(0), "zh") == []


@pytest.mark.quick
def test_too_few_projects_or_trials_are_told():
    """The title says 样本不足 with the numbers instead of a share of little."""
    few = {"forecasts": 0, "inside": 0, "coverage": None, "past_projects": 2, "past_needed": 3}
    assert backtest.title_sentence(backtest_of_rows(few)).zh.endswith("已结束项目 2 个，至少要 3 个")
    short = {"forecasts": 4, "inside": 4, "coverage": None, "past_projects": 3, "past_needed": 3}
    assert backtest.title_sentence(backtest_of_rows(short)).zh.endswith("只能试 4 次，至少要 5 次")


@pytest.mark.quick
def test_an_interval_that_holds_too_little_is_pointed_out():
    """Below 75 % the intervals are called too narrow, and the project that missed most is named."""
    whole = {"forecasts": 10, "inside": 6, "coverage": 60.0, "mean_error": 5.04, "past_projects": 8}
    trials = [{"project": n, "project_id": n, "is_inside": n == "甲", "error": 3.0} for n in ("甲", "乙", "乙")]
    assert backtest.title_sentence(backtest_of_rows(whole, *trials)).zh == (
        "10 次回测有 6 次落在八成区间内（60.0 %），居中值平均差总户数的 5.0 %；最不准的是乙，2 次不在内；"
        "区间偏窄，预测要打折扣看"
    )


def test_the_page_tells_how_good_forecasts_were(sample_store: Store) -> None:
    """Every trial is an interval; those that missed are red; the title has both counts; each project is a link."""
    whole, *rest = metric_rows(sample_store, "forecast_backtest", "2014-06-30")
    trials = [row for row in rest if not row["is_total"]]
    app = open_app(PAGE)
    assert page_title(app).startswith(f"{len(trials)} 次回测有 {whole['inside']} 次落在八成区间内（")
    assert page_title(app).endswith("只有 6 个项目，证据较弱")
    red = ["fl-alarm" in row.get_attribute_list("class") for row in page_html(app).select("tbody tr")]
    assert red == [row[-1] == "不在内" for row in list_rows(app)]
    assert sum(red) == len(trials) - whole["inside"]
    assert len(page_html(app).select(".fl-range")) == len(trials) == 24
    assert "?project=DEM-P2" in page_links(app)


def test_each_interval_says_what_it_shows() -> None:
    """Whoever cannot see the bars hears the interval, its median and what came."""
    labels = {str(bar["aria-label"]) for bar in page_html(open_app(PAGE, project="DEM-P2")).select(".fl-range")}
    assert any("实际" in label and "91" in label for label in labels)
    assert len(labels) == 4


def test_one_project_has_its_own_trials() -> None:
    """Four trials of one project, the way back, and its signing; an unknown code says so."""
    app = open_app(PAGE, project="DEM-P2")
    assert page_title(app) == "示例征迁项目五：回测 4 次，1 次落在八成区间内，截止时实际签 91/96 户"
    assert "demolition-signing?project=DEM-P2" in page_links(app)
    assert "没有这个已结束项目：NOPE。" in page_words(open_app(PAGE, project="NOPE"))


@pytest.mark.parametrize("choices", [{}, {"project": "DEM-P2"}, {"open": "method"}, {"open": "shares"}])
def test_every_part_in_english_is_english(choices: dict[str, str]) -> None:
    """All words but names in the ledgers are English."""
    app = open_app(PAGE, "en", **choices)
    assert not HAN.findall(NAMES_IN_DATA.sub("", page_words(app)))


def test_before_any_project_was_over_there_are_too_few() -> None:
    """On a day with one past project nothing is tried, and the page says what it would take."""
    app = open_app(PAGE, as_of="2011-06-30")
    assert page_title(app) == "样本不足，说不出预测准不准：已结束项目 1 个，至少要 3 个"
