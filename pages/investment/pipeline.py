"""Where the investment projects stand, and whether the money comes."""

import streamlit as st

from analytics import metrics
from analytics.metrics.investment.pipeline import FUNDS_IN_PLACE, PARCEL_CLOCK, PIPELINE_STAGES, PROJECT_LIST
from ui import cache, tables
from ui import old_page as page
from ui.chart_view import draw_chart
from ui.investment import pipeline
from ui.preferences import chosen_day, reader_language
from ui.table_view import draw_table

DEFINITIONS = (PIPELINE_STAGES, FUNDS_IN_PLACE, PROJECT_LIST, PARCEL_CLOCK)

with page.page_connection() as con:
    day = chosen_day() or metrics.newest_date(con, *DEFINITIONS)
    stages, funds, projects, parcels = (cache.cached(con, definition, day) for definition in DEFINITIONS)
    page.draw_page_header(con, pipeline.title_sentence(stages.rows, funds.rows), stages, funds, projects, parcels)
    if projects.rows.empty:
        page.draw_no_data()
        st.stop()
    page.draw_section_heading(pipeline.STAGES)
    names = [tables.word_label(s, reader_language()) for s in stages.rows["stage"]]
    draw_chart(pipeline.stage_chart(stages.rows, names, reader_language()), "stages", pipeline.STAGES_ALT)

    page.draw_section_heading(pipeline.PROJECTS)
    draw_table(con, projects, pipeline.PROJECT_COLUMNS, "projects")
    left, right = st.columns(2, gap="medium")
    with left:
        page.draw_section_heading(pipeline.FUNDS)
        draw_table(con, funds, pipeline.FUND_COLUMNS, "funds")
    with right:
        page.draw_section_heading(pipeline.PARCELS)
        draw_table(con, parcels, pipeline.PARCEL_COLUMNS, "parcels")
    page.draw_result_formulas(con, stages, funds, projects, parcels)
