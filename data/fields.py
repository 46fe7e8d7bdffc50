"""FIELDS: what every column of a result is called, in which unit; the ledgers' own columns keep their headings."""

from __future__ import annotations

from data.datasets import DATASETS, Column
from data.datasets.model import date, flag, integer, number, text
from data.text import Text

STREAMS = {
    "shared": Text("公共", "Shared"),
    "water": Text("五水共治", "Water"),
    "investment": Text("招商引资", "Investment"),
    "demolition": Text("三改一拆", "Demolition"),
}

DERIVED: tuple[Column, ...] = (
    # what anything may have
    text("village", "村社", "Village"),
    text("project", "项目", "Project"),
    text("kind", "类别", "Kind"),
    text("level", "级别", "Level"),
    text("item", "事项", "Item"),
    text("stream", "条线", "Line of work"),
    text("rule", "规则", "Rule"),
    text("event", "事件", "Event"),
    text("sentence", "说明", "In words"),
    text("sentence_en", "说明（英文）", "In words (English)"),
    number("value", "监测值", "Value"),
    date("month", "月份", "Month"),
    number("done", "已完成", "Done"),
    number("total", "总量", "Total"),
    number("actual", "实际", "Actual"),
    number("target", "目标", "Target"),
    number("planned", "应完成", "Due by now"),
    number("rate", "完成率", "Rate", "percent"),
    number("planned_rate", "序时进度", "Plan to date", "percent"),
    number("gap", "与序时差", "Gap to plan", "point"),
    date("reported_on", "最近上报", "Last report"),
    date("newest", "数据截至", "Data as of"),
    date("due_on", "截止日期", "Due on"),
    integer("days_left", "剩余天数", "Days left", "day"),
    date("began_on", "开始日期", "Began on"),
    date("finished_on", "完成日期", "Finished on"),
    integer("activities", "次数", "Times"),
    integer("registered", "登记数", "Registered", "piece"),
    integer("closed", "已整治", "Closed", "piece"),
    integer("overdue", "逾期数", "Overdue", "piece"),
    flag("is_closed", "已整治", "Closed"),
    flag("is_overdue", "逾期", "Overdue"),
    # water quality
    text("river", "河道", "River"),
    text("section", "断面", "Section"),
    text("reach", "河段", "Reach"),
    text("class", "类别", "Class"),
    integer("class_rank", "类别序号", "Class rank"),
    flag("is_met", "达标", "Target met"),
    text("worst", "定类项目", "Deciding items"),
    text("unjudged", "无法判定项目", "Items not judged"),
    integer("items", "参评项目数(共21项)", "Items assessed (of 21)", "piece"),
    integer("samples", "样本数", "Samples", "piece"),
    text("pollutants", "主要污染指标", "Main pollutants"),
    text("grade", "水质状况", "Grade"),
    text("by", "评价方法", "Judged by"),
    integer("sections", "断面数", "Sections", "piece"),
    integer("good", "Ⅰ～Ⅲ类断面", "Sections Ⅰ–Ⅲ", "piece"),
    integer("bad", "劣Ⅴ类断面", "Sections worse than Ⅴ", "piece"),
    number("good_share", "Ⅰ～Ⅲ类比例", "Share of Ⅰ–Ⅲ", "percent"),
    number("bad_share", "劣Ⅴ类比例", "Share worse than Ⅴ", "percent"),
    number("good_change", "ΔG", "ΔG", "point"),
    number("bad_change", "ΔD", "ΔD", "point"),
    number("score", "ΔG−ΔD", "ΔG−ΔD", "point"),
    text("compared", "比较", "Compared"),
    text("change", "变化", "Change"),
    number("cwqi", "CWQI", "CWQI"),
    number("cwqi_each", "CWQI/n", "CWQI/n"),
    number("change_year", "同比", "Against a year before", "percent"),
    number("change_month", "环比", "Against the month before", "percent"),
    integer("months", "月数", "Months", "piece"),
    integer("months_needed", "至少需要月数", "Months needed", "piece"),
    integer("months_met", "此前达标月数", "Months within target before", "piece"),
    number("slope", "每年变化", "Change a year"),
    number("low", "区间下限", "Interval from"),
    number("high", "区间上限", "Interval to"),
    number("p_value", "p", "p"),
    number("tau", "τ", "τ"),
    number("before", "治理前", "Before"),
    number("after", "治理后", "After"),
    number("shift", "变化量", "Shift"),
    text("sample_level", "最差样品", "Worst sample"),
    integer("slight", "轻度", "Slight", "piece"),
    integer("severe", "重度", "Severe", "piece"),
    integer("met", "达标断面", "Sections within target", "piece"),
    integer("evaluated", "参评断面", "Sections judged", "piece"),
    number("met_share", "达标率", "Share within target", "percent"),
    integer("no_target", "没有目标的断面", "Sections without a target", "piece"),
    integer("no_data", "没有数据的断面", "Sections without data", "piece"),
    integer("classed", "有类别的断面", "Sections with a class", "piece"),
    integer("months_due", "应测月数", "Months due", "piece"),
    number("measured_share", "监测完成率", "Share of months sampled", "percent"),
    integer("days_silent", "距最近监测", "Since the last reading", "day"),
    integer("years", "年数", "Years", "piece"),
    integer("years_needed", "至少需要年数", "Years needed", "piece"),
    number("first_mean", "首年均值", "Mean of the first year"),
    number("last_mean", "末年均值", "Mean of the last year"),
    number("limit_low", "限值（不低于）", "Limit, at least"),
    number("limit_high", "限值（不高于）", "Limit, at most"),
    number("detection", "检出限", "Detection limit"),
    number("rank_r", "秩相关系数", "Rank correlation"),
    text("suspicion", "可疑原因", "Why suspicious"),
    number("against", "对照值", "Held against"),
    # chiefs and issues
    # sources and outfalls
    integer("flowing", "晴天仍排水", "Flowing in dry weather", "piece"),
    text("source", "污染源", "Source"),
    # works
    text("work", "工程", "Work"),
    integer("unreported", "未上报工程", "Works not reported", "piece"),
    # plants
    text("plant", "厂站", "Plant"),
    # water saving
    # investment
    integer("projects", "项目数", "Projects", "piece"),
    number("received", "已到位", "Received", "wan"),
    number("unverified", "待核实", "Not verified", "wan"),
    integer("days_in_stage", "在本阶段", "Days in stage", "day"),
    integer("days_overdue", "超期", "Overdue", "day"),
    # demolition
    date("signed_on", "签约日期", "Signed on"),
    integer("signed", "已签约", "Signed", "household"),
    integer("households", "总户数", "Households", "household"),
    integer("households_left", "未签约", "Not signed", "household"),
    integer("reached", "已到此步", "Reached", "household"),
    number("needed_per_day", "每天需签", "Needed a day", "household"),
    number("pace_per_day", "近7天每天签", "7-day pace", "household"),
)

FIELDS: dict[str, Column] = {c.name: c for d in reversed(DATASETS.values()) for c in d.columns}
FIELDS |= {c.name: c for c in DERIVED}

WORDS: dict[str, Text] = {c.value: c.label for d in DATASETS.values() for col in d.columns for c in col.choices}
WORDS |= STREAMS
WORDS |= {
    zh: Text(zh, en)
    for zh, en in {
        "优": "Excellent", "良好": "Good", "轻度污染": "Slightly polluted", "中度污染": "Moderately polluted",
        "重度污染": "Heavily polluted", "明显好转": "Clearly better", "有所好转": "Somewhat better",
        "无明显变化": "No clear change", "有所变差": "Somewhat worse", "明显变差": "Clearly worse",
        "同比": "Against a year before", "环比": "Against the month before", "无黑臭": "None",
        "黑臭": "Black and odorous", "轻度黑臭": "Slight", "重度黑臭": "Severe", "样本不足": "Too few values",
        "全部河道": "All rivers", "全河": "Whole river", "断面比例": "Shares of sections",
        "断面均值": "Means over sections", "连续相同": "Same value running",
        "氨氮大于总氮": "Ammonia above total nitrogen",
        "总磷大于总氮": "Phosphorus above total nitrogen", "溶解氧过高": "Oxygen too high", "疑似单位错": "Wrong unit?",
    }.items()
}  # fmt: skip
ENUMERATED = {c.name for d in DATASETS.values() for c in d.columns if c.choices} | {
    "class", "worst", "unjudged", "stream", "pollutants", "grade", "by", "change", "compared", "rule", "sample_level",
    "event", "suspicion",
}  # fmt: skip
