"""Metrics of 节."""

import datetime

from analytics.metrics.basis import own
from analytics.metrics.columns import (
    ACTIVITIES,
    COUNTED,
    COVERED,
    DAYS_OPEN,
    FOUND,
    FOUND_ON,
    IS_TOTAL,
    MEDIAN_DAYS,
    OPEN,
    RATE,
    VILLAGE,
    VILLAGE_OR_NONE,
    of_ledger,
)
from analytics.metrics.model import Listing, Metric
from data.datasets.model import flag, integer, number, text
from data.datasets.targets import TARGETS
from data.derivations import column_sum, difference, median_of, quotient
from data.text import Text

_SOURCE = Text(
    "以设施检查台账为准；节水活动台账里的长流水数是早先的登记，不计入，以免重复",
    "the ledger of checks is the source; the running taps in the older ledger of activities are not added",
)


SAVING_ACTIVITIES = Metric(
    name="saving_activities",
    label=Text("节水活动", "Water-saving activities"),
    unit="",
    formula=Text("按类型统计次数、人数和长流水", "Times, people and running taps by kind"),
    direction="none",
    basis=(own("按台账统计，没有分母", "counts of the ledger, without a denominator"),),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.saving_activities",
    columns=(
        *of_ledger("saving_activity", "kind"),
        ACTIVITIES,
        *of_ledger("saving_activity", "headcount", "units_visited", "leaks_found", "leaks_fixed", "held_on"),
    ),
    derived=(column_sum("activities"),),
)

SAVING_COVERAGE = Metric(
    name="saving_coverage",
    label=TARGETS["saving_coverage"].label,
    unit="percent",
    formula=Text(
        "当年 1 月 1 日至当日开展过节水活动的村社 ÷ 全部村社；没开展的列 0；没写村社的活动不算覆盖，单列；"
        "当年一条活动记录也没有的，不给覆盖率",
        "Villages with an activity from 1 January to the day ÷ villages; those without are listed with 0; an "
        "activity that names no village covers none and stands apart; no rate where the year has no activity on "
        "record at all",
    ),
    direction="higher",
    basis=(own("没有找到可依据的成文规定", "no written rule was found"),),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.saving_coverage",
    columns=(
        VILLAGE_OR_NONE,
        IS_TOTAL,
        *of_ledger("village", "kind"),
        COVERED,
        integer("villages", "村社数", "Villages", "piece"),
        RATE,
        ACTIVITIES,
        *of_ledger("saving_activity", "headcount", "units_visited", "held_on"),
    ),
    derived=(quotient("rate", "covered", "villages"),),
)

LEAK_FIX = Metric(
    name="leak_fix",
    label=TARGETS["leak_fix"].label,
    unit="percent",
    formula=Text(
        "截至当日已修好 ÷ 截至当日查到的长流水、滴漏、损坏；同一设施没修好之前再查到算同一处，"
        "结果按首次，写了几个修复日期的取最晚；"
        "后来查为正常但没写修复日期的算修好，不计天数；"
        "修复天数 = 修复日期 − 首次查到日期，已知的不足 {ranked_cases:g} 处不给；" + _SOURCE.zh,
        "Mended by the day ÷ running, dripping and broken taps found by the day; found again before it was mended "
        "is the same one, with its first finding and the latest of its repairs; one later found in order without a day "
        "of repair counts as mended, without days; days = "
        "mended − first found, not given for fewer than {ranked_cases:g}; " + _SOURCE.en,
    ),
    direction="higher",
    basis=(own("同一处没修好之前再查到算一处", "one found again before it was mended counts once"),),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.leak_fix",
    columns=(
        VILLAGE_OR_NONE,
        IS_TOTAL,
        *of_ledger("facility_check", "finding"),
        FOUND,
        integer("fixed", "已修复", "Mended", "piece"),
        RATE,
        OPEN,
        integer("timed", "已知天数", "With known days", "piece"),
        number("mean_days", "平均修复天数", "Mean days", "day"),
        MEDIAN_DAYS,
        integer("longest_open", "最久未修复", "Longest open", "day"),
    ),
    derived=(
        quotient("rate", "fixed", "found"),
        difference("open", "found", "fixed"),
        median_of("median_days", "timed"),
    ),
)

LEAK_LIST = Metric(
    name="leak_list",
    label=Text("未修复的设施", "Taps still leaking"),
    unit="",
    formula=Text(
        "截至当日没有修好的设施，最久的在前；超过一个检查周期（没登记周期的按 {avoided_days:g} 天）没修好的另标",
        "Taps not mended by the day, the longest first; those not mended for longer than one period of checks "
        "({avoided_days:g} days where none is registered) are marked",
    ),
    direction="none",
    basis=(own("按设施检查台账", "by the ledger of checks"),),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.leak_list",
    columns=(
        text("facility", "设施", "Tap"),
        VILLAGE_OR_NONE,
        *of_ledger("facility", "kind"),
        *of_ledger("facility_check", "finding"),
        FOUND_ON,
        DAYS_OPEN,
        *of_ledger("facility_check", "loss"),
        *of_ledger("facility", "keeper_unit"),
        flag("is_past_check", "过了一个检查周期", "Past a period of checks"),
    ),
)

SAVING_ESTIMATE = Metric(
    name="saving_estimate",
    label=Text("估算节水量（估算）", "Water saved (estimate)"),
    unit="m3",
    formula=Text(
        "估算：Σ 估算漏水量 × 少漏的天数。假设不修就漏到下一次例行检查，所以少漏的天数 = 修复日期到当日，"
        "最多一个检查周期（没登记周期的按 {avoided_days:g} 天）；一处几次估算取最小值，没有估算漏水量的不计，"
        "列出处数；仍在漏的每天漏水量另列",
        "Estimate: Σ estimated loss × days avoided. A tap not mended is taken to run until its next regular check, "
        "so days avoided = from the repair to the day, at most one period of checks ({avoided_days:g} days where "
        "none is registered); the smallest estimate of each, those without one are counted apart; what still runs "
        "a day is listed too",
    ),
    direction="higher",
    basis=(
        own(
            "估算：假设不修就漏到下一次例行检查；没有找到可依据的算法",
            "an estimate: a tap is taken to run until its next check; no written method was found",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.saving_estimate",
    columns=(
        VILLAGE_OR_NONE,
        IS_TOTAL,
        number("saved", "估算节水量", "Saved (estimate)", "m3"),
        COUNTED,
        integer("not_counted", "未计入处数", "Not counted", "piece"),
        number("losing", "仍在漏（估算）", "Still running (estimate)", "m3/d"),
        OPEN,
        integer("open_unknown", "漏水量不明", "Loss not known", "piece"),
    ),
)

TAPS = Listing(
    name="taps",
    label=Text("公共用水设施", "Public taps"),
    query="water.taps",
    columns=(
        text("facility", "设施", "Tap"),
        VILLAGE,
        *of_ledger("facility", "kind", "keeper_unit", "check_days"),
    ),
)

TAP_CHECKS = Listing(
    name="tap_checks",
    label=Text("历次检查", "Checks of a tap"),
    query="water.tap_checks",
    columns=of_ledger("facility_check", "checked_on", "finding", "fixed_on", "loss", "note"),
)
