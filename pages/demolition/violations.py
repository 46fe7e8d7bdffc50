"""Unlawful buildings and renovation against target, what still stands, the land after, operations and safety."""

from collections.abc import Iterator

from analytics.metrics import LISTINGS, METRICS, Metric, Result
from analytics.status import status_lights
from data.result_rows import part_rows
from ui import phrases
from ui.blocks import Block
from ui.cache import cached
from ui.cards import cards_block
from ui.demolition import area_bars, operations, violation_cards
from ui.demolition import violations as shown
from ui.demolition.day import demolition_day
from ui.page import PageRequest, caption_block, heading_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block, source_block
from ui.result_list import folded_table, full_table
from ui.results import DatedResult


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield areas, what stands and the villages; or one village where the address names it."""
    day = demolition_day(request.con)
    areas, reuse, safety = (
        cached(request.con, METRICS[name], day) for name in ("area_targets", "violations_reuse", "operations_safety")
    )
    listed = cached(request.con, LISTINGS["violation_list"], day)
    village = request.choice("village", reuse.rows["village_id"].dropna(), shown.CHOOSE_VILLAGE)
    if village:
        yield from violating_village_blocks(request, reuse, listed, village)
    elif area_bars.areas_are_known(areas) or len(safety.rows):
        yield from all_blocks(request, areas, reuse, safety, listed)
    else:
        yield header_block(request, phrases.NOTHING_YET, areas, reuse, safety)
        yield no_data_block()


def all_blocks(
    request: PageRequest,
    areas: Result[Metric],
    reuse: Result[Metric],
    safety: Result[Metric],
    listed: DatedResult,
) -> Iterator[Block]:
    """Yield the cards, both areas against target, what stands, the villages, and folded what is behind them."""
    wholes = area_bars.whole_areas(areas, status_lights(areas.rows, areas.as_of))
    yield header_block(request, shown.title_sentence(wholes, listed, safety), areas, reuse, safety)
    yield cards_block(violation_cards.clearance_cards(request, areas, wholes, reuse))
    yield heading_block(area_bars.AGAINST_TARGET)
    yield area_bars.target_bars(wholes)
    if kinds := area_bars.kinds_of_renovation(areas):
        yield kinds
    yield heading_block(area_bars.BY_MONTH)
    yield area_bars.month_columns(cached(request.con, LISTINGS["area_months"], areas.as_of))
    yield heading_block(shown.STANDING)
    standing = shown.standing_rows(listed)
    yield (
        shown.building_list(request, listed, standing, "note") if len(standing) else caption_block(shown.NONE_STANDING)
    )
    yield heading_block(shown.BY_VILLAGE)
    yield shown.village_list(request, reuse)
    yield from violation_parts(request, areas, reuse, safety, listed)


def violation_parts(
    request: PageRequest,
    areas: Result[Metric],
    reuse: Result[Metric],
    safety: Result[Metric],
    listed: DatedResult,
) -> Iterator[Block]:
    """Yield what is folded: months, operations, the tables, the formulas."""
    yield from folded_part(
        request, "operations", operations.operations_label(safety), lambda: operation_blocks(request, safety)
    )
    yield from folded_table(request, "buildings", shown.ALL_BUILDINGS, listed, shown.BUILDING_COLUMNS)
    yield from folded_table(
        request, "villages", shown.ALL_VILLAGES, reuse, shown.VILLAGE_COLUMNS, part_rows(reuse.rows)
    )
    yield from folded_table(request, "areas", area_bars.ALL_AREAS, areas, area_bars.AREA_COLUMNS)
    yield from formula_part(request, areas, reuse, safety, listed)


def operation_blocks(request: PageRequest, safety: DatedResult) -> Iterator[Block]:
    """Yield who took part, the figures of each way to raze, and every operation."""
    yield caption_block(*operations.operation_notes(safety))
    yield full_table(
        request, safety.definition.label, safety, operations.SAFETY_COLUMNS, "safety", part_rows(safety.rows)
    )
    listed = cached(request.con, LISTINGS["operation_list"], safety.as_of)
    yield heading_block(operations.ALL_OPERATIONS)
    yield full_table(request, operations.ALL_OPERATIONS, listed, operations.OPERATION_COLUMNS, "operations")


def violating_village_blocks(
    request: PageRequest, reuse: DatedResult, listed: DatedResult, village: str
) -> Iterator[Block]:
    """Yield one village: its figures, and every unlawful building found in it."""
    row = reuse.rows[reuse.rows["village_id"] == village].iloc[0]
    yield header_block(request, shown.village_title(row), reuse)
    yield shown.way_to_villages(request)
    yield cards_block(violation_cards.building_cards(request, reuse, row))
    yield heading_block(shown.VILLAGE_BUILDINGS)
    own = listed.rows[listed.rows["village_id"] == village]
    yield shown.building_list(request, listed, own, "razed_on")
    yield from folded_table(request, "buildings", shown.ALL_BUILDINGS, listed, shown.BUILDING_COLUMNS, own)
    yield source_block(request, "village", village)
    yield from formula_part(request, reuse, listed)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
