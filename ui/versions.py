"""A ledger through its batches: what one changed, the ledger after it, the difference of two, the undo."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st
from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Dataset
from data.ingest import loader, versions
from data.ingest.forms import template
from data.schema import quoted
from ui import batches, cache, formats, frame, tables
from ui import upload_phrases as phrases
from ui.batches import Batch
from ui.frame import t
from ui.jobs import Job
from ui.upload import charts, report, upload_session

SHOWN = 1_000
CSV = "text/csv"
BEGINNING = 0


def show(batch: Batch, others: list[Batch]) -> None:
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
    views = {"changes": _changes, "ledger": _ledger, "compare": _compare, "undo": _undo}
    views[view](batch, others)


def _changes(batch: Batch, _: list[Batch]) -> None:
    if batches.is_undone(batch):
        st.info(t(phrases.ALREADY_UNDONE))
    else:
        _difference(batches.dataset(batch), batches.number(batch) - 1, batches.number(batch))


def _difference(dataset: Dataset, first: int, second: int) -> None:
    """Say how a ledger differs between two of its states, and show the cells."""
    with frame.store().read() as con:
        found = cache.cached_work(con, (dataset.name,), _between, dataset.name, first, second)
    counts = {"inserted": found.inserted, "updated": found.updated, "deleted": found.deleted}
    names = {"first": first or t(phrases.BEFORE_ALL), "second": second}
    st.markdown(t(phrases.DIFFERENCE.fill(**names, **{n: f"{c:,}" for n, c in counts.items()})))
    if found.changes:
        report.cells(dataset, found.changes, "difference")


def _between(con: Connection, ledger: str, first: int, second: int) -> versions.Difference:
    return versions.between(con, DATASETS[ledger], first, second)


def _after(con: Connection, ledger: str, batch: int) -> tuple[int, pd.DataFrame]:
    """Return how many rows a ledger had after a batch, and the first of them."""
    dataset = DATASETS[ledger]
    view = quoted(versions.as_of(con, dataset, batch))
    keys = ", ".join(map(quoted, dataset.key))
    count = con.execute(f"SELECT count(*) FROM {view}").fetchall()[0][0]
    return int(count), con.execute(f"SELECT * FROM {view} ORDER BY {keys} LIMIT {SHOWN}").df()


def _say_undone(batch: Batch) -> None:
    """Say of an undone batch that the ledger after it is one without it."""
    if batches.is_undone(batch):
        st.info(t(versions.WITHOUT_UNDONE.fill(batch=batches.number(batch))))


def _ledger(batch: Batch, _: list[Batch]) -> None:
    """Show the first rows of the ledger as it stood after a batch, and offer all of them."""
    dataset, number, language = batches.dataset(batch), batches.number(batch), frame.language()
    columns = [c for c in dataset.columns if not c.personal]
    with frame.store().read() as con:
        count, rows = cache.cached_work(con, (dataset.name,), _after, dataset.name, number)
    _say_undone(batch)
    st.caption(t(phrases.LEDGER_AFTER.fill(batch=number, rows=f"{count:,}", shown=f"{len(rows):,}")))

    def exported() -> bytes:
        with frame.store().read() as con:
            then = versions.as_of(con, dataset, number)
            return template.export(con, dataset, language, with_personal=False, table=then)

    file = f"{t(dataset.label)}_{number}.csv"
    st.download_button(
        t(phrases.LEDGER_CSV), exported, file, CSV, icon=":material/download:", on_click="ignore", key="then"
    )
    table = tables.ledger(rows, columns, language)
    st.dataframe(table, hide_index=True, key="ledger-then", placeholder=formats.MISSING)


def _compare(batch: Batch, others: list[Batch]) -> None:
    """Let the reader choose another batch of the same ledger, and show the difference."""
    same_ledger = [b for b in others if b["dataset"] == batch["dataset"] and b is not batch]
    names = {batches.number(b): batches.name(b) for b in same_ledger} | {BEGINNING: t(phrases.BEFORE_ALL)}
    other = st.selectbox(t(phrases.OTHER_BATCH), list(names), format_func=names.__getitem__, key="other")
    for chosen in (batch, *(b for b in same_ledger if batches.number(b) == other)):
        _say_undone(chosen)
    first, second = sorted((other, batches.number(batch)))
    _difference(batches.dataset(batch), first, second)


def _undo(batch: Batch, _: list[Batch]) -> None:
    """Say what an undo would do, and offer it."""
    number = batches.number(batch)
    if batches.is_undone(batch):
        st.info(t(phrases.ALREADY_UNDONE))
        return
    st.caption(t(phrases.UNDO_HELP))
    with_later = _changed_later(number)
    left = st.columns([1, 2])[0]
    left.text_input(t(phrases.WHO), key="who", persist_state="session", placeholder=t(phrases.WHO_HINT))
    st.button(
        t(phrases.UNDO.fill(batch=number)),
        key="undo",
        type="primary",
        icon=":material/undo:",
        on_click=_begin,
        args=(batch, with_later),
    )


def _changed_later(batch: int) -> bool:
    """Show the rows that later batches changed; return whether they are to be undone as well."""
    with frame.store().read() as con:
        later = versions.later(con, batch)
    table = [
        {t(phrases.LEDGER): t(DATASETS[ledger].label), t(phrases.KEY): key, t(phrases.LATER_BATCH): number}
        for ledger, changed in later.items()
        for key, number in changed.changes
    ]
    if not table:
        return False
    st.warning(t(phrases.CHANGED_LATER.fill(rows=f"{sum(c.rows for c in later.values()):,}")))
    st.dataframe(pd.DataFrame(table), hide_index=True, key="later")
    return st.checkbox(t(phrases.WITH_LATER), key=f"with-later-{batch}")


def _begin(batch: Batch, with_later: bool) -> None:
    store, who, number = frame.store(), upload_session.who(), batches.number(batch)

    def undone(job: Job[loader.Undone]) -> loader.Undone:
        job("undoing", 0, 0)
        return loader.undo(store, number, who, with_later)

    st.session_state.pop("undone", None)
    st.session_state.pop("outcomes", None)
    st.session_state["undoing"] = batch
    upload_session.begin("undo", undone, upload_session.FOR_EVER)


def settle() -> None:
    """Show that an undo runs, or tell what the last one did, with the way to the charts that it changed."""
    job = upload_session.ended("undo")
    if job:
        st.session_state["undone"] = (st.session_state.pop("undoing"), job.result())
        st.rerun()  # the title line names the batches
    if "undone" in st.session_state:
        _tell(*st.session_state["undone"])


def _tell(batch: Batch, undone: loader.Undone) -> None:
    said = [phrases.UNDONE.fill(batch=batches.number(batch), rows=f"{sum(undone.rows.values()):,}")]
    if kept := sum(undone.kept.values()):
        said.append(phrases.KEPT.fill(rows=f"{kept:,}"))
    st.success(" ".join(map(t, said)))
    charts.link(charts.page_of(batches.dataset(batch)))
