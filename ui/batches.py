"""The history of batches: the list, one batch with its file, its changes, the ledger after it, its undo."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.datasets import DATASETS, Dataset
from data.ingest import batch_log, originals
from data.ingest.reading.reader import ENCODING_NAMES
from ui import formats, frame, tables
from ui import upload_phrases as phrases
from ui.frame import t

Batch = dict[str, object]
ALL = "all"
COUNTED = (
    ("inserted", phrases.INSERTED),
    ("updated", phrases.UPDATED),
    ("deleted", phrases.DELETED),
    ("unchanged", phrases.UNCHANGED),
    ("rejected", phrases.REJECTED),
)


def number(batch: Batch) -> int:
    return int(str(batch["batch_id"]))


def dataset(batch: Batch) -> Dataset:
    return DATASETS[str(batch["dataset"])]


def is_undone(batch: Batch) -> bool:
    return not formats.is_missing(batch["undone_at"])


def _origin(batch: Batch) -> str:
    """Say through which door a batch came, and from which computer."""
    door, _, computer = str(batch["origin"] or ("sample" if batch["is_sample"] else "")).partition(" ")
    return " ".join(filter(None, [t(phrases.ORIGINS[door]) if door in phrases.ORIGINS else door, computer]))


def _time(value: object) -> str:
    return formats.MISSING if formats.is_missing(value) else f"{value:%Y-%m-%d %H:%M}"


def _state(batch: Batch) -> str:
    return t(phrases.UNDONE_STATE if is_undone(batch) else phrases.IN_FORCE)


def listed() -> list[Batch]:
    """Let the reader choose a ledger, and list its batches, newest first."""
    labels = {ALL: t(phrases.ALL_LEDGERS)} | {name: t(d.label) for name, d in DATASETS.items()}
    ledger = frame.choose(phrases.LEDGER, labels, "of")
    with frame.store().read() as con:
        batches = [b for b in batch_log.history(con) if ledger in (ALL, b["dataset"])]
    if batches:
        st.dataframe(_table(batches), hide_index=True, key="batches")
    return batches


def _table(batches: list[Batch]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                t(phrases.BATCH): number(b),
                t(phrases.LEDGER): t(dataset(b).label),
                t(phrases.FILE): b["file_name"],
                t(phrases.STATE): _state(b),
                t(phrases.INSERTED): b["inserted"],
                t(phrases.UPDATED): b["updated"],
                t(phrases.DELETED): b["deleted"],
                t(phrases.UNCHANGED): b["unchanged"],
                t(phrases.REJECTED): b["rejected"],
                t(phrases.LOADED_BY): b["loaded_by"],
                t(phrases.TIME): _time(b["loaded_at"]),
                t(phrases.ORIGIN): _origin(b),
                "SHA-256": str(b["sha256"])[:12],
            }
            for b in batches
        ]
    )


def name(batch: Batch) -> str:
    return f"{number(batch)} · {t(dataset(batch).label)} · {batch['file_name']}"


def chosen(batches: list[Batch]) -> Batch:
    """Let the reader choose one batch, the newest first; it stands in the address."""
    named = {str(number(b)): b for b in batches}
    code = frame.choose(phrases.CHOOSE_BATCH, {code: name(b) for code, b in named.items()}, "batch")
    return named[code]


def facts(batch: Batch) -> None:
    """Say who loaded what when, from where, and what it did; offer the file as it came."""
    undone = phrases.UNDONE_BY.fill(name=tables.plain(str(batch["undone_by"])), time=_time(batch["undone_at"]))
    lines = (
        (f"**{t(dataset(batch).label)}**", tables.plain(str(batch["file_name"])), _read_as(batch), _mode(batch)),
        (f"{t(phrases.LOADED_BY)} {tables.plain(str(batch['loaded_by']))}", _time(batch["loaded_at"])),
        (f"{t(phrases.ORIGIN)} {_origin(batch)}", t(undone) if is_undone(batch) else _state(batch)),
        [f"{t(label)} {int(str(batch[column] or 0)):,}" for column, label in COUNTED],
        (f":gray[SHA-256 {batch['sha256']}]",),
    )
    st.markdown("  \n".join(" · ".join(line) for line in lines))
    _original(batch)


def _read_as(batch: Batch) -> str:
    """Return the sheet of a workbook, or the encoding of a text."""
    if batch["sheet"]:
        return f"{t(phrases.SHEET)} {tables.plain(str(batch['sheet']))}"
    return ENCODING_NAMES.get(str(batch["encoding"]), str(batch["encoding"]))


def _mode(batch: Batch) -> str:
    return t(phrases.SHORT_MODES[str(batch["mode"] or "upsert")])


def _original(batch: Batch) -> None:
    """Offer the file as it came, unless it holds what is personal."""
    if any(c.personal for c in dataset(batch).columns):
        st.caption(t(phrases.PERSONAL_ORIGINAL))
        return
    with frame.store().read() as con:
        path = originals.kept_at(con, number(batch))
    if path is None:
        st.caption(t(phrases.NO_ORIGINAL))
        return

    def content() -> bytes:
        with frame.store().read() as con:
            kept = originals.content(con, number(batch))
        return kept[1] if kept else b""

    file, label = str(batch["file_name"]), t(phrases.ORIGINAL)
    st.download_button(label, content, file, icon=":material/download:", on_click="ignore", key="original")
