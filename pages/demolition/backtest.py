"""Back-test of forecasts: what they would have been of past projects, beside what came."""

from collections.abc import Iterator

from analytics.metrics import METRICS
from data.result_rows import total_rows
from ui.blocks import Block
from ui.cache import cached
from ui.cards import cards_block
from ui.demolition import backtest as shown
from ui.demolition.day import demolition_day
from ui.page import PageRequest, heading_block, show_page
from ui.page_header import folded_part, formula_part, header_block, source_block
from ui.result_list import full_table
from ui.results import DatedResult


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield how good forecasts were: of all past projects, or of one where the address names it."""
    tested = cached(request.con, METRICS["forecast_backtest"], demolition_day(request.con))
    rows = shown.trials(tested)
    project = request.choice("project", rows["project_id"], shown.CHOOSE_PROJECT)
    if project:
        yield from tested_project_blocks(request, tested, project)
        return
    yield header_block(request, shown.title_sentence(tested), tested)
    if rows.empty:
        yield from method_part(request)
        yield from formula_part(request, tested)
    else:
        yield from backtest_blocks(request, tested)


def backtest_blocks(request: PageRequest, tested: DatedResult) -> Iterator[Block]:
    """Yield the cards, the intervals of each project with what came, the trials, and folded what is behind them."""
    rows, totals = shown.trials(tested), total_rows(tested.rows)
    yield cards_block(shown.backtest_cards(tested))
    yield heading_block(shown.PICTURE)
    yield shown.range_picture(request, rows)
    yield heading_block(shown.TRIALS)
    yield shown.trial_list(request, tested, rows)
    yield from folded_part(
        request,
        "shares",
        shown.SUMMARY,
        lambda: [full_table(request, shown.SUMMARY, tested, shown.SUMMARY_COLUMNS, "shares", totals)],
    )
    yield from trial_table(request, tested)
    yield from method_part(request)
    yield from formula_part(request, tested)


def trial_table(request: PageRequest, tested: DatedResult) -> Iterator[Block]:
    """Yield all trials as a table, folded."""
    rows = shown.trials(tested)
    yield from folded_part(
        request,
        "all",
        shown.ALL_TRIALS,
        lambda: [full_table(request, shown.ALL_TRIALS, tested, shown.TRIAL_COLUMNS, "all", rows)],
    )


def method_part(request: PageRequest) -> Iterator[Block]:
    """Yield the method in plain words, folded."""
    yield from folded_part(request, "method", shown.METHOD, lambda: [shown.method_block()])


def tested_project_blocks(request: PageRequest, tested: DatedResult, project: str) -> Iterator[Block]:
    """Yield the trials of one past project."""
    rows = shown.trials(tested)
    own = rows[rows["project_id"] == project]
    yield header_block(request, shown.project_title(own, project), tested)
    yield shown.project_links(request, project)
    yield heading_block(shown.PICTURE)
    yield shown.range_picture(request, own)
    yield shown.trial_list(request, tested, own)
    yield source_block(request, "demolition_project", project)
    yield from method_part(request)
    yield from formula_part(request, tested)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
