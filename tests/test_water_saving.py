"""节: which villages were reached, which leaks were mended and when, and what that is thought to have saved."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analytics.metrics import METRICS
from data.store import Store
from data.words import WORDS
from tests import upload_helpers
from tests.metric_helpers import load_without_errors, metric_result, metric_rows
from ui.page import PageRequest
from ui.water import saving

pytestmark = pytest.mark.slow

CHECK = "设施,检查日期,检查结果,修复日期,估算漏水量\n"


@pytest.fixture
def tap_store(store: Store) -> Store:
    """Give two villages: the first with tap T checked every 10 days and tap U of no known period."""
    load_without_errors(store, "village", "村社编码,村社名称\nV,东村\nW,西村")
    load_without_errors(
        store, "facility", "设施编码,设施名称,所在村社,场所类型,检查周期\nT,东村公厕,V,公厕,10\nU,东村公园,V,公园,"
    )
    return store


def total_of_metric(store: Store, name: str, as_of: str, **more: str) -> dict[str, Any]:
    [found] = metric_rows(store, name, as_of, village="", **more)
    return found


@pytest.mark.quick
def test_a_village_without_an_activity_reads_0(tap_store):
    """Of two villages one was reached this year; last year's do not count, one without a village covers none."""
    header = "活动编码,活动日期,所在村社,活动类型,参加人数,走访单位\n"
    load_without_errors(
        tap_store,
        "saving_activity",
        header + "1,2013-12-31,W,培训,9,9\n2,2014-01-01,V,培训,20,3\n3,2014-02-01,,培训,5,1\n",
    )
    total, east, west, rest = metric_rows(tap_store, "saving_coverage", "2014-06-30")
    assert (total["covered"], total["villages"], total["rate"], total["activities"]) == (1, 2, 50, 2)
    assert (total["headcount"], total["units_visited"]) == (25, 4)
    assert [(r["village"], r["activities"], r["headcount"]) for r in (east, west, rest)] == [
        ("东村", 1, 20),
        ("西村", 0, 0),
        ("未写村社", 1, 5),
    ]


def test_a_year_without_any_activity_on_record_is_not_0_percent(tap_store):
    """Nothing of the year is in the ledger: no rate and no 0, in the figures, the title or the card."""
    load_without_errors(tap_store, "saving_activity", "活动编码,活动日期,所在村社,活动类型\n1,2013-12-31,V,培训")
    [total, *villages] = metric_rows(tap_store, "saving_coverage", "2014-06-30")
    assert total["villages"] == 2
    assert all(pd.isna(row[name]) for row in (total, *villages) for name in ("covered", "rate", "activities"))
    load_without_errors(tap_store, "facility_check", CHECK + "T,2014-03-01,长流水,,3")
    coverage, leaks, estimate = (
        metric_result(tap_store, name, "2014-06-30") for name in ("saving_coverage", "leak_fix", "saving_estimate")
    )
    assert (
        saving.title_sentence(coverage.rows, leaks.rows).zh == "今年还没有节水活动记录；漏水 1 处修好 0 处，1 处没修好"
    )
    with tap_store.read() as con:
        card = saving.saving_cards(PageRequest(con), coverage, leaks, estimate)[0]
    assert (card.value.zh, card.below[0].zh) == ("–", "没有数据")


def test_found_again_before_it_was_mended_is_the_same_leak(tap_store):
    """Found on the 1st and the 6th, mended on the 9th: one leak of 8 days; found anew on the 20th is a second one."""
    load_without_errors(
        tap_store,
        "facility_check",
        CHECK + "T,2014-03-01,长流水,,3\nT,2014-03-06,长流水,2014-03-09,2\nT,2014-03-20,滴漏,,1",
    )
    before, after = (total_of_metric(tap_store, "leak_fix", day, finding="") for day in ("2014-03-08", "2014-03-31"))
    assert [(r["found"], r["fixed"], r["open"], r["longest_open"]) for r in (before, after)] == [
        (1, 0, 1, 7),
        (2, 1, 1, 11),
    ]
    assert (
        total_of_metric(tap_store, "saving_estimate", "2014-03-31")["saved"] == 2 * 10
    )  # the smaller of its two estimates
    [still] = metric_rows(tap_store, "leak_list", "2014-03-31")
    assert (still["facility"], still["finding"], still["days_open"], still["loss"]) == ("东村公厕", "滴漏", 11, 1)


@pytest.mark.quick
def test_found_again_after_the_repair_is_a_second_leak_whatever_row_names_the_repair(tap_store):
    """Found on the 1st (mended the 5th) and the 3rd, found anew on the 10th and 12th: two leaks, one open 21 days."""
    found = ("01,长流水,2014-03-05,3", "03,长流水,,3", "10,长流水,,3", "12,长流水,,2")
    load_without_errors(tap_store, "facility_check", CHECK + "".join(f"T,2014-03-{row}\n" for row in found))
    all_found = total_of_metric(tap_store, "leak_fix", "2014-03-31", finding="")
    assert [all_found[name] for name in ("found", "fixed", "open", "longest_open")] == [2, 1, 1, 21]
    [still] = metric_rows(tap_store, "leak_list", "2014-03-31")
    assert (still["found_on"], still["days_open"]) == (pd.Timestamp("2014-03-10"), 21)
    estimate = total_of_metric(tap_store, "saving_estimate", "2014-03-31")
    assert (estimate["saved"], estimate["losing"]) == (3 * 10, 2)


def test_found_on_the_day_of_the_repair_opens_one_more_leak_only(tap_store):
    """Mended on the 5th, found on the 5th and again on the 10th: the leak of the 5th is still the same on the 10th."""
    load_without_errors(
        tap_store,
        "facility_check",
        CHECK + "T,2014-03-01,长流水,2014-03-05,3\nT,2014-03-05,滴漏,,1\nT,2014-03-10,滴漏,,1",
    )
    found = total_of_metric(tap_store, "leak_fix", "2014-03-31", finding="")
    assert [found[name] for name in ("found", "open", "longest_open")] == [2, 1, 26]


def test_found_in_order_later_is_mended_on_an_unknown_day(tap_store):
    """A leak that nobody wrote off but the next check found in order is mended, and has no days."""
    load_without_errors(tap_store, "facility_check", CHECK + "T,2014-03-01,长流水,,3\nT,2014-03-11,正常,,")
    before, after = (total_of_metric(tap_store, "leak_fix", day, finding="") for day in ("2014-03-10", "2014-03-11"))
    assert [(r["fixed"], r["timed"]) for r in (before, after)] == [(0, 0), (1, 0)]
    assert total_of_metric(tap_store, "saving_estimate", "2014-03-31")["not_counted"] == 1


def test_days_need_five_repairs(tap_store):
    """Four repairs of 1, 2, 3 and 4 days give no days; with a fifth of 10 the mean is 4 and the median 3."""
    spans = ((1, 2), (3, 5), (6, 9), (10, 14), (15, 25))
    load_without_errors(
        tap_store, "facility_check", CHECK + "".join(f"T,2014-03-{a:02},长流水,2014-03-{b:02},1\n" for a, b in spans)
    )
    four, five = (total_of_metric(tap_store, "leak_fix", f"2014-03-{d}", finding="长流水") for d in (24, 25))
    assert (four["timed"], pd.isna(four["mean_days"]), pd.isna(four["median_days"])) == (4, True, True)
    assert (five["timed"], five["mean_days"], five["median_days"]) == (5, 4, 3)


def test_the_older_ledger_is_not_added(tap_store):
    """Running taps in the ledger of activities are no leaks of leak_fix."""
    load_without_errors(
        tap_store,
        "saving_activity",
        "活动编码,活动日期,所在村社,活动类型,发现长流水,修复长流水\n1,2014-03-01,V,设施巡检,5,4",
    )
    assert metric_rows(tap_store, "leak_fix", "2014-03-31") == []


def test_the_rate_is_named_for_all_that_it_holds(tap_store):
    """Running, dripping and broken taps are in it, 2 of 3 mended, and so it is not named for running ones alone."""
    found = ("T,2014-03-01,长流水,2014-03-05,", "T,2014-03-10,滴漏,2014-03-15,", "U,2014-03-01,损坏,,")
    load_without_errors(tap_store, "facility_check", CHECK + "\n".join(found))
    row = total_of_metric(tap_store, "leak_fix", "2014-03-31", finding="")
    assert (row["fixed"], row["found"]) == (2, 3)
    assert METRICS["leak_fix"].label.zh == WORDS["leak_fix"].zh == "漏水设施修复率"


def test_a_task_sheet_may_use_the_former_name_of_the_rate(store):
    """长流水修复率 in an older task sheet is read as leak_fix."""
    load_without_errors(store, "target", "指标,开始日期,截止日期,目标值\n长流水修复率,2014-01-01,2014-12-31,95")
    assert upload_helpers.ledger_values(store, "target", "metric") == [("leak_fix",)]


@pytest.mark.parametrize("day", ["2013-09-30", "2013-12-31", "2014-03-15", "2014-06-30", "2015-01-01"])
def test_the_leaks_add_up(sample_store, day):
    """Villages, findings and both add up to all leaks; no rate passes 100 %; the open ones are those on the list."""
    every = pd.DataFrame(metric_rows(sample_store, "leak_fix", day))
    is_all, is_any = every["village"].isna(), every["finding"].isna()
    parts = (every[is_all & is_any], every[is_all & ~is_any], every[~is_all & is_any], every[~is_all & ~is_any])
    assert len({tuple(part[["found", "fixed", "open"]].sum()) for part in parts}) == 1
    assert every["rate"].between(0, 100).all()
    assert every[is_all & is_any]["open"].sum() == len(metric_rows(sample_store, "leak_list", day))


def test_saved_is_loss_times_days_up_to_the_next_regular_check(tap_store):
    """2 m³/d mended on the 5th: 4 days by the 9th are 8 m³, after a period of 10 days it stays at 20; U has 30 days."""
    load_without_errors(
        tap_store, "facility_check", CHECK + "T,2014-03-01,长流水,2014-03-05,2\nU,2014-03-01,长流水,2014-03-31,1\n"
    )
    saved = [
        total_of_metric(tap_store, "saving_estimate", day)["saved"]
        for day in ("2014-03-09", "2014-03-30", "2014-12-31")
    ]
    assert saved == [8, 20, 50]


def test_what_still_runs_is_summed_with_what_is_not_known(tap_store):
    """Of two open leaks one loses 3 m³ a day and of one the loss is not known; mended ones lose nothing."""
    load_without_errors(tap_store, "facility_check", CHECK + "T,2014-03-01,长流水,,3\nU,2014-03-01,损坏,,\n")
    found = total_of_metric(tap_store, "saving_estimate", "2014-03-31")
    assert (found["losing"], found["open"], found["open_unknown"], found["counted"]) == (3, 2, 1, 0)
    load_without_errors(
        tap_store, "facility_check", CHECK + "T,2014-03-01,长流水,2014-03-02,3\nU,2014-03-01,损坏,2014-03-02,\n"
    )
    mended = total_of_metric(tap_store, "saving_estimate", "2014-03-31")
    assert (mended["losing"], mended["open"], mended["saved"], mended["not_counted"]) == (0, 0, 30, 1)


def test_an_estimate_is_shown_without_digits_that_it_does_not_have():
    """12,345.6 m³ reads about 12,350, 21.45 about 21, 0.57 about 0.6, and what is not known a dash."""
    shown = [saving.format_estimate(value, saving.ABOUT).zh for value in (12345.6, 21.45, 0.57, float("nan"))]
    assert shown == ["约 12,350 m³", "约 21 m³", "约 0.6 m³", "–"]
