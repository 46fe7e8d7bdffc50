"""The numbers and states of any metric that have changed since a day, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import pandas as pd
from markupsafe import Markup

from data.text import Text, join_list, untranslated
from data.words import WORDS
from ui import formats, phrases, tables
from ui.blocks import Block, Html
from ui.figure_sheet import thing_href
from ui.markup import choice_list, element, joined, link, words
from ui.page import PageRequest, caption_block
from ui.page_header import same_page_href
from ui.preferences import reader_language, t
from ui.result_list import Row
from ui.results import DatedResult, Definition

METRIC = Text("指标", "Metric")
ANY_METRIC = Text("任一指标，逐行比较", "Any metric, row by row")
ROW, NUMBER = Text("哪一行", "Row"), Text("数字或状态", "Number or state")
MORE_CHANGES = Text(
    "另有 {count} 处变化：命令行 metric {name} --since {since} 列出全部",
    "{count} more changes: metric {name} --since {since} lists all",
)
MOVED_BY_DAYS, MOVED_BY_BATCHES = Text("当期变化", "Moved since then"), Text("更正", "Corrected")
STEPS = {"column", "then", "restated", "now", "moved", "corrected", "change"}  # the other columns tell the row
FROM_TO = "{before} → {after}"
STEP_SIDES = {"moved": ("restated", "now"), "corrected": ("then", "restated")}
ROWS_PART = "rows"
SHOWN_NUMBERS = 40  # chosen: what fits on paper


def rows_part(
    request: PageRequest, found: pd.DataFrame, result: DatedResult, metrics: Sequence[Definition], since: date
) -> Iterator[Block]:
    """Yield the choice of a metric, and each number and state that has changed: then, now, moved, corrected."""
    options = [(same_page_href(request, metric=m.name, open=ROWS_PART), t(m.label)) for m in metrics]
    name = result.definition.name
    yield Html(choice_list(METRIC, options, same_page_href(request, metric=name, open=ROWS_PART)))
    if found.empty:
        yield caption_block(phrases.NO_ROW_CHANGED)
        return
    days = [untranslated(formats.format_date(day)) for day in (since, result.as_of)]
    head = joined(element("th", words(h), scope="col") for h in (ROW, NUMBER, *days, MOVED_BY_DAYS, MOVED_BY_BATCHES))
    body = joined(_number_row(row, result) for row in found.head(SHOWN_NUMBERS).to_dict("records"))
    table = element("table", element("thead", element("tr", head)) + element("tbody", body), class_="fl-table")
    yield Html(element("div", table, class_="fl-scroll", tabindex="0"))
    if len(found) > SHOWN_NUMBERS:
        more = MORE_CHANGES.fill(count=len(found) - SHOWN_NUMBERS, name=name, since=formats.format_date(since))
        yield caption_block(more)


def _number_row(row: Row, result: DatedResult) -> Markup:
    """Return one number or state of one row: what tells the row, its heading, then, now, and both steps."""
    keys = [name for name in row if name not in STEPS and row[name]]
    told = join_list(_told_key(result.rows, key, str(row[key])) for key in keys)
    column = result.column(row["column"])
    written = {name: tables.cell_text(column, row[name], reader_language()) for name in ("then", "restated", "now")}
    is_state = bool(column.choices) or column.kind == "flag"
    steps = (_step_text(row, written, is_state, step) for step in STEP_SIDES)
    shown = (written["then"], written["now"], *steps)
    name = link(words(told), thing_href(row, "demolition_project" in result.ledgers))
    cells = (name, words(tables.column_heading(column, reader_language())), *map(words, shown))
    return element("tr", joined(element("td", cell) for cell in cells))


def _told_key(rows: pd.DataFrame, key: str, value: str) -> Text:
    """Return a code as the name that it has among the rows, a word in the reader's language."""
    named = key.removesuffix("_id")
    names = rows.loc[rows[key] == value, named] if named != key and named in rows else []
    return WORDS.get(value, untranslated(str(next(iter(names), value))))


def _step_text(row: Row, written: Mapping[str, str], is_state: bool, step: str) -> str:
    """Return a step of a number with its sign, of a state from what to what."""
    before, after = STEP_SIDES[step]
    if not is_state:
        return _signed_number(row[step])
    if written[before] == written[after]:
        return formats.MISSING
    return FROM_TO.format(before=written[before], after=written[after])


def _signed_number(step: float) -> str:
    if formats.is_missing(step):
        return formats.MISSING
    return f"{formats.sign_of(step)}{formats.format_count(abs(step))}"
