"""The three lines of work on one screen: every target, what is late, how new the figures are."""

from collections.abc import Iterator

from analytics import queries
from analytics.metrics import METRICS
from analytics.metrics.overview.cockpit import BEHIND, PLAN_LIGHTS, TARGET_PROGRESS
from analytics.status import NO_DATA, WAITING, are_all_on_plan, light_counts, status_lights, status_rule_sentence
from data.datasets import DATASETS
from data.text import Text
from ui import phrases
from ui.blocks import Block
from ui.cache import cached, cached_work
from ui.item_links import target_page_hrefs
from ui.overview import cockpit
from ui.page import PageRequest, caption_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block
from ui.preferences import chosen_day
from ui.result_list import folded_table
from ui.results import DatedResult


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the targets and what is late, then folded the whole list, the ledgers and the formulas."""
    targets = cached(request.con, TARGET_PROGRESS, chosen_day())
    if targets.as_of is None:
        yield header_block(request, phrases.NOTHING_YET)
        yield no_data_block()
        return
    lights, late = (cached(request.con, metric, targets.as_of) for metric in (PLAN_LIGHTS, BEHIND))
    yield header_block(request, title_of(lights, late), targets, late)
    pages = target_page_hrefs(lambda name: METRICS[name].ledgers if name in METRICS else ())
    rows = targets.rows.assign(light=status_lights(targets.rows, targets.as_of))
    yield cockpit.overview_block(request, rows, late.rows, pages)
    yield caption_block(status_rule_sentence(targets.as_of))
    yield from folded_table(request, "behind", phrases.BEHIND, late, cockpit.BEHIND_COLUMNS.split())
    yield from folded_part(request, "ledgers", cockpit.FRESHNESS, lambda: [ledger_block(request, targets)])
    yield from formula_part(request, targets, late)


def title_of(lights: DatedResult, late: DatedResult) -> Text:
    """Return what the page says first, of all lights together."""
    known = list(lights.rows["light"])
    counts = light_counts(known)
    unknown = counts[NO_DATA] + counts[WAITING]
    return cockpit.title_sentence(late.rows, are_all_on_plan(known), unknown, len(known) - unknown)


def ledger_block(request: PageRequest, targets: DatedResult) -> Block:
    state = cached_work(request.con, tuple(DATASETS), queries.ledger_state, targets.as_of)
    return cockpit.freshness_block(state, targets.as_of)


if __name__ == "__main__":
    show_page(page_blocks, cockpit.PAGE)
