"""The sheets with which our own templates explain themselves: their words are none of persons."""

from __future__ import annotations

import re

from data.datasets import DATASETS
from data.ingest.forms.form import CHOICES, NOTES
from data.ingest.reading.reader import Recognise

SHEETS = frozenset(name for text in (NOTES, CHOICES) for name in (text.zh, text.en))
WORDS = frozenset(
    word
    for dataset in DATASETS.values()
    for column in dataset.columns
    for choice in column.choices
    for word in (choice.value, choice.label.zh, choice.label.en)
)
LISTED = re.compile(r"、|, ")


def recognise_on_sheet(sheet: str, recognise: Recognise) -> Recognise:
    """Return what recognises the headings of a sheet: on one of a template the words to choose from are known too."""
    if sheet not in SHEETS:
        return recognise
    return lambda row: recognise(row) + sum(_is_choice(cell) for cell in row)


def _is_choice(cell: str) -> bool:
    """Tell whether a cell is a word to choose from, or a list of such words: 入户走访、重点约访、电话."""
    return bool(cell) and all(word in WORDS for word in LISTED.split(cell))
