"""Where files come in: the choice of the ledger, what can be downloaded for it, the place to drop files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from data.datasets import DATASETS, Dataset
from data.ingest import versions
from data.ingest.forms import template
from data.ingest.reading import reader
from data.ledger_state import ledger_states
from data.text import Text
from ui import messages, upload_storage
from ui import upload_phrases as phrases
from ui.data_origin import DataOrigin, read_data_origin
from ui.preferences import reader_language, t
from ui.store import shared_store
from ui.table_files import file_stem
from ui.upload import upload_session

AUTO = "auto"
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def choose_ledger() -> Dataset | None:
    """Let the clerk choose the ledger, or let the file tell; a new choice holds for the files on the tray as well."""
    if "ledger" not in st.query_params and "ledger_before" in st.session_state:
        st.session_state.setdefault("ledger", st.session_state["ledger_before"] or AUTO)
    labels = {AUTO: t(phrases.AUTO)} | {n: t(d.label) for n, d in DATASETS.items()}
    chosen = _choose_named_ledger(labels)
    ledger = "" if chosen == AUTO else chosen
    if st.session_state.setdefault("ledger_before", ledger) != ledger:
        st.session_state["ledger_before"] = ledger
        upload_session.assign_ledger(ledger)
    dataset = DATASETS.get(ledger)
    messages.draw_caption(dataset.description if dataset else phrases.AUTO_HELP)
    return dataset


def _choose_named_ledger(labels: Mapping[str, str]) -> str:
    """Let the clerk choose a ledger by its name; its code stands in the address, so a link opens the same choice."""
    if st.session_state.get("ledger") not in labels:
        linked = st.query_params.get("ledger", "")
        st.session_state["ledger"] = linked if linked in labels else AUTO
    chosen: str = st.selectbox(t(phrases.CHOOSE_LEDGER), list(labels), format_func=labels.__getitem__, key="ledger")
    st.query_params["ledger"] = chosen
    return chosen


def draw_downloads(dataset: Dataset) -> None:
    """Offer the templates, a filled-in example, and the ledger as it stands."""
    language, name = reader_language(), t(dataset.label)

    def form() -> bytes:
        with shared_store().read() as con:
            return template.template_workbook(dataset, language, con)

    offers = [
        (phrases.TEMPLATE, form, f"{name}.xlsx", XLSX, "workbook"),
        (phrases.TEMPLATE_CSV, lambda: template.template_csv(dataset, language), f"{name}.csv", CSV, "template"),
        *_export_offers(dataset),
    ]
    example = template.example_csv(dataset, language)
    if example:
        offers.insert(2, (phrases.EXAMPLE, lambda: example, f"{name}_{t(phrases.EXAMPLE)}.csv", CSV, "example"))
    with st.container(horizontal=True, gap="small"):
        for label, content, file, kind, key in offers:
            st.download_button(t(label), content, file, kind, icon=":material/download:", on_click="ignore", key=key)


def _export_offers(dataset: Dataset) -> list[tuple[Text, Callable[[], bytes], str, str, str]]:
    """Return the ledger as it stands as a workbook, where it fits one, and as a CSV."""
    with shared_store().read() as con:
        state = ledger_states(con)[dataset.name]
        file = export_stem(dataset, read_data_origin(con, state.newest, (dataset.name,)))
    csv = (phrases.EXPORT, exported_ledger(dataset, template.export_csv), f"{file}.csv", CSV, "export")
    is_large = state.rows > template.MOST_SHEET_ROWS
    workbook = exported_ledger(dataset, template.export_workbook)
    return [csv] if is_large else [(phrases.EXPORT_XLSX, workbook, f"{file}.xlsx", XLSX, "export-xlsx"), csv]


def export_stem(dataset: Dataset, origin: DataOrigin, after_batch: int | None = None) -> str:
    """Return the name of an exported ledger, by which its file leads back to it: what it is, its day and its mark."""
    return file_stem(f"{t(dataset.label)}_{dataset.name}", origin, after_batch)


def exported_ledger(
    dataset: Dataset, export: Callable[..., bytes], after_batch: int | None = None
) -> Callable[[], bytes]:
    """Return what makes a file of a ledger, as it stands or after a batch, with names and without what is personal."""
    language = reader_language()

    def made() -> bytes:
        with shared_store().read() as con:
            table = "" if after_batch is None else versions.make_as_of_view(con, dataset, after_batch)
            return export(con, dataset, language, with_personal=False, table=table, named=True)

    return made


def draw_uploader(dataset: Dataset | None) -> None:
    """Draw the place to drop files; what is dropped goes to the tray, and the place is empty again."""
    key = f"files-{st.session_state.get('upload_turn', 0)}"
    ledger = dataset.name if dataset else ""
    st.file_uploader(
        t(phrases.UPLOAD),
        accept_multiple_files=True,
        key=key,
        on_change=_receive_uploads,
        args=(key, ledger),
    )


def _receive_uploads(key: str, ledger: str) -> None:
    upload_session.receive_files(
        [reader.make_upload(f.name, upload_storage.take_content(f)) for f in st.session_state[key]], ledger
    )
    st.session_state["upload_turn"] = st.session_state.get("upload_turn", 0) + 1
