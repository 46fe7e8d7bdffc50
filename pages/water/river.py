"""一河一档: all rivers, worst first; of one river all that is known of it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from analytics.metrics import LISTINGS, METRICS, Result
from analytics.status import status_lights
from data.text import Text, untranslated
from ui.blocks import Block
from ui.cache import cached, newest_day
from ui.cards import cards_block
from ui.map.before_after import BEFORE_AFTER, before_after_blocks
from ui.page import PageRequest, caption_block, heading_block, sentence_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block, same_page_href, source_block
from ui.preferences import chosen_day
from ui.result_list import PRINTED_ROWS, folded_table, full_table
from ui.water import river as shown
from ui.water import river_list as all_shown
from ui.water.former_values import former_values_block
from ui.water.sources import listed_places
from ui.water.state_title import state_title

CARDS = tuple(spec.metric for spec in shown.CARD_SPECS)
NAMES = (*CARDS, "works_progress", "section_class", "source_list", "outfall_list")
RiverResults = dict[str, Result[Any]]


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the rivers worst first, or one river where the address names it."""
    found = river_results(request)
    facts = found["river_facts"].rows
    river = request.choice("river", facts["river_id"], shown.CHOOSE)
    if river:
        yield from river_blocks(request, found, river)
    else:
        yield from all_rivers_blocks(request, found)


def river_results(request: PageRequest) -> RiverResults:
    """Return what both views are made of, all as of one day."""
    asked = [METRICS[name] for name in NAMES]
    ledgers = sorted({ledger for each in asked for ledger in each.ledgers})
    day = chosen_day() or newest_day(request.con, tuple(ledgers))
    return {each.name: cached(request.con, each, day) for each in asked} | {
        "river_facts": cached(request.con, LISTINGS["river_facts"], day),
        "duties": cached(request.con, LISTINGS["duties"], day),
    }


def all_rivers_blocks(request: PageRequest, found: RiverResults) -> Iterator[Block]:
    """Yield how many rivers are of each class, and all rivers, those with something overdue first."""
    rows = listed_rivers(found)
    yield header_block(request, all_shown.title_sentence(rows), *found.values())
    if rows.empty:
        yield no_data_block()
        return
    yield cards_block(shown.river_cards([found[name] for name in CARDS]))
    yield heading_block(all_shown.BY_CLASS)
    yield all_shown.class_picture(rows)
    yield heading_block(all_shown.RIVERS)
    yield all_shown.river_list(request, found["river_facts"], rows)
    yield from folded_table(request, "all", all_shown.ALL_RIVERS, found["river_facts"], shown.FACT_LIST)
    yield from formula_part(request, *found.values())


def all_places(found: RiverResults) -> pd.DataFrame:
    """Return sources and outfalls as one list, the longest overdue first."""
    return listed_places(found["source_list"].rows, found["outfall_list"].rows, found["duties"].rows)


def listed_rivers(found: RiverResults) -> pd.DataFrame:
    """Return the rivers with what is bad about each, the worst first."""
    works, duties, places = found["works_progress"], found["duties"].rows, all_places(found)
    lights = status_lights(works.rows, works.as_of)
    facts, classes = found["river_facts"].rows, found["section_class"].rows
    return all_shown.river_rows(facts, classes, works.rows, lights, places, duties)


def river_blocks(request: PageRequest, found: RiverResults, river: str) -> Iterator[Block]:
    """Yield one river: its state, its sections, works, sources, chiefs, open issues, before and after."""
    facts = found["river_facts"].rows
    names = dict(zip(facts["river_id"], facts["river"], strict=True))
    own = {name: rows_of_river(result, river, names[river]) for name, result in found.items()}
    works = own["works_progress"]
    reaches = cached(request.con, LISTINGS["river_reaches"], works.as_of, river_id=river)
    issues = cached(request.con, LISTINGS["river_issues"], works.as_of, river_id=river)
    cards = [own[name] for name in CARDS]
    yield header_block(
        request, state_title(untranslated(names[river]), *(r.rows for r in cards)), *own.values(), issues
    )
    yield shown.river_links(request, names, river)
    yield sentence_block(opening_of(own, reaches))
    yield former_values_block(cached(request.con, LISTINGS["river_versions"], works.as_of, river_id=river))
    yield cards_block(shown.river_cards(cards))
    yield from shown.section_blocks(own["section_class"])
    yield heading_block(shown.WORKS)
    yield shown.work_list(works, status_lights(works.rows, works.as_of))
    yield heading_block(shown.PLACES)
    places, more = all_places(own), same_page_href(request, open="places")
    yield shown.river_places(own["source_list"], places, more_href=more)
    chiefs = (shown.CHIEF_LIST, [shown.chief_list(own["duties"])])
    yield shown.side_by_side(chiefs, (shown.OPEN_ISSUES, [shown.issue_list(issues)]))
    yield from register_blocks(request, own, river)


def opening_of(own: RiverResults, reaches: Result[Any]) -> Text:
    """Return the opening paragraph of the file of a river."""
    facts, works = own["river_facts"].rows.iloc[0], own["works_progress"]
    closure, duties = own["source_closure"].rows, own["duties"].rows
    return shown.opening_paragraph(facts, reaches.rows, duties, closure, works.rows, works.as_of)


def rows_of_river(result: Result[Any], river: str, name: str) -> Result[Any]:
    """Return a result with the rows of one river alone; where they lack its code they are told by its name."""
    mine = result.rows["river_id"] == river if "river_id" in result.rows else result.rows["river"] == name
    return replace(result, rows=result.rows[mine].reset_index(drop=True))


def register_blocks(request: PageRequest, own: RiverResults, river: str) -> Iterator[Block]:
    """Yield the verdicts before and after the works, and what is folded: tables, the register, formulas."""
    classes, works = own["section_class"], own["works_progress"]
    name = own["river_facts"].rows["river"].iloc[0]
    change = cached(request.con, METRICS["before_after"], works.as_of, river=name)
    verdicts = shown.before_after_verdicts(change.rows)
    yield heading_block(shown.BEFORE_AFTER)
    yield sentence_block(*verdicts)
    yield caption_block(shown.NOT_ALONE if verdicts else shown.no_verdict_note(works.as_of))
    newest = shown.newest_by_section(classes.rows)
    blocks = partial(before_after_blocks, request, river, works.as_of, {**METRICS, **LISTINGS})
    yield from folded_part(request, "compare", BEFORE_AFTER, blocks)
    yield from folded_table(request, "change", shown.CHANGES, change, shown.CHANGE_LIST)
    yield from folded_table(request, "sections", shown.ALL_SECTIONS, classes, shown.CLASS_LIST, newest)
    places = partial(shown.river_places, own["source_list"], all_places(own), PRINTED_ROWS)
    yield from folded_part(request, "places", shown.ALL_PLACES, lambda: [places()])
    yield from folded_table(request, "works", shown.ALL_WORKS, works, shown.WORK_LIST)
    for part, label, lists in (
        ("kinds", shown.PARTS_BY_KIND, shown.KIND_LISTS),
        ("register", shown.REGISTER, shown.REGISTER_LISTS),
    ):
        yield from folded_part(request, part, label, partial(listing_blocks, request, own, river, lists))
    yield source_block(request, "river", river)
    yield from formula_part(request, *own.values(), change)


def listing_blocks(request: PageRequest, own: RiverResults, river: str, listed: shown.RiverLists) -> Iterator[Block]:
    """Yield lists of the river, each under its title with all its columns."""
    day = own["works_progress"].as_of
    for name, (title, columns) in listed.items():
        result = own[name] if name in own else cached(request.con, LISTINGS[name], day, river_id=river)
        yield heading_block(title)
        yield full_table(request, title, result, columns, name.replace("_", "-"))


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
