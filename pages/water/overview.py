"""The four dimensions 治 截 洁 节 side by side, after three sentences of news."""

from collections.abc import Iterator, Sequence

from analytics.metrics import LISTINGS, METRICS
from analytics.status import status_lights
from ui import phrases
from ui.blocks import Block
from ui.cache import cached
from ui.cards import target_goals
from ui.page import PageRequest, show_page
from ui.page_header import formula_part, header_block, no_data_block
from ui.preferences import chosen_day
from ui.results import DatedResult
from ui.water import overview as shown
from ui.water.state_title import state_title


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield three sentences of news and the figures of the four dimensions."""
    day = chosen_day()
    dimensions = [
        [cached(request.con, METRICS[spec.metric], day, **spec.only) for spec in each.card_specs]
        for each in shown.DIMENSIONS
    ]
    answers = [answer for each in dimensions for answer in each]
    if all(answer.rows.empty for answer in answers):
        yield header_block(request, phrases.NOTHING_YET, *answers)
        yield no_data_block()
    else:
        yield from dimension_blocks(request, dimensions, answers)


def dimension_blocks(
    request: PageRequest, dimensions: Sequence[Sequence[DatedResult]], answers: Sequence[DatedResult]
) -> Iterator[Block]:
    """Yield the title, the news with their links, the cards of the four dimensions, the way to what is behind."""
    day = chosen_day()
    met, closure, dredging = (cached(request.con, METRICS[spec.metric], day, **spec.only) for spec in shown.HEADLINE)
    change, works = (cached(request.con, METRICS[name], day) for name in ("water_change", "works_progress"))
    rivers = cached(request.con, LISTINGS["river_facts"], day)
    as_of = max((answer.as_of for answer in answers if answer.as_of), default=None)
    targets = cached(request.con, METRICS["target_progress"], as_of)
    goals = target_goals(targets.rows, status_lights(targets.rows, targets.as_of))
    yield header_block(request, state_title(shown.NAME, met.rows, closure.rows, dredging.rows), *answers)
    yield shown.news_list(change.rows, works.rows, closure.rows, rivers.rows, closure.as_of)
    yield shown.dimension_columns(dimensions, goals)
    yield shown.behind_link()
    yield from formula_part(request, *answers, change, works, targets)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
