"""Whether chiefs go as often as they are to, and what becomes of what they find."""

import streamlit as st

from analytics.metrics import METRICS
from ui import cache
from ui import old_page as page
from ui.cards import draw_cards
from ui.chart_view import draw_chart
from ui.preferences import chosen_day, reader_language, t
from ui.table_view import draw_table
from ui.water import chiefs

with page.page_connection() as con:
    chosen = chosen_day()
    names = ("chief_coverage", "patrol_completion", "patrol_reasons", "overdue_issues", "issue_time", "signboards")
    coverage, patrols, reasons, issues, times, boards = (cache.cached(con, METRICS[name], chosen) for name in names)
    satisfaction = cache.cached(con, METRICS["satisfaction_rate"], chosen)
    closure = cache.cached(con, METRICS["issue_closure"], chosen, is_total="True")
    months = chiefs.recent_issue_months(closure)
    shown = (coverage, patrols, reasons, closure, issues, times, boards, satisfaction)
    page.draw_page_header(con, chiefs.title_sentence(patrols, closure, issues), *shown)
    if patrols.rows.empty and closure.rows.empty:
        page.draw_no_data()
        st.stop()
    draw_cards(chiefs.chief_cards(coverage, patrols, closure, issues))

    if not chiefs.ranked_chiefs(patrols.rows).empty:
        page.draw_section_heading(chiefs.title_with_thresholds(chiefs.SCOREBOARD, patrols))
        figure, alt = chiefs.patrol_scoreboard(patrols.rows, reader_language())
        draw_chart(figure, "scoreboard", alt)
    few = chiefs.too_few_patrols_note(patrols)
    if few:
        st.caption(t(few))
    draw_table(con, patrols, chiefs.PATROL_COLUMNS, "patrols", rate=chiefs.PATROL_RATE)
    if not reasons.rows.empty:
        page.draw_section_heading(chiefs.title_with_thresholds(chiefs.REASONS, reasons))
        figure, alt = chiefs.reason_chart(reasons.rows, reader_language())
        draw_chart(figure, "reasons", alt)
        draw_table(con, reasons, ["reason", "patrols", "patrols_all", "patrol_share"], "reason-table")

    if not months.empty:
        page.draw_section_heading(chiefs.COHORTS)
        figure, alt = chiefs.cohort_chart(months, reader_language())
        draw_chart(figure, "cohorts", alt)
        called = {"closed": chiefs.SETTLED, "rate": chiefs.SETTLED_RATE}
        draw_table(con, closure, chiefs.COHORT_COLUMNS, "cohort-table", months.iloc[::-1], **called)
    page.draw_section_heading(chiefs.OPEN_LIST)
    if issues.rows.empty:
        st.caption(t(chiefs.NONE_OPEN))
    else:
        draw_table(con, issues, chiefs.ISSUE_COLUMNS, "issues")
    page.draw_section_heading(chiefs.title_with_thresholds(chiefs.TIMES, times))
    said = "sentence" if reader_language() == "zh" else "sentence_en"
    draw_table(
        con,
        times,
        ["river", "found", "closed", "open", "median_days", "most_days", said],
        "times",
        closed=chiefs.SETTLED,
    )
    page.draw_section_heading(coverage.definition.label)
    draw_table(con, coverage, ["river", "level", "covered", "reaches", "covered_rate"], "coverage-table")
    left, right = st.columns(2, gap="medium")
    with left:
        page.draw_section_heading(chiefs.SIGNBOARDS)
        columns = ["river", "intact", "boards", "intact_rate", "absent", "outdated", "damaged", "checked_on"]
        draw_table(con, boards, columns, "signboards")
    with right:
        page.draw_section_heading(chiefs.SATISFACTION)
        columns = ["river", "village", "satisfied", "forms_valid", "satisfied_rate", "surveyed_on"]
        draw_table(con, satisfaction, columns, "satisfaction")
    page.draw_result_formulas(con, *shown)
