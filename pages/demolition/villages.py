"""Which village is ahead of its plan and which is last; one village; the ranking of a day, published as it stands."""

from collections.abc import Iterator

from analytics.metrics import LISTINGS, METRICS
from analytics.status import status_lights, status_rule_sentence
from ui.blocks import Block
from ui.cache import cached
from ui.cards import cards_block
from ui.demolition import ranking_publisher as publisher
from ui.demolition import village_cards
from ui.demolition import village_detail as detail
from ui.demolition import villages as shown
from ui.demolition.day import demolition_day
from ui.page import PageRequest, caption_block, folded_rules, heading_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block, source_block
from ui.result_list import folded_table, full_table
from ui.results import DatedResult


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the ranking of the villages, or one village where the address names it."""
    ranking = ranking_of_day(request)
    awards = cached(request.con, METRICS["village_awards"], ranking.as_of)
    named = cached(request.con, LISTINGS["village_names"], ranking.as_of).rows.set_index("village_id")["village"]
    village = request.choice("village", named.index, shown.CHOOSE_VILLAGE)
    if village:
        yield from ranked_village_blocks(request, ranking, village, named[village])
        return
    lights = status_lights(shown.with_deadline(ranking.rows), ranking.as_of)
    yield header_block(request, shown.title_sentence(ranking, lights), ranking, awards)
    if ranking.rows.empty and awards.rows.empty:
        yield no_data_block()
    else:
        yield from ranking_blocks(request, ranking, awards, lights)


def ranking_of_day(request: PageRequest) -> DatedResult:
    """Return the ranking of the day of the page."""
    return cached(request.con, METRICS["village_ranking"], demolition_day(request.con))


def ranking_blocks(
    request: PageRequest, ranking: DatedResult, awards: DatedResult, lights: list[str]
) -> Iterator[Block]:
    """Yield the cards, the gaps, the villages last place first; folded what was published, the awards, the editor."""
    yield cards_block(village_cards.ranking_cards(request, ranking, lights, awards))
    if not shown.ranked_rows(ranking.rows).empty:
        yield heading_block(shown.GAPS)
        yield shown.gap_picture(request, ranking, lights)
    yield heading_block(shown.LIST)
    yield shown.village_list(request, ranking, lights)
    yield caption_block(shown.compared_caption(ranking))
    yield folded_rules(status_rule_sentence(ranking.as_of))
    if request.is_clerk:
        yield publisher.ranking_download(request, ranking)
    yield from folded_part(request, "published", detail.PUBLISHED, lambda: published_blocks(request, ranking))
    yield from folded_table(request, "awards", shown.AWARD_TABLE, awards, shown.AWARD_COLUMNS)
    yield from folded_table(request, "all", shown.ALL_ROWS, ranking, shown.RANKING_COLUMNS)
    yield from formula_part(request, ranking, awards)
    if request.is_clerk:
        yield publisher.publish_fold(request)


def published_blocks(request: PageRequest, ranking: DatedResult) -> Iterator[Block]:
    """Yield what of the published rankings no longer holds, and all of them beside what they would be now."""
    published = cached(request.con, METRICS["published_rankings"], ranking.as_of)
    is_whole = not shown.has_merged(ranking.rows)
    yield detail.difference_block(published) if is_whole else caption_block(detail.SMALL_LEFT_OUT)
    yield full_table(request, detail.PUBLISHED, published, detail.PUBLISHED_COLUMNS, "published")
    yield caption_block(published.formula)


def ranked_village_blocks(request: PageRequest, ranking: DatedResult, village: str, name: str) -> Iterator[Block]:
    """Yield one village: its place, its projects, its places as published, its assessment."""
    projects = cached(request.con, LISTINGS["village_projects"], ranking.as_of, village_id=village)
    assessed = cached(request.con, LISTINGS["village_assessments"], ranking.as_of, village_id=village)
    published = cached(request.con, METRICS["published_rankings"], ranking.as_of, village_id=village)
    yield header_block(request, detail.village_title(ranking, village, name), ranking, projects, assessed, published)
    yield detail.all_villages_link(request)
    households = ((detail.PROJECTS, detail.project_rows(projects)), (detail.PLACES, detail.place_rows(published)))
    shown_parts = () if detail.is_merged(ranking, village) else households
    for heading, block in (*shown_parts, (detail.ASSESSED, detail.assessment_rows(assessed))):
        yield heading_block(heading)
        yield block
    yield source_block(request, "village", village)
    yield from formula_part(request, ranking, published)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
    publisher.draw_publisher(shown.PAGE, ranking_of_day)
