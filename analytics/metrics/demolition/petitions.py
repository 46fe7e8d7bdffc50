"""Metrics of petitions: class, clocks and state; neither who petitioned nor what was said."""

import datetime

from analytics.metrics.basis import Basis, own
from analytics.metrics.columns import DAYS_OVERDUE, IS_OVERDUE, IS_TOTAL, PROJECT, VILLAGE, of_ledger
from analytics.metrics.model import LazyTransform, Metric
from analytics.small_cells import SmallCells
from data.datasets.model import choice, date, flag, integer, number
from data.derivations import difference, quotient
from data.text import Text
from data.words import PETITION_STATES

ORDINANCE = Basis(
    Text("《信访工作条例》（2022-05-01 起施行）", "Ordinance on petitions (in force since 2022-05-01)"),
    Text(
        "第22、23条：15 日内书面告知；第34条：60 日内办结，经批准可延长，最多 30 日；本系统都从收到之日起算，"
        "条例的 60 日从受理之日起算，本系统偏严",
        "art. 22, 23: written notice within 15 days; art. 34: closed within 60 days, extended by 30 at most; all are "
        "counted here from the day received, where the ordinance counts the 60 from acceptance, so that this is "
        "stricter",
    ),
)
FORMER_ORDINANCE = Basis(
    Text("《信访条例》（2005-05-01 起施行）", "Former ordinance on petitions (in force since 2005-05-01)"),
    Text(
        "2022-05-01 以前收到的按此：也是 15 日、60 日、最多延长 30 日（条文未核对）",
        "for what was received before 2022-05-01: 15 days, 60 and 30 at most too (the text was not checked)",
    ),
)
NO_CONTENT = own(
    "不登记、不显示信访人和内容，只显示类别、时限、状态", "who petitioned and what was said is neither kept nor shown"
)
BASIS = (ORDINANCE, FORMER_ORDINANCE, NO_CONTENT)
CLOCK_WORDS = Text(
    "告知期限 = 收到之日 + {petition_notice_days:g} 天；办结期限 = 收到之日 + {petition_finish_days:g} 天 + "
    "批准延期的天数"
    "（最多 {petition_extension_days:g} 天）；各件按收到那天施行的规定判；到期当天不算逾期",
    "Notice due = day received + {petition_notice_days:g} days; closing due = day received + {petition_finish_days:g} "
    "days + "
    "the days it was extended by ({petition_extension_days:g} at most); each is judged by the rule of the day on "
    "which it "
    "was received; on its due day nothing is overdue",
)

PETITION_LIST = Metric(
    name="petition_list",
    label=Text("信访事项清单", "Petitions one by one"),
    unit="",
    formula=Text(
        f"截至当日收到的信访事项，未办结的在前、期限最早的最前；{CLOCK_WORDS.zh}；只有类别、时限和状态",
        f"Petitions received by the day, open ones first, the earliest due in front. {CLOCK_WORDS.en}; class, clocks "
        "and "
        "state only",
    ),
    direction="none",
    basis=BASIS,
    reviewed_on=datetime.date(2026, 11, 29),
    is_by_household=True,
    query="demolition.petition_day",
    columns=(
        *of_ledger("petition", "petition_id", "petition_class", "channel"),
        PROJECT,
        VILLAGE,
        choice("petition_state", "办理状态", "How it stands", PETITION_STATES),
        *of_ledger("petition", "received_on"),
        date("notice_due_on", "告知期限", "Notice due"),
        *of_ledger("petition", "notified_on"),
        date("due_on", "办结期限", "Closing due"),
        integer("days_open", "已办天数", "Days taken", "day"),
        integer("days_allowed", "可用天数", "Days allowed", "day"),
        DAYS_OVERDUE,
        *of_ledger("petition", "closed_on", "extended_days", "is_repeat", "risk"),
        flag("is_closed", "已办结", "Closed"),
        IS_OVERDUE,
    ),
    transform=LazyTransform("analytics.demolition.petition_clocks", "petition_list"),
)

PETITIONS = Metric(
    name="petitions",
    label=Text("信访办理", "Petitions"),
    unit="percent",
    formula=Text(
        f"截至当日收到的信访事项，合计和各类：{CLOCK_WORDS.zh}；按期告知率 = 期限内告知 ÷ 告知期限已过；"
        "按期办结率 = 期限内办结 ÷ 办结期限已过（没办结的算没按期）；重复访率 = 重复访 ÷ 收到；"
        "分母不足 {step_cases:g} 件：样本不足，不给比率",
        f"Petitions received by the day, in all and by class. {CLOCK_WORDS.en}; notified in time = notified by the "
        "due day "
        "÷ those whose due day for the notice is past; closed in time = closed by the due day ÷ those whose due day "
        "is past "
        "(open ones count as late); repeated = repeats ÷ received; below {step_cases:g} in the denominator: too few",
    ),
    direction="higher",
    basis=BASIS,
    reviewed_on=datetime.date(2026, 11, 29),
    small_cells=SmallCells(
        whole=("is_total",),
        group="petition_class",
        total="received",
        sums=(
            "notice_due",
            "notified_in_time",
            "due",
            "closed_in_time",
            "closed",
            "open",
            "overdue",
            "repeats",
            "high_risk",
            "high_risk_open",
        ),
        shares={
            "notice_rate": ("notified_in_time", "notice_due"),
            "rate": ("closed_in_time", "due"),
            "repeat_share": ("repeats", "received"),
        },
    ),
    query="demolition.petition_day",
    columns=(
        *of_ledger("petition", "petition_class"),
        IS_TOTAL,
        integer("received", "收到", "Received", "piece"),
        integer("notice_due", "告知期限已过", "Notice due", "piece"),
        integer("notified_in_time", "按期告知", "Notified in time", "piece"),
        number("notice_rate", "按期告知率", "Share notified in time", "percent"),
        integer("due", "办结期限已过", "Past the due day", "piece"),
        integer("closed_in_time", "按期办结", "Closed in time", "piece"),
        number("rate", "按期办结率", "Share closed in time", "percent"),
        integer("closed", "已办结", "Closed", "piece"),
        integer("open", "未办结", "Open", "piece"),
        integer("overdue", "逾期未办结", "Open and overdue", "piece"),
        integer("repeats", "重复访", "Repeated", "piece"),
        number("repeat_share", "重复访率", "Share repeated", "percent"),
        integer("high_risk", "高风险", "High risk", "piece"),
        integer("high_risk_open", "高风险未办结", "High risk and open", "piece"),
    ),
    derived=(
        quotient("notice_rate", "notified_in_time", "notice_due"),
        quotient("rate", "closed_in_time", "due"),
        difference("open", "received", "closed"),
        quotient("repeat_share", "repeats", "received"),
    ),
    transform=LazyTransform("analytics.demolition.petition_clocks", "petition_summary"),
)
