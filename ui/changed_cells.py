"""The cells that a file or a batch changes, as people call the rows, columns and values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd
import streamlit as st

from data.datasets import Dataset
from ui import row_names, tables
from ui import upload_phrases as phrases
from ui.preferences import reader_language, t
from ui.row_names import Names
from ui.store import shared_store

MASK = "***"
Change = tuple[str, str, str | None, str | None]  # key, column, old value, new value


def draw_changed_cells(dataset: Dataset, changed: Sequence[Change], key: str) -> None:
    """Show changed cells: key, column, old value, new value."""
    with shared_store().read() as con:
        names = row_names.read_names(con, _codes_in_changes(dataset, changed))
    table = [
        {
            t(phrases.KEY): row_names.key_with_names(dataset, row, names, reader_language()),
            t(phrases.COLUMN): t(dataset.column(name).heading),
            t(phrases.OLD): _readable_value(dataset, name, old, names),
            t(phrases.NEW): _readable_value(dataset, name, new, names),
        }
        for row, name, old, new in changed
    ]
    st.dataframe(pd.DataFrame(table), hide_index=True, key=key)


def _codes_in_changes(dataset: Dataset, changed: Sequence[Change]) -> Iterator[tuple[str, str]]:
    for row, name, *values in changed:
        yield from row_names.codes_in_key(dataset, row)
        if ledger := row_names.named_ledger(dataset, dataset.column(name)):
            yield from ((ledger, code) for code in values if code)


def _readable_value(dataset: Dataset, name: str, value: str | None, names: Names) -> str:
    """Return a value of the ledger as it is read; what is personal stays behind a mask."""
    column = dataset.column(name)
    if column.personal:
        return MASK
    if value is None:
        return tables.word_label(None, reader_language())
    if column.kind == "number":
        return f"{float(value):.15g}"
    if column.kind == "flag":
        return t(tables.YES if value == "true" else tables.NO)
    return row_names.value_with_name(dataset, column, value, names, reader_language())
