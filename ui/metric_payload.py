"""A metric as JSON and as CSV, in the same words in the terminal and over the API."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import pandas as pd
from duckdb import DuckDBPyConnection as Connection

from data.datasets import Column
from data.ingest import batch_log, versions
from data.ingest.forms import template
from data.ingest.time_travel import seen_after_batch
from data.text import Language, Text
from ui import formats, tables
from ui.data_origin import DataOrigin
from ui.results import DatedResult


def metric_payload(
    con: Connection, result: DatedResult, unit: str, origin: DataOrigin, language: Language
) -> dict[str, object]:
    """Return the rows of a metric with its name and its formula, its day, its batches and whether they are 示例.

    `after_batch` is the batch after which the ledgers are seen; a `note` says so where that one was undone.
    """
    note = undone_note(con)
    return {
        "name": result.definition.name,
        "label": result.definition.label.into(language),
        "as_of": result.as_of,
        "newest": origin.newest,
        "first_batch": origin.first_batch,
        "last_batch": origin.last_batch,
        "after_batch": seen_after_batch(con),
        "note": note.into(language) if note else None,
        "is_sample": origin.is_sample,
        "unit": unit,
        "formula": result.formula.into(language),
        "rows": json.loads(result.rows.to_json(orient="records", date_format="iso", force_ascii=False)),
    }


def undone_note(con: Connection) -> Text | None:
    """Say that the batch after which the ledgers are seen was undone, so that it does not count; None where it does."""
    batch = seen_after_batch(con)
    return versions.WITHOUT_UNDONE.fill(batch=batch) if batch and batch_log.is_undone(con, batch) else None


def rows_in_words(rows: pd.DataFrame, columns: Sequence[Column], language: Language) -> pd.DataFrame:
    """Return rows with the words of their choices in a language; numbers, days and names stay as they are."""
    named = {c.name: rows[c.name].map(_in_words(c, language), na_action="ignore") for c in columns if c.choices}
    return rows.assign(**named)


def _in_words(column: Column, language: Language) -> Callable[[object], str]:
    return lambda value: tables.choice_label(column, value, language)


def headings_in_words(rows: pd.DataFrame, columns: Sequence[Column], language: Language) -> list[str]:
    """Return what the columns of rows are called in a language, with their units; codes have their names only."""
    named = {column.name: tables.column_heading(column, language) for column in columns}
    return [named.get(str(name), str(name)) for name in rows]


def csv_of_rows(rows: pd.DataFrame, headings: Sequence[str] = ()) -> bytes:
    """Return rows as a CSV (UTF-8 with BOM) below the names of their columns, or other headings.

    What is missing is empty.
    """
    columns = [_csv_cells(rows[name]) for name in rows]
    return template.csv_bytes([list(headings) or list(map(str, rows.columns)), *map(list, zip(*columns, strict=True))])


def _csv_cells(values: pd.Series) -> list[str]:
    """Return the cells of a column; a column of days has no times."""
    if pd.api.types.is_datetime64_any_dtype(values):
        known = values.dropna()
        written = "%Y-%m-%d" if (known == known.dt.normalize()).all() else "%Y-%m-%d %H:%M:%S"
        return [str(cell) for cell in values.dt.strftime(written).fillna("")]
    return ["" if formats.is_missing(value) else _csv_cell(value) for value in values.tolist()]


def _csv_cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return template.number_cell(value) if isinstance(value, float) else str(value)
