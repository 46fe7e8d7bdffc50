"""Metrics of 总览."""

import datetime

from analytics.metrics.basis import TARGET_SHEET, own
from analytics.metrics.columns import (
    DAYS_LEFT,
    GAP,
    IS_WAITING,
    JUDGED_ON,
    NEWEST,
    PLANNED_RATE,
    RATE,
    STREAM,
    TOTAL,
    of_ledger,
    with_words,
)
from analytics.metrics.discovery import declared, declaring_modules
from analytics.metrics.model import LazyTransform, Metric
from analytics.metrics.overview.amounts import AMOUNT_PARTS
from data.datasets.model import choice, date, number, text
from data.datasets.targets import SCOPE_KINDS, TARGET_SHARES, TIME_BASES
from data.derivations import quotient
from data.text import Text
from data.words import (
    COUNTDOWNS,
    LIGHTS,
    MONEY,
    PERCENT,
    PLAN_KINDS,
    STREAMS,
    TARGET_NAMES,
)

[IS_LEVEL] = of_ledger("target", "is_level")
ACTUAL, ASKED = number("actual", "实际", "Actual"), number("target", "目标", "Target")
SCOPE_NAME = text("scope_name", "范围名称", "Name of the scope")
OF_STREAMS = declared(Metric, declaring_modules(STREAMS))
SCOPE = (choice("scope_kind", "范围类别", "Kind of scope", SCOPE_KINDS), text("scope", "范围", "Scope"))

TARGET_PROGRESS = Metric(
    name="target_progress",
    label=Text("目标完成情况", "Progress to targets"),
    unit="percent",
    formula=Text(
        "完成率 = 实际 ÷ 目标；一个指标的几项目标，取期限包含当日、开始得最晚的（它到期后，还没有到期的"
        "那项接着算），都已到期的取最后到期的；"
        "时间进度按目标写明的口径：按日 = 已过天数 ÷ 期限总天数（没有写明的都按日），按月末 = "
        "已过整月数 ÷ 期限涉及的月数（n/12），按节点 = 已到节点应完成的比例，只算期限内的节点，没有的没有时间进度；"
        "期限只有一天的从那天起为 100 %，不是工程的计划曲线；"
        "一直要保持的水平（目标写明的，没有写明的按指标：巡河、销号、负荷、出水达标、修复等），时间进度为 100 %，"
        "没有剩余天数，差距 = 实际 − 目标；"
        "分解到村社、单位、河道、项目的目标，实际只算那一部分；"
        "清淤和三改按月上报，时间进度为上报那天的；实际按各指标自己的口径，"
        "问题销号率取今年以来发现的问题；"
        "本期到位资金、本期签约投资额为已签约未终止项目在目标期内的已核实到资和总投资，"
        "拆违、三改面积见拆违与三改完成情况，完成率可以超过 100 %；"
        "其余的差距 = 完成率 − 时间进度；差距为个百分点，先算后舍入",
        "Rate = actual ÷ target; of several targets of a metric the one begun last whose period holds the day (when it "
        "ends, the one that still runs counts again), of those that are over the last to end; time elapsed as the "
        "target says: by the day (where it says nothing) = days gone ÷ days of the period, by month end = whole months "
        "gone ÷ months that the period touches (n/12), by milestones = the share due by the last one within the "
        "period, unknown without any; all of it from the one day of a period of one day on, not the plan curve of "
        "works; levels to be kept on every day (as the target says, else as its metric is: patrols, issues, load, "
        "effluent, leaks and more) have all of it due, no days left and a gap of actual − target; the target of a "
        "village, unit, river or project counts that part only; dredging and renovation are reported by the month, "
        "their time elapsed is that of the report; the actual is the metric's own, of issues those found this year; "
        "funds received and investment signed in the period are verified receipts and totals of signed projects not "
        "ended, floor areas razed and renovated are those of the area targets and may pass 100 %; all other gaps are "
        "rate − time elapsed; gaps are in percentage points, taken before rounding",
    ),
    direction="higher",
    basis=(
        TARGET_SHEET,
        own(
            "时间进度没有写明口径的按天数直线；水平类目标每天都要保持",
            "time elapsed is a straight line where the target says nothing else; levels are due on every day",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="overview.target_progress",
    columns=(
        STREAM,
        *of_ledger("target", "metric"),
        ACTUAL,
        ASKED,
        *of_ledger("work_progress", "done"),
        TOTAL,
        RATE,
        number("elapsed_rate", "时间进度", "Time elapsed", "percent"),
        GAP,
        *of_ledger("target", "period_start", "period_end"),
        DAYS_LEFT,
        NEWEST,
        *of_ledger("target", "owner"),
        IS_LEVEL,
        JUDGED_ON,
        IS_WAITING,
        text("target_id", "目标编码", "Code of the target"),
        *SCOPE,
        SCOPE_NAME,
        choice("time_basis", "时间口径", "Time basis", TIME_BASES),
        choice("countdown", "倒计时", "Countdown", COUNTDOWNS),
    ),
    derived=(quotient("rate", "actual", "target"),),
    made_up_of=AMOUNT_PARTS,
    transform=LazyTransform("analytics.targets", "target_progress"),
    depends_on=tuple(OF_STREAMS[target.name] for target in TARGET_SHARES),
)

_ITEM_COLUMNS = (
    STREAM,
    choice("kind", "类别", "Kind", PLAN_KINDS),
    choice("item", "事项", "Item", TARGET_NAMES),
    choice("light", "灯色", "Light", LIGHTS),
    ACTUAL,
    ASKED,
    with_words("work", "quantity_unit", (*MONEY, *PERCENT)),
    RATE,
    PLANNED_RATE,
    GAP,
    JUDGED_ON,
    IS_WAITING,
    IS_LEVEL,
    date("ends_on", "截止日期", "Deadline"),
    DAYS_LEFT,
    *of_ledger("work", "owner"),
    *SCOPE,
    SCOPE_NAME,
)
_ITEM_BASIS = (own("序时口径同工程进度、签约率和目标", "plans as in the progress of works, of signing and of targets"),)
_ITEM_FORMULA = Text(
    "工程、征迁项目、目标任务各一项，灯色同一口径：工程与上报那天的序时比，超过 {report_days:g} 天没有上报的为待上报；"
    "征迁与当日的序时比；目标与时间进度比；截止日已过而未完成的为已逾期；完成率 = 实际 ÷ 目标，工程的目标是计划工程量，"
    "征迁项目的是总户数；一直要保持的水平没有期限和序时进度，差距 = 实际 − 目标",
    "One row a work, a demolition project and a target, with lights of one definition: a work against the plan on the "
    "day of its report, waiting for one after {report_days:g} days; a project against the plan of the day; a target "
    "against the time over; past its deadline is what is not done by then; rate = actual ÷ target, of a work the "
    "quantity planned, of a project its households; a level to be kept has no deadline and no plan to "
    "date, its gap is actual − target",
)

PLAN_LIGHTS = Metric(
    name="plan_lights",
    label=Text("进度灯色", "Lights"),
    unit="point",
    formula=_ITEM_FORMULA,
    direction="none",
    basis=_ITEM_BASIS,
    reviewed_on=datetime.date(2026, 11, 29),
    query="overview.plan_item",
    columns=_ITEM_COLUMNS,
    derived=(quotient("rate", "actual", "target"),),
    transform=LazyTransform("analytics.plan_lights", "plan_lights"),
    depends_on=(TARGET_PROGRESS,),
)

BEHIND = Metric(
    name="behind",
    label=Text("落后事项", "Behind plan"),
    unit="point",
    formula=Text(
        "进度灯色为已逾期的，过得最久的在前；然后是滞后、严重滞后的，差距最大的在前。{items}",
        "What is past its deadline, the longest first; then what is behind or far behind, the widest gap first. "
        "{items}",
    ).fill(items=_ITEM_FORMULA),
    direction="none",
    basis=_ITEM_BASIS,
    reviewed_on=datetime.date(2026, 11, 29),
    query="overview.plan_item",
    columns=_ITEM_COLUMNS,
    derived=(quotient("rate", "actual", "target"),),
    transform=LazyTransform("analytics.plan_lights", "behind"),
    depends_on=(TARGET_PROGRESS,),
)
