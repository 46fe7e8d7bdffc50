"""FIGURES of 治, the water quality."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from analytics.metrics.model import LazyTransform, Metric
from data.standards.thresholds import rows_in_force, thresholds
from data.text import Text

TRANSFORMS, SIGNIFICANCE = "analytics.water.transforms", "analytics.water.significance"
_GB3838 = Text(
    "按 GB 3838-2002 表1 单因子评价：参评项目中最差的类别；水温、总氮、"
    "粪大肠菌群不参评（环办〔2011〕22号），按 n/21 项评价；"
    "检出限高于限值的未检出项目无法判定，不参评，一项都不能判定的没有类别；湖库总磷用湖库限值，水体类型以登记为准，"
    "没有登记的按名称判断；少于断面登记的最少参评项数的，类别照给，写明不足几项",
    "Worst class among the items present, GB 3838-2002 table 1; temperature, TN and coliforms take no part "
    "(环办〔2011〕22号); n of 21 items; a non-detect whose limit is above the standard's cannot be "
    "judged, and without any other item there is no class; lakes have their "
    "own limits of phosphorus, the kind of water is the registered one, or else told by the name; with fewer items "
    "than are registered as the least of a section the class stands, and says how many are short",
)


def _grade_limits(as_of: date | None) -> Mapping[str, object]:
    rows = {row["grade"]: row for row in rows_in_force("river_grade.csv", as_of, "river")}
    good = {"excellent_from": rows["优"]["lowest_good"], "good_from": rows["良好"]["lowest_good"]}
    bad = {"slight_below": rows["轻度污染"]["bad_below"], "moderate_below": rows["中度污染"]["bad_below"]}
    return thresholds(as_of) | good | bad


def _confidence_percent(as_of: date | None) -> Mapping[str, object]:
    known = thresholds(as_of)
    return known | {"sure": 100 * known["confidence"]}


def _odour_limits(as_of: date | None) -> Mapping[str, object]:
    rural = {f"rural_{row['item']}": row["slight"] for row in rows_in_force("black_odour.csv", as_of, "rural")}
    return thresholds(as_of) | rural


METRICS = (
    Metric(
        name="section_class",
        label=Text("断面月度水质类别", "Monthly class of sections"),
        unit="",
        formula=Text(
            f"{_GB3838.zh}；各项目先取当月均值（pH 经氢离子浓度平均，未检出按检出限的一半）再定类，按 n/21 项评价；"
            "主要污染指标：劣于Ⅲ类的项目中最差的 {main_pollutants:g} 项，括号内为超标倍数（C−C_Ⅲ）÷C_Ⅲ，"
            "pH 和溶解氧不计倍数",
            f"{_GB3838.en}; each item's monthly mean (pH through H⁺, half the detection limit for non-detects) is "
            "classed, n of 21 items; main pollutants: the {main_pollutants:g} worst items over Ⅲ, in brackets how many "
            "times over, (C−C_Ⅲ)÷C_Ⅲ",
        ),
        direction="lower",
        query="water.section_class",
        sources=("reading",),
        transform=LazyTransform(TRANSFORMS, "main_pollutants"),
    ),
    Metric(
        name="sample_class",
        label=Text("样品水质类别", "Class of samples"),
        unit="",
        formula=_GB3838,
        direction="lower",
        query="water.sample_class",
        sources=("reading",),
    ),
    Metric(
        name="river_grade",
        label=Text("河流水质状况", "Grade of rivers"),
        unit="",
        formula=Text(
            "断面不少于 {river_sections:g} 个：断面水质类别比例法（Ⅰ～Ⅲ类≥{excellent_from} % 优，≥{good_from} % 良好，"
            "其余按劣Ⅴ类 {slight_below} %、{moderate_below} % 分轻度、中度、重度污染）；"
            "少于 {river_sections:g} 个：各项目先取断面均值再定类（环办〔2011〕22号）；主要污染指标："
            "只有一个断面的河流为该断面的主要污染指标和超标倍数，几个断面的按超过Ⅲ类的断面数、再按最差的类别和倍数"
            "排序，括号内为超标断面数/断面数",
            "{river_sections:g} sections or more: by shares of classes (Ⅰ–Ⅲ ≥{excellent_from} % excellent, "
            "≥{good_from} % good, else by worse than Ⅴ {slight_below} %, {moderate_below} %); fewer: class of the "
            "items' means over sections (环办〔2011〕22号); main pollutants: those of the section where there is one "
            "only, else by sections over Ⅲ, then by the worst class and multiple",
        ),
        direction="none",
        query="water.river_grade",
        sources=("reading",),
        transform=LazyTransform(TRANSFORMS, "river_grade"),
        partition_by=("river", "month"),
        formula_values=_grade_limits,
    ),
    Metric(
        name="cwqi",
        label=Text("局部水质指数 CWQI", "Partial index CWQI"),
        unit="",
        formula=Text(
            "Σ C÷C_Ⅲ（溶解氧 C_Ⅲ÷C，pH 按与 7 的距离），各项目取断面均值，未检出按检出限的一半；每项平均 = CWQI÷n；"
            "同比、环比只用两期共有的项目（环办监测〔2017〕51号）",
            "Σ C÷C_Ⅲ (oxygen C_Ⅲ÷C, pH by its distance from 7) of the means over sections, half the limit for "
            "non-detects; changes over common items only (环办监测〔2017〕51号)",
        ),
        direction="lower",
        query="water.cwqi",
        sources=("reading",),
        transform=LazyTransform(TRANSFORMS, "cwqi"),
        partition_by=("river",),
    ),
    Metric(
        name="water_change",
        label=Text("水质同比、环比", "Change of water quality"),
        unit="point",
        formula=Text(
            "ΔG−ΔD：ΔG 为Ⅰ～Ⅲ类比例、ΔD 为劣Ⅴ类比例的变化（百分点），只计两期都有类别的断面；绝对值≤{change_slight:g} "
            "无明显变化，≤{change_clear:g} 有所变化，>{change_clear:g} 明显变化（环办〔2011〕22号）",
            "ΔG−ΔD in points, of the shares of Ⅰ–Ⅲ and of worse than Ⅴ, sections with a class in both "
            "periods; up to "
            "{change_slight:g} no clear change, up to {change_clear:g} some, above clear (环办〔2011〕22号)",
        ),
        direction="higher",
        query="water.water_change",
        sources=("reading",),
        transform=LazyTransform(TRANSFORMS, "water_change"),
    ),
    Metric(
        name="section_change",
        label=Text("断面同比、环比", "Change of sections"),
        unit="",
        formula=Text(
            "断面水质状况（Ⅰ～Ⅱ类优、Ⅲ类良好、Ⅳ类轻度、Ⅴ类中度、劣Ⅴ类重度污染）与上月、上年同期相比：变化 "
            "{grades_slight:g} 级有所变化，{grades_clear:g} 级及以上明显变化（环办〔2011〕22号）；"
            "两期中一期没有类别的不比",
            "Grade of a section (Ⅰ–Ⅱ, Ⅲ, Ⅳ, Ⅴ, worse than Ⅴ) against the month and the year before: "
            "{grades_slight:g} grade is some change, {grades_clear:g} or more are clear (环办〔2011〕22号); without a "
            "class in both there is no comparison",
        ),
        direction="higher",
        query="water.water_change",
        sources=("reading",),
        transform=LazyTransform(TRANSFORMS, "section_change"),
        partition_by=("river", "section_id"),
    ),
    Metric(
        name="water_trend",
        label=Text("水质趋势", "Trend of water quality"),
        unit="",
        formula=Text(
            "月均值的季节性 Mann–Kendall 检验和 Sen 斜率（每年）及 {sure:.0f} % 区间；至少 {seasonal_years:g} 整年，"
            "否则样本不足；低于最大检出限的值视为相等（USEPA 2009 §14.3.4、§17.3）",
            "Seasonal Mann–Kendall test of monthly means, Sen's slope a year with its {sure:.0f} % interval; at least "
            "{seasonal_years:g} full years; all below the largest detection limit are ties (USEPA 2009 §14.3.4, §17.3)",
        ),
        direction="none",
        query="water.water_trend",
        sources=("reading",),
        transform=LazyTransform(SIGNIFICANCE, "water_trend"),
        partition_by=("river", "section_id", "parameter"),
        formula_values=_confidence_percent,
    ),
    Metric(
        name="before_after",
        label=Text("治理前后", "Before and after works"),
        unit="",
        formula=Text(
            "按日历月配对：某月份的“治理前”是开工前各年该月份的中位数，“治理后”是完成后各年的；"
            "Hodges–Lehmann 位移，Wilcoxon 符号秩精确双侧 p；至少 {paired_months:g} 个相同月份，"
            "否则样本不足",
            "By calendar month: before is the median of that month in the years before the work began, after that of "
            "the years since it was complete; Hodges–Lehmann shift, exact "
            "two-sided p of Wilcoxon's signed ranks; at least {paired_months:g} such months",
        ),
        direction="none",
        query="water.before_after",
        sources=("reading", "work_progress"),
        transform=LazyTransform(SIGNIFICANCE, "before_after"),
        partition_by=("river", "work_id", "section_id", "parameter"),
    ),
    Metric(
        name="black_odour",
        label=Text("黑臭判定", "Black and odorous water"),
        unit="",
        formula=Text(
            "城市（2015 指南）：透明度、溶解氧、氧化还原电位、氨氮分轻度、重度，每点至少 {odour_times:g} 次、"
            "每河至少 {odour_points:g} 点；"
            "农村（2019 指南）：透明度<{rural_SD} cm、溶解氧<{rural_DO}、氨氮>{rural_NH3N} 任一项；"
            "水深<{odour_shallow:g} cm 透明度不参评",
            "Built-up areas (guide of 2015): transparency, oxygen, potential, ammonia, {odour_times:g} samples a point "
            "and {odour_points:g} points a river; villages (2019): transparency <{rural_SD} cm, oxygen <{rural_DO} or "
            "ammonia >{rural_NH3N}; water shallower than {odour_shallow:g} cm without transparency",
        ),
        direction="lower",
        query="water.black_odour",
        sources=("reading",),
        transform=LazyTransform(TRANSFORMS, "black_odour"),
        partition_by=("river", "month"),
        formula_values=_odour_limits,
    ),
    Metric(
        name="rebound",
        label=Text("水质反弹", "Rebounds"),
        unit="",
        formula=Text(
            "连续 {rebound_months:g} 个月达到目标后又超过目标的月份；另列出现劣Ⅴ类的月份",
            "Months beyond the target after {rebound_months:g} months within it; months worse than Ⅴ are listed too",
        ),
        direction="lower",
        query="water.rebound",
        sources=("reading",),
    ),
)
