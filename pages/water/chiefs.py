"""Whether chiefs go as often as they are to, and what becomes of what they find."""

import streamlit as st

from analytics import metrics
from analytics.water.transforms import AREA
from ui import cache, frame
from ui.water import chiefs

SOURCES = ("chief_duty", "patrol", "issue", "issue_event", "signboard", "satisfaction")
DATED = ("patrol", "issue", "issue_event")

with frame.page_connection() as con:
    chosen = frame.chosen_day()
    names = ("chief_coverage", "patrol_completion", "patrol_reasons", "overdue_issues", "issue_time", "signboards")
    coverage, patrols, reasons, issues, times, boards = (
        cache.cached(metrics.compute_metric, con, name, chosen) for name in names
    )
    satisfaction = cache.cached(metrics.compute_metric, con, "satisfaction_rate", chosen)
    closure = cache.cached(metrics.compute_metric, con, "issue_closure", chosen, river=AREA)
    months = chiefs.recent_issue_months(closure)
    day = chosen or metrics.newest_date(con, DATED)
    frame.draw_page_header(con, chiefs.chiefs_headline(patrols, closure, issues), day, SOURCES)
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
    frame.draw_table(patrols.rows, chiefs.PATROL_COLUMNS, "patrols", rate=chiefs.PATROL_RATE)
    if not reasons.rows.empty:
        frame.draw_section_heading(chiefs.title_with_thresholds(chiefs.REASONS, reasons))
        figure, alt = chiefs.reason_chart(reasons.rows, frame.reader_language())
        frame.draw_chart(figure, "reasons", alt)
        frame.draw_table(reasons.rows, ["reason", "patrols", "patrols_all", "patrol_share"], "reason-table")

    if not months.empty:
        frame.draw_section_heading(chiefs.COHORTS)
        figure, alt = chiefs.cohort_chart(months, frame.reader_language())
        frame.draw_chart(figure, "cohorts", alt)
        frame.draw_table(
            months.iloc[::-1], chiefs.COHORT_COLUMNS, "cohort-table", closed=chiefs.SETTLED, rate=chiefs.SETTLED_RATE
        )
    frame.draw_section_heading(chiefs.OPEN_LIST)
    if issues.rows.empty:
        st.caption(frame.t(chiefs.NONE_OPEN))
    else:
        frame.draw_table(issues.rows, chiefs.ISSUE_COLUMNS, "issues")
    frame.draw_section_heading(chiefs.title_with_thresholds(chiefs.TIMES, times))
    said = "sentence" if frame.reader_language() == "zh" else "sentence_en"
    frame.draw_table(
        times.rows,
        ["river", "found", "closed", "open", "median_days", "most_days", said],
        "times",
        closed=chiefs.SETTLED,
    )
    frame.draw_section_heading(coverage.metric.label)
    frame.draw_table(coverage.rows, ["river", "level", "covered", "reaches", "covered_rate"], "coverage-table")
    left, right = st.columns(2, gap="medium")
    with left:
        frame.draw_section_heading(chiefs.SIGNBOARDS)
        columns = ["river", "intact", "boards", "intact_rate", "absent", "outdated", "damaged", "checked_on"]
        frame.draw_table(boards.rows, columns, "signboards")
    with right:
        frame.draw_section_heading(chiefs.SATISFACTION)
        columns = ["river", "village", "satisfied", "forms_valid", "satisfied_rate", "surveyed_on"]
        frame.draw_table(satisfaction.rows, columns, "satisfaction")
    frame.draw_result_formulas(con, coverage, patrols, reasons, closure, issues, times, boards, satisfaction)
