"""The page of reports due: a strip of periods for each duty, and by unit how many came in time."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from markupsafe import Markup

from data.datasets import DATASETS
from data.text import Text
from data.words import WORDS
from ui import formats
from ui.blocks import Html
from ui.colours import STATUS_COLOURS
from ui.markup import element, joined, legend_mark, link, picture, readable_text_colour, words
from ui.menu import page_href
from ui.page import Page
from ui.page_header import HISTORY, UPDATE
from ui.preferences import t
from ui.result_list import Row
from ui.results import DatedResult

PAGE = Page(
    label=Text("报送", "Reporting"),
    icon=":material/event_available:",
    place=60,
    ledgers=("reporting_duty",),
)
TITLE = Text(
    "本月至当日应报 {due} 期，报了 {came} 期（迟报 {late}），未报 {missing}",
    "{due} reports due this month so far: {came} came ({late} late), {missing} missing",
)
LAST = Text("未报最多的是{unit}（{missing} 期）", "most are missing from {unit} ({missing})")
NOTHING_DUE = Text("本月至当日没有到期的报送", "No report has fallen due this month")
NO_DUTY = Text(
    "到这一天没有起报的报送责任：在“数据更新”里载入台账“报送责任”，系统就按数据批次判断谁已报、谁未报。",
    "No reporting duty has begun by this day: load the ledger “Reporting duties” on “Update data”, and who has "
    "reported is read off the batches.",
)
BY_UNIT = Text("各单位：本月应报、已报、迟报、未报", "By unit: due, reported, late and missing this month")
STRIPS = Text("各台账：一期一格，新的在右", "By ledger: a square each period, the newest on the right")
STRIP_HINT = Text(
    "点一格看它的批次；未报的点开就到“数据更新”。", "A square leads to its batch, a missing one to “Update data”."
)
ALL_PERIODS = Text("全部各期", "All periods")
SAMPLE_DAYS = Text(
    "示例批次没有真正的载入日，按这一期里最新一行的日期算报送日。",
    "Sample batches were loaded by nobody: they count as reported on the day of their newest row in the period.",
)
CELL = Text("{period}：{state}{when}", "{period}: {state}{when}")
CAME_ON = Text("，{day} 报", ", came {day}")
DUE_ON = Text("，限 {day}", ", due {day}")
CAME_LATER = Text("，限 {due}，之后 {day} 报来", ", due {due}, came later, {day}")
AS_IT_HAPPENS = Text("即报，最近一次 {day}", "as it happens, last {day}")
NEVER = Text("即报，还没有报过", "as it happens, never yet")
NOT_ALL_SHOWN = Text("每本台账最多画最近 {count} 期。", "At most the last {count} periods of a ledger are drawn.")
COMMA = Text("，", ", ")
MOST_CELLS = 31  # chosen: a month of daily reports; a row that fits a desk
SIGNS = {"已报": "✓", "迟报": "△", "未报": "✕", "未到期": "·"}
COLOURS = {
    "已报": STATUS_COLOURS["正常"],
    "迟报": STATUS_COLOURS["滞后"],
    "未报": STATUS_COLOURS["严重滞后"],
    "未到期": STATUS_COLOURS["无数据"],
}
UNIT_COLUMNS = ("unit", "due", "in_time", "late", "missing")
PERIOD_COLUMNS = (
    *("dataset", "unit", "person", "frequency", "period_start", "period_end"),
    *("due_on", "reported_on", "batch", "report_state", "came_later_on", "is_outstanding"),
)


def title_parts(units: DatedResult) -> Iterator[Text]:
    """Yield how many reports were due this month and how many came, and of whom most are missing."""
    rows = units.rows
    if rows.empty:
        yield NOTHING_DUE
        return
    due, in_time, late, missing = (int(rows[name].sum()) for name in ("due", "in_time", "late", "missing"))
    yield TITLE.fill(due=due, came=in_time + late, late=late, missing=missing)
    if missing:
        yield LAST.fill(unit=rows["unit"].iloc[0], missing=int(rows["missing"].iloc[0]))


def legend_block() -> Html:
    """Return what the squares of the strips mean."""
    marks = (element("span", legend_mark(SIGNS[state], COLOURS[state]) + " " + words(WORDS[state])) for state in SIGNS)
    hint = element("span", words(STRIP_HINT), class_="fl-screen")
    return Html(element("p", joined((*marks, hint)), class_="fl-legend"))


def strips_block(status: DatedResult) -> Html:
    """Return a row for each duty: its ledger, unit and frequency, and its periods."""
    duties = status.rows.groupby(["dataset", "unit"], sort=False)
    return Html(picture(joined(_duty_markup(rows) for _, rows in duties)))


def _duty_markup(rows: pd.DataFrame) -> Markup:
    duty = rows.iloc[0]
    who = [duty["unit"], *([] if formats.is_missing(duty["person"]) else [duty["person"]]), t(WORDS[duty["frequency"]])]
    head = link(words(DATASETS[duty["dataset"]].label), page_href(HISTORY, ledger=duty["dataset"]))
    said = element("small", words(" · ".join(who)), class_="fl-caption")
    shown = rows.tail(MOST_CELLS).astype(object).to_dict("records")
    body = _event_markup(shown[-1]) if pd.isna(duty["period_start"]) else joined(map(_period_markup, shown))
    return element(
        "section",
        element("p", joined((head, said), " "), class_="fl-beside-words") + element("div", body, class_="fl-squares"),
    )


def _event_markup(row: Row) -> Markup:
    """Return the last report of what is reported as it happens, a link to its batch."""
    if formats.is_missing(row["reported_on"]):
        return element("small", words(NEVER), class_="fl-caption", style="width:auto;box-shadow:none")
    said = words(AS_IT_HAPPENS.fill(day=formats.format_date(row["reported_on"])))
    return link(said, page_href(HISTORY, batch=int(row["batch"])), style="width:auto;padding:0 .4rem")


def _period_markup(row: Row) -> Markup:
    """Return a period as a square, which leads to the batch that reported it, or to where it can be loaded."""
    colour, said = COLOURS[row["report_state"]], t(_cell_text(row))
    href = page_href(UPDATE) if formats.is_missing(row["batch"]) else page_href(HISTORY, batch=int(row["batch"]))
    style = f"background:{colour};color:{readable_text_colour(colour)}"
    tag = "a" if href else "span"
    return element(
        tag,
        words(SIGNS[row["report_state"]]),
        href=href,
        style=style,
        title=said,
        role="" if href else "img",
        aria_label=said,
    )


def _cell_text(row: Row) -> Text:
    days = dict.fromkeys(formats.format_date(row[name]) for name in ("period_start", "period_end"))
    return CELL.fill(period=" – ".join(days), state=WORDS[row["report_state"]], when=_when_text(row))


def _when_text(row: Row) -> Text:
    """Return when a report came, or by when it is due, and whether it came after the day of the page."""
    due, came, later = (formats.format_date(row[name]) for name in ("due_on", "reported_on", "came_later_on"))
    if not formats.is_missing(row["reported_on"]):
        return CAME_ON.fill(day=came)
    return DUE_ON.fill(day=due) if formats.is_missing(row["came_later_on"]) else CAME_LATER.fill(due=due, day=later)
