"""At which stage the investment projects stand, in number and in money."""

from collections.abc import Iterator

from analytics.metrics import METRICS
from ui.blocks import Block
from ui.cache import cached
from ui.investment import funnel as shown
from ui.investment.project_rows import ALL_PROJECTS, PROJECT_COLUMNS
from ui.page import PageRequest, heading_block, show_page
from ui.page_header import formula_part, header_block, no_data_block
from ui.preferences import chosen_day
from ui.result_list import folded_table


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the stages as bars, the projects under way or those of one stage, and all of them folded."""
    projects = cached(request.con, METRICS["stuck_projects"], chosen_day())
    stages = cached(request.con, METRICS["pipeline_stages"], projects.as_of)
    yield header_block(request, shown.title_sentence(projects.rows), projects, stages)
    if projects.rows.empty:
        yield no_data_block()
        return
    stage = request.choice("stage", stages.rows["stage"].dropna(), shown.CHOOSE_STAGE)
    yield heading_block(shown.STAGES)
    yield shown.stage_bars(request, stages.rows)
    yield shown.stage_heading(request, stage)
    yield shown.staged_projects(request, projects, stage)
    yield from folded_table(request, "all", ALL_PROJECTS, projects, PROJECT_COLUMNS)
    yield from formula_part(request, stages, projects)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
