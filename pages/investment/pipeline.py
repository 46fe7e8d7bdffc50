"""Where the investment projects stand, and whether the money comes."""

import streamlit as st

from analytics import metrics
from data.text import Text
from ui import cache, page, tables
from ui.chart_view import draw_chart
from ui.investment import pipeline
from ui.preferences import chosen_day, reader_language
from ui.table_view import draw_table

with page.page_connection() as con:
    day = chosen_day() or metrics.newest_date(con, ("stage_event", "funding"))
    stages = cache.cached(metrics.compute_metric, con, "pipeline_stages", day)
    funds = cache.cached(metrics.compute_metric, con, "funds_in_place", day)
    projects = cache.cached(metrics.compute_metric, con, "project_list", day)
    parcels = cache.cached(metrics.compute_metric, con, "parcel_clock", day)
    page.draw_page_header(
        con, pipeline.title_sentence(stages.rows, funds.rows), day, ("investment_project", "stage_event", "funding")
    )
    if projects.rows.empty:
        page.draw_no_data()
        st.stop()
    page.draw_section_heading(pipeline.STAGES)
    names = [tables.word_label(s, reader_language()) for s in stages.rows["stage"]]
    alt = Text("各阶段项目数与总投资条形图", "Bars of projects and investment by stage")
    draw_chart(pipeline.stage_chart(stages.rows, names, reader_language()), "stages", alt)

    page.draw_section_heading(pipeline.PROJECTS)
    draw_table(
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
        page.draw_section_heading(pipeline.FUNDS)
        draw_table(funds.rows, ["project", "stage", "received", "investment", "rate", "unverified"], "funds")
    with right:
        page.draw_section_heading(pipeline.PARCELS)
        draw_table(
            parcels.rows, ["project", "area", "agreed_start_on", "days_overdue", "exempt_reason", "owner"], "parcels"
        )
    page.draw_formulas_of_day(con, day, *[r.metric for r in (stages, funds, projects, parcels)])
