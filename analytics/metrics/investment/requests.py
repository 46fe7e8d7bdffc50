"""Metrics of 暖: firms' requests with what became of them, and how often firms are visited."""

import datetime

from analytics.metrics.basis import Basis, own
from analytics.metrics.columns import (
    DAYS_OPEN,
    DAYS_OVERDUE,
    IS_OVERDUE,
    IS_TOTAL,
    MONTH,
    OVERDUE,
    PROJECT,
    of_ledger,
)
from analytics.metrics.model import LazyTransform, Metric
from analytics.working_time import office_hours_words
from data.datasets.model import choice, date, flag, integer, number, text
from data.derivations import difference, quotient
from data.text import Text
from data.units import ONE_DECIMAL
from data.words import REQUEST_STATES

FIRM = text("firm", "企业", "Firm")
WORKING_CALENDAR = Basis(
    Text("国务院办公厅每年的节假日安排", "The yearly notice of the State Council on holidays"),
    Text(
        "节假日和调休取自程序库 chinesecalendar；作息时间是本系统的预设",
        "holidays and make-up days are those of the library chinesecalendar; the office hours are a preset of ours",
    ),
)
WORKING_HOURS = Text(
    "首次响应按工作时间计：工作日 {office_hours}，节假日不计、调休上班日照计，日历只知道 {calendar_years} 年，"
    "之外的不算；只写了日期没写时刻的、办结而没有登记响应的，时间不明，不计入",
    "the first reply is in working time: {office_hours} on working days, without holidays and with make-up days, of "
    "the years {calendar_years} that the calendar knows and of no others; where only the day is written, or what was "
    "closed has no reply on record, the time is not known and left out",
)
REOPENED = Text(
    "重提的从重提之日起又算未办结，直到再次办结；台账只留最新一次的结果和评价，再次办结的没有登记首次办结日期时，"
    "重提之前算未办结",
    "what came back is open again from that day until it is closed again; the ledger keeps the newest result and "
    "rating only, and where the first closing is not on record, what was closed again counts as open before it came "
    "back",
)
REASON = own(
    "“办结”会遮住没解决的，所以分已解决、已解释、不能解决，并列出重提",
    "“closed” hides what was not solved, so it is split into solved, explained and unsolvable, with what came back",
)

REQUEST_LIST = Metric(
    name="request_list",
    label=Text("企业诉求清单", "Firms' requests"),
    unit="",
    formula=Text(
        f"截至当日提出的每件诉求，未办结的在前、逾期最久的最前；到期当天不算逾期；办结的天数算到办结那天；{REOPENED.zh}；"
        f"{WORKING_HOURS.zh}",
        "Every request raised by the day, open ones first, the longest overdue in front; on its due day nothing is "
        f"overdue; the days of what is closed end then; {REOPENED.en}; {WORKING_HOURS.en}",
    ),
    direction="none",
    basis=(REASON, WORKING_CALENDAR),
    reviewed_on=datetime.date(2026, 11, 29),
    query="investment.request_list",
    formula_values=office_hours_words,
    columns=(
        *of_ledger("firm_request", "request_id"),
        FIRM,
        PROJECT,
        *of_ledger("firm_request", "category", "channel", "department", "description"),
        *of_ledger("firm_request", "raised_at"),
        date("raised_on", "提出日期", "Raised on"),
        *of_ledger("firm_request", "due_on", "replied_at"),
        choice("state", "状态", "State", REQUEST_STATES),
        flag("is_closed", "已办结", "Closed"),
        IS_OVERDUE,
        DAYS_OVERDUE,
        DAYS_OPEN,
        date("former_closed_on", "重提前办结", "Closed before it came back"),
        *of_ledger("firm_request", "reopened_on", "closed_on", "result", "satisfaction", "note"),
        number("reply_hours", "首次响应用时", "First reply after", "hour", number_format=ONE_DECIMAL),
        number("waited_hours", "已等响应", "Waiting for a reply for", "hour", number_format=ONE_DECIMAL),
    ),
    transform=LazyTransform("analytics.investment.firm_requests", "request_list"),
)

REQUEST_SUMMARY = Metric(
    name="request_summary",
    label=Text("暖企服务", "Service to firms"),
    unit="percent",
    formula=Text(
        "近 {request_months:g} 个月提出的诉求：按期办结率 = 期限内办结 ÷ 期限已过（没办结的、重提未办结的算没按期）；"
        "真解决率 = 已解决 ÷ 已办结，已解释和不能解决的不算解决；重提率 = 重提过 ÷ 办结过；"
        f"满意 = {{satisfied_from:g}} 分及以上 ÷ 已评价；{WORKING_HOURS.zh}；"
        "半数响应所需小时把没响应的按至今未响应计入（Kaplan–Meier），向上取到 0.1；"
        f"{REOPENED.zh}；分母（响应按已响应的件数）不足 {{ranked_cases:g}} 件：样本不足，不给比率",
        "Of the requests raised in the last {request_months:g} months: closed in time = closed by the due day ÷ those "
        "whose due day has passed (open ones, and those open again, count as late); truly solved = solved ÷ closed, "
        "where explained and unsolvable are not solved; came back = reopened ÷ once closed; satisfied = "
        f"{{satisfied_from:g}} points and more ÷ rated; {WORKING_HOURS.en}; the hours within which half had a reply "
        "count what has none as not yet replied to (Kaplan–Meier), rounded up to 0.1; "
        f"{REOPENED.en}; fewer than {{ranked_cases:g}} in the denominator, or with a reply: too few for a share",
    ),
    direction="higher",
    basis=(
        REASON,
        WORKING_CALENDAR,
        Basis(
            Text("Kaplan & Meier 1958", "Kaplan & Meier 1958"),
            Text("未响应的按至今未响应计入", "what has no reply counts as not yet replied to"),
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="investment.request_outcomes",
    formula_values=office_hours_words,
    columns=(
        *of_ledger("firm_request", "category"),
        IS_TOTAL,
        integer("raised", "提出", "Raised", "piece"),
        integer("open", "未办结", "Open", "piece"),
        OVERDUE,
        integer("closed", "已办结", "Closed", "piece"),
        integer("due", "期限已过", "Past the due day", "piece"),
        integer("closed_in_time", "按期办结", "Closed in time", "piece"),
        number("rate", "按期办结率", "Closed in time", "percent"),
        integer("solved", "已解决", "Solved", "piece"),
        integer("explained", "已解释", "Explained", "piece"),
        integer("unsolved", "不能解决", "Cannot be solved", "piece"),
        integer("result_unknown", "结果不明", "Result not known", "piece"),
        number("solved_rate", "真解决率", "Truly solved", "percent"),
        integer("closed_once", "办结过", "Once closed", "piece"),
        integer("reopened", "重提过", "Came back", "piece"),
        number("reopened_share", "重提率", "Came back", "percent"),
        integer("replied", "已响应", "With a reply", "piece"),
        integer("unanswered", "未响应", "Without a reply", "piece"),
        integer("reply_unknown", "响应时间不明", "Time of reply not known", "piece"),
        number("median_reply_hours", "半数响应所需工作小时", "Half replied to within", "hour"),
        integer("rated", "已评价", "Rated", "piece"),
        integer("satisfied", "满意", "Satisfied", "piece"),
        number("satisfied_share", "满意率", "Satisfied", "percent"),
    ),
    derived=(
        difference("open", "raised", "closed"),
        quotient("rate", "closed_in_time", "due"),
        quotient("solved_rate", "solved", "closed"),
        quotient("reopened_share", "reopened", "closed_once"),
        quotient("satisfied_share", "satisfied", "rated"),
    ),
    transform=LazyTransform("analytics.investment.firm_requests", "request_summary"),
)

FIRM_VISITS = Metric(
    name="firm_visits",
    label=Text("企业走访次数", "Visits to firms"),
    unit="times",
    formula=Text(
        "近 {request_months:g} 个月（含当月）每家企业每月被走访的次数，只计写明企业的走访；"
        "一个月超过 {visit_cap:g} 次：提示过于频繁（无事不扰）",
        "How often each firm was visited in a month, over {request_months:g} months with that of the day; only visits "
        "that name the firm; more than {visit_cap:g} a month are pointed out as too many",
    ),
    direction="none",
    basis=(own("上限是预设，不是法规，各地做法不一", "the cap is a preset, no rule; practice differs"),),
    reviewed_on=datetime.date(2026, 11, 29),
    query="investment.firm_visits",
    columns=(
        MONTH,
        FIRM,
        integer("visits", "走访次数", "Visits", "times"),
        integer("cap", "每月上限", "Cap a month", "times"),
        flag("is_over_cap", "超过上限", "Over the cap"),
    ),
)
