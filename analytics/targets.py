"""What the task sheet asks for, held against the metrics that it names."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.metrics.model import ComputeDependency, DependencyResult
from data.datasets.targets import TARGETS, TargetMetric
from data.result_rows import total_rows

COLUMNS = (
    "stream metric actual target done total rate elapsed_rate gap period_start period_end days_left newest owner "
    "is_level"
)


def _share_rows(target: TargetMetric, result: DependencyResult, since: pd.Timestamp) -> pd.DataFrame:
    """Return the rows that a share is summed over; of cohorts by months those since the target began."""
    rows = total_rows(result.rows)
    for column, value in target.only.items():
        rows = rows[rows[column] == value]
    return rows[rows["month"] >= since.replace(day=1)] if "month" in rows else rows


def _with_share(row: dict[str, object], target: TargetMetric, result: DependencyResult) -> dict[str, object]:
    rows = _share_rows(target, result, pd.Timestamp(str(row["period_start"])))
    done, total = (float(rows[name].astype(float).sum(min_count=1)) for name in (target.done, target.total))
    actual = 100 * done / total if total else float("nan")
    return row | {"done": done, "total": total, "actual": actual, "newest": result.newest}


def _with_progress(row: dict[str, object], compute_dependency: ComputeDependency) -> dict[str, object]:
    """Return a target with what is reached of it; what is no share was summed up by the query already."""
    target = TARGETS[str(row["metric"])]
    elapsed = 100.0 if target.is_level else row["elapsed_rate"]
    known = row | {"stream": target.stream, "is_level": target.is_level, "elapsed_rate": elapsed}
    return _with_share(known, target, compute_dependency(target.name)) if target.total else known


def target_progress(rows: pd.DataFrame, as_of: date | None, compute_dependency: ComputeDependency) -> pd.DataFrame:
    """Return each target beside what is reached of it, the widest gap first."""
    known = [_with_progress(row, compute_dependency) for row in rows.to_dict("records")]
    found = pd.DataFrame(known, columns=COLUMNS.split())
    rate = 100 * found["actual"].astype(float) / found["target"].astype(float).where(found["target"] != 0)
    found = found.assign(rate=rate, gap=rate - found["elapsed_rate"].astype(float))
    found["newest"] = pd.to_datetime(found["newest"])
    return found.sort_values(["gap", "metric"], na_position="first", ignore_index=True)
