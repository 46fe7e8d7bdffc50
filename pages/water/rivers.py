"""Where it is bad: reaches by class, pollution sources by kind and state, a card for what is clicked."""

import streamlit as st

from analytics import metrics
from analytics.metrics.water.rivers import DUTIES, REACH_MAP, SOURCE_MAP
from ui import cache, frame, headlines, map_cards, phrases

with frame.page() as con:
    as_of = frame.chosen_day() or metrics.newest(con, REACH_MAP, SOURCE_MAP)
    reaches = cache.cached(con, REACH_MAP, as_of)
    sources = cache.cached(con, SOURCE_MAP, as_of)
    duties = cache.cached(con, DUTIES, as_of)
    frame.header(con, headlines.river_map(reaches.rows, sources.rows), reaches, sources, duties)
    if reaches.rows.empty and sources.rows.empty:
        frame.empty()
        st.stop()
    left, right = st.columns([3, 1], gap="medium")
    with left:
        st.caption(frame.t(phrases.MAP_HINT))
        picked = map_cards.draw(reaches.rows, sources.rows)
        map_cards.legend()
        missing = map_cards.not_drawn(reaches.rows)
        if missing:
            st.caption(frame.t(missing))
    with right:
        map_cards.card(picked, reaches, sources, duties.rows)
    frame.section(phrases.REACH_LIST)
    columns = ["river", "reach", "village", "class", "items", "target_class", "month", "length"]
    frame.table(reaches, columns, "reaches")
    frame.section(phrases.SOURCE_LIST)
    columns = ["source", "kind", "river", "village", "state", "action", "due_on", "closed_on"]
    frame.table(sources, columns, "sources")
    frame.formulas(con, reaches, sources)
