"""Every batch: who loaded which file when; one of them with what it changed, the ledger after it, and its undo."""

from collections.abc import Iterator

import streamlit as st

from data.datasets import DATASETS
from data.ingest import batch_log
from ui import upload_phrases as phrases
from ui.blocks import Block, draw_blocks
from ui.cache import cached_work
from ui.ledgers import batch_views, history, sample_removal
from ui.page import (
    PageRequest,
    draw_page_state,
    finished_blocks,
    linked_choices,
    page_connection,
    show_known_errors,
)
from ui.page_header import header_block


def page_blocks(request: PageRequest) -> Iterator[Block]:
    """Yield all batches, or what is known of the one that the address names."""
    batches = known_batches(request)
    ledger, batch = history.asked_ledger(request), history.asked_batch(request, batches)
    yield header_block(request, history.batch_title(batch) if batch else phrases.HISTORY)
    if batch:
        yield history.fact_block(request, batch, batches)
    else:
        yield from history.list_blocks(request, batches, ledger)


def known_batches(request: PageRequest) -> list[history.Batch]:
    """Return the batches, newest first; every batch and undo changes some ledger."""
    return cached_work(request.con, tuple(DATASETS), batch_log.recent_batches)


choices = linked_choices(history.PAGE)
with page_connection() as con:
    request = PageRequest(con, choices)
    asked = history.asked_batch(request, batches := known_batches(request))
    shown = finished_blocks(con, page_blocks, history.PAGE, choices)
    draw_page_state(has_form=True)  # of the state that is read: nobody commits meanwhile
with show_known_errors():
    batch_views.show_undo_state()
    sample_removal.show_removal_state()
draw_blocks(shown)
if not asked:
    with show_known_errors():
        sample_removal.draw_sample_removal(batches)
else:
    history.offer_original(asked)
    with st.container(border=True), show_known_errors():
        batch_views.draw_batch_view(asked, batches)
