"""Which target counts on a day, and how much of its time is over: by the day, by month ends, by milestones."""

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
        if not code:
            of_target = [_start_of_its_target(target["metric"], due, ledgers) == start for due in nodes["due_on"]]
            nodes = nodes[of_target]
        return float(nodes.loc[nodes["due_on"] <= day, "due_share"].max()) if _is_any(nodes, day) else _nothing(nodes)
    return 100 * (day - start).days / (end - start).days if day > start else 0.0


def _start_of_its_target(metric: str, due_on: pd.Timestamp, ledgers: Ledgers) -> pd.Timestamp:
    """Return when the target by milestones begins that a day belongs to, the last to begin of several."""
    targets = ledgers["target"]
    targets = targets[(targets["metric"] == metric) & (targets["time_basis"] == "按节点")]
    return targets.loc[(targets["period_start"] <= due_on) & (targets["period_end"] >= due_on), "period_start"].max()


def counting_target(targets: list[dict[str, Any]], day: pd.Timestamp) -> dict[str, Any]:
    """Return which of the targets of one metric and part counts: the last begun of those that run, or the last over."""
    running = [row for row in targets if row["period_end"] >= day]
    if running:
        return max(running, key=lambda row: (row["period_start"], -row["period_end"].toordinal()))
    return max(targets, key=lambda row: (row["period_end"], row["period_start"]))


def _is_any(nodes: pd.DataFrame, day: pd.Timestamp) -> bool:
    return bool((nodes["due_on"] <= day).any())


def _nothing(nodes: pd.DataFrame) -> float:
    """Return what is due before the first milestone: nothing, and unknown without any."""
    return 0.0 if len(nodes) else float("nan")
