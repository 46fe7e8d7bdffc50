"""The figures of a briefing as a file of the ledger of issued figures: what is issued, and what already was."""

from __future__ import annotations

from datetime import date

import pandas as pd
from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS
from data.datasets.shared.issued_figure import DECIMALS
from data.ingest.forms import template
from data.ingest.loader import Options, Upload
from data.ingest.reading import reader
from data.text import Language

ISSUED = DATASETS["issued_figure"]


def issued_rows(figures: pd.DataFrame, issued_on: date) -> pd.DataFrame:
    """Return figures under the columns of the ledger, issued on a day."""
    return figures.assign(issued_on=issued_on)[[column.name for column in ISSUED.columns]]


def issue_file(rows: pd.DataFrame, state: int, file_name: str, language: Language) -> tuple[Upload, Options]:
    """Return the figures as the file that a clerk would have sent, and the state of the ledgers that they are of."""
    headings = [column.heading.into(language) for column in ISSUED.columns]
    cells = [[_cell_text(value) for value in row] for row in rows.astype(object).itertuples(index=False)]
    return reader.make_upload(file_name, template.csv_bytes([headings, *cells])), Options(state=state)


def _cell_text(value: object) -> str:
    """Return a value as it is written in a file."""
    if pd.isna(value):
        return ""
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return f"{round(value, DECIMALS):.15g}" if isinstance(value, float) else str(value)


def issuing_batch(con: Connection, kind: str, day: date) -> int | None:
    """Return the batch by which a briefing was issued, None where it was not."""
    [(batch,)] = con.execute(
        "SELECT max(batch_id) FROM issued_figure WHERE kind = ? AND as_of = ?", [kind, day]
    ).fetchall()
    return None if batch is None else int(batch)
