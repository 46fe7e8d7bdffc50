"""The cockpit: every target of the three lines of work with its light, what is late, how new each ledger is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import pandas as pd
from markupsafe import Markup

from data.datasets import DATASETS
from data.datasets.targets import TARGETS
from data.text import Text, join_texts, untranslated
from data.words import STREAMS, WORDS
from ui import formats, phrases
from ui.blocks import Html
from ui.cards import is_stale
from ui.colours import STATUS_COLOURS, STREAM_COLOURS
from ui.item_links import item_href
from ui.markup import NOTHING, bar_end, bullet_bar, element, joined, link, list_items, status_mark, words
from ui.menu import page_href
from ui.page import Page, PageRequest
from ui.page_header import HISTORY, same_page_href
from ui.result_list import Row

PAGE = Page(
    label=Text("领导驾驶舱", "Cockpit"),
    icon=":material/dashboard:",
    place=10,
    ledgers=("village", "target"),
)
FRESHNESS = Text("各台账数据截至", "How new each ledger is")
LEDGER = Text("台账", "Ledger")
ROWS = Text("行数", "Rows")
BATCH = Text("批次", "Batch")
ACTUAL_OF_TARGET = Text("{actual} / 目标 {target}", "{actual} of {target}")
LEVEL = Text("一直要保持的水平", "to be kept on every day")
DAYS_LEFT = Text("还剩 {days} 天", "{days} days left")
DAYS_OVER = Text("已过 {days} 天", "{days} days over")
JUDGED = Text("{day} 上报", "reported {day}")
TARGET_OF_PART = Text("{part}{target}", "{target}, {part}")
NO_TARGET = Text("没有在期内的目标任务。", "No target runs on this day.")
BEHIND = Text("落后事项 {count} 项", "Behind plan: {count}")
TITLE = Text("{behind} 项落后于序时，最落后的是{worst}", "{behind} items behind plan, the furthest is {worst}")
ON_PLAN = Text("各项工作都达到序时进度", "Everything is on plan")
NO_LATE = Text(
    "已知的事项都没有落后，{unknown} 项没有数据或待上报", "Nothing known is behind; {unknown} without data or report"
)
NO_PLAN = Text(
    "没有可与序时相比的目标任务，也没有落后事项",
    "No target can be held against its plan; nothing is known to be behind",
)
BEHIND_COLUMNS = "item kind light rate planned_rate gap done total quantity_unit judged_on ends_on days_left owner"
DOT = untranslated(" · ")
MAX_BEHIND = 12  # chosen: one screen; all others are one click away
WRITTEN_IN = {"percent": formats.format_percent, "wan": formats.format_money, "m2": formats.format_area}


def title_sentence(late: pd.DataFrame, is_all_on_plan: bool, unknown: int, known: int) -> Text:
    """Name what is furthest behind of all that is; without anything behind say so only of what is known."""
    if late.empty and is_all_on_plan:
        return ON_PLAN
    if late.empty:
        return NO_LATE.fill(unknown=unknown) if known else NO_PLAN
    worst = late.sort_values("gap", kind="stable").iloc[0]  # what is past its deadline stands first
    said = Text("{item}（{gap}）", "{item} ({gap})").fill(item=_item_text(worst), gap=_gap_text(worst))
    return TITLE.fill(behind=len(late), worst=said)


def _item_text(row: Row | pd.Series) -> Text:
    """Return what an item is called: a target by its label, a work or a project by its name."""
    name = str(row["item"])
    if row["kind"] != "目标":
        return untranslated(name)
    return target_name(WORDS.get(name, untranslated(name)), row)


def target_name(label: Text, row: Row | pd.Series) -> Text:
    """Return what a target is called: by its metric, that of a part with the name of the part before it."""
    if formats.is_missing(row["scope_name"]):
        return label
    return TARGET_OF_PART.fill(part=row["scope_name"], target=label)


def _gap_text(row: Row | pd.Series) -> Text:
    """Return the gap of an item in words: to its plan, of a target to the time over or to the level to keep."""
    if row["is_level"]:
        return formats.format_gap(row["gap"], formats.GAP_TO_LEVEL)
    return formats.format_gap(row["gap"], formats.GAP_TO_TIME if row["kind"] == "目标" else formats.GAP_TO_PLAN)


def overview_block(request: PageRequest, targets: pd.DataFrame, late: pd.DataFrame, pages: Mapping[str, str]) -> Html:
    """Return the targets of each line of work, and beside them all that is late."""
    streams = joined(_stream_markup(stream, targets, pages) for stream in STREAM_COLOURS)
    heading = element("h2", words(BEHIND.fill(count=len(late))))
    columns = element("section", streams) + element("section", heading + _late_list(request, late, pages))
    return Html(element("div", columns, class_="fl-halves"))


def _stream_markup(stream: str, targets: pd.DataFrame, pages: Mapping[str, str]) -> Markup:
    """Return one line of work: its name, and a row for each of its targets."""
    own = targets[targets["stream"] == stream]
    heading = element(
        "h2", words(STREAMS[stream]), style=f"border-left:4px solid {STREAM_COLOURS[stream]};padding-left:.5rem"
    )
    if own.empty:
        return heading + element("p", words(NO_TARGET), class_="fl-caption")
    return heading + list_items(_target_markup(row, pages) for row in own.astype(object).to_dict("records"))


def _target_markup(row: Row, pages: Mapping[str, str]) -> Markup:
    """Return a target in a row: its light and name, what is reached, a bar with the time elapsed, the gap."""
    name = joined((status_mark(row["light"]), words(target_name(WORDS[row["metric"]], row))), " ")
    line = element("span", name) + element("b", words(_actual_of_target(row)))
    bar = bullet_bar(
        row["rate"], row["elapsed_rate"], STATUS_COLOURS[row["light"]], _actual_of_target(row), bar_end([row["rate"]])
    )
    below = element("small", words(join_texts(_target_notes(row), DOT)), class_="fl-caption")
    return link(element("span", line, class_="fl-row") + bar + below, pages.get(row["metric"], ""), class_="fl-item")


def _actual_of_target(row: Row) -> Text:
    """Return what is reached of a target, never rounded up to it."""
    written = WRITTEN_IN[TARGETS[row["metric"]].unit]
    return ACTUAL_OF_TARGET.fill(actual=written(row["actual"], row["target"]), target=written(row["target"]))


def _target_notes(row: Row) -> Iterator[Text]:
    """Yield the two counts behind a percentage, the gap, the days left and the day that it is of."""
    unit = TARGETS[row["metric"]].counted_in
    if unit is not None:
        counts = f"{formats.format_count(row['done'], row['total'])} / {formats.format_count(row['total'])} "
        yield join_texts((untranslated(counts), unit))
    yield LEVEL if row["is_level"] else formats.format_gap(row["gap"], formats.GAP_TO_TIME)
    if not row["is_level"]:
        yield _days_left_text(row)
    if not formats.is_missing(row["newest"]):
        yield untranslated(formats.format_date(row["newest"]))


def _days_left_text(row: Row) -> Text:
    """Say how many days are left, or how many have passed since the end."""
    days = int(row["days_left"])
    return DAYS_LEFT.fill(days=days) if days >= 0 else DAYS_OVER.fill(days=-days)


def _late_list(request: PageRequest, late: pd.DataFrame, pages: Mapping[str, str]) -> Markup:
    """Return what is late, worst first, each a link to the thing itself, with who leads it and the days left."""
    rows = late.astype(object).to_dict("records")
    listed = list_items(_late_markup(row, pages) for row in rows[:MAX_BEHIND])
    if len(rows) <= MAX_BEHIND:
        return listed
    more = link(words(phrases.SHOW_ALL.fill(count=len(rows))), same_page_href(request, open="behind"))
    return listed + element("p", more)


def _late_markup(row: Row, pages: Mapping[str, str]) -> Markup:
    name = joined((status_mark(row["light"]), words(_item_text(row))), " ")
    line = element("span", name) + element("b", words(_gap_text(row)))
    below = element("small", words(join_texts(_late_notes(row), DOT)), class_="fl-caption")
    return link(element("span", line, class_="fl-row") + below, item_href(row, pages), class_="fl-item")


def _late_notes(row: Row) -> Iterator[Text]:
    """Yield who leads it, both counts, the day of the report that it is judged on, and the days left."""
    if not formats.is_missing(row["owner"]):
        yield untranslated(str(row["owner"]))
    if not formats.is_missing(row["rate"]) and row["kind"] != "目标":
        yield formats.format_share(row["done"], row["total"], row["rate"], WORDS[row["quantity_unit"]])
    if row["kind"] == "工程" and not formats.is_missing(row["judged_on"]):
        yield JUDGED.fill(day=formats.format_date(row["judged_on"]))
    if not formats.is_missing(row["days_left"]):
        yield _days_left_text(row)


def freshness_block(state: pd.DataFrame, as_of: date | None) -> Html:
    """List the newest date of each ledger, a link to its batches; stale is one a month older than the figures."""
    headings = joined(element("th", words(h), scope="col") for h in (LEDGER, phrases.AS_OF, ROWS, BATCH))
    rows = joined(_freshness_row(row, as_of) for row in state.astype(object).to_dict("records"))
    table = element("table", element("thead", element("tr", headings)) + element("tbody", rows), class_="fl-table")
    return Html(element("div", table, class_="fl-scroll"))


def _freshness_row(row: Row, as_of: date | None) -> Markup:
    name = link(words(DATASETS[row["dataset"]].label), page_href(HISTORY, ledger=row["dataset"]))
    stale = element("small", words(phrases.STALE), class_="fl-alarm") if is_stale(row["newest"], as_of) else NOTHING
    day = joined((words(formats.format_date(row["newest"])), stale), " ")
    batch = formats.MISSING if formats.is_missing(row["batch"]) else str(int(row["batch"]))
    opened = link(batch, page_href(HISTORY, batch=batch)) if batch != formats.MISSING else words(batch)
    cells = (name, day, words(f"{int(row['rows']):,}"), opened)
    return element("tr", joined(element("td", cell) for cell in cells))
