"""What the task sheet and its breakdown ask for, worked out again."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from tests.recomputed import RECOMPUTED, Ledgers, investment, recomputes
from tests.recomputed.clearance import area_of_target
from tests.recomputed.elapsed import counting_target, elapsed
from tests.recomputed.frames import percent, rows_by

Row = dict[str, Any]
# of each share its parts and its Chinese name
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
    "chief_coverage": ("covered", "reaches", "河长覆盖率"),
    "signboards": ("intact", "boards", "公示牌完好率"),
    "satisfaction_rate": ("satisfied", "forms_valid", "群众满意率"),
    "target_met": ("met", "evaluated", "断面达标率"),
    "data_completeness": ("months", "months_due", "监测完成率"),
    "plant_run": ("days_worked", "days_reported", "运行率"),
    "plant_connection": ("households_connected", "households_design", "微型污水处理厂接户率"),
    "outfall_closure": ("closed", "registered", "排口整治率"),
    "zero_discharge": ("blocks_accepted", "blocks", "零直排区块验收率"),
    "playbook_punctuality": ("on_time", "due", "宝典半天准点率"),
    "signing_by_area": ("area_signed", "area", "签约率（面积）"),
    "preparation_readiness": ("ready", "needed", "方案要素齐备率"),
    "publicity_reach": ("reached", "households", "宣传覆盖户数"),
}
AMOUNTS = {
    **{"contract_value": "本期签约投资额", "funds_in_place": "本期到位资金"},
    **{"razed_area": "拆违面积", "renovated_area": "三改面积"},
}
NAMES = AMOUNTS | {metric: name for metric, (_, _, name) in SHARES.items()}
# due on every day where the target says nothing else
LEVELS = (
    *("patrol_completion", "issue_closure", "plant_load", "plant_pass_rate", "leak_fix", "signboards"),
    *("satisfaction_rate", "target_met", "data_completeness", "plant_run", "playbook_punctuality"),
)
# the column of a breakdown that names a part, the kind of part, its ledger and that ledger's key
PARTS = {
    "village_id": ("village", "village", "village_id"),
    "unit": ("unit", "", ""),
    "river_id": ("river", "river", "river_id"),
    "demolition_project_id": ("project", "demolition_project", "project_id"),
    "investment_project_id": ("project", "investment_project", "project_id"),
}
TARGET_COLUMNS = [
    *("target", "judged_on", "is_waiting", "is_level", "done", "total", "actual", "elapsed_rate", "days_left"),
    *("target_id", "scope_kind", "scope", "scope_name", "time_basis"),
]


def street_targets(ledgers: Ledgers, day: pd.Timestamp) -> list[Row]:
    """Return the target of each metric that counts on a day."""
    begun = rows_by(ledgers["target"], "period_start", day)
    found = [counting_target(own.to_dict("records"), day) for _, own in begun.groupby("metric")]
    whole = {"scope_kind": "street", "scope": None, "scope_name": None, "target_code": None}
    return [row | whole | {"target_id": row["metric"]} for row in found]


def part_targets(ledgers: Ledgers, day: pd.Timestamp) -> list[Row]:
    """Return the target of each metric and part that counts on a day, with the name of the part."""
    found: dict[str, list[Row]] = {}
    for row in rows_by(ledgers["target_breakdown"], "period_start", day).to_dict("records"):
        column = next(name for name in PARTS if pd.notna(row[name]))
        kind, ledger, key = PARTS[column]
        name = ledgers[ledger].set_index(key)["name"][row[column]] if ledger else row[column]
        known = {"scope_kind": kind, "scope": row[column], "scope_name": name}
        target_id = f"{row['metric']}:{kind}:{row[column]}"
        found.setdefault(target_id, []).append(row | known | {"target_id": target_id})
    return [counting_target(own, day) for own in found.values()]


def share_rows(ledgers: Ledgers, target: Row, day: pd.Timestamp) -> pd.DataFrame:
    """Return the rows of a metric that its share is summed over: each case once, of the part alone where it has one."""
    metric, is_whole = target["metric"], target["scope_kind"] == "street"
    rows = RECOMPUTED[metric].rows(ledgers, day)
    if metric == "leak_fix":
        return rows[rows["village"].isna() & rows["finding"].isna()]
    if "is_total" in rows:
        rows = rows[rows["is_total"].astype(bool) == is_whole]
    if not is_whole:
        rows = rows_of_part(ledgers, rows, target)
    if metric == "dredging_progress":
        return rows[rows["quantity_unit"] == "m³"]
    if metric in ("issue_closure", "signing_rate"):
        return rows[rows["is_this_year"].astype(bool)]
    if metric == "preparation_readiness":
        return rows[rows["ready"].notna()]
    return rows[rows["month"] == rows["month"].max()] if metric == "target_met" else rows


def rows_of_part(ledgers: Ledgers, rows: pd.DataFrame, target: Row) -> pd.DataFrame:
    """Return the rows of a unit, or of a village, river or project by its code, or by its name where they have none."""
    kind = target["scope_kind"]
    if kind == "unit":
        return rows[rows["owner"] == target["scope"]]
    if target["metric"] == "data_completeness":
        rows = rows.assign(river_id=rows["section_id"].map(ledgers["section"].set_index("section_id")["river_id"]))
    is_coded = f"{kind}_id" in rows
    return rows[rows[f"{kind}_id" if is_coded else kind] == target["scope" if is_coded else "scope_name"]]


def with_share(target: Row, ledgers: Ledgers, day: pd.Timestamp) -> Row:
    """Return a target with what is done of all, and for dredging the day of the reports that this rests on."""
    rows = share_rows(ledgers, target, day)
    done, total = (float(rows[c].astype(float).sum(min_count=1)) for c in SHARES[target["metric"]][:2])
    found = target | {"done": done, "total": total, "actual": 100 * done / total if total else float("nan")}
    if target["metric"] != "dredging_progress" or rows["rate"].isna().all():
        return found
    going = rows[rows["rate"] < 100]
    in_time = going[~going["is_waiting"]]
    judged = rows["judged_on"].max() if in_time.empty else in_time["judged_on"].min()
    return found | {"judged_on": judged, "is_waiting": len(going) > 0 and in_time.empty}


def with_amount(target: Row, ledgers: Ledgers, day: pd.Timestamp) -> Row:
    """Return a target with the money of its period: of projects that signed in it, or that they received in it.

    Where the ledger has no row by the day nothing is known, which is not 0.
    """
    if target["metric"] in ("razed_area", "renovated_area"):
        found = area_of_target(ledgers, str(target["metric"]), target, day)
        return target | {"total": float("nan"), "actual": found["done"]} | found
    projects = investment.projects_on(ledgers, day)
    projects = projects[projects["is_contracted"]]
    if target["scope_kind"] == "unit":
        owners = ledgers["investment_project"].set_index("project_id")["owner"]
        projects = projects[projects.index.map(owners) == target["scope"]]
    if target["scope_kind"] == "project":
        projects = projects[projects.index == target["scope"]]
    if target["metric"] == "funds_in_place":
        receipts = rows_by(ledgers["funding"], "received_on", day)
        receipts = receipts[receipts["received_on"].between(target["period_start"], target["period_end"])]
        is_counted = receipts["is_verified"].eq(True) & receipts["project_id"].isin(projects.index)
        done = receipts.loc[is_counted, "amount"].sum()
        told = rows_by(ledgers["funding"], "received_on", day)
    else:
        signed = projects["signed_on"].between(target["period_start"], target["period_end"])
        done = projects.loc[signed, "investment"].sum()
        told = rows_by(ledgers["stage_event"], "entered_on", day)
    done = done if len(told) else float("nan")
    return target | {"done": done, "total": float("nan"), "actual": done}


@recomputes("target_progress", "target_id")
@cache
def target_progress(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Actual ÷ target of what counts for each metric and part, against the time over; a level against itself."""
    rows = []
    for asked in (*street_targets(ledgers, day), *part_targets(ledgers, day)):
        is_level = asked["metric"] in LEVELS if pd.isna(asked["is_level"]) else bool(asked["is_level"])
        basis = "按日" if pd.isna(asked["time_basis"]) else asked["time_basis"]
        known = asked | {"judged_on": day, "is_waiting": False, "is_level": is_level, "time_basis": basis}
        known = (with_share if asked["metric"] in SHARES else with_amount)(
            known | {"target": asked["value"]}, ledgers, day
        )
        left = float("nan") if is_level else (asked["period_end"] - day).days
        rows.append(known | {"elapsed_rate": elapsed(known, ledgers, known["judged_on"]), "days_left": left})
    found = pd.DataFrame(rows, columns=["metric", "period_start", "period_end", "owner", *TARGET_COLUMNS])
    rate = percent(found["actual"].astype(float), found["target"].astype(float))
    is_kept = found["is_level"].eq(True) & rate.notna()
    gap = (found["actual"] - found["target"]).where(is_kept, rate - found["elapsed_rate"]).astype(float)
    return found.assign(rate=rate, gap=gap, owner=found["owner"].astype(object))
