"""The page of alerts: by rule what has to be known, since when, who acts, and who has taken note of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
from duckdb import DuckDBPyConnection as Connection
from markupsafe import Markup

from data.datasets.shared.alert_acknowledgement import ALERT_RULES
from data.ingest import batch_log
from data.text import NOTHING, Text, untranslated
from data.words import WORDS
from ui import formats, phrases
from ui.blocks import Html
from ui.figure_sheet import figure_link, row_code
from ui.item_links import item_href
from ui.item_words import REPORT, gap_text, item_text
from ui.markup import element, joined, link, list_items, words
from ui.menu import page_href
from ui.page import Page, PageRequest
from ui.page_header import same_page_href
from ui.result_list import Row
from ui.results import DatedResult

PAGE = Page(
    label=Text("提醒", "Alerts"),
    icon=":material/notifications:",
    place=50,
    ledgers=("alert_acknowledgement",),
)
TITLE = Text("{count} 条提醒，{waiting} 条还没有人确认", "{count} alerts, {waiting} not acknowledged yet")
NO_ALERT = Text("没有需要提醒的", "Nothing has to be brought to notice")
HEADING = Text("{rule}（{count}）", "{rule} ({count})")
DAYS = Text("{days} 天", "{days} days")
SINCE = Text("{day} 起", "since {day}")
PERIODS = Text("连着 {count} 期没报", "{count} periods in a row missing")
HOUSEHOLDS = Text("{count} 户", "{count} households")
ACKNOWLEDGED = Text("{who} {at} 已确认", "acknowledged by {who}, {at}")
KNOWN = Text("{at} 已确认", "acknowledged {at}")  # by whom is for clerks
ALL_ALERTS = Text("全部提醒", "All alerts")
RULES_ARE_DATA = Text(
    "提醒的限值、生效日期和开关在 data/standards/alert_rule.csv，一条规则一行；没有行的或停用的不提醒。",
    "Limits, days of effect and switches of the alerts stand in data/standards/alert_rule.csv, a row a rule; a rule "
    "without one or switched off raises none.",
)
NOT_TOLD = Text("台账没有写反弹的日期", "the ledger does not say since when")
JUDGED_ON = Text("按 {day} 的数判", "by the figures of {day}")
SECTION, UNREPORTED, RELAPSED = "监测断面", "数据未报", "整治反弹"
SHOWN = 5  # chosen: rows of one rule that keep the page below three screens
TABLE_COLUMNS = (
    *("rule", "stream", "kind", "item", "scope_name", "owner", "stands_since", "judged_on", "days", "gap", "counted"),
    *("acknowledged_by", "acknowledged_at"),
)


def title_sentence(alerts: pd.DataFrame) -> Text:
    """Count the alerts, and those that nobody has acknowledged."""
    if alerts.empty:
        return NO_ALERT
    return TITLE.fill(count=len(alerts), waiting=int(alerts["acknowledged_at"].isna().sum()))


def rule_blocks(request: PageRequest, alerts: DatedResult, target_pages: Mapping[str, str]) -> Html:
    """Return the alerts rule by rule, those that nobody knows of first, each a link to the thing itself."""
    parts = (
        _rule_markup(request, alerts, alerts.rows[alerts.rows["rule"] == rule.value], target_pages)
        for rule in ALERT_RULES
    )
    return Html(element("div", joined(parts), class_="fl-two"))


def _rule_markup(
    request: PageRequest, alerts: DatedResult, rows: pd.DataFrame, target_pages: Mapping[str, str]
) -> Markup:
    if rows.empty:
        return Markup("")
    order = rows.assign(known=rows["acknowledged_at"].notna()).sort_values("known", kind="stable")
    shown = order.head(SHOWN).astype(object).to_dict("records")
    heading = element("h2", words(HEADING.fill(rule=WORDS[shown[0]["rule"]], count=len(rows))))
    more = link(words(phrases.SHOW_ALL.fill(count=len(rows))), same_page_href(request, open="all"))
    listed = list_items(_alert_markup(alerts, row, target_pages) for row in shown)
    return element("section", heading + listed + (element("p", more) if len(rows) > SHOWN else Markup("")))


def _alert_markup(alerts: DatedResult, row: Row, target_pages: Mapping[str, str]) -> Markup:
    """Return an alert as a link to the thing itself, and beside it its figure to what is behind it."""
    way = link(words(item_text(row)), alert_href(row, target_pages))
    figure = figure_link(words(figure_text(row)), row_code(alerts, row))
    below = element("small", joined((words(note) for note in _notes(row)), " · "), class_="fl-caption")
    return element("div", element("span", way + element("b", figure), class_="fl-row") + below, class_="fl-item")


def alert_href(row: Row, target_pages: Mapping[str, str]) -> str:
    """Return the address of what an alert is about; of a report the page of reports."""
    if row["kind"] == REPORT:
        return page_href("overview/reporting.py")
    if row["kind"] == SECTION:
        return page_href("water/quality.py", section=row["item_id"])
    return item_href(row, target_pages)


def figure_text(row: Row) -> Text:
    """Return the gap of what is behind, of all else the days."""
    if formats.is_missing(row["gap"]):
        return NOTHING if formats.is_missing(row["days"]) else DAYS.fill(days=int(row["days"]))
    return gap_text(row)


def _notes(row: Row) -> Iterator[Text]:
    """Yield the kind, who acts, since when, how many, and who has taken note."""
    yield WORDS[row["kind"]]
    if not formats.is_missing(row["owner"]):
        yield untranslated(str(row["owner"]))
    if not formats.is_missing(row["stands_since"]):
        yield SINCE.fill(day=formats.format_date(row["stands_since"]))
    elif not formats.is_missing(row["judged_on"]):
        yield JUDGED_ON.fill(day=formats.format_date(row["judged_on"]))
    elif row["rule"] == RELAPSED:
        yield NOT_TOLD
    if not formats.is_missing(row["counted"]):
        yield (PERIODS if row["rule"] == UNREPORTED else HOUSEHOLDS).fill(count=int(row["counted"]))
    if not formats.is_missing(row["acknowledged_at"]):
        who = "" if formats.is_missing(row["acknowledged_by"]) else row["acknowledged_by"]
        yield (ACKNOWLEDGED if who else KNOWN).fill(who=who, at=f"{row['acknowledged_at']:%Y-%m-%d %H:%M}")


def alert_lines(con: Connection, alerts: DatedResult) -> dict[str, str]:
    """Return, in Chinese, a line for each alert that nobody has acknowledged, by what tells it from others.

    Lines leave the house, so each says whether 示例 rows are among what it is worked out of.
    """
    marks = [phrases.SAMPLE] if batch_log.batch_range(con, alerts.ledgers)[2] else []
    waiting = alerts.rows[alerts.rows["acknowledged_at"].isna()].astype(object).to_dict("records")
    return {f"{row['rule']} {row['kind']} {row['item_id']}": _alert_line(row, marks) for row in waiting}


def _alert_line(row: Row, marks: Sequence[Text]) -> str:
    parts = [*marks, WORDS[row["rule"]], item_text(row), figure_text(row), *_notes(row)]
    return " · ".join(part.zh for part in parts if part.zh)
