"""The history of batches: the list, one batch with its file, its changes, the ledger after it, its undo."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.datasets import DATASETS, Dataset
from data.ingest import batch_log, originals
from data.ingest.reading.reader import ENCODING_NAMES
from data.text import Text
from ui import formats, tables
from ui import upload_phrases as phrases
from ui.old_page import choose_code
from ui.page import Page
from ui.preferences import t
from ui.store import shared_store

PAGE = Page(
    label=Text("批次与撤销", "Batches and undo"),
    icon=":material/history:",
    place=20,
)

Batch = dict[str, object]
ALL_LEDGERS = "all"
COUNT_COLUMNS = (
    ("inserted", phrases.INSERTED),
    ("updated", phrases.UPDATED),
    ("deleted", phrases.DELETED),
    ("unchanged", phrases.UNCHANGED),
    ("rejected", phrases.REJECTED),
)


def batch_number(batch: Batch) -> int:
    return int(str(batch["batch_id"]))


def batch_dataset(batch: Batch) -> Dataset:
    return DATASETS[str(batch["dataset"])]


def is_undone(batch: Batch) -> bool:
    return not formats.is_missing(batch["undone_at"])


def _origin_text(batch: Batch) -> str:
    """Say how a batch came in, and from which computer."""
    origin, _, computer = str(batch["origin"] or ("sample" if batch["is_sample"] else "")).partition(" ")
    return " ".join(filter(None, [t(phrases.ORIGINS[origin]) if origin in phrases.ORIGINS else origin, computer]))


def _time_text(value: object) -> str:
    return formats.MISSING if formats.is_missing(value) else f"{value:%Y-%m-%d %H:%M}"


def _state_text(batch: Batch) -> str:
    return t(phrases.UNDONE_STATE if is_undone(batch) else phrases.IN_FORCE)


def choose_and_list_batches() -> list[Batch]:
    """Let the reader choose a ledger, and list its batches, newest first."""
    labels = {ALL_LEDGERS: t(phrases.ALL_LEDGERS)} | {name: t(d.label) for name, d in DATASETS.items()}
    ledger = choose_code(phrases.LEDGER, labels, "of")
    with shared_store().read() as con:
        batches = [b for b in batch_log.recent_batches(con) if ledger in (ALL_LEDGERS, b["dataset"])]
    if batches:
        st.dataframe(_batch_table(batches), hide_index=True, key="batches")
    return batches


def _batch_table(batches: list[Batch]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                t(phrases.BATCH): batch_number(b),
                t(phrases.LEDGER): t(batch_dataset(b).label),
                t(phrases.FILE): b["file_name"],
                t(phrases.STATE): _state_text(b),
                t(phrases.INSERTED): b["inserted"],
                t(phrases.UPDATED): b["updated"],
                t(phrases.DELETED): b["deleted"],
                t(phrases.UNCHANGED): b["unchanged"],
                t(phrases.REJECTED): b["rejected"],
                t(phrases.LOADED_BY): b["loaded_by"],
                t(phrases.TIME): _time_text(b["loaded_at"]),
                t(phrases.ORIGIN): _origin_text(b),
                "SHA-256": str(b["sha256"])[:12],
            }
            for b in batches
        ]
    )


def batch_label(batch: Batch) -> str:
    return f"{batch_number(batch)} · {t(batch_dataset(batch).label)} · {batch['file_name']}"


def choose_batch(batches: list[Batch]) -> Batch:
    """Let the reader choose one batch, the newest first; it stands in the address."""
    named = {str(batch_number(b)): b for b in batches}
    code = choose_code(phrases.CHOOSE_BATCH, {code: batch_label(b) for code, b in named.items()}, "batch")
    return named[code]


def draw_batch_facts(batch: Batch) -> None:
    """Say who loaded what when, from where, and what it did; offer the file as it came."""
    undone = phrases.UNDONE_BY.fill(
        name=tables.escape_markdown(str(batch["undone_by"])), time=_time_text(batch["undone_at"])
    )
    lines = (
        (
            f"**{t(batch_dataset(batch).label)}**",
            tables.escape_markdown(str(batch["file_name"])),
            _read_as_text(batch),
            _mode_text(batch),
        ),
        (f"{t(phrases.LOADED_BY)} {tables.escape_markdown(str(batch['loaded_by']))}", _time_text(batch["loaded_at"])),
        (f"{t(phrases.ORIGIN)} {_origin_text(batch)}", t(undone) if is_undone(batch) else _state_text(batch)),
        [f"{t(label)} {int(str(batch[column] or 0)):,}" for column, label in COUNT_COLUMNS],
        (f":gray[SHA-256 {batch['sha256']}]",),
    )
    st.markdown("  \n".join(" · ".join(line) for line in lines))
    _offer_original(batch)


def _read_as_text(batch: Batch) -> str:
    """Return the sheet of a workbook, or the encoding of a text."""
    if batch["sheet"]:
        return f"{t(phrases.SHEET)} {tables.escape_markdown(str(batch['sheet']))}"
    return ENCODING_NAMES.get(str(batch["encoding"]), str(batch["encoding"]))


def _mode_text(batch: Batch) -> str:
    return t(phrases.SHORT_MODES[str(batch["mode"] or "upsert")])


def _offer_original(batch: Batch) -> None:
    """Offer the file as it came, unless it holds what is personal."""
    if any(c.personal for c in batch_dataset(batch).columns):
        st.caption(t(phrases.PERSONAL_ORIGINAL))
        return
    with shared_store().read() as con:
        path = originals.original_path(con, batch_number(batch))
    if path is None:
        st.caption(t(phrases.NO_ORIGINAL))
        return

    def content() -> bytes:
        with shared_store().read() as con:
            kept = originals.read_original(con, batch_number(batch))
        return kept[1] if kept else b""

    file, label = str(batch["file_name"]), t(phrases.ORIGINAL)
    st.download_button(label, content, file, icon=":material/download:", on_click="ignore", key="original")
