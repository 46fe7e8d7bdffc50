"""Where it is bad: reaches by class, pollution sources by kind and state, a card for what is clicked."""

import streamlit as st

from analytics import metrics, queries
from ui import cache, page
from ui.preferences import chosen_day, t
from ui.table_view import draw_table
from ui.water import rivers

with page.page_connection() as con:
    as_of = chosen_day() or metrics.newest_date(con, ("reading", "source"))
    reaches = cache.cached(queries.run_query, con, "water.reach_map", as_of=as_of)
    sources = cache.cached(queries.run_query, con, "water.source_map", as_of=as_of)
    duties = cache.cached(queries.run_query, con, "water.duties", as_of=as_of)
    page.draw_page_header(con, rivers.title_sentence(reaches, sources), as_of, ("reach", "reading", "source"))
    if reaches.empty and sources.empty:
        page.draw_no_data()
        st.stop()
    left, right = st.columns([3, 1], gap="medium")
    with left:
        st.caption(t(rivers.MAP_HINT))
        picked = rivers.draw_river_map(reaches, sources)
        rivers.draw_legend()
        missing = rivers.undrawn_note(reaches)
        if missing:
            st.caption(t(missing))
    with right:
        rivers.draw_selection_card(picked, reaches, sources, duties)
    page.draw_section_heading(rivers.REACH_LIST)
    draw_table(reaches, ["river", "reach", "village", "class", "items", "target_class", "month", "length"], "reaches")
    page.draw_section_heading(rivers.SOURCE_LIST)
    draw_table(sources, ["source", "kind", "river", "village", "state", "action", "due_on", "closed_on"], "sources")
    page.draw_formulas_of_day(con, as_of, *map(metrics.get_metric, ("section_class", "source_closure")))
