"""Where the investment projects stand, which are stuck, and whether the money comes."""

from collections.abc import Iterator

from analytics.metrics import LISTINGS, METRICS, Metric, Result
from analytics.status import status_lights
from ui.blocks import Block
from ui.cache import cached
from ui.cards import cards_block
from ui.investment import pipeline as shown
from ui.page import PageRequest, caption_block, heading_block, sentence_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block, source_block
from ui.preferences import chosen_day
from ui.result_list import Row, folded_table, full_table

OF_ALL = ("pipeline_stages", "funds_in_place", "land_clocks")


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the cards, the stages, the projects stuck ones first, or one project where the address names it."""
    projects = cached(request.con, METRICS["project_list"], chosen_day())
    receipts = cached(request.con, METRICS["receipts"], projects.as_of)
    project = request.choice("project", projects.rows["project_id"], shown.CHOOSE_PROJECT)
    if project:
        yield from project_blocks(request, projects, project)
        return
    targets = cached(request.con, METRICS["target_progress"], chosen_day())
    goals = shown.money_goals(targets.rows, status_lights(targets.rows, targets.as_of))
    stages, funds, land = (cached(request.con, METRICS[name], projects.as_of) for name in OF_ALL)
    title = shown.title_sentence(projects.rows, goals)
    yield header_block(request, title, projects, stages, funds, land, receipts)
    if projects.rows.empty:
        yield no_data_block()
        return
    yield cards_block(shown.pipeline_cards(request, projects, targets, goals, land))
    yield caption_block(shown.counted_funds_sentence(receipts))
    stage = request.choice("stage", stages.rows["stage"].dropna(), shown.CHOOSE_STAGE)
    yield heading_block(shown.STAGES)
    yield shown.stage_bars(request, stages.rows)
    yield shown.stage_heading(request, stage)
    yield shown.project_list(request, projects, stage)
    yield from folded_blocks(request, projects, funds, land, receipts, goals)
    yield from formula_part(request, projects, receipts, funds, stages, land, targets)


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
    yield from folded_table(request, "all", shown.ALL_PROJECTS, projects, shown.PROJECT_COLUMNS)


def fund_blocks(request: PageRequest, receipts: Result[Metric], funds: Result[Metric]) -> Iterator[Block]:
    """Yield every receipt, and how much of its investment each signed project has."""
    yield full_table(request, shown.counted_funds_sentence(receipts), receipts, shown.RECEIPT_COLUMNS, "receipts")
    yield heading_block(shown.FUND_RATES)
    yield sentence_block(shown.fund_rate_sentence(funds.rows))
    yield full_table(request, shown.FUND_RATES, funds, shown.FUND_COLUMNS, "funds", rate=shown.RATE_HEADING)


def project_blocks(request: PageRequest, projects: Result[Metric], project: str) -> Iterator[Block]:
    """Yield one project: its stages so far, its money, its land."""
    stages = cached(request.con, LISTINGS["project_stages"], projects.as_of, project_id=project)
    land = cached(request.con, LISTINGS["project_land"], projects.as_of, project_id=project)
    receipts = cached(request.con, METRICS["receipts"], projects.as_of, project_id=project)
    row = projects.rows.set_index("project_id").loc[project]
    yield header_block(request, shown.project_sentence(row), projects, stages, land, receipts)
    yield shown.project_facts(request, row)
    yield heading_block(shown.PROJECT_STAGES)
    yield shown.stage_list(request, stages)
    yield heading_block(shown.PROJECT_RECEIPTS)
    yield shown.receipt_list(receipts)
    yield heading_block(shown.PROJECT_LAND)
    yield shown.land_list(land)
    yield source_block(request, "investment_project", project)
    yield from formula_part(request, projects, receipts, land)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
