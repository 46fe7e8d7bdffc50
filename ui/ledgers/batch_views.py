"""A ledger through its batches: what one changed, the ledger after it, the difference of two, the undo."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st
from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Dataset
from data.ingest import loader, versions
from data.ingest.forms import template
from data.ingest.time_travel import ledgers_after_batch
from data.ledger_state import ledger_states
from data.schema import quote_ident
from data.text import SPACE, join_texts
from ui import cache, changed_cells, formats, messages, tables
from ui import upload_phrases as phrases
from ui.data_origin import DataOrigin, read_data_origin
from ui.jobs import Job
from ui.ledgers import history
from ui.ledgers.history import Batch
from ui.preferences import reader_language, t
from ui.store import shared_store
from ui.upload import chart_links, upload_session
from ui.upload.upload_form import CSV, XLSX, export_stem, exported_ledger

MAX_LEDGER_ROWS = 1_000  # chosen: more than is read on screen; the export has them all
BEFORE_FIRST_BATCH = 0  # batches count from 1


def draw_batch_view(batch: Batch, others: list[Batch]) -> None:
    """Let the reader look at a batch in one of four ways."""
    names = {code: t(text) for code, text in phrases.VIEWS.items()}
    view = st.segmented_control(
        t(phrases.VIEW),
        list(names),
        format_func=names.__getitem__,
        default="changes",
        key="view",
        required=True,
        label_visibility="collapsed",
    )
    views: dict[str, Callable[[Batch, list[Batch]], None]]
    views = {"changes": _draw_changes, "ledger": _draw_ledger_after, "compare": _draw_comparison, "undo": _draw_undo}
    views[view](batch, others)


def _draw_changes(batch: Batch, _: list[Batch]) -> None:
    if history.is_undone(batch):
        messages.draw_message("info", phrases.ALREADY_UNDONE)
    else:
        _draw_difference(history.batch_dataset(batch), history.batch_number(batch) - 1, history.batch_number(batch))


def _draw_difference(dataset: Dataset, first: int, second: int) -> None:
    """Say how a ledger differs between two of its states, and show the cells."""
    with shared_store().read() as con:
        found = cache.cached_work(con, (dataset.name,), _batch_difference, dataset.name, first, second)
    counts = {"inserted": found.inserted, "updated": found.updated, "deleted": found.deleted}
    names = {"first": first or phrases.BEFORE_ALL, "second": second}
    messages.draw_sentence(phrases.DIFFERENCE.fill(**names, **{n: f"{c:,}" for n, c in counts.items()}))
    if found.changes:
        changed_cells.draw_changed_cells(dataset, found.changes, "difference")


def _batch_difference(con: Connection, ledger: str, first: int, second: int) -> versions.Difference:
    return versions.difference_between(con, DATASETS[ledger], first, second)


def _ledger_after_batch(con: Connection, ledger: str, batch: int) -> tuple[int, pd.DataFrame, DataOrigin]:
    """Return how many rows a ledger had after a batch, the first of them, and whose figures they are."""
    keys = ", ".join(map(quote_ident, DATASETS[ledger].key))
    with ledgers_after_batch(con, batch):
        state = ledger_states(con)[ledger]
        rows = con.execute(f"SELECT * FROM {quote_ident(ledger)} ORDER BY {keys} LIMIT {MAX_LEDGER_ROWS}").df()
        return state.rows, rows, read_data_origin(con, state.newest, (ledger,))


def _note_if_undone(batch: Batch) -> None:
    """Say of an undone batch that the ledger after it is one without it."""
    if history.is_undone(batch):
        messages.draw_message("info", versions.WITHOUT_UNDONE.fill(batch=history.batch_number(batch)))


def _draw_ledger_after(batch: Batch, _: list[Batch]) -> None:
    """Show the first rows of the ledger as it stood after a batch, and offer all of them."""
    dataset, number, language = history.batch_dataset(batch), history.batch_number(batch), reader_language()
    columns = [c for c in dataset.columns if not c.personal]
    with shared_store().read() as con:
        count, rows, origin = cache.cached_work(con, (dataset.name,), _ledger_after_batch, dataset.name, number)
    _note_if_undone(batch)
    messages.draw_caption(phrases.LEDGER_AFTER.fill(batch=number, rows=f"{count:,}", shown=f"{len(rows):,}"))

    _offer_ledger_after(dataset, number, origin, fits_sheet=count <= template.MOST_SHEET_ROWS)
    table = tables.ledger_table(rows, columns, language)
    st.dataframe(table, hide_index=True, key="ledger-then", placeholder=formats.MISSING)


def _offer_ledger_after(dataset: Dataset, batch: int, origin: DataOrigin, fits_sheet: bool) -> None:
    """Offer the ledger as it stood after a batch as a CSV, and as a workbook where it fits one."""
    offers = [(phrases.LEDGER_CSV, template.export_csv, "csv", CSV)]
    if fits_sheet:
        offers.insert(0, (phrases.LEDGER_XLSX, template.export_workbook, "xlsx", XLSX))
    with st.container(horizontal=True, gap="small"):
        for label, export, ending, kind in offers:
            content = exported_ledger(dataset, export, batch)
            file = f"{export_stem(dataset, origin, batch)}.{ending}"
            st.download_button(
                t(label), content, file, kind, icon=":material/download:", on_click="ignore", key=f"then-{ending}"
            )


def _draw_comparison(batch: Batch, others: list[Batch]) -> None:
    """Let the reader choose another batch of the same ledger, and show the difference."""
    same_ledger = [b for b in others if b["dataset"] == batch["dataset"] and b is not batch]
    names = {history.batch_number(b): history.batch_label(b) for b in same_ledger} | {
        BEFORE_FIRST_BATCH: t(phrases.BEFORE_ALL)
    }
    other = st.selectbox(t(phrases.OTHER_BATCH), list(names), format_func=names.__getitem__, key="other")
    for chosen in (batch, *(b for b in same_ledger if history.batch_number(b) == other)):
        _note_if_undone(chosen)
    first, second = sorted((other, history.batch_number(batch)))
    _draw_difference(history.batch_dataset(batch), first, second)


def _draw_undo(batch: Batch, others: list[Batch]) -> None:
    """Say what an undo would do, and offer it."""
    number = history.batch_number(batch)
    if history.is_undone(batch):
        messages.draw_message("info", phrases.ALREADY_UNDONE)
        return
    messages.draw_caption(phrases.UNDO_HELP)
    together = history.submitted_with(batch, others)
    if len(together) > 1:
        messages.draw_message("info", phrases.UNDONE_TOGETHER.fill(batches="、".join(map(str, together))))
    with_later = _ask_undo_later(number)
    left = st.columns([1, 2])[0]
    left.text_input(t(phrases.WHO), key="who", persist_state="session", placeholder=t(phrases.WHO_HINT))
    st.button(
        t(phrases.UNDO.fill(batch=number)),
        key="undo",
        type="primary",
        icon=":material/undo:",
        on_click=_start_undo,
        args=(batch, with_later),
    )


def _ask_undo_later(batch: int) -> bool:
    """Show the rows that later batches changed; return whether they are to be undone as well."""
    with shared_store().read() as con:
        later = versions.later_changes(con, batch)
    table = [
        {t(phrases.LEDGER): t(DATASETS[ledger].label), t(phrases.KEY): key, t(phrases.LATER_BATCH): number}
        for ledger, changed in later.items()
        for key, number in changed.changes
    ]
    if not table:
        return False
    messages.draw_message("warning", phrases.CHANGED_LATER.fill(rows=f"{sum(c.rows for c in later.values()):,}"))
    st.dataframe(pd.DataFrame(table), hide_index=True, key="later")
    return st.checkbox(t(phrases.WITH_LATER), key=f"with-later-{batch}")


def _start_undo(batch: Batch, with_later: bool) -> None:
    store, who, number = shared_store(), upload_session.current_user(), history.batch_number(batch)

    def undone(job: Job[loader.UndoResult]) -> loader.UndoResult:
        job("undoing", 0, 0)
        return loader.undo_batch(store, number, who, with_later)

    st.session_state.pop("undone", None)
    st.session_state.pop("outcomes", None)
    st.session_state["undoing"] = batch
    upload_session.start_job("undo", undone, upload_session.NEVER_ABANDONED)


def show_undo_state() -> None:
    """Show that an undo runs, or tell what the last one did, with the way to the charts that it changed."""
    job = upload_session.finished_job("undo")
    if job:
        st.session_state["undone"] = (st.session_state.pop("undoing"), job.result())
        st.rerun()  # the title line names the batches
    if "undone" in st.session_state:
        _show_undo_result(*st.session_state["undone"])


def _show_undo_result(batch: Batch, undone: loader.UndoResult) -> None:
    numbers = "、".join(map(str, undone.batches))
    said = [phrases.UNDONE.fill(batch=numbers, rows=f"{sum(undone.rows.values()):,}")]
    if kept := sum(undone.kept.values()):
        said.append(phrases.KEPT.fill(rows=f"{kept:,}"))
    messages.draw_message("success", join_texts(said, SPACE))
    chart_links.draw_links([chart_links.chart_link(chart_links.chart_page(history.batch_dataset(batch)))])
