"""Whether chiefs go as often as they are to, and what becomes of what they find."""

import streamlit as st

from analytics.metrics import METRICS
from analytics.water.transforms import AREA
from ui import cache, frame
from ui.water import chiefs

with frame.page() as con:
    chosen = frame.chosen_day()
    names = ("chief_coverage", "patrol_completion", "patrol_reasons", "overdue_issues", "issue_time", "signboards")
    coverage, patrols, reasons, issues, times, boards = (cache.cached(con, METRICS[name], chosen) for name in names)
    satisfaction = cache.cached(con, METRICS["satisfaction_rate"], chosen)
    closure = cache.cached(con, METRICS["issue_closure"], chosen, river=AREA)
    months = chiefs.recent(closure)
    shown = (coverage, patrols, reasons, closure, issues, times, boards, satisfaction)
    frame.header(con, chiefs.headline(patrols, closure, issues), *shown)
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
    frame.table(patrols, chiefs.PATROL_COLUMNS, "patrols", rate=chiefs.PATROL_RATE)
    if not reasons.rows.empty:
        frame.section(chiefs.titled(chiefs.REASONS, reasons))
        figure, alt = chiefs.reasons(reasons.rows, frame.language())
        frame.chart(figure, "reasons", alt)
        frame.table(reasons, ["reason", "patrols", "patrols_all", "patrol_share"], "reason-table")

    if not months.empty:
        frame.section(chiefs.COHORTS)
        figure, alt = chiefs.cohorts(months, frame.language())
        frame.chart(figure, "cohorts", alt)
        called = {"closed": chiefs.SETTLED, "rate": chiefs.SETTLED_RATE}
        frame.table(closure, chiefs.COHORT_COLUMNS, "cohort-table", months.iloc[::-1], **called)
    frame.section(chiefs.OPEN_LIST)
    if issues.rows.empty:
        st.caption(frame.t(chiefs.NONE_OPEN))
    else:
        frame.table(issues, chiefs.ISSUE_COLUMNS, "issues")
    frame.section(chiefs.titled(chiefs.TIMES, times))
    said = "sentence" if frame.language() == "zh" else "sentence_en"
    frame.table(
        times,
        ["river", "found", "closed", "open", "median_days", "most_days", said],
        "times",
        closed=chiefs.SETTLED,
    )
    frame.section(coverage.asked.label)
    frame.table(coverage, ["river", "level", "covered", "reaches", "covered_rate"], "coverage-table")
    left, right = st.columns(2, gap="medium")
    with left:
        frame.section(chiefs.SIGNBOARDS)
        columns = ["river", "intact", "boards", "intact_rate", "absent", "outdated", "damaged", "checked_on"]
        frame.table(boards, columns, "signboards")
    with right:
        frame.section(chiefs.SATISFACTION)
        columns = ["river", "village", "satisfied", "forms_valid", "satisfied_rate", "surveyed_on"]
        frame.table(satisfaction, columns, "satisfaction")
    frame.formulas(con, *shown)
