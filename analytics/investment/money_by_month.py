"""The money that a target counts, month by month, beside the plan."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.elapsed import due_milestones, elapsed_rate
from analytics.rows import Row, grouped_rows, rows_as_table

COLUMNS = "metric month in_month running planned period_start period_end target"


def _month_rows(target: Row, amounts: pd.DataFrame, as_of: pd.Timestamp) -> list[Row]:
    """Return the months of a target's period: what each brought and all so far, nothing of those to come."""
    start, end = pd.Timestamp(target["period_start"]), pd.Timestamp(target["period_end"])
    brought = amounts.dropna(subset="month").set_index("month")["amount"].astype(float)
    milestones = due_milestones(amounts)
    rows: list[Row] = []
    running = 0.0
    for month in pd.date_range(start.replace(day=1), end, freq="MS"):
        is_over = month > as_of
        amount = None if is_over else float(brought.get(month, 0.0))
        running += amount or 0.0
        last = min(month + pd.offsets.MonthEnd(0), end)
        until = as_of if month <= as_of < last else last
        planned = float(target["target"]) * elapsed_rate(target["time_basis"], start, end, until, milestones) / 100
        rows.append(
            target | {"month": month, "in_month": amount, "running": None if is_over else running, "planned": planned}
        )
    return rows


def money_by_month(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the months of the period of each target; a row of `rows` is a month that brought something."""
    rows = rows.assign(month=pd.to_datetime(rows["month"]))
    found = [
        row
        for target, months in grouped_rows(rows, "metric", "period_start", "period_end", "target", "time_basis")
        for row in _month_rows(target, months, pd.Timestamp(as_of))
    ]
    table = rows_as_table(found, COLUMNS)
    return table.astype({"in_month": float, "running": float})
