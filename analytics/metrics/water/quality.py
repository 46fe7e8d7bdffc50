"""Metrics of 治, the water quality: the class of sections and of samples, and what was read of them."""

import datetime

from analytics.metrics.basis import LIMITS, MAIN_POLLUTANTS, MONTH_MEANS, ROUNDED, SINGLE_FACTOR, own
from analytics.metrics.columns import (
    CLASS,
    CLASS_RANK,
    ITEMS,
    ITEMS_LACKING,
    MONTH,
    POLLUTANTS,
    RIVER,
    ROW_TOTAL,
    SAMPLES,
    SECTION,
    UNJUDGED,
    WORST,
    of_ledger,
)
from analytics.metrics.model import LazyTransform, Listing, Metric
from data.datasets.model import choice, flag, number
from data.datasets.water.choices import WATER_CLASSES
from data.text import Text

_GB3838 = Text(
    "按 GB 3838-2002 表1 单因子评价：参评项目中最差的类别；水温、总氮、"
    "粪大肠菌群不参评（环办〔2011〕22号），按 n/21 项评价；"
    "小于或大于某值的只按它一定达到的类别，一定超过各类限值的为劣Ⅴ类（>2.0 即高于 2.0），"
    "定不了的无法判定，不参评；一项都不能判定的、或无法判定的一项一定比其余各项差的没有类别；"
    "湖库总磷用湖库限值，水体类型以登记为准，没有登记的按名称判断；少于断面登记的最少参评项数的，类别照给，写明不足几项",
    "Worst class among the items present, GB 3838-2002 table 1; temperature, TN and coliforms take no part "
    "(环办〔2011〕22号); n of 21 items; a value known to be below or above a bound has the class that it surely keeps, "
    "worse than Ⅴ where it surely is beyond all limits (>2.0 is above 2.0), and else cannot be judged; where no item "
    "can be, or one that cannot is surely worse than all others, there is no class; lakes have their "
    "own limits of phosphorus, the kind of water is the registered one, or else told by the name; with fewer items "
    "than are registered as the least of a section the class stands, and says how many are short",
)


SECTION_CLASS = Metric(
    name="section_class",
    label=Text("断面月度水质类别", "Monthly class of sections"),
    unit="",
    formula=Text(
        f"{_GB3838.zh}；各项目先取当月均值（pH 经氢离子浓度平均，未检出按检出限的一半，"
        "有大于某值的只是下限；均值按十进制精确计算）再定类，按 n/21 项评价；"
        "主要污染指标：一定劣于Ⅲ类的项目中最差的 {main_pollutants:g} 项，括号内为超标倍数（C−C_Ⅲ）÷C_Ⅲ，"
        "pH 和溶解氧不计倍数",
        f"{_GB3838.en}; each item's monthly mean (pH through H⁺, half the detection limit for non-detects, a lower "
        "bound with a value above one; sums are decimal) is classed, n of 21 items; main pollutants: the "
        "{main_pollutants:g} worst items surely over Ⅲ, in brackets how many times over, (C−C_Ⅲ)÷C_Ⅲ",
    ),
    direction="lower",
    basis=(
        LIMITS,
        ROUNDED,
        SINGLE_FACTOR,
        MONTH_MEANS,
        MAIN_POLLUTANTS,
        own(
            "检出限高于限值的项目无法判定，不当作达标；项目少的断面按 n/21 项评价并写明",
            "a non-detect whose limit is above the standard's cannot be judged; few items are told as n of 21",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.section_class",
    columns=(
        SECTION,
        RIVER,
        MONTH,
        CLASS,
        ITEMS,
        ITEMS_LACKING,
        SAMPLES,
        WORST,
        *of_ledger("section", "target_class"),
        flag("is_met", "达标", "Target met"),
        UNJUDGED,
        CLASS_RANK,
        POLLUTANTS,
    ),
    transform=LazyTransform("analytics.water.transforms", "main_pollutants"),
)

SAMPLE_CLASS = Metric(
    name="sample_class",
    label=Text("样品水质类别", "Class of samples"),
    unit="",
    formula=_GB3838,
    direction="lower",
    basis=(
        LIMITS,
        ROUNDED,
        SINGLE_FACTOR,
        own(
            "检出限高于限值的项目无法判定，不当作达标；项目少的断面按 n/21 项评价并写明",
            "a non-detect whose limit is above the standard's cannot be judged; few items are told as n of 21",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.sample_class",
    columns=(SECTION, *of_ledger("reading", "sampled_at"), CLASS, ITEMS, WORST, UNJUDGED, ITEMS_LACKING),
)

SECTION_MEANS = Listing(
    name="section_means",
    label=Text("断面各项目月均值", "Monthly means of a section"),
    query="water.section_means",
    columns=(
        SECTION,
        RIVER,
        *of_ledger("reading", "parameter"),
        MONTH,
        *of_ledger("reading", "value"),
        number("detection", "检出限", "Detection limit"),
        number("beyond", "高于（量程）", "Above (range)"),
        SAMPLES,
        number("limit_low", "限值（不低于）", "Limit, at least"),
        number("limit_high", "限值（不高于）", "Limit, at most"),
        choice("limit_class", "限值类别", "Class of the limit", WATER_CLASSES),
        flag("is_over", "超过限值", "Beyond the limit"),
    ),
)

SECTION_SAMPLES = Listing(
    name="section_samples",
    label=Text("断面各样品类别", "Class of a section's samples"),
    query="water.section_samples",
    columns=(SECTION, *of_ledger("reading", "sampled_at"), CLASS, ITEMS, WORST, UNJUDGED, ITEMS_LACKING, ROW_TOTAL),
    explained_by=SAMPLE_CLASS,
)

READINGS = Listing(
    name="readings",
    label=Text("监测值", "Readings"),
    query="water.readings",
    columns=(*of_ledger("reading", "sampled_at", "parameter", "value", "qualifier", "method"), ROW_TOTAL),
)
