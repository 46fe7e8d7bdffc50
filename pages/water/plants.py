"""How the micro sewage plants run: what stands still, how full they are, whether their water passes."""

import streamlit as st

from analytics import metrics, queries
from ui import cache, frame, phrases, tables
from ui.water import plants as shown

DATED = ("plant_daily", "plant_sample")
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

with frame.page_connection() as con:
    day = frame.chosen_day() or metrics.newest_date(con, DATED) or metrics.newest_date(con, ("plant",))
    found = {name: cache.cached(metrics.compute_metric, con, name, day) for name in NAMES.split()}
    runs, loads, passing, removal, energy, connection, samples = found.values()
    frame.draw_page_header(con, shown.plants_headline(runs, passing), day, ("plant", *DATED))
    if runs.rows.empty:
        frame.draw_no_data()
        st.stop()
    frame.draw_cards(shown.plant_cards(runs, loads, passing, removal, energy, connection))

    frame.draw_section_heading(shown.STANDING_STILL)
    for said in shown.idle_sentences(runs.rows) or [shown.NONE_IDLE]:
        st.markdown(tables.escape_markdown(frame.t(said)))
    frame.draw_section_heading(shown.LOAD)
    alt = shown.LOAD_ALT.fill(n=len(loads.rows), flagged=shown.flagged_loads_text(loads.rows))
    frame.draw_chart(shown.load_bars(loads.rows, runs.rows, day, frame.reader_language()), "load", alt)
    st.caption(frame.t(shown.load_marks_note(day)))
    frame.draw_table(loads.rows, LOAD.split(), "loads")

    frame.draw_section_heading(shown.DAYS)
    names = dict(zip(runs.rows["plant_id"], runs.rows["plant"], strict=True))
    plant = frame.choose_code(shown.CHOOSE_PLANT, names, "plant")
    days = cache.cached(queries.run_query, con, "water.plant_days", plant_id=plant, as_of=day)
    if days.empty:
        st.caption(frame.t(phrases.NOTHING_YET))
    else:
        frame.draw_chart(
            shown.day_strip(days, frame.reader_language()), "days", shown.DAYS_ALT.fill(plant=names[plant])
        )
        frame.draw_table(days.iloc[::-1], DAYS, "plant-days")

    frame.draw_section_heading(shown.RUN)
    frame.draw_table(runs.rows, RUN.split(), "runs")
    frame.draw_section_heading(shown.PASSING)
    st.caption(frame.t(shown.too_few_note(day)))
    frame.draw_table(passing.rows, PASSING.split(), "passing")
    frame.draw_section_heading(shown.SAMPLES)
    frame.draw_table(samples.rows, SAMPLES.split(), "samples")
    frame.draw_section_heading(shown.REMOVAL)
    frame.draw_table(removal.rows, REMOVAL.split(), "removal")
    left, right = st.columns(2, gap="medium")
    with left:
        frame.draw_section_heading(shown.ENERGY)
        frame.draw_table(energy.rows, ENERGY.split(), "energy")
    with right:
        frame.draw_section_heading(shown.CONNECTION)
        frame.draw_table(connection.rows, CONNECTION.split(), "connections")
    frame.draw_formulas_of_day(con, day, *[result.metric for result in found.values()])
