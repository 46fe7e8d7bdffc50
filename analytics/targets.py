"""What the task sheet asks for, held against the metrics that have a definition of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from analytics.metrics.model import ComputeDependency, DependencyResult


@dataclass(frozen=True, slots=True)
class ShareColumns:
    """The two columns of a metric that its share is of, summed over the rows that `only` leaves.

    A level has to be kept on every day, so all of it is due at once; what is no level grows until the target's end.
    """

    done: str
    total: str
    only: Mapping[str, str] = field(default_factory=dict)
    is_level: bool = True


SHARES = {
    "patrol_completion": ShareColumns("patrols_counted", "patrols_due"),
    "issue_closure": ShareColumns("closed", "found", {"river": "全部河道"}),
    "plant_load": ShareColumns("inflow", "capacity_days"),
    "plant_pass_rate": ShareColumns("passed", "judged"),
    "saving_coverage": ShareColumns("covered", "villages", {"village": "全部村社"}, is_level=False),
    "leak_fix": ShareColumns("fixed", "found", {"village": "全部村社", "finding": "全部"}),
}


def _share_rows(share: ShareColumns, result: DependencyResult, since: pd.Timestamp) -> pd.DataFrame:
    """Return the rows that a share is summed over; of cohorts by months those since the target began."""
    rows = result.rows
    for column, value in share.only.items():
        rows = rows[rows[column] == value]
    return rows[rows["month"] >= since.replace(day=1)] if "month" in rows else rows


def _with_progress(target: dict[str, object], share: ShareColumns, result: DependencyResult) -> dict[str, object]:
    rows = _share_rows(share, result, pd.Timestamp(str(target["period_start"])))
    done, total = (float(rows[name].astype(float).sum(min_count=1)) for name in (share.done, share.total))
    actual = 100 * done / total if total else float("nan")
    elapsed = 100.0 if share.is_level else target["elapsed_rate"]
    found = {"done": done, "total": total, "actual": actual, "elapsed_rate": elapsed, "newest": result.newest}
    return target | found | {"stream": "water", "is_level": share.is_level}


def target_progress(rows: pd.DataFrame, as_of: date | None, compute_dependency: ComputeDependency) -> pd.DataFrame:
    """Return each target beside what is reached of it, the widest gap first; `rows` know those that SQL sums up."""
    known = [
        _with_progress(row, SHARES[row["metric"]], compute_dependency(row["metric"]))
        if row["metric"] in SHARES
        else row
        for row in rows.assign(is_level=False).to_dict("records")
    ]
    found = pd.DataFrame(known, columns=[*rows.columns, "is_level"])
    rate = 100 * found["actual"].astype(float) / found["target"].astype(float).where(found["target"] != 0)
    found = found.assign(rate=rate, gap=rate - found["elapsed_rate"].astype(float))
    found["newest"] = pd.to_datetime(found["newest"])
    return found.sort_values(["gap", "metric"], na_position="first", ignore_index=True)
