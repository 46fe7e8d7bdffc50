"""Metrics of 治, rivers by 环办〔2011〕22号: their grade, their index, how they changed, black and odorous water."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from analytics.metrics.basis import (
    CENSORED_MEANS,
    CITY_ODOUR,
    CWQI_51,
    MAIN_POLLUTANTS,
    METHOD_22,
    RURAL_ODOUR,
    SHARES_OF_CLASSES,
    Basis,
    own,
)
from analytics.metrics.columns import (
    BAD,
    BAD_SHARE,
    CHANGE,
    CLASS,
    COMPARED,
    GOOD,
    GOOD_SHARE,
    IN_WORDS,
    IS_TOTAL,
    ITEMS,
    MONTH,
    POLLUTANTS,
    RIVER,
    SAMPLES,
    SECTION,
    SECTIONS,
    UNJUDGED,
    UNJUDGED_SAMPLES,
    WORST,
)
from analytics.metrics.model import LazyTransform, Metric
from data import words
from data.datasets.model import choice, integer, number
from data.datasets.water.choices import ASSESS_RULES, WATER_CLASSES
from data.derivations import difference, quotient
from data.standards.thresholds import rows_in_force, thresholds
from data.text import Text

TRANSFORMS = "analytics.water.transforms"


def _grade_limits(as_of: datetime.date | None) -> Mapping[str, object]:
    rows = {row["grade"]: row for row in rows_in_force("river_grade.csv", as_of, "river")}
    good = {"excellent_from": rows["优"]["lowest_good"], "good_from": rows["良好"]["lowest_good"]}
    bad = {"slight_below": rows["轻度污染"]["bad_below"], "moderate_below": rows["中度污染"]["bad_below"]}
    return thresholds(as_of) | good | bad


def _odour_limits(as_of: datetime.date | None) -> Mapping[str, object]:
    rural = {f"rural_{row['item']}": row["slight"] for row in rows_in_force("black_odour.csv", as_of, "rural")}
    return thresholds(as_of) | rural


RIVER_GRADE = Metric(
    name="river_grade",
    label=Text("河流水质状况", "Grade of rivers"),
    unit="",
    formula=Text(
        "断面不少于 {river_sections:g} 个：断面水质类别比例法（Ⅰ～Ⅲ类≥{excellent_from} % 优，≥{good_from} % 良好，"
        "其余按劣Ⅴ类 {slight_below} %、{moderate_below} % 分轻度、中度、重度污染）；"
        "少于 {river_sections:g} 个：各项目先取断面均值再定类（环办〔2011〕22号），"
        "断面都是湖库的才用湖库限值，均值无法判定的项目不参评，另列；"
        "主要污染指标：只有一个断面的河流为该断面的主要污染指标和超标倍数，几个断面的按超过Ⅲ类的断面数、再按最差的类别和倍数"
        "排序，括号内为超标断面数/断面数",
        "{river_sections:g} sections or more: by shares of classes (Ⅰ–Ⅲ ≥{excellent_from} % excellent, "
        "≥{good_from} % good, else by worse than Ⅴ {slight_below} %, {moderate_below} %); fewer: class of the "
        "items' means over sections (环办〔2011〕22号), by the limits of lakes where all are in lakes, what cannot be "
        "judged told apart; main pollutants: those of the section where there is one only, else by sections over Ⅲ, "
        "then by the worst class and multiple",
    ),
    direction="none",
    basis=(SHARES_OF_CLASSES, MAIN_POLLUTANTS),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.river_grade",
    columns=(
        RIVER,
        MONTH,
        choice("grade", "水质状况", "Grade", words.GRADES),
        choice("by", "评价方法", "Judged by", words.GRADED_BY),
        SECTIONS,
        GOOD,
        GOOD_SHARE,
        BAD,
        BAD_SHARE,
        POLLUTANTS,
        UNJUDGED,
        *IN_WORDS,
    ),
    derived=(
        quotient("good_share", "good", "sections"),
        quotient("bad_share", "bad", "sections"),
    ),
    transform=LazyTransform(TRANSFORMS, "river_grade"),
    partition_by=("river", "month"),
    formula_values=_grade_limits,
)

CWQI = Metric(
    name="cwqi",
    label=Text("局部水质指数 CWQI", "Partial index CWQI"),
    unit="",
    formula=Text(
        "Σ C÷C_Ⅲ（溶解氧 C_Ⅲ÷C，pH 按与 7 的距离），各项目取断面均值（断面都是湖库的才用湖库限值），"
        "未检出按检出限的一半，类别无法判定的项目不计，"
        "超出量程的按所报界限计；每项平均 = CWQI÷n；"
        "同比、环比只用两期共有的项目（环办监测〔2017〕51号）",
        "Σ C÷C_Ⅲ (oxygen C_Ⅲ÷C, pH by its distance from 7) of the means over sections (limits of lakes where all are "
        "in lakes), half the limit for non-detects; items whose class cannot be judged are left out, one beyond a "
        "range counts as its bound; changes over common items only (环办监测〔2017〕51号)",
    ),
    direction="lower",
    basis=(
        CWQI_51,
        CENSORED_MEANS,
        own(
            "所测项目不全，写明项数，另给每项平均，同比、环比只比共有项目",
            "few items are measured: their number is told, the mean of each given, and changes are over common items",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.cwqi",
    columns=(
        RIVER,
        MONTH,
        number("cwqi", "CWQI", "CWQI"),
        ITEMS,
        number("cwqi_each", "CWQI/n", "CWQI/n"),
        number("change_year", "同比", "Against a year before", "percent"),
        number("change_month", "环比", "Against the month before", "percent"),
        UNJUDGED,
        *IN_WORDS,
    ),
    transform=LazyTransform(TRANSFORMS, "cwqi"),
    partition_by=("river",),
)

WATER_CHANGE = Metric(
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
    basis=(
        Basis(
            METHOD_22,
            Text(
                "ΔG−ΔD，10、20 个百分点为界（未核对原文）", "ΔG−ΔD with bounds of 10 and 20 points (text not checked)"
            ),
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.water_change",
    columns=(
        RIVER,
        IS_TOTAL,
        MONTH,
        COMPARED,
        CHANGE,
        number("score", "ΔG−ΔD", "ΔG−ΔD", "point"),
        number("good_change", "ΔG", "ΔG", "point"),
        number("bad_change", "ΔD", "ΔD", "point"),
        SECTIONS,
        *IN_WORDS,
    ),
    derived=(difference("score", "good_change", "bad_change"),),
    transform=LazyTransform(TRANSFORMS, "water_change"),
)

SECTION_CHANGE = Metric(
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
    basis=(
        Basis(
            METHOD_22,
            Text("断面水质状况变化一级、两级（未核对原文）", "one or two grades of a section (text not checked)"),
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.water_change",
    columns=(
        SECTION,
        RIVER,
        MONTH,
        COMPARED,
        CHANGE,
        integer("steps", "好转级数（负为变差）", "Grades better (minus: worse)"),
        choice("class_before", "前期类别", "Class before", WATER_CLASSES),
        CLASS,
    ),
    transform=LazyTransform(TRANSFORMS, "section_change"),
    partition_by=("river", "section_id"),
)

BLACK_ODOUR = Metric(
    name="black_odour",
    label=Text("黑臭判定", "Black and odorous water"),
    unit="",
    formula=Text(
        "城市（2015 指南）：透明度、溶解氧、氧化还原电位、氨氮分轻度、重度，每点至少 {odour_times:g} 次、"
        "每河至少 {odour_points:g} 点；"
        "农村（2019 指南）：透明度<{rural_SD} cm、溶解氧<{rural_DO}、氨氮>{rural_NH3N} 任一项；"
        "水深<{odour_shallow:g} cm 透明度不参评；小于或大于某值的，能定级才定，否则该样品无法判定，不计入",
        "Built-up areas (guide of 2015): transparency, oxygen, potential, ammonia, {odour_times:g} samples a point "
        "and {odour_points:g} points a river; villages (2019): transparency <{rural_SD} cm, oxygen <{rural_DO} or "
        "ammonia >{rural_NH3N}; water shallower than {odour_shallow:g} cm without transparency; a "
        "value below or above a bound counts where that decides its level, else its sample cannot be judged",
    ),
    direction="lower",
    basis=(
        CITY_ODOUR,
        RURAL_ODOUR,
        own(
            "水深不足 25 cm 时透明度的读法不一，不参评",
            "transparency of shallow water is read in two ways, so it takes no part",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.black_odour",
    columns=(
        RIVER,
        SECTION,
        IS_TOTAL,
        MONTH,
        choice("rule", "规则", "Rule", ASSESS_RULES),
        choice("odour_level", "级别", "Level", words.ODOURS),
        SAMPLES,
        UNJUDGED_SAMPLES,
        integer("slight", "轻度", "Slight", "piece"),
        integer("severe", "重度", "Severe", "piece"),
        choice("sample_level", "最差样品", "Worst sample", words.ODOURS),
        WORST,
        ITEMS,
        *IN_WORDS,
    ),
    transform=LazyTransform("analytics.water.black_odour", "black_odour"),
    partition_by=("river", "month"),
    formula_values=_odour_limits,
)
