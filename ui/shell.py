"""The script that runs for each reader: language, day, menu, page."""

import streamlit as st

from data.text import Language
from ui import frame, phrases
from ui.frame import PAGES, t


def adopt_link_language() -> None:
    """Take the language from the address, and keep it when the reader moves on."""
    if st.query_params.get("lang") in ("zh", "en"):
        st.session_state["language"] = st.query_params["lang"]
    st.session_state.setdefault("language", "zh")


def update_address() -> None:
    """Write the language and the day into the address, so that a copied link shows the same."""
    st.query_params["lang"] = frame.reader_language()
    day = frame.chosen_day()
    if day:
        st.query_params["as_of"] = day.isoformat()
    else:
        st.query_params.pop("as_of", None)


def switch_language() -> None:
    chosen: Language = st.session_state["language_switch"]
    st.session_state["language"] = chosen
    st.query_params["lang"] = chosen


def draw_sidebar_controls() -> None:
    """Draw the language switch and the choice of the day."""
    names = {"zh": "中文", "en": "English"}
    st.session_state["language_switch"] = frame.reader_language()
    st.segmented_control(
        t(phrases.LANGUAGE),
        list(names),
        format_func=names.__getitem__,
        key="language_switch",
        on_change=switch_language,
        required=True,
        label_visibility="collapsed",
    )
    if "as_of" not in st.session_state:
        st.session_state["as_of"] = frame.day_in_link()
    st.session_state["as_of"] = st.date_input(
        t(phrases.AS_OF_CHOICE),
        value=st.session_state["as_of"],
        min_value=frame.FIRST_DAY,
        max_value=frame.LAST_DAY,
        format="YYYY-MM-DD",
        help=t(phrases.AS_OF_HELP),
    )


def menu_pages() -> dict[str, list[st.Page]]:
    """Return the pages grouped by line of work, headed in the reader's language."""
    groups: dict[str, list[st.Page]] = {}
    for place, page in enumerate(PAGES):
        entry = st.Page(page.path, title=t(page.label), icon=page.icon, url_path=page.url, default=place == 0)
        groups.setdefault(t(phrases.GROUPS[page.group]), []).append(entry)
    return groups


# Streamlit gives the first page no path of its own.
REFRESHED_PAGES = {page.url for page in PAGES if page.shows_figures} | {""}
# Where nothing hovers, the tool bar of a table would lie for good on what stands above it. White words on a button need
# a darker blue than the words of the dark theme.
PAGE_STYLE = (
    "<style>.stMainBlockContainer{padding-top:2.6rem;padding-bottom:2rem}"
    "@media (hover:none),(max-width:640px){[data-testid=stElementToolbar]{display:none}}"
    "[data-testid=stBaseButton-primary]:not(:disabled){background:#1F6FD1;border-color:#1F6FD1;color:#FFFFFF}</style>"
)

adopt_link_language()
st.set_page_config(page_title=t(phrases.TITLE), page_icon="🌊", layout="wide")
current_page = st.navigation(menu_pages(), expanded=True)
with st.sidebar:
    draw_sidebar_controls()
update_address()
st.html(PAGE_STYLE)
st.html(f'<span id="frontline-language" data-language="{frame.reader_language()}" hidden></span>')
if current_page.url_path in REFRESHED_PAGES:
    with st.sidebar:
        frame.rerun_when_changed(frame.current_write_counter())
current_page.run()
