"""How far a demolition project is on its way to 100 %, and what is left."""

import streamlit as st

from analytics import metrics
from analytics.metrics.demolition.signing import (
    COMPENSATION_MIX,
    HOUSEHOLDS_LEFT,
    SIGNING_CURVE,
    SIGNING_RATE,
    STATUS_CHAIN,
)
from ui import cache, phrases
from ui import old_page as page
from ui.chart_view import draw_chart
from ui.demolition import signing
from ui.preferences import chosen_day, reader_language
from ui.table_view import draw_table

DEFINITIONS = (SIGNING_RATE, HOUSEHOLDS_LEFT, SIGNING_CURVE, STATUS_CHAIN, COMPENSATION_MIX)

with page.page_connection() as con:
    day = chosen_day() or metrics.newest_date(con, *DEFINITIONS)
    rates = cache.cached(con, SIGNING_RATE, day)
    if rates.rows.empty:
        page.draw_page_header(con, phrases.NOTHING_YET, rates)
        page.draw_no_data()
        st.stop()
    names = dict(zip(rates.rows["project_id"], rates.rows["project"], strict=True))
    head = st.container()
    project = page.choose_code(signing.CHOOSE_PROJECT, names, "project")
    row = rates.rows.set_index("project_id").loc[project]
    left, curve, chain, mix = (
        cache.cached(con, definition, rates.as_of, project_id=project) for definition in DEFINITIONS[1:]
    )
    with head:
        page.draw_page_header(con, signing.title_sentence(row), rates, left, curve, chain, mix)
    signing.draw_open_counts(left)

    page.draw_section_heading(signing.CURVE)
    draw_chart(signing.signing_curve(curve.rows, row["sign_end"].date(), reader_language()), "curve", signing.CURVE_ALT)

    middle, right = st.columns(2, gap="medium")
    with middle:
        page.draw_section_heading(signing.CHAIN)
        draw_chart(
            signing.status_chain_chart(*signing.household_bars(chain.rows, "status", "reached", reader_language())),
            "chain",
            signing.CHAIN,
        )
    with right:
        page.draw_section_heading(signing.COMPENSATION)
        if not mix.rows.empty:
            draw_chart(
                signing.compensation_chart(*signing.compensation_bars(mix.rows, reader_language()), reader_language()),
                "mix",
                signing.COMPENSATION,
            )
    page.draw_section_heading(signing.LIST)
    draw_table(con, rates, signing.PROJECT_COLUMNS, "projects")
    page.draw_result_formulas(con, rates, curve, chain, mix)
