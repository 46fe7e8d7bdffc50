"""Metrics of 治, the issues: found, settled, late, sent back, and how long it takes."""

import datetime

from analytics.metrics.basis import Basis, own
from analytics.metrics.columns import (
    CLOSED,
    DAYS_OPEN,
    DAYS_OVERDUE,
    FOUND,
    FOUND_ON,
    IN_WORDS,
    IS_CLOSED,
    IS_OVERDUE,
    IS_TOTAL,
    MEDIAN_DAYS,
    MONTH,
    OPEN,
    OVERDUE,
    RATE,
    REACH,
    RIVER,
    of_ledger,
)
from analytics.metrics.model import LazyTransform, Listing, Metric
from data.datasets.model import date, flag, integer, number
from data.datasets.targets import TARGETS
from data.derivations import difference, quotient
from data.text import Text

ISSUE_CLOSURE = Metric(
    name="issue_closure",
    label=TARGETS["issue_closure"].label,
    unit="percent",
    formula=Text(
        "当月发现、截至当日已销号 ÷ 当月发现（同一批问题，不会超过 100 %）；"
        "卡片和目标的问题销号率取今年以来发现的问题，各月相加；办到哪一步看截至当日最后一个环节（同一时间的按环节次序），"
        "销号后重办的算未销号；按时率 = 期限内销号 ÷ 截至当日期限已过的，逾期未销号的算没按时；"
        "退回、重办按件计，一件多次算一件",
        "Found in the month and settled by the day ÷ found in the month (one cohort, never above 100 %); the rate on "
        "cards and of the target is that of the issues found this year, summed over its months; the last step by the "
        "day tells (of one time, the later in the order of steps), redone after settling is open; on time = settled by "
        "the due day ÷ those whose due day has passed, open ones counting as late; sent back and redone are issues, "
        "not times",
    ),
    direction="higher",
    basis=(
        own("同一批问题为分母，免得销号率超过 100 %", "one cohort is the denominator, so that no rate passes 100 %"),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.issue_closure",
    columns=(
        MONTH,
        RIVER,
        IS_TOTAL,
        flag("is_this_year", "今年发现", "Found this year"),
        FOUND,
        CLOSED,
        RATE,
        OPEN,
        OVERDUE,
        integer("due", "已到期", "Fallen due", "piece"),
        integer("on_time", "按时销号", "On time", "piece"),
        number("on_time_rate", "按时率", "On time", "percent"),
        integer("returned", "退回过", "Sent back", "piece"),
        integer("redone", "重办过", "Redone", "piece"),
    ),
    derived=(
        quotient("rate", "closed", "found"),
        difference("open", "found", "closed"),
        quotient("on_time_rate", "on_time", "due"),
    ),
)

ISSUE_TIME = Metric(
    name="issue_time",
    label=Text("问题办理用时", "Days until an issue is settled"),
    unit="day",
    formula=Text(
        "近 {issue_months:g} 个月发现的问题，从发现到最后一次销号的天数，发现当日销号而没写时刻的按 0 天；"
        "未销号的按至今未销号计入（Kaplan–Meier），给出半数和九成销号所需天数；"
        "已销号不足 {ranked_cases:g} 件：样本不足",
        "Days from found to settled of the issues found in the last {issue_months:g} months, 0 where it was settled on "
        "the same day and no time is written; open ones count as not yet settled (Kaplan–Meier); the days in which "
        "half and nine tenths are settled; fewer than {ranked_cases:g} settled: too few",
    ),
    direction="lower",
    basis=(
        Basis(
            Text("Kaplan & Meier 1958", "Kaplan & Meier 1958"),
            Text("未办结的按至今未办结计入", "what is open counts as not yet done"),
        ),
        own("件数少的不排名", "few cases are not ranked"),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.issue_spans",
    columns=(
        RIVER,
        IS_TOTAL,
        FOUND,
        CLOSED,
        OPEN,
        MEDIAN_DAYS,
        number("most_days", "九成所需天数", "Nine tenths within", "day"),
        *IN_WORDS,
    ),
    transform=LazyTransform("analytics.water.issue_time", "issue_time"),
)

OVERDUE_ISSUES = Metric(
    name="overdue_issues",
    label=Text("未销号问题", "Open issues"),
    unit="",
    formula=Text(
        "截至当日没有销号的问题，逾期最久的在前；到期当天不算逾期",
        "Issues not settled by the day, the longest overdue first; on its due day an issue is not overdue",
    ),
    direction="none",
    basis=(own("限期以台账登记为准", "due days are those of the ledger"),),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.overdue_issues",
    columns=(
        *of_ledger("issue", "issue_id"),
        RIVER,
        *of_ledger("issue", "category", "problem", "urgency"),
        *of_ledger("issue_event", "step"),
        *of_ledger("issue", "handler"),
        FOUND_ON,
        *of_ledger("issue", "due_on"),
        DAYS_OVERDUE,
        IS_OVERDUE,
        DAYS_OPEN,
        integer("times_returned", "退回次数", "Times sent back", "times"),
        integer("times_redone", "重办次数", "Times redone", "times"),
    ),
)

ISSUE_FACTS = Listing(
    name="issue_facts",
    label=Text("问题", "Issue"),
    query="water.issue_facts",
    columns=(
        *of_ledger("issue", "issue_id"),
        RIVER,
        *of_ledger("issue", "category", "problem"),
        REACH,
        *of_ledger("issue", "location", "description"),
        FOUND_ON,
        *of_ledger("issue", "found_through", "urgency", "handler"),
        *of_ledger("chief", "post"),
        *of_ledger("issue", "due_on"),
        *of_ledger("issue_event", "step"),
        date("reached_on", "到这一步的日期", "In this step since"),
        date("closed_on", "销号日期", "Settled on"),
        IS_CLOSED,
        IS_OVERDUE,
        DAYS_OVERDUE,
        DAYS_OPEN,
        integer("days_in_step", "停在这一步", "In this step for", "day"),
    ),
    explained_by=OVERDUE_ISSUES,
)

ISSUE_STEPS = Listing(
    name="issue_steps",
    label=Text("问题流转", "Steps of an issue"),
    query="water.issue_steps",
    columns=(
        *of_ledger("issue_event", "happened_at", "step", "actor"),
        integer("days_since", "距上一步", "Since the step before", "day"),
        *of_ledger("issue_event", "photo", "note"),
    ),
)
