"""What the task sheet asks for, held against the metrics that it names."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.countdown import countdown_level
from analytics.metrics.model import ComputeDependency, DependencyResult
from data.datasets.targets import TARGETS, TargetMetric
from data.result_rows import total_rows

COLUMNS = (
    "stream metric actual target done total rate elapsed_rate gap period_start period_end days_left newest owner "
    "is_level judged_on is_waiting target_id scope_kind scope scope_name time_basis countdown"
)

STREET, BY_DAY = "street", "按日"


def _share_rows(target: TargetMetric, result: DependencyResult) -> pd.DataFrame:
    """Return the rows that a share is summed over."""
    rows = total_rows(result.rows)
    for column, value in target.only.items():
        rows = rows[rows[column].astype(str) == value]
    return rows


def _with_share(row: dict[str, object], target: TargetMetric, result: DependencyResult) -> dict[str, object]:
    rows = _share_rows(target, result)
    done, total = (float(rows[name].astype(float).sum(min_count=1)) for name in (target.done, target.total))
    actual = 100 * done / total if total else float("nan")
    return row | {"done": done, "total": total, "actual": actual, "newest": result.newest} | _report_day(rows)


def _report_day(rows: pd.DataFrame) -> dict[str, object]:
    """Return the day of the reports that a share rests on, and whether all that are due have failed to come.

    That is the earliest day on which what goes on was last reported in time; a share without reports has none.
    """
    if "judged_on" not in rows or rows["rate"].isna().all():
        return {}
    is_open = rows["rate"].notna() & (rows["rate"] < 100)
    in_time = rows[is_open & ~rows["is_waiting"].astype(bool)]
    day = rows["judged_on"].max() if in_time.empty else in_time["judged_on"].min()
    return {"judged_on": day, "is_waiting": bool(is_open.any() and in_time.empty)}


def _elapsed_rate(row: dict[str, object]) -> float:
    """Return how much of a target's time was over on the day on which it is judged, in percent."""
    start, end, day = (pd.Timestamp(str(row[name])) for name in ("period_start", "period_end", "judged_on"))
    if day >= end:
        return 100.0
    return max(0.0, 100 * (day - start).days / (end - start).days) if end > start else 0.0


def _with_progress(row: dict[str, object], compute_dependency: ComputeDependency) -> dict[str, object]:
    """Return a target with what is reached of it; what is no share was summed up by the query already."""
    target = TARGETS[str(row["metric"])]
    known = row | {"stream": target.stream, "is_level": target.is_level} | _street_wide(row)
    if target.total:
        known = _with_share(known, target, compute_dependency(target.name))
    # a level has no deadline: all of it is due on every day
    return known | (
        {"elapsed_rate": 100.0, "days_left": None} if target.is_level else {"elapsed_rate": _elapsed_rate(known)}
    )


def _street_wide(row: dict[str, object]) -> dict[str, object]:
    """Return what tells the target of the whole subdistrict from those of its parts: its name is the metric's."""
    return {"target_id": row["metric"], "scope_kind": STREET, "time_basis": BY_DAY}


def target_progress(rows: pd.DataFrame, as_of: date | None, compute_dependency: ComputeDependency) -> pd.DataFrame:
    """Return each target beside what is reached of it, the widest gap first."""
    known = [_with_progress(row, compute_dependency) for row in rows.to_dict("records")]
    found = pd.DataFrame(known, columns=COLUMNS.split())
    rate = 100 * found["actual"].astype(float) / found["target"].astype(float).where(found["target"] != 0)
    found = found.assign(rate=rate, gap=rate - found["elapsed_rate"].astype(float))
    found["days_left"] = found["days_left"].astype(float)
    for day in ("newest", "judged_on"):
        found[day] = pd.to_datetime(found[day])
    found["countdown"] = [
        countdown_level(row["days_left"], as_of) if row["rate"] < 100 else None for row in found.to_dict("records")
    ]
    return found.sort_values(["gap", "metric"], na_position="first", ignore_index=True)
