"""How the micro sewage plants run: what stands still, how full they are, whether their water passes."""

import streamlit as st

from analytics import metrics
from analytics.metrics import LISTINGS, METRICS
from ui import cache, phrases, tables
from ui import old_page as page
from ui.cards import draw_cards
from ui.chart_view import draw_chart
from ui.preferences import chosen_day, reader_language, t
from ui.table_view import draw_table
from ui.water import plants as shown

RUN = (
    "plant run_state idle_since idle_days note run_rate days_worked days_reported days_unreported days_stopped "
    "days_repair days_broken reported_on is_silent period_from period_to"
)
LOAD = "plant village load_rate load_level inflow_mean capacity inflow_days period_from period_to"
PASSING = (
    "plant discharge_standard limits_verified pass_rate ranking passed judged failing unjudged_samples period_from "
    "period_to"
)
SAMPLES = "plant sampled_at verdict failing not_judged judged_items discharge_standard"
REMOVAL = "plant parameter removal_rate removed inflow_mg effluent_mg pairs inflow_paired inflow period_from period_to"
ENERGY = "plant energy power inflow energy_days idle_power period_from period_to"
CONNECTION = "plant village capacity households_connected households_design rate commissioned_on"
DAYS = ["day", "run_state", "inflow", "run_hours", "power", "note"]
NAMES = "plant_run plant_load plant_pass_rate plant_removal plant_energy plant_connection effluent_samples"

with page.page_connection() as con:
    day = chosen_day() or metrics.newest_date(con, *(METRICS[name] for name in NAMES.split()))
    found = {name: cache.cached(con, METRICS[name], day) for name in NAMES.split()}
    runs, loads, passing, removal, energy, connection, samples = found.values()
    page.draw_page_header(con, shown.title_sentence(runs, passing), *found.values())
    if runs.rows.empty:
        page.draw_no_data()
        st.stop()
    draw_cards(shown.plant_cards(runs, loads, passing, removal, energy, connection))

    page.draw_section_heading(shown.STANDING_STILL)
    for said in shown.idle_sentences(runs.rows) or [shown.NONE_IDLE]:
        st.markdown(tables.escape_markdown(t(said)))
    page.draw_section_heading(shown.LOAD)
    alt = shown.LOAD_ALT.fill(n=len(loads.rows), flagged=shown.flagged_loads_text(loads.rows))
    draw_chart(shown.load_bars(loads.rows, runs.rows, day, reader_language()), "load", alt)
    st.caption(t(shown.load_marks_note(day)))
    draw_table(con, loads, LOAD.split(), "loads")

    page.draw_section_heading(shown.DAYS)
    names = dict(zip(runs.rows["plant_id"], runs.rows["plant"], strict=True))
    plant = page.choose_code(shown.CHOOSE_PLANT, names, "plant")
    days = cache.cached(con, LISTINGS["plant_days"], day, plant_id=plant)
    if days.rows.empty:
        st.caption(t(phrases.NOTHING_YET))
    else:
        draw_chart(shown.day_strip(days.rows, reader_language()), "days", shown.DAYS_ALT.fill(plant=names[plant]))
        draw_table(con, days, DAYS, "plant-days", days.rows.iloc[::-1])

    page.draw_section_heading(shown.RUN)
    draw_table(con, runs, RUN.split(), "runs")
    page.draw_section_heading(shown.PASSING)
    st.caption(t(shown.too_few_samples_note(day)))
    draw_table(con, passing, PASSING.split(), "passing")
    page.draw_section_heading(shown.SAMPLES)
    draw_table(con, samples, SAMPLES.split(), "samples")
    page.draw_section_heading(shown.REMOVAL)
    draw_table(con, removal, REMOVAL.split(), "removal")
    left, right = st.columns(2, gap="medium")
    with left:
        page.draw_section_heading(shown.ENERGY)
        draw_table(con, energy, ENERGY.split(), "energy")
    with right:
        page.draw_section_heading(shown.CONNECTION)
        draw_table(con, connection, CONNECTION.split(), "connections")
    page.draw_result_formulas(con, *found.values())
