"""Result rows as a table for reading: headings with units, words in the reader's language, floors, plain dates."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data.fields import ENUMERATED, FIELDS, WORDS
from data.text import Language, Text
from ui import formats

YES, NO = Text("是", "Yes"), Text("否", "No")


def word(value: object, language: Language) -> str:
    """Return a stored word in the reader's language; several, parted by commas, one by one."""
    if formats.is_missing(value):
        return formats.MISSING
    parts = [WORDS[p].into(language) if p in WORDS else p for p in str(value).split(",")]
    return ("、" if language == "zh" else ", ").join(parts)


def heading(column: str, language: Language) -> str:
    return FIELDS[column].heading.into(language)


def _readable(name: str, values: pd.Series, language: Language) -> pd.Series:
    field = FIELDS[name]
    if name in ENUMERATED:
        return values.map(lambda v: word(v, language)).astype("str")
    if field.kind == "flag":
        said = {True: YES.into(language), False: NO.into(language)}
        return values.map(lambda v: formats.MISSING if pd.isna(v) else said[bool(v)]).astype("str")
    if field.kind == "timestamp":
        return values.map(lambda v: formats.MISSING if pd.isna(v) else f"{v:%Y-%m-%d %H:%M}").astype("str")
    if field.kind == "date":
        return values.map(lambda v: formats.MISSING if pd.isna(v) else f"{v:%Y-%m-%d}").astype("str")
    if field.kind == "number":
        return pd.to_numeric(values).map(lambda v: None if pd.isna(v) else formats.floored(v, _decimals(v))).astype(float)
    return values


def _decimals(value: float) -> int:
    """Keep three decimals of small measured values, two from 99 %, one of everything else."""
    if abs(value) < 10:
        return 3
    return 2 if 99 <= value < 100 else 1


def readable(rows: pd.DataFrame, columns: Sequence[str], language: Language) -> pd.DataFrame:
    """Return the chosen columns of a result as a table that can be shown."""
    return pd.DataFrame({heading(c, language): _readable(c, rows[c], language) for c in columns})
