"""Every batch: who loaded which file when, what it changed, the ledger after it, and its undo."""

import streamlit as st

from ui import batches, frame, versions
from ui import upload_phrases as phrases

frame.header_plain(phrases.HISTORY)
with frame.failures():
    versions.settle()
listed = batches.listed()
if listed:
    with st.container(border=True), frame.failures():
        batch = batches.chosen(listed)
        batches.facts(batch)
        versions.show(batch, listed)
else:
    st.info(frame.t(phrases.NO_BATCHES))
