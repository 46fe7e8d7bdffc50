"""How far a demolition project is on its way to 100 %, and what is left."""

import streamlit as st

from analytics import metrics
from data.text import Text
from ui import cache, charts, formats, frame, headlines, phrases, tables

SOURCES = ("demolition_project", "household", "agreement", "status_event")

with frame.page_connection() as con:
    day = frame.chosen_day() or metrics.newest_date(con, SOURCES)
    rates = cache.cached(metrics.compute_metric, con, "signing_rate", day)
    if rates.rows.empty:
        frame.draw_page_header(con, phrases.NOTHING_YET, rates.as_of, SOURCES)
        frame.draw_no_data()
        st.stop()
    names = dict(zip(rates.rows["project_id"], rates.rows["project"], strict=True))
    head = st.container()
    project = frame.choose_code(phrases.CHOOSE_PROJECT, names, "project")
    row = rates.rows.set_index("project_id").loc[project]
    with head:
        frame.draw_page_header(con, headlines.signing_headline(row), rates.as_of, SOURCES)
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
        card.metric(tables.column_heading(name, frame.reader_language()), shown, border=True)

    frame.draw_section_heading(phrases.CURVE)
    curve = cache.cached(metrics.compute_metric, con, "signing_curve", rates.as_of, project_id=project)
    alt = Text("签约率随时间的阶梯线", "Step line of the signing rate over time")
    frame.draw_chart(charts.signing_curve(curve.rows, row["sign_end"].date(), frame.reader_language()), "curve", alt)

    middle, right = st.columns(2, gap="medium")
    with middle:
        frame.draw_section_heading(phrases.CHAIN)
        chain = cache.cached(metrics.compute_metric, con, "status_chain", rates.as_of, project_id=project)
        frame.draw_chart(
            charts.status_chain_chart(*tables.household_bars(chain.rows, "status", "reached", frame.reader_language())),
            "chain",
            phrases.CHAIN,
        )
    with right:
        frame.draw_section_heading(phrases.COMPENSATION)
        mix = cache.cached(metrics.compute_metric, con, "compensation_mix", rates.as_of, project_id=project)
        if not mix.rows.empty:
            frame.draw_chart(
                charts.compensation_chart(
                    *tables.compensation_bars(mix.rows, frame.reader_language()), frame.reader_language()
                ),
                "mix",
                phrases.COMPENSATION,
            )
    frame.draw_section_heading(phrases.LIST)
    frame.draw_table(
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
    frame.draw_formulas_of_day(con, day, *[r.metric for r in (rates, curve, chain, mix)])
