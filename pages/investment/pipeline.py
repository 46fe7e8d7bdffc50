"""Where the investment projects stand, and whether the money comes."""

import streamlit as st

from analytics import metrics
from analytics.metrics.investment.pipeline import FUNDS_IN_PLACE, PARCEL_CLOCK, PIPELINE_STAGES, PROJECT_LIST
from data.text import Text
from ui import cache, charts, frame, headlines, phrases, tables

ASKED = (PIPELINE_STAGES, FUNDS_IN_PLACE, PROJECT_LIST, PARCEL_CLOCK)

with frame.page_connection() as con:
    day = frame.chosen_day() or metrics.newest_date(con, *ASKED)
    stages, funds, projects, parcels = (cache.cached(con, asked, day) for asked in ASKED)
    frame.draw_page_header(con, headlines.pipeline_headline(stages.rows, funds.rows), stages, funds, projects, parcels)
    if projects.rows.empty:
        frame.draw_no_data()
        st.stop()
    frame.draw_section_heading(phrases.STAGES)
    names = [tables.word_label(s, frame.reader_language()) for s in stages.rows["stage"]]
    alt = Text("各阶段项目数与总投资条形图", "Bars of projects and investment by stage")
    frame.draw_chart(charts.stage_chart(stages.rows, names, frame.reader_language()), "stages", alt)

    frame.draw_section_heading(phrases.PROJECTS)
    frame.draw_table(
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
        frame.draw_section_heading(phrases.FUNDS)
        frame.draw_table(funds, ["project", "stage", "received", "investment", "rate", "unverified"], "funds")
    with right:
        frame.draw_section_heading(phrases.PARCELS)
        columns = ["project", "area", "agreed_start_on", "days_overdue", "exempt_reason", "owner"]
        frame.draw_table(parcels, columns, "parcels")
    frame.draw_result_formulas(con, stages, funds, projects, parcels)
