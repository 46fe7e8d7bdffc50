"""The three lines of work on one screen: targets, what is behind, how new the figures are."""

import streamlit as st

from analytics import queries
from analytics.metrics.overview.cockpit import BEHIND, TARGET_PROGRESS
from analytics.status import lights, sentence
from ui import cache, cards, frame, headlines, phrases

with frame.page() as con:
    day = frame.chosen_day()
    targets = cache.cached(con, TARGET_PROGRESS, day)
    behind = cache.cached(con, BEHIND, targets.as_of)
    if targets.as_of is None:
        frame.header(con, phrases.NOTHING_YET)
        frame.empty()
        st.stop()
    frame.header(con, headlines.cockpit(behind.rows, targets.rows), targets, behind)
    if targets.rows.empty:
        st.info(frame.t(phrases.NO_TARGET))
    cards.lines_of_work(targets.rows, lights(targets.rows, targets.as_of))
    st.caption(frame.t(sentence(targets.as_of)))

    left, right = st.columns([3, 2], gap="medium")
    with left:
        frame.section(phrases.BEHIND)
        if behind.rows.empty:
            is_judged = targets.rows["gap"].notna().any()
            (st.success if is_judged else st.info)(frame.t(phrases.NOTHING_BEHIND if is_judged else headlines.NO_PLAN))
        else:
            cards.worst_first(behind.rows, lights(behind.rows, behind.as_of))
    with right:
        frame.section(phrases.FRESHNESS)
        cards.freshness(queries.ledger_state(con, targets.as_of), targets.as_of)
    frame.formulas(con, targets, behind)
