"""Every batch: who loaded which file when, what it changed, the ledger after it, and its undo."""

import streamlit as st

from ui import batch_views, batches, frame
from ui import upload_phrases as phrases

frame.draw_plain_header(phrases.HISTORY)
with frame.show_known_errors():
    batch_views.show_undo_state()
listed = batches.choose_and_list_batches()
if listed:
    with st.container(border=True), frame.show_known_errors():
        batch = batches.choose_batch(listed)
        batches.draw_batch_facts(batch)
        batch_views.draw_batch_view(batch, listed)
else:
    st.info(frame.t(phrases.NO_BATCHES))
