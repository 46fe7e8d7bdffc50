"""总览 worked out again: what the task sheet asks for, and the lights of all that has a plan."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from tests.recomputed import RECOMPUTED, Ledgers, investment, recomputes
from tests.recomputed.clearance import area_of_target
from tests.recomputed.demolition import signing_rate
from tests.recomputed.frames import percent, rows_by
from tests.recomputed.works import works_on

Row = dict[str, Any]
# of each share its parts, the column that keeps to the rows summed over, and its Chinese name
SHARES = {
    "dredging_progress": ("done", "quantity", "清淤完成率"),
    "source_closure": ("closed", "registered", "污染源整治完成率"),
    "patrol_completion": ("patrols_counted", "patrols_due", "巡河完成率"),
    "issue_closure": ("closed", "found", "问题销号率"),
    "plant_load": ("inflow", "capacity_days", "水力负荷率"),
    "plant_pass_rate": ("passed", "judged", "出水达标率"),
    "saving_coverage": ("covered", "villages", "节水活动覆盖率"),
    "leak_fix": ("fixed", "found", "漏水设施修复率"),
    "signing_rate": ("signed", "households", "签约率"),
}
AMOUNTS = {
    **{"contract_value": "本期签约投资额", "funds_in_place": "本期到位资金"},
    **{"razed_area": "拆违面积", "renovated_area": "三改面积"},
}
NAMES = AMOUNTS | {metric: name for metric, (_, _, name) in SHARES.items()}
LEVELS = ("patrol_completion", "issue_closure", "plant_load", "plant_pass_rate", "leak_fix")  # due on every day
ON_PLAN, BEHIND = 0, -10  # presets of this house: gaps in percentage points, at least
LATE = ("滞后", "严重滞后", "已过期")
KEYS = ["kind", "item_id"]
TARGET_COLUMNS = [
    *("target", "judged_on", "is_waiting", "is_level", "done", "total", "actual", "elapsed_rate", "days_left"),
]
ITEM_NUMBERS = ["done", "total", "rate", "planned_rate", "gap", "days_left", "is_waiting", "is_level"]
ITEM_COLUMNS = [*KEYS, "item", "quantity_unit", "judged_on", "ends_on", *ITEM_NUMBERS]


def share_rows(ledgers: Ledgers, metric: str, day: pd.Timestamp) -> pd.DataFrame:
    """Return the rows of a metric that its share is summed over: each case once."""
    rows = RECOMPUTED[metric].rows(ledgers, day)
    if metric == "dredging_progress":
        return rows[rows["quantity_unit"] == "m³"]
    if metric == "issue_closure":
        return rows[rows["is_total"] & rows["is_this_year"]]
    if metric == "signing_rate":
        return rows[rows["is_this_year"]]
    if metric == "leak_fix":
        return rows[rows["village"].isna() & rows["finding"].isna()]
    return rows[rows["is_total"]] if metric == "saving_coverage" else rows


def with_share(target: Row, ledgers: Ledgers, day: pd.Timestamp) -> Row:
    """Return a target with what is done of all, and for dredging the day of the reports that this rests on."""
    rows = share_rows(ledgers, target["metric"], day)
    done, total = (float(rows[c].astype(float).sum(min_count=1)) for c in SHARES[target["metric"]][:2])
    found = target | {"done": done, "total": total, "actual": 100 * done / total if total else float("nan")}
    if target["metric"] != "dredging_progress" or rows["rate"].isna().all():
        return found
    going = rows[rows["rate"] < 100]
    in_time = going[~going["is_waiting"]]
    judged = rows["judged_on"].max() if in_time.empty else in_time["judged_on"].min()
    return found | {"judged_on": judged, "is_waiting": len(going) > 0 and in_time.empty}


def with_amount(target: Row, ledgers: Ledgers, day: pd.Timestamp) -> Row:
    """Return a target with the money of its period: of projects that signed in it, or that they received in it."""
    if target["metric"] in ("razed_area", "renovated_area"):
        found = area_of_target(ledgers, str(target["metric"]), target, day)
        return target | {"total": float("nan"), "actual": found["done"]} | found
    if target["metric"] == "funds_in_place":
        receipts = investment.counted_receipts(ledgers, day)
        done = receipts.loc[receipts["is_counted"], "amount"].sum()
    else:
        projects = investment.projects_on(ledgers, day)
        signed = projects["signed_on"].between(target["period_start"], target["period_end"])
        done = projects.loc[projects["is_contracted"] & signed, "investment"].sum()
    return target | {"done": done, "total": float("nan"), "actual": done}


def elapsed(target: Row) -> float:
    """Return how much of a target's time is over on the day that it is judged on, in percent."""
    length, gone = ((end - target["period_start"]).days for end in (target["period_end"], target["judged_on"]))
    if target["is_level"] or gone >= length:
        return 100.0
    return 100 * gone / length if gone > 0 else 0.0


@recomputes("target_progress", "metric")
@cache
def target_progress(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Actual ÷ target of the newest target of each metric, against the time that is over."""
    targets = rows_by(ledgers["target"], "period_start", day).sort_values("period_start")
    targets = targets.drop_duplicates("metric", keep="last")
    rows = []
    for row in targets.rename(columns={"value": "target"}).to_dict("records"):
        is_level = row["metric"] in LEVELS
        known = row | {"judged_on": day, "is_waiting": False, "is_level": is_level}
        known = (with_share if row["metric"] in SHARES else with_amount)(known, ledgers, day)
        left = float("nan") if is_level else (row["period_end"] - day).days
        rows.append(known | {"elapsed_rate": elapsed(known), "days_left": left})
    found = pd.DataFrame(rows, columns=[*targets.columns.drop(["value", "source_document"]), *TARGET_COLUMNS])
    rate = percent(found["actual"].astype(float), found["target"].astype(float))
    return found.assign(rate=rate, gap=rate - found["elapsed_rate"], owner=found["owner"].astype(object))


def light(row: Row) -> str:
    """Return the light of an item with its rate, its gap, and whether it waits for a report."""
    known, is_past = pd.notna(row["rate"]), row["days_left"] < 0 and not row["is_level"]
    if known and row["rate"] >= 100 and not row["is_level"]:
        return "已完成"
    if is_past and (known or row["is_waiting"]):
        return "已过期"
    if row["is_waiting"]:
        return "待上报"
    if not known or pd.isna(row["gap"]):
        return "无数据"
    return "正常" if row["gap"] >= ON_PLAN else "滞后" if row["gap"] >= BEHIND else "严重滞后"


def _target_items(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    targets = target_progress(ledgers, day)
    units = dict.fromkeys(SHARES, "%") | {"razed_area": "㎡", "renovated_area": "㎡"}
    unit = targets["metric"].map(lambda metric: units.get(metric, "万元"))
    end = targets["period_end"].where(~targets["is_level"].astype(bool))
    targets = targets.drop(columns=["done", "total"]).assign(kind="目标", quantity_unit=unit, ends_on=end)
    names = {"metric": "item_id", "actual": "done", "target": "total", "elapsed_rate": "planned_rate"}
    return targets.rename(columns=names).assign(item=targets["metric"].map(NAMES))


@recomputes("plan_lights", *KEYS)
def plan_lights(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Every work, demolition project and target, with its light."""
    works = works_on(ledgers, day).assign(kind="工程", is_level=False)
    works = works.rename(columns={"work_id": "item_id", "work": "item", "quantity": "total", "end_on": "ends_on"})
    signing = signing_rate(ledgers, day).assign(
        kind="征迁项目", is_level=False, is_waiting=False, judged_on=day, quantity_unit="户"
    )
    names = {"project_id": "item_id", "project": "item", "signed": "done", "households": "total", "sign_end": "ends_on"}
    parts = [works, signing.rename(columns=names), _target_items(ledgers, day)]
    found = pd.concat([part[ITEM_COLUMNS].astype(object) for part in parts if len(part)], ignore_index=True)
    found = found.astype(dict.fromkeys(ITEM_NUMBERS, float) | dict.fromkeys(["judged_on", "ends_on"], "datetime64[ns]"))
    return found.assign(light=[light(row) for row in found.to_dict("records")])


@recomputes("behind", *KEYS)
def behind(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """What is behind, far behind or past its deadline."""
    found = plan_lights(ledgers, day)
    return found[found["light"].isin(LATE)]
