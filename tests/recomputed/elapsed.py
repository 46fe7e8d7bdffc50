"""How much of the time of a target is over, worked out again: by the day, by month ends, by milestones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tests.recomputed import Ledgers


def elapsed(target: Mapping[str, Any], ledgers: Ledgers, day: pd.Timestamp) -> float:
    """Return how much of a target's time is over on a day, in percent."""
    start, end = target["period_start"], target["period_end"]
    if target.get("is_level") is True or day >= end:
        return 100.0
    if target["time_basis"] == "按月末":
        months = pd.period_range(start, end, freq="M")
        return 100 * sum(month.end_time.normalize() <= day for month in months) / len(months)
    if target["time_basis"] == "按节点":
        nodes = ledgers["target_milestone"]
        code = target.get("target_code")
        own = nodes["target_code"].eq(code) if code else nodes["target_code"].isna()
        nodes = nodes[own & (nodes["metric"] == target["metric"]) & nodes["due_on"].between(start, end)]
        return float(nodes.loc[nodes["due_on"] <= day, "due_share"].max()) if _is_any(nodes, day) else _nothing(nodes)
    return 100 * (day - start).days / (end - start).days if day > start else 0.0


def _is_any(nodes: pd.DataFrame, day: pd.Timestamp) -> bool:
    return bool((nodes["due_on"] <= day).any())


def _nothing(nodes: pd.DataFrame) -> float:
    """Return what is due before the first milestone: nothing, and unknown without any."""
    return 0.0 if len(nodes) else float("nan")
