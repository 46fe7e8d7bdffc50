"""One investment project: its stages so far, its money, its land; without one, all projects to choose from."""

from collections.abc import Iterator

from analytics.metrics import LISTINGS, METRICS, Metric, Result
from ui.blocks import Block
from ui.cache import cached
from ui.investment import project as shown
from ui.investment.project_rows import ALL_PROJECTS, PROJECT_COLUMNS, stuck_title
from ui.page import PageRequest, heading_block, show_page
from ui.page_header import formula_part, header_block, no_data_block, source_block
from ui.preferences import chosen_day
from ui.result_list import folded_table


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the project that the address names, or all of them."""
    projects = cached(request.con, METRICS["project_list"], chosen_day())
    project = request.choice("project", projects.rows["project_id"], shown.CHOOSE_PROJECT)
    yield from project_blocks(request, projects, project) if project else choice_blocks(request, projects)


def choice_blocks(request: PageRequest, projects: Result[Metric]) -> Iterator[Block]:
    """Yield all projects, stuck ones first, ended ones last."""
    yield header_block(request, stuck_title(projects.rows), projects)
    if projects.rows.empty:
        yield no_data_block()
        return
    yield heading_block(shown.CHOOSE_ONE)
    yield shown.project_choice(request, projects)
    yield from folded_table(request, "all", ALL_PROJECTS, projects, PROJECT_COLUMNS)
    yield from formula_part(request, projects)


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
