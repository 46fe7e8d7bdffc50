"""How good the water is, section by section and month by month, and how far the readings can be trusted."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial

import pandas as pd

from analytics.metrics import LISTINGS, METRICS
from data.text import Text
from ui.blocks import Block
from ui.cache import cached
from ui.cards import cards_block, newest_month_rows
from ui.chart_view import chart_block
from ui.page import PageRequest, caption_block, heading_block, sentence_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block
from ui.preferences import chosen_day, reader_language
from ui.result_list import full_table
from ui.results import DatedResult
from ui.water import quality as shown
from ui.water.class_strip import recent_months


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the cards and the strip of all sections, worst first, or one section where the address names it."""
    classes = cached(request.con, METRICS["section_class"], chosen_day())
    known = cached(request.con, METRICS["data_completeness"], classes.as_of)
    section = request.choice("section", known.rows["section_id"], shown.CHOOSE_SECTION)
    if section:
        yield from section_blocks(request, classes, known, section)
        return
    yield header_block(request, shown.title_sentence(classes.rows), classes, known)
    if classes.rows.empty:
        yield no_data_block()
    else:
        yield from overview_blocks(request, classes)


def overview_blocks(request: PageRequest, classes: DatedResult) -> Iterator[Block]:
    """Yield the cards, the strip, how the water changed, and folded the lists of rivers, sections and readings."""
    day = classes.as_of
    answers = [cached(request.con, METRICS[spec.metric], day, **spec.only) for spec in shown.CARD_SPECS]
    agreement, suspects, changes = (
        cached(request.con, METRICS[name], day) for name in ("class_agreement", "suspicious_readings", "water_change")
    )
    recent = recent_months(classes.rows)
    yield cards_block(shown.quality_cards(request, classes, answers))
    yield heading_block(shown.CLASS_OVER_TIME)
    yield shown.section_strip(request, recent)
    yield shown.strip_notes(classes.rows, recent)
    yield sentence_block(*shown.result_sentences(newest_month_rows(changes.rows).head(2)))
    yield shown.trust_line(request, agreement, suspects)
    newest_first = classes.rows.sort_values(["month", "class_rank"], ascending=False)
    yield from folded_part(
        request,
        "classes",
        shown.ALL_CLASSES,
        lambda: [full_table(request, shown.ALL_CLASSES, classes, shown.CLASS_LIST, "classes", newest_first)],
    )
    yield from folded_part(
        request,
        "completeness",
        shown.COMPLETENESS,
        lambda: [full_table(request, shown.COMPLETENESS, answers[-1], shown.COMPLETENESS_LIST, "completeness")],
    )
    month = str(classes.rows["month"].max().date())
    for listing in shown.LISTS:
        make = partial(listing_blocks, request, listing, month)
        yield from folded_part(request, listing.metric, listing.title, make)
    yield from formula_part(request, classes, *answers, agreement, changes, *formula_results(request, month))


def formula_results(request: PageRequest, month: str) -> list[DatedResult]:
    """Return what the folded lists are worked out of, to be explained; nothing until that is asked for."""
    if not request.is_open("formula"):
        return []
    return [listed_result(request, listing, month) for listing in shown.LISTS]


def listed_result(request: PageRequest, listing: shown.MetricListing, month: str) -> DatedResult:
    of_month = {"month": month} if listing.is_of_month else {}
    day = cached(request.con, METRICS["section_class"], chosen_day()).as_of
    return cached(request.con, METRICS[listing.metric], day, **of_month)


def listing_blocks(request: PageRequest, listing: shown.MetricListing, month: str) -> Iterator[Block]:
    result = listed_result(request, listing, month)
    yield from shown.metric_listing(request, listing, result)
    yield caption_block(result.formula)


def section_blocks(request: PageRequest, classes: DatedResult, known: DatedResult, section: str) -> Iterator[Block]:
    """Yield one section: its class, its strip, the curve of one item, what happened, its river."""
    own, register = rows_of(classes, section), rows_of(known, section).iloc[0]
    works = cached(request.con, METRICS["works_progress"], chosen_day())
    facts = shown.section_facts(request, register, works.rows[works.rows["river_id"] == register["river_id"]])
    if own.empty:
        yield header_block(request, shown.NEVER_MEASURED.fill(section=register["section"]), known)
        yield facts
        return
    changes = cached(request.con, METRICS["section_change"], classes.as_of, section_id=section)
    title = shown.section_title(own.iloc[-1], changes.rows)
    yield header_block(request, title, classes, changes)
    yield facts
    yield shown.one_strip(recent_months(own))
    yield from measured_blocks(request, title, classes, changes, section)


def measured_blocks(
    request: PageRequest, title: Text, classes: DatedResult, changes: DatedResult, section: str
) -> Iterator[Block]:
    """Yield the choice of an item, its monthly means and trends, the rebounds of the section, folded its readings."""
    means = cached(request.con, LISTINGS["section_means"], classes.as_of, section_id=section)
    items = shown.items_deciding_first(means.rows, rows_of(classes, section)["worst"].iloc[-1])
    item = request.choice("item", items, shown.CHOOSE_ITEM) or items[0]
    curve = means.rows[means.rows["parameter"] == item]
    trends = trend_results(request, classes, section, item)
    rebound, suspects = (
        cached(request.con, METRICS[name], classes.as_of) for name in ("rebound", "suspicious_readings")
    )
    yield shown.section_choices(request, classes.rows, section, items, item)
    yield chart_block(shown.means_chart(curve, reader_language()), "means", shown.means_alt(curve))
    yield sentence_block(*(sentence for trend in trends for sentence in shown.result_sentences(trend.rows)))
    yield sentence_block(*shown.event_sentences(rows_of(rebound, section)))
    tables = section_tables(request, title, (means, rebound, suspects), classes.as_of, section, item)
    for name, (label, make) in tables.items():
        yield from folded_part(request, name, label, make)
    yield from formula_part(request, classes, changes, *trends, rebound, suspects)


def section_tables(
    request: PageRequest, title: Text, results: Sequence[DatedResult], day: date | None, section: str, item: str
) -> dict[str, tuple[Text, Callable[[], Iterable[Block]]]]:
    """Return the folded tables of one section by their names; `results` are its means, rebounds, suspicious values."""
    means, rebound, suspects = results
    events, doubted = rows_of(rebound, section), rows_of(suspects, section)
    curve = means.rows[means.rows["parameter"] == item].iloc[::-1]
    return {
        "samples": (shown.SAMPLE_CLASSES, lambda: sample_blocks(request, title, suspects, day, section)),
        "readings": (shown.READINGS, lambda: reading_blocks(request, title, suspects, day, section)),
        "means": (
            shown.MEANS,
            lambda: [full_table(request, title, means, shown.MEANS_LIST, "means-table", curve)],
        ),
        "events": (shown.EVENTS, lambda: [full_table(request, title, rebound, shown.EVENT_LIST, "events", events)]),
        "suspicious": (
            shown.SUSPICIOUS,
            lambda: [
                full_table(request, title, suspects, shown.SUSPICION_LIST, "suspicious", doubted),
                caption_block(shown.HINT_ONLY),
            ],
        ),
    }


def sample_blocks(
    request: PageRequest, title: Text, suspects: DatedResult, day: date | None, section: str
) -> Iterator[Block]:
    """Yield the class of each sample with what is suspicious in it, the newest 1,000."""
    samples = cached(request.con, LISTINGS["section_samples"], day, section_id=section)
    rows = shown.with_suspicions(samples.rows, rows_of(suspects, section), ["sampled_at"])
    columns = (*shown.SAMPLE_LIST, suspects.column("suspicion"))
    yield full_table(request, title, samples, columns, "samples", rows)
    yield shown.newest_note(samples.rows)


def reading_blocks(
    request: PageRequest, title: Text, suspects: DatedResult, day: date | None, section: str
) -> Iterator[Block]:
    """Yield the measured values with what is suspicious in them, the newest 1,000."""
    readings = cached(request.con, LISTINGS["readings"], day, section_id=section)
    rows = shown.with_suspicions(readings.rows, rows_of(suspects, section), ["sampled_at", "parameter"])
    columns = (*shown.READING_LIST, suspects.column("suspicion"), "method")
    yield full_table(request, title, readings, columns, "readings", rows)
    yield shown.newest_note(readings.rows)


def trend_results(request: PageRequest, classes: DatedResult, section: str, item: str) -> list[DatedResult]:
    """Return both trends of one item at one section."""
    chosen = {"section_id": section, "parameter": item}
    names = ("water_trend", "water_trend_years")
    return [cached(request.con, METRICS[name], classes.as_of, **chosen) for name in names]


def rows_of(result: DatedResult, section: str) -> pd.DataFrame:
    return result.rows[result.rows["section_id"] == section]


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
