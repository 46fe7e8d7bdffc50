"""Where people were reached to save water, which taps ran, and what mending them is thought to have saved."""

from collections.abc import Iterator

from analytics.metrics import LISTINGS, METRICS, Metric, Result
from ui.blocks import Block
from ui.cache import cached
from ui.cards import cards_block
from ui.page import PageRequest, caption_block, heading_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block, source_block
from ui.preferences import chosen_day
from ui.result_list import facts_block, full_table
from ui.results import DatedResult
from ui.water import saving

NAMES = ("saving_coverage", "saving_activities", "leak_fix", "leak_list", "saving_estimate")
OPEN = "facility village kind finding found_on days_open loss keeper_unit is_past_check"
COVERAGE = "village kind activities headcount units_visited held_on"
MENDED = "found fixed rate open timed mean_days median_days longest_open"
ESTIMATE = "village saved counted not_counted losing open open_unknown"
KINDS = "kind activities headcount units_visited"
TAP = "kind village keeper_unit check_days"
CHECK = "checked_on finding fixed_on loss note"
Found = dict[str, Result[Metric]]


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the cards, the villages, the taps that still leak; or one tap where the address names it."""
    found = {name: cached(request.con, METRICS[name], chosen_day()) for name in NAMES}
    coverage, kinds, leaks, still, _ = found.values()
    taps = cached(request.con, LISTINGS["taps"], leaks.as_of)
    tap = request.choice("facility", taps.rows["facility_id"], saving.ONE_TAP)
    if tap:
        yield from one_tap_blocks(request, taps, still, tap)
        return
    yield header_block(request, saving.saving_title(coverage.rows, leaks.rows, still.rows), *found.values())
    if kinds.rows.empty and leaks.rows.empty:
        yield no_data_block()
    else:
        yield from all_taps_blocks(request, found)


def all_taps_blocks(request: PageRequest, found: Found) -> Iterator[Block]:
    """Yield all villages and the taps that still leak, the longest first, and folded what is behind the cards."""
    coverage, _, leaks, still, estimate = found.values()
    yield cards_block(saving.saving_cards(request, coverage, leaks, estimate))
    yield heading_block(saving.IN_VILLAGES)
    yield saving.village_picture(coverage.rows, leaks.rows)
    yield caption_block(saving.unnamed_village_note(coverage.rows))
    yield heading_block(saving.OPEN_LIST)
    if still.rows.empty:
        yield caption_block(saving.NONE_OPEN)
    else:
        yield saving.open_list(request, still)
        yield caption_block(saving.past_check_note(still.as_of))
    yield from folded_tables(request, found)


def folded_tables(request: PageRequest, found: Found) -> Iterator[Block]:
    """Yield the whole tables, each part folded."""
    coverage, kinds, leaks, still, estimate = found.values()
    yield from folded_part(
        request, "all", saving.ALL_OPEN, lambda: [full_table(request, saving.OPEN_LIST, still, OPEN.split(), "open")]
    )
    yield from folded_part(request, "leaks", saving.FINDINGS, lambda: leak_blocks(request, leaks))
    yield from folded_part(request, "coverage", saving.COVERAGE_TABLE, lambda: coverage_blocks(request, coverage))
    yield from folded_part(request, "estimate", saving.ESTIMATE, lambda: estimate_blocks(request, estimate))
    yield from folded_part(
        request, "kinds", saving.KINDS, lambda: [full_table(request, saving.KINDS, kinds, KINDS.split(), "kinds")]
    )
    yield from formula_part(request, *found.values())


def leak_blocks(request: PageRequest, leaks: DatedResult) -> Iterator[Block]:
    """Yield the days until taps were mended, by village and by finding."""
    yield saving.days_card(leaks)
    for column, rows in (
        ("village", saving.leaks_by_village(leaks.rows)),
        ("finding", saving.leaks_by_finding(leaks.rows)),
    ):
        columns = [column, *MENDED.split()]
        yield full_table(request, saving.FINDINGS, leaks, columns, f"leaks-by-{column}", rows, rate=saving.MENDED_RATE)
    yield caption_block(saving.FEW_DAYS.fill(least=saving.least_known_days(leaks.as_of)))


def coverage_blocks(request: PageRequest, coverage: DatedResult) -> Iterator[Block]:
    """Yield the activities of each village."""
    villages = saving.single_villages(coverage.rows)
    yield full_table(request, saving.COVERAGE_TABLE, coverage, COVERAGE.split(), "coverage", villages)


def estimate_blocks(request: PageRequest, estimate: DatedResult) -> Iterator[Block]:
    """Yield what mending is thought to have saved, village by village."""
    yield caption_block(saving.ESTIMATE_NOTE)
    yield full_table(request, saving.ESTIMATE, estimate, ESTIMATE.split(), "estimate")


def one_tap_blocks(request: PageRequest, taps: DatedResult, still: DatedResult, tap: str) -> Iterator[Block]:
    """Yield one tap: whether it leaks, who keeps it, its checks."""
    row = taps.rows[taps.rows["facility_id"] == tap].iloc[0]
    checks = cached(request.con, LISTINGS["tap_checks"], still.as_of, facility_id=tap)
    said = saving.tap_sentence(row, still.rows[still.rows["facility_id"] == tap])
    yield header_block(request, said, still, checks)
    yield saving.tap_links(request)
    yield facts_block(taps, row, TAP.split())
    yield heading_block(saving.CHECKS)
    yield saving.check_list(request, checks)
    yield from folded_part(
        request,
        "checks",
        saving.ALL_CHECKS,
        lambda: [full_table(request, said, checks, CHECK.split(), "checks")],
    )
    yield source_block(request, "facility", tap)
    yield from formula_part(request, still)


if __name__ == "__main__":
    show_page(page_blocks, saving.PAGE)
