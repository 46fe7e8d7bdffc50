"""Rows of a metric's result: the total and its parts.

`is_total` marks the row of everything; the columns by which the other rows are parted are empty in it.
"""

from __future__ import annotations

import pandas as pd

from data.datasets.targets import TargetMetric

TOTAL = "is_total"


def total_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of everything, one a month where there are months; or all rows where none is marked as a total.

    Without a total the sums over all rows are it: rates are sums over sums.
    """
    return rows[rows[TOTAL].astype(bool)] if TOTAL in rows and rows[TOTAL].any() else rows


def part_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are no total."""
    return rows[~rows[TOTAL].astype(bool)] if TOTAL in rows else rows


def rows_of_target(rows: pd.DataFrame, target: TargetMetric) -> pd.DataFrame:
    """Return the rows of a metric that its target is about: those that it leaves, of the newest month."""
    for column, value in target.only.items():
        rows = rows[rows[column].astype(str) == value]
    rows = rows[rows[target.done].notna()] if target.is_of_known else rows
    return rows[rows["month"] == rows["month"].max()] if target.is_monthly else rows
