"""FIGURES of 节."""

from analytics.metrics.model import Metric
from data.text import Text

_TAPS = ("facility_check", "facility")
_SOURCE = Text(
    "以设施检查台账为准；节水活动台账里的长流水数是早先的登记，不计入，以免重复",
    "the ledger of checks is the source; the running taps in the older ledger of activities are not added",
)

METRICS = (
    Metric(
        name="saving_activities",
        label=Text("节水活动", "Water-saving activities"),
        unit="",
        formula=Text("按类型统计次数、人数和长流水", "Times, people and running taps by kind"),
        direction="none",
        query="water.saving_activities",
        sources=("saving_activity",),
    ),
    Metric(
        name="saving_coverage",
        label=Text("节水活动覆盖率", "Coverage of water saving"),
        unit="percent",
        formula=Text(
            "当年 1 月 1 日至当日开展过节水活动的村社 ÷ 全部村社；没开展的列 0；没写村社的活动不算覆盖，单列；"
            "当年一条活动记录也没有的，不给覆盖率",
            "Villages with an activity from 1 January to the day ÷ villages; those without are listed with 0; an "
            "activity that names no village covers none and stands apart; no rate where the year has no activity on "
            "record at all",
        ),
        direction="higher",
        query="water.saving_coverage",
        sources=("saving_activity", "village"),
    ),
    Metric(
        name="leak_fix",
        label=Text("漏水设施修复率", "Leaking taps mended"),
        unit="percent",
        formula=Text(
            "截至当日已修好 ÷ 截至当日查到的长流水、滴漏、损坏；同一设施没修好之前再查到算同一处；"
            "后来查为正常但没写修复日期的算修好，不计天数；"
            "修复天数 = 修复日期 − 首次查到日期，已知的不足 {ranked_cases:g} 处不给；" + _SOURCE.zh,
            "Mended by the day ÷ running, dripping and broken taps found by the day; found again before it was mended "
            "is the same one; one later found in order without a day of repair counts as mended, without days; days = "
            "mended − first found, not given for fewer than {ranked_cases:g}; " + _SOURCE.en,
        ),
        direction="higher",
        query="water.leak_fix",
        sources=_TAPS,
    ),
    Metric(
        name="leak_list",
        label=Text("未修复的设施", "Taps still leaking"),
        unit="",
        formula=Text("截至当日没有修好的设施，最久的在前", "Taps not mended by the day, the longest first"),
        direction="none",
        query="water.leak_list",
        sources=_TAPS,
    ),
    Metric(
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
        query="water.saving_estimate",
        sources=_TAPS,
    ),
)
