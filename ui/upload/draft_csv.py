"""Figures that a page commits itself as the CSV that a clerk would have sent."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.datasets import Column, Dataset
from data.ingest.forms import template
from data.text import Language

DECIMALS = 4  # chosen: more than is ever printed; places follow the figures before they are rounded


def draft_csv(ledger: Dataset, rows: pd.DataFrame, language: Language) -> bytes:
    """Return rows as a CSV that loads into a ledger; a column of the ledger that they have not got stays empty."""
    headings = [column.heading.into(language) for column in ledger.columns]
    cells = (
        [_cell_text(column, row.get(column.name)) for column in ledger.columns]
        for row in rows.astype(object).to_dict("records")
    )
    return template.csv_bytes([headings, *cells])


def _cell_text(column: Column, value: object) -> str:
    """Return a value as it is written in a file, nothing for what is missing."""
    if pd.isna(value):
        return ""
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return f"{round(value, DECIMALS):.15g}" if column.kind == "number" and isinstance(value, float) else str(value)
