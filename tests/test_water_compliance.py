"""Sections against their targets, how complete the data are, yearly means, readings that are hard to believe."""

from typing import Any

import pandas as pd
import pytest

from analytics import metrics, queries
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_rows
from tests.test_water_metrics import load_not_detected, load_samples, register_sections

pytestmark = pytest.mark.slow


def register_two_rivers(store: Store) -> None:
    """Register river K (target Ⅲ, sections A B C), river L without a target (D), and E on no river with target Ⅱ."""
    load_without_errors(
        store, "river", "河道编码,河道名称,河道等级,水体类型,目标水质\nK,清河,村级,河流,Ⅲ\nL,浊河,村级,河流,"
    )
    load_without_errors(
        store, "section", "断面编码,断面名称,河道,目标水质\nA,甲,K,\nB,乙,K,\nC,丙,K,\nD,丁,L,\nE,戊,,Ⅱ"
    )


@pytest.mark.quick
def test_sections_without_data_or_target_stand_outside_the_rate(store):
    """A Ⅱ, B Ⅴ, C silent, D without a target, E Ⅲ against Ⅱ: 1 of 3 in all, 1 of 2 on river K, none on L."""
    register_two_rivers(store)
    load_samples(store, *((s, "2023-03-05", {"NH3N": v}) for s, v in (("A", 0.4), ("B", 1.8), ("D", 0.4), ("E", 0.9))))
    whole, *rivers = metric_rows(store, "target_met")
    counts = ("met", "evaluated", "no_target", "no_data", "sections")
    assert [whole[c] for c in counts] == [1, 3, 1, 1, 5]
    assert whole["met_share"] == pytest.approx(100 / 3)
    found = {r["river"]: [r[c] for c in counts] for r in rivers}
    assert found == {"清河": [1, 2, 0, 1, 3], "浊河": [0, 0, 1, 0, 1]}
    assert pd.isna(next(r["met_share"] for r in rivers if r["river"] == "浊河"))


@pytest.mark.quick
def test_a_class_of_fewer_items_than_the_least_says_so(store):
    """Of two sections that need three items one has two: its class stands, one short, and the card counts it."""
    load_without_errors(store, "section", "断面编码,断面名称,目标水质,最少参评项数\nS,甲,Ⅲ,3\nT,乙,Ⅲ,3\nU,丙,Ⅲ,")
    load_samples(store, ("S", "2023-03-05", {"DO": 8, "NH3N": 0.1, "TN": 2}))
    load_samples(store, ("T", "2023-03-05", {"DO": 8, "NH3N": 0.1, "TP": 0.1}), ("U", "2023-03-05", {"DO": 8}))
    for name in ("sample_class", "section_class"):
        found = {r["section_id"]: (r["class"], r["items"], r["items_lacking"]) for r in metric_rows(store, name)}
        assert found["S"] == ("Ⅰ", 2, 1)
        assert pd.isna([found["T"][2], found["U"][2]]).all()
    [month] = metric_rows(store, "target_met", is_total="True")
    assert (month["met"], month["evaluated"], month["few_items"]) == (3, 3, 1)


def test_shares_are_of_the_sections_with_a_class(store):
    """Ⅱ, 劣Ⅴ, Ⅳ and one not measured: Ⅰ–Ⅲ 1 of 3, 劣Ⅴ 1 of 3, one without data."""
    first, second, third, _ = register_sections(store, 4)
    load_samples(store, *((s, "2023-03-05", {"NH3N": v}) for s, v in ((first, 0.4), (second, 9), (third, 1.4))))
    whole, river = metric_rows(store, "class_shares")
    assert (whole["is_total"], pd.isna(whole["river"]), river["river"]) == (True, True, "清河")
    assert [river[c] for c in ("good", "bad", "classed", "no_data")] == [1, 1, 3, 1]
    assert river["good_share"] == river["bad_share"] == pytest.approx(100 / 3)


def test_the_counts_of_a_month_add_up(sample_store):
    """In every month judged, without a target and without data add up to the registered sections."""
    with sample_store.read() as con:
        found = metrics.compute_metric(con, "target_met").rows
    assert (found["evaluated"] + found["no_target"] + found["no_data"] == found["sections"]).all()
    assert (found["met"] <= found["evaluated"]).all()


def test_months_sampled_count_from_the_first_reading(store):
    """January, February and April of four months by 30 April: 3 of 4; a section never sampled has no rate."""
    first, _ = register_sections(store, 2)
    load_samples(store, *((first, f"2023-0{m}-05", {"NH3N": 0.4}) for m in (1, 2, 4)))
    never, sampled = metric_rows(store, "data_completeness", "2023-04-30")
    assert (sampled["months"], sampled["months_due"], sampled["measured_share"]) == (3, 4, 75)
    assert sampled["days_silent"] == 25
    assert pd.isna(never["measured_share"])
    assert pd.isna(never["months_due"])


@pytest.mark.parametrize(
    ("day", "counts"),
    [("2023-03-31", (2, 3)), ("2023-03-30", (2, 2)), ("2024-02-10", (1, 12)), ("2024-03-31", (0, 12))],
)
def test_a_month_is_due_once_it_is_over(store, day, counts):
    """Sampled in January and February 2023: March counts on its last day; after a year only the newest 12 months do."""
    [section] = register_sections(store, 1)
    load_samples(store, (section, "2023-01-05", {"NH3N": 0.4}), (section, "2023-02-05", {"NH3N": 0.4}))
    [found] = metric_rows(store, "data_completeness", day)
    assert (found["months"], found["months_due"]) == counts


def test_vector_a10_6(store):
    """Yearly ammonia 2.4 2.0 2.1 1.3 0.9: rank correlation −0.9, exact one-sided p 0.0417; 7 months make no year."""
    [section] = register_sections(store, 1)
    yearly = {2018: 2.4, 2019: 2.0, 2020: 2.1, 2021: 1.3, 2022: 0.9}
    load_samples(store, *((section, f"{y}-{m:02}-05", {"NH3N": v}) for y, v in yearly.items() for m in range(1, 9)))
    load_samples(store, *((section, f"2023-{m:02}-05", {"NH3N": 9}) for m in range(1, 8)))
    [found] = metric_rows(store, "water_trend_years")
    assert (found["years"], round(found["rank_r"], 3), round(found["p_value"], 4)) == (5, -0.9, 0.0417)
    assert (found["first_mean"], found["last_mean"]) == pytest.approx((2.4, 0.9))


def test_four_years_are_too_few(store):
    """Four years say 样本不足 with both counts, and no correlation."""
    [section] = register_sections(store, 1)
    load_samples(store, *((section, f"{y}-{m:02}-05", {"NH3N": 1}) for y in range(2018, 2022) for m in range(1, 9)))
    [found] = metric_rows(store, "water_trend_years")
    assert (found["years"], found["years_needed"]) == (4, 5)
    assert pd.isna(found["rank_r"])
    assert "样本不足" in found["sentence"]


def test_a_printed_class_is_held_against_ours(store):
    """Printed 劣五 is 劣Ⅴ and ours; Ⅲ where we find Ⅳ is listed; * is not classed and not compared."""
    load_without_errors(store, "section", "断面编码,断面名称\nS,甲")
    lines = ("2023-03-05,劣五,2.5", "2023-03-06,Ⅲ,1.2", "2023-03-07,*,1.2", "2023-03-08,,1.2")
    load_without_errors(
        store, "reading", "\n".join(["断面,监测时间,水质类别,氨氮(mg/L)", *(f"S,{line}" for line in lines)])
    )
    [found] = metric_rows(store, "class_agreement")
    assert (found["agreed"], found["samples"], found["agreed_share"]) == (1, 2, 50)
    [other] = metric_rows(store, "class_difference")
    assert (f"{other['sampled_at']:%d}", other["printed_class"], other["class"], other["worst"]) == (
        "06", "Ⅲ", "Ⅳ", "NH3N",
    )  # fmt: skip
    load_without_errors(store, "reading", "断面,监测时间,监测项目,监测值\nS,2023-03-06,NH3N,1.2")
    assert len(metric_rows(store, "class_difference")) == 1
    assert metric_rows(store, "class_agreement", "2023-03-05")[0]["samples"] == 1


def test_six_equal_values_running_are_suspicious_five_are_not(store):
    """Six times 7.4 are told six times; five times 7.4 with another between are not."""
    one, two = register_sections(store, 2)
    load_samples(store, *((one, f"2023-0{m}-05", {"PH": 7.4}) for m in range(1, 7)))
    series = [7.4] * 5 + [7.3] + [7.4] * 5
    load_samples(store, *((two, f"2023-03-{d:02}", {"PH": v}) for d, v in enumerate(series, 1)))
    found = metric_rows(store, "suspicious_readings")
    assert [(r["section_id"], r["suspicion"], r["against"]) for r in found] == [(one, "连续相同", 6)] * 6


def test_non_detects_are_alike_without_being_suspicious(store):
    """Seven times below 0.02 say nothing of the instrument, and part a run of equal values."""
    [section] = register_sections(store, 1)
    for month in range(1, 8):
        load_not_detected(store, section, f"2023-0{month}-05", "NH3N", 0.02)
    load_samples(store, *((section, f"2022-0{m}-05", {"TP": 0.1}) for m in (1, 2, 3, 5, 6, 7)))
    load_not_detected(store, section, "2022-04-05", "TP", 0.1)
    assert metric_rows(store, "suspicious_readings") == []


def test_the_lowest_value_running_is_taken_for_a_detection_limit(store):
    """Ammonia of 0.025 seven times below one of 0.4 is not told, 0.4 seven times above it is, oxygen of 1.2 is."""
    one, two, three = register_sections(store, 3)
    for section, item, values in (
        (one, "NH3N", [0.4] + [0.025] * 7),
        (two, "NH3N", [0.025] + [0.4] * 7),
        (three, "DO", [5] + [1.2] * 7),
    ):
        load_samples(store, *((section, f"2023-03-{d:02}", {item: v}) for d, v in enumerate(values, 1)))
    found = metric_rows(store, "suspicious_readings")
    assert {r["section_id"] for r in found} == {two, three}
    assert len(found) == 14


@pytest.mark.parametrize(
    ("items", "reasons"),
    [
        ({"NH3N": 2.1, "TN": 2.0}, ["氨氮大于总氮"]),
        ({"NH3N": 2.0, "TN": 2.0}, []),
        ({"TP": 0.6, "TN": 0.5}, ["总磷大于总氮"]),
        ({"TP": 0.5, "TN": 0.5}, []),
        ({"DO": 20.1}, ["溶解氧过高"]),
        ({"DO": 20.0}, []),
    ],
)
def test_what_can_hardly_be_in_one_sample(store, items, reasons):
    """A part above its whole, and more oxygen than water holds, are suspicious; at the bound they are not."""
    [section] = register_sections(store, 1)
    load_samples(store, (section, "2023-03-05", items))
    assert [r["suspicion"] for r in metric_rows(store, "suspicious_readings")] == reasons


def test_a_slip_of_the_unit_is_told_and_changes_no_class(store):
    """Ammonia of 90 among values of 0.2 looks like μg/L; the class of the month stays 劣Ⅴ all the same."""
    [section] = register_sections(store, 1)
    values = {"01": 0.2, "02": 0.21, "03": 0.22, "04": 90}
    load_samples(store, *((section, f"2023-{m}-05", {"NH3N": v}) for m, v in values.items()))
    [found] = metric_rows(store, "suspicious_readings")
    assert (found["value"], found["suspicion"], found["against"]) == (90, "疑似单位错", pytest.approx(0.215))
    assert [r["class"] for r in metric_rows(store, "section_class")] == ["Ⅱ", "Ⅱ", "Ⅱ", "劣Ⅴ"]


def load_history_with_odd(store: Store, odd: float, also: float = 1.0, usual: int = 19) -> list[dict[str, Any]]:
    """Load a section's ammonia of 0.3 to 2.1, one odd value and the one after it; return what is suspicious."""
    load_without_errors(store, "section", "断面编码,断面名称\nS,甲")
    values = [0.3 + 0.1 * n for n in range(usual)]
    values[10:10] = [odd, also]
    load_samples(store, *(("S", f"2023-03-{day:02}", {"NH3N": round(v, 2)}) for day, v in enumerate(values, 1)))
    return metric_rows(store, "suspicious_readings")


def test_a_lone_value_far_above_the_history_is_suspicious_and_keeps_its_class(store):
    """82 between values of 0.3 to 2.1 is flagged against their median; its class and the mean of the month stand."""
    [found] = load_history_with_odd(store, 82)
    assert (found["value"], found["suspicion"], round(found["against"], 2)) == (82, "单个偏高", 1.2)
    assert [r["class"] for r in metric_rows(store, "sample_class") if f"{r['sampled_at']:%d}" == "11"] == ["劣Ⅴ"]
    assert metric_rows(store, "section_class")[0]["class"] == "劣Ⅴ"


@pytest.mark.parametrize(("odd", "also", "usual"), [(11, 1, 19), (82, 60, 19), (82, 1, 17)])
def test_what_is_not_alone_or_not_far_or_of_a_short_history_is_not_suspicious(store, odd, also, usual):
    """Less than ten times the median, two high values running, and 19 values in all are not flagged."""
    assert load_history_with_odd(store, odd, also, usual) == []


def test_a_suspicious_reading_of_tomorrow_is_not_told(store):
    """Only readings up to the day are looked at."""
    [section] = register_sections(store, 1)
    load_samples(store, (section, "2023-03-05", {"DO": 9}), (section, "2023-03-09", {"DO": 25}))
    assert metric_rows(store, "suspicious_readings", "2023-03-08") == []


def test_the_limit_of_an_item_is_that_of_the_target(store):
    """Ammonia has the limit 1.5 where the target is Ⅳ, and Ⅲ's 1.0 where there is none; turbidity has none."""
    load_without_errors(store, "section", "断面编码,断面名称,目标水质\nS,甲,Ⅳ\nT,乙,")
    load_samples(store, *((s, "2023-03-05", {"NH3N": 0.4, "NTU": 3}) for s in "ST"))
    with store.read() as con:
        found = {
            s: queries.run_query(con, "water.section_means", section_id=s, as_of=metrics.parse_date("2023-03-31"))
            for s in "ST"
        }
    limits = {s: [(r.parameter, r.limit_high, r.limit_class) for r in f.itertuples()] for s, f in found.items()}
    assert limits["S"][0] == ("NH3N", 1.5, "Ⅳ")
    assert limits["T"][0] == ("NH3N", 1.0, "Ⅲ")
    assert pd.isna(limits["S"][1][1])
    assert pd.isna(limits["S"][1][2])


@pytest.mark.parametrize(
    ("name", "filters"),
    [
        ("water_trend", {"section_id": "HJXH-01", "parameter": "NH3N"}),
        ("water_trend_years", {"section_id": "HJXH-01", "parameter": "NH3N"}),
        ("before_after", {"river": "胡家新河"}),
        ("black_odour", {"river": "示例五号河", "month": "2014-06-01"}),
        ("river_grade", {"river": "示例五号河", "month": "2014-06-01"}),
        ("cwqi", {"river": "胡家新河", "month": "2014-06-01"}),
    ],
)
def test_a_filter_before_the_work_gives_the_same_rows(sample_store, name, filters):
    """Filters on what is worked out apart keep the rows that filters after the work would keep."""
    no_filters: dict[str, str] = {}
    with sample_store.read() as con:
        chosen, whole = (metrics.compute_metric(con, name, None, **only).rows for only in (filters, no_filters))
    for column, wanted in filters.items():
        whole = whole[whole[column].astype(str) == wanted]
    assert len(chosen) > 0
    pd.testing.assert_frame_equal(chosen, whole.reset_index(drop=True), check_dtype=False)


def test_the_samples_of_a_section_are_those_of_all(sample_store):
    """The list of one section has the samples, classes and items that the metric has for it, newest first."""
    day = metrics.parse_date("2014-06-30")
    with sample_store.read() as con:
        one = queries.run_query(con, "water.section_samples", section_id="HJXH-01", as_of=day)
        whole = metrics.compute_metric(con, "sample_class", day, section_id="HJXH-01").rows
    assert set(one["total"]) == {len(whole)}
    pd.testing.assert_frame_equal(one.drop(columns="total"), whole[::-1].reset_index(drop=True))
