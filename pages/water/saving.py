"""Where people were reached to save water, which taps ran, and what mending them is thought to have saved."""

import streamlit as st

from analytics import metrics
from ui import cache, frame
from ui.water import saving

SOURCES = ("saving_activity", "facility", "facility_check")
DATED = ("saving_activity", "facility_check")

with frame.page() as con:
    chosen = frame.chosen_day()
    day = chosen or metrics.newest(con, DATED)
    names = ("saving_coverage", "saving_activities", "leak_fix", "leak_list", "saving_estimate")
    coverage, kinds, leaks, still, estimate = (cache.cached(metrics.compute, con, name, chosen) for name in names)
    frame.header(con, saving.headline(coverage.rows, leaks.rows), day, SOURCES)
    if kinds.rows.empty and leaks.rows.empty:
        frame.empty()
        st.stop()
    frame.cards(saving.cards(coverage, leaks, estimate))

    villages = saving.villages(coverage.rows)
    if saving.is_known(villages):
        frame.section(saving.COVERAGE)
        figure, alt = saving.activities(coverage.rows, frame.language())
        frame.chart(figure, "coverage", alt)
        frame.table(
            villages, ["village", "kind", "activities", "headcount", "units_visited", "held_on"], "coverage-table"
        )
    rest = saving.not_named(coverage.rows)
    if rest:
        st.caption(frame.t(rest))

    frame.section(saving.OPEN_LIST)
    if still.rows.empty:
        st.caption(frame.t(saving.NONE_OPEN))
    else:
        columns = ["facility", "village", "kind", "finding", "found_on", "days_open", "loss", "keeper_unit"]
        frame.table(still.rows, columns, "leaks-open")
    if not leaks.rows.empty:
        frame.section(saving.LEAKS)
        figure, alt = saving.mended(leaks.rows, frame.language())
        frame.chart(figure, "mended", alt)
        columns = ["found", "fixed", "rate", "open", "timed", "mean_days", "median_days", "longest_open"]
        frame.table(saving.by_village(leaks.rows), ["village", *columns], "leaks-by-village", rate=saving.MENDED_RATE)
        frame.section(saving.FINDINGS)
        frame.table(saving.by_finding(leaks.rows), ["finding", *columns], "leaks-by-finding", rate=saving.MENDED_RATE)
        st.caption(frame.t(saving.FEW_DAYS.fill(least=saving.least(day))))
        frame.section(saving.ESTIMATE)
        st.caption(frame.t(saving.ESTIMATE_NOTE))
        columns = ["village", "saved", "counted", "not_counted", "losing", "open", "open_unknown"]
        frame.table(estimate.rows, columns, "estimate")
    frame.section(saving.KINDS)
    frame.table(kinds.rows, ["kind", "activities", "headcount", "units_visited"], "kinds")
    frame.formulas(con, coverage, kinds, leaks, still, estimate)
