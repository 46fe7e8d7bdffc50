"""The old way to draw a page, for pages that are not yet made of blocks. To go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import streamlit as st
from duckdb import DuckDBPyConnection as Connection
from streamlit.delta_generator import DeltaGenerator

from data.datasets import DATASETS
from data.text import Text, join_list
from ui import formats, phrases, tables
from ui.origin_view import page_data_origin
from ui.page import PAGES_FOLDER, page_connection
from ui.preferences import reader_language, t
from ui.results import DatedResult
from ui.table_view import HEADING_KEY

CELLS_PER_ROW = 3


def draw_page_header(con: Connection, title: Text, *results: DatedResult) -> None:
    """Draw the title line: the answer, then 数据截至, the batches and the 示例 badge of the ledgers of all results.

    Without any result only the badge is drawn, of all ledgers.
    """
    st.title(formats.nonbreaking_text(t(title)), anchor=False)
    said, is_sample = page_data_origin(con, _latest_day(results), _ledgers_of_results(results))
    badge = f":orange-badge[{t(phrases.SAMPLE)}] " if is_sample else ""
    st.markdown(f"{badge}:gray[{formats.nonbreaking_text(said)}]", help=t(phrases.SAMPLE_HELP) if is_sample else None)
    st.session_state[HEADING_KEY] = title.into(reader_language())


def _ledgers_of_results(results: Sequence[DatedResult]) -> tuple[str, ...]:
    """Return the ledgers of all results once, in their order; without results all there are."""
    known = {ledger for result in results for ledger in result.ledgers}
    return tuple(ledger for ledger in DATASETS if ledger in known or not results)


def _latest_day(results: Sequence[DatedResult]) -> date | None:
    """Return the latest day of the results; those whose ledgers carry no dates count where no others are."""
    days = [r.as_of for r in results if r.as_of and r.newest] or [r.as_of for r in results if r.as_of]
    return max(days, default=None)


def draw_plain_header(title: Text) -> None:
    """Draw the title of a page that shows no figures, with the 示例 badge where there are 示例 rows."""
    with page_connection() as con:
        draw_page_header(con, title)


def draw_no_data() -> None:
    """Say that there is nothing yet, and offer the page that fills it."""
    st.info(t(phrases.NO_DATA))
    st.page_link(PAGES_FOLDER / "ledgers/update.py", label=t(phrases.GO_TO_UPLOAD), icon=":material/upload_file:")


def choose_code(label: Text, names: dict[str, str], key: str) -> str:
    """Let the reader choose a code by its name; the code stands in the address, so a link opens the same choice."""
    if st.session_state.get(key) not in names:
        linked = st.query_params.get(key, "")
        st.session_state[key] = linked if linked in names else next(iter(names))
    chosen: str = st.selectbox(t(label), list(names), format_func=names.__getitem__, key=key)
    st.query_params[key] = chosen
    return chosen


def draw_section_heading(title: Text) -> None:
    st.subheader(t(title), anchor=False)


def draw_sentences(*sentences: Text) -> None:
    """Show sentences as they stand, a line each, whatever signs their names hold."""
    if sentences:
        st.markdown(
            "  \n".join(tables.escape_markdown(formats.nonbreaking_text(t(sentence))) for sentence in sentences)
        )


def grid_cells(count: int, per_row: int = CELLS_PER_ROW) -> Iterator[DeltaGenerator]:
    """Give places for widgets, some in a row; a phone stacks them in the same order."""
    for _ in range(0, count, per_row):
        yield from st.columns(per_row)


def draw_result_formulas(con: Connection, *results: DatedResult) -> None:
    """Show how results are worked out, each as of its own day, and of which batches they are, folded."""
    explained = {(result.definition.name, result.as_of): result for result in results if result.formula.zh}
    with st.expander(t(phrases.FORMULA), icon=":material/functions:"):
        for result in explained.values():
            said, _ = page_data_origin(con, result.as_of, result.ledgers)
            ledgers = t(join_list(DATASETS[name].label for name in result.ledgers))
            origin = f":gray[{ledgers} · {formats.nonbreaking_text(said)}]"
            st.markdown(f"**{t(result.definition.label)}**  \n{t(result.formula)}  \n{origin}")
        st.page_link(PAGES_FOLDER / "ledgers/history.py", label=t(phrases.GO_TO_BATCHES), icon=":material/history:")
