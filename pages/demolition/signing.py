"""How far a demolition project is on its way to 100 %, and what is left."""

import streamlit as st

from analytics import metrics
from data.text import Text
from ui import cache, charts, formats, frame, headlines, phrases, tables

SOURCES = ("demolition_project", "household", "agreement", "status_event")

with frame.page() as con:
    day = frame.chosen_day() or metrics.newest(con, SOURCES)
    rates = cache.cached(metrics.compute, con, "signing_rate", day)
    if rates.rows.empty:
        frame.header(con, phrases.NOTHING_YET, rates.as_of, SOURCES)
        frame.empty()
        st.stop()
    names = dict(zip(rates.rows["project_id"], rates.rows["project"], strict=True))
    head = st.container()
    project = frame.choose(phrases.CHOOSE_PROJECT, names, "project")
    row = rates.rows.set_index("project_id").loc[project]
    with head:
        frame.header(con, headlines.signing(row), rates.as_of, SOURCES)
    left = cache.cached(metrics.compute, con, "households_left", rates.as_of, project_id=project).rows.iloc[0]
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
        shown = value if isinstance(value, str) else formats.count(value)
        card.metric(tables.heading(name, frame.language()), shown, border=True)

    frame.section(phrases.CURVE)
    curve = cache.cached(metrics.compute, con, "signing_curve", rates.as_of, project_id=project)
    alt = Text("签约率随时间的阶梯线", "Step line of the signing rate over time")
    frame.chart(charts.signing_curve(curve.rows, row["sign_end"].date(), frame.language()), "curve", alt)

    middle, right = st.columns(2, gap="medium")
    with middle:
        frame.section(phrases.CHAIN)
        chain = cache.cached(metrics.compute, con, "status_chain", rates.as_of, project_id=project)
        frame.chart(
            charts.chain(*tables.counted(chain.rows, "status", "reached", frame.language())), "chain", phrases.CHAIN
        )
    with right:
        frame.section(phrases.COMPENSATION)
        mix = cache.cached(metrics.compute, con, "compensation_mix", rates.as_of, project_id=project)
        if not mix.rows.empty:
            frame.chart(
                charts.mix(*tables.mixed(mix.rows, frame.language()), frame.language()), "mix", phrases.COMPENSATION
            )
    frame.section(phrases.LIST)
    frame.table(
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
    frame.formula(con, day, *[r.metric for r in (rates, curve, chain, mix)])
