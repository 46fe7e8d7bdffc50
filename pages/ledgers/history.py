"""Every batch: who loaded which file when, what it changed, the ledger after it, and its undo."""

import streamlit as st

from ui import old_page as page
from ui import upload_phrases as phrases
from ui.ledgers import batch_views, history
from ui.preferences import t

page.draw_plain_header(phrases.HISTORY)
with page.show_known_errors():
    batch_views.show_undo_state()
listed = history.choose_and_list_batches()
if listed:
    with st.container(border=True), page.show_known_errors():
        batch = history.choose_batch(listed)
        history.draw_batch_facts(batch)
        batch_views.draw_batch_view(batch, listed)
else:
    st.info(t(phrases.NO_BATCHES))
