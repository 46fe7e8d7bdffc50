"""The three lines of work on one screen: targets, what is behind, how new the figures are."""

import streamlit as st

from analytics import queries
from analytics.metrics.overview.cockpit import BEHIND, TARGET_PROGRESS
from analytics.status import status_lights, status_rule_sentence
from ui import cache, phrases
from ui import old_page as page
from ui.overview import cockpit
from ui.preferences import chosen_day, t

with page.page_connection() as con:
    day = chosen_day()
    targets = cache.cached(con, TARGET_PROGRESS, day)
    behind = cache.cached(con, BEHIND, targets.as_of)
    if targets.as_of is None:
        page.draw_page_header(con, phrases.NOTHING_YET)
        page.draw_no_data()
        st.stop()
    page.draw_page_header(con, cockpit.title_sentence(behind.rows, targets.rows), targets, behind)
    if targets.rows.empty:
        st.info(t(cockpit.NO_TARGET))
    cockpit.draw_stream_cards(targets.rows, status_lights(targets.rows, targets.as_of))
    st.caption(t(status_rule_sentence(targets.as_of)))

    left, right = st.columns([3, 2], gap="medium")
    with left:
        page.draw_section_heading(phrases.BEHIND)
        if behind.rows.empty:
            is_judged = targets.rows["gap"].notna().any()
            (st.success if is_judged else st.info)(t(phrases.NOTHING_BEHIND if is_judged else cockpit.NO_PLAN))
        else:
            cockpit.draw_behind_list(behind.rows, status_lights(behind.rows, behind.as_of))
    with right:
        page.draw_section_heading(cockpit.FRESHNESS)
        cockpit.draw_freshness(queries.ledger_state(con, targets.as_of), targets.as_of)
    page.draw_result_formulas(con, targets, behind)
