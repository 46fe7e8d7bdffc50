"""What is done about the rivers: dredging and other works, plan and actual, when they will be finished."""

import streamlit as st

from analytics.metrics import LISTINGS, METRICS
from analytics.status import status_lights, status_rule_sentence
from data.words import WORDS
from ui import cache, charts, formats, page
from ui.cards import draw_cards
from ui.chart_view import draw_chart
from ui.preferences import chosen_day, reader_language, t
from ui.table_view import draw_table
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

with page.page_connection() as con:
    works = cache.cached(con, METRICS["works_progress"], chosen_day())
    day = works.as_of
    dredging = cache.cached(con, METRICS["dredging_progress"], day)
    outlooks = cache.cached(con, METRICS["work_forecast"], day)
    page.draw_page_header(con, shown.title_sentence(works.rows), works, dredging, outlooks)
    if works.rows.empty:
        page.draw_no_data()
        st.stop()
    draw_cards(shown.work_cards(dredging, works, outlooks, status_lights(works.rows, day)))
    for title, result, name, columns in (
        (shown.DREDGING_SECTION, dredging, "river", DREDGING),
        (shown.WORK_SECTION, works, "work", COLUMNS),
    ):
        rows = result.rows
        page.draw_section_heading(title)
        labels = [
            t(formats.format_share(r.done, r.quantity, r.rate, WORDS[r.quantity_unit])) for r in rows.itertuples()
        ]
        figure = charts.bullet_chart(
            rows[name].tolist(),
            rows["rate"].tolist(),
            rows["planned_rate"].tolist(),
            status_lights(rows, day),
            labels,
            reader_language(),
        )
        draw_chart(figure, f"{name}-bullets", shown.bullets_alt(title, status_lights(rows, day)))
        draw_table(con, result, columns.split(), f"{name}-rows")
    st.caption(t(status_rule_sentence(day)))

    page.draw_section_heading(shown.CURVE)
    work = page.choose_code(shown.CHOOSE_WORK, shown.work_names(works.rows, status_lights(works.rows, day)), "work")
    curve = cache.cached(con, METRICS["work_curve"], day, work_id=work)
    outlook = outlooks.rows.set_index("work_id").loc[work]
    said = shown.work_sentence(works.rows.set_index("work_id").loc[work], outlook)
    page.draw_sentences(said)
    draw_chart(shown.s_curve(curve.rows, outlook, reader_language()), "s-curve", said)
    left, right = st.columns(2, gap="medium")
    with left:
        page.draw_section_heading(shown.CURVE_TABLE)
        draw_table(con, curve, ["day", "plan_total", "done", "quantity_unit"], "curve")
    with right:
        page.draw_section_heading(shown.REPORTS)
        reports = cache.cached(con, LISTINGS["work_reports"], day, work_id=work)
        draw_table(con, reports, REPORT, "reports")

    page.draw_section_heading(shown.COMBINED_WORKS)
    whole = cache.cached(con, METRICS["river_works_forecast"], day)
    chosen = page.choose_code(
        shown.CHOOSE_COMBINED, shown.combined_work_names(whole.rows, reader_language()), "together"
    )
    row = whole.rows[[code == chosen for code in shown.group_codes(whole.rows)]].iloc[0]
    unit = {"river": row["river"], "quantity_unit": row["quantity_unit"]}
    points = cache.cached(con, METRICS["river_works_curve"], day, **unit)
    said = shown.combined_works_sentence(row)
    page.draw_sentences(said)
    draw_chart(shown.s_curve(points.rows, row, reader_language()), "together-curve", said)
    draw_table(con, points, ["day", "plan_total", "done", "quantity_unit"], "together-rows")

    page.draw_section_heading(shown.FORECASTS)
    draw_table(con, outlooks, OUTLOOK.split(), "forecasts")
    page.draw_result_formulas(con, dredging, works, curve, outlooks, whole)
