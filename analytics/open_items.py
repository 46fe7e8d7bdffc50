"""Everything that is open in the three lines of work, under one definition: what, whose, since when, until when."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from analytics.demolition.legal_clocks import OVERDUE as STEP_OVERDUE
from analytics.metrics.model import ComputeDependency
from analytics.status import DONE, NO_DATA, OVERDUE
from data.words import LATE, TO_BE_DONE

COLUMNS = (
    "stream kind item scope_name matter light owner owner_kind village chief since due_on days_left days gap is_level "
    "judged_on note item_id village_id chief_id project_id"
)
WORK, PROJECT, TARGET, PLANT, PETITION, PARCEL, STUCK, STEP, *_ = (word.value for word in TO_BE_DONE)
LEAD_UNIT, VILLAGE, ON_PLAN = "牵头单位", "村社", "正常"
DAYS, NUMBERS = ("since", "due_on", "judged_on"), ("days_left", "days", "gap")
ONE_DAY = pd.Timedelta(days=1)


def open_items(rows: pd.DataFrame, as_of: date | None, compute_dependency: ComputeDependency) -> pd.DataFrame:
    """Return all that is open: what is longest past its deadline, then what is behind, without one, due next.

    `rows` are what the ledgers say of what may be open; whether works, projects, plants and petitions are is told by
    their own metrics, which add what the ledgers do not name: targets, parcels, stuck projects, steps of the law.
    """
    asked = {
        name: compute_dependency(name).rows
        for name in ("plan_lights", "plant_run", "petition_list", "land_clocks", "stuck_projects", "legal_clocks")
    }
    judged_elsewhere = rows["kind"].isin([WORK, PROJECT, PLANT, PETITION])
    parts = [
        rows[~judged_elsewhere],
        *_planned_items(rows, asked["plan_lights"]),
        _standing_plants(rows, asked["plant_run"]),
        _open_petitions(rows, asked["petition_list"]),
        _late_parcels(asked["land_clocks"]),
        _stuck_projects(asked["stuck_projects"]),
        _legal_steps(asked["legal_clocks"]),
    ]
    found = pd.concat([part.astype(object) for part in parts if len(part)] or [rows.astype(object)], ignore_index=True)
    found = _typed_columns(found.reindex(columns=COLUMNS.split()))
    has_begun = found["since"].isna() | (found["since"] <= pd.Timestamp(as_of))
    return _worst_first(_with_days(found[has_begun], as_of))


def _known_of(rows: pd.DataFrame, kind: str, told: pd.DataFrame) -> pd.DataFrame:
    """Return what the ledgers say of the items of a kind that another metric tells as open, with what it says."""
    unsaid = [name for name in rows if name == "item_id" or name not in told]
    of_kind = rows.loc[rows["kind"] == kind, unsaid]
    return of_kind.merge(told, on="item_id")


def _planned_items(rows: pd.DataFrame, lights: pd.DataFrame) -> list[pd.DataFrame]:
    """Return works and demolition projects that are not done, and targets that are not reached, with their lights.

    A level that is kept is reached, as long as it is.
    """
    is_kept = lights["is_level"].astype(bool) & (lights["light"] == ON_PLAN)
    still_open = lights[(lights["light"] != DONE) & ~is_kept]
    told = still_open[["item_id", "light", "gap", "is_level", "judged_on", "ends_on"]].rename(
        columns={"ends_on": "due_on"}
    )
    of_ledgers = [_known_of(rows, kind, told[still_open["kind"] == kind]) for kind in (WORK, PROJECT)]
    targets = still_open[still_open["kind"] == TARGET].rename(columns={"ends_on": "due_on"})
    return [*of_ledgers, _with_part(targets)]


def _with_part(targets: pd.DataFrame) -> pd.DataFrame:
    """Return targets with the village that one is of; who acts without a lead unit is that village, or the unit."""
    name, of_village = targets["scope_name"], targets["scope_kind"] == "village"
    of_itself = of_village | (targets["scope_kind"] == "unit")
    return targets.assign(
        village=name.where(of_village), village_id=targets["scope"].where(of_village),
        owner_kind=np.where(targets["owner"].isna() & of_village, VILLAGE, LEAD_UNIT),
        owner=targets["owner"].where(targets["owner"].notna() | ~of_itself, name),
    )  # fmt: skip


def _standing_plants(rows: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    standing = runs[runs["idle_since"].notna()]
    names = {"plant_id": "item_id", "idle_since": "since", "run_state": "matter"}
    return _known_of(rows, PLANT, standing[[*names, "note"]].rename(columns=names))


def _open_petitions(rows: pd.DataFrame, petitions: pd.DataFrame) -> pd.DataFrame:
    still_open = petitions[~petitions["is_closed"].astype(bool)]
    return _known_of(rows, PETITION, still_open[["petition_id", "due_on"]].rename(columns={"petition_id": "item_id"}))


def _late_parcels(parcels: pd.DataFrame) -> pd.DataFrame:
    """Return the parcels in breach: past their agreed start, or idle by the law."""
    late = parcels[parcels["is_breach"].astype(bool)]
    is_past = late["days_overdue"].notna()
    return late.assign(
        stream="investment", kind=PARCEL, item=late["project"], item_id=late["parcel_id"], matter=late["band"],
        owner_kind=LEAD_UNIT, since=late["agreed_start_on"].where(is_past, late["stopped_on"]),
        due_on=late["agreed_start_on"].where(is_past),
    )  # fmt: skip


def _stuck_projects(projects: pd.DataFrame) -> pd.DataFrame:
    stuck = projects[projects["is_stuck"].astype(bool)]
    return stuck.assign(
        stream="investment", kind=STUCK, item=stuck["project"], item_id=stuck["project_id"], matter=stuck["reasons"],
        owner_kind=LEAD_UNIT, since=stuck["entered_on"], due_on=stuck["expected_on"], note=stuck["difficulty"],
    )  # fmt: skip


def _legal_steps(steps: pd.DataFrame) -> pd.DataFrame:
    """Return the steps of the law that are overdue and not done, or that have to be done soon."""
    still_open = steps[(steps["state"] == STEP_OVERDUE) | steps["is_soon"].astype(bool)]
    # a step that has not begun has no code of its own: its project and its rule tell it apart
    code = still_open["step_id"].fillna(still_open["project_id"] + "·" + still_open["rule"])
    return still_open.assign(
        stream="demolition", kind=STEP, item=still_open["project"], item_id=code, matter=still_open["legal_step"],
        owner_kind=LEAD_UNIT, since=still_open["from_on"],
    )  # fmt: skip


def _with_days(items: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return items with the days since they began and until they are due, and a light for those without one.

    What has a deadline and no plan is past it or on plan; of what has neither nobody can say that it is late.
    """
    day = pd.Timestamp(as_of)
    left, since = (items["due_on"] - day) / ONE_DAY, (day - items["since"]) / ONE_DAY
    by_deadline = np.select([left < 0, left >= 0], [OVERDUE, ON_PLAN], NO_DATA)
    light = items["light"].where(items["light"].notna(), by_deadline)
    owner_kind = items["owner_kind"].where(items["owner"].notna(), None)
    return items.assign(days_left=left, days=since, light=light, owner_kind=owner_kind)


def _typed_columns(items: pd.DataFrame) -> pd.DataFrame:
    """Return items whose days are days and whose numbers are numbers, without any row too."""
    days = {name: pd.to_datetime(items[name]) for name in DAYS}
    numbers = {name: items[name].astype(float) for name in NUMBERS}
    return items.assign(**days, **numbers, is_level=items["is_level"].eq(True))


def _worst_first(items: pd.DataFrame) -> pd.DataFrame:
    """Return items in their order: by days over, by gap, by the days that they are open, by the days left."""
    place = items["light"].map(dict.fromkeys(LATE, 1) | {OVERDUE: 0, ON_PLAN: 3}).fillna(2)
    by = np.select([place == 1, place == 2], [items["gap"], -items["days"]], items["days_left"])
    order = items.assign(place=place, by=by)
    return order.sort_values(["place", "by", "since", "kind", "item_id"], ignore_index=True)[COLUMNS.split()]
