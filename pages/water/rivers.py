"""Where it is bad: reaches by class, pollution sources by kind and state, a card for what is clicked."""

import streamlit as st

from analytics import metrics
from analytics.metrics.water.rivers import DUTIES, REACH_MAP, SOURCE_MAP
from ui import cache, frame, headlines, map_cards, phrases

with frame.page_connection() as con:
    as_of = frame.chosen_day() or metrics.newest_date(con, REACH_MAP, SOURCE_MAP)
    reaches = cache.cached(con, REACH_MAP, as_of)
    sources = cache.cached(con, SOURCE_MAP, as_of)
    duties = cache.cached(con, DUTIES, as_of)
    frame.draw_page_header(con, headlines.map_headline(reaches.rows, sources.rows), reaches, sources, duties)
    if reaches.rows.empty and sources.rows.empty:
        frame.draw_no_data()
        st.stop()
    left, right = st.columns([3, 1], gap="medium")
    with left:
        st.caption(frame.t(phrases.MAP_HINT))
        picked = map_cards.draw_river_map(reaches.rows, sources.rows)
        map_cards.draw_legend()
        missing = map_cards.undrawn_note(reaches.rows)
        if missing:
            st.caption(frame.t(missing))
    with right:
        map_cards.draw_selection_card(picked, reaches, sources, duties.rows)
    frame.draw_section_heading(phrases.REACH_LIST)
    columns = ["river", "reach", "village", "class", "items", "target_class", "month", "length"]
    frame.draw_table(reaches, columns, "reaches")
    frame.draw_section_heading(phrases.SOURCE_LIST)
    columns = ["source", "kind", "river", "village", "state", "action", "due_on", "closed_on"]
    frame.draw_table(sources, columns, "sources")
    frame.draw_result_formulas(con, reaches, sources)
