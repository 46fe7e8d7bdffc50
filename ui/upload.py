"""The widgets of the upload door: downloads, form, report, commit, history."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.elements.lib.mutable_status_container import StatusContainer

from data.datasets import DATASETS, Dataset
from data.ingest import book, door, reader, template
from data.ingest.door import ENCODING_NAMES, Options, Report, Upload, Who
from data.ingest.reasons import Finding
from data.text import Text
from ui import frame, phrases, tables

CSV = "text/csv"
SHOWN_FINDINGS = 1_000
MASK = "***"
PAGE_OF = {
    "water": "water/quality.py",
    "investment": "investment/pipeline.py",
    "demolition": "demolition/signing.py",
    "shared": "overview/cockpit.py",
}


def downloads(dataset: Dataset) -> None:
    """Offer the empty template and the ledger as it stands."""
    language = frame.language()
    name = dataset.label.into(language)
    left, right, _ = st.columns([1, 1, 2])
    left.download_button(
        frame.t(phrases.TEMPLATE),
        template.template(dataset, language),
        f"{name}.csv",
        CSV,
        icon=":material/download:",
        on_click="ignore",
        key="template",
    )

    def exported() -> bytes:
        with frame.store().read() as con:
            return template.export(con, dataset, language, with_personal=False)

    right.download_button(
        frame.t(phrases.EXPORT), exported, f"{name}_{dataset.name}.csv", CSV, on_click="ignore", key="export"
    )


def form(dataset: Dataset) -> tuple[Upload | None, Options, Who]:
    """Draw the upload form; a new key after each commit empties it."""
    turn = st.session_state.get("upload_turn", 0)
    sent = st.file_uploader(frame.t(phrases.UPLOAD), type=["csv", "txt", "tsv"], key=f"file-{dataset.name}-{turn}")
    left, middle, right = st.columns(3)
    who = left.text_input(frame.t(phrases.WHO), key="who", persist_state="session")
    year = middle.number_input(frame.t(phrases.YEAR), 1900, 2100, None, key="year", persist_state="session")
    with right:
        register = st.checkbox(frame.t(phrases.REGISTER), key="register")
        partial = st.checkbox(frame.t(phrases.PARTIAL), key="partial")
    options = Options(int(year) if year else None, register, partial)
    file = reader.upload(sent.name, sent.getvalue()) if sent else None
    return file, options, Who(who.strip() or frame.t(phrases.WEB_USER))


def checked(dataset: Dataset, file: Upload, options: Options) -> Report:
    """Check a file, showing how far it is; the same file with the same choices is not checked twice in a row."""
    asked = (dataset.name, file.sha256, options, _state())
    if st.session_state.get("checked_for") != asked:
        with st.status(frame.t(phrases.CHECKING), expanded=True) as status:
            st.session_state["report"] = door.check(frame.store(), dataset, file, options, _progress(status))
            status.update(label=frame.t(phrases.CHECKED), state="complete", expanded=False)
        st.session_state["checked_for"] = asked
    report: Report = st.session_state["report"]
    return report


def _state() -> int:
    """Return a number that changes with every commit and undo."""
    with frame.store().read() as con:
        return book.state(con)


def _progress(status: StatusContainer) -> reader.Progress:
    def tell(stage: str, rows: int) -> None:
        status.update(label=frame.t(phrases.STEPS[stage].fill(rows=f"{rows:,}")))

    return tell


def _findings(findings: list[Finding]) -> pd.DataFrame:
    language = frame.language()
    return pd.DataFrame(
        {
            frame.t(phrases.LINE): [f.line or None for f in findings],
            frame.t(phrases.COLUMN): [f.column for f in findings],
            frame.t(phrases.VALUE): [f.value for f in findings],
            frame.t(phrases.REASON): [f.reason.into(language) for f in findings],
        }
    ).head(SHOWN_FINDINGS)


def show(report: Report) -> None:
    """Show what the check found: counts, columns left out, errors, notes, old and new values."""
    counts = report.counts
    said = phrases.REPORT.fill(
        rows=f"{report.rows:,}",
        inserted=f"{counts.inserted:,}",
        updated=f"{counts.updated:,}",
        unchanged=f"{counts.unchanged:,}",
        rejected=f"{report.rejected:,}",
        encoding=ENCODING_NAMES[report.encoding],
        layout=phrases.LAYOUTS[report.layout],
    )
    (st.error if report.rejected else st.success)(frame.t(said))
    if report.unmapped:
        st.caption(frame.t(phrases.UNMAPPED.fill(columns="、".join(report.unmapped))))
    if report.errors:
        st.markdown(f"**{frame.t(phrases.ERRORS)}**")
        st.dataframe(_findings(report.errors), hide_index=True, key="errors")
    if report.notes:
        with st.expander(f"{frame.t(phrases.NOTES)} ({len(report.notes)})"):
            st.dataframe(_findings(report.notes), hide_index=True, key="notes")
    if report.changes:
        _changes(report)


def _unless_personal(dataset: Dataset, name: str, value: str) -> str:
    return MASK if dataset.column(name).personal else tables.word(value, frame.language())


def _changes(report: Report) -> None:
    dataset, language = DATASETS[report.dataset], frame.language()
    st.markdown(f"**{frame.t(phrases.CHANGES)}**")
    table = pd.DataFrame(
        [
            {
                frame.t(phrases.KEY): key,
                frame.t(phrases.COLUMN): dataset.column(name).heading.into(language),
                frame.t(phrases.OLD): _unless_personal(dataset, name, old),
                frame.t(phrases.NEW): _unless_personal(dataset, name, new),
            }
            for key, name, old, new in report.changes
        ]
    )
    st.dataframe(table, hide_index=True, key="changes")


def offer_commit(dataset: Dataset, file: Upload, options: Options, who: Who, report: Report) -> None:
    """Offer to commit what the report shows, or say why it cannot be."""
    if report.rejected_rows:
        rows = template.csv_bytes(report.rejected_rows)
        st.download_button(
            frame.t(phrases.REJECTED_FILE), rows, f"{dataset.name}_rejected.csv", CSV, on_click="ignore", key="rejected"
        )
    if report.rejected and not options.partial:
        st.info(frame.t(phrases.CORRECT_FIRST))
    elif not report.changes_anything:
        st.info(frame.t(phrases.NOTHING_TO_COMMIT))
    elif st.button(frame.t(phrases.COMMIT), type="primary", key="commit", icon=":material/check:"):
        _commit(dataset, file, options, who)


def _commit(dataset: Dataset, file: Upload, options: Options, who: Who) -> None:
    with st.status(frame.t(phrases.CHECKING)) as status:
        report = door.load(frame.store(), dataset, file, who, options, _progress(status))
    if report.batch is not None:
        counts = report.counts
        said = phrases.COMMITTED.fill(batch=report.batch, inserted=counts.inserted, updated=counts.updated)
        _finish(said, dataset)


def _finish(said: Text, dataset: Dataset) -> None:
    """Keep the result for the next run, which starts with an empty form."""
    st.session_state["last_result"] = (said, dataset.stream)
    st.session_state["upload_turn"] = st.session_state.get("upload_turn", 0) + 1
    st.rerun()


def tell_last_result() -> None:
    """Say once what was committed or undone, with the way to the charts it changed."""
    if "last_result" in st.session_state:
        said, stream = st.session_state.pop("last_result")
        st.success(frame.t(said))
        target = frame.PAGES_FOLDER / PAGE_OF[stream]
        st.page_link(target, label=frame.t(phrases.SEE_CHARTS), icon=":material/monitoring:")


def _batch_table(batches: list[dict[str, object]]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                frame.t(phrases.BATCH): b["batch_id"],
                frame.t(phrases.LEDGER): frame.t(DATASETS[str(b["dataset"])].label),
                frame.t(phrases.FILE): b["file_name"],
                frame.t(phrases.INSERTED): b["inserted"],
                frame.t(phrases.UPDATED): b["updated"],
                frame.t(phrases.WHO): b["loaded_by"],
                frame.t(phrases.TIME): f"{b['loaded_at']:%Y-%m-%d %H:%M}",
                frame.t(phrases.STATE): frame.t(phrases.STATE_UNDONE if b["undone_at"] else phrases.STATE_COMMITTED),
                "SHA-256": str(b["sha256"])[:12],
            }
            for b in batches
        ]
    )


def history() -> None:
    """List the batches, newest first, and offer to undo one."""
    with frame.store().read() as con:
        batches = book.history(con)
    if not batches:
        st.info(frame.t(phrases.NO_BATCHES))
        return
    st.dataframe(_batch_table(batches), hide_index=True, key="batches")
    labels = {
        int(str(b["batch_id"])): f"{b['batch_id']} · {frame.t(DATASETS[str(b['dataset'])].label)} · {b['file_name']}"
        for b in batches
        if not b["undone_at"]
    }
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    key = f"batch-{max(labels, default=0)}"  # a new batch is chosen first, never one picked before it came
    batch = left.selectbox(frame.t(phrases.CHOOSE_BATCH), list(labels), format_func=labels.__getitem__, key=key)
    if batch and right.button(frame.t(phrases.UNDO.fill(batch=batch)), key="undo", icon=":material/undo:"):
        _undo(batch, next(str(b["dataset"]) for b in batches if b["batch_id"] == batch))


def _undo(batch: int, dataset: str) -> None:
    put_back = door.undo(frame.store(), batch, Who(st.session_state.get("who") or frame.t(phrases.WEB_USER)))
    _finish(phrases.UNDONE.fill(batch=batch, rows=sum(put_back.values())), DATASETS[dataset])
