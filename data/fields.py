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
    text("river", "河道", "River"),
    text("section", "断面", "Section"),
    text("reach", "河段", "Reach"),
    text("village", "村社", "Village"),
    text("source", "污染源", "Source"),
    text("work", "工程", "Work"),
    text("plant", "厂站", "Plant"),
    text("project", "项目", "Project"),
    text("kind", "类别", "Kind"),
    text("level", "级别", "Level"),
    text("item", "事项", "Item"),
    text("stream", "条线", "Line of work"),
    text("class", "类别", "Class"),
    text("worst", "定类项目", "Deciding items"),
    text("unjudged", "无法判定项目", "Items not judged"),
    integer("items", "参评项目数(共21项)", "Items assessed (of 21)", "piece"),
    integer("samples", "样本数", "Samples", "piece"),
    number("value", "监测值", "Value"),
    date("month", "月份", "Month"),
    integer("class_rank", "类别序号", "Class rank"),
    flag("is_met", "达标", "Target met"),
    number("done", "已完成", "Done"),
    integer("unreported", "未上报工程", "Works not reported", "piece"),
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
    integer("closed", "已整治", "Closed", "piece"),
    integer("registered", "登记数", "Registered", "piece"),
    integer("overdue", "逾期数", "Overdue", "piece"),
    integer("activities", "次数", "Times"),
    flag("is_closed", "已整治", "Closed"),
    flag("is_overdue", "逾期", "Overdue"),
    integer("projects", "项目数", "Projects", "piece"),
    number("received", "已到位", "Received", "wan"),
    number("unverified", "待核实", "Not verified", "wan"),
    date("signed_on", "签约日期", "Signed on"),
    integer("days_in_stage", "在本阶段", "Days in stage", "day"),
    integer("days_overdue", "超期", "Overdue", "day"),
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
ENUMERATED = {c.name for d in DATASETS.values() for c in d.columns if c.choices} | {"class", "worst", "unjudged", "stream"}
