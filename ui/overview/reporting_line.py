"""Who has reported what was due, in a line of the cockpit."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from data.datasets import DATASETS
from data.text import Text, join_list
from ui import formats
from ui.markup import element, words
from ui.result_list import Row

REPORTED, LATE, MISSING = "已报", "迟报", "未报"
REPORTS = Text("报送", "Reports")
DUE = Text("最近一期应报 {due} 本，已报 {came} 本", "{came} of {due} due last have come")
LATE_ONES = Text("其中迟报 {late} 本", "{late} of them late")
NOT_CAME = Text("未报：{listed}", "Not reported: {listed}")
WHOSE = Text("{ledger}（{who}，{day} 到期）", "{ledger} ({who}, due {day})")
NO_DUTY = Text(
    "没有登记报送责任，不知道谁该报。", "No reporting duty is registered, so nobody is known to owe a report."
)


def newest_due(reports: pd.DataFrame) -> pd.DataFrame:
    """Return of each duty the newest period whose report was due by the day or has come."""
    due = reports[reports["state"].isin((REPORTED, LATE, MISSING)) & reports["due_on"].notna()]
    return due.sort_values("due_on", kind="stable").drop_duplicates(["dataset", "unit"], keep="last")


def reporting_markup(reports: pd.DataFrame) -> Markup:
    """Return how many of the ledgers due last were reported, and who has not reported."""
    heading = element("h2", words(REPORTS))
    due = newest_due(reports)
    if due.empty:
        return heading + element("p", words(NO_DUTY), class_="fl-caption")
    states = due["state"].value_counts()
    late, missing = int(states.get(LATE, 0)), due[due["state"] == MISSING]
    lines = [DUE.fill(due=len(due), came=len(due) - len(missing))]
    lines += [LATE_ONES.fill(late=late)] if late else []
    lines += [NOT_CAME.fill(listed=join_list(map(_whose, missing.to_dict("records"))))] if len(missing) else []
    return heading + element("p", words(join_list(lines)))


def _whose(row: Row) -> Text:
    return WHOSE.fill(
        ledger=DATASETS[row["dataset"]].label, who=row["person"] or row["unit"], day=formats.format_date(row["due_on"])
    )
