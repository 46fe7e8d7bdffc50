"""Firms' requests: open, overdue, truly solved; one request with its steps."""

from collections.abc import Iterator

import pandas as pd

from analytics.metrics import METRICS
from data.result_rows import part_rows
from data.standards.thresholds import thresholds
from data.words import WORDS
from ui.blocks import Block
from ui.cache import cached
from ui.cards import cards_block
from ui.investment import request_cards, request_detail
from ui.investment import requests as shown
from ui.investment.day import investment_day
from ui.page import PageRequest, caption_block, heading_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block, source_block
from ui.result_list import folded_table, full_table
from ui.results import DatedResult


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the cards, what became of the requests, the open ones; or one request where the address names one."""
    listed = cached(request.con, METRICS["request_list"], investment_day(request.con))
    asked = request.choice("request", listed.rows["request_id"], shown.CHOOSE_REQUEST)
    if asked:
        row = listed.rows[listed.rows["request_id"] == asked].iloc[0]
        yield from request_blocks(request, listed, row)
        return
    summary = cached(request.con, METRICS["request_summary"], listed.as_of)
    visits = cached(request.con, METRICS["firm_visits"], listed.as_of)
    yield header_block(request, shown.title_sentence(listed, summary), listed, summary, visits)
    if listed.rows.empty:
        yield no_data_block()
    else:
        yield from request_overview(request, listed, summary, visits)


def request_overview(
    request: PageRequest, listed: DatedResult, summary: DatedResult, visits: DatedResult
) -> Iterator[Block]:
    """Yield all requests: four figures, bars by category, the list, and folded what is behind them."""
    yield cards_block(request_cards.request_cards(request, summary))
    if not summary.rows.empty:
        yield heading_block(shown.outcome_heading(summary))
        yield shown.outcome_bars(request, summary)
    yield from request_list_blocks(request, listed)
    yield from folded_part(request, "categories", shown.CATEGORIES, lambda: category_blocks(request, summary))
    yield from folded_table(request, "all", shown.ALL_REQUESTS, listed, shown.REQUEST_COLUMNS)
    yield from folded_table(request, "visits", shown.visit_label(visits), visits, shown.VISIT_COLUMNS)
    yield from formula_part(request, listed, summary, visits)


def request_list_blocks(request: PageRequest, listed: DatedResult) -> Iterator[Block]:
    """Yield the open requests, or all of the category that the address names."""
    category = request.choice("category", listed.rows["category"], shown.CHOOSE_CATEGORY)
    if category:
        yield heading_block(shown.CATEGORY_LIST.fill(category=WORDS[category]))
        yield shown.request_rows(request, listed, listed.rows[listed.rows["category"] == category], "result")
        yield shown.way_back(request)
        return
    waiting = shown.open_requests(listed)
    yield heading_block(shown.OPEN_LIST)
    yield (
        caption_block(shown.NONE_OPEN) if waiting.empty else shown.request_rows(request, listed, waiting, "department")
    )


def category_blocks(request: PageRequest, summary: DatedResult) -> Iterator[Block]:
    """Yield the figures of each category as a table, and what a dash in it means."""
    rows = part_rows(summary.rows)
    yield full_table(request, shown.CATEGORIES, summary, shown.SUMMARY_COLUMNS, "categories", rows)
    yield caption_block(shown.TOO_FEW_NOTE.fill(**thresholds(summary.as_of)))


def request_blocks(request: PageRequest, listed: DatedResult, row: pd.Series) -> Iterator[Block]:
    """Yield one request: how it stands, what happened to it, what is registered of it."""
    yield header_block(request, request_detail.request_title(row), listed)
    yield request_detail.request_links(request, row)
    yield heading_block(shown.STEPS)
    yield request_detail.request_timeline(row)
    yield heading_block(shown.FACTS)
    yield request_detail.request_facts(listed, row)
    yield source_block(request, "firm_request", row["request_id"])
    yield from formula_part(request, listed)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
