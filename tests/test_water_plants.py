"""Sewage plants loaded: load, days, passes, removal, electricity; and the verdict on a sample of effluent."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analytics import queries
from analytics.water.effluent import Measurement, sample_verdict
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_result
from ui.cards import Card
from ui.page import PageRequest
from ui.water import plants as page

pytestmark = pytest.mark.slow

PLANTS = "厂站编码,厂站名称,所在村社,设计能力,应接户数,已接户数,排放标准,投运日期\n"
DAILY = "厂站,日期,进水量,运行时数,用电量,运行状态\n"
SAMPLES = "厂站,采样时间,采样点,监测项目,监测值,限定符\n"
DAY = date(2014, 6, 30)


def single_plant_row(store: Store, name: str, as_of: str | None = None) -> dict[str, Any]:
    [only] = metric_result(store, name, as_of).rows.to_dict("records")
    return only


@pytest.fixture
def plant_store(store) -> Store:
    """A database of one plant of 10 m³ a day, begun on 2014-06-01."""
    load_without_errors(store, "village", "村社编码,村社名称\nV,一村")
    load_without_errors(store, "plant", PLANTS + "P,站,V,10,50,40,GB18918一级B,2014-06-01")
    return store


FIVE = (
    "P,2014-06-01,4,20,5,正常\nP,2014-06-02,6,20,5,正常\nP,2014-06-03,2,5,3,检修\n"
    "P,2014-06-05,0,0,1,停运\nP,2014-06-06,0,0,,停运\n"
)


@pytest.mark.quick
def test_load_is_the_mean_of_the_days_with_an_inflow(plant_store):
    """4, 6 and 2 m³ on three days of five are 4 of 10 m³ a day: 40 %, which is not below 40 %."""
    load_without_errors(plant_store, "plant_daily", DAILY + FIVE)
    load_ = single_plant_row(plant_store, "plant_load", "2014-06-06")
    assert (load_["inflow_mean"], load_["inflow_days"], load_["load_rate"]) == (4, 3, 40)
    assert load_["load_level"] == "负荷正常"
    assert (load_["period_from"], load_["period_to"]) == (pd.Timestamp("2014-06-01"), pd.Timestamp("2014-06-06"))


@pytest.mark.parametrize(
    ("inflow", "level"), [("3.9", "负荷偏低"), ("4", "负荷正常"), ("12", "负荷正常"), ("12.1", "超负荷")]
)
def test_the_presets_of_load_are_40_and_120(plant_store, inflow, level):
    """Below 40 % is low, above 120 % overloaded; the limits themselves are not."""
    load_without_errors(plant_store, "plant_daily", DAILY + f"P,2014-06-01,{inflow},20,5,正常")
    assert single_plant_row(plant_store, "plant_load")["load_level"] == level


@pytest.mark.quick
def test_a_plant_that_never_reported_has_no_load_and_no_run_rate(plant_store):
    """Its days are not reported, rather than idle; its load is no data."""
    load_, run = (
        single_plant_row(plant_store, "plant_load", "2014-06-10"),
        single_plant_row(plant_store, "plant_run", "2014-06-10"),
    )
    assert (load_["load_level"], pd.isna(load_["load_rate"])) == ("无数据", True)
    assert (run["run_state"], run["days_unreported"], pd.isna(run["run_rate"])) == ("无数据", 10, True)
    assert pd.isna(run["idle_since"])


def test_days_not_reported_are_neither_run_nor_stopped(plant_store):
    """Of six days five are reported and two worked: 40 %, one day apart; it stands since the day after the 2nd."""
    load_without_errors(plant_store, "plant_daily", DAILY + FIVE)
    run = single_plant_row(plant_store, "plant_run", "2014-06-06")
    assert (run["days_worked"], run["days_reported"], run["run_rate"], run["days_unreported"]) == (2, 5, 40, 1)
    assert (run["days_stopped"], run["days_repair"], run["days_broken"]) == (2, 1, 0)
    assert (run["run_state"], run["idle_since"], run["idle_days"]) == ("停运", pd.Timestamp("2014-06-03"), 4)
    earlier = single_plant_row(plant_store, "plant_run", "2014-06-02")
    assert (earlier["run_state"], pd.isna(earlier["idle_since"]), earlier["run_rate"]) == ("正常", True, 100)


def test_a_plant_stands_still_since_the_first_report_that_says_so(plant_store):
    """It worked on the 1st, nobody reported the 2nd and 3rd, and on the 4th it stood: since the 4th, for two days."""
    load_without_errors(
        plant_store, "plant_daily", DAILY + "P,2014-06-01,4,20,5,正常\nP,2014-06-04,0,0,1,停运\nP,2014-06-05,0,0,1,停运"
    )
    run = single_plant_row(plant_store, "plant_run", "2014-06-05")
    assert (run["idle_since"], run["idle_days"], run["days_unreported"]) == (pd.Timestamp("2014-06-04"), 2, 2)


@pytest.mark.parametrize(("day", "is_silent"), [("2014-06-13", False), ("2014-06-14", True)])
def test_a_plant_silent_for_more_than_a_week_is_not_said_to_run(plant_store, day, is_silent):
    """Seven days after its last report a plant still counts as it reported, after eight it is silent."""
    load_without_errors(plant_store, "plant_daily", DAILY + "P,2014-06-06,5,20,5,正常")
    assert single_plant_row(plant_store, "plant_run", day)["is_silent"] is is_silent
    runs, passing = metric_result(plant_store, "plant_run", day), metric_result(plant_store, "plant_pass_rate", day)
    assert ("没有上报" in page.title_sentence(runs, passing).zh) is is_silent


def test_a_normal_day_without_inflow_stands_idle(plant_store):
    """A plant that is said to be normal, but into which nothing flows, does not work."""
    load_without_errors(plant_store, "plant_daily", DAILY + "P,2014-06-01,4,20,5,正常\nP,2014-06-02,0,20,5,正常")
    run = single_plant_row(plant_store, "plant_run")
    assert (run["run_state"], run["idle_since"], run["run_rate"]) == ("正常", pd.Timestamp("2014-06-02"), 50)


def test_the_period_is_the_twelve_months_up_to_the_day(store):
    """Of a plant that began in 2012 the days of the last twelve months count, and no later ones."""
    load_without_errors(store, "village", "村社编码,村社名称\nV,一村")
    load_without_errors(store, "plant", PLANTS + "P,站,V,10,50,40,,2012-06-01")
    load_without_errors(
        store, "plant_daily", DAILY + "P,2013-06-30,1,20,5,正常\nP,2013-07-01,5,20,5,正常\nP,2014-07-01,9,20,5,正常"
    )
    load_ = single_plant_row(store, "plant_load", "2014-06-30")
    assert (load_["inflow_mean"], load_["inflow_days"]) == (5, 1)
    assert load_["period_from"] == pd.Timestamp("2013-07-01")


def test_electricity_counts_only_with_an_inflow(plant_store):
    """13 kWh for 12 m³ of the days with an inflow; the 1 kWh of the stopped day stands apart."""
    load_without_errors(plant_store, "plant_daily", DAILY + FIVE)
    energy = single_plant_row(plant_store, "plant_energy", "2014-06-06")
    assert (energy["power"], energy["inflow"], energy["energy_days"], energy["idle_power"]) == (13, 12, 3, 1)
    assert energy["energy"] == pytest.approx(13 / 12)


def test_removal_pairs_the_samples_of_a_day_with_the_inflow_of_their_month(plant_store):
    """June: 12 m³ × (200 − 50) mg/L is 1.8 kg, 75 %; July has no pair and counts nothing."""
    load_without_errors(plant_store, "plant_daily", DAILY + FIVE + "P,2014-07-01,8,20,5,正常")
    pair = "P,2014-06-02 09:00,进水,COD,200,\nP,2014-06-02 09:30,出水,COD,50,\n"
    load_without_errors(plant_store, "plant_sample", SAMPLES + pair + "P,2014-07-01 09:00,进水,COD,300,")
    cod = single_plant_row(plant_store, "plant_removal", "2014-07-02")
    assert (cod["removal_rate"], cod["pairs"], cod["inflow_paired"], cod["inflow"]) == (75, 1, 12, 20)
    assert cod["removed"] == pytest.approx(1.8)


def test_a_non_detect_is_nothing_in_a_load_and_half_in_a_mean(plant_store):
    """Ammonia of 20 in and <2 out: 12 m³ × 20 = 0.24 kg are removed, but the rate is 1 − 1/20 = 95 %."""
    load_without_errors(plant_store, "plant_daily", DAILY + FIVE)
    load_without_errors(
        plant_store, "plant_sample", SAMPLES + "P,2014-06-02 09:00,进水,NH3N,20,\nP,2014-06-02 09:00,出水,NH3N,2,<"
    )
    ammonia = single_plant_row(plant_store, "plant_removal", "2014-06-06")
    assert ammonia["removed"] == pytest.approx(0.24)
    assert ammonia["removal_rate"] == pytest.approx(95)


def test_vector_a10_5_loads(plant_store):
    """0.02L is 0 in loads: 1000 m³ from 30 to 0.02L of COD is 30 kg, from 0.02L to 0.02L of ammonia nothing."""
    load_without_errors(plant_store, "plant_daily", DAILY + "P,2014-06-02,1000,20,5,正常")
    results = ("进水,COD,30,", "出水,COD,0.02,<", "进水,NH3N,0.02,<", "出水,NH3N,0.02,<")
    load_without_errors(
        plant_store, "plant_sample", SAMPLES + "\n".join(f"P,2014-06-02 09:00,{each}" for each in results)
    )
    found = metric_result(plant_store, "plant_removal", "2014-06-06").rows
    assert dict(zip(found["parameter"], found["removed"], strict=True)) == {"COD": 30, "NH3N": 0}


def test_passes_are_samples_over_samples_that_could_be_judged(plant_store):
    """One passes, one fails twice, one cannot be judged: 1 of 2, too few for a rank, and the items are named."""
    taken = ("02 09:00,出水,COD,60,", "03 09:00,出水,COD,61,", "03 09:00,出水,TP,1.2,", "04 09:00,出水,TP,2,<")
    inflow = "04 09:00,进水,COD,900,"
    load_without_errors(
        plant_store, "plant_sample", SAMPLES + "\n".join(f"P,2014-06-{line}" for line in (*taken, inflow))
    )
    passing = single_plant_row(plant_store, "plant_pass_rate", "2014-06-06")
    assert (passing["passed"], passing["judged"], passing["pass_rate"], passing["unjudged_samples"]) == (1, 2, 50, 1)
    assert (passing["ranking"], passing["failing"]) == ("样本不足", "COD(1),TP(1)")
    verdicts = metric_result(plant_store, "effluent_samples", "2014-06-06").rows
    assert verdicts[["verdict", "failing", "not_judged"]].fillna("").to_numpy().tolist() == [
        ["不达标", "COD,TP", ""], ["无法判定", "", "TP"], ["达标", "", ""],
    ]  # fmt: skip


def test_a_plant_without_samples_has_no_pass_rate(plant_store):
    """Nothing sampled is neither 0 nor 100 %."""
    passing = single_plant_row(plant_store, "plant_pass_rate", "2014-06-06")
    assert (passing["judged"], pd.isna(passing["pass_rate"])) == (0, True)


def effluent_verdict(standard: str, **items: float | Measurement) -> str:
    results = {item: value if isinstance(value, Measurement) else Measurement(value) for item, value in items.items()}
    return sample_verdict(results, standard, DAY).verdict


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ({"NH3N": 8.0, "WT": 20}, "达标"),
        ({"NH3N": 8.1, "WT": 20}, "不达标"),
        ({"NH3N": 15.0, "WT": 12}, "达标"),  # the limit in brackets, at 12 ℃ and below
        ({"NH3N": 15.1, "WT": 12}, "不达标"),
        ({"NH3N": 12.0, "WT": 12.1}, "不达标"),
        ({"NH3N": 7.9}, "达标"),  # keeps to both limits, whatever the temperature
        ({"NH3N": 12.0}, "无法判定"),
        ({"NH3N": 15.1}, "不达标"),
        ({"PH": 6.0}, "达标"),
        ({"PH": 5.9}, "不达标"),
        ({"PH": 9.1}, "不达标"),
        ({"TP": Measurement(1.0, "<")}, "达标"),
        ({"TP": Measurement(1.1, "<")}, "无法判定"),  # the laboratory cannot see as far down as the limit
        ({"FC": Measurement(9_999, ">")}, "无法判定"),
        ({"FC": Measurement(10_000, ">")}, "不达标"),  # above 10,000 is above the limit of 10,000
        ({"PH": Measurement(6.0, "<")}, "不达标"),
        ({"PH": Measurement(6.1, "<")}, "无法判定"),
        ({"PH": Measurement(9.0, ">")}, "不达标"),
        ({"FC": Measurement(24_000, ">")}, "不达标"),
        ({"COD": 61, "TP": Measurement(1.1, "<")}, "不达标"),  # one failure is enough
        ({"WT": 15}, "无法判定"),  # nothing that has a limit
    ],
)
def test_a_sample_is_judged_by_table_1(items, said):
    """Class 1B of GB 18918-2002: brackets at 12 ℃ and below, non-detects up to the limit, unknowns left open."""
    assert effluent_verdict("GB18918一级B", **items) == said


def test_a_standard_without_limits_judges_nothing():
    """Without a standard, or with one whose text was not found, a sample is not judged rather than passed."""
    assert effluent_verdict("", COD=10) == effluent_verdict("DB33/973-2021一级", COD=10) == "无法判定"


def test_limits_that_were_not_checked_are_told(store):
    """The limits of GB 18918 have two sources, those of DB33/973-2015 have one, those of 2021 were not found."""
    standards = {"GB18918一级B": True, "DB33/973-2015一级": False, "DB33/973-2021一级": None}
    load_without_errors(store, "village", "村社编码,村社名称\nV,一村")
    load_without_errors(
        store, "plant", PLANTS + "".join(f"P{n},站{n},V,10,50,40,{s},2014-06-01\n" for n, s in enumerate(standards))
    )
    said = metric_result(store, "plant_pass_rate", "2014-06-30").rows.set_index("discharge_standard")["limits_verified"]
    assert {name: None if pd.isna(value) else bool(value) for name, value in said.items()} == standards


def test_the_title_names_what_stands_still(sample_store):
    """The sample's second plant stands since 8 April; a week earlier all ran."""
    names = ("plant_run", "plant_pass_rate")
    now = page.title_sentence(*(metric_result(sample_store, name, "2014-06-30") for name in names))
    assert now.zh == "3 座微型污水处理厂，停着 1 座：示例微型污水处理厂二号（停运，2014-04-08 起）"
    before = page.title_sentence(*(metric_result(sample_store, name, "2014-04-01") for name in names))
    assert before.zh.startswith("2 座微型污水处理厂都在运行；出水达标 ")
    [still] = page.idle_plants(metric_result(sample_store, "plant_run", "2014-06-30").rows).to_dict("records")
    assert "已 84 天没有运行（示例：等待配件）" in page.run_sentence(still).zh


def test_the_title_of_the_page_counts_loads_and_samples(sample_store):
    """Beside the plant that stands still it counts the one of low load and the three samples that failed."""
    names = ("plant_run", "plant_pass_rate", "plant_load")
    title = page.plants_title(*(metric_result(sample_store, name, "2014-06-30") for name in names))
    assert title.zh.endswith("；负荷偏低 1 座，超负荷 0 座；3 个出水样品不达标")


def plant_cards(store: Store, as_of: str) -> list[Card]:
    """Return the cards of the page, then those of its folded parts: electricity, connections."""
    names = ("plant_run", "plant_load", "plant_pass_rate", "plant_removal", "plant_energy", "plant_connection")
    *main, energy, connection = (metric_result(store, name, as_of) for name in names)
    with store.read() as con:
        shown = page.plant_cards(PageRequest(con), *main)
    return [*shown, page.energy_card(energy), page.connection_card(connection)]


def test_the_cards_print_their_period_and_both_counts(sample_store):
    """All cards but the connections say from when to when; the pass rate is 11 of 14 samples."""
    cards = plant_cards(sample_store, "2014-06-30")
    below = [[line.zh for line in card.below] for card in cards]
    assert all("2013-10-18 至 2014-06-30" in lines for lines in below[:-1])
    assert (cards[2].value.zh, below[2][0]) == ("78.6 %", "11 / 14 个样品")


def test_a_plant_without_figures_is_left_out_of_both_sides_and_told(store):
    """Of two plants one reports its households and its inflow: 40 of 50, 4 of 10 m³, and one is left out, not 0."""
    load_without_errors(store, "village", "村社编码,村社名称\nV,一村")
    load_without_errors(store, "plant", PLANTS + "P,甲站,V,10,50,40,,2014-06-01\nQ,乙站,V,10,50,,,2014-06-01")
    load_without_errors(store, "plant_daily", DAILY + "P,2014-06-01,4,20,5,正常")
    cards = plant_cards(store, "2014-06-30")
    said = {card.label.zh: (card.value.zh, [line.zh for line in card.below]) for card in cards}
    assert (said["微型污水处理厂接户率"][0], said["微型污水处理厂接户率"][1][0]) == ("80.0 %", "40 / 50 户")
    assert said["水力负荷率"][0] == "40.0 %"
    assert said["出水达标率"][0] == "–"
    without = {name: next((line for line in lines if "没有数据" in line), "") for name, (_, lines) in said.items()}
    assert [without[name][:1] for name in ("微型污水处理厂接户率", "水力负荷率", "单位电耗", "出水达标率")] == [
        "1",
        "1",
        "1",
        "2",
    ]


def test_plants_that_report_no_more_are_told_in_the_title_and_have_no_figures(plant_store):
    """Years after its last day, on which it stood still, a plant is silent: no rate, no 0 of 0; the title says so."""
    load_without_errors(plant_store, "plant_daily", DAILY + FIVE)
    found = [metric_result(plant_store, name, "2016-01-01") for name in ("plant_run", "plant_pass_rate")]
    title = page.title_sentence(*found).zh
    assert title.startswith("1 座微型污水处理厂，停着 1 座")
    assert title.endswith("；1 座近来没有上报")
    for card in plant_cards(plant_store, "2016-01-01")[:5]:
        assert card.value.zh in ("–", "– kg")
        assert not [line.zh for line in card.below if "0 / 0" in line.zh or "–" in line.zh]


def test_a_day_not_reported_is_a_state_of_the_strip(plant_store):
    """Of seven days two worked, one was under repair, two stopped and two were not reported: none is left out."""
    load_without_errors(plant_store, "plant_daily", DAILY + FIVE)
    with plant_store.read() as con:
        days = queries.run_query(con, "water.plant_days", plant_id="P", as_of=date(2014, 6, 7))
    figure = page.day_strip(days, "zh")
    shown = {trace.name: len(trace.x) for trace in figure.data[1:]}
    assert shown == {"● 正常": 2, "▲ 检修": 1, "✕ 停运": 2, "– 未上报": 2}


def test_the_plant_that_stands_still_is_first_and_the_flagged_one_next(sample_store):
    """The second plant stands still, the load of the third is low though it ran every day, the first is in order."""
    names = ("plant_run", "plant_load", "plant_pass_rate")
    rows = page.plant_rows(*(metric_result(sample_store, name, "2014-06-30").rows for name in names))
    assert rows["plant_id"].tolist() == ["PLANT-2", "PLANT-3", "PLANT-1"]


def test_a_load_above_the_presets_keeps_its_lines_in_the_bar():
    """A load of twice the capacity fills the bar, and the presets of 40 and 120 % stand at their share of it."""
    scale = page.load_scale(pd.Series([200.0, None]), date(2014, 6, 30))
    bar = BeautifulSoup(page.load_bar(200.0, "超负荷", scale, date(2014, 6, 30), page.LOAD), "html.parser")
    assert ["width:100.0%" in part["style"] for part in bar.select("b")] == [True]
    assert [line["style"] for line in bar.select("i")] == ["left:20.0%", "left:60.0%"]


def test_few_samples_are_no_pass_rate_in_the_sentence(sample_store):
    """Of the second plant, with three samples, the sentence says that they are too few and gives the counts."""
    run, passing = (
        metric_result(sample_store, name, "2014-06-30", plant_id="PLANT-2") for name in ("plant_run", "plant_pass_rate")
    )
    assert page.plant_sentence(run.rows.iloc[0], passing).zh.endswith("；出水样品不足，3 个中 1 个达标")
