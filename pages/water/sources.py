"""Where the dirt comes from: sources, outfalls and blocks, how far each is, and what is overdue."""

import streamlit as st

from analytics import metrics
from analytics.metrics import METRICS
from ui import cache
from ui import old_page as page
from ui.cards import draw_cards
from ui.chart_view import draw_chart
from ui.preferences import chosen_day, reader_language, t
from ui.table_view import draw_table
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

with page.page_connection() as con:
    day = chosen_day() or metrics.newest_date(con, *(METRICS[name] for name in NAMES.split()))
    found = {name: cache.cached(con, METRICS[name], day) for name in NAMES.split()}
    sources, outfalls = found["source_list"].rows, found["outfall_list"].rows
    page.draw_page_header(con, shown.title_sentence(found["source_closure"], found["outfall_closure"]), *found.values())
    if sources.empty and outfalls.empty and found["zero_discharge"].rows.empty:
        page.draw_no_data()
        st.stop()
    totals = [found[name] for name in ("source_closure", "outfall_closure", "zero_discharge", "connection_rate")]
    draw_cards(shown.source_cards(totals[0], totals[1], outfalls, totals[2], totals[3], found["plant_connection"]))

    for title, rows, looks, total, columns, key in (
        (shown.BY_KIND, sources, shown.SOURCE_STATES, totals[0], CLOSURE, "sources-by-kind"),
        (shown.OUTFALLS_BY_KIND, outfalls, shown.OUTFALL_STATES, totals[1], CLOSED_OUTFALLS, "outfalls-by-kind"),
    ):
        if not rows.empty:
            page.draw_section_heading(title)
            figure = shown.state_bars(rows, "kind", looks, reader_language())
            draw_chart(figure, key, shown.state_bars_alt(title, rows))
            draw_table(con, total, columns.split(), f"{key}-rows", rate=shown.CLOSED_RATE, closed=shown.CLOSED)
    page.draw_section_heading(shown.BY_VILLAGE)
    if not sources.empty:
        figure = shown.state_bars(sources, "village", shown.SOURCE_STATES, reader_language())
        draw_chart(figure, "sources-by-village", shown.state_bars_alt(shown.BY_VILLAGE, sources))
    villages = shown.with_village_names(found["source_by_village"].rows, reader_language())
    called = {"rate": shown.CLOSED_RATE, "closed": shown.CLOSED}
    draw_table(con, found["source_by_village"], VILLAGES.split(), "villages", villages, **called)
    st.caption(t(shown.NO_VILLAGE_NOTE))

    page.draw_section_heading(shown.BLOCKS)
    draw_table(con, found["zero_discharge_list"], BLOCKS.split(), "blocks", rate=shown.CONNECTED_RATE)
    page.draw_section_heading(shown.CONNECTIONS)
    for ledger, place in zip(shown.CONNECTED, st.columns(2, gap="medium"), strict=True):
        with place:
            st.caption(t(shown.CONNECTED[ledger]))
            figure = shown.connection_bars(found["connection_rate"].rows, ledger, reader_language())
            draw_chart(figure, f"connected-{ledger}", shown.CONNECTED[ledger])
    linked = shown.with_village_names(found["connection_rate"].rows, reader_language())
    connected, called = found["connection_rate"], {"rate": shown.CONNECTED_RATE}
    draw_table(con, connected, CONNECTIONS.split(), "connections", linked, **called)

    page.draw_section_heading(shown.SOURCE_LIST)
    draw_table(con, found["source_list"], SOURCES.split(), "sources")
    page.draw_section_heading(shown.OUTFALL_LIST)
    draw_table(con, found["outfall_list"], OUTFALLS.split(), "outfalls")
    page.draw_result_formulas(con, *found.values())
