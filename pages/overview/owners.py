"""Who has what to do in the three lines of work: a unit, a village or a chief, all of it on a page to be handed on."""

from collections.abc import Iterator, Mapping

import pandas as pd

from analytics.metrics import LISTINGS, METRICS
from analytics.status import status_rule_sentence
from ui import phrases
from ui.blocks import Block
from ui.cache import cached
from ui.cards import cards_block
from ui.item_links import target_page_hrefs
from ui.overview import owner_lists as lists
from ui.overview import owners as shown
from ui.page import PageRequest, caption_block, folded_rules, heading_block, show_page
from ui.page_header import formula_part, header_block, no_data_block, same_page_href
from ui.preferences import chosen_day
from ui.result_list import folded_table
from ui.results import DatedResult


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield who has how much to do, or all that one has where the address names it."""
    items = cached(request.con, METRICS["open_items"], chosen_day())
    whose = asked_for(request, items)
    if whose:
        yield from blocks_of_one(request, items, whose)
        return
    is_known = items.as_of is not None
    yield header_block(request, shown.title_sentence(items.rows) if is_known else phrases.NOTHING_YET, items)
    if not is_known:
        yield no_data_block()
    elif len(items.rows):
        yield from all_owners_blocks(request, items)


def asked_for(request: PageRequest, items: DatedResult) -> shown.Answerable | None:
    """Return whom the address asks for: of villages also one that has nothing to do."""
    villages = cached(request.con, LISTINGS["village_names"], items.as_of).rows
    known: Mapping[str, Mapping[str, str]] = {
        **{choice: shown.known_codes(items.rows, choice) for choice in ("owner", "chief")},
        "village": dict(zip(villages["village_id"], villages["village"], strict=True)),
    }
    for choice, names in known.items():
        if code := request.choice(choice, names, shown.WHAT[choice]):
            return shown.Answerable(choice, code, names[code])
    return None


def all_owners_blocks(request: PageRequest, items: DatedResult) -> Iterator[Block]:
    """Yield the counts, the units and persons, the villages and the chiefs; folded every item."""
    yield cards_block(lists.item_cards(items, items.rows, same_page_href(request, open="all")))
    yield heading_block(shown.BY_OWNER)
    yield lists.answerable_list(request, items, "owner")
    both = ((shown.BY_VILLAGE, "village"), (shown.BY_CHIEF, "chief"))
    yield lists.beside_each_other(
        *((heading, lists.answerable_list(request, items, choice, lists.MOST_BESIDE)) for heading, choice in both)
    )
    yield from page_ending(request, items, items.rows)


def blocks_of_one(request: PageRequest, items: DatedResult, whose: shown.Answerable) -> Iterator[Block]:
    """Yield all that one has to do, on paper as a follow-up sheet."""
    rows = shown.items_of(items.rows, whose)
    yield header_block(request, shown.own_title(rows, whose.name), items)
    yield shown.all_owners_link(request)
    if rows.empty:
        yield caption_block(phrases.NOTHING_YET if items.rows.empty else None)
    else:
        pages = target_page_hrefs(METRICS)
        yield cards_block(lists.item_cards(items, rows, same_page_href(request, open="all")))
        yield lists.item_list(request, items, rows, whose, pages)
        yield lists.follow_up_sheet(items, rows, whose)
        yield caption_block(shown.HOW_TO_SEND)
    yield from page_ending(request, items, rows)


def page_ending(request: PageRequest, items: DatedResult, rows: pd.DataFrame) -> Iterator[Block]:
    """Yield what the lights mean and what a viewer does not see; folded the whole table and the formula."""
    yield caption_block(None if request.is_clerk else shown.WITHHELD)
    yield folded_rules(status_rule_sentence(items.as_of))
    yield from folded_table(request, "all", shown.OF_ALL, items, shown.ITEM_COLUMNS, rows)
    yield from formula_part(request, items)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
