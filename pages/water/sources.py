"""Where the dirt comes from: sources, outfalls and blocks, how far each is, and what is overdue."""

import streamlit as st

from analytics import metrics
from ui import cache, frame
from ui.water import sources as shown

LEDGERS = ("source", "outfall", "zero_discharge", "plant")
VILLAGES = (
    "village closed registered rate overdue accepted relapsed outfalls_closed outfalls outfall_rate "
    "outfalls_overdue dry dry_unknown"
)
SOURCES = "source kind state village river days_overdue due_on closed_on accepted_on action scale scale_unit found_on"
OUTFALLS = "outfall kind state village river days_overdue dry_weather_flow due_on closed_on evidence has_sign found_on"
BLOCKS = (
    "area kind phase village households_connected households_design rate defects_fixed defects_found defect_rate "
    "accepted_on reported_on"
)
CLOSURE = "river kind closed registered rate overdue accepted relapsed"
CLOSED_OUTFALLS = "river kind closed registered rate overdue dry dry_unknown with_evidence without_evidence"
CONNECTIONS = "ledger village households_connected households_design rate counted uncounted"
NAMES = (
    "source_closure outfall_closure zero_discharge connection_rate source_by_village source_list outfall_list "
    "zero_discharge_list plant_connection"
)

with frame.page_connection() as con:
    day = frame.chosen_day() or metrics.newest_date(con, LEDGERS)
    found = {name: cache.cached(metrics.compute_metric, con, name, day) for name in NAMES.split()}
    sources, outfalls = found["source_list"].rows, found["outfall_list"].rows
    frame.draw_page_header(con, shown.sources_headline(found["source_closure"], found["outfall_closure"]), day, LEDGERS)
    if sources.empty and outfalls.empty and found["zero_discharge"].rows.empty:
        frame.draw_no_data()
        st.stop()
    totals = [found[name] for name in ("source_closure", "outfall_closure", "zero_discharge", "connection_rate")]
    frame.draw_cards(
        shown.source_cards(totals[0], totals[1], outfalls, totals[2], totals[3], found["plant_connection"])
    )

    for title, rows, looks, total, columns, key in (
        (shown.BY_KIND, sources, shown.SOURCE_STATES, totals[0], CLOSURE, "sources-by-kind"),
        (shown.OUTFALLS_BY_KIND, outfalls, shown.OUTFALL_STATES, totals[1], CLOSED_OUTFALLS, "outfalls-by-kind"),
    ):
        if not rows.empty:
            frame.draw_section_heading(title)
            figure = shown.state_bars(rows, "kind", looks, frame.reader_language())
            frame.draw_chart(figure, key, shown.state_bars_alt(title, rows))
            frame.draw_table(total.rows, columns.split(), f"{key}-rows", rate=shown.CLOSED_RATE, closed=shown.CLOSED)
    frame.draw_section_heading(shown.BY_VILLAGE)
    if not sources.empty:
        figure = shown.state_bars(sources, "village", shown.SOURCE_STATES, frame.reader_language())
        frame.draw_chart(figure, "sources-by-village", shown.state_bars_alt(shown.BY_VILLAGE, sources))
    villages = shown.with_village_names(found["source_by_village"].rows, frame.reader_language())
    frame.draw_table(villages, VILLAGES.split(), "villages", rate=shown.CLOSED_RATE, closed=shown.CLOSED)
    st.caption(frame.t(shown.NO_VILLAGE_NOTE))

    frame.draw_section_heading(shown.BLOCKS)
    frame.draw_table(found["zero_discharge_list"].rows, BLOCKS.split(), "blocks", rate=shown.CONNECTED_RATE)
    frame.draw_section_heading(shown.CONNECTIONS)
    for ledger, place in zip(shown.CONNECTED, st.columns(2, gap="medium"), strict=True):
        with place:
            st.caption(frame.t(shown.CONNECTED[ledger]))
            figure = shown.connection_bars(found["connection_rate"].rows, ledger, frame.reader_language())
            frame.draw_chart(figure, f"connected-{ledger}", shown.CONNECTED[ledger])
    linked = shown.with_village_names(found["connection_rate"].rows, frame.reader_language())
    frame.draw_table(linked, CONNECTIONS.split(), "connections", rate=shown.CONNECTED_RATE)

    frame.draw_section_heading(shown.SOURCE_LIST)
    frame.draw_table(sources, SOURCES.split(), "sources")
    frame.draw_section_heading(shown.OUTFALL_LIST)
    frame.draw_table(outfalls, OUTFALLS.split(), "outfalls")
    frame.draw_formulas_of_day(con, day, *[result.metric for result in found.values()])
