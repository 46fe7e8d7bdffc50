"""Metrics of 治: sections against their targets, and how far the readings can be trusted."""

import datetime

from analytics.metrics.basis import LIMITS, MONTH_MEANS, ROUNDED, SHARES_OF_CLASSES, SINGLE_FACTOR, Basis, own
from analytics.metrics.columns import (
    BAD,
    BAD_SHARE,
    CLASS,
    GOOD,
    GOOD_SHARE,
    IS_TOTAL,
    ITEMS,
    MONTH,
    MONTHS,
    NEWEST,
    NO_DATA,
    RIVER,
    SAMPLES,
    SECTION,
    SECTIONS,
    UNJUDGED,
    WORST,
    of_ledger,
)
from analytics.metrics.model import Metric
from data import words
from data.datasets.model import choice, integer, number
from data.derivations import quotient
from data.text import Text

_CLASS_COMPARISON = Text(
    "文件里印有水质类别的样品，与本系统按所测项目评的类别逐个比较；印的是“*”“-”等未评价的不比。不一致常因公布值已舍入、"
    "水体类型（河流、湖库）没有登记，或文件少列了定类的项目",
    "Samples whose file bears a class, each against the class that we work out of its items; what was not classed "
    "there is not compared. Classes differ mostly where printed values were rounded, where the kind of water (river, "
    "lake) is not registered, or where the file leaves out the item that decides",
)


TARGET_MET = Metric(
    name="target_met",
    label=Text("断面达标率", "Sections within target"),
    unit="percent",
    formula=Text(
        "当月类别达到目标的断面 ÷ 当月有类别且有目标的断面；没有数据的、没有目标的断面另列，不进分母；"
        "目标以断面登记为准，断面没有的用河道的；参评项目少于断面登记的最少项数的照计，另写明几个",
        "Sections whose class of the month keeps the target ÷ sections with a class and a target; those without "
        "data and those without a target stand apart, outside the rate; without a target of its own a section "
        "has its river's; those classed by fewer items than are registered as the least count, and are told",
    ),
    direction="higher",
    basis=(
        LIMITS,
        ROUNDED,
        SINGLE_FACTOR,
        MONTH_MEANS,
        own(
            "目标以台账登记为准；没有目标、没有数据的不进分母，另列",
            "targets are those of the ledgers; sections without a target or data are outside the rate and told",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.target_met",
    columns=(
        RIVER,
        IS_TOTAL,
        MONTH,
        integer("met", "达标断面", "Sections within target", "piece"),
        integer("evaluated", "参评断面", "Sections judged", "piece"),
        number("met_share", "达标率", "Share within target", "percent"),
        integer("no_target", "没有目标的断面", "Sections without a target", "piece"),
        NO_DATA,
        integer("few_items", "其中参评项目不足", "Of these with too few items", "piece"),
        SECTIONS,
    ),
    derived=(quotient("met_share", "met", "evaluated"),),
)

CLASS_SHARES = Metric(
    name="class_shares",
    label=Text("Ⅰ～Ⅲ类、劣Ⅴ类断面比例", "Shares of Ⅰ–Ⅲ and worse than Ⅴ"),
    unit="percent",
    formula=Text(
        "当月Ⅰ～Ⅲ类（劣Ⅴ类）断面 ÷ 当月有类别的断面（环办〔2011〕22号）；没有数据的断面另列，不进分母",
        "Sections of Ⅰ–Ⅲ (worse than Ⅴ) ÷ sections with a class in the month (环办〔2011〕22号); those without "
        "data stand apart, outside the shares",
    ),
    direction="higher",
    basis=(
        SHARES_OF_CLASSES,
        SINGLE_FACTOR,
        own("没有数据的断面另列，不进分母", "sections without data are outside the rate and told"),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.class_shares",
    columns=(
        RIVER,
        IS_TOTAL,
        MONTH,
        GOOD,
        BAD,
        integer("classed", "有类别的断面", "Sections with a class", "piece"),
        GOOD_SHARE,
        BAD_SHARE,
        NO_DATA,
    ),
    derived=(
        quotient("good_share", "good", "classed"),
        quotient("bad_share", "bad", "classed"),
    ),
)

DATA_COMPLETENESS = Metric(
    name="data_completeness",
    label=Text("监测完成率", "Months sampled"),
    unit="percent",
    formula=Text(
        "近 {completeness_months:.0f} 个月中至少有一个样品的月份 ÷ 应有月份；断面首次监测以前的月份不计，"
        "当月未结束又还没有样品的不计；从未监测的断面没有完成率",
        "Months with at least one sample ÷ months due, of the newest {completeness_months:.0f}; months before a "
        "section's first reading do not count, nor does the running month until it is sampled; a section never "
        "sampled has no rate",
    ),
    direction="higher",
    basis=(
        own(
            "没有找到可依据的成文规定；各断面的监测频次没有登记，按每月至少一次计",
            "no written rule was found; how often a section is due is not registered, once a month is taken",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.data_completeness",
    columns=(
        SECTION,
        RIVER,
        MONTHS,
        integer("months_due", "应测月数", "Months due", "piece"),
        number("measured_share", "监测完成率", "Share of months sampled", "percent"),
        NEWEST,
        integer("days_silent", "距最近监测", "Since the last reading", "day"),
    ),
    derived=(quotient("measured_share", "months", "months_due"),),
)

CLASS_AGREEMENT = Metric(
    name="class_agreement",
    label=Text("与公布类别一致", "Same class as printed"),
    unit="percent",
    formula=_CLASS_COMPARISON,
    direction="higher",
    basis=(own("用来核对数据和参评条件，不是评价", "a check of the data and of what was registered, no assessment"),),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.class_agreement",
    columns=(
        SECTION,
        RIVER,
        integer("agreed", "一致的样品", "Samples of the same class", "piece"),
        SAMPLES,
        number("agreed_share", "一致率", "Share of the same class", "percent"),
    ),
    derived=(quotient("agreed_share", "agreed", "samples"),),
)

CLASS_DIFFERENCE = Metric(
    name="class_difference",
    label=Text("与公布类别不一致的样品", "Samples of another class than printed"),
    unit="",
    formula=_CLASS_COMPARISON,
    direction="lower",
    basis=(own("用来核对数据和参评条件，不是评价", "a check of the data and of what was registered, no assessment"),),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.class_difference",
    columns=(SECTION, RIVER, *of_ledger("reading", "sampled_at", "printed_class"), CLASS, ITEMS, WORST, UNJUDGED),
)

SUSPICIOUS_READINGS = Metric(
    name="suspicious_readings",
    label=Text("可疑监测值", "Suspicious readings"),
    unit="",
    formula=Text(
        "已入库但值得复核：同一断面同一项目连续 {stuck_readings:.0f} 次数值相同（未检出和该断面的最低值不计，"
        "后者多是没标“<”的检出限；pH、溶解氧的最低值照计）；"
        "同一样品氨氮大于总氮，或总磷大于总氮的 {phosphorus_nitrogen:g} 倍；溶解氧高于 {oxygen_highest:g} mg/L；"
        "与该断面该项目中位数相差 {unit_slip:g} 倍以上；单个偏高：该断面该项目测得满 {outlier_values:.0f} 次，"
        "取对数后与中位数之差大于绝对中位差的 {outlier_spread:g} 倍且不低于中位数的 {outlier_ratio:g} 倍，而前后"
        "相邻两次都不偏高（溶解氧、pH 不看）。只作提示，类别、均值和达标都不因此改变",
        "Loaded, yet worth checking: {stuck_readings:.0f} equal values running of an item at a section "
        "(non-detects aside, and its lowest value, mostly an unmarked detection limit, save for pH and "
        "oxygen); in a sample ammonia above total nitrogen, or phosphorus above {phosphorus_nitrogen:g} times it; "
        "oxygen above {oxygen_highest:g} mg/L; {unit_slip:g} times off the section's median; a lone high value: "
        "of {outlier_values:.0f} values at least, in logarithms more than {outlier_spread:g} median absolute "
        "deviations above the median and {outlier_ratio:g} times it, with neither neighbour so high (not of oxygen "
        "and pH). A hint only: classes, means and targets do not change",
    ),
    direction="lower",
    basis=(
        own(
            "没有找到可依据的成文规定；界限为预设，只作提示",
            "no written rule was found; the bounds are presets, a hint only",
        ),
        Basis(
            Text("Iglewicz & Hoaglin 1993", "Iglewicz & Hoaglin 1993"),
            Text("修正 z 分数 3.5（未核对原文）", "modified z-score of 3.5 (text not checked)"),
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.suspicious_readings",
    columns=(
        SECTION,
        RIVER,
        *of_ledger("reading", "sampled_at", "parameter", "value"),
        choice("suspicion", "可疑原因", "Why suspicious", words.SUSPICIONS),
        number("against", "对照值", "Held against"),
    ),
)
