"""The indicators of the four steps put together."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.metrics.model import ComputeDependency


def four_steps(rows: pd.DataFrame, as_of: date | None, compute_dependency: ComputeDependency) -> pd.DataFrame:
    """Return the indicators of every step in the order of the steps, each as its own metric has them on the day."""
    return pd.concat([compute_dependency(metric).rows for metric in rows["metric"]], ignore_index=True)
