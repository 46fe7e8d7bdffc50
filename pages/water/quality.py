"""How good the water is, section by section and month by month, and how far the readings can be trusted."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from analytics.metrics import LISTINGS, METRICS
from data.text import Text
from ui.blocks import Block
from ui.cache import cached
from ui.cards import cards_block, newest_month_rows
from ui.chart_view import chart_block
from ui.page import PageRequest, caption_block, heading_block, sentence_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block, source_block
from ui.preferences import chosen_day, reader_language
from ui.results import DatedResult
from ui.water import quality as shown
from ui.water import section as one
from ui.water import water_type as guess
from ui.water.class_strip import recent_months
from ui.water.former_values import former_values_block


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the cards and the strip of all sections, worst first, or one section where the address names it."""
    classes = cached(request.con, METRICS["section_class"], chosen_day())
    known = cached(request.con, METRICS["data_completeness"], classes.as_of)
    section = request.choice("section", known.rows["section_id"], shown.CHOOSE_SECTION)
    if section:
        yield from section_blocks(request, classes, known, section)
        return
    yield header_block(request, shown.title_sentence(classes.rows), classes, known)
    yield from [no_data_block()] if classes.rows.empty else overview_blocks(request, classes)


def asked_results(request: PageRequest, of: DatedResult, *names: str, **chosen: str) -> list[DatedResult]:
    """Return metrics as of the day of another result."""
    return [cached(request.con, METRICS[name], of.as_of, **chosen) for name in names]


def overview_blocks(request: PageRequest, classes: DatedResult) -> Iterator[Block]:
    """Yield the cards, the strip, how the water changed, and folded the lists of rivers, sections and readings."""
    answers = asked_results(request, classes, *(spec.metric for spec in shown.CARD_SPECS))
    agreement, suspects, guesses, changes = asked_results(
        request, classes, "class_agreement", "suspicious_readings", "water_type_guess", "water_change"
    )
    recent = recent_months(classes.rows)
    yield cards_block(shown.quality_cards(request, classes, answers))
    yield heading_block(shown.CLASS_OVER_TIME)
    yield shown.section_strip(request, recent)
    yield shown.strip_notes(classes.rows, recent)
    yield sentence_block(*shown.result_sentences(newest_month_rows(changes.rows).head(2)))
    yield shown.trust_line(request, agreement, suspects, guesses)
    parts = (
        ("classes", shown.ALL_CLASSES, lambda: shown.class_table(request, classes)),
        ("completeness", shown.COMPLETENESS, lambda: shown.completeness_table(request, answers[-1])),
    )
    for part in parts:
        yield from folded_part(request, *part)
    for listing in shown.LISTS:
        yield from folded_part(
            request, listing.metric, listing.title, partial(listing_blocks, request, listing, classes)
        )
    listed = [listed_result(request, each, classes) for each in shown.LISTS if request.is_open("formula")]
    yield from formula_part(request, classes, *answers, agreement, changes, *listed)


def listed_result(request: PageRequest, listing: shown.MetricListing, classes: DatedResult) -> DatedResult:
    """Return what a list is of: a metric, of the newest month where it goes by months."""
    of_month = {"month": str(classes.rows["month"].max().date())} if listing.is_of_month else {}
    return cached(request.con, METRICS[listing.metric], classes.as_of, **of_month)


def listing_blocks(request: PageRequest, listing: shown.MetricListing, classes: DatedResult) -> Iterator[Block]:
    """Yield a list, its note, and how it is worked out."""
    result = listed_result(request, listing, classes)
    yield from shown.metric_listing(request, listing, result)
    yield caption_block(result.formula)


def section_blocks(request: PageRequest, classes: DatedResult, known: DatedResult, section: str) -> Iterator[Block]:
    """Yield one section: its class, its strip, what was measured in it, its river."""
    own, register = one.own_rows(classes, section), one.own_rows(known, section).iloc[0]
    works = cached(request.con, METRICS["works_progress"], chosen_day())
    [changes] = asked_results(request, classes, "section_change", section_id=section)
    title = one.section_title(register, own, changes.rows)
    yield header_block(request, title, classes, known, changes)
    yield one.section_facts(request, register, works.rows)
    yield former_values_block(cached(request.con, LISTINGS["section_versions"], classes.as_of, section_id=section))
    [guesses] = asked_results(request, classes, "water_type_guess")
    yield guess.guess_block(one.own_rows(guesses, section))
    if len(own):
        yield one.one_strip(recent_months(own))
        yield from measured_blocks(request, title, classes, changes, section)


def measured_blocks(
    request: PageRequest, title: Text, classes: DatedResult, changes: DatedResult, section: str
) -> Iterator[Block]:
    """Yield the choice of an item, its monthly means and trends, the rebounds of the section, folded its readings."""
    day = classes.as_of
    means = cached(request.con, LISTINGS["section_means"], day, section_id=section)
    items = one.items_deciding_first(means.rows, one.own_rows(classes, section)["worst"].iloc[-1])
    item = request.choice("item", items, one.CHOOSE_ITEM) or items[0]
    curve = means.rows[means.rows["parameter"] == item]
    trends = asked_results(request, classes, "water_trend", "water_trend_years", section_id=section, parameter=item)
    rebound, suspects = asked_results(request, classes, "rebound", "suspicious_readings")
    yield one.section_choices(request, classes.rows, section, items, item)
    yield chart_block(one.means_chart(curve, reader_language()), "means", one.means_alt(curve))
    yield sentence_block(*(said for trend in trends for said in shown.result_sentences(trend.rows)))
    yield sentence_block(*one.event_sentences(one.own_rows(rebound, section)))

    yield from folded_part(request, "means", one.MEANS, lambda: one.means_table(request, title, means, item))
    yield from reading_parts(request, title, day, section, suspects)
    yield from folded_part(request, "events", one.EVENTS, lambda: one.event_table(request, title, rebound, section))
    yield source_block(request, "section", section)
    yield from formula_part(request, classes, changes, *trends, rebound, suspects)


def reading_parts(
    request: PageRequest, title: Text, day: date | None, section: str, suspects: DatedResult
) -> Iterator[Block]:
    """Yield the samples and readings of a section and what is suspicious of them, folded."""

    def samples() -> Iterator[Block]:
        taken = cached(request.con, LISTINGS["section_samples"], day, section_id=section)
        return one.sample_table(request, title, taken, suspects, section)

    def readings() -> Iterator[Block]:
        measured = cached(request.con, LISTINGS["readings"], day, section_id=section)
        return one.reading_table(request, title, measured, suspects, section)

    yield from folded_part(request, "samples", one.SAMPLE_CLASSES, samples)
    yield from folded_part(request, "readings", one.READINGS, readings)
    yield from folded_part(
        request, "suspicious", one.SUSPICIOUS, lambda: one.suspicion_table(request, title, suspects, section)
    )


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
