"""Which demolition projects are late, how many households are left, and how the four steps stand."""

from collections.abc import Iterator

from analytics.metrics import LISTINGS, METRICS, Metric, Result
from analytics.status import status_lights, status_rule_sentence
from ui.blocks import Block
from ui.cache import cached
from ui.cards import cards_block
from ui.demolition import overview as shown
from ui.demolition import project_bars
from ui.demolition import steps as four_steps
from ui.demolition.day import demolition_day
from ui.page import PageRequest, caption_block, folded_rules, heading_block, show_page
from ui.page_header import formula_part, header_block, no_data_block
from ui.result_list import folded_table


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the overview, or one of the four steps where the address names it."""
    steps = cached(request.con, METRICS["four_steps"], demolition_day(request.con))
    step = request.choice("step", steps.rows["step"], four_steps.CHOOSE_STEP)
    if step:
        yield from step_blocks(request, steps, step)
        return
    rates = cached(request.con, METRICS["signing_rate"], steps.as_of)
    projects = project_bars.open_projects(rates, status_lights(rates.rows, rates.as_of))
    yield header_block(request, shown.title_sentence(rates, projects, steps), rates, steps)
    if rates.rows.empty:
        yield no_data_block()
        return
    forecast, chain = (cached(request.con, METRICS[name], steps.as_of) for name in ("signing_forecast", "status_chain"))
    yield cards_block(shown.overview_cards(request, rates, projects, forecast, steps))
    yield heading_block(project_bars.PROJECTS)
    yield project_bars.project_bars(rates, projects, chain)
    yield heading_block(four_steps.FOUR_STEPS)
    yield four_steps.step_panels(request, steps)
    yield heading_block(shown.LATE_LIST)
    yield shown.late_list(request, projects, steps)
    yield from (caption_block(project_bars.complete_sentence(rates)), folded_rules(status_rule_sentence(rates.as_of)))
    yield from folded_table(request, "all", project_bars.ALL_PROJECTS, rates, project_bars.PROJECT_COLUMNS)
    yield from folded_table(request, "steps", four_steps.ALL_INDICATORS, steps, four_steps.INDICATOR_COLUMNS)
    yield from formula_part(request, rates, forecast, chain, steps)


def step_blocks(request: PageRequest, steps: Result[Metric], step: str) -> Iterator[Block]:
    """Yield one step: its indicators with their counts, the lists behind them or the way to these."""
    yield header_block(request, four_steps.step_title(steps, step), steps)
    yield four_steps.way_to_overview(request)
    yield four_steps.step_cards(request, steps, step)
    yield four_steps.elsewhere_block(steps, step)
    if step == four_steps.PUBLICITY:
        yield from publicity_blocks(request, steps)
    yield from four_steps.step_indicator_table(request, steps, step)
    yield from formula_part(request, steps)


def publicity_blocks(request: PageRequest, steps: Result[Metric]) -> Iterator[Block]:
    """Yield whom the policy reached and what was done to make it known."""
    reach, mix, visits = (
        cached(request.con, METRICS[name], steps.as_of)
        for name in ("publicity_reach", "publicity_mix", "first_visit_attitudes")
    )
    months = cached(request.con, LISTINGS["publicity_by_month"], steps.as_of)
    activities = cached(request.con, LISTINGS["publicity_list"], steps.as_of)
    yield from four_steps.publicity_blocks(request, reach, mix, months, visits)
    yield from four_steps.activity_table(request, activities)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
