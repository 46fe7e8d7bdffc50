"""Whether chiefs go as often as they are to, and what becomes of what they find."""

import streamlit as st

from analytics import metrics
from analytics.water.transforms import AREA
from ui import cache, frame
from ui.water import chiefs

SOURCES = ("chief_duty", "patrol", "issue", "issue_event", "signboard", "satisfaction")
DATED = ("patrol", "issue", "issue_event")

with frame.page() as con:
    chosen = frame.chosen_day()
    names = ("chief_coverage", "patrol_completion", "patrol_reasons", "overdue_issues", "issue_time", "signboards")
    coverage, patrols, reasons, issues, times, boards = (
        cache.cached(metrics.compute, con, name, chosen) for name in names
    )
    satisfaction = cache.cached(metrics.compute, con, "satisfaction_rate", chosen)
    closure = cache.cached(metrics.compute, con, "issue_closure", chosen, river=AREA)
    months = chiefs.recent(closure)
    day = chosen or metrics.newest(con, DATED)
    frame.header(con, chiefs.headline(patrols, closure, issues), day, SOURCES)
    if patrols.rows.empty and closure.rows.empty:
        frame.empty()
        st.stop()
    frame.cards(chiefs.cards(coverage, patrols, closure, issues))

    if not chiefs.ranked(patrols.rows).empty:
        frame.section(chiefs.titled(chiefs.SCOREBOARD, patrols))
        figure, alt = chiefs.scoreboard(patrols.rows, frame.language())
        frame.chart(figure, "scoreboard", alt)
    few = chiefs.too_few(patrols)
    if few:
        st.caption(frame.t(few))
    frame.table(patrols.rows, chiefs.PATROL_COLUMNS, "patrols", rate=chiefs.PATROL_RATE)
    if not reasons.rows.empty:
        frame.section(chiefs.titled(chiefs.REASONS, reasons))
        figure, alt = chiefs.reasons(reasons.rows, frame.language())
        frame.chart(figure, "reasons", alt)
        frame.table(reasons.rows, ["reason", "patrols", "patrols_all", "patrol_share"], "reason-table")

    if not months.empty:
        frame.section(chiefs.COHORTS)
        figure, alt = chiefs.cohorts(months, frame.language())
        frame.chart(figure, "cohorts", alt)
        frame.table(
            months.iloc[::-1], chiefs.COHORT_COLUMNS, "cohort-table", closed=chiefs.SETTLED, rate=chiefs.SETTLED_RATE
        )
    frame.section(chiefs.OPEN_LIST)
    if issues.rows.empty:
        st.caption(frame.t(chiefs.NONE_OPEN))
    else:
        frame.table(issues.rows, chiefs.ISSUE_COLUMNS, "issues")
    frame.section(chiefs.titled(chiefs.TIMES, times))
    said = "sentence" if frame.language() == "zh" else "sentence_en"
    frame.table(
        times.rows,
        ["river", "found", "closed", "open", "median_days", "most_days", said],
        "times",
        closed=chiefs.SETTLED,
    )
    frame.section(coverage.metric.label)
    frame.table(coverage.rows, ["river", "level", "covered", "reaches", "covered_rate"], "coverage-table")
    left, right = st.columns(2, gap="medium")
    with left:
        frame.section(chiefs.SIGNBOARDS)
        columns = ["river", "intact", "boards", "intact_rate", "absent", "outdated", "damaged", "checked_on"]
        frame.table(boards.rows, columns, "signboards")
    with right:
        frame.section(chiefs.SATISFACTION)
        columns = ["river", "village", "satisfied", "forms_valid", "satisfied_rate", "surveyed_on"]
        frame.table(satisfaction.rows, columns, "satisfaction")
    frame.formulas(con, coverage, patrols, reasons, closure, issues, times, boards, satisfaction)
