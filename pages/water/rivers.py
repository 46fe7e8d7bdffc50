"""Where it is bad: reaches by class, pollution sources by kind and state, a card for what is chosen."""

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from analytics.metrics import LISTINGS, METRICS, Result
from ui.blocks import Block
from ui.cache import cached, newest_day
from ui.markup import element, words
from ui.page import PageRequest, caption_block, heading_block, show_page
from ui.page_header import formula_part, header_block, no_data_block
from ui.preferences import chosen_day
from ui.result_list import folded_table
from ui.water import rivers as shown


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the map with the card of what is chosen, and reaches and open sources, the worst first."""
    ledgers = sorted({*LISTINGS["reach_map"].ledgers, *LISTINGS["source_map"].ledgers})
    day = chosen_day() or newest_day(request.con, tuple(ledgers))
    reaches = cached(request.con, LISTINGS["reach_map"], day)
    sources = cached(request.con, LISTINGS["source_map"], day)
    title = shown.title_sentence(reaches.rows, sources.rows, reaches.as_of)
    yield header_block(request, title, reaches, sources)
    if reaches.rows.empty and sources.rows.empty:
        yield no_data_block()
        return
    chosen, card = chosen_card(request, reaches, sources)
    yield shown.map_block(request, reaches.rows, sources.rows, chosen, card + shown.map_legend())
    yield caption_block(shown.undrawn_note(reaches.rows))
    yield heading_block(shown.PLACES)
    yield shown.worst_first_list(request, sources, shown.map_places(reaches.rows, sources.rows, sources.as_of))
    yield from folded_table(request, "reaches", shown.REACH_LIST, reaches, shown.REACH_COLUMNS)
    yield from folded_table(request, "sources", shown.SOURCE_LIST, sources, shown.SOURCE_COLUMNS)
    yield from formula_part(request, reaches, sources)


def chosen_card(request: PageRequest, reaches: Result[Any], sources: Result[Any]) -> tuple[str | None, Markup]:
    """Return the code of the reach or source that the address names, and its card; without one, how to choose."""
    reach = request.choice("reach", reaches.rows["reach_id"], shown.ONE_REACH)
    if reach:
        sections = cached(request.con, METRICS["section_class"], reaches.as_of)
        duties = cached(request.con, LISTINGS["duties"], reaches.as_of)
        return reach, shown.reach_card(request, reaches, reach, sections.rows, duties.rows)
    source = request.choice("source", sources.rows["source_id"], shown.ONE_SOURCE)
    if source:
        return source, shown.source_card(request, sources, source)
    return None, element("p", words(shown.MAP_HINT), class_="fl-caption fl-with-webgl")


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
