"""How much of the time of a target is over: by the day, by month ends or by milestones, in percent."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data.datasets.targets import BY_MILESTONES, BY_MONTH_END

Milestone = tuple[pd.Timestamp, float]  # the day, and how much of the target is due by it, in percent


def elapsed_rate(
    basis: str, start: pd.Timestamp, end: pd.Timestamp, day: pd.Timestamp, milestones: Sequence[Milestone] = ()
) -> float:
    """Return how much of a period is over on a day, 100 from its last day on.

    By the day it is a straight line; by month ends the whole months gone of all that it touches, as n/12 of a year; by
    milestones what the last one asks for, and unknown where there is none at all.
    """
    if day >= end:
        return 100.0
    if basis == BY_MONTH_END:
        return 100.0 * _months_over(start, day) / _months_touched(start, end)
    if basis == BY_MILESTONES:
        return (
            max((share for due_on, share in milestones if due_on <= day), default=0.0) if milestones else float("nan")
        )
    return max(0.0, 100.0 * (day - start).days / (end - start).days) if end > start else 0.0


def _months_over(start: pd.Timestamp, day: pd.Timestamp) -> int:
    """Return how many months have ended since the start."""
    after = day + pd.Timedelta(days=1)
    return max(0, int(12 * (after.year - start.year) + after.month - start.month))


def _months_touched(start: pd.Timestamp, end: pd.Timestamp) -> int:
    return int(12 * (end.year - start.year) + end.month - start.month) + 1


def due_milestones(rows: pd.DataFrame) -> list[Milestone]:
    """Return the milestones among the rows of a query: those with a day on which a share is due."""
    milestones = zip(rows["due_on"], rows["due_share"], strict=True)
    return [(pd.Timestamp(due_on), float(share)) for due_on, share in milestones if not pd.isna(due_on)]
