"""How far the demolition projects are on their way to 100 %, and what is left."""

from collections.abc import Iterator
from functools import partial

import pandas as pd

from analytics.metrics import LISTINGS, METRICS
from analytics.status import status_lights, status_rule_sentence
from ui.blocks import Block
from ui.cache import cached
from ui.cards import cards_block
from ui.chart_view import chart_block
from ui.demolition import forecast as forecasts
from ui.demolition import household_squares as squares
from ui.demolition import signing as shown
from ui.demolition import signing_curve as curves
from ui.demolition import signing_project as one
from ui.demolition.day import demolition_day
from ui.page import PageRequest, caption_block, folded_rules, heading_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block, source_block
from ui.result_list import folded_table
from ui.results import DatedResult


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield all projects, the latest first, or one project where the address names it."""
    rates = cached(request.con, METRICS["signing_rate"], demolition_day(request.con))
    left = cached(request.con, METRICS["households_left"], rates.as_of)
    project = request.choice("project", rates.rows["project_id"], shown.CHOOSE_PROJECT)
    if project:
        yield from one_project_blocks(request, rates, left, project)
        return
    lights = status_lights(rates.rows, rates.as_of)
    yield header_block(request, shown.title_sentence(rates.rows, lights), rates, left)
    if rates.rows.empty:
        yield no_data_block()
    else:
        yield from all_projects_blocks(request, rates, left, lights)


def all_projects_blocks(
    request: PageRequest, rates: DatedResult, left: DatedResult, lights: list[str]
) -> Iterator[Block]:
    """Yield the cards, the projects the latest first, and folded those complete and the tables behind them."""
    by_area, rewards = (
        cached(request.con, METRICS[name], rates.as_of) for name in ("signing_by_area", "reward_countdown")
    )
    yield cards_block(shown.signing_cards(request, rates, left))
    complete = int((rates.rows["households_left"] == 0).sum())
    if complete < len(rates.rows):
        yield heading_block(shown.PROJECTS)
        yield shown.project_list(request, rates, left, lights, is_complete=False)
        yield folded_rules(status_rule_sentence(rates.as_of))
    if differ := shown.ledger_difference(rates.rows):
        yield caption_block(differ)
    if complete:
        label, listed = shown.COMPLETE_ONES.fill(count=complete), partial(shown.project_list, request, rates, left)
        yield from folded_part(request, "complete", label, lambda: [listed(lights, is_complete=True)])
    yield from folded_table(request, "left", shown.HOUSEHOLDS_LEFT, left, shown.LEFT_COLUMNS)
    yield from folded_table(request, "area", shown.BY_AREA, by_area, shown.AREA_COLUMNS)
    yield from folded_table(request, "rewards", shown.REWARD_PERIODS, rewards, shown.REWARD_COLUMNS)
    yield from folded_table(request, "all", shown.ALL_PROJECTS, rates, shown.PROJECT_COLUMNS)
    yield from formula_part(request, rates, left, by_area, rewards)


def one_project_blocks(request: PageRequest, rates: DatedResult, left: DatedResult, project: str) -> Iterator[Block]:
    """Yield one project: households left, a square each near the end, its curve, its steps, its groups."""
    curve, chain, mix, rewards, forecast = (
        cached(request.con, METRICS[name], rates.as_of, project_id=project)
        for name in ("signing_curve", "status_chain", "compensation_mix", "reward_countdown", "signing_forecast")
    )
    row, row_left = (result.rows.set_index("project_id", drop=False).loc[project] for result in (rates, left))
    yield header_block(request, one.project_sentence(row), rates, left, curve, chain, mix)
    yield one.project_facts(request, row)
    yield cards_block(one.project_cards(request, rates, row, left, row_left, rewards))
    yield from (forecasts.forecast_block(each) for _, each in forecast.rows.iterrows())
    yield from square_blocks(request, row, rates, project)
    yield from curve_blocks(request, row, curve, rewards)
    yield heading_block(one.CHAIN)
    yield one.chain_bars(chain.rows)
    yield from group_blocks(request, rates, project)
    label = one.compensation_label(mix.rows)
    yield from folded_part(request, "mix", label, lambda: [one.compensation_bars(mix.rows)])
    yield from folded_table(request, "rewards", shown.REWARD_PERIODS, rewards, shown.REWARD_COLUMNS)
    yield from folded_table(request, "curve", curves.CURVE_TABLE, curve, curves.CURVE_COLUMNS)
    yield from folded_table(request, "forecast", forecasts.FORECAST_TABLE, forecast, forecasts.FORECAST_COLUMNS)
    yield source_block(request, "demolition_project", project)
    yield from formula_part(request, rates, left, curve, chain, mix, rewards, forecast)


def square_blocks(request: PageRequest, row: pd.Series, rates: DatedResult, project: str) -> Iterator[Block]:
    """Yield the households, a square each, where few are left; viewers see no household one by one."""
    if request.is_clerk and squares.is_near_end(row, rates.as_of):
        steps = cached(request.con, LISTINGS["household_steps"], rates.as_of, project_id=project)
        yield heading_block(squares.squares_heading(row))
        yield squares.household_squares(row, steps)


def curve_blocks(request: PageRequest, row: pd.Series, curve: DatedResult, rewards: DatedResult) -> Iterator[Block]:
    """Yield the signing curve with its plan, the pace needed, the ends of the rewards, the range of the forecast."""
    ahead = cached(request.con, METRICS["forecast_curve"], curve.as_of, project_id=row["project_id"])
    traces = forecasts.forecast_range_traces(ahead.rows, request.language)
    yield heading_block(curves.CURVE)
    period = row["sign_start"].date(), row["sign_end"].date()
    figure = curves.signing_curve(curve.rows, period, one.reward_ends(rewards.rows), traces, request.language)
    yield chart_block(figure, "signing-curve", curves.CURVE_ALT.fill(title=one.project_sentence(row)))


def group_blocks(request: PageRequest, rates: DatedResult, project: str) -> Iterator[Block]:
    """Yield the groups of one dimension, and folded all of them and the households whose ledgers disagree."""
    groups, area, differing = (
        cached(request.con, METRICS[name], rates.as_of, project_id=project)
        for name in ("signing_breakdown", "signing_by_area", "household_differences")
    )
    by = request.choice("by", one.DIMENSIONS, one.CHOOSE_GROUPING) or one.DIMENSIONS[0]
    yield heading_block(one.breakdown_heading(by))
    yield one.grouping_links(request, by)
    yield one.breakdown_list(request, groups, by)
    yield from (caption_block(one.area_sentence(each)) for _, each in area.rows.iterrows())
    label = one.difference_label(differing.rows)
    yield from folded_table(request, "differing", label, differing, one.DIFFERENCE_COLUMNS)
    yield from folded_table(request, "groups", one.BREAKDOWN_TABLE, groups, one.BREAKDOWN_COLUMNS)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
