"""未办结事项 worked out again: what each line of work lists as open, and whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.clearance import buildings_on
from tests.recomputed.issues import issues_on
from tests.recomputed.land import land_clocks
from tests.recomputed.legal import item_states, legal_clocks
from tests.recomputed.overview import plan_lights
from tests.recomputed.persuasion import difficulties_on, petitions_on
from tests.recomputed.plants import plant_run
from tests.recomputed.playbook import day_of, half_of, tasks_on
from tests.recomputed.requests import requests_raised
from tests.recomputed.saving import leaks_by
from tests.recomputed.sources import outfalls_by, sources_by
from tests.recomputed.stuck import stuck_projects
from tests.recomputed.targets import target_progress

Row = dict[str, Any]
ROLES = ("第一责任人", "联系人", "警长", "督察长")
LEVELS = ("总河长", "副总河长", "街道级河长", "村级河长", "民间河长", "渠长", "塘长")
NUMBERS = ["days_left", "days", "gap"]
DAYS = ["since", "due_on"]
CODES = ["kind", "item_id", "scope_name", "owner", "owner_kind", "village_id", "chief_id", "light"]


def records(rows: pd.DataFrame) -> Iterator[Row]:
    """Yield rows with nothing for what is missing."""
    yield from rows.astype(object).where(rows.notna(), None).to_dict("records")


def in_office(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the duties of the chiefs that are in office on a day."""
    rows = ledgers["chief_duty"].merge(ledgers["chief"], on="chief_id")
    begun = (rows["valid_from"] <= day) & ~(rows["active_from"] > day)
    return rows[begun & ~(rows["valid_to"] < day) & ~(rows["active_to"] < day)]


def chiefs_of_rivers(ledgers: Ledgers, day: pd.Timestamp) -> dict[str, str]:
    """Return who answers for each river: by role, then by level, the whole river before a reach."""
    rows = in_office(ledgers, day)
    order = rows.assign(
        role=rows["role"].map({word: place for place, word in enumerate(ROLES)}).fillna(len(ROLES)),
        level=rows["level"].map(LEVELS.index),
        of_reach=rows["reach_id"].fillna(""),
    ).sort_values(["role", "level", "of_reach", "chief_id"])
    return order.drop_duplicates("river_id").set_index("river_id")["chief_id"].to_dict()


def water_items(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Row]:
    """Yield what is open of the water; `unit` is the one that its ledger names, with what it is there."""
    for row in records(issues_on(ledgers, day)):
        if not row["is_closed"]:
            yield row | {"kind": "河道问题", "item_id": row["issue_id"], "unit": row["handler"], "as": "承办单位",
                         "since": row["found_at"].normalize()}  # fmt: skip
    for kind, code, rows in (
        ("污染源", "source_id", sources_by(ledgers, day)),
        ("排口", "outfall_id", outfalls_by(ledgers, day)),
    ):
        for row in records(rows[~rows["is_closed"]]):
            yield row | {"kind": kind, "item_id": row[code], "unit": None, "as": None, "since": row["found_on"]}
    taps = ledgers["facility"].set_index("facility_id")
    leaks = leaks_by(ledgers, day)
    for row in records(leaks[~leaks["is_fixed"]]):
        tap = taps.loc[row["facility_id"]]
        yield {"kind": "漏水设施", "item_id": row["facility_id"], "unit": tap["keeper_unit"], "as": "管护单位",
               "village_id": tap["village_id"], "since": row["found_on"]}  # fmt: skip
    plants = ledgers["plant"].set_index("plant_id")
    runs = plant_run(ledgers, day)
    for row in records(runs[runs["idle_since"].notna()]):
        plant = plants.loc[row["plant_id"]]
        yield {"kind": "停运厂站", "item_id": row["plant_id"], "unit": plant["om_unit"], "as": "运维单位",
               "village_id": plant["village_id"], "river_id": plant["river_id"],
               "since": row["idle_since"]}  # fmt: skip


def demolition_items(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Row]:
    """Yield what is open of the demolition, projects aside."""
    buildings = buildings_on(ledgers, day)
    for row in records(buildings[~buildings["is_razed"]]):
        yield row | {
            "kind": "违法建筑",
            "item_id": row["violation_id"],
            "unit": None,
            "as": None,
            "since": row["found_on"],
        }
    villages = ledgers["household"].set_index("household_id")["village_id"]
    difficulties = difficulties_on(ledgers, day)
    for row in records(difficulties[~difficulties["is_closed"]]):
        yield row | {"kind": "住户难题", "item_id": row["difficulty_id"], "unit": row["department"], "as": "承办单位",
                     "village_id": villages[row["household_id"]], "since": row["raised_on"]}  # fmt: skip
    owners = ledgers["demolition_project"].set_index("project_id")["owner"]
    petitions = petitions_on(ledgers, day)
    for row in records(petitions[~petitions["is_closed"]]):
        yield row | {"kind": "信访事项", "item_id": row["petition_id"], "unit": owners.get(row["project_id"]),
                     "as": "牵头单位", "since": row["received_on"]}  # fmt: skip
    due = ledgers["preparation_item"].set_index(["project_id", "preparation"])["due_on"]
    for project, item, state in item_states(ledgers, day):
        if state in ("逾期未完成", "未到期"):
            code = project["project_id"]
            known = [last for last in (due.get((code, item)), project["sign_start"]) if pd.notna(last)]
            yield {"kind": "签约准备", "item_id": f"{code}·{item}", "unit": project["owner"], "as": "牵头单位",
                   "due_on": min(known)}  # fmt: skip
    steps = legal_clocks(ledgers, day)
    if len(steps):
        for row in records(steps[(steps["state"] == "已逾期未办") | steps["is_soon"].eq(True)]):
            code = row["step_id"] or f"{row['project_id']}·{row['rule']}"
            yield {"kind": "法定节点", "item_id": code, "unit": owners.get(row["project_id"]), "as": "牵头单位",
                   "since": row["from_on"], "due_on": row["due_on"]}  # fmt: skip


def investment_items(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Row]:
    """Yield what is open of the investment."""
    requests = requests_raised(ledgers, day)
    for row in records(requests[~requests["is_closed"]]):
        yield {"kind": "企业诉求", "item_id": row["request_id"], "unit": row["department"], "as": "承办单位",
               "since": row["raised_at"].normalize(), "due_on": row["due_on"]}  # fmt: skip
    tasks = tasks_on(ledgers, day)
    for row in records(ledgers["playbook_task"]):
        if not tasks[row["task_id"]]["is_done"]:
            first = row["baseline_on"] or row["planned_on"]
            half = row["baseline_half"] if row["baseline_on"] else row["planned_half"]
            last = half_of(first, half) + max(tasks[row["task_id"]]["half_days"], 1) - 1
            yield {"kind": "宝典任务", "item_id": row["task_id"], "unit": row["owner"], "as": "责任人",
                   "since": min(first, row["planned_on"]), "due_on": day_of(last)}  # fmt: skip
    owners = ledgers["investment_project"].set_index("project_id")["owner"]
    parcels = land_clocks(ledgers, day)
    for row in records(parcels[parcels["is_breach"]]):
        is_past = row["days_overdue"] is not None
        yield {"kind": "供地地块", "item_id": row["parcel_id"], "unit": owners[row["project_id"]], "as": "牵头单位",
               "since": row["agreed_start_on"] if is_past else row["stopped_on"],
               "due_on": row["agreed_start_on"] if is_past else None}  # fmt: skip
    stuck = stuck_projects(ledgers, day)
    for row in records(stuck[stuck["is_stuck"]]):
        yield {"kind": "卡点项目", "item_id": row["project_id"], "unit": owners[row["project_id"]], "as": "牵头单位",
               "since": row["entered_on"], "due_on": row["expected_on"]}  # fmt: skip


def planned_items(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Row]:
    """Yield the works, demolition projects and targets that are not done, with their lights."""
    lights = plan_lights(ledgers, day)
    works, projects = ledgers["work"].set_index("work_id"), ledgers["demolition_project"].set_index("project_id")
    targets = target_progress(ledgers, day)
    targets = targets.set_index("target_id" if "target_id" in targets else "metric")
    of_kind = {"工程": (works, "start_on"), "征迁项目": (projects, "sign_start"), "目标": (targets, "")}
    is_reached = lights["light"].eq("已完成") | (lights["light"].eq("正常") & lights["is_level"].eq(True))
    for row in records(lights[~is_reached]):
        ledger, start = of_kind[row["kind"]]
        known = ledger.loc[row["item_id"]]
        kind = known.get("scope_kind") if row["kind"] == "目标" else None
        own_unit = known["scope"] if kind == "unit" else None
        yield {"village_id": known["scope"] if kind == "village" else None, "scope_name": row["scope_name"],
               "kind": row["kind"], "item_id": row["item_id"], "unit": known["owner"] or own_unit,
               "as": "牵头单位", "river_id": known.get("river_id"), "since": known.get(start), "due_on": row["ends_on"],
               "light": row["light"], "gap": row["gap"]}  # fmt: skip


def with_owner(row: Row, ledgers: Ledgers, day: pd.Timestamp, rivers: dict[str, str]) -> Row:
    """Return an item with who acts: its unit, the chief of its issue or of its river, its village."""
    chiefs = ledgers["chief"].set_index("chief_id")
    own = row.get("chief_id")
    if own is not None and not (chiefs.loc[own, "active_from"] > day or chiefs.loc[own, "active_to"] < day):
        chief = own
    else:
        chief = rivers.get(str(row.get("river_id")))
    villages = ledgers["village"].set_index("village_id")["name"]
    village = row.get("village_id") if pd.notna(row.get("village_id")) else None
    answers = [(row["unit"], row["as"]), (chiefs["post"].get(chief), "河长"), (villages.get(village), "村社")]
    owner, owner_kind = next(((name, kind) for name, kind in answers if pd.notna(name)), (None, None))
    return row | {"owner": owner, "owner_kind": owner_kind, "chief_id": chief, "village_id": village}


def with_days(row: Row, day: pd.Timestamp) -> Row:
    """Return an item with its days and, where it has no plan, the light of its deadline."""
    left, since = ((row[name] - day).days if pd.notna(row.get(name)) else None for name in ("due_on", "since"))
    by_deadline = "无数据" if left is None else "已逾期" if left < 0 else "正常"
    days = None if since is None else -since
    return row | {"days_left": left, "days": days, "light": row.get("light") or by_deadline}


@recomputes("open_items", "kind", "item_id", "since", "due_on")
def open_items(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """List all that is open, a row each; what begins after the day is not there yet."""
    rivers = chiefs_of_rivers(ledgers, day)
    parts = (water_items, demolition_items, investment_items, planned_items)
    rows = [with_days(with_owner(row, ledgers, day, rivers), day) for part in parts for row in part(ledgers, day)]
    found = pd.DataFrame(rows, columns=[*CODES, *DAYS, *NUMBERS])
    found = found.astype(dict.fromkeys(NUMBERS, float) | dict.fromkeys(DAYS, "datetime64[ns]"))
    return found[~(found["days"] < 0)]
