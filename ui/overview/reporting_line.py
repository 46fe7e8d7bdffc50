"""Who has reported what was due this month, in a line of the cockpit."""

from __future__ import annotations

from datetime import date

import pandas as pd
from markupsafe import Markup

from data.datasets import DATASETS
from data.text import Text, join_list, join_texts
from ui import formats
from ui.markup import element, link, words
from ui.menu import page_href
from ui.overview import reporting
from ui.result_list import Row, table_records
from ui.results import DatedResult

REPORTS = Text("报送", "Reports")
NOT_CAME = Text("未报：{listed}", "Not reported: {listed}")
WHOSE = Text("{ledger}（{who}，限 {day}）", "{ledger} ({who}, due {day})")
NO_DUTY = Text("没有登记报送责任，不知道谁该报", "No reporting duty is registered, so nobody is known to owe a report")
SEMICOLON = Text("；", "; ")
MISSING = "未报"


def reporting_markup(status: DatedResult, units: DatedResult, day: date) -> Markup:
    """Return how many reports were due this month and came, and who has not reported; a link to all of them."""
    said = [join_texts(list(reporting.title_parts(units)), reporting.COMMA)] if len(status.rows) else [NO_DUTY]
    missing = table_records(missing_this_month(status.rows, day))
    said += [NOT_CAME.fill(listed=join_list(map(_whose, missing)))] if missing else []
    lines = element("p", words(join_texts(said, SEMICOLON)))
    return link(element("h2", words(REPORTS)) + lines, page_href("overview/reporting.py"), class_="fl-item")


def missing_this_month(reports: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the reports that were due this month by a day and have not come."""
    due_on = pd.to_datetime(reports["due_on"])
    is_due = due_on.between(pd.Timestamp(day.replace(day=1)), pd.Timestamp(day))
    return reports[is_due & (reports["report_state"] == MISSING)]


def _whose(row: Row) -> Text:
    who = row["unit"] if formats.is_missing(row["person"]) else row["person"]
    return WHOSE.fill(ledger=DATASETS[row["dataset"]].label, who=who, day=formats.format_date(row["due_on"]))
