"""一河一档: all rivers, worst first; of one river all that is known of it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from analytics.metrics import LISTINGS, METRICS, Listing, Metric, Result
from analytics.status import status_lights, status_rule_sentence
from data.text import untranslated
from ui.blocks import Block
from ui.cache import cached, newest_day
from ui.cards import cards_block
from ui.page import PageRequest, caption_block, heading_block, sentence_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block
from ui.preferences import chosen_day
from ui.result_list import full_table
from ui.water import river as shown
from ui.water import river_list as all_shown
from ui.water.class_strip import ITEMS_NOTE
from ui.water.sources import listed_places
from ui.water.state_title import state_title

CARDS = tuple(spec.metric for spec in shown.CARD_SPECS)
NAMES = (*CARDS, "works_progress", "section_class", "source_list", "outfall_list", "river_facts", "duties")
RiverResults = dict[str, Result[Any]]


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the rivers worst first, or one river where the address names it."""
    found = river_results(request)
    facts = found["river_facts"].rows
    river = request.choice("river", facts["river_id"], shown.CHOOSE)
    if river:
        yield from river_blocks(request, found, river)
    else:
        yield from overview_blocks(request, found)


def river_results(request: PageRequest) -> RiverResults:
    """Return what both views are made of, all as of one day."""
    asked: dict[str, Metric | Listing] = {name: METRICS.get(name) or LISTINGS[name] for name in NAMES}
    ledgers = sorted({ledger for each in asked.values() for ledger in each.ledgers})
    day = chosen_day() or newest_day(request.con, tuple(ledgers))
    return {name: cached(request.con, each, day) for name, each in asked.items()}


def overview_blocks(request: PageRequest, found: RiverResults) -> Iterator[Block]:
    """Yield how many rivers are of each class, and all rivers, those with something overdue first."""
    register, works = found["river_facts"], found["works_progress"]
    places = listed_places(found["source_list"].rows, found["outfall_list"].rows, found["duties"].rows)
    lights = status_lights(works.rows, works.as_of)
    rows = all_shown.river_rows(
        register.rows, found["section_class"].rows, works.rows, lights, places, found["duties"].rows
    )
    title = all_shown.title_sentence(rows)
    yield header_block(request, title, *found.values())
    if rows.empty:
        yield no_data_block()
        return
    yield cards_block(shown.river_cards([found[name] for name in CARDS]))
    yield heading_block(all_shown.BY_CLASS)
    yield all_shown.class_picture(rows)
    yield heading_block(all_shown.RIVERS)
    yield all_shown.river_list(request, register, rows)
    yield from folded_part(
        request,
        "all",
        all_shown.ALL_RIVERS,
        lambda: [full_table(request, title, register, shown.FACT_LIST, "rivers")],
    )
    yield from formula_part(request, *found.values())


def river_blocks(request: PageRequest, found: RiverResults, river: str) -> Iterator[Block]:
    """Yield one river: its state, its sections, works, sources, chiefs, open issues, before and after."""
    facts = found["river_facts"].rows.set_index("river_id", drop=False)
    one, names = facts.loc[river], dict(zip(facts["river_id"], facts["river"], strict=True))
    own = {name: rows_of_river(result, river, one["river"]) for name, result in found.items()}
    day = own["works_progress"].as_of
    reaches, issues = (
        cached(request.con, LISTINGS[name], day, river_id=river) for name in ("river_reaches", "river_issues")
    )
    met, closure, dredging = (own[name].rows for name in CARDS)
    works = own["works_progress"]
    title = state_title(untranslated(one["river"]), met, closure, dredging)
    opening = shown.opening_paragraph(one, reaches.rows, own["duties"].rows, closure, works.rows, day)
    yield header_block(request, title, *own.values(), issues, reaches)
    yield shown.river_links(request, names, river)
    yield sentence_block(opening)
    yield cards_block(shown.river_cards([own[name] for name in CARDS]))
    yield from section_blocks(own["section_class"])
    yield from work_blocks(works)
    yield from place_blocks(own)
    yield shown.side_by_side(
        (shown.CHIEF_LIST, [shown.chief_list(own["duties"])]), (shown.OPEN_ISSUES, [shown.issue_list(issues)])
    )
    yield from folded_blocks(request, own, river)


def rows_of_river(result: Result[Any], river: str, name: str) -> Result[Any]:
    """Return a result with the rows of one river alone; where they lack its code they are told by its name."""
    mine = result.rows["river_id"] == river if "river_id" in result.rows else result.rows["river"] == name
    return replace(result, rows=result.rows[mine].reset_index(drop=True))


def section_blocks(classes: Result[Any]) -> Iterator[Block]:
    """Yield the classes of the river's sections month by month, and the newest of each."""
    yield heading_block(shown.STRIP)
    if classes.rows.empty:
        yield caption_block(shown.NO_SECTION)
        return
    yield shown.section_strip(classes.rows)
    yield caption_block(ITEMS_NOTE)
    yield shown.section_list(classes)


def work_blocks(works: Result[Any]) -> Iterator[Block]:
    """Yield the works of the river, those furthest behind first."""
    yield heading_block(shown.WORKS)
    if works.rows.empty:
        yield caption_block(shown.NO_WORK)
        return
    yield shown.work_list(works, status_lights(works.rows, works.as_of))
    yield caption_block(status_rule_sentence(works.as_of))


def place_blocks(own: RiverResults) -> Iterator[Block]:
    """Yield the sources and outfalls of the river, the longest overdue first."""
    yield heading_block(shown.PLACES)
    places = listed_places(own["source_list"].rows, own["outfall_list"].rows, own["duties"].rows)
    yield shown.place_list(own["source_list"], places) if len(places) else caption_block(shown.NO_PLACE)


def folded_blocks(request: PageRequest, own: RiverResults, river: str) -> Iterator[Block]:
    """Yield what is folded: before and after the works, tables, the register, how it is worked out."""
    classes, works = own["section_class"], own["works_progress"]
    name = own["river_facts"].rows["river"].iloc[0]
    change = cached(request.con, METRICS["before_after"], works.as_of, river=name)
    verdicts = shown.before_after_verdicts(change.rows)
    yield heading_block(shown.BEFORE_AFTER)
    yield sentence_block(*verdicts)
    yield caption_block(shown.NOT_ALONE if verdicts else shown.no_verdict_note(works.as_of))
    yield from folded_part(
        request,
        "change",
        shown.CHANGES,
        lambda: [full_table(request, shown.CHANGES, change, shown.CHANGE_LIST, "before-after")],
    )
    newest = shown.newest_by_section(classes.rows)
    yield from folded_part(
        request,
        "sections",
        shown.ALL_SECTIONS,
        lambda: [full_table(request, shown.ALL_SECTIONS, classes, shown.CLASS_LIST, "sections", newest)],
    )
    yield from folded_part(
        request,
        "works",
        shown.ALL_WORKS,
        lambda: [full_table(request, shown.ALL_WORKS, works, shown.WORK_LIST, "works")],
    )
    yield from folded_part(
        request, "kinds", shown.PARTS_BY_KIND, lambda: listing_blocks(request, own, river, shown.KIND_LISTS)
    )
    yield from folded_part(
        request, "register", shown.REGISTER, lambda: listing_blocks(request, own, river, shown.REGISTER_LISTS)
    )
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
