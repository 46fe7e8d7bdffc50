"""What the last briefing said that no longer holds, and which batch changed it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import pandas as pd

from data.text import Text, join_list, join_texts
from data.words import WORDS
from ui.documents import briefing_words as words
from ui.documents.paper import Paragraph, Part, Sentence, plain_paragraph

SAME = 1e-3  # of a figure: the ledger keeps four decimals of what was issued


class KnowsIssued(Protocol):
    """What tells the figures of the last briefing, those of its day worked out now, and the corrections between."""

    @property
    def issued(self) -> pd.DataFrame: ...
    @property
    def targets(self) -> pd.DataFrame: ...
    @property
    def corrections(self) -> pd.DataFrame: ...


def restated_parts(results: KnowsIssued) -> Iterator[Part]:
    """Yield a line for each figure of the last briefing that is another by now, with the batches that changed it."""
    if results.issued.empty:
        yield plain_paragraph("body", words.NO_FORMER)
        return
    first = results.issued.iloc[0]
    told = {"kind": words.KIND_NAMES[first["kind"]], "day": words.short_date(pd.Timestamp(first["as_of"]))}
    now = results.targets.set_index("target_id")
    restated = [row for row in results.issued.to_dict("records") if _is_other_now(row, now)]
    if not restated:
        yield plain_paragraph("body", words.NOTHING_RESTATED.fill(**told))
    for row in restated:
        yield Paragraph("body", (Sentence(_restated_sentence(row, now, results.corrections, told)),))


def _restated_value(row: words.Row, now: pd.DataFrame) -> float | None:
    known = now["restated"].get(row["target_id"])
    return None if known is None or pd.isna(known) else float(known)


def _is_other_now(row: words.Row, now: pd.DataFrame) -> bool:
    value = _restated_value(row, now)
    return value is None or abs(value - float(row["value"])) > SAME


def _restated_sentence(row: words.Row, now: pd.DataFrame, corrections: pd.DataFrame, told: dict[str, Text]) -> Text:
    target, value = str(row["target_id"]), _restated_value(row, now)
    metric = str(now["metric"].get(target, target.partition(":")[0]))
    said = words.FIGURE_RESTATED.fill(
        **told, item=_restated_label(target, metric, now), then=words.figure_of_target(row["value"], metric),
        now=words.NOT_KNOWN_NOW if value is None else words.figure_of_target(value, metric),
    )  # fmt: skip
    own = corrections[corrections["target_id"] == target] if len(corrections) else corrections
    return join_texts((said, words.WHY.fill(reasons=_reasons(own, metric))))


def _restated_label(target: str, metric: str, now: pd.DataFrame) -> Text:
    """Return what a target is called; one that runs no more is called by its metric."""
    return words.target_label(now.loc[target]) if target in now.index else WORDS[metric]


def _reasons(corrections: pd.DataFrame, metric: str) -> Text:
    """Return which batches changed a figure and by how much, of a share with its counts."""
    if corrections.empty:
        return words.NO_BATCH
    return join_list(
        words.BATCH_CORRECTED.fill(batch=int(row["batch"]), change=_correction_text(row, metric))
        for row in corrections.to_dict("records")
    )


def _correction_text(row: words.Row, metric: str) -> Text:
    change = words.change_of_target(row["corrected"], metric)
    counts = words.changed_counts(row["corrected_done"], row["corrected_total"], metric)
    return change if counts is None else words.WITH_COUNTS.fill(change=change, counts=counts)
