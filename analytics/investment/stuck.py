"""Which projects are stuck, why, and for how long."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from analytics.metrics.model import ComputeDependency
from data.words import STUCK_REASONS

LAND, SUSPENDED, SLOW, MISSED, PUSHED = (choice.value for choice in STUCK_REASONS)
COLUMNS = (
    "project investor origin track verb stage entered_on days_in_stage p85_days days_over days_overdue expected "
    "expected_on "
    "days_missed pushes contacted_on days_since_contact difficulty reasons days_stuck is_stuck is_ended signed_on "
    "investment received unverified rate owner note project_id"
)


def _reason_flags(rows: pd.DataFrame) -> Mapping[str, pd.Series[bool]]:
    """Return for each reason, in the order in which they are told, the projects that it holds up; none that ended."""
    goes_on = ~rows["is_ended"].astype(bool)
    flags = {
        LAND: rows["days_overdue"].notna(),
        SUSPENDED: rows["stage"].eq(SUSPENDED),
        SLOW: rows["days_over"].notna(),
        MISSED: rows["days_missed"].notna(),
        PUSHED: rows["is_pushed_often"].eq(True),
    }
    return {reason: flag.fillna(False).astype(bool) & goes_on for reason, flag in flags.items()}


def _joined_reasons(flags: Mapping[str, pd.Series[bool]]) -> pd.Series[str]:
    """Return the reasons of each project, parted by commas; nothing where there is none."""
    parts = [flag.map({True: f"{reason},", False: ""}) for reason, flag in flags.items()]
    said = sum(parts[1:], parts[0]).str.rstrip(",")
    return said.where(said != "", None)


def stuck_projects(rows: pd.DataFrame, as_of: date | None, compute_dependency: ComputeDependency) -> pd.DataFrame:
    """Return every project with what holds it up: those stuck longest first, those that ended last.

    `time_in_stage` says in how many days 85 % of the stays in a stage were over, nothing of a stage with too few.
    """
    usual = compute_dependency("time_in_stage").rows.set_index("stage")["p85_days"].astype(float)
    rows = rows.assign(p85_days=rows["stage"].map(usual).astype(float).where(~rows["is_ended"].astype(bool)))
    over = rows["days_in_stage"].astype(float) - rows["p85_days"]
    rows = rows.assign(days_over=over.where(over > 0))
    flags = _reason_flags(rows)
    in_days = {LAND: "days_overdue", SUSPENDED: "days_in_stage", SLOW: "days_over", MISSED: "days_missed"}
    stuck_for = pd.DataFrame(
        {reason: rows[days].astype(float).where(flags[reason]) for reason, days in in_days.items()}
    )
    found = rows.assign(reasons=_joined_reasons(flags), days_stuck=stuck_for.max(axis=1))
    found = found.assign(is_stuck=found["reasons"].notna())
    return found.sort_values(
        ["is_ended", "is_stuck", "days_stuck", "days_in_stage", "project", "project_id"],
        ascending=[True, False, False, False, True, True],
        ignore_index=True,
    )[COLUMNS.split()]
