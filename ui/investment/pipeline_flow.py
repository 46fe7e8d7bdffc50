"""The open pipeline from the start of a period to the day, as bars that follow each other."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from data.text import Text, untranslated
from ui import formats, phrases, tables
from ui.blocks import Html
from ui.colours import MISSING_COLOUR
from ui.investment.project_rows import BAR_COLOUR, COUNT_AND_MONEY, money_and_lacking
from ui.markup import element, joined, list_items, picture, stacked_bar, words
from ui.page import sentence_block
from ui.preferences import reader_language
from ui.result_list import Row
from ui.results import DatedResult

FLOW_PERIOD = Text(
    "{start}（协议投资额目标期开始）至 {end}", "From {start}, the start of the target of signed money, to {end}"
)
FLOW_YEAR = Text(
    "{start}（当年第一天，没有目标期）至 {end}",
    "From {start}, the first day of the year for want of a target, to {end}",
)
FLOW_CHANGE = Text("{count} 个项目 · {money}", "{count} projects · {money}")


def flow_picture(flow: DatedResult) -> Html:
    """Return the steps from the start to the day as bars that follow each other, in money, with their counts."""
    if flow.rows.empty:
        return sentence_block(phrases.NOTHING_YET)
    rows = flow.rows.astype(object).to_dict("records")
    said = FLOW_PERIOD if rows[0]["is_of_target"] else FLOW_YEAR
    start, end = (formats.format_date(day) for day in (rows[0]["period_from"], flow.as_of))
    levels = [0.0, *pd.Series([row["investment"] for row in rows[:-1]], dtype=float).cumsum()]
    top = max(*levels, 1.0)
    listed = [_flow_row(row, levels[min(place, len(rows) - 1)], top) for place, row in enumerate(rows)]
    bars = picture(list_items(listed, "fl-bars"))
    return Html(element("p", words(said.fill(start=start, end=end))) + bars)


def _flow_row(row: Row, level: float, top: float) -> Markup:
    """Return a step as its name, a bar from one level to the next, its figures; stocks begin at 0."""
    is_stock = row["step"] in ("期初在谈", "期末在谈")
    low = 0.0 if is_stock else min(level, level + row["investment"])
    size = abs(row["investment"])
    said = _flow_text(row, is_stock)
    parts = [
        (low, "transparent", ""),
        (size, BAR_COLOUR if is_stock else MISSING_COLOUR, ""),
        (max(top - low - size, 0.0), "transparent", ""),
    ]
    name = words(tables.word_label(row["step"], reader_language()))
    return joined(element("span", part) for part in (name, stacked_bar(parts, said), words(said)))


def _flow_text(row: Row, is_stock: bool) -> Text:
    size = money_and_lacking(abs(row["investment"]), abs(int(row["unpriced"])))
    money = _with_sign(size, 0 if is_stock else row["investment"])
    if not formats.is_missing(row["changed_projects"]):
        return FLOW_CHANGE.fill(count=int(row["changed_projects"]), money=money)
    count = _with_sign(untranslated(str(abs(int(row["projects"])))), 0 if is_stock else row["projects"])
    return COUNT_AND_MONEY.fill(count=count, money=money)


def _with_sign(size: Text, change: float) -> Text:
    """Return a size with the sign of a change; without one where nothing changed."""
    sign = formats.sign_of(change)
    return Text(f"{sign}{size.zh}", f"{sign}{size.en}")
