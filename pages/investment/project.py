"""One investment project: its stages so far, its money, its land; without one, all projects to choose from."""

from collections.abc import Iterator
from datetime import date

from analytics.metrics import LISTINGS, METRICS, Metric, Result
from ui.blocks import Block
from ui.cache import cached
from ui.investment import project as shown
from ui.investment.day import investment_day
from ui.investment.project_rows import ALL_PROJECTS, PROJECT_COLUMNS, stuck_title
from ui.investment.stage_timeline import stage_timeline
from ui.page import PageRequest, heading_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block, source_block
from ui.result_list import folded_table


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the project that the address names, or all of them."""
    projects = cached(request.con, METRICS["stuck_projects"], investment_day(request.con))
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
    """Yield one project: what is registered, its way, its money and land, difficulties, changes, plan, requests."""
    row, day = projects.rows.set_index("project_id").loc[project], projects.as_of
    facts = cached(request.con, LISTINGS["project_facts"], day, project_id=project)
    stages = cached(request.con, LISTINGS["project_stages"], day, project_id=project)
    land = cached(request.con, LISTINGS["project_land"], day, project_id=project)
    receipts = cached(request.con, METRICS["receipts"], day, project_id=project)
    yield header_block(request, shown.project_sentence(row), projects, facts, stages, receipts, land)
    yield shown.project_facts(request, facts, row)
    yield heading_block(shown.WAY)
    yield stage_timeline(stages, row["track"])
    yield shown.side_by_side((shown.FUNDS, shown.funds_picture(row, receipts)), (shown.LAND, shown.land_list(land)))
    yield from work_blocks(request, project, day)
    yield from folded_part(request, "receipts", shown.ALL_RECEIPTS, lambda: [shown.receipt_list(receipts)])
    yield from folded_part(request, "contacts", shown.CONTACTS, lambda: contact_blocks(request, project, day))
    yield from folded_table(request, "stages", shown.EVIDENCE, stages, shown.STAGE_COLUMNS)
    yield source_block(request, "investment_project", project)
    yield from formula_part(request, projects, receipts, land)


def work_blocks(request: PageRequest, project: str, day: date | None) -> Iterator[Block]:
    """Yield the difficulties of a project, its changes, its playbook and its requests."""
    difficulties = cached(request.con, LISTINGS["project_difficulties"], day, project_id=project)
    changes = cached(request.con, LISTINGS["project_changes"], day, project_id=project)
    playbook = cached(request.con, METRICS["playbook_punctuality"], day, project_id=project)
    requests = cached(request.con, METRICS["request_list"], day, project_id=project)
    slippage = cached(request.con, METRICS["slippage"], day, project_id=project)
    yield heading_block(shown.DIFFICULTIES)
    yield shown.difficulty_list(difficulties)
    yield shown.side_by_side(
        (shown.CHANGES, shown.change_list(slippage, changes)),
        (shown.PLAN, shown.playbook_line(playbook, project)),
        (shown.REQUESTS, shown.requests_of_project(requests)),
    )


def contact_blocks(request: PageRequest, project: str, day: date | None) -> Iterator[Block]:
    """Yield the activities for a project."""
    yield shown.activity_list(cached(request.con, LISTINGS["project_activities"], day, project_id=project))


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
