"""Where the investment projects stand, and whether the money comes."""

import streamlit as st

from analytics import metrics
from data.text import Text
from ui import cache, charts, frame, headlines, phrases, tables

with frame.page_connection() as con:
    day = frame.chosen_day() or metrics.newest_date(con, ("stage_event", "funding"))
    stages = cache.cached(metrics.compute_metric, con, "pipeline_stages", day)
    funds = cache.cached(metrics.compute_metric, con, "funds_in_place", day)
    projects = cache.cached(metrics.compute_metric, con, "project_list", day)
    parcels = cache.cached(metrics.compute_metric, con, "parcel_clock", day)
    frame.draw_page_header(
        con, headlines.pipeline_headline(stages.rows, funds.rows), day, ("investment_project", "stage_event", "funding")
    )
    if projects.rows.empty:
        frame.draw_no_data()
        st.stop()
    frame.draw_section_heading(phrases.STAGES)
    names = [tables.word_label(s, frame.reader_language()) for s in stages.rows["stage"]]
    alt = Text("各阶段项目数与总投资条形图", "Bars of projects and investment by stage")
    frame.draw_chart(charts.stage_chart(stages.rows, names, frame.reader_language()), "stages", alt)

    frame.draw_section_heading(phrases.PROJECTS)
    frame.draw_table(
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
        frame.draw_section_heading(phrases.FUNDS)
        frame.draw_table(funds.rows, ["project", "stage", "received", "investment", "rate", "unverified"], "funds")
    with right:
        frame.draw_section_heading(phrases.PARCELS)
        frame.draw_table(
            parcels.rows, ["project", "area", "agreed_start_on", "days_overdue", "exempt_reason", "owner"], "parcels"
        )
    frame.draw_formulas_of_day(con, day, *[r.metric for r in (stages, funds, projects, parcels)])
