"""How new each ledger is."""

from __future__ import annotations

from datetime import date

import pandas as pd
from markupsafe import Markup

from data.datasets import DATASETS
from data.text import Text
from ui import formats, phrases
from ui.blocks import Html
from ui.cards import is_stale
from ui.markup import NOTHING, element, joined, link, words
from ui.menu import page_href
from ui.page_header import HISTORY
from ui.result_list import Row

FRESHNESS = Text("各台账数据截至", "How new each ledger is")
LEDGER = Text("台账", "Ledger")
ROWS = Text("行数", "Rows")
BATCH = Text("批次", "Batch")


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
