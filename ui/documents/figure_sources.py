"""The footnote of a figure: the ledgers and batches that it is worked out of, and the file of the newest."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

import pandas as pd

from data.datasets import DATASETS
from data.text import Text, join_list
from ui import formats
from ui.data_origin import loader_text
from ui.documents import briefing_words as words
from ui.documents.paper import Note

MOST_ONE_BY_ONE = 6  # chosen: as many ledgers as a note of two lines names with their batches


class KnowsSources(Protocol):
    """What tells the ledgers of a figure, and their batches."""

    @property
    def batches(self) -> pd.DataFrame: ...
    @property
    def counted_ledgers(self) -> tuple[str, ...]: ...
    def sources(self, kind: str, item_id: str) -> tuple[str, ...]: ...


def source_note(results: KnowsSources, kind: str, item_id: str) -> Note | None:
    """Return where a figure comes from; None where no batch is behind it."""
    return ledgers_note(results, results.sources(kind, item_id))


def targets_note(results: KnowsSources) -> Note | None:
    """Return where what is counted of all targets comes from."""
    return ledgers_note(results, results.counted_ledgers)


def ledgers_note(results: KnowsSources, ledgers: Collection[str]) -> Note | None:
    """Return the batches that some ledgers are made of, and the file of the newest; None where there are none."""
    known = results.batches[results.batches["dataset"].isin(ledgers)]
    if known.empty:
        return None
    newest = known.sort_values("last_batch").iloc[-1]
    said = words.SOURCE.fill(
        ledgers=_ledgers_text(known), batch=int(newest["last_batch"]), file=newest["file_name"],
        who=loader_text(newest["loaded_by"]), day=formats.format_date(newest["loaded_on"]),
    )  # fmt: skip
    return Note(said, int(newest["last_batch"]))


def _ledgers_text(known: pd.DataFrame) -> Text:
    """Return ledgers with their batches one by one, many of them with the batches of all."""
    labels = [DATASETS[name].label for name in known["dataset"]]
    first, last = known["first_batch"].astype(int), known["last_batch"].astype(int)
    if len(known) <= MOST_ONE_BY_ONE:
        spans = map(_batches_text, first, last)
        return join_list(
            words.LEDGER_BATCHES.fill(ledger=label, batches=span) for label, span in zip(labels, spans, strict=True)
        )
    named = join_list(words.LEDGER.fill(ledger=label) for label in labels)
    return words.MANY_LEDGERS.fill(ledgers=named, count=len(known), batches=_batches_text(first.min(), last.max()))


def _batches_text(first: int, last: int) -> str:
    return str(last) if first == last else f"{first}–{last}"
