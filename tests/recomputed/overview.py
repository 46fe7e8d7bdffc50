"""总览 worked out again: what the task sheet asks for, and the lights of all that has a plan."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.demolition import signing_rate
from tests.recomputed.targets import NAMES, SHARES, target_progress
from tests.recomputed.works import works_on

Row = dict[str, Any]
ON_PLAN, BEHIND = 0, -10  # presets of this house: gaps in percentage points, at least
LATE = ("滞后", "严重滞后", "已逾期")
KEYS = ["kind", "item_id"]
ITEM_NUMBERS = ["actual", "target", "rate", "planned_rate", "gap", "days_left", "is_waiting", "is_level"]
ITEM_COLUMNS = [*KEYS, "item", "scope_name", "quantity_unit", "judged_on", "ends_on", *ITEM_NUMBERS]


def light(row: Row) -> str:
    """Return the light of an item with its rate, its gap, and whether it waits for a report."""
    known, is_past = pd.notna(row["rate"]), row["days_left"] < 0 and not row["is_level"]
    if known and row["rate"] >= 100 and not row["is_level"]:
        return "已完成"
    if is_past and (known or row["is_waiting"]):
        return "已逾期"
    if row["is_waiting"]:
        return "待上报"
    if not known or pd.isna(row["gap"]):
        return "无数据"
    return "正常" if row["gap"] >= ON_PLAN else "滞后" if row["gap"] >= BEHIND else "严重滞后"


def _target_items(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    targets = target_progress(ledgers, day)
    units = dict.fromkeys(SHARES, "%") | {"razed_area": "㎡", "renovated_area": "㎡"}
    unit = targets["metric"].map(lambda metric: units.get(metric, "万元"))
    grows = ~targets["is_level"].astype(bool)
    targets = targets.assign(kind="目标", quantity_unit=unit, ends_on=targets["period_end"].where(grows))
    targets = targets.assign(planned_rate=targets["elapsed_rate"].where(grows), item=targets["metric"].map(NAMES))
    return targets.rename(columns={"target_id": "item_id"})


@recomputes("plan_lights", *KEYS)
def plan_lights(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Every work, demolition project and target, with its light."""
    works = works_on(ledgers, day).assign(kind="工程", is_level=False, scope_name=None)
    works = works.rename(
        columns={"work_id": "item_id", "work": "item", "done": "actual", "quantity": "target", "end_on": "ends_on"}
    )
    signing = signing_rate(ledgers, day).assign(
        kind="征迁项目", is_level=False, is_waiting=False, judged_on=day, quantity_unit="户", scope_name=None
    )
    names = {
        "project_id": "item_id",
        "project": "item",
        "signed": "actual",
        "households": "target",
        "sign_end": "ends_on",
    }
    parts = [works, signing.rename(columns=names), _target_items(ledgers, day)]
    found = pd.concat([part[ITEM_COLUMNS].astype(object) for part in parts if len(part)], ignore_index=True)
    found = found.astype(dict.fromkeys(ITEM_NUMBERS, float) | dict.fromkeys(["judged_on", "ends_on"], "datetime64[ns]"))
    return found.assign(light=[light(row) for row in found.to_dict("records")])


@recomputes("behind", *KEYS)
def behind(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """What is behind, far behind or past its deadline."""
    found = plan_lights(ledgers, day)
    return found[found["light"].isin(LATE)]
