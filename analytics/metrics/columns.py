"""The columns that several results have, and how a result takes those of a ledger."""

from __future__ import annotations

from dataclasses import replace

from data import words
from data.datasets import DATASETS, Choice, Column
from data.datasets.model import choice, date, flag, integer, month, number, text
from data.datasets.water.choices import PARAMETERS, PLANT_ITEMS, WATER_CLASSES
from data.units import NumberFormat


def _of_ledger(ledger: str, name: str) -> Column:
    column = next((c for c in DATASETS[ledger].columns if c.name == name), None)
    if column is None:
        raise ValueError(f"the ledger {ledger} has no column {name}")
    return column


def of_ledger(ledger: str, *names: str) -> tuple[Column, ...]:
    """Return columns of a ledger, with its headings, units and formats; raises ValueError for one that it lacks."""
    return tuple(_of_ledger(ledger, name) for name in names)


def with_words(ledger: str, name: str, more: tuple[Choice, ...]) -> Column:
    """Return a column of a ledger in which a result says further words."""
    column = _of_ledger(ledger, name)
    return replace(column, choices=(*column.choices, *more))


VILLAGE = text("village", "村社", "Village")
PROJECT = text("project", "项目", "Project")
STREAM = choice("stream", "条线", "Line of work", words.STREAM_NAMES)
SENTENCE = text("sentence", "说明", "In words")
SENTENCE_EN = text("sentence_en", "说明（英文）", "In words (English)")
MONTH = month("month", "月份", "Month")
ROW_TOTAL = integer("total", "共有行数", "Rows in all")  # of a listing that is cut
TOTAL = number("total", "总量", "Total")
RATE = number("rate", "完成率", "Rate", "percent")
PLANNED_RATE = number("planned_rate", "序时进度", "Plan to date", "percent")
GAP = number("gap", "与序时差", "Gap to plan", "point")
REPORTED_ON = date("reported_on", "最近上报", "Last report")
JUDGED_ON = date("judged_on", "与哪天的计划比", "Held against the plan of")
IS_WAITING = flag("is_waiting", "待上报", "Report due")
NEWEST = date("newest", "数据截至", "Data as of")
DAYS_LEFT = integer("days_left", "剩余天数", "Days left", "day")
FINISHED_ON = date("finished_on", "完成日期", "Finished on")
COUNTED = integer("counted", "计入数", "Counted", "piece")
ACTIVITIES = integer("activities", "次数", "Times")
REGISTERED = integer("registered", "登记数", "Registered", "piece")
CLOSED = integer("closed", "已整治（销号）", "Closed", "piece")
OVERDUE = integer("overdue", "逾期数", "Overdue", "piece")
IS_CLOSED = flag("is_closed", "已整治", "Closed")
IS_OVERDUE = flag("is_overdue", "逾期", "Overdue")
RIVER = text("river", "河道", "River")
SECTION = text("section", "断面", "Section")
REACH = text("reach", "河段", "Reach")
CLASS = choice("class", "类别", "Class", WATER_CLASSES)
CLASS_RANK = integer("class_rank", "类别序号", "Class rank")
WORST = choice("worst", "定类项目", "Deciding items", PARAMETERS)
UNJUDGED = choice("unjudged", "无法判定项目", "Items not judged", PARAMETERS)
ITEMS = integer("items", "参评项目数(共21项)", "Items assessed (of 21)", "piece")
ITEMS_LACKING = integer("items_lacking", "不足项数", "Items short of the least", "piece")
UNJUDGED_SAMPLES = integer("unjudged_samples", "无法判定样品", "Samples not judged", "piece")
SAMPLES = integer("samples", "样本数", "Samples", "piece")
POLLUTANTS = choice("pollutants", "主要污染指标", "Main pollutants", PARAMETERS)
SECTIONS = integer("sections", "断面数", "Sections", "piece")
GOOD = integer("good", "Ⅰ～Ⅲ类断面", "Sections Ⅰ–Ⅲ", "piece")
BAD = integer("bad", "劣Ⅴ类断面", "Sections worse than Ⅴ", "piece")
GOOD_SHARE = number("good_share", "Ⅰ～Ⅲ类比例", "Share of Ⅰ–Ⅲ", "percent")
BAD_SHARE = number("bad_share", "劣Ⅴ类比例", "Share worse than Ⅴ", "percent")
COMPARED = choice("compared", "比较", "Compared", words.COMPARED)
CHANGE = choice("change", "变化", "Change", words.CHANGES)
MONTHS = integer("months", "月数", "Months", "piece")
MONTHS_NEEDED = integer("months_needed", "至少需要月数", "Months needed", "piece")
LOW = number("low", "区间下限", "Interval from")
HIGH = number("high", "区间上限", "Interval to")
P_VALUE = number("p_value", "p", "p")
NO_DATA = integer("no_data", "没有数据的断面", "Sections without data", "piece")
COVERED = integer("covered", "已覆盖", "Covered", "piece")
PATROLS = integer("patrols", "巡河次数", "Patrols", "times")
FOUND = integer("found", "发现数", "Found", "piece")
OPEN = integer("open", "未完成", "Open", "piece")
DAYS_OPEN = integer("days_open", "已有天数", "Open for", "day")
MEDIAN_DAYS = number("median_days", "半数所需天数", "Half within", "day")
SOURCE = text("source", "污染源", "Source")
ACCEPTED = integer("accepted", "已验收数", "Accepted", "piece")
RELAPSED = integer("relapsed", "反弹数", "Relapsed", "piece")
DRY = integer("dry", "晴天排水数", "Flowing in dry weather", "piece")
DRY_UNKNOWN = integer("dry_unknown", "晴天情况不明", "Dry weather not known", "piece")
DEFECT_RATE = number("defect_rate", "问题整改率", "Defects mended", "percent")
WORK = text("work", "工程", "Work")
UNREPORTED = integer("unreported", "已到开工日而从未上报的工程", "Works due, but never reported", "piece")
DAY = date("day", "日期", "Date")
PLAN_TOTAL = number("plan_total", "累计计划量", "Cumulative plan")
WORKS = integer("works", "工程数", "Works", "piece")
SPI = number("spi", "SPI", "SPI", number_format=NumberFormat(cap=1.0))
MONEY_RATE = number("money_rate", "资金执行率", "Money spent", "percent")
MONEY_GAP = number("money_gap", "资金与工程量差", "Money ahead of quantity", "point")
OUTLOOK = choice("outlook", "完工预测", "Outlook", words.OUTLOOKS)
PACE = number("pace", "近期每天完成", "Pace a day")
FINISH_ON = date("finish_on", "预计完工", "Expected finish")
EARLY_ON = date("early_on", "最早", "Earliest")
LATE_ON = date("late_on", "最晚", "Latest")
DAYS_LATE = integer("days_late", "比计划晚", "Later than planned", "day")
REPORTS = integer("reports", "上报次数", "Reports", "times")
REPORTS_NEEDED = integer("reports_needed", "至少需要上报", "Reports needed", "times")
PLANT = text("plant", "微型污水处理厂", "Plant")
PERIOD_FROM = date("period_from", "统计起", "From")
PERIOD_TO = date("period_to", "统计止", "To")
FAILING = choice("failing", "不达标项目", "Items that failed", PLANT_ITEMS)
RECEIVED = number("received", "累计到位", "Received to date", "wan")
DAYS_OVERDUE = integer("days_overdue", "逾期", "Overdue", "day")
LAND_DAYS_OVERDUE = integer("days_overdue", "超期", "Overdue", "day")  # the term for plots of land
SIGNED_ON = date("signed_on", "签约日期", "Signed on")
SIGNED = integer("signed", "已签约", "Signed", "household")
HOUSEHOLDS = integer("households", "总户数", "Households", "household")
NOT_SIGNED = integer("households_left", "未签约", "Not signed", "household")
A_DAY = NumberFormat(decimals=2)  # 0.94 households a day are not one
NEEDED_PER_DAY = number("needed_per_day", "每天需签", "Needed a day", "household", number_format=A_DAY)
PACE_PER_DAY = number("pace_per_day", "近7天每天签", "7-day pace", "household", number_format=A_DAY)
FOUND_ON = date("found_on", "发现日期", "Found on")
STANDING = text("standing", "图上状态", "State on the map")  # one of the looks of the layer
VILLAGE_OR_NONE = choice("village", "村社", "Village", words.VILLAGES)
IS_TOTAL = flag("is_total", "合计", "Total")

UNPRICED = integer("unpriced", "未填总投资", "Without an amount", "piece")
IN_WORDS = (SENTENCE, SENTENCE_EN)
PERIOD = (PERIOD_FROM, PERIOD_TO)


def indicator_columns(
    grouping: Column, indicators: tuple[Choice, ...], units: tuple[Choice, ...]
) -> tuple[Column, ...]:
    """Return the columns of the indicators of a method of work, under the verbs or the steps that it consists of."""
    return (
        grouping,
        text("code", "指标编号", "Indicator code"),
        text("part", "序号", "Part"),
        choice("indicator", "指标", "Indicator", indicators),
        number("indicator_value", "数值", "Value", low=None),
        choice("unit", "单位", "Unit", units),
        number("numerator", "分子", "Numerator", low=None),
        number("denominator", "分母", "Denominator"),
        integer("missing", "情况不明", "Not known", "piece"),
        flag("is_too_few", "样本不足", "Too few"),
        *PERIOD,
        NEWEST,
        text("listed_in", "明细", "List behind it"),
        *IN_WORDS,
    )


STEP = choice("step", "四步棋", "Step", words.STEPS)
INDICATOR_COLUMNS = indicator_columns(STEP, words.STEP_INDICATORS, words.STEP_INDICATOR_UNITS)
