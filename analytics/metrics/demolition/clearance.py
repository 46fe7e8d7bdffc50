"""Metrics of 拆: floor area against target, unlawful buildings and the land after, operations and their safety."""

import datetime

from analytics.demolition.unlawful_buildings import reuse_base_words
from analytics.metrics.basis import TARGET_SHEET, Basis, own
from analytics.metrics.columns import (
    DAYS_LEFT,
    DAYS_OPEN,
    DAYS_OVERDUE,
    FOUND,
    GAP,
    IS_OVERDUE,
    IS_TOTAL,
    IS_WAITING,
    JUDGED_ON,
    MEDIAN_DAYS,
    MONTH,
    NEWEST,
    OPEN,
    PERIOD,
    PLANNED_RATE,
    PROJECT,
    RATE,
    VILLAGE_OR_NONE,
    of_ledger,
    with_words,
)
from analytics.metrics.model import LazyTransform, Listing, Metric
from analytics.working_time import office_days
from data.datasets.model import choices, flag, integer, number, text
from data.derivations import difference, quotient
from data.standards.thresholds import thresholds
from data.text import Text

ENFORCEMENT_LAW = Basis(
    Text("《行政强制法》", "Administrative Enforcement Law"),
    Text(
        "第四十三条：行政机关不得在夜间或者法定节假日实施行政强制执行，情况紧急的除外",
        "art. 43: no enforcement at night or on statutory holidays, emergencies aside",
    ),
)
NIGHT = Basis(
    Text("《环境噪声污染防治法》（1996）", "Law on noise pollution (1996)"),
    Text(
        "第六十三条：夜间为二十二点至次日六点（未核对原文；行政强制法没有规定夜间的起止）",
        "art. 63: night is from 22:00 to 06:00 (text not checked; the enforcement law itself gives no hours)",
    ),
)
HOLIDAYS = Basis(
    Text("国务院办公厅每年的节假日安排", "The yearly notice of the State Council on holidays"),
    Text(
        "节假日取自程序库 chinesecalendar；周末是休息日，法律说的是法定节假日，所以周末只另列，不算违反",
        "holidays are those of the library chinesecalendar; the law says statutory holidays, and a weekend is a day of "
        "rest, so that weekends are counted beside and break nothing",
    ),
)
AREA_KINDS = choices(拆违="Removal of unlawful building", 三改="Renovation")
KIND_OF_AREA = with_words("renovation", "kind", AREA_KINDS)

AREA_TARGETS = Metric(
    name="area_targets",
    label=Text("拆违与三改完成情况", "Razed and renovated against target"),
    unit="percent",
    formula=Text(
        "完成率 = 目标期内的面积 ÷ 目标，可以超过 100 %，不封顶；拆违按拆除日期计入违建面积；"
        "三改按月计入当月完成面积，归在截至日期那天；"
        "目标期取目标任务里最近一个已开始的，没有目标的取当年，完成率不给；三类改造没有单列的目标；"
        "序时进度口径同目标完成情况，没有写明的 = 已过天数 ÷ 目标期天数，"
        "三改与最近一次上报那天比，超过 {report_days:g} 天没有上报的为待上报；"
        "没有上报的不算 0",
        "Rate = floor area in the period of the target ÷ target, which may pass 100 % and is never cut; unlawful "
        "buildings count on the day they were razed; renovation counts by the month, on the day up to which it is told;"
        " the period is that of the newest target that has begun, without one the calendar year and no rate; the three "
        "kinds of renovation have no targets of their own; plan to date as in the progress to targets, where "
        "nothing is said days gone ÷ days of the period, for renovation on the day of its last report, and waiting for "
        "one after {report_days:g} days; what nobody reported is not 0",
    ),
    direction="higher",
    basis=(
        TARGET_SHEET,
        own(
            "超额完成在拆违和三改里是常事（宁波 2013 年 1–11 月公布 205.98 % 和 280.75 %），所以不封顶",
            "to pass the target is usual here (Ningbo published 205.98 % and 280.75 % for January to November 2013), "
            "so nothing is cut at 100 %",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="demolition.area_targets",
    columns=(
        KIND_OF_AREA,
        flag("is_whole", "整项", "In all"),
        number("done", "完成面积", "Floor area done", "m2"),
        number("target", "目标面积", "Target", "m2"),
        RATE,
        PLANNED_RATE,
        GAP,
        number("area_left", "离目标还差", "Left to the target", "m2"),
        integer("entries", "计入处数或月报数", "Buildings or monthly reports", "piece"),
        *of_ledger("target", "period_start", "period_end"),
        DAYS_LEFT,
        JUDGED_ON,
        IS_WAITING,
        NEWEST,
        *of_ledger("target", "owner"),
    ),
    derived=(
        quotient("rate", "done", "target"),
        difference("gap", "rate", "planned_rate"),
    ),
)

AREA_MONTHS = Listing(
    name="area_months",
    label=Text("拆违与三改，按月", "Razed and renovated by month"),
    query="demolition.area_months",
    columns=(
        MONTH,
        KIND_OF_AREA,
        number("month_area", "当月面积", "Floor area of the month", "m2"),
        integer("entries", "计入处数或月报数", "Buildings or monthly reports", "piece"),
    ),
    explained_by=AREA_TARGETS,
)

VIOLATIONS_REUSE = Metric(
    name="violations_reuse",
    label=Text("违建处置与拆后利用", "Unlawful buildings and the land after"),
    unit="percent",
    formula=Text(
        "截至当日发现的违建；按期拆除率 = 限期内拆除 ÷ 限期已过的（没拆的算没按期；到期当天不算已过）；"
        "新增违建处置天数是发现到拆除，还没拆的按至今没拆计入（Kaplan–Meier），已拆不足 {step_cases:g} 处：样本不足；"
        "限期已过的不足 {step_cases:g} 处不给按期拆除率；"
        "拆后利用率 = 已利用面积 ÷ {reuse_base}；已利用而没填面积的两边都不计，缺面积的处数另列；"
        "限期从通知之日起才有",
        "Unlawful buildings found by the day; razed in time = razed within the term ÷ those whose term is over (what "
        "still stands is late; on its last day no term is over); the days of new ones are from found to razed, those "
        "that stand counting as not yet razed (Kaplan–Meier), fewer than {step_cases:g} razed: too few; fewer than "
        "{step_cases:g} terms over: no share razed in time; share in use = land in use ÷ {reuse_base}; where land is "
        "in use and nobody wrote how much, it is left out of both, and missing areas are counted beside; a term exists "
        "from the day of the notice on",
    ),
    direction="higher",
    basis=(
        own(
            "拆后利用率的官方算法没有找到（江北区公布 86 %，而 319 ÷ 1009 万㎡ 不是），分母由 reuse_base.csv 选",
            "the official share in use was not found (the district published 86 %, which 319 ÷ 1009 is not); the "
            "denominator is chosen in reuse_base.csv",
        ),
        Basis(
            Text("Kaplan & Meier 1958", "Kaplan & Meier 1958"),
            Text("没拆的按至今没拆计入", "what stands counts as not yet razed"),
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="demolition.violations_reuse",
    formula_values=reuse_base_words,
    columns=(
        VILLAGE_OR_NONE,
        IS_TOTAL,
        FOUND,
        integer("found_old", "其中存量", "Old stock", "piece"),
        integer("found_new", "其中新增", "New ones", "piece"),
        number("found_area", "发现面积", "Floor area found", "m2"),
        integer("razed", "已拆", "Razed", "piece"),
        number("razed_area", "已拆面积", "Floor area razed", "m2"),
        OPEN,
        number("open_area", "未拆面积", "Floor area standing", "m2"),
        integer("open_overdue", "逾期未拆", "Overdue", "piece"),
        DAYS_OVERDUE,
        integer("due", "限期已过", "Term over", "piece"),
        integer("razed_in_term", "限期内拆除", "Razed within the term", "piece"),
        number("in_term_rate", "按期拆除率", "Razed in time", "percent"),
        MEDIAN_DAYS,
        integer("new_razed", "已拆新增", "New ones razed", "piece"),
        number("land_available", "可利用面积", "Land to be used", "m2"),
        number("land_used", "已利用面积", "Land in use", "m2"),
        number("reuse_rate", "拆后利用率", "Land in use again", "percent"),
        integer("land_unknown", "缺土地面积", "Land area missing", "piece"),
        integer("used_unknown", "缺利用面积", "Area in use missing", "piece"),
    ),
    derived=(
        difference("open", "found", "razed"),
        difference("open_area", "found_area", "razed_area"),
        quotient("in_term_rate", "razed_in_term", "due"),
        quotient("reuse_rate", "land_used", "land_available"),
    ),
    transform=LazyTransform("analytics.demolition.unlawful_buildings", "violations_reuse"),
)

VIOLATION_LIST = Listing(
    name="violation_list",
    label=Text("违法建筑清单", "Unlawful buildings"),
    query="demolition.violation_list",
    columns=(
        *of_ledger("violation", "violation_id"),
        VILLAGE_OR_NONE,
        *of_ledger("violation", "kind", "area", "found_on", "notified_on", "due_on", "razed_on"),
        flag("is_razed", "已拆", "Razed"),
        IS_OVERDUE,
        DAYS_OVERDUE,
        DAYS_OPEN,
        *of_ledger("violation", "land_area", "reuse", "reused_on", "reused_area"),
        PROJECT,
        *of_ledger("violation", "note"),
    ),
    explained_by=VIOLATIONS_REUSE,
)


def night_words(as_of: datetime.date | None) -> dict[str, object]:
    """Return the thresholds of a day, and the years that the calendar of holidays knows, for a formula."""
    first, works = office_days()
    last = first + datetime.timedelta(days=len(works) - 1)
    return {**thresholds(as_of), "calendar_years": f"{first.year}–{last.year}"}


OPERATIONS_SAFETY = Metric(
    name="operations_safety",
    label=Text("拆除行动与安全", "Operations and safety"),
    unit="times",
    formula=Text(
        "截至当日开始的行动，按拆除方式；夜间或节假日强拆必须为 0：强拆的开始到结束碰到 {night_from:g} 点至次日 "
        "{night_until:g} 点，或碰到国务院节假日安排里的放假日（日历知道 {calendar_years} 年）；"
        "情况紧急的也计入，由人核实；"
        "跨日的行动要逐日登记，否则算过夜；只写日期没写时刻的看不出夜间，另列；普通周末是休息日，另列不计；"
        "车辆、机械是参加的各小组登记数，每组一次；事故、清运没填的不算 0，另列；清运率 = 已清运 ÷ 填了的",
        "Operations begun by the day, by the way of razing; by force at night or on holidays must be 0: from start to "
        "end some time between {night_from:g}:00 and {night_until:g}:00, or on a day off of the yearly notice of "
        "holidays (the calendar knows {calendar_years}); emergencies count too and are for people to look into; an "
        "operation of several days is to be registered day by day, or it counts as going on at night; where only the "
        "day is written the night cannot be told and that is counted beside, as are plain weekends, which are days of "
        "rest; vehicles and machines are those on record of the teams that took part, each team once; accidents and "
        "waste that nobody filled in are not 0; waste cleared ÷ those where it is filled in",
    ),
    direction="lower",
    basis=(ENFORCEMENT_LAW, NIGHT, HOLIDAYS),
    reviewed_on=datetime.date(2026, 11, 29),
    query="demolition.operations_safety",
    formula_values=night_words,
    columns=(
        *of_ledger("demolition_operation", "kind"),
        IS_TOTAL,
        integer("operations", "行动次数", "Operations", "times"),
        *of_ledger("demolition_operation", "razed_area"),
        integer("area_unknown", "缺面积", "Area missing", "times"),
        integer("teams", "参加小组", "Teams", "piece"),
        *of_ledger("demolition_team", "vehicles", "machines"),
        integer("team_unknown", "没写小组", "Team not named", "times"),
        *of_ledger("demolition_operation", "departments"),
        integer("departments_unknown", "没写参加单位", "Departments not named", "times"),
        *of_ledger("demolition_operation", "accidents"),
        integer("accidents_unknown", "没登记事故", "Accidents not filled in", "times"),
        integer("forced", "强拆", "By force", "times"),
        integer("forced_at_night", "夜间强拆", "By force at night", "times"),
        integer("forced_on_holiday", "节假日强拆", "By force on holidays", "times"),
        integer("forced_out_of_hours", "夜间或节假日强拆", "By force at night or on holidays", "times"),
        integer("forced_on_weekend", "周末强拆", "By force on weekends", "times"),
        integer("hour_unknown", "强拆没写时刻", "By force, hour not written", "times"),
        integer("holiday_unknown", "强拆不知是否节假日", "By force, holidays not known", "times"),
        integer("at_night", "夜间行动", "At night, of any kind", "times"),
        integer("waste_cleared", "已清运", "Waste cleared", "times"),
        integer("waste_known", "填了清运", "Waste filled in", "times"),
        number("waste_rate", "清运率", "Share cleared", "percent"),
        *PERIOD,
    ),
    derived=(quotient("waste_rate", "waste_cleared", "waste_known"),),
    transform=LazyTransform("analytics.demolition.operations", "operations_safety"),
)

OPERATION_LIST = Listing(
    name="operation_list",
    label=Text("拆除行动清单", "Operations"),
    query="demolition.operation_list",
    columns=(
        *of_ledger("demolition_operation", "operation_id", "started_at", "ended_at", "kind"),
        VILLAGE_OR_NONE,
        PROJECT,
        text("team", "负责小组", "Team"),
        *of_ledger("demolition_team", "vehicles", "machines"),
        *of_ledger("demolition_operation", "departments", "razed_area", "is_waste_cleared", "accidents", "note"),
    ),
    explained_by=OPERATIONS_SAFETY,
)
