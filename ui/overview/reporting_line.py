"""Who has reported what was due this month, in a line of the cockpit."""

from __future__ import annotations

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
NOT_CAME = Text("至今未报：{listed}", "Not reported yet: {listed}")
FIRST_FEW = Text("{listed}等 {count} 本", "{listed} and others, {count} ledgers in all")
WHOSE = Text("{ledger}（{who}，限 {day}）", "{ledger} ({who}, due {day})")
WHOSE_PERIODS = Text(
    "{ledger}（{who}，限 {day} 起 {count} 期）", "{ledger} ({who}, {count} periods, the first due {day})"
)
NAMED = 3  # chosen: duties named in the line, which leaves the cockpit in one screen; the page of reports names all
NO_DUTY = Text("到这一天没有起报的报送责任", "No reporting duty has begun by this day")
SEMICOLON = Text("；", "; ")


def reporting_markup(status: DatedResult, units: DatedResult) -> Markup:
    """Return how many reports were due this month and came, and who has not reported yet; a link to all of them."""
    said = [join_texts(list(reporting.title_parts(units)), reporting.COMMA)] if len(status.rows) else [NO_DUTY]
    missing = outstanding_duties(status.rows)
    said += [NOT_CAME.fill(listed=_first_named(missing))] if len(missing) else []
    lines = element("p", words(join_texts(said, SEMICOLON)))
    return link(element("h2", words(REPORTS)) + lines, page_href("overview/reporting.py"), class_="fl-item")


def outstanding_duties(reports: pd.DataFrame) -> pd.DataFrame:
    """Return the duties whose last periods have not been reported, the longest first: how many, the first due when."""
    missing = reports[reports["is_outstanding"].astype(bool)]
    duties = missing.groupby(["dataset", "unit", "person"], dropna=False, as_index=False)
    found = duties.agg(due_on=("due_on", "min"), periods=("due_on", "size"))
    return found.sort_values(["due_on", "dataset", "unit"], ignore_index=True)


def _first_named(missing: pd.DataFrame) -> Text:
    """Name the first few duties, and say how many there are where these are not all."""
    listed = join_list(map(_whose, table_records(missing.head(NAMED))))
    return listed if len(missing) <= NAMED else FIRST_FEW.fill(listed=listed, count=len(missing))


def _whose(row: Row) -> Text:
    who = row["unit"] if formats.is_missing(row["person"]) else row["person"]
    said = WHOSE if row["periods"] == 1 else WHOSE_PERIODS
    day = formats.format_date(row["due_on"])
    return said.fill(ledger=DATASETS[row["dataset"]].label, who=who, day=day, count=row["periods"])
