"""Where the dirt comes from: sources, outfalls and blocks, how far each is, and what is overdue."""

from collections.abc import Iterator

import pandas as pd

from analytics.metrics import LISTINGS, METRICS
from ui.blocks import Block
from ui.cache import cached, newest_day
from ui.cards import cards_block
from ui.page import PageRequest, caption_block, heading_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block, source_block
from ui.preferences import chosen_day
from ui.result_list import facts_block, full_table
from ui.results import DatedResult
from ui.water import sources as shown

VILLAGES = (
    "village closed registered rate overdue accepted relapsed outfalls_closed outfalls outfall_rate "
    "outfalls_overdue dry dry_unknown"
)
SOURCES = "source kind state village river days_overdue due_on closed_on accepted_on action scale scale_unit found_on"
OUTFALLS = "outfall kind state village river days_overdue dry_weather_flow due_on closed_on evidence has_sign found_on"
BLOCKS = (
    "area kind phase village households_connected households_design rate defects_fixed defects_found defect_rate "
    "accepted_on reported_on"
)
CLOSURE = "river kind closed registered rate overdue accepted relapsed"
CLOSED_OUTFALLS = "river kind closed registered rate overdue dry dry_unknown with_evidence without_evidence"
CONNECTIONS = "ledger village households_connected households_design rate counted uncounted"
SOURCE_FACTS = "state kind scale scale_unit action river village found_on due_on closed_on accepted_on days_overdue"
OUTFALL_FACTS = "state kind dry_weather_flow river village found_on due_on closed_on days_overdue evidence has_sign"
LISTS = ("source_list", "outfall_list")
FIRST_SIGHT = (*LISTS, "source_closure", "outfall_closure", "zero_discharge")
FOLDED = ("source_by_village", "zero_discharge_list", "connection_rate", "plant_connection")
CALLED = {"rate": shown.CLOSED_RATE, "closed": shown.CLOSED}
Results = dict[str, DatedResult]


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the cards, how far each kind is, what is open; or one source or outfall where the address names it."""
    lists = named_results(request, *LISTS)
    sources, outfalls = (lists[name].rows for name in LISTS)
    duties = cached(request.con, LISTINGS["duties"], lists["source_list"].as_of)
    places = shown.listed_places(sources, outfalls, duties.rows)
    source = request.choice("source", sources["source_id"], shown.ONE_SOURCE)
    outfall = request.choice("outfall", outfalls["outfall_id"], shown.ONE_OUTFALL)
    if source:
        yield from place_blocks(request, lists["source_list"], places, source, SOURCE_FACTS)
    elif outfall:
        yield from place_blocks(request, lists["outfall_list"], places, outfall, OUTFALL_FACTS)
    else:
        yield from all_places_blocks(request, places)


def named_results(request: PageRequest, *names: str) -> Results:
    """Return metrics by their names, as of the newest day of all that this page shows."""
    ledgers = dict.fromkeys(ledger for name in (*FIRST_SIGHT, *FOLDED) for ledger in METRICS[name].ledgers)
    day = chosen_day() or newest_day(request.con, tuple(ledgers))
    return {name: cached(request.con, METRICS[name], day) for name in names}


def all_places_blocks(request: PageRequest, places: pd.DataFrame) -> Iterator[Block]:
    """Yield how far all are, what is open, and folded the villages, blocks, connections and whole tables."""
    found = named_results(request, *FIRST_SIGHT)
    sources, outfalls, closure, closed_outfalls, blocks = found.values()
    yield header_block(request, shown.sources_title(closure, closed_outfalls, places), *found.values())
    if places.empty and blocks.rows.empty:
        yield no_data_block()
        return
    yield cards_block(shown.source_cards(request, closure, closed_outfalls, outfalls.rows, blocks))
    yield heading_block(shown.BY_KIND)
    yield shown.kind_pictures((shown.SOURCES, "source", sources.rows), (shown.OUTFALLS, "outfall", outfalls.rows))
    yield heading_block(shown.OPEN_LIST)
    still_open = places[~places["is_closed"]]
    yield shown.place_list(request, sources, still_open) if len(still_open) else caption_block(shown.NONE_OPEN)
    yield from folded_blocks(request, found)


def folded_blocks(request: PageRequest, found: Results) -> Iterator[Block]:
    """Yield what stands behind the cards and bars, each part folded."""
    folded = (
        ("all", shown.ALL_PLACES, lambda: whole_tables(request, found)),
        ("rates", shown.RATES, lambda: rate_tables(request, found)),
        ("villages", shown.BY_VILLAGE, lambda: village_blocks(request, found["source_list"])),
        ("blocks", shown.BLOCKS, lambda: block_blocks(request)),
        ("connections", shown.CONNECTIONS, lambda: connection_blocks(request)),
    )
    for part, label, make in folded:
        yield from folded_part(request, part, label, make)
    yield from formula_part(request, *found.values())


def whole_tables(request: PageRequest, found: Results) -> Iterator[Block]:
    """Yield all sources and all outfalls."""
    yield full_table(request, shown.SOURCES, found["source_list"], SOURCES.split(), "sources")
    yield full_table(request, shown.OUTFALLS, found["outfall_list"], OUTFALLS.split(), "outfalls")


def rate_tables(request: PageRequest, found: Results) -> Iterator[Block]:
    """Yield what is closed of what was found, by river and kind."""
    named = ((shown.SOURCES, "source_closure", CLOSURE), (shown.OUTFALLS, "outfall_closure", CLOSED_OUTFALLS))
    for title, name, columns in named:
        yield full_table(request, title, found[name], columns.split(), name, **CALLED)


def village_blocks(request: PageRequest, sources: DatedResult) -> Iterator[Block]:
    """Yield the sources of each village as bars, and a table that has the outfalls too."""
    by_village = named_results(request, "source_by_village")["source_by_village"]
    if len(sources.rows):
        yield shown.village_picture(sources.rows)
    villages = shown.with_village_names(by_village.rows)
    yield full_table(request, shown.BY_VILLAGE, by_village, VILLAGES.split(), "villages", villages, **CALLED)
    yield caption_block(shown.NO_VILLAGE_NOTE)
    yield formula_caption(by_village)


def block_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the blocks, the least advanced first."""
    blocks = named_results(request, "zero_discharge_list")["zero_discharge_list"]
    yield full_table(request, shown.BLOCKS, blocks, BLOCKS.split(), "blocks", rate=shown.CONNECTED_RATE)
    yield formula_caption(blocks)


def connection_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the households connected in blocks and to plants, apart."""
    blocks, connected, plants = named_results(request, "zero_discharge", "connection_rate", "plant_connection").values()
    yield cards_block(shown.connection_cards(connected, blocks, plants))
    yield shown.connection_picture(connected.rows)
    named, called = shown.with_village_names(connected.rows), {"rate": shown.CONNECTED_RATE}
    yield full_table(request, shown.CONNECTIONS, connected, CONNECTIONS.split(), "connections", named, **called)
    yield formula_caption(connected)


def formula_caption(result: DatedResult) -> Block:
    """Return how a result of a folded part is worked out, which is told with it."""
    return caption_block(result.formula)


def place_blocks(
    request: PageRequest, result: DatedResult, places: pd.DataFrame, code: str, columns: str
) -> Iterator[Block]:
    """Yield one source or outfall: how far it is, what is known of it, what else is open on its river."""
    key = "source_id" if "source_id" in result.rows else "outfall_id"
    row = result.rows[result.rows[key] == code].iloc[0]
    place = places[(places["code"] == code) & (places["ledger"] == key.removesuffix("_id"))].iloc[0]
    others = places[(places["river_id"] == row["river_id"]) & ~places["is_closed"] & (places.index != place.name)]
    yield header_block(request, shown.place_sentence(place), result)
    yield shown.place_links(request, place)
    yield facts_block(result, row, columns.split())
    yield heading_block(shown.SAME_RIVER.fill(river=row["river"]))
    headings = named_results(request, "source_list")["source_list"]
    yield shown.place_list(request, headings, others) if len(others) else caption_block(shown.NONE_OPEN)
    yield source_block(request, key.removesuffix("_id"), code)
    yield from formula_part(request, result)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
