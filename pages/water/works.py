"""What is done about the rivers: dredging, works, pollution sources, plants, water saving."""

import streamlit as st

from analytics import metrics
from analytics.status import lights, sentence
from data.fields import WORDS
from ui import charts, formats, frame, headlines, kept, phrases

DATED = ("work_progress", "source", "plant", "saving_activity")

with frame.page() as con:
    day = frame.chosen_day() or metrics.newest(con, DATED)
    dredging = kept.figures(metrics.compute, con, "dredging_progress", day)
    works = kept.figures(metrics.compute, con, "works_progress", day)
    frame.header(con, headlines.dredging(dredging.rows), day, ("work", "work_plan", *DATED))
    if works.rows.empty:
        frame.empty()
        st.stop()
    for title, result, name in ((phrases.DREDGING, dredging, "river"), (phrases.WORKS, works, "work")):
        rows = result.rows
        frame.section(title)
        labels = [frame.t(formats.share(r.done, r.quantity, r.rate, WORDS[r.quantity_unit])) for r in rows.itertuples()]
        figure = charts.bullets(
            rows[name].tolist(),
            rows["rate"].tolist(),
            rows["planned_rate"].tolist(),
            lights(rows),
            labels,
            frame.language(),
        )
        frame.chart(figure, f"{name}-bullets", title)
    st.caption(frame.t(sentence()))
    frame.table(
        works.rows,
        [
            "work",
            "river",
            "kind",
            "done",
            "quantity",
            "quantity_unit",
            "rate",
            "planned_rate",
            "gap",
            "end_on",
            "owner",
        ],
        "works",
    )
    sources = kept.figures(metrics.compute, con, "source_closure", day)
    plants = kept.figures(metrics.compute, con, "plant_connection", day)
    saving = kept.figures(metrics.compute, con, "saving_activities", day)
    left, right = st.columns(2, gap="medium")
    with left:
        frame.section(phrases.SOURCES)
        frame.table(sources.rows, ["river", "kind", "closed", "registered", "rate", "overdue"], "sources")
    with right:
        frame.section(phrases.PLANTS_AND_SAVING)
        frame.table(
            plants.rows,
            ["plant", "village", "capacity", "households_connected", "households_design", "rate", "is_running"],
            "plants",
        )
        frame.table(
            saving.rows,
            ["kind", "activities", "headcount", "units_visited", "leaks_found", "leaks_fixed"],
            "saving",
        )
    frame.formula(con, day, *[r.metric for r in (dredging, works, sources, plants, saving)])
