"""Metrics of 洁, the works."""

import datetime

from analytics.metrics.basis import EARNED_VALUE, own
from analytics.metrics.columns import (
    DAY,
    DAYS_LATE,
    DAYS_LEFT,
    EARLY_ON,
    FINISH_ON,
    FINISHED_ON,
    GAP,
    IS_TOTAL,
    IS_WAITING,
    JUDGED_ON,
    LATE_ON,
    MONEY_GAP,
    MONEY_RATE,
    OUTLOOK,
    PACE,
    PLAN_TOTAL,
    PLANNED_RATE,
    RATE,
    REPORTED_ON,
    REPORTS,
    REPORTS_NEEDED,
    RIVER,
    SPI,
    UNREPORTED,
    WORK,
    WORKS,
    of_ledger,
    with_words,
)
from analytics.metrics.model import LazyTransform, Listing, Metric
from data import words
from data.datasets.model import flag, integer
from data.datasets.targets import TARGETS
from data.derivations import difference, quotient
from data.text import Text

FORECAST_MODULE = "analytics.water.construction_forecast"

COMBINED_MODULE = "analytics.water.combined_works"
_COMBINED_FORMULA = Text(
    "一条河或全部河道的工程，同一计量单位的合在一起：Σ 累计完成量、Σ 计划量；每月取当月最后一次上报那天，各项工程按自己"
    "最近一次上报，从未上报的按没有开工；序时同工程进度，为各项上报那天的；全部完工是最晚一项完工，"
    "预计、最早、最晚各取各项中最晚的，有一项无法完成或样本不足就不给日期。资金（万元）不分单位，"
    "只合计预算和支出都有的工程，支出取最近一次写了支出的上报，计划支出按工程量计划的比例，不作预测",
    "The works of a river, or of all, in one unit: Σ done and Σ planned, on the last day of report in each month, each "
    "work as it last reported, one that never did as not begun; the plan as in the progress of works, on the days of "
    "the reports; all are finished with the last of them: expected, earliest and latest are the latest of the works, "
    "without a day where one cannot be finished or has too few reports. "
    "Money goes across units, of the works with a budget and a cost, as last reported with one, due as their quantity "
    "is; without a forecast",
)


DREDGING_PROGRESS = Metric(
    name="dredging_progress",
    label=TARGETS["dredging_progress"].label,
    unit="percent",
    formula=Text(
        "Σ累计完成量 ÷ Σ计划工程量（清淤工程，按河道和计量单位合计，不取百分数平均；都没上报的不给完成率）；"
        "序时同工程进度；SPI = Σ完成 ÷ Σ应完成；资金执行率 = Σ支出 ÷ Σ预算，"
        "只计两个数都有的工程，"
        "并与同一些工程的工程量完成率比",
        "Σ done ÷ Σ planned quantity of the dredging works of a river, by unit; the plan is "
        "that of the progress of works; SPI = Σ done ÷ Σ due by now; money = "
        "Σ cost ÷ Σ budget of the works with both, beside the quantity "
        "of the same works",
    ),
    direction="higher",
    basis=(
        EARNED_VALUE,
        own(
            "完成率按工程量求和相除，不取百分数平均；资金与同一些工程的工程量比",
            "rates are sums over sums, never means of percentages; money beside the quantity of the same works",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.dredging_progress",
    columns=(
        RIVER,
        *of_ledger("work_progress", "done"),
        *of_ledger("work", "quantity"),
        *of_ledger("work_plan", "planned"),
        RATE,
        PLANNED_RATE,
        GAP,
        SPI,
        *of_ledger("work_progress", "cost"),
        *of_ledger("work", "budget"),
        MONEY_RATE,
        MONEY_GAP,
        UNREPORTED,
        REPORTED_ON,
        JUDGED_ON,
        IS_WAITING,
        *of_ledger("work", "quantity_unit"),
    ),
    derived=(
        quotient("rate", "done", "quantity"),
        quotient("planned_rate", "planned", "quantity"),
        difference("gap", "rate", "planned_rate"),
        quotient("spi", "done", "planned"),
        quotient("money_rate", "cost", "budget"),
    ),
)

WORKS_PROGRESS = Metric(
    name="works_progress",
    label=Text("工程进度", "Progress of works"),
    unit="percent",
    formula=Text(
        "累计完成量 ÷ 计划工程量；与序时差 = 完成率 − 上报那天的序时进度（个百分点），"
        "已完成的取全部工程最近一次上报那天的，从未上报的取当日的；"
        "计划没有登记到开工日、完工日的，补上开工日为 0、完工日为全部；SPI = 完成 ÷ 应完成；"
        "距上次上报超过 {report_days:g} 天为待上报；从未上报的工程不"
        "给完成率；资金执行率 = 最近一次上报的支出 ÷ 预算，高出工程量完成率 {money_ahead:g} "
        "个百分点及以上的提示核对（本系统预设）",
        "Done ÷ planned quantity; gap = rate − plan on the day of the report (pp), for what is done on the day of the "
        "last report of any work, for what never reported on the day itself; a plan that does not reach its first or "
        "last day runs from 0 and to the whole; a report is due after "
        "{report_days:g} days; SPI = done ÷ due by now; a work never reported "
        "has no rate; money = cost of the last report ÷ budget, marked where it is {money_ahead:g} pp or more "
        "ahead of the quantity (a preset)",
    ),
    direction="higher",
    basis=(EARNED_VALUE, own("资金超前 10 个百分点提示核对为预设", "money ten points ahead of quantity is a preset")),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.works_progress",
    columns=(
        WORK,
        RIVER,
        *of_ledger("work", "kind"),
        *of_ledger("work_progress", "done"),
        *of_ledger("work", "quantity"),
        *of_ledger("work_plan", "planned"),
        RATE,
        PLANNED_RATE,
        GAP,
        SPI,
        *of_ledger("work", "quantity_unit"),
        *of_ledger("work_progress", "cost"),
        *of_ledger("work", "budget"),
        MONEY_RATE,
        MONEY_GAP,
        flag("is_money_ahead", "资金明显超前", "Money far ahead"),
        *of_ledger("work", "start_on", "end_on"),
        DAYS_LEFT,
        *of_ledger("work", "owner"),
        REPORTED_ON,
        JUDGED_ON,
        flag("is_unreported", "已到开工日而从未上报", "Due, but never reported"),
        IS_WAITING,
    ),
    derived=(
        quotient("rate", "done", "quantity"),
        quotient("planned_rate", "planned", "quantity"),
        difference("gap", "rate", "planned_rate"),
        quotient("spi", "done", "planned"),
        quotient("money_rate", "cost", "budget"),
    ),
)

WORK_CURVE = Metric(
    name="work_curve",
    label=Text("工程进度曲线", "S-curve of works"),
    unit="",
    formula=Text(
        "每项工程在计划节点日和上报日的累计计划量与累计完成量；计划在节点之间直线内插",
        "Cumulative plan and cumulative done of each work on the dates of its plan and of its reports; the plan "
        "runs straight between its dates",
    ),
    direction="none",
    basis=(
        own(
            "计划在节点之间没有登记，按直线内插", "between its dates a plan is not registered: a straight line is taken"
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.work_curve",
    columns=(
        WORK,
        RIVER,
        *of_ledger("work", "kind"),
        DAY,
        PLAN_TOTAL,
        *of_ledger("work_progress", "done"),
        *of_ledger("work", "quantity", "quantity_unit", "end_on"),
    ),
    transform=LazyTransform(FORECAST_MODULE, "work_curve"),
)

RIVER_WORKS_CURVE = Metric(
    name="river_works_curve",
    label=Text("工程合并进度曲线", "S-curve of works together"),
    unit="",
    formula=_COMBINED_FORMULA,
    direction="none",
    basis=(own("不同计量单位不相加；资金跨单位合计", "units are never added up; money goes across them"),),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.work_curve",
    columns=(
        RIVER,
        IS_TOTAL,
        with_words("work", "quantity_unit", words.MONEY),
        WORKS,
        *of_ledger("work", "quantity", "end_on"),
        DAY,
        PLAN_TOTAL,
        *of_ledger("work_progress", "done"),
    ),
    transform=LazyTransform(COMBINED_MODULE, "river_works_curve"),
)

RIVER_WORKS_FORECAST = Metric(
    name="river_works_forecast",
    label=Text("工程合并进度和完工预测", "Works together and their finish"),
    unit="percent",
    formula=_COMBINED_FORMULA,
    direction="none",
    basis=(
        EARNED_VALUE,
        own(
            "预测方法为本系统自定，参数为预设；资金不作预测",
            "the forecast is our own, its numbers presets; money has none",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.work_curve",
    columns=(
        RIVER,
        IS_TOTAL,
        with_words("work", "quantity_unit", words.MONEY),
        WORKS,
        *of_ledger("work", "quantity", "end_on"),
        *of_ledger("work_progress", "done"),
        RATE,
        *of_ledger("work_plan", "planned"),
        PLANNED_RATE,
        GAP,
        UNREPORTED,
        OUTLOOK,
        integer("too_few", "样本不足的工程", "Works with too few reports", "piece"),
        integer("stuck", "以目前进度无法完成的工程", "Works that cannot be finished at this pace", "piece"),
        PACE,
        FINISH_ON,
        EARLY_ON,
        LATE_ON,
        DAYS_LATE,
        FINISHED_ON,
        REPORTS,
        REPORTS_NEEDED,
    ),
    derived=(
        quotient("rate", "done", "quantity"),
        quotient("planned_rate", "planned", "quantity"),
        difference("gap", "rate", "planned_rate"),
    ),
    transform=LazyTransform(COMBINED_MODULE, "river_works_forecast"),
)

WORK_FORECAST = Metric(
    name="work_forecast",
    label=Text("完工预测", "Forecast of the finish"),
    unit="",
    formula=Text(
        "剩余工程量 ÷ 最近 {forecast_intervals:g} 次上报间隔合起来的速度；最早、最晚取最近 {forecast_window:g} "
        "次间隔中最快、最慢一次的速度，说明近来快慢，不是置信区间；不足 {forecast_intervals:g} 次间隔为样本不足；"
        "速度为 0 或超过 {forecast_years:g} 年才能完成的写明无法完成；已完成的给首次报满的日期；"
        "预测日不早于数据截至日",
        "What is left ÷ the pace over the last {forecast_intervals:g} intervals between reports; earliest and "
        "latest by the fastest and the slowest of the last {forecast_window:g}: how fast it went of late, no "
        "interval of confidence; fewer than {forecast_intervals:g} intervals are too few; no progress, or more "
        "than {forecast_years:g} years, is said so; a finished work has the day on which it was first reported "
        "full; never earlier than the day of the data",
    ),
    direction="none",
    basis=(
        own(
            "没有找到可依据的成文规定；方法自定，参数为预设，范围不是置信区间",
            "no written rule was found; own method with presets, its range is no interval of confidence",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.work_forecast",
    columns=(
        WORK,
        RIVER,
        *of_ledger("work", "kind"),
        OUTLOOK,
        *of_ledger("work_progress", "done"),
        *of_ledger("work", "quantity", "quantity_unit"),
        PACE,
        FINISH_ON,
        EARLY_ON,
        LATE_ON,
        *of_ledger("work", "end_on"),
        DAYS_LATE,
        FINISHED_ON,
        REPORTS,
        REPORTS_NEEDED,
    ),
    transform=LazyTransform(FORECAST_MODULE, "work_forecast"),
)

WORK_REPORTS = Listing(
    name="work_reports",
    label=Text("工程上报", "Reports of a work"),
    query="water.work_reports",
    columns=(DAY, *of_ledger("work_progress", "done", "cost", "photo_before", "photo_after", "note")),
)
