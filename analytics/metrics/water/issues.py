"""FIGURES of 治, the issues: found, settled, late, sent back, and how long it takes."""

from analytics.metrics.model import LazyTransform, Metric
from data.text import Text

LEDGERS = ("issue", "issue_event")

METRICS = (
    Metric(
        name="issue_closure",
        label=Text("问题销号率（同批）", "Issues settled of those found"),
        unit="percent",
        formula=Text(
            "当月发现、截至当日已销号 ÷ 当月发现（同一批问题，不会超过 100 %）；办到哪一步看截至当日最后一个环节，"
            "销号后重办的算未销号；按时率 = 期限内销号 ÷ 截至当日已过期限，逾期未销号的算没按时；"
            "退回、重办按件计，一件多次算一件",
            "Found in the month and settled by the day ÷ found in the month (one cohort, never above 100 %); the last "
            "step by the day tells, redone after settling is open; on time = settled by the due day ÷ those whose due "
            "day has passed, open ones counting as late; sent back and redone are issues, not times",
        ),
        direction="higher",
        query="water.issue_closure",
        sources=LEDGERS,
    ),
    Metric(
        name="issue_time",
        label=Text("问题办理用时", "Days until an issue is settled"),
        unit="day",
        formula=Text(
            "近 {issue_months:g} 个月发现的问题，从发现到最后一次销号的天数；未销号的按至今未销号计入（Kaplan–Meier），"
            "给出半数和九成销号所需天数；已销号不足 {ranked_cases:g} 件：样本不足",
            "Days from found to settled of the issues found in the last {issue_months:g} months; open ones count as "
            "not yet settled (Kaplan–Meier); the days in which half and nine tenths are settled; fewer than "
            "{ranked_cases:g} settled: too few",
        ),
        direction="lower",
        query="water.issue_spans",
        sources=LEDGERS,
        transform=LazyTransform("analytics.water.kaplan_meier", "issue_time"),
    ),
    Metric(
        name="overdue_issues",
        label=Text("未销号问题", "Open issues"),
        unit="",
        formula=Text(
            "截至当日没有销号的问题，逾期最久的在前；到期当天不算逾期",
            "Issues not settled by the day, the longest overdue first; on its due day an issue is not overdue",
        ),
        direction="none",
        query="water.overdue_issues",
        sources=LEDGERS,
    ),
)
