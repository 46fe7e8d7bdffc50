"""The four dimensions 治 截 洁 节 side by side, after three sentences of news."""

import streamlit as st

from analytics import metrics
from analytics.status import status_lights
from ui import cache, frame, phrases
from ui.water import card_specs, overview
from ui.water.headline import river_headline

with frame.page_connection() as con:
    day = frame.chosen_day()
    dimensions = [
        [cache.cached(metrics.compute_metric, con, tile.metric, day, **tile.only) for tile in each.card_specs]
        for each in overview.DIMENSIONS
    ]
    answers = [answer for each in dimensions for answer in each]
    as_of = max((a.as_of for a in answers if a.as_of), default=None)
    sources = tuple(dict.fromkeys(ledger for a in answers for ledger in a.metric.sources))
    if all(a.rows.empty for a in answers):
        frame.draw_page_header(con, phrases.NOTHING_YET, as_of, sources)
        frame.draw_no_data()
        st.stop()
    met, closure, dredging = (
        cache.cached(metrics.compute_metric, con, tile.metric, day, **tile.only).rows for tile in overview.HEADLINE
    )
    frame.draw_page_header(con, river_headline(overview.NAME, met, closure, dredging), as_of, sources)
    change = cache.cached(metrics.compute_metric, con, "water_change", day)
    works = cache.cached(metrics.compute_metric, con, "works_progress", day)
    news = (
        overview.change_sentence(change.rows),
        overview.furthest_behind_sentence(works.rows),
        overview.overdue_sentence(closure),
    )
    frame.draw_sentences(*(overview.NEWS.fill(place=place, said=said) for place, said in enumerate(news, 1)))

    targets = cache.cached(metrics.compute_metric, con, "target_progress", as_of)
    goals = card_specs.target_goals(targets.rows, status_lights(targets.rows, targets.as_of))
    for dimension, shown, place in zip(
        overview.DIMENSIONS, dimensions, frame.grid_cells(len(dimensions), len(dimensions)), strict=True
    ):
        with place:
            frame.draw_section_heading(dimension.heading)
            for tile, answer in zip(dimension.card_specs, shown, strict=True):
                frame.draw_card(card_specs.spec_card(tile, answer, goals.get(tile.metric)))
            for link in dimension.links:
                st.page_link(frame.PAGES_FOLDER / link.page, label=frame.t(link.label), icon=":material/east:")

    frame.draw_section_heading(phrases.BEHIND)
    behind = cache.cached(metrics.compute_metric, con, "behind", as_of, stream="water")
    if works.rows.empty:
        st.info(frame.t(overview.NO_WORK))
    elif works.rows["gap"].isna().all():
        st.info(frame.t(overview.furthest_behind_sentence(works.rows)))
    elif behind.rows.empty:
        st.success(frame.t(phrases.NOTHING_BEHIND))
    else:
        frame.draw_table(behind.rows, overview.BEHIND_LIST, "behind-water")
    frame.draw_formulas_of_day(con, as_of, *dict.fromkeys(a.metric for a in (*answers, change, works, behind, targets)))
