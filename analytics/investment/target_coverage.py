"""What may still come to the targets of money, weighted by how often such projects were signed."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.metrics.model import ComputeDependency

COLUMNS = (
    "metric period_start period_end target actual missing is_reached due_projects due_amount due_times open_projects "
    "open_amount unpriced open_times weighted weighted_times owner"
)


def target_coverage(rows: pd.DataFrame, as_of: date | None, compute_dependency: ComputeDependency) -> pd.DataFrame:
    """Return the targets with the weighted investment of the open projects; only that of signing has one."""
    pipeline = compute_dependency("weighted_pipeline").rows
    whole = pipeline[pipeline["is_total"].astype(bool)]["weighted"].astype(float)
    weighted = rows["metric"].map({"contract_value": whole.sum(min_count=1)}).astype(float)
    missing = rows["missing"].astype(float)
    return rows.assign(weighted=weighted, weighted_times=weighted / missing.where(missing > 0))[COLUMNS.split()]
