"""What moved in 招商引资, what is stuck, and whether the money of the year comes."""

from collections.abc import Iterator

from analytics.metrics import LISTINGS, METRICS, Metric, Result
from analytics.status import status_lights
from ui.blocks import Block
from ui.cache import cached
from ui.cards import cards_block
from ui.investment import overview as shown
from ui.investment import target_money
from ui.investment.day import investment_day
from ui.investment.project_rows import ALL_PROJECTS, PROJECT_COLUMNS
from ui.page import PageRequest, heading_block, sentence_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block
from ui.preferences import chosen_day
from ui.result_list import Row, folded_table, full_table


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield three sentences, the cards, what is stuck, the months, and folded what is behind them."""
    projects = cached(request.con, METRICS["stuck_projects"], investment_day(request.con))
    targets = cached(request.con, METRICS["target_progress"], chosen_day())
    goals = target_money.money_goals(targets.rows, status_lights(targets.rows, targets.as_of))
    coverage, months = (
        cached(request.con, METRICS[name], projects.as_of) for name in ("target_coverage", "money_by_month")
    )
    title = shown.title_sentence(projects.rows, goals)
    yield header_block(request, title, projects, coverage, months)
    if projects.rows.empty:
        yield no_data_block()
        return
    stages = cached(request.con, LISTINGS["stages_of_month"], projects.as_of)
    yield shown.three_sentences(request, projects, stages, months, coverage)
    yield cards_block(shown.overview_cards(request, projects, targets, goals, coverage))
    yield heading_block(shown.STUCK_LIST)
    yield shown.stuck_list(request, projects)
    yield heading_block(shown.BY_MONTH)
    yield target_money.month_picture(months)
    yield from folded_table(request, "moved", stages.definition.label, stages, shown.STAGE_COLUMNS)
    yield from money_parts(request, projects, coverage, goals[0])
    yield from slipped_part(request, projects)
    yield from folded_table(request, "all", ALL_PROJECTS, projects, PROJECT_COLUMNS)
    yield from formula_part(request, projects, targets, coverage, months)


def money_parts(request: PageRequest, projects: Result[Metric], coverage: Result[Metric], goal: Row) -> Iterator[Block]:
    """Yield what the targets lack, and the projects and receipts of which the cockpit's money is made, folded."""
    signed = target_money.signed_rows(projects.rows, goal)
    told = target_money.counted_signed_sentence(signed, goal, projects.as_of)

    def signed_blocks() -> Iterator[Block]:
        yield sentence_block(told)
        yield full_table(request, told, projects, shown.SIGNED_COLUMNS, "signed", signed)

    yield from folded_table(request, "coverage", shown.COVERAGE, coverage, shown.COVERAGE_COLUMNS)
    yield from folded_part(request, "signed", shown.SIGNED_PROJECTS, signed_blocks)
    yield from folded_part(request, "funds", shown.FUNDS, lambda: fund_blocks(request, projects))


def fund_blocks(request: PageRequest, projects: Result[Metric]) -> Iterator[Block]:
    """Yield every receipt and which of them count, and how much of its investment each signed project has."""
    receipts, funds = (cached(request.con, METRICS[name], projects.as_of) for name in ("receipts", "funds_in_place"))
    told = target_money.counted_funds_sentence(receipts)
    yield sentence_block(told)
    yield full_table(request, told, receipts, shown.RECEIPT_COLUMNS, "receipts")
    yield heading_block(shown.FUND_RATES)
    yield sentence_block(target_money.fund_rate_sentence(funds.rows))
    yield full_table(request, shown.FUND_RATES, funds, shown.FUND_COLUMNS, "funds", rate=shown.RATE_HEADING)


def slipped_part(request: PageRequest, projects: Result[Metric]) -> Iterator[Block]:
    """Yield the expected days with how often each was moved later, folded."""

    def slipped_blocks() -> Iterator[Block]:
        slippage = cached(request.con, METRICS["slippage"], projects.as_of)
        yield full_table(request, shown.SLIPPED, slippage, shown.SLIP_COLUMNS, "slipped")

    return folded_part(request, "slipped", shown.SLIPPED, slipped_blocks)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
