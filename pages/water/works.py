"""What is done about the rivers: dredging and other works, plan and actual, when they will be finished."""

import streamlit as st

from analytics import metrics, queries
from analytics.status import status_lights, status_rule_sentence
from data.fields import WORDS
from ui import cache, charts, formats, frame, headlines, phrases
from ui.water import works as shown

LEDGERS = ("work", "work_plan", "work_progress")
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

with frame.page_connection() as con:
    works = cache.cached(metrics.compute_metric, con, "works_progress", frame.chosen_day())
    day = works.as_of
    dredging = cache.cached(metrics.compute_metric, con, "dredging_progress", day)
    outlooks = cache.cached(metrics.compute_metric, con, "work_forecast", day)
    frame.draw_page_header(con, headlines.works_headline(works.rows), day, LEDGERS)
    if works.rows.empty:
        frame.draw_no_data()
        st.stop()
    frame.draw_cards(shown.work_cards(dredging, works, outlooks, status_lights(works.rows, day)))
    for title, result, name, columns in (
        (phrases.DREDGING, dredging, "river", DREDGING),
        (phrases.WORKS, works, "work", COLUMNS),
    ):
        rows = result.rows
        frame.draw_section_heading(title)
        labels = [
            frame.t(formats.format_share(r.done, r.quantity, r.rate, WORDS[r.quantity_unit])) for r in rows.itertuples()
        ]
        figure = charts.bullet_chart(
            rows[name].tolist(),
            rows["rate"].tolist(),
            rows["planned_rate"].tolist(),
            status_lights(rows, day),
            labels,
            frame.reader_language(),
        )
        frame.draw_chart(figure, f"{name}-bullets", shown.bullets_alt(title, status_lights(rows, day)))
        frame.draw_table(rows, columns.split(), f"{name}-rows")
    st.caption(frame.t(status_rule_sentence(day)))

    frame.draw_section_heading(shown.CURVE)
    work = frame.choose_code(shown.CHOOSE_WORK, shown.work_names(works.rows, status_lights(works.rows, day)), "work")
    curve = cache.cached(metrics.compute_metric, con, "work_curve", day, work_id=work)
    outlook = outlooks.rows.set_index("work_id").loc[work]
    said = shown.work_sentence(works.rows.set_index("work_id").loc[work], outlook)
    frame.draw_sentences(said)
    frame.draw_chart(shown.s_curve(curve.rows, outlook, frame.reader_language()), "s-curve", said)
    left, right = st.columns(2, gap="medium")
    with left:
        frame.draw_section_heading(shown.CURVE_TABLE)
        frame.draw_table(curve.rows, ["day", "plan_total", "done", "quantity_unit"], "curve")
    with right:
        frame.draw_section_heading(shown.REPORTS)
        reports = cache.cached(queries.run_query, con, "water.work_reports", work_id=work, as_of=day)
        frame.draw_table(reports, REPORT, "reports")

    frame.draw_section_heading(shown.COMBINED_WORKS)
    whole = cache.cached(metrics.compute_metric, con, "river_works_forecast", day)
    chosen = frame.choose_code(
        shown.CHOOSE_COMBINED, shown.combined_work_names(whole.rows, frame.reader_language()), "together"
    )
    row = whole.rows[[code == chosen for code in shown.group_codes(whole.rows)]].iloc[0]
    unit = {"river": row["river"], "quantity_unit": row["quantity_unit"]}
    points = cache.cached(metrics.compute_metric, con, "river_works_curve", day, **unit)
    said = shown.combined_works_sentence(row)
    frame.draw_sentences(said)
    frame.draw_chart(shown.s_curve(points.rows, row, frame.reader_language()), "together-curve", said)
    frame.draw_table(points.rows, ["day", "plan_total", "done", "quantity_unit"], "together-rows")

    frame.draw_section_heading(shown.FORECASTS)
    frame.draw_table(outlooks.rows, OUTLOOK.split(), "forecasts")
    frame.draw_formulas_of_day(con, day, *[r.metric for r in (dredging, works, curve, outlooks, whole)])
