"""Where the investment projects stand, and whether the money comes."""

import streamlit as st

from analytics import metrics
from data.text import Text
from ui import cache, charts, frame, headlines, phrases, tables

with frame.page() as con:
    day = frame.chosen_day() or metrics.newest(con, ("stage_event", "funding"))
    stages = cache.cached(metrics.compute, con, "pipeline_stages", day)
    funds = cache.cached(metrics.compute, con, "funds_in_place", day)
    projects = cache.cached(metrics.compute, con, "project_list", day)
    parcels = cache.cached(metrics.compute, con, "parcel_clock", day)
    frame.header(
        con, headlines.pipeline(stages.rows, funds.rows), day, ("investment_project", "stage_event", "funding")
    )
    if projects.rows.empty:
        frame.empty()
        st.stop()
    frame.section(phrases.STAGES)
    names = [tables.word(s, frame.language()) for s in stages.rows["stage"]]
    alt = Text("各阶段项目数与总投资条形图", "Bars of projects and investment by stage")
    frame.chart(charts.stages(stages.rows, names, frame.language()), "stages", alt)

    frame.section(phrases.PROJECTS)
    frame.table(
        projects.rows,
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
        frame.table(funds.rows, ["project", "stage", "received", "investment", "rate", "unverified"], "funds")
    with right:
        frame.section(phrases.PARCELS)
        frame.table(
            parcels.rows, ["project", "area", "agreed_start_on", "days_overdue", "exempt_reason", "owner"], "parcels"
        )
    frame.formula(con, day, *[r.metric for r in (stages, funds, projects, parcels)])
