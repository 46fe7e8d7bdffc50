"""The three lines of work on one screen: what changed, what is behind, what needs a decision; targets, map, list."""

from collections.abc import Iterator
from datetime import date, timedelta

from markupsafe import Markup

from analytics import queries
from analytics.countdown import countdown_rule_sentence
from analytics.metrics import LISTINGS, METRICS
from analytics.metrics.overview.cockpit import BEHIND, PLAN_LIGHTS, TARGET_PROGRESS
from analytics.status import NO_DATA, WAITING, are_all_on_plan, light_counts, status_lights, status_rule_sentence
from analytics.target_series import series_parts, target_series
from data.datasets import DATASETS
from data.text import Text
from ui import phrases
from ui.blocks import Block, Html
from ui.cache import cached, cached_work
from ui.figure_sheet import asked_figure
from ui.item_links import target_page_hrefs
from ui.overview import cockpit, cockpit_items
from ui.overview.cockpit_map import COCKPIT_LAYERS, map_markup
from ui.overview.ledger_freshness import FRESHNESS, freshness_block
from ui.overview.load_age import load_age_notices
from ui.overview.reporting_line import reporting_markup
from ui.overview.target_rows import ALL_TARGETS, TargetHistory, target_history, targets_markup
from ui.page import PageRequest, folded_rules, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block, page_data_origin
from ui.preferences import chosen_day
from ui.result_list import folded_table
from ui.results import DatedResult

WEEK = timedelta(weeks=1)


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the cockpit, then folded the whole list, the ledgers and the formulas."""
    targets = cached(request.con, TARGET_PROGRESS, chosen_day())
    if targets.as_of is None:
        yield header_block(request, phrases.NOTHING_YET)
        yield no_data_block()
        return
    lights, late = (cached(request.con, metric, targets.as_of) for metric in (PLAN_LIGHTS, BEHIND))
    yield header_block(request, title_of(lights, late), targets, late)
    yield screen_block(request, targets, lights, late, targets.as_of)
    yield folded_rules(
        status_rule_sentence(targets.as_of), countdown_rule_sentence(targets.as_of), cockpit.DECISION_RULE
    )
    yield from folded_table(request, "behind", phrases.BEHIND, late, cockpit_items.BEHIND_COLUMNS.split())
    yield from folded_table(request, ALL_TARGETS, targets.definition.label, targets, cockpit.TARGET_COLUMNS.split())
    yield from folded_part(request, "ledgers", FRESHNESS, lambda: [ledger_block(request, targets)])
    yield from formula_part(request, targets, late, *asked_figure(request, METRICS, targets.as_of))


def title_of(lights: DatedResult, late: DatedResult) -> Text:
    """Return what the page says first, of all lights together."""
    known = list(lights.rows["light"])
    counts = light_counts(known)
    unknown = counts[NO_DATA] + counts[WAITING]
    return cockpit.title_sentence(late.rows, are_all_on_plan(known), unknown, len(known))


def screen_block(request: PageRequest, targets: DatedResult, lights: DatedResult, late: DatedResult, day: date) -> Html:
    """Return the sentences, the targets, the map, the list of what is late, and who has not reported."""
    pages = target_page_hrefs(METRICS)
    rows = targets.rows.assign(light=status_lights(targets.rows, day))
    history = weeks_of_targets(request, frozenset(rows["metric"]), day)
    noted = cockpit_items.with_notes(late.rows, cached(request.con, LISTINGS["last_notes"], day).rows)
    status, units, items = (
        cached(request.con, METRICS[name], day) for name in ("reporting_status", "reporting_by_unit", "open_items")
    )
    return cockpit.cockpit_block(
        cockpit.sentences_markup(history, rows, noted, items.rows, pages),
        targets_markup(rows, lights.rows, history, pages),
        cockpit_map(request, day),
        cockpit_items.late_markup(noted, pages),
        reporting_markup(status, units) + cockpit_items.other_items_markup(items.rows),
    )


def weeks_of_targets(request: PageRequest, metrics: frozenset[str], day: date) -> TargetHistory:
    """Return the last weeks of the targets; a batch makes only the series of its own metrics anew."""
    parts = [cached_work(request.con, ledgers, target_series, names, day) for names, ledgers in series_parts(metrics)]
    return target_history(parts, day - WEEK, day)


def cockpit_map(request: PageRequest, day: date) -> Markup:
    base = cached(request.con, LISTINGS["base_map"], day)
    results = [(layer, cached(request.con, LISTINGS[layer.listing], day)) for layer in COCKPIT_LAYERS]
    return map_markup(results, base, page_data_origin(request, None, base.ledgers).is_sample)


def ledger_block(request: PageRequest, targets: DatedResult) -> Block:
    state = cached_work(request.con, tuple(DATASETS), queries.ledger_state, targets.as_of)
    return freshness_block(state, targets.as_of)


if __name__ == "__main__":
    show_page(page_blocks, cockpit.PAGE, load_age_notices)
