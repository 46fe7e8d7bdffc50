"""Metrics of 总览."""

import datetime

from analytics.metrics.basis import TARGET_SHEET, own
from analytics.metrics.columns import DAYS_LEFT, GAP, NEWEST, PLANNED_RATE, RATE, STREAM, TOTAL, of_ledger
from analytics.metrics.discovery import declared, declaring_modules
from analytics.metrics.model import LazyTransform, Metric
from data.datasets.model import date, flag, number, text
from data.datasets.targets import TARGET_SHARES
from data.text import Text
from data.words import STREAMS

OF_STREAMS = declared(Metric, declaring_modules(STREAMS))

TARGET_PROGRESS = Metric(
    name="target_progress",
    label=Text("目标完成情况", "Progress to targets"),
    unit="percent",
    formula=Text(
        "完成率 = 实际 ÷ 目标；时间进度 = 已过天数 ÷ 期限总天数，不是工程的计划曲线；"
        "巡河、销号、负荷、出水达标、修复的目标是一直"
        "要保持的水平，时间进度为 100 %；实际按各指标自己的口径，问题销号率取目标起始月以来发现的问题；"
        "差距为个百分点，先算后舍入",
        "Rate = actual ÷ target; time elapsed = days gone ÷ days of the period, not the plan curve of works; "
        "patrols, issues, load, effluent "
        "and leaks are levels to be kept on every day, all of it due; the actual is the metric's own, of issues "
        "those found since the month in which the target began; the gap is taken before rounding",
    ),
    direction="higher",
    basis=(
        TARGET_SHEET,
        own(
            "时间进度按天数直线；水平类目标每天都要保持", "time elapsed is a straight line; levels are due on every day"
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="overview.target_progress",
    columns=(
        STREAM,
        *of_ledger("target", "metric"),
        number("actual", "实际", "Actual"),
        number("target", "目标", "Target"),
        *of_ledger("work_progress", "done"),
        TOTAL,
        RATE,
        number("elapsed_rate", "时间进度", "Time elapsed", "percent"),
        GAP,
        *of_ledger("target", "period_start", "period_end"),
        DAYS_LEFT,
        NEWEST,
        *of_ledger("target", "owner"),
        flag("is_level", "一直要保持", "To be kept on every day"),
    ),
    transform=LazyTransform("analytics.targets", "target_progress"),
    depends_on=tuple(OF_STREAMS[target.name] for target in TARGET_SHARES),
)

BEHIND = Metric(
    name="behind",
    label=Text("落后事项", "Behind plan"),
    unit="point",
    formula=Text(
        "完成率低于序时进度且尚未完成的工程和签约，差距最大的在前；已到开工日而从未上报的工程也列，没有完成率",
        "Works and signings whose rate is below the plan to date, the widest gap first; works that should have begun "
        "and never reported are listed too, without a rate",
    ),
    direction="none",
    basis=(own("序时口径同工程进度和签约率", "plans as in the progress of works and of signing"),),
    reviewed_on=datetime.date(2026, 11, 28),
    query="overview.behind",
    columns=(
        STREAM,
        text("item", "事项", "Item"),
        *of_ledger("work_progress", "done"),
        TOTAL,
        *of_ledger("work", "quantity_unit"),
        RATE,
        PLANNED_RATE,
        GAP,
        date("due_on", "截止日期", "Due on"),
        DAYS_LEFT,
        *of_ledger("work", "owner"),
    ),
)
