"""Where people were reached to save water, which taps ran, and what mending them is thought to have saved."""

import streamlit as st

from analytics.metrics import METRICS
from ui import cache
from ui import old_page as page
from ui.cards import draw_cards
from ui.chart_view import draw_chart
from ui.preferences import chosen_day, reader_language, t
from ui.table_view import draw_table
from ui.water import saving

with page.page_connection() as con:
    chosen = chosen_day()
    names = ("saving_coverage", "saving_activities", "leak_fix", "leak_list", "saving_estimate")
    coverage, kinds, leaks, still, estimate = (cache.cached(con, METRICS[name], chosen) for name in names)
    shown = (coverage, kinds, leaks, still, estimate)
    page.draw_page_header(con, saving.title_sentence(coverage.rows, leaks.rows), *shown)
    if kinds.rows.empty and leaks.rows.empty:
        page.draw_no_data()
        st.stop()
    draw_cards(saving.saving_cards(coverage, leaks, estimate))

    villages = saving.single_villages(coverage.rows)
    if saving.has_activities(villages):
        page.draw_section_heading(saving.COVERAGE)
        figure, alt = saving.activity_chart(coverage.rows, reader_language())
        draw_chart(figure, "coverage", alt)
        columns = ["village", "kind", "activities", "headcount", "units_visited", "held_on"]
        draw_table(con, coverage, columns, "coverage-table", villages)
    rest = saving.unnamed_village_note(coverage.rows)
    if rest:
        st.caption(t(rest))

    page.draw_section_heading(saving.OPEN_LIST)
    if still.rows.empty:
        st.caption(t(saving.NONE_OPEN))
    else:
        columns = ["facility", "village", "kind", "finding", "found_on", "days_open", "loss", "keeper_unit"]
        draw_table(con, still, columns, "leaks-open")
    if not leaks.rows.empty:
        page.draw_section_heading(saving.LEAKS)
        figure, alt = saving.mended_chart(leaks.rows, reader_language())
        draw_chart(figure, "mended", alt)
        columns = ["found", "fixed", "rate", "open", "timed", "mean_days", "median_days", "longest_open"]
        villages = saving.leaks_by_village(leaks.rows)
        draw_table(con, leaks, ["village", *columns], "leaks-by-village", villages, rate=saving.MENDED_RATE)
        page.draw_section_heading(saving.FINDINGS)
        findings = saving.leaks_by_finding(leaks.rows)
        draw_table(con, leaks, ["finding", *columns], "leaks-by-finding", findings, rate=saving.MENDED_RATE)
        st.caption(t(saving.FEW_DAYS.fill(least=saving.least_known_days(leaks.as_of))))
        page.draw_section_heading(saving.ESTIMATE)
        st.caption(t(saving.ESTIMATE_NOTE))
        columns = ["village", "saved", "counted", "not_counted", "losing", "open", "open_unknown"]
        draw_table(con, estimate, columns, "estimate")
    page.draw_section_heading(saving.KINDS)
    draw_table(con, kinds, ["kind", "activities", "headcount", "units_visited"], "kinds")
    page.draw_result_formulas(con, *shown)
