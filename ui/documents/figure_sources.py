"""The footnote of a figure: the ledgers and batches that it is worked out of, and the file of the newest."""

from __future__ import annotations

from typing import Protocol

import pandas as pd

from data.datasets import DATASETS
from data.text import Text, join_list
from ui import formats
from ui.data_origin import loader_text
from ui.documents import briefing_words as words
from ui.documents.paper import Note


class KnowsSources(Protocol):
    """What tells the ledgers of a figure, and their batches."""

    @property
    def batches(self) -> pd.DataFrame: ...
    def sources(self, kind: str, item_id: str) -> tuple[str, ...]: ...


def source_note(results: KnowsSources, kind: str, item_id: str) -> Note | None:
    """Return where a figure comes from; None where no batch is behind it."""
    ledgers = results.sources(kind, item_id)
    known = results.batches[results.batches["dataset"].isin(ledgers)]
    if known.empty:
        return None
    newest = known.sort_values("last_batch").iloc[-1]
    said = words.SOURCE.fill(
        ledgers=join_list(_ledger_text(row) for row in known.to_dict("records")),
        batch=int(newest["last_batch"]), file=newest["file_name"], who=loader_text(newest["loaded_by"]),
        day=formats.format_date(newest["loaded_on"]),
    )  # fmt: skip
    return Note(said, int(newest["last_batch"]))


def _ledger_text(row: words.Row) -> Text:
    first, last = int(row["first_batch"]), int(row["last_batch"])
    return words.LEDGER_BATCHES.fill(
        ledger=DATASETS[row["dataset"]].label, batches=str(last) if first == last else f"{first}–{last}"
    )
