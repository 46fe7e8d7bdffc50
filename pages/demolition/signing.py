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
from data.text import Text
from ui import cache, charts, formats, frame, headlines, phrases, tables

ASKED = (SIGNING_RATE, HOUSEHOLDS_LEFT, SIGNING_CURVE, STATUS_CHAIN, COMPENSATION_MIX)

with frame.page_connection() as con:
    day = frame.chosen_day() or metrics.newest_date(con, *ASKED)
    rates = cache.cached(con, SIGNING_RATE, day)
    if rates.rows.empty:
        frame.draw_page_header(con, phrases.NOTHING_YET, rates)
        frame.draw_no_data()
        st.stop()
    names = dict(zip(rates.rows["project_id"], rates.rows["project"], strict=True))
    head = st.container()
    project = frame.choose_code(phrases.CHOOSE_PROJECT, names, "project")
    row = rates.rows.set_index("project_id").loc[project]
    left, curve, chain, mix = (cache.cached(con, asked, rates.as_of, project_id=project) for asked in ASKED[1:])
    with head:
        frame.draw_page_header(con, headlines.signing_headline(row), rates, left, curve, chain, mix)
    open_now = left.rows.iloc[0]
    cards = st.columns(4)
    for card, name, value in zip(
        cards,
        ("signed", "households_left", "days_left", "needed_per_day"),
        (
            f"{open_now['signed']} / {open_now['households']}",
            open_now["households_left"],
            open_now["days_left"],
            open_now["needed_per_day"],
        ),
        strict=True,
    ):
        shown = value if isinstance(value, str) else formats.format_count(value)
        card.metric(tables.column_heading(left.column(name), frame.reader_language()), shown, border=True)

    frame.draw_section_heading(phrases.CURVE)
    alt = Text("签约率随时间的阶梯线", "Step line of the signing rate over time")
    frame.draw_chart(charts.signing_curve(curve.rows, row["sign_end"].date(), frame.reader_language()), "curve", alt)

    middle, right = st.columns(2, gap="medium")
    with middle:
        frame.draw_section_heading(phrases.CHAIN)
        frame.draw_chart(
            charts.status_chain_chart(*tables.household_bars(chain.rows, "status", "reached", frame.reader_language())),
            "chain",
            phrases.CHAIN,
        )
    with right:
        frame.draw_section_heading(phrases.COMPENSATION)
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
        rates,
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
    frame.draw_result_formulas(con, rates, curve, chain, mix)
