"""What is done about the rivers: dredging and other works, plan and actual, when they will be finished."""

from collections.abc import Iterator

from analytics.metrics import LISTINGS, METRICS
from analytics.status import late_count, status_lights, status_rule_sentence
from data.text import Text
from ui.blocks import Block
from ui.cache import cached
from ui.cards import cards_block
from ui.chart_view import chart_block
from ui.map.photo_figures import photo_blocks
from ui.page import PageRequest, folded_rules, heading_block, sentence_block, show_page
from ui.page_header import folded_part, formula_part, header_block, no_data_block, same_page_href, source_block
from ui.preferences import chosen_day, reader_language
from ui.result_list import folded_table
from ui.results import DatedResult
from ui.water import works as shown
from ui.water.former_values import former_values_block


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield the cards, the works worst first, and one work where the address names it."""
    works = cached(request.con, METRICS["works_progress"], chosen_day())
    dredging, outlooks = (
        cached(request.con, METRICS[name], works.as_of) for name in ("dredging_progress", "work_forecast")
    )
    work = request.choice("work", works.rows["work_id"], shown.CHOOSE_WORK)
    if work:
        yield from work_blocks(request, works, outlooks, work)
        return
    yield header_block(request, title_of(works), works, dredging, outlooks)
    if works.rows.empty:
        yield no_data_block()
    else:
        yield from all_works_blocks(request, works, dredging, outlooks)


def title_of(works: DatedResult) -> Text:
    return shown.title_sentence(works.rows, late_count(status_lights(works.rows, works.as_of)))


def all_works_blocks(
    request: PageRequest, works: DatedResult, dredging: DatedResult, outlooks: DatedResult
) -> Iterator[Block]:
    """Yield all works, those furthest behind first, and folded what is behind the cards."""
    lights = status_lights(works.rows, works.as_of)
    yield cards_block(shown.work_cards(dredging, works, outlooks, lights))
    yield heading_block(shown.WORK_SECTION)
    yield shown.work_list(
        works, lights, lambda code: same_page_href(request, work=code), same_page_href(request, open="all")
    )
    yield folded_rules(status_rule_sentence(works.as_of))
    whole = cached(request.con, METRICS["river_works_forecast"], works.as_of)
    yield from folded_part(request, "together", shown.COMBINED_WORKS, lambda: together_blocks(request, whole))
    yield from folded_table(request, "dredging", shown.DREDGING_SECTION, dredging, shown.DREDGING.split())
    yield from folded_table(request, "forecasts", shown.FORECASTS, outlooks, shown.OUTLOOK.split())
    yield from folded_table(request, "all", shown.ALL_WORKS, works, shown.COLUMNS.split())
    yield from formula_part(request, dredging, works, outlooks, whole)


def together_blocks(request: PageRequest, whole: DatedResult) -> Iterator[Block]:
    """Yield the works of one river, or of all, taken together: what they will come to, and their curve."""
    codes = shown.group_codes(whole.rows)
    chosen = request.choice("together", codes, shown.CHOOSE_COMBINED) or codes[0]
    row = whole.rows.iloc[codes.index(chosen)]
    points = cached(request.con, METRICS["river_works_curve"], whole.as_of, **shown.group_filters(row))
    said = shown.combined_works_sentence(row)
    yield shown.combined_works_choice(request, whole.rows, chosen)
    yield sentence_block(said)
    yield chart_block(shown.s_curve(points.rows, row, reader_language()), "together-curve", said)


def work_blocks(request: PageRequest, works: DatedResult, outlooks: DatedResult, work: str) -> Iterator[Block]:
    """Yield one work: how far it is, when it will be done, what was reported."""
    curve = cached(request.con, METRICS["work_curve"], works.as_of, work_id=work)
    reports = cached(request.con, LISTINGS["work_reports"], works.as_of, work_id=work)
    row, outlook = (shown.row_of_work(result.rows, work) for result in (works, outlooks))
    said = shown.work_sentence(row, outlook)
    yield header_block(request, shown.work_title(row), works, outlooks, curve, reports)
    yield shown.work_facts(request, row)
    yield former_values_block(cached(request.con, LISTINGS["work_versions"], works.as_of, work_id=work))
    yield sentence_block(said)
    yield chart_block(shown.s_curve(curve.rows, outlook, reader_language()), "s-curve", said)
    yield heading_block(shown.REPORTS)
    yield shown.report_list(reports)
    photos = cached(request.con, LISTINGS["photos"], works.as_of).rows
    yield from photo_blocks(request.con, photos[photos["work_id"] == work])
    yield from folded_table(request, "reports", shown.ALL_REPORTS, reports, shown.REPORT.split())
    yield from folded_table(request, "curve", shown.CURVE_TABLE, curve, shown.CURVE.split())
    yield source_block(request, "work", work)
    yield from formula_part(request, works, outlooks, curve)


if __name__ == "__main__":
    show_page(page_blocks, shown.PAGE)
