"""Files that leave the house: the template a clerk fills in, the ledger as it stands."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

from duckdb import DuckDBPyConnection as Connection

from data.datasets import Dataset
from data.schema import quoted
from data.text import Language

BOM = "\ufeff"


def template(dataset: Dataset, language: Language = "zh") -> bytes:
    """Return the CSV that a clerk fills in: the headings with their units, UTF-8 with BOM."""
    return csv_bytes([[c.heading.into(language) for c in dataset.columns]])


def export(con: Connection, dataset: Dataset, language: Language = "zh", with_personal: bool = True) -> bytes:
    """Return the ledger as it stands, as a CSV that loads back without a change, with or without personal columns."""
    columns = [c for c in dataset.columns if with_personal or not c.personal]
    names = ", ".join(quoted(c.name) for c in columns)
    key = ", ".join(quoted(k) for k in dataset.key)
    rows = con.execute(f"SELECT {names} FROM {quoted(dataset.name)} ORDER BY {key}").fetchall()
    return csv_bytes([[c.heading.into(language) for c in columns], *([_cell(v) for v in row] for row in rows)])


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else str(value)


def csv_bytes(rows: list[list[str]]) -> bytes:
    """Return rows as a CSV that Chinese Excel opens correctly: UTF-8 with BOM."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return (BOM + out.getvalue()).encode("utf-8")
