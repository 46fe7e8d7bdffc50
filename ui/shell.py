"""The script that runs for each reader: language, day, menu, page."""

import streamlit as st

from data.text import Language
from ui import frame, phrases
from ui.frame import PAGES, t


def settle_language() -> None:
    """Take the language from the address, and keep it when the reader moves on."""
    if st.query_params.get("lang") in ("zh", "en"):
        st.session_state["language"] = st.query_params["lang"]
    st.session_state.setdefault("language", "zh")


def keep_in_address() -> None:
    """Write the language and the day into the address, so that a copied link shows the same."""
    st.query_params["lang"] = frame.language()
    day = frame.chosen_day()
    if day:
        st.query_params["as_of"] = day.isoformat()
    else:
        st.query_params.pop("as_of", None)


def switch_language() -> None:
    chosen: Language = st.session_state["language_switch"]
    st.session_state["language"] = chosen
    st.query_params["lang"] = chosen


def controls() -> None:
    """Draw the language switch and the choice of the day."""
    names = {"zh": "中文", "en": "English"}
    st.session_state["language_switch"] = frame.language()
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


def menu() -> dict[str, list[st.Page]]:
    """Return the pages grouped by line of work, headed in the reader's language."""
    groups: dict[str, list[st.Page]] = {}
    for place, page in enumerate(PAGES):
        entry = st.Page(page.path, title=t(page.label), icon=page.icon, url_path=page.url, default=place == 0)
        groups.setdefault(t(phrases.GROUPS[page.group]), []).append(entry)
    return groups


# Streamlit gives the first page no path of its own.
WATCHED = {page.url for page in PAGES if page.shows_figures} | {""}
# Where nothing hovers, the tool bar of a table would lie for good on what stands above it. White words on a button need
# a darker blue than the words of the dark theme.
STYLE = (
    "<style>.stMainBlockContainer{padding-top:2.6rem;padding-bottom:2rem}"
    "@media (hover:none),(max-width:640px){[data-testid=stElementToolbar]{display:none}}"
    "[data-testid=stBaseButton-primary]:not(:disabled){background:#1F6FD1;border-color:#1F6FD1;color:#FFFFFF}</style>"
)

settle_language()
st.set_page_config(page_title=t(phrases.TITLE), page_icon="🌊", layout="wide")
chosen = st.navigation(menu(), expanded=True)
with st.sidebar:
    controls()
keep_in_address()
st.html(STYLE)
st.html(f'<span id="frontline-language" data-language="{frame.language()}" hidden></span>')
if chosen.url_path in WATCHED:
    with st.sidebar:
        frame.watch(frame.state())
chosen.run()
