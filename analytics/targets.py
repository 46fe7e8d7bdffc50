"""What the task sheet asks for, held against the metrics that it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import pandas as pd

from analytics.countdown import countdown_level
from analytics.elapsed import Milestone, due_milestones, elapsed_rate
from analytics.metrics.model import ComputeDependency, DependencyResult
from analytics.rows import Row, grouped_rows, rows_as_table
from data.datasets.targets import SCOPE_COLUMNS, TARGETS, TargetMetric
from data.result_rows import part_rows, rows_of_target, total_rows

STREET = "street"
COLUMNS = (
    "stream metric actual target done total rate elapsed_rate gap period_start period_end days_left newest owner "
    "is_level judged_on is_waiting target_id scope_kind scope scope_name time_basis countdown"
)


def _share_rows(row: Row, target: TargetMetric, result: DependencyResult) -> pd.DataFrame:
    """Return the rows that a share is summed over: those of everything, or of the part that the target is of."""
    rows = result.rows
    if row["scope_kind"] == STREET:
        rows = total_rows(rows)
    else:
        rows = part_rows(rows)
        rows = rows[rows[SCOPE_COLUMNS[row["scope_kind"]]] == row["scope"]]
    return rows_of_target(rows, target)


def _with_share(row: Row, target: TargetMetric, result: DependencyResult) -> Row:
    rows = _share_rows(row, target, result)
    done, total = (float(rows[name].astype(float).sum(min_count=1)) for name in (target.done, target.total))
    actual = 100 * done / total if total else float("nan")
    return row | {"done": done, "total": total, "actual": actual, "newest": result.newest} | _report_day(rows)


def _report_day(rows: pd.DataFrame) -> Row:
    """Return the day of the reports that a share rests on, and whether all that are due have failed to come.

    That is the earliest day on which what goes on was last reported in time; a share without reports has none.
    """
    if "judged_on" not in rows or rows["rate"].isna().all():
        return {}
    is_open = rows["rate"].notna() & (rows["rate"] < 100)
    in_time = rows[is_open & ~rows["is_waiting"].astype(bool)]
    day = rows["judged_on"].max() if in_time.empty else in_time["judged_on"].min()
    return {"judged_on": day, "is_waiting": bool(is_open.any() and in_time.empty)}


def _with_progress(row: Row, milestones: Sequence[Milestone], compute_dependency: ComputeDependency) -> Row:
    """Return a target with what is reached of it; what is no share was summed up by the query already."""
    target = TARGETS[row["metric"]]
    is_level = target.is_level if pd.isna(row["is_level"]) else bool(row["is_level"])
    known = row | {"stream": target.stream, "is_level": is_level}
    if target.total:
        known = _with_share(known, target, compute_dependency(target.name))
    # a level has no deadline: all of it is due on every day
    return known | (
        {"elapsed_rate": 100.0, "days_left": None} if is_level else {"elapsed_rate": _elapsed_share(known, milestones)}
    )


def _elapsed_share(row: Row, milestones: Sequence[Milestone]) -> float:
    """Return how much of a target's time was over on the day on which it is judged, in percent."""
    start, end, day = (pd.Timestamp(row[name]) for name in ("period_start", "period_end", "judged_on"))
    return elapsed_rate(row["time_basis"], start, end, day, milestones)


def _targets_with_milestones(rows: pd.DataFrame) -> Iterator[tuple[Row, list[Milestone]]]:
    """Yield each target once, with the milestones of its period; a row of the query is one of them."""
    for _, own in grouped_rows(rows, "target_id"):
        yield own.iloc[0].to_dict(), due_milestones(own)


def _with_gap(targets: pd.DataFrame) -> pd.DataFrame:
    """Return targets with their rate in percent and their gap in percentage points, neither of them rounded.

    What grows is held against the time that is over; a level, which is always a share, against the share to keep.
    """
    actual, asked = targets["actual"].astype(float), targets["target"].astype(float).where(targets["target"] != 0)
    rate = 100 * actual / asked
    gap = (rate - targets["elapsed_rate"].astype(float)).mask(targets["is_level"].astype(bool), actual - asked)
    return targets.assign(rate=rate, gap=gap)


def target_progress(rows: pd.DataFrame, as_of: date | None, compute_dependency: ComputeDependency) -> pd.DataFrame:
    """Return each target beside what is reached of it, the widest gap first."""
    found = rows_as_table(
        [_with_progress(row, due, compute_dependency) for row, due in _targets_with_milestones(rows)], COLUMNS
    )
    found = _with_gap(found)
    found["days_left"] = found["days_left"].astype(float)
    for day in ("newest", "judged_on"):
        found[day] = pd.to_datetime(found[day])
    found["countdown"] = [
        countdown_level(row["days_left"], as_of) if row["rate"] < 100 else None for row in found.to_dict("records")
    ]
    return found.sort_values(["gap", "target_id"], na_position="first", ignore_index=True)


def amount_parts(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return what amounts are summed up from: projects with their money (万元), villages with their floor area (㎡)."""
    of_project, of_village = (rows["part"] == part for part in ("project_id", "village_id"))
    return rows[["target_id"]].assign(
        part=rows["name"], project_id=rows["code"].where(of_project), village_id=rows["code"].where(of_village),
        money=rows["done"].where(of_project), floor_area=rows["done"].where(of_village),
    )  # fmt: skip
