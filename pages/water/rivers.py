"""Where it is bad: reaches by class, pollution sources by kind and state, a card for what is clicked."""

import streamlit as st

from analytics import metrics, queries
from ui import cache, frame, headlines, map_cards, phrases

with frame.page_connection() as con:
    as_of = frame.chosen_day() or metrics.newest_date(con, ("reading", "source"))
    reaches = cache.cached(queries.run_query, con, "water.reach_map", as_of=as_of)
    sources = cache.cached(queries.run_query, con, "water.source_map", as_of=as_of)
    duties = cache.cached(queries.run_query, con, "water.duties", as_of=as_of)
    frame.draw_page_header(con, headlines.map_headline(reaches, sources), as_of, ("reach", "reading", "source"))
    if reaches.empty and sources.empty:
        frame.draw_no_data()
        st.stop()
    left, right = st.columns([3, 1], gap="medium")
    with left:
        st.caption(frame.t(phrases.MAP_HINT))
        picked = map_cards.draw_river_map(reaches, sources)
        map_cards.draw_legend()
        missing = map_cards.undrawn_note(reaches)
        if missing:
            st.caption(frame.t(missing))
    with right:
        map_cards.draw_selection_card(picked, reaches, sources, duties)
    frame.draw_section_heading(phrases.REACH_LIST)
    frame.draw_table(
        reaches, ["river", "reach", "village", "class", "items", "target_class", "month", "length"], "reaches"
    )
    frame.draw_section_heading(phrases.SOURCE_LIST)
    frame.draw_table(
        sources, ["source", "kind", "river", "village", "state", "action", "due_on", "closed_on"], "sources"
    )
    frame.draw_formulas_of_day(con, as_of, *map(metrics.get_metric, ("section_class", "source_closure")))
