"""Signing by floor area, by group and by reward period, and where two ledgers disagree, worked out again."""

from __future__ import annotations

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.demolition import SIGNED_STEP, STEPS, households_on, projects_on
from tests.recomputed.frames import percent, rows_by

VACATED, RAZED, DELIVERED = (STEPS.index(step) for step in ("已腾空", "已拆除", "已交付"))


@recomputes("signing_by_area", "project_id")
def signing_by_area(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Lawful area signed ÷ the greater of the declared and the registered area."""
    projects, households = projects_on(ledgers, day), households_on(ledgers, day)
    groups = households.groupby("project_id")
    registered = groups["legal_area"].sum(min_count=1).reindex(projects.index)
    signed_area = households["legal_area"].where(households["signed"], 0).groupby(households["project_id"]).sum()
    area = pd.concat([registered, projects["floor_area_total"].astype(float)], axis=1).max(axis=1)
    area_signed = signed_area.reindex(projects.index).where(registered.notna())
    without = households["legal_area"].isna().groupby(households["project_id"]).sum()
    return (
        projects[["project", "signed", "households", "rate", "floor_area_total"]]
        .assign(
            area_signed=area_signed,
            area=area,
            area_rate=percent(area_signed, area),
            registered_area=registered,
            without_area=without.reindex(projects.index, fill_value=0),
            unregistered=projects["households"] - projects["registered"],
        )
        .reset_index()
    )


def group_figures(rows: pd.DataFrame) -> pd.Series[float]:
    """Return the figures of the households of one group."""
    area = rows["legal_area"].sum(min_count=1)
    area_signed = rows["legal_area"].where(rows["signed"], 0).sum() if rows["legal_area"].notna().any() else None
    reached = {name: (rows["step"] >= step).sum() for name, step in
               (("vacated", VACATED), ("razed", RAZED), ("delivered", DELIVERED))}  # fmt: skip
    return pd.Series(
        {
            "signed": rows["signed"].sum(),
            "households": len(rows),
            "area_signed": area_signed,
            "area": area,
            "without_area": rows["legal_area"].isna().sum(),
            **reached,
        }
    )


@recomputes("signing_breakdown", "project_id", "dimension", "group_name")
def signing_breakdown(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Households by block, village and team, with those without a group and those not registered."""
    projects, households = projects_on(ledgers, day), households_on(ledgers, day)
    households = households[households["project_id"].isin(projects.index)]
    villages = ledgers["village"].set_index("village_id")["name"]
    teams = ledgers["demolition_team"].set_index("team_id")["name"]
    names = {
        "片区": households["block"],
        "村社": households["village_id"].map(villages),
        "小组": households["team_id"].map(teams),
    }
    rows = []
    for dimension, name in names.items():
        keys = [households["project_id"], name.astype(object).where(name.notna(), f"未写{dimension}")]
        for (code, group), part in households.groupby(keys):
            figures = group_figures(part)
            rows.append({"project_id": code, "dimension": dimension, "group_name": group, "is_unregistered": False}
                        | figures.to_dict())  # fmt: skip
        for code, short in (projects["households"] - projects["registered"]).items():
            if short:
                rows.append(
                    {"project_id": code, "dimension": dimension, "group_name": "未登记", "is_unregistered": True}
                    | dict.fromkeys(("signed", "vacated", "razed", "delivered"), 0)
                    | {"households": short, "without_area": short}
                )
    found = pd.DataFrame(rows).astype({"area": float, "area_signed": float})
    found = found.rename(columns={"households": "group_households"})
    return found.assign(
        rate=percent(found["signed"], found["group_households"]),
        households_left=found["group_households"] - found["signed"],
        area_rate=percent(found["area_signed"], found["area"]),
    )


@recomputes("reward_countdown", "project_id", "sequence")
def reward_countdown(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Reward periods with the days to their end, who signed in them, and who would lose the running ones."""
    projects, households = projects_on(ledgers, day), households_on(ledgers, day)
    left = (~households["signed"]).groupby([households["project_id"], households["block"]]).sum()
    one_short = (left == 1).groupby("project_id").sum()
    rows = []
    for _, period in ledgers["incentive_period"].iterrows():
        if period["project_id"] not in projects.index:
            continue
        project = projects.loc[period["project_id"]]
        own = households[households["project_id"] == period["project_id"]]
        running = period["starts_on"] <= day <= period["ends_on"]
        rows.append(
            {
                "project_id": period["project_id"],
                "sequence": period["sequence"],
                "project": project["project"],
                "period_state": "进行中" if running else "已结束" if period["ends_on"] < day else "未开始",
                "days_left": (period["ends_on"] - day).days if running else None,
                "households_at_risk": project["households_left"] if running else None,
                "blocks_one_short": one_short.get(period["project_id"], 0) if running else None,
                "signed": own["signed_on"].between(period["starts_on"], period["ends_on"]).sum(),
                "households": project["households"],
            }
        )
    columns = ["days_left", "households_at_risk", "blocks_one_short"]
    return pd.DataFrame(rows).astype(dict.fromkeys(columns, float))


@recomputes("household_differences", "project_id", "household_id", "difference")
def household_differences(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """The households whose agreements and statuses disagree, a row for each disagreement."""
    projects, households = projects_on(ledgers, day), households_on(ledgers, day)
    households = households[households["project_id"].isin(projects.index)]
    events = rows_by(ledgers["status_event"], "on_date", day)
    surveyed, vacated = (
        events[events["status"] == status].groupby("household_id")["on_date"].min().reindex(households.index)
        for status in ("已摸底", "已腾空")
    )
    first = rows_by(ledgers["agreement"], "signed_on", day).groupby("household_id")["signed_on"].min()
    first, signed, step = first.reindex(households.index), households["signed"], households["step"]
    kinds = {
        "已腾空而没有协议": ~signed & (step >= VACATED),
        "状态已签约而没有协议": ~signed & (step >= SIGNED_STEP) & (step < VACATED),
        "有协议而状态未到签约": signed & (step < SIGNED_STEP),
        "腾空早于签约": signed & (vacated < first),
        "签约早于摸底": first < surveyed,
    }
    shown = households.assign(surveyed_on=surveyed, vacated_on=vacated).reset_index()
    shown = shown[["project_id", "household_id", "signed_on", "surveyed_on", "vacated_on"]]
    parts = [shown[flag.to_numpy()].assign(difference=kind) for kind, flag in kinds.items()]
    return pd.concat(parts, ignore_index=True)
