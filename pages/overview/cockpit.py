"""The three lines of work on one screen: targets, what is behind, how new the figures are."""

import streamlit as st

from analytics import metrics, queries
from analytics.status import status_lights, status_rule_sentence
from ui import cache, cockpit_cards, frame, headlines, phrases

with frame.page_connection() as con:
    day = frame.chosen_day()
    targets = cache.cached(metrics.compute_metric, con, "target_progress", day)
    behind = cache.cached(metrics.compute_metric, con, "behind", targets.as_of)
    if targets.as_of is None:
        frame.draw_page_header(con, phrases.NOTHING_YET, None)
        frame.draw_no_data()
        st.stop()
    frame.draw_page_header(con, headlines.cockpit_headline(behind.rows, targets.rows), targets.as_of)
    if targets.rows.empty:
        st.info(frame.t(phrases.NO_TARGET))
    cockpit_cards.draw_stream_cards(targets.rows, status_lights(targets.rows, targets.as_of))
    st.caption(frame.t(status_rule_sentence(targets.as_of)))

    left, right = st.columns([3, 2], gap="medium")
    with left:
        frame.draw_section_heading(phrases.BEHIND)
        if behind.rows.empty:
            is_judged = targets.rows["gap"].notna().any()
            (st.success if is_judged else st.info)(frame.t(phrases.NOTHING_BEHIND if is_judged else headlines.NO_PLAN))
        else:
            cockpit_cards.draw_behind_list(behind.rows, status_lights(behind.rows, behind.as_of))
    with right:
        frame.draw_section_heading(phrases.FRESHNESS)
        cockpit_cards.draw_freshness(queries.ledger_state(con, targets.as_of), targets.as_of)
    frame.draw_formulas_of_day(con, targets.as_of, targets.metric, behind.metric)
