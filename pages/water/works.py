"""What is done about the rivers: dredging and other works, plan and actual, when they will be finished."""

import streamlit as st

from analytics.metrics import LISTINGS, METRICS
from analytics.status import lights, sentence
from data.words import WORDS
from ui import cache, charts, formats, frame, headlines, phrases
from ui.water import works as shown

COLUMNS = (
    "work river kind done quantity quantity_unit rate planned_rate gap spi cost budget money_rate money_gap "
    "is_money_ahead end_on days_left owner"
)
DREDGING = (
    "river done quantity quantity_unit rate planned_rate gap spi cost budget money_rate money_gap unreported "
    "reported_on"
)
OUTLOOK = "work river outlook finish_on early_on late_on end_on days_late finished_on pace quantity_unit reports"
REPORT = ["day", "done", "cost", "photo_before", "photo_after", "note"]

with frame.page() as con:
    works = cache.cached(con, METRICS["works_progress"], frame.chosen_day())
    day = works.as_of
    dredging = cache.cached(con, METRICS["dredging_progress"], day)
    outlooks = cache.cached(con, METRICS["work_forecast"], day)
    frame.header(con, headlines.works(works.rows), works, dredging, outlooks)
    if works.rows.empty:
        frame.empty()
        st.stop()
    frame.cards(shown.cards(dredging, works, outlooks, lights(works.rows, day)))
    for title, result, name, columns in (
        (phrases.DREDGING, dredging, "river", DREDGING),
        (phrases.WORKS, works, "work", COLUMNS),
    ):
        rows = result.rows
        frame.section(title)
        labels = [frame.t(formats.share(r.done, r.quantity, r.rate, WORDS[r.quantity_unit])) for r in rows.itertuples()]
        figure = charts.bullets(
            rows[name].tolist(),
            rows["rate"].tolist(),
            rows["planned_rate"].tolist(),
            lights(rows, day),
            labels,
            frame.language(),
        )
        frame.chart(figure, f"{name}-bullets", shown.alt(title, lights(rows, day)))
        frame.table(result, columns.split(), f"{name}-rows")
    st.caption(frame.t(sentence(day)))

    frame.section(shown.CURVE)
    work = frame.choose(shown.CHOOSE_WORK, shown.names(works.rows, lights(works.rows, day)), "work")
    curve = cache.cached(con, METRICS["work_curve"], day, work_id=work)
    outlook = outlooks.rows.set_index("work_id").loc[work]
    said = shown.sentence(works.rows.set_index("work_id").loc[work], outlook)
    frame.say(said)
    frame.chart(shown.s_curve(curve.rows, outlook, frame.language()), "s-curve", said)
    left, right = st.columns(2, gap="medium")
    with left:
        frame.section(shown.CURVE_TABLE)
        frame.table(curve, ["day", "plan_total", "done", "quantity_unit"], "curve")
    with right:
        frame.section(shown.REPORTS)
        reports = cache.cached(con, LISTINGS["work_reports"], day, work_id=work)
        frame.table(reports, REPORT, "reports")

    frame.section(shown.TOGETHER)
    whole = cache.cached(con, METRICS["river_works_forecast"], day)
    chosen = frame.choose(shown.CHOOSE_TOGETHER, shown.together(whole.rows, frame.language()), "together")
    row = whole.rows[[code == chosen for code in shown.codes(whole.rows)]].iloc[0]
    unit = {"river": row["river"], "quantity_unit": row["quantity_unit"]}
    points = cache.cached(con, METRICS["river_works_curve"], day, **unit)
    said = shown.sentence_together(row)
    frame.say(said)
    frame.chart(shown.s_curve(points.rows, row, frame.language()), "together-curve", said)
    frame.table(points, ["day", "plan_total", "done", "quantity_unit"], "together-rows")

    frame.section(shown.FORECASTS)
    frame.table(outlooks, OUTLOOK.split(), "forecasts")
    frame.formulas(con, dredging, works, curve, outlooks, whole)
