"""The script that runs for each reader: language, day, menu, page."""

import streamlit as st

from data.text import Language
from ui import phrases
from ui.blocks import draw_blocks
from ui.markup import element
from ui.menu import all_pages, navigation_pages
from ui.page import notice_block
from ui.preferences import Reader, parse_linked_day, reader_language, t
from ui.store import current_write_counter


def linked_reader() -> Reader:
    """Return the reader of the address: its language, or else that of the session, and its day."""
    linked = st.query_params.get("lang")
    known: Language = st.session_state["reader"].language if "reader" in st.session_state else "zh"
    language: Language = "en" if linked == "en" else "zh" if linked == "zh" else known
    return Reader(language, parse_linked_day(st.query_params.get("as_of", "")))


# Streamlit gives the first page no path of its own.
REFRESHED_PAGES = {each.url for each in all_pages() if each.shows_figures} | {""}

st.session_state["reader"] = linked_reader()
st.set_page_config(page_title=t(phrases.TITLE), page_icon="🌊", layout="wide")
current_page = st.navigation(navigation_pages(), expanded=True)
counter = current_write_counter() if current_page.url_path in REFRESHED_PAGES else None
st.html(
    str(element("span", "", id="frontline-state", data_language=reader_language(), data_counter=counter, hidden="1"))
)
if "as_of" in st.query_params and not st.session_state["reader"].day:
    draw_blocks([notice_block(phrases.NO_SUCH_DAY.fill(day=st.query_params["as_of"][:20]))])
current_page.run()
