"""One investment project: its stages so far, its money, its land; without one, all projects to choose from."""

from collections.abc import Iterator
from functools import partial

from analytics.metrics import LISTINGS, METRICS, Metric, Result
from ui.blocks import Block
from ui.cache import cached
from ui.investment import project as shown
from ui.investment.project_rows import ALL_PROJECTS, PROJECT_COLUMNS, stuck_title
from ui.investment.stage_timeline import stage_timeline
from ui.page import PageRequest, heading_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block, source_block
from ui.preferences import chosen_day
from ui.result_list import folded_table, full_table

OF_PROJECT = (
    *("project_facts", "project_stages", "project_land", "project_difficulties", "project_changes"),
    *("project_playbook", "project_requests", "project_activities"),
)


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the project that the address names, or all of them."""
    projects = cached(request.con, METRICS["stuck_projects"], chosen_day())
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
    row = projects.rows.set_index("project_id").loc[project]
    found = {name: cached(request.con, LISTINGS[name], projects.as_of, project_id=project) for name in OF_PROJECT}
    receipts, slippage = (
        cached(request.con, METRICS[name], projects.as_of, project_id=project) for name in ("receipts", "slippage")
    )
    stages = found["project_stages"]
    yield header_block(request, shown.project_sentence(row), projects, receipts, slippage, *found.values())
    yield shown.project_facts(request, found["project_facts"], row)
    yield heading_block(shown.WAY)
    yield stage_timeline(stages, row["track"])
    yield shown.side_by_side(
        (shown.FUNDS, shown.funds_picture(row, receipts)), (shown.LAND, shown.land_list(found["project_land"]))
    )
    yield heading_block(shown.DIFFICULTIES)
    yield shown.difficulty_list(found["project_difficulties"])
    yield shown.side_by_side(
        (shown.CHANGES, shown.change_list(slippage, found["project_changes"])),
        (shown.PLAN, shown.playbook_line(found["project_playbook"], project)),
        (shown.REQUESTS, shown.request_list(found["project_requests"])),
    )
    yield from folded_part(request, "receipts", shown.ALL_RECEIPTS, lambda: [shown.receipt_list(receipts)])
    yield from folded_part(
        request, "contacts", shown.CONTACTS, lambda: [shown.activity_list(found["project_activities"])]
    )
    evidence = partial(full_table, request, shown.EVIDENCE, stages, shown.STAGE_COLUMNS, "stages")
    yield from folded_part(request, "stages", shown.EVIDENCE, lambda: [evidence()])
    yield source_block(request, "investment_project", project)
    yield from formula_part(request, projects, receipts, slippage, found["project_land"])


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
