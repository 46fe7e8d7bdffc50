"""The four dimensions 治 截 洁 节 side by side, after three sentences of news."""

import streamlit as st

from analytics.metrics import METRICS
from analytics.status import status_lights
from ui import cache, cards, phrases
from ui import old_page as page
from ui.cards import draw_card
from ui.preferences import chosen_day, t
from ui.table_view import draw_table
from ui.water import overview
from ui.water.state_title import state_title

with page.page_connection() as con:
    day = chosen_day()
    dimensions = [
        [cache.cached(con, METRICS[tile.metric], day, **tile.only) for tile in each.card_specs]
        for each in overview.DIMENSIONS
    ]
    answers = [answer for each in dimensions for answer in each]
    as_of = max((a.as_of for a in answers if a.as_of), default=None)
    if all(a.rows.empty for a in answers):
        page.draw_page_header(con, phrases.NOTHING_YET, *answers)
        page.draw_no_data()
        st.stop()
    met, closure, dredging = (
        cache.cached(con, METRICS[tile.metric], day, **tile.only).rows for tile in overview.HEADLINE
    )
    page.draw_page_header(con, state_title(overview.NAME, met, closure, dredging), *answers)
    change = cache.cached(con, METRICS["water_change"], day)
    works = cache.cached(con, METRICS["works_progress"], day)
    news = (
        overview.change_sentence(change.rows),
        overview.furthest_behind_sentence(works.rows),
        overview.overdue_sentence(closure),
    )
    page.draw_sentences(*(overview.NEWS.fill(place=place, said=said) for place, said in enumerate(news, 1)))

    targets = cache.cached(con, METRICS["target_progress"], as_of)
    goals = cards.target_goals(targets.rows, status_lights(targets.rows, targets.as_of))
    for dimension, shown, place in zip(
        overview.DIMENSIONS, dimensions, page.grid_cells(len(dimensions), len(dimensions)), strict=True
    ):
        with place:
            page.draw_section_heading(dimension.heading)
            for tile, answer in zip(dimension.card_specs, shown, strict=True):
                draw_card(cards.spec_card(tile, answer, goals.get(tile.metric)))
            for link in dimension.links:
                st.page_link(page.PAGES_FOLDER / link.page, label=t(link.label), icon=":material/east:")

    page.draw_section_heading(phrases.BEHIND)
    behind = cache.cached(con, METRICS["behind"], as_of, stream="water")
    if works.rows.empty:
        st.info(t(overview.NO_WORK))
    elif works.rows["gap"].isna().all():
        st.info(t(overview.furthest_behind_sentence(works.rows)))
    elif behind.rows.empty:
        st.success(t(phrases.NOTHING_BEHIND))
    else:
        draw_table(con, behind, overview.BEHIND_LIST, "behind-water")
    page.draw_result_formulas(con, *answers, change, works, behind, targets)
