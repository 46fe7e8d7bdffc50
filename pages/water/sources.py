"""Where the dirt comes from: sources, outfalls and blocks, how far each is, and what is overdue."""

import streamlit as st

from analytics import metrics
from analytics.metrics import METRICS
from ui import cache, frame
from ui.water import sources as shown

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

with frame.page() as con:
    day = frame.chosen_day() or metrics.newest(con, *(METRICS[name] for name in NAMES.split()))
    found = {name: cache.cached(con, METRICS[name], day) for name in NAMES.split()}
    sources, outfalls = found["source_list"].rows, found["outfall_list"].rows
    frame.header(con, shown.title(found["source_closure"], found["outfall_closure"]), *found.values())
    if sources.empty and outfalls.empty and found["zero_discharge"].rows.empty:
        frame.empty()
        st.stop()
    totals = [found[name] for name in ("source_closure", "outfall_closure", "zero_discharge", "connection_rate")]
    frame.cards(shown.cards(totals[0], totals[1], outfalls, totals[2], totals[3], found["plant_connection"]))

    for title, rows, looks, total, columns, key in (
        (shown.BY_KIND, sources, shown.SOURCE_STATES, totals[0], CLOSURE, "sources-by-kind"),
        (shown.OUTFALLS_BY_KIND, outfalls, shown.OUTFALL_STATES, totals[1], CLOSED_OUTFALLS, "outfalls-by-kind"),
    ):
        if not rows.empty:
            frame.section(title)
            figure = shown.states(rows, "kind", looks, frame.language())
            frame.chart(figure, key, shown.alt(title, rows))
            frame.table(total, columns.split(), f"{key}-rows", rate=shown.CLOSED_RATE, closed=shown.CLOSED)
    frame.section(shown.BY_VILLAGE)
    if not sources.empty:
        figure = shown.states(sources, "village", shown.SOURCE_STATES, frame.language())
        frame.chart(figure, "sources-by-village", shown.alt(shown.BY_VILLAGE, sources))
    villages = shown.named(found["source_by_village"].rows, frame.language())
    called = {"rate": shown.CLOSED_RATE, "closed": shown.CLOSED}
    frame.table(found["source_by_village"], VILLAGES.split(), "villages", villages, **called)
    st.caption(frame.t(shown.NO_VILLAGE_NOTE))

    frame.section(shown.BLOCKS)
    frame.table(found["zero_discharge_list"], BLOCKS.split(), "blocks", rate=shown.CONNECTED_RATE)
    frame.section(shown.CONNECTIONS)
    for ledger, place in zip(shown.CONNECTED, st.columns(2, gap="medium"), strict=True):
        with place:
            st.caption(frame.t(shown.CONNECTED[ledger]))
            figure = shown.connections(found["connection_rate"].rows, ledger, frame.language())
            frame.chart(figure, f"connected-{ledger}", shown.CONNECTED[ledger])
    linked = shown.named(found["connection_rate"].rows, frame.language())
    connected, called = found["connection_rate"], {"rate": shown.CONNECTED_RATE}
    frame.table(connected, CONNECTIONS.split(), "connections", linked, **called)

    frame.section(shown.SOURCE_LIST)
    frame.table(found["source_list"], SOURCES.split(), "sources")
    frame.section(shown.OUTFALL_LIST)
    frame.table(found["outfall_list"], OUTFALLS.split(), "outfalls")
    frame.formulas(con, *found.values())
