"""Whether chiefs go as often as they are to, and what becomes of what they find."""

import streamlit as st

from analytics.metrics import METRICS
from analytics.water.transforms import AREA
from ui import cache, frame
from ui.water import chiefs

with frame.page_connection() as con:
    chosen = frame.chosen_day()
    names = ("chief_coverage", "patrol_completion", "patrol_reasons", "overdue_issues", "issue_time", "signboards")
    coverage, patrols, reasons, issues, times, boards = (cache.cached(con, METRICS[name], chosen) for name in names)
    satisfaction = cache.cached(con, METRICS["satisfaction_rate"], chosen)
    closure = cache.cached(con, METRICS["issue_closure"], chosen, river=AREA)
    months = chiefs.recent_issue_months(closure)
    shown = (coverage, patrols, reasons, closure, issues, times, boards, satisfaction)
    frame.draw_page_header(con, chiefs.chiefs_headline(patrols, closure, issues), *shown)
    if patrols.rows.empty and closure.rows.empty:
        frame.draw_no_data()
        st.stop()
    frame.draw_cards(chiefs.chief_cards(coverage, patrols, closure, issues))

    if not chiefs.ranked_chiefs(patrols.rows).empty:
        frame.draw_section_heading(chiefs.title_with_thresholds(chiefs.SCOREBOARD, patrols))
        figure, alt = chiefs.patrol_scoreboard(patrols.rows, frame.reader_language())
        frame.draw_chart(figure, "scoreboard", alt)
    few = chiefs.too_few_patrols_note(patrols)
    if few:
        st.caption(frame.t(few))
    frame.draw_table(patrols, chiefs.PATROL_COLUMNS, "patrols", rate=chiefs.PATROL_RATE)
    if not reasons.rows.empty:
        frame.draw_section_heading(chiefs.title_with_thresholds(chiefs.REASONS, reasons))
        figure, alt = chiefs.reason_chart(reasons.rows, frame.reader_language())
        frame.draw_chart(figure, "reasons", alt)
        frame.draw_table(reasons, ["reason", "patrols", "patrols_all", "patrol_share"], "reason-table")

    if not months.empty:
        frame.draw_section_heading(chiefs.COHORTS)
        figure, alt = chiefs.cohort_chart(months, frame.reader_language())
        frame.draw_chart(figure, "cohorts", alt)
        called = {"closed": chiefs.SETTLED, "rate": chiefs.SETTLED_RATE}
        frame.draw_table(closure, chiefs.COHORT_COLUMNS, "cohort-table", months.iloc[::-1], **called)
    frame.draw_section_heading(chiefs.OPEN_LIST)
    if issues.rows.empty:
        st.caption(frame.t(chiefs.NONE_OPEN))
    else:
        frame.draw_table(issues, chiefs.ISSUE_COLUMNS, "issues")
    frame.draw_section_heading(chiefs.title_with_thresholds(chiefs.TIMES, times))
    said = "sentence" if frame.reader_language() == "zh" else "sentence_en"
    frame.draw_table(
        times,
        ["river", "found", "closed", "open", "median_days", "most_days", said],
        "times",
        closed=chiefs.SETTLED,
    )
    frame.draw_section_heading(coverage.asked.label)
    frame.draw_table(coverage, ["river", "level", "covered", "reaches", "covered_rate"], "coverage-table")
    left, right = st.columns(2, gap="medium")
    with left:
        frame.draw_section_heading(chiefs.SIGNBOARDS)
        columns = ["river", "intact", "boards", "intact_rate", "absent", "outdated", "damaged", "checked_on"]
        frame.draw_table(boards, columns, "signboards")
    with right:
        frame.draw_section_heading(chiefs.SATISFACTION)
        columns = ["river", "village", "satisfied", "forms_valid", "satisfied_rate", "surveyed_on"]
        frame.draw_table(satisfaction, columns, "satisfaction")
    frame.draw_result_formulas(con, *shown)
