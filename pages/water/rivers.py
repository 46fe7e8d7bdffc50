"""Where it is bad: reaches by class, pollution sources by kind and state, a card for what is clicked."""

import streamlit as st

from analytics import metrics
from analytics.metrics.water.rivers import DUTIES, REACH_MAP, SOURCE_MAP
from ui import cache
from ui import old_page as page
from ui.preferences import chosen_day, t
from ui.table_view import draw_table
from ui.water import rivers

with page.page_connection() as con:
    as_of = chosen_day() or metrics.newest_date(con, REACH_MAP, SOURCE_MAP)
    reaches = cache.cached(con, REACH_MAP, as_of)
    sources = cache.cached(con, SOURCE_MAP, as_of)
    duties = cache.cached(con, DUTIES, as_of)
    page.draw_page_header(con, rivers.title_sentence(reaches.rows, sources.rows), reaches, sources, duties)
    if reaches.rows.empty and sources.rows.empty:
        page.draw_no_data()
        st.stop()
    left, right = st.columns([3, 1], gap="medium")
    with left:
        st.caption(t(rivers.MAP_HINT))
        picked = rivers.draw_river_map(reaches.rows, sources.rows)
        rivers.draw_legend()
        missing = rivers.undrawn_note(reaches.rows)
        if missing:
            st.caption(t(missing))
    with right:
        rivers.draw_selection_card(picked, reaches, sources, duties.rows)
    page.draw_section_heading(rivers.REACH_LIST)
    columns = ["river", "reach", "village", "class", "items", "target_class", "month", "length"]
    draw_table(con, reaches, columns, "reaches")
    page.draw_section_heading(rivers.SOURCE_LIST)
    columns = ["source", "kind", "river", "village", "state", "action", "due_on", "closed_on"]
    draw_table(con, sources, columns, "sources")
    page.draw_result_formulas(con, reaches, sources)
