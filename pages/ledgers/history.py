"""Every batch: who loaded which file when; one of them with what it changed, the ledger after it, and its undo."""

import streamlit as st

from data.ingest import batch_log
from ui import upload_phrases as phrases
from ui.blocks import draw_blocks
from ui.ledgers import batch_views, history
from ui.page import PageRequest, linked_choices, notice_block, page_connection, show_known_errors
from ui.page_header import draw_plain_header

choices = linked_choices(history.PAGE)
with page_connection() as con:
    request, batches = PageRequest(con, choices), batch_log.recent_batches(con)
    ledger, batch = history.asked_ledger(request), history.asked_batch(request, batches)
    shown = [history.fact_block(request, batch)] if batch else list(history.list_blocks(request, batches, ledger))
    title = history.batch_title(batch) if batch else phrases.HISTORY
draw_plain_header(title, choices)
draw_blocks([notice_block(said) for said in request.notices])
with show_known_errors():
    batch_views.show_undo_state()
draw_blocks(shown)
if batch:
    history.offer_original(batch)
    with st.container(border=True), show_known_errors():
        batch_views.draw_batch_view(batch, batches)
