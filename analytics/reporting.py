"""Reports due and received: of which line of work each is."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.datasets import DATASETS


def with_stream(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the reports with the line of work of their ledger."""
    rows = rows.assign(batch=rows["batch"].astype("Int64"))
    rows.insert(0, "stream", [DATASETS[name].stream for name in rows["dataset"]])
    return rows
