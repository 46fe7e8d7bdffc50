"""Where people were reached to save water, which taps ran, and what mending them is thought to have saved."""

import streamlit as st

from analytics import metrics
from ui import cache, page
from ui.cards import draw_cards
from ui.chart_view import draw_chart
from ui.preferences import chosen_day, reader_language, t
from ui.table_view import draw_table
from ui.water import saving

SOURCES = ("saving_activity", "facility", "facility_check")
DATED = ("saving_activity", "facility_check")

with page.page_connection() as con:
    chosen = chosen_day()
    day = chosen or metrics.newest_date(con, DATED)
    names = ("saving_coverage", "saving_activities", "leak_fix", "leak_list", "saving_estimate")
    coverage, kinds, leaks, still, estimate = (
        cache.cached(metrics.compute_metric, con, name, chosen) for name in names
    )
    page.draw_page_header(con, saving.title_sentence(coverage.rows, leaks.rows), day, SOURCES)
    if kinds.rows.empty and leaks.rows.empty:
        page.draw_no_data()
        st.stop()
    draw_cards(saving.saving_cards(coverage, leaks, estimate))

    villages = saving.single_villages(coverage.rows)
    if saving.has_activities(villages):
        page.draw_section_heading(saving.COVERAGE)
        figure, alt = saving.activity_chart(coverage.rows, reader_language())
        draw_chart(figure, "coverage", alt)
        draw_table(
            villages, ["village", "kind", "activities", "headcount", "units_visited", "held_on"], "coverage-table"
        )
    rest = saving.unnamed_village_note(coverage.rows)
    if rest:
        st.caption(t(rest))

    page.draw_section_heading(saving.OPEN_LIST)
    if still.rows.empty:
        st.caption(t(saving.NONE_OPEN))
    else:
        columns = ["facility", "village", "kind", "finding", "found_on", "days_open", "loss", "keeper_unit"]
        draw_table(still.rows, columns, "leaks-open")
    if not leaks.rows.empty:
        page.draw_section_heading(saving.LEAKS)
        figure, alt = saving.mended_chart(leaks.rows, reader_language())
        draw_chart(figure, "mended", alt)
        columns = ["found", "fixed", "rate", "open", "timed", "mean_days", "median_days", "longest_open"]
        draw_table(
            saving.leaks_by_village(leaks.rows), ["village", *columns], "leaks-by-village", rate=saving.MENDED_RATE
        )
        page.draw_section_heading(saving.FINDINGS)
        draw_table(
            saving.leaks_by_finding(leaks.rows), ["finding", *columns], "leaks-by-finding", rate=saving.MENDED_RATE
        )
        st.caption(t(saving.FEW_DAYS.fill(least=saving.least_known_days(day))))
        page.draw_section_heading(saving.ESTIMATE)
        st.caption(t(saving.ESTIMATE_NOTE))
        columns = ["village", "saved", "counted", "not_counted", "losing", "open", "open_unknown"]
        draw_table(estimate.rows, columns, "estimate")
    page.draw_section_heading(saving.KINDS)
    draw_table(kinds.rows, ["kind", "activities", "headcount", "units_visited"], "kinds")
    page.draw_result_formulas(con, coverage, kinds, leaks, still, estimate)
