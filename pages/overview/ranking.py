"""How villages and units stand to each other over all their work, each against a plan of its own."""

from collections.abc import Iterator
from datetime import timedelta

from analytics.metrics import LISTINGS, METRICS
from ui import phrases
from ui.blocks import Block
from ui.cache import cached
from ui.demolition import ranking_publisher as publisher
from ui.overview import ranking as shown
from ui.page import PageRequest, caption_block, heading_block, show_page
from ui.page_header import formula_part, header_block, no_data_block
from ui.preferences import chosen_day
from ui.result_list import folded_table
from ui.results import DatedResult

WEEK = timedelta(days=7)


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the places of villages and units, or what makes the score of the one that the address names."""
    ranking = ranking_of_day(request)
    parts = cached(request.con, METRICS["ranking_measures"], ranking.as_of)
    for scope in shown.SCOPES:
        known = ranking.rows.loc[ranking.rows["scope"] == scope, "ranked_id"]
        if code := request.choice(scope, known, shown.WHAT[scope]):
            yield from blocks_of_one(request, ranking, parts, scope, code)
            return
    title = shown.title_sentence(ranking.rows) if ranking.as_of else phrases.NOTHING_YET
    yield header_block(request, title, ranking)
    if ranking.rows.empty:
        yield no_data_block()
    else:
        yield from ranking_blocks(request, ranking, parts)


def ranking_blocks(request: PageRequest, ranking: DatedResult, parts: DatedResult) -> Iterator[Block]:
    """Yield the places with their changes; folded the whole tables and the formulas."""
    week_before = cached(request.con, METRICS["overall_ranking"], ranking.as_of and ranking.as_of - WEEK)
    published = cached(request.con, LISTINGS["published_standings"], ranking.as_of)
    last = shown.last_published(published)
    former = week_before.rows if last.empty else last
    yield shown.both_lists(request, ranking, shown.with_change(ranking.rows, former))
    against = shown.compared_sentence(last, week_before.as_of)
    yield caption_block(against, shown.limits_note(ranking.as_of), None if request.is_clerk else shown.VIEWERS)
    yield from folded_table(request, "all", shown.ALL_PLACES, ranking, shown.PLACE_COLUMNS)
    yield from folded_table(request, "parts", shown.ALL_PARTS, parts, shown.PART_COLUMNS)
    yield from folded_table(request, "published", shown.PUBLISHED, published, shown.PUBLISHED_COLUMNS)
    yield from formula_part(request, ranking, parts)
    if request.is_clerk:
        yield publisher.publish_fold(request)


def ranking_of_day(request: PageRequest) -> DatedResult:
    """Return the ranking of the day of the page."""
    return cached(request.con, METRICS["overall_ranking"], chosen_day())


def blocks_of_one(
    request: PageRequest, ranking: DatedResult, parts: DatedResult, scope: str, code: str
) -> Iterator[Block]:
    """Yield what makes the score of one village or unit."""
    yield header_block(request, shown.own_title(ranking.rows, scope, code), ranking, parts)
    yield shown.ways_on(request, scope, code)
    yield heading_block(shown.PARTS)
    yield shown.part_list(request, parts, scope, code)
    yield caption_block(None if request.is_clerk else shown.VIEWERS)
    yield from formula_part(request, ranking, parts)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
    publisher.draw_publisher(shown.PAGE, ranking_of_day)
