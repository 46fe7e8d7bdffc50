"""Where investment projects stand on their way, where they are lost, how long it takes, what became of the signed."""

from collections.abc import Iterator

from analytics.metrics import METRICS, Metric, Result
from ui.blocks import Block
from ui.cache import cached
from ui.cards import cards_block
from ui.investment import funnel as shown
from ui.investment.cohorts import cohort_days, cohort_list
from ui.investment.day import investment_day
from ui.investment.funnel_cards import funnel_cards
from ui.investment.pipeline_flow import flow_picture
from ui.investment.project_rows import ALL_PROJECTS, PROJECT_COLUMNS
from ui.page import PageRequest, heading_block, sentence_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block
from ui.result_list import folded_table, full_table

WAY = ("pipeline_stages", "stage_conversion", "time_in_stage", "cohort_rates")
WORTH = ("weighted_pipeline", "pipeline_velocity", "target_coverage", "pipeline_flow", "repeated_signings")
Results = dict[str, Result[Metric]]


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the cards, the stages as bars, the cohorts or the projects asked for, and folded what is behind them."""
    projects = cached(request.con, METRICS["stuck_projects"], investment_day(request.con))
    found = {name: cached(request.con, METRICS[name], projects.as_of) for name in (*WAY, *WORTH)}
    stages, conversion, times, cohorts = (found[name] for name in WAY)
    rows = shown.joined_stages(stages.rows, conversion.rows, times.rows)
    title = shown.title_sentence(projects.rows, rows, found["repeated_signings"].rows)
    yield header_block(request, title, projects, *found.values())
    if projects.rows.empty:
        yield no_data_block()
        return
    weighted, velocity, coverage, _, repeated = (found[name] for name in WORTH)
    stage = request.choice("stage", stages.rows["stage"].dropna(), shown.CHOOSE_STAGE)
    cohort = request.choice("cohort", cohort_days(cohorts.rows), shown.CHOOSE_COHORT)
    if not (stage or cohort):  # who asks for one of these has seen the whole
        yield cards_block(funnel_cards(request, weighted, velocity, coverage))
        yield shown.repeated_notice(request, repeated.rows)
    yield heading_block(shown.STAGES)
    yield shown.stage_picture(request, stages, rows)
    yield from list_blocks(request, projects, cohorts, stage, cohort)
    yield from folded_blocks(request, projects, found)
    yield from formula_part(request, *found.values(), projects)


def list_blocks(
    request: PageRequest, projects: Result[Metric], cohorts: Result[Metric], stage: str | None, cohort: str | None
) -> Iterator[Block]:
    """Yield the projects of the stage or of the cohort that the address asks for, or else the cohorts."""
    if stage:
        yield shown.staged_projects(request, projects, stage)
    elif cohort:
        yield shown.signed_projects(request, projects, cohort)
    else:
        yield heading_block(shown.COHORTS)
        yield cohort_list(request, cohorts)


def folded_blocks(request: PageRequest, projects: Result[Metric], found: Results) -> Iterator[Block]:
    """Yield the flow, the weights, conversion by track and times, cohorts, repeated contracts, all projects; folded."""
    flow, repeated = found["pipeline_flow"], found["repeated_signings"]
    yield from folded_part(request, "flow", shown.FLOW, lambda: [flow_picture(flow)])
    yield from folded_part(request, "weighted", shown.WEIGHTED, lambda: weight_blocks(request, found))
    yield from folded_part(request, "tracks", shown.TRACKS, lambda: track_blocks(request, found))
    yield from folded_table(request, "cohorts", shown.ALL_COLUMNS, found["cohort_rates"], shown.COHORT_COLUMNS)
    yield from folded_part(
        request,
        "repeated",
        shown.REPEATED,
        lambda: [sentence_block(shown.repeated_sentence(repeated.rows)), shown.repeated_list(repeated)],
    )
    origins = cached(request.con, METRICS["projects_by_origin"], projects.as_of)
    yield from folded_table(request, "origins", shown.ORIGINS, origins, shown.ORIGIN_COLUMNS)
    yield from folded_table(request, "all", ALL_PROJECTS, projects, PROJECT_COLUMNS)


def weight_blocks(request: PageRequest, found: Results) -> Iterator[Block]:
    """Yield the open projects by stage with their probabilities, and the levers of the velocity."""
    weighted, velocity = found["weighted_pipeline"], found["pipeline_velocity"]
    yield full_table(request, shown.WEIGHTED, weighted, shown.WEIGHTED_COLUMNS, "weighted")
    yield heading_block(velocity.definition.label)
    yield full_table(request, velocity.definition.label, velocity, shown.VELOCITY_COLUMNS, "velocity")


def track_blocks(request: PageRequest, found: Results) -> Iterator[Block]:
    """Yield the conversion of each track, and the days in each stage."""
    conversion, times = found["stage_conversion"], found["time_in_stage"]
    yield full_table(request, shown.TRACKS, conversion, shown.CONVERSION_COLUMNS, "tracks")
    yield heading_block(times.definition.label)
    yield full_table(request, times.definition.label, times, shown.TIME_COLUMNS, "times")


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
