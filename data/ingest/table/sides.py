"""Headings that name, beside an item, at which side of a plant it was measured: 进水COD, COD(mg/L)出水."""

from __future__ import annotations

import re
from functools import cache

from data.datasets import DATASETS, Dataset
from data.ingest.reading.records import LONGEST_HEADING

BETWEEN = "\x1f"  # between side and item; no cell holds it
JOINT = r"[\s_\-—/·:：]*"


def side_of(key: str) -> str:
    """Return the side of a measured item, by its key in a wide file; "" for one without."""
    return key.rpartition(BETWEEN)[0]


def item_of(key: str) -> str:
    """Return the item of a key."""
    return key.rpartition(BETWEEN)[2]


def sided_key(side: str, item: str) -> str:
    """Return the key of an item that is measured at a side."""
    return f"{side}{BETWEEN}{item}" if side else item


def split_side(dataset: Dataset, heading: str) -> tuple[str, str]:
    """Return a heading without the word for a side before or behind it, and that side; "" where it names none."""
    if not dataset.wide or not dataset.wide.side or len(heading) > LONGEST_HEADING:
        return heading, ""
    for pattern in _side_patterns(dataset.name):
        if found := pattern.fullmatch(heading):
            return found["rest"], _side_spellings(dataset.name)[found["word"].lower()]
    return heading, ""


@cache
def _side_spellings(ledger: str) -> dict[str, str]:
    """Return the spellings of the sides that a ledger knows, in small letters, and what they stand for."""
    wide = DATASETS[ledger].wide
    choices = DATASETS[ledger].column(wide.side).choices if wide and wide.side else ()
    return {spelling.lower(): choice.value for choice in choices for spelling in choice.spellings()}


@cache
def _side_patterns(ledger: str) -> tuple[re.Pattern[str], ...]:
    words = "|".join(sorted(map(re.escape, _side_spellings(ledger)), key=len, reverse=True))
    before = rf"[(（\[【]?(?P<word>{words})[)）\]】]?{JOINT}(?P<rest>\S.*)"
    behind = rf"(?P<rest>.*?\S){JOINT}[(（\[【]?(?P<word>{words})[)）\]】]?"
    return tuple(re.compile(form, re.IGNORECASE | re.DOTALL) for form in (before, behind))
