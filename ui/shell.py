"""The script that runs for each reader: language, day, menu, page."""

import streamlit as st

from data.ingest.values.days import parse_iso_day
from data.text import Language
from ui import phrases
from ui.blocks import draw_blocks
from ui.menu import navigation_pages, require_open_page
from ui.page import notice_block, show_known_errors
from ui.preferences import Reader, parse_linked_batch, t


def linked_reader() -> Reader:
    """Return the reader of the address: its language, or else that of the session, its day and its batch."""
    linked = st.query_params.get("lang")
    known: Language = st.session_state["reader"].language if "reader" in st.session_state else "zh"
    language: Language = "en" if linked == "en" else "zh" if linked == "zh" else known
    day, batch = st.query_params.get("as_of", ""), st.query_params.get("after_batch", "")
    return Reader(language, parse_iso_day(day), after_batch=parse_linked_batch(batch))


st.session_state["reader"] = linked_reader()
st.set_page_config(page_title=t(phrases.TITLE), page_icon="🌊", layout="wide")
current_page = st.navigation(navigation_pages(), expanded=True)
if "as_of" in st.query_params and not st.session_state["reader"].day:
    draw_blocks((notice_block(phrases.NO_SUCH_DAY.fill(day=st.query_params["as_of"][:20])),))
if "after_batch" in st.query_params and not st.session_state["reader"].after_batch:
    draw_blocks((notice_block(phrases.NO_SUCH_BATCH.fill(batch=st.query_params["after_batch"][:20])),))
with show_known_errors():
    require_open_page(current_page.url_path)
    current_page.run()
