"""The seven verbs of the method on one page; the address may choose one, which brings the lists behind it."""

from collections.abc import Iterator

from analytics.metrics import LISTINGS, METRICS
from ui.blocks import Block
from ui.cache import cached
from ui.investment import verbs as shown
from ui.investment.day import investment_day
from ui.page import PageRequest, heading_block, show_page
from ui.page_header import formula_part, header_block, no_data_block, source_block
from ui.result_list import folded_table
from ui.results import DatedResult


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the seven verbs with their indicators, or one verb with its lists where the address names it."""
    verbs = cached(request.con, METRICS["seven_verbs"], investment_day(request.con))
    merchants = cached(request.con, LISTINGS["merchant_list"], verbs.as_of)
    merchant = request.choice("merchant", merchants.rows["merchant_id"], shown.CHOOSE_MERCHANT)
    verb = request.choice("verb", verbs.rows["verb"], shown.CHOOSE_VERB)
    if merchant:
        yield from merchant_blocks(request, merchants, merchant)
        return
    if verb:
        yield from verb_blocks(request, verbs, verb)
        return
    requests = cached(request.con, METRICS["request_summary"], verbs.as_of, is_total="True")
    yield header_block(request, shown.title_sentence(verbs, merchants, requests), verbs)
    if verbs.newest is None:
        yield no_data_block()
        return
    yield shown.verb_blocks_html(request, verbs)
    yield from folded_table(request, "all", shown.ALL_INDICATORS, verbs, shown.INDICATOR_COLUMNS)
    yield from formula_part(request, verbs)


def verb_blocks(request: PageRequest, verbs: DatedResult, verb: str) -> Iterator[Block]:
    """Yield one verb: its indicators, the lists behind them, the way to those on other pages."""
    lists = list(verb_lists(request, verbs, verb))
    yield header_block(request, shown.verb_title(verbs, verb), verbs, *lists)
    yield shown.way_back(request)
    yield shown.verb_blocks_html(request, verbs, (verb,))
    yield shown.elsewhere_links(verbs, verb)
    for result in lists:
        yield heading_block(shown.LIST_TITLES[result.definition.name])
        yield shown.verb_list(request, result, shown.rows_of_verb(result, verb))
    for result in lists:
        yield from shown.folded_list(request, result, shown.rows_of_verb(result, verb))
    yield from formula_part(request, verbs)


def merchant_blocks(request: PageRequest, merchants: DatedResult, merchant: str) -> Iterator[Block]:
    """Yield one merchant in reserve: what is registered, and every activity with it."""
    row = merchants.rows.set_index("merchant_id", drop=False).loc[merchant]
    activities = cached(request.con, LISTINGS["merchant_activities"], merchants.as_of, merchant_id=merchant)
    yield header_block(request, shown.merchant_title(row), merchants, activities)
    yield shown.way_back(request, shown.MERCHANTS_VERB)
    yield shown.merchant_facts(merchants, row)
    yield heading_block(activities.definition.label)
    yield shown.merchant_activity_list(activities)
    yield source_block(request, "merchant", merchant)


def verb_lists(request: PageRequest, verbs: DatedResult, verb: str) -> Iterator[DatedResult]:
    """Yield the lists of a verb, and what was done for it this year."""
    con, day = request.con, verbs.as_of
    if verb == "引":
        yield cached(con, LISTINGS["introduced_list"], day)
        yield cached(con, LISTINGS["material_list"], day)
    if verb == "增":
        yield cached(con, LISTINGS["survey_list"], day)
    if verb == "促":
        yield cached(con, LISTINGS["relocation_list"], day)
    if verb == "储":
        yield cached(con, LISTINGS["merchant_list"], day)
    if verb == "联":
        yield cached(con, LISTINGS["early_talk_list"], day)
        yield cached(con, LISTINGS["partner_list"], day)
    activities = cached(con, LISTINGS["activity_list"], day)
    if not shown.rows_of_verb(activities, verb).empty:
        yield activities


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
