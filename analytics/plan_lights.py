"""Everything that has a plan, with its light: works, demolition projects and targets under one definition."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.metrics.model import ComputeDependency
from analytics.status import OVERDUE, status_lights
from data.datasets.targets import TARGETS
from data.units import UNITS
from data.words import LATE

COLUMNS = (
    "stream kind item item_id light actual target quantity_unit rate planned_rate gap judged_on is_waiting is_level "
    "ends_on days_left owner scope_kind scope scope_name"
)


def _target_items(targets: pd.DataFrame) -> pd.DataFrame:
    """Return the targets as items: what is reached of what is asked, against the time over, which a level has not."""
    known, is_level = [TARGETS[name] for name in targets["metric"]], targets["is_level"].astype(bool)
    return targets.assign(
        kind="目标",
        item=[target.label.zh for target in known],
        item_id=targets["target_id"],
        quantity_unit=[UNITS[target.unit].label.zh for target in known],
        planned_rate=targets["elapsed_rate"].mask(is_level),
        ends_on=targets["period_end"].mask(is_level),
    )


def plan_lights(rows: pd.DataFrame, as_of: date | None, compute_dependency: ComputeDependency) -> pd.DataFrame:
    """Return every work, demolition project and target with its light, the widest gap first."""
    targets = _target_items(compute_dependency("target_progress").rows)
    parts = [part[[name for name in COLUMNS.split() if name in part]] for part in (rows, targets) if len(part)]
    found = pd.concat(parts, ignore_index=True) if parts else rows
    found = found.reindex(columns=COLUMNS.split()).assign(light=status_lights(found, as_of))
    return found.sort_values(["gap", "item"], na_position="last", ignore_index=True)


def behind(rows: pd.DataFrame, as_of: date | None, compute_dependency: ComputeDependency) -> pd.DataFrame:
    """Return what is past its deadline, the longest first, then what is behind or far behind, the widest gap first."""
    found = plan_lights(rows, as_of, compute_dependency)
    found = found[found["light"].isin(LATE)]
    longest_first = found["days_left"].where(found["light"] == OVERDUE)
    return found.assign(place=longest_first).sort_values("place", kind="stable", ignore_index=True)[COLUMNS.split()]
