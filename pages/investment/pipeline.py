"""Where the investment projects stand, and whether the money comes."""

import streamlit as st

from analytics import metrics
from analytics.metrics.investment.pipeline import FUNDS_IN_PLACE, PARCEL_CLOCK, PIPELINE_STAGES, PROJECT_LIST
from data.text import Text
from ui import cache, charts, frame, headlines, phrases, tables

ASKED = (PIPELINE_STAGES, FUNDS_IN_PLACE, PROJECT_LIST, PARCEL_CLOCK)

with frame.page() as con:
    day = frame.chosen_day() or metrics.newest(con, *ASKED)
    stages, funds, projects, parcels = (cache.cached(con, asked, day) for asked in ASKED)
    frame.header(con, headlines.pipeline(stages.rows, funds.rows), stages, funds, projects, parcels)
    if projects.rows.empty:
        frame.empty()
        st.stop()
    frame.section(phrases.STAGES)
    names = [tables.word(s, frame.language()) for s in stages.rows["stage"]]
    alt = Text("各阶段项目数与总投资条形图", "Bars of projects and investment by stage")
    frame.chart(charts.stages(stages.rows, names, frame.language()), "stages", alt)

    frame.section(phrases.PROJECTS)
    frame.table(
        projects,
        [
            "project",
            "investor",
            "origin",
            "track",
            "verb",
            "stage",
            "entered_on",
            "days_in_stage",
            "investment",
            "note",
        ],
        "projects",
    )
    left, right = st.columns(2, gap="medium")
    with left:
        frame.section(phrases.FUNDS)
        frame.table(funds, ["project", "stage", "received", "investment", "rate", "unverified"], "funds")
    with right:
        frame.section(phrases.PARCELS)
        columns = ["project", "area", "agreed_start_on", "days_overdue", "exempt_reason", "owner"]
        frame.table(parcels, columns, "parcels")
    frame.formulas(con, stages, funds, projects, parcels)
