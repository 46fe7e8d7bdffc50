"""Metrics of 治 over time: trends, before and after works, rebounds."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from analytics.metrics.basis import METHOD_22, SEASONAL_KENDALL, Basis, own
from analytics.metrics.columns import (
    CLASS,
    FINISHED_ON,
    HIGH,
    IN_WORDS,
    ITEMS,
    LOW,
    MONTH,
    MONTHS,
    MONTHS_NEEDED,
    P_VALUE,
    RIVER,
    SECTION,
    WORK,
    WORST,
    of_ledger,
)
from analytics.metrics.model import LazyTransform, Metric
from data import words
from data.datasets.model import choice, date, flag, integer, number
from data.standards.thresholds import thresholds
from data.text import Text

SIGNIFICANCE = "analytics.water.significance"


def _confidence(as_of: datetime.date | None) -> Mapping[str, object]:
    known = thresholds(as_of)
    return known | {"sure": 100 * known["confidence"]}


WATER_TREND = Metric(
    name="water_trend",
    label=Text("水质趋势", "Trend of water quality"),
    unit="",
    formula=Text(
        "月均值的季节性 Mann–Kendall 检验和 Sen 斜率（每年）及 {sure:.0f} % 区间；至少 {seasonal_years:g} 整年，"
        "否则样本不足；低于最大检出限、高于最低量程的值视为相等，"
        "全是这样的不下结论（USEPA 2009 §14.3.4、§17.3）",
        "Seasonal Mann–Kendall test of monthly means, Sen's slope a year with its {sure:.0f} % interval; at least "
        "{seasonal_years:g} full years; all below the largest detection limit or above the lowest "
        "range are ties, and nothing is said where all are (USEPA 2009 §14.3.4, §17.3)",
    ),
    direction="none",
    basis=(
        SEASONAL_KENDALL,
        Basis(
            Text("Hirsch & Slack 1984", "Hirsch & Slack 1984"),
            Text(
                "满 10 年用月份间协方差修正方差（未核对原文）",
                "from ten years on the variance is corrected for covariances between months (text not checked)",
            ),
        ),
        Basis(
            Text("Helsel 2012", "Helsel 2012"),
            Text("第 12 章：低于最大检出限的值视为相等", "ch. 12: all below the largest detection limit are ties"),
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.water_trend",
    columns=(
        RIVER,
        SECTION,
        *of_ledger("reading", "parameter"),
        MONTHS,
        MONTHS_NEEDED,
        number("slope", "每年变化", "Change a year"),
        LOW,
        HIGH,
        P_VALUE,
        number("tau", "τ", "τ"),
        *IN_WORDS,
    ),
    transform=LazyTransform(SIGNIFICANCE, "water_trend"),
    partition_by=("river", "section_id", "parameter"),
    formula_values=_confidence,
)

WATER_TREND_YEARS = Metric(
    name="water_trend_years",
    label=Text("年均值趋势", "Trend of yearly means"),
    unit="",
    formula=Text(
        "年均值与年份的 Spearman 秩相关及单侧精确 p（环办〔2011〕22号）；一年至少 {year_months:.0f} 个月有值才计，"
        "至少 {spearman_years:.0f} 年，否则样本不足；低于最大检出限的值视为相等；与月均值的检验结论不同的，说明里写明",
        "Spearman's rank correlation of yearly means with the years, exact one-sided p (环办〔2011〕22号); a year "
        "needs {year_months:.0f} months, a verdict {spearman_years:.0f} years; all below the largest detection "
        "limit are ties; where the test of monthly means has another verdict, the words say so",
    ),
    direction="none",
    basis=(
        Basis(
            METHOD_22,
            Text(
                "Spearman 秩相关，自 5 年起；年均值至少 8 个月（8 个月未核对原文）",
                "Spearman's rank correlation from five years on; a yearly mean of eight months at least (the eight was "
                "not checked)",
            ),
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.water_trend",
    columns=(
        RIVER,
        SECTION,
        *of_ledger("reading", "parameter"),
        integer("years", "年数", "Years", "piece"),
        integer("years_needed", "至少需要年数", "Years needed", "piece"),
        number("first_mean", "首年均值", "Mean of the first year"),
        number("last_mean", "末年均值", "Mean of the last year"),
        number("rank_r", "秩相关系数", "Rank correlation"),
        P_VALUE,
        *IN_WORDS,
    ),
    transform=LazyTransform(SIGNIFICANCE, "water_trend_years"),
    partition_by=("river", "section_id", "parameter"),
)

BEFORE_AFTER = Metric(
    name="before_after",
    label=Text("治理前后", "Before and after works"),
    unit="",
    formula=Text(
        "按日历月配对：某月份的“治理前”是开工前各年该月份的中位数，“治理后”是完成后各年的；"
        "开工取计划开工和首次上报完成量中较早的，完成取累计完成量首次达到计划工程量的上报，其间的月份不计；"
        "Hodges–Lehmann 位移，Wilcoxon 符号秩精确双侧 p；至少 {paired_months:g} 个相同月份，"
        "否则样本不足；低于最大检出限的值视为相等（按它的一半），全是这样的不下结论",
        "By calendar month: before is the median of that month in the years before the work began, after that of "
        "the years since it was complete; it began with its planned start or the first report of something done, and "
        "was complete with the first report of the whole quantity, the months between aside; Hodges–Lehmann shift, "
        "exact two-sided p of Wilcoxon's signed ranks; at least {paired_months:g} such months; all below the largest "
        "detection limit are ties (at half of it), and nothing is said where all are",
    ),
    direction="none",
    basis=(
        own(
            "没有规定治理前后怎样比，按相同月份配对以去掉季节的差别",
            "no rule says how to compare; the same months are paired, to leave the season out",
        ),
        Basis(
            Text("Hodges & Lehmann 1963；Wilcoxon 1945", "Hodges & Lehmann 1963; Wilcoxon 1945"),
            Text("位移估计；符号秩检验", "estimate of the shift; signed-rank test"),
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.before_after",
    columns=(
        RIVER,
        WORK,
        SECTION,
        *of_ledger("reading", "parameter"),
        MONTHS,
        MONTHS_NEEDED,
        number("before", "治理前", "Before"),
        number("after", "治理后", "After"),
        number("shift", "变化量", "Shift"),
        LOW,
        HIGH,
        P_VALUE,
        date("began_on", "开始日期", "Began on"),
        FINISHED_ON,
        *IN_WORDS,
    ),
    transform=LazyTransform(SIGNIFICANCE, "before_after"),
    partition_by=("river", "work_id", "section_id", "parameter"),
)

REBOUND = Metric(
    name="rebound",
    label=Text("水质反弹", "Rebounds"),
    unit="",
    formula=Text(
        "连续 {rebound_months:g} 个月达到目标后又超过目标的月份；另列出现劣Ⅴ类的月份；以后还没有一个月达标的为仍在",
        "Months beyond the target after {rebound_months:g} months within it; months worse than Ⅴ are listed too; an "
        "event stands until a later month is within the target",
    ),
    direction="lower",
    basis=(
        own(
            "参考县级治水考核对反弹的扣分，没有统一的定义",
            "after the deductions for rebounds in county assessments; there is no common definition",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.rebound",
    columns=(
        SECTION,
        RIVER,
        MONTH,
        choice("event", "事件", "Event", words.REBOUNDS),
        CLASS,
        *of_ledger("section", "target_class"),
        integer("months_met", "此前达标月数", "Months within target before", "piece"),
        WORST,
        ITEMS,
        date("sampled_on", "最后一次采样", "Last sampled"),
        flag("is_standing", "仍在", "Stands"),
    ),
)
