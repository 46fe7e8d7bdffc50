"""Where people were reached to save water, which taps ran, and what mending them is thought to have saved."""

import streamlit as st

from analytics import metrics
from ui import cache, frame
from ui.water import saving

SOURCES = ("saving_activity", "facility", "facility_check")
DATED = ("saving_activity", "facility_check")

with frame.page_connection() as con:
    chosen = frame.chosen_day()
    day = chosen or metrics.newest_date(con, DATED)
    names = ("saving_coverage", "saving_activities", "leak_fix", "leak_list", "saving_estimate")
    coverage, kinds, leaks, still, estimate = (
        cache.cached(metrics.compute_metric, con, name, chosen) for name in names
    )
    frame.draw_page_header(con, saving.saving_headline(coverage.rows, leaks.rows), day, SOURCES)
    if kinds.rows.empty and leaks.rows.empty:
        frame.draw_no_data()
        st.stop()
    frame.draw_cards(saving.saving_cards(coverage, leaks, estimate))

    villages = saving.single_villages(coverage.rows)
    if saving.has_activities(villages):
        frame.draw_section_heading(saving.COVERAGE)
        figure, alt = saving.activity_chart(coverage.rows, frame.reader_language())
        frame.draw_chart(figure, "coverage", alt)
        frame.draw_table(
            villages, ["village", "kind", "activities", "headcount", "units_visited", "held_on"], "coverage-table"
        )
    rest = saving.unnamed_village_note(coverage.rows)
    if rest:
        st.caption(frame.t(rest))

    frame.draw_section_heading(saving.OPEN_LIST)
    if still.rows.empty:
        st.caption(frame.t(saving.NONE_OPEN))
    else:
        columns = ["facility", "village", "kind", "finding", "found_on", "days_open", "loss", "keeper_unit"]
        frame.draw_table(still.rows, columns, "leaks-open")
    if not leaks.rows.empty:
        frame.draw_section_heading(saving.LEAKS)
        figure, alt = saving.mended_chart(leaks.rows, frame.reader_language())
        frame.draw_chart(figure, "mended", alt)
        columns = ["found", "fixed", "rate", "open", "timed", "mean_days", "median_days", "longest_open"]
        frame.draw_table(
            saving.leaks_by_village(leaks.rows), ["village", *columns], "leaks-by-village", rate=saving.MENDED_RATE
        )
        frame.draw_section_heading(saving.FINDINGS)
        frame.draw_table(
            saving.leaks_by_finding(leaks.rows), ["finding", *columns], "leaks-by-finding", rate=saving.MENDED_RATE
        )
        st.caption(frame.t(saving.FEW_DAYS.fill(least=saving.least_known_days(day))))
        frame.draw_section_heading(saving.ESTIMATE)
        st.caption(frame.t(saving.ESTIMATE_NOTE))
        columns = ["village", "saved", "counted", "not_counted", "losing", "open", "open_unknown"]
        frame.draw_table(estimate.rows, columns, "estimate")
    frame.draw_section_heading(saving.KINDS)
    frame.draw_table(kinds.rows, ["kind", "activities", "headcount", "units_visited"], "kinds")
    frame.draw_result_formulas(con, coverage, kinds, leaks, still, estimate)
