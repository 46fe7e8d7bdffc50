"""How far a demolition project is on its way to 100 %, and what is left."""

import streamlit as st

from analytics import metrics
from data.text import Text
from ui import cache, formats, page, phrases, tables
from ui.chart_view import draw_chart
from ui.demolition import signing
from ui.preferences import chosen_day, reader_language
from ui.table_view import draw_table

SOURCES = ("demolition_project", "household", "agreement", "status_event")

with page.page_connection() as con:
    day = chosen_day() or metrics.newest_date(con, SOURCES)
    rates = cache.cached(metrics.compute_metric, con, "signing_rate", day)
    if rates.rows.empty:
        page.draw_page_header(con, phrases.NOTHING_YET, rates.as_of, SOURCES)
        page.draw_no_data()
        st.stop()
    names = dict(zip(rates.rows["project_id"], rates.rows["project"], strict=True))
    head = st.container()
    project = page.choose_code(signing.CHOOSE_PROJECT, names, "project")
    row = rates.rows.set_index("project_id").loc[project]
    with head:
        page.draw_page_header(con, signing.title_sentence(row), rates.as_of, SOURCES)
    left = cache.cached(metrics.compute_metric, con, "households_left", rates.as_of, project_id=project).rows.iloc[0]
    cards = st.columns(4)
    for card, name, value in zip(
        cards,
        ("signed", "households_left", "days_left", "needed_per_day"),
        (
            f"{left['signed']} / {left['households']}",
            left["households_left"],
            left["days_left"],
            left["needed_per_day"],
        ),
        strict=True,
    ):
        shown = value if isinstance(value, str) else formats.format_count(value)
        card.metric(tables.column_heading(name, reader_language()), shown, border=True)

    page.draw_section_heading(signing.CURVE)
    curve = cache.cached(metrics.compute_metric, con, "signing_curve", rates.as_of, project_id=project)
    alt = Text("签约率随时间的阶梯线", "Step line of the signing rate over time")
    draw_chart(signing.signing_curve(curve.rows, row["sign_end"].date(), reader_language()), "curve", alt)

    middle, right = st.columns(2, gap="medium")
    with middle:
        page.draw_section_heading(signing.CHAIN)
        chain = cache.cached(metrics.compute_metric, con, "status_chain", rates.as_of, project_id=project)
        draw_chart(
            signing.status_chain_chart(*signing.household_bars(chain.rows, "status", "reached", reader_language())),
            "chain",
            signing.CHAIN,
        )
    with right:
        page.draw_section_heading(signing.COMPENSATION)
        mix = cache.cached(metrics.compute_metric, con, "compensation_mix", rates.as_of, project_id=project)
        if not mix.rows.empty:
            draw_chart(
                signing.compensation_chart(*signing.compensation_bars(mix.rows, reader_language()), reader_language()),
                "mix",
                signing.COMPENSATION,
            )
    page.draw_section_heading(signing.LIST)
    draw_table(
        rates.rows,
        [
            "project",
            "kind",
            "level",
            "signed",
            "households",
            "rate",
            "planned_rate",
            "households_left",
            "sign_end",
            "owner",
        ],
        "projects",
    )
    page.draw_formulas_of_day(con, day, *[r.metric for r in (rates, curve, chain, mix)])
