"""How far the demolition projects are on their way to 100 %, and what is left."""

from collections.abc import Iterator

from analytics.metrics import METRICS, Metric, Result
from analytics.status import status_lights, status_rule_sentence
from ui.blocks import Block
from ui.cache import cached
from ui.cards import cards_block
from ui.chart_view import chart_block
from ui.demolition import signing as shown
from ui.page import PageRequest, caption_block, heading_block, show_page
from ui.page_header import formula_part, header_block, no_data_block, source_block
from ui.preferences import chosen_day, reader_language
from ui.result_list import folded_table


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield all projects, overdue ones first, or one project where the address names it."""
    rates = cached(request.con, METRICS["signing_rate"], chosen_day())
    left = cached(request.con, METRICS["households_left"], rates.as_of)
    project = request.choice("project", rates.rows["project_id"], shown.CHOOSE_PROJECT)
    if project:
        yield from project_blocks(request, rates, left, project)
        return
    lights = status_lights(rates.rows, rates.as_of)
    yield header_block(request, shown.title_sentence(rates.rows, lights), rates, left)
    if rates.rows.empty:
        yield no_data_block()
    else:
        yield from all_projects_blocks(request, rates, left, lights)


def all_projects_blocks(
    request: PageRequest, rates: Result[Metric], left: Result[Metric], lights: list[str]
) -> Iterator[Block]:
    """Yield the cards, the projects worst first, and folded the tables behind them."""
    yield cards_block(shown.signing_cards(request, rates, left))
    yield heading_block(shown.PROJECTS)
    yield shown.project_list(request, rates, lights)
    yield caption_block(status_rule_sentence(rates.as_of))
    if differ := shown.ledger_difference(rates.rows):
        yield caption_block(differ)
    yield from folded_table(request, "left", shown.HOUSEHOLDS_LEFT, left, shown.LEFT_COLUMNS)
    yield from folded_table(request, "all", shown.ALL_PROJECTS, rates, shown.PROJECT_COLUMNS)
    yield from formula_part(request, rates, left)


def project_blocks(request: PageRequest, rates: Result[Metric], left: Result[Metric], project: str) -> Iterator[Block]:
    """Yield one project: households left, its curve, its steps and its ways of compensation."""
    curve, chain, mix = (
        cached(request.con, METRICS[name], rates.as_of, project_id=project)
        for name in ("signing_curve", "status_chain", "compensation_mix")
    )
    row, row_left = (result.rows.set_index("project_id").loc[project] for result in (rates, left))
    said = shown.project_sentence(row)
    yield header_block(request, said, rates, left, curve, chain, mix)
    yield shown.project_facts(request, row)
    yield cards_block(shown.project_cards(request, rates, row, row_left))
    yield heading_block(shown.CURVE)
    figure = shown.signing_curve(curve.rows, row["sign_end"].date(), reader_language())
    yield chart_block(figure, "signing-curve", shown.CURVE_ALT.fill(title=said))
    yield shown.chain_and_compensation(chain.rows, mix.rows)
    if differ := shown.ledger_difference(row.to_frame().T):
        yield caption_block(differ)
    yield from folded_table(request, "curve", shown.CURVE_TABLE, curve, shown.CURVE_COLUMNS)
    yield source_block(request, "demolition_project", project)
    yield from formula_part(request, rates, left, curve, chain, mix)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
