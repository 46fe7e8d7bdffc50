"""A metric as JSON and as CSV, in the same words in the terminal and over the API."""

from __future__ import annotations

import json

import pandas as pd

from data.ingest.forms import template
from ui import formats
from ui.data_origin import DataOrigin
from ui.results import DatedResult


def metric_payload(result: DatedResult, unit: str, origin: DataOrigin) -> dict[str, object]:
    """Return the rows of a metric with its day, its batches and whether they are 示例."""
    return {
        "name": result.definition.name,
        "as_of": result.as_of,
        "newest": origin.newest,
        "first_batch": origin.first_batch,
        "last_batch": origin.last_batch,
        "is_sample": origin.is_sample,
        "unit": unit,
        "rows": json.loads(result.rows.to_json(orient="records", date_format="iso", force_ascii=False)),
    }


def csv_of_rows(rows: pd.DataFrame) -> bytes:
    """Return rows as a CSV (UTF-8 with BOM) below the names of their columns; what is missing is empty."""
    columns = [_csv_cells(rows[name]) for name in rows]
    return template.csv_bytes([list(map(str, rows.columns)), *map(list, zip(*columns, strict=True))])


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
    return repr(value) if isinstance(value, float) else str(value)
