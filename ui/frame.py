"""The frame around every page: the store, the language, the day, the title line, known failures, tables and charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from duckdb import DuckDBPyConnection as Connection
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.column_types import ColumnConfig

from data.datasets import DATASETS
from data.errors import DashboardError
from data.ingest import batch_log, sample
from data.store import Store, default_database_path, open_store
from data.text import Language, Text, join_list, untranslated
from ui import formats, phrases, spreadsheets, tables
from ui.charts import PLOTLY_LOCALE

REFRESH_SECONDS = 5.0  # seconds
CELLS_PER_ROW = 3
STALE_DAYS = 31
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
HEADING_KEY = "heading"
PAGES_FOLDER = Path(__file__).parent.parent / "pages"


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its file below pages/, its heading in the menu, its icon."""

    file: str
    label: Text
    icon: str

    @property
    def path(self) -> Path:
        return PAGES_FOLDER / self.file

    @property
    def group(self) -> str:
        return self.file.split("/")[0]

    @property
    def shows_figures(self) -> bool:
        """Tell a page of figures from one with a form, which nothing may disturb."""
        return self.group != "ledgers"

    @property
    def url(self) -> str:
        return self.file.removesuffix(".py").replace("/", "-")


PAGES = (
    Page("overview/cockpit.py", Text("领导驾驶舱", "Cockpit"), ":material/dashboard:"),
    Page("water/overview.py", Text("四维度总览", "Four dimensions"), ":material/grid_view:"),
    Page("water/quality.py", Text("水质", "Water quality"), ":material/water_drop:"),
    Page("water/river.py", Text("一河一档", "River file"), ":material/contract:"),
    Page("water/works.py", Text("整治工程", "Works"), ":material/construction:"),
    Page("water/sources.py", Text("污染源", "Pollution sources"), ":material/block:"),
    Page("water/plants.py", Text("微型污水处理厂", "Sewage plants"), ":material/water_pump:"),
    Page("water/rivers.py", Text("河道地图", "River map"), ":material/map:"),
    Page("water/chiefs.py", Text("河长履职", "River chiefs"), ":material/directions_walk:"),
    Page("water/saving.py", Text("节水", "Water saving"), ":material/water_bottle:"),
    Page("investment/pipeline.py", Text("招商项目", "Pipeline"), ":material/trending_up:"),
    Page("demolition/signing.py", Text("征迁签约", "Signing"), ":material/handshake:"),
    Page("ledgers/update.py", Text("数据更新", "Update data"), ":material/upload_file:"),
    Page("ledgers/history.py", Text("批次与撤销", "Batches and undo"), ":material/history:"),
    Page("ledgers/dictionary.py", Text("数据字典", "Data dictionary"), ":material/menu_book:"),
)


class MetricInfo(Protocol):
    """What the frame says of a figure: its name, how it is worked out, from which ledgers."""

    @property
    def label(self) -> Text: ...
    def formula_on(self, as_of: date | None) -> Text: ...
    @property
    def sources(self) -> tuple[str, ...]: ...


class DatedResult(Protocol):
    """What is worked out of a figure: the figure, the day as of which it holds, how new its data are, its rows."""

    @property
    def metric(self) -> MetricInfo: ...
    @property
    def as_of(self) -> date | None: ...
    @property
    def newest(self) -> date | None: ...
    @property
    def formula(self) -> Text: ...
    @property
    def rows(self) -> pd.DataFrame: ...


@dataclass(frozen=True, slots=True)
class Card:
    """One figure: its name, the figure, what stands below it (both counts, the period), its day, its formula."""

    label: Text
    value: Text
    below: tuple[Text, ...]
    as_of: date | None
    formula: Text


@st.cache_resource(show_spinner=False)
def shared_store() -> Store:
    """Return the open database of this server, filled with the 示例 ledgers when it is new."""
    opened = open_store(default_database_path())
    if sample.is_sample_wanted() and sample.is_empty(opened):
        sample.load_sample(opened)
    return opened


def current_write_counter() -> int:
    """Return a number that changes with every commit and undo."""
    with shared_store().read() as con:
        return batch_log.write_counter(con)


@st.fragment(run_every=REFRESH_SECONDS)
def rerun_when_changed(seen: int) -> None:
    """Draw the page anew when somebody commits or undoes something after the state that it shows."""
    if current_write_counter() != seen:
        st.rerun()


def reader_language() -> Language:
    return "en" if st.session_state.get("language") == "en" else "zh"


def t(text: Text) -> str:
    """Return a phrase in the reader's language, numbers tied to their units."""
    return formats.tie_units(text.into(reader_language()))


def chosen_day() -> date | None:
    """Return the day that the reader chose, or None for the newest of each ledger."""
    chosen = st.session_state.get("as_of")
    return chosen if isinstance(chosen, date) else None


def is_stale(newest: date | None, as_of: date | None) -> bool:
    """Tell whether the newest data are a month older than the day of which the figures are to be."""
    known = not formats.is_missing(newest) and not formats.is_missing(as_of)
    return known and (pd.Timestamp(as_of) - pd.Timestamp(newest)).days > STALE_DAYS


def day_in_link() -> date | None:
    """Return the day that stands in the address, if it is one of the calendar's."""
    try:
        day = datetime.strptime(st.query_params.get("as_of", ""), "%Y-%m-%d").date()
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


@contextmanager
def show_known_errors() -> Iterator[None]:
    """Show known failures as a sentence."""
    try:
        yield
    except DashboardError as error:
        st.error(t(error.text))


@contextmanager
def page_connection() -> Iterator[Connection]:
    """Give a page one state of the database, and show known failures as a sentence."""
    with show_known_errors(), shared_store().read() as con:
        yield con


def draw_page_header(
    con: Connection, title: Text, as_of: date | None, sources: Sequence[str] = tuple(DATASETS)
) -> None:
    """Draw the title line: the answer, then 数据截至, the batches and the 示例 badge."""
    st.title(formats.nonbreaking_text(t(title)), anchor=False)
    said, is_sample = _data_origin(con, as_of, sources)
    badge = f":orange-badge[{t(phrases.SAMPLE)}] " if is_sample else ""
    st.markdown(f"{badge}:gray[{formats.nonbreaking_text(said)}]", help=t(phrases.SAMPLE_HELP) if is_sample else None)
    st.session_state[HEADING_KEY] = (
        title.into(reader_language()),
        f"{said} · {t(phrases.SAMPLE)}" if is_sample else said,
    )


def _data_origin(con: Connection, as_of: date | None, sources: Sequence[str]) -> tuple[str, bool]:
    """Say of which day and of which batches figures from some ledgers are, and whether 示例 rows are among them."""
    first, last, is_sample = batch_log.batch_range(con, sources)
    batches = phrases.BATCH_ONE.fill(batch=first) if first == last else phrases.BATCHES.fill(first=first, last=last)
    newest = batch_log.newest_ledger_date(con, sources, as_of) if as_of else None
    parts = [f"{t(phrases.AS_OF)} {formats.format_date(newest)}"] if newest else []
    parts += (
        [phrases.SEEN_FROM.fill(day=formats.format_date(as_of)).into(reader_language())]
        if as_of and as_of != newest
        else []
    )
    parts += [batches.into(reader_language())] if first and (newest or not as_of) else []
    return " · ".join(parts), is_sample


def draw_plain_header(title: Text) -> None:
    """Draw the title of a page that shows no figures, with the 示例 badge where there are 示例 rows."""
    with page_connection() as con:
        draw_page_header(con, title, None)


def draw_no_data() -> None:
    """Say that there is nothing yet, and offer the door that fills it."""
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


def draw_table(rows: pd.DataFrame, columns: Sequence[str], key: str, **headings: Text) -> None:
    """Show the chosen columns of a result, and offer them as a workbook; without rows, say so.

    `called` are headings of columns that have a name of their own in this table.
    """
    if rows.empty:
        st.caption(t(phrases.NOTHING_YET))
        return
    shown = tables.readable_table(rows, columns, reader_language())
    shown.columns = pd.Index(
        [t(headings[c]) if c in headings else h for c, h in zip(columns, shown.columns, strict=True)]
    )
    looks = _column_config(columns, shown)
    st.dataframe(shown, hide_index=True, key=key, placeholder=formats.MISSING, column_config=looks)
    st.download_button(
        t(phrases.DOWNLOAD_TABLE),
        partial(spreadsheets.table_workbook, shown, *st.session_state[HEADING_KEY]),
        f"{key}.xlsx",
        key=f"{key}-file",
        icon=":material/download:",
        on_click="ignore",
        type="tertiary",
    )


def _column_config(columns: Sequence[str], shown: pd.DataFrame) -> dict[str, ColumnConfig]:
    """Return how each column is drawn: the first stays in sight, numbers are written alike."""
    written = {h: tables.number_format(c, shown[h]) for c, h in zip(columns, shown.columns, strict=True)}
    looks = {h: st.column_config.NumberColumn(format=look) for h, look in written.items() if look}
    return {shown.columns[0]: st.column_config.Column(pinned=True)} | looks


def _choose_clicked(key: str, chooses: str) -> None:
    """Choose the code that the clicked point carries."""
    points = st.session_state[key].selection.points
    if points:
        st.session_state[chooses] = points[0]["customdata"]


def draw_chart(figure: go.Figure, key: str, alt: Text, chooses: str = "") -> None:
    """Show a figure, with a sentence for those who cannot see it; a click may choose what `choose` has by that key."""
    config: dict[str, object] = {"displayModeBar": False}
    if reader_language() == "zh":
        config |= {"locale": "zh-CN", "locales": {"zh-CN": PLOTLY_LOCALE}}
    click: dict[str, Any] = {}
    if chooses:
        click = {"on_select": partial(_choose_clicked, key, chooses), "selection_mode": "points"}
    st.plotly_chart(figure, key=key, config=config, alt=t(alt), **click)


def draw_formulas_of_day(con: Connection, as_of: date | None, *metrics: MetricInfo) -> None:
    """Show how figures of one day are worked out, and from which batches they are, folded."""
    _draw_formulas(con, [(figure, as_of) for figure in metrics])


def draw_result_formulas(con: Connection, *results: DatedResult) -> None:
    """Show how figures are worked out, each of its own day, and from which batches they are, folded."""
    _draw_formulas(con, [(result.metric, result.as_of) for result in results])


def _draw_formulas(con: Connection, dated: Sequence[tuple[MetricInfo, date | None]]) -> None:
    with st.expander(t(phrases.FORMULA), icon=":material/functions:"):
        for figure, as_of in dated:
            said, _ = _data_origin(con, as_of, figure.sources)
            ledgers = t(join_list(DATASETS[name].label for name in figure.sources))
            st.markdown(
                f"**{t(figure.label)}**  \n{t(figure.formula_on(as_of))}  \n:gray[{ledgers} · "
                f"{formats.nonbreaking_text(said)}]"
            )
        st.page_link(PAGES_FOLDER / "ledgers/history.py", label=t(phrases.GO_TO_BATCHES), icon=":material/history:")


def draw_card(shown: Card) -> None:
    """Show one figure with its counts, its period and its day."""
    with st.container(border=True):
        st.metric(t(shown.label), formats.nonbreaking_text(t(shown.value)), help=t(shown.formula))
        below = "  \n".join(t(line) for line in (*shown.below, _as_of_text(shown.as_of)) if t(line))
        st.caption(formats.nonbreaking_text(below))


def draw_cards(shown: Sequence[Card]) -> None:
    """Show figures side by side; a phone stacks them."""
    for each, place in zip(shown, grid_cells(len(shown)), strict=False):
        with place:
            draw_card(each)


def _as_of_text(day: date | None) -> Text:
    mark = Text(" · {word}", " · {word}").fill(word=phrases.STALE) if is_stale(day, chosen_day()) else untranslated("")
    return Text("{words} {day}{mark}", "{words} {day}{mark}").fill(
        words=phrases.AS_OF, day=formats.format_date(day), mark=mark
    )
