"""What changed in the targets of a metric, a sentence each: 签约率：64.0 % → 67.8 %；甲 +5 户；更正 −2 户：批次 41."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from data.text import Text, join_list, join_texts, untranslated
from data.words import WORDS
from ui import formats
from ui.documents.briefing_words import figure_of_target
from ui.documents.restatements import has_total_step, step_sizes
from ui.item_words import Row, target_label

CAUSE = Text("{name} {moved}", "{name} {moved}")
CORRECTION, CORRECTED_COUNTS = Text("更正 {size}", "corrected {size}"), Text("更正{size}", "corrected {size}")
CORRECTED_BY = Text("{size}：批次 {batches}", "{size}: batch {batches}")
LINE = Text("{target}：{then} → {now}", "{target}: {then} → {now}")
STEP = Text("；", "; ")


def cause_text(row: Row, cause: Row) -> Text:
    """Return what one row did to a target: its name and how much more or less is done of it, and in all."""
    steps = {"target_id": row["target_id"], "moved": cause["moved"], "moved_done": cause["moved"]}
    name = WORDS.get(str(cause["name"]), untranslated(str(cause["name"])))
    return CAUSE.fill(name=name, moved=step_sizes(steps | {"moved_total": cause["moved_total"]}, "moved"))


def correction_text(row: Row) -> Text:
    """Return how much of a target batches corrected."""
    said = CORRECTED_COUNTS if has_total_step(row, "corrected") else CORRECTION
    return said.fill(size=step_sizes(row, "corrected"))


def change_lines(found: pd.DataFrame, causes: pd.DataFrame, corrections: pd.DataFrame) -> Iterator[Text]:
    """Yield a sentence for each target that has changed: then, now, the rows that made it, the batches that corrected.

    The tables are those of `target_changes` with the `scope_name` of each, `target_causes`, `target_corrections`.
    """
    for row in found.sort_values("target_id").astype(object).to_dict("records"):
        made_by = [*causes_said(row, causes), *_corrections_said(row, corrections)]
        if made_by or (row["change"] and not formats.is_missing(row["change"])):
            then, now = (figure_of_target(row[when], row["metric"]) for when in ("then", "now"))
            yield join_texts([LINE.fill(target=target_label(row), then=then, now=now), *made_by], STEP)


def causes_said(row: Row, causes: pd.DataFrame) -> Iterator[Text]:
    """Yield all rows that moved a target, the most first."""
    own = causes[causes["target_id"] == row["target_id"]].to_dict("records")
    if own:
        yield join_list([cause_text(row, cause) for cause in own])


def _corrections_said(row: Row, corrections: pd.DataFrame) -> Iterator[Text]:
    if formats.is_missing(row["corrected"]) or not row["corrected"]:
        return
    own = corrections.loc[corrections["target_id"] == row["target_id"], "batch"]
    batches = join_list([untranslated(str(batch)) for batch in own])
    yield CORRECTED_BY.fill(size=correction_text(row), batches=batches) if len(own) else correction_text(row)
