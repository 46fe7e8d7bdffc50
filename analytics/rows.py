"""Rows of a query in groups, rows of a figure as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from data.text import Text

Row = dict[str, Any]


def rows_as_table(rows: list[Row], columns: str) -> pd.DataFrame:
    """Return rows as a table of these columns, which it has without any row too."""
    return pd.DataFrame(rows, columns=columns.split())


def grouped_rows(rows: pd.DataFrame, *keys: str) -> Iterator[tuple[Row, pd.DataFrame]]:
    """Yield the values of the keys and the rows that share them, in the order of the rows."""
    for values, group in rows.groupby(list(keys), sort=False, dropna=False):
        yield dict(zip(keys, values, strict=True)), group


def sentence_columns(sentence: Text) -> Row:
    """Return a sentence as the columns of a row, one for each language."""
    return {"sentence": sentence.zh, "sentence_en": sentence.en}
