"""What an item is called and how far it is from its plan, in words: works, targets, petitions, reports and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data.datasets.targets import target_metric
from data.text import Text, untranslated
from data.words import WORDS
from ui import formats

TARGET, REPORT = "目标", "报送"
OF_PART = Text("{part}{target}", "{target}, {part}")
Row = Mapping[str, Any]


def target_label(row: Row) -> Text:
    """Return what a target is called: by its `metric`, that of a part with the `scope_name` of the part too."""
    label, part = WORDS[row["metric"]], row["scope_name"]
    return label if formats.is_missing(part) else OF_PART.fill(part=part, target=label)


def item_text(row: Row) -> Text:
    """Return what an item is called: a target with its part, a report by its ledger, all else by its own name.

    `row` has `kind` and `item`, that of a target `item_id` and `scope_name` too.
    """
    if row["kind"] == TARGET:
        return target_label({**row, "metric": target_metric(row["item_id"]).name})
    name = str(row["item"])
    return WORDS[name] if row["kind"] == REPORT else untranslated(name)


def gap_text(row: Row) -> Text:
    """Return a gap in words: to the level to keep, of a target to the time elapsed, of all else to its plan.

    `row` has `gap` in percentage points, `is_level` and `kind`; a row of targets needs no kind.
    """
    if row["is_level"]:
        return formats.format_gap(row["gap"], formats.GAP_TO_LEVEL)
    is_target = row.get("kind", TARGET) == TARGET
    return formats.format_gap(row["gap"], formats.GAP_TO_TIME if is_target else formats.GAP_TO_PLAN)
