"""Where people were reached to save water, which taps ran, and what mending them is thought to have saved."""

import streamlit as st

from analytics.metrics import METRICS
from ui import cache, frame
from ui.water import saving

with frame.page() as con:
    chosen = frame.chosen_day()
    names = ("saving_coverage", "saving_activities", "leak_fix", "leak_list", "saving_estimate")
    coverage, kinds, leaks, still, estimate = (cache.cached(con, METRICS[name], chosen) for name in names)
    shown = (coverage, kinds, leaks, still, estimate)
    frame.header(con, saving.headline(coverage.rows, leaks.rows), *shown)
    if kinds.rows.empty and leaks.rows.empty:
        frame.empty()
        st.stop()
    frame.cards(saving.cards(coverage, leaks, estimate))

    villages = saving.villages(coverage.rows)
    if saving.is_known(villages):
        frame.section(saving.COVERAGE)
        figure, alt = saving.activities(coverage.rows, frame.language())
        frame.chart(figure, "coverage", alt)
        columns = ["village", "kind", "activities", "headcount", "units_visited", "held_on"]
        frame.table(coverage, columns, "coverage-table", villages)
    rest = saving.not_named(coverage.rows)
    if rest:
        st.caption(frame.t(rest))

    frame.section(saving.OPEN_LIST)
    if still.rows.empty:
        st.caption(frame.t(saving.NONE_OPEN))
    else:
        columns = ["facility", "village", "kind", "finding", "found_on", "days_open", "loss", "keeper_unit"]
        frame.table(still, columns, "leaks-open")
    if not leaks.rows.empty:
        frame.section(saving.LEAKS)
        figure, alt = saving.mended(leaks.rows, frame.language())
        frame.chart(figure, "mended", alt)
        columns = ["found", "fixed", "rate", "open", "timed", "mean_days", "median_days", "longest_open"]
        villages = saving.by_village(leaks.rows)
        frame.table(leaks, ["village", *columns], "leaks-by-village", villages, rate=saving.MENDED_RATE)
        frame.section(saving.FINDINGS)
        findings = saving.by_finding(leaks.rows)
        frame.table(leaks, ["finding", *columns], "leaks-by-finding", findings, rate=saving.MENDED_RATE)
        st.caption(frame.t(saving.FEW_DAYS.fill(least=saving.least(leaks.as_of))))
        frame.section(saving.ESTIMATE)
        st.caption(frame.t(saving.ESTIMATE_NOTE))
        columns = ["village", "saved", "counted", "not_counted", "losing", "open", "open_unknown"]
        frame.table(estimate, columns, "estimate")
    frame.section(saving.KINDS)
    frame.table(kinds, ["kind", "activities", "headcount", "units_visited"], "kinds")
    frame.formulas(con, *shown)
