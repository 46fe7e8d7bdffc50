"""Which investment projects are stuck, and whether the money of the year comes."""

from collections.abc import Iterator

from analytics.metrics import METRICS, Metric, Result
from analytics.status import status_lights
from ui.blocks import Block
from ui.cache import cached
from ui.cards import cards_block
from ui.investment import overview as shown
from ui.investment.project_rows import ALL_PROJECTS, LIVE_PROJECTS, PROJECT_COLUMNS
from ui.page import PageRequest, caption_block, heading_block, sentence_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block
from ui.preferences import chosen_day
from ui.result_list import Row, folded_table, full_table

OF_ALL = ("funds_in_place", "land_clocks")


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the cards, the projects under way stuck ones first, and folded what is behind the cards."""
    projects = cached(request.con, METRICS["project_list"], chosen_day())
    receipts = cached(request.con, METRICS["receipts"], projects.as_of)
    targets = cached(request.con, METRICS["target_progress"], chosen_day())
    goals = shown.money_goals(targets.rows, status_lights(targets.rows, targets.as_of))
    funds, land = (cached(request.con, METRICS[name], projects.as_of) for name in OF_ALL)
    title = shown.title_sentence(projects.rows, goals)
    yield header_block(request, title, projects, funds, land, receipts)
    if projects.rows.empty:
        yield no_data_block()
        return
    yield cards_block(shown.overview_cards(request, projects, targets, goals, land))
    yield caption_block(shown.counted_funds_sentence(receipts))
    yield heading_block(LIVE_PROJECTS)
    yield shown.live_projects(request, projects)
    yield from folded_blocks(request, projects, funds, land, receipts, goals)
    yield from formula_part(request, projects, receipts, funds, land, targets)


def folded_blocks(
    request: PageRequest,
    projects: Result[Metric],
    funds: Result[Metric],
    land: Result[Metric],
    receipts: Result[Metric],
    goals: list[Row],
) -> Iterator[Block]:
    """Yield what is behind the cards, folded: receipts and rates, land, signed projects, all projects."""
    yield from folded_part(request, "funds", shown.FUNDS, lambda: fund_blocks(request, receipts, funds))
    yield from folded_table(request, "land", shown.LAND, land, shown.PARCEL_COLUMNS, shown.late_parcels(land.rows))
    signed = shown.signed_rows(projects.rows, goals[0])
    yield from folded_table(request, "signed", shown.SIGNED_PROJECTS, projects, shown.SIGNED_COLUMNS, signed)
    yield from folded_table(request, "all", ALL_PROJECTS, projects, PROJECT_COLUMNS)


def fund_blocks(request: PageRequest, receipts: Result[Metric], funds: Result[Metric]) -> Iterator[Block]:
    """Yield every receipt, and how much of its investment each signed project has."""
    yield full_table(request, shown.counted_funds_sentence(receipts), receipts, shown.RECEIPT_COLUMNS, "receipts")
    yield heading_block(shown.FUND_RATES)
    yield sentence_block(shown.fund_rate_sentence(funds.rows))
    yield full_table(request, shown.FUND_RATES, funds, shown.FUND_COLUMNS, "funds", rate=shown.RATE_HEADING)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
