"""What becomes of households' difficulties: closed, truly solved, how soon, and whether the household signed then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from analytics.kaplan_meier import survival_curve
from analytics.rows import Row, grouped_rows, rows_as_table
from data.standards.thresholds import thresholds

HALF = 0.5  # chosen: the median
COLUMNS = (
    "project difficulty_reason is_total raised closed open overdue solved explained unsolvable closed_rate "
    "difficulty_solved_rate median_days followed signed_after signed_after_rate project_id"
)
NUMBERS = ("closed_rate", "difficulty_solved_rate", "median_days", "signed_after_rate")


def _share_of(part: int, whole: int, needed: float) -> float | None:
    """Return a share in percent, or None of too few."""
    return 100 * part / whole if whole >= max(1, needed) else None


def _median_days(group: pd.DataFrame, needed: float) -> float | None:
    """Return the days in which half were closed, open ones counted as not yet; None of too few or where most wait."""
    is_closed = group["is_closed"].to_numpy(bool)
    if is_closed.sum() < needed:
        return None
    return survival_curve(group["days"].to_numpy(float), is_closed.tolist()).done_within(HALF)


def _outcome_row(group: pd.DataFrame, needed: float) -> Row:
    """Return what became of some difficulties: the counts, and each share of enough of them."""
    closed, outcomes = int(group["is_closed"].sum()), group["outcome"].value_counts()
    solved, explained, unsolvable = (int(outcomes.get(word, 0)) for word in ("已解决", "已解释", "不能解决"))
    followed, signed = int(group["is_followed"].sum()), int(group["is_signed"].sum())
    counts = {"raised": len(group), "closed": closed, "open": len(group) - closed}
    results = {"solved": solved, "explained": explained, "unsolvable": unsolvable}
    return {
        **counts,
        **results,
        "overdue": int(group["is_overdue"].sum()),
        "closed_rate": _share_of(closed, len(group), needed),
        "difficulty_solved_rate": _share_of(solved, closed, needed),
        "median_days": _median_days(group, needed),
        "followed": followed,
        "signed_after": signed,
        "signed_after_rate": _share_of(signed, followed, needed),
    }


def _scope_rows(rows: pd.DataFrame, scope: Row, needed: float) -> Iterator[Row]:
    """Yield the difficulties of some projects as a whole, then by kind, those with most first."""
    yield {**scope, "difficulty_reason": None, "is_total": True} | _outcome_row(rows, needed)
    parts = [(at, _outcome_row(group, needed)) for at, group in grouped_rows(rows, "difficulty_reason")]
    for at, counts in sorted(parts, key=lambda part: -part[1]["raised"]):
        yield {**scope, **at, "is_total": False} | counts


def difficulty_summary(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return what became of the difficulties of all projects, in all and by kind, then of each project likewise."""
    needed = thresholds(as_of)["step_cases"]
    flags = dict.fromkeys(("is_closed", "is_overdue", "is_followed", "is_signed"), bool)
    told = rows.astype(flags)
    made = list(_scope_rows(told, {"project": None, "project_id": None}, needed)) if len(told) else []
    for scope, group in sorted(grouped_rows(told, "project", "project_id"), key=lambda each: str(each[0]["project"])):
        made.extend(_scope_rows(group, scope, needed))
    return rows_as_table(made, COLUMNS).astype(dict.fromkeys(NUMBERS, float))
