"""招商项目 that are stuck and days that slipped, worked out again project by project."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.frames import rows_by
from tests.recomputed.funnel import came_to, courses, time_in_stage
from tests.recomputed.investment import land_overdue, projects_on

Row = dict[str, Any]
PUSHED_OFTEN = 3  # chosen by the house: a day that was moved three times is no longer believed
EXPECTED = {
    "预计签约日期": ("expected_sign_on", "正式签约"),
    "预计开工日期": ("expected_start_on", "开工"),
    "预计投产日期": ("expected_production_on", "投产纳统"),
}
DAYS = ("days_in_stage", "p85_days", "days_over", "days_overdue", "days_missed", "days_since_contact", "days_stuck")
COLUMNS = (
    "project_id project stage entered_on days_in_stage p85_days days_over days_overdue expected expected_on "
    "days_missed "
    "pushes contacted_on days_since_contact difficulty reasons days_stuck is_stuck is_ended signed_on investment "
    "received "
    "unverified rate"
)


def expected_days(changes: pd.DataFrame, registered: pd.Timestamp, day: pd.Timestamp) -> Row:
    """Return an expected day as first written and as it stood on the day, and how often it was moved later by then.

    `changes` are those of one kind of one project.
    """
    in_order = changes.sort_values(["changed_on", "change_id"])
    done, later = in_order[in_order["changed_on"] <= day], in_order[in_order["changed_on"] > day]
    pushes = int((done["new_day"] > done["old_day"]).sum())
    if len(done):
        first, last = done.iloc[0], done.iloc[-1]
        begun = first["new_day"] if pd.isna(first["old_day"]) else first["old_day"]
        known = {"changed_on": last["changed_on"]}
        return known | {"first_on": begun, "newest_on": last["new_day"], "pushes": pushes}
    stood = later.iloc[0]["old_day"] if len(later) else registered
    return {"changed_on": pd.NaT, "first_on": stood, "newest_on": stood, "pushes": 0}


def all_expected_days(ledgers: Ledgers, day: pd.Timestamp) -> dict[tuple[str, str], Row]:
    """Return the three expected days of every project, by its code and their kind."""
    changes, ways = ledgers["project_change"], courses(ledgers, day)
    found = {}
    for project in ledgers["investment_project"].to_dict("records"):
        code = project["project_id"]
        for kind, (column, stage) in EXPECTED.items():
            own = changes[(changes["project_id"] == code) & (changes["changed"] == kind)]
            came = came_to(ways[code], stage)
            row = expected_days(own, project[column], day) | {"project": project["name"], "reached_on": came}
            found[code, kind] = row
    return found


@recomputes("slippage", "project_id", "changed")
def slippage(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Follow the expected days of every project through its changes."""
    rows = [
        {"project_id": code, "changed": kind, "is_pushed_often": row["pushes"] >= PUSHED_OFTEN} | row
        for (code, kind), row in all_expected_days(ledgers, day).items()
        if pd.notna(row["first_on"]) or pd.notna(row["newest_on"])
    ]
    columns = "project_id changed project first_on newest_on days_moved pushes is_pushed_often reached_on changed_on"
    table = pd.DataFrame(rows, columns=columns.split())
    dates = dict.fromkeys(["first_on", "newest_on", "reached_on", "changed_on"], "datetime64[ns]")
    table = table.astype(dates)
    return table.assign(days_moved=(table["newest_on"] - table["first_on"]).dt.days.astype(float))


def next_expected(project: Row, came: dict[str, bool]) -> str:
    """Return the kind of day that is expected next of a project."""
    if pd.isna(project["signed_on"]):
        return "预计签约日期"
    return "预计开工日期" if project["track"] == "供地类" and not came["开工"] else "预计投产日期"


def newest_difficulty(difficulties: pd.DataFrame, day: pd.Timestamp) -> str | None:
    """Return the newest difficulty of a project that is open on the day; those without a date are the oldest."""
    is_open = ~(difficulties["opened_on"] > day) & ~(difficulties["closed_on"] <= day)
    found = difficulties[is_open].sort_values(["opened_on", "difficulty_id"], na_position="first")
    return str(found.iloc[-1]["difficulty"]) if len(found) else None


def reasons_of(row: Row) -> dict[str, float]:
    """Return why a project is stuck, each reason with its days."""
    if row["is_ended"]:
        return {}
    days = {
        "用地超期": row["days_overdue"],
        "暂停": row["days_in_stage"] if row["stage"] == "暂停" else None,
        "超过本阶段常见天数": row["days_over"],
        "错过预计日期": row["days_missed"],
    }
    told = {reason: float(found) for reason, found in days.items() if found is not None and pd.notna(found)}
    pushed = row["pushes"] is not None and row["pushes"] >= PUSHED_OFTEN
    return told | ({"反复推迟": float("nan")} if pushed else {})


@recomputes("stuck_projects", "project_id")
def stuck_projects(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Say of every project what holds it up."""
    projects, ways, days = projects_on(ledgers, day), courses(ledgers, day), all_expected_days(ledgers, day)
    usual = time_in_stage(ledgers, day).set_index("stage")["p85_days"].to_dict()
    land = land_overdue(ledgers, day)
    late = land[land["exempt_reason"].isna()].groupby("project_id")["days_overdue"].max().to_dict()
    held = rows_by(ledgers["investment_activity"], "held_on", day).groupby("project_id")["held_on"].max().to_dict()
    difficulties = ledgers["project_difficulty"]
    rows = []
    for code, project in zip(projects.index, projects.to_dict("records"), strict=True):
        ended = project["stage"] in ("投产纳统", "终止")
        kind = next_expected(project, {"开工": came_to(ways[code], "开工") is not None})
        expected = days[code, kind]
        there = (day - project["entered_on"]).days if pd.notna(project["entered_on"]) else None
        most = None if ended or pd.isna(project["stage"]) else usual.get(project["stage"])
        most = None if most is None or pd.isna(most) else float(most)
        has_day = not ended and pd.notna(expected["newest_on"])
        contacted = held.get(code, pd.NaT)
        row = {
            **project,
            "project_id": code,
            "days_in_stage": there,
            "p85_days": most,
            "days_over": there - most if most is not None and there is not None and there > most else None,
            "days_overdue": late.get(code),
            "expected": None if ended else kind,
            "expected_on": expected["newest_on"] if has_day else pd.NaT,
            "days_missed": (day - expected["newest_on"]).days if has_day and expected["newest_on"] < day else None,
            "pushes": expected["pushes"] if has_day else None,
            "contacted_on": contacted,
            "days_since_contact": (day - contacted).days if pd.notna(contacted) else None,
            "difficulty": newest_difficulty(difficulties[difficulties["project_id"] == code], day),
            "is_ended": ended,
        }
        told = reasons_of(row)
        known = [length for length in told.values() if pd.notna(length)]
        rows.append(
            row | {"reasons": ",".join(told) or None, "is_stuck": bool(told), "days_stuck": max(known, default=None)}
        )
    numbers = [*DAYS, "pushes"]
    table = pd.DataFrame(rows, columns=COLUMNS.split())
    dates = ["entered_on", "expected_on", "contacted_on", "signed_on"]
    return table.astype(dict.fromkeys(numbers, float) | dict.fromkeys(dates, "datetime64[ns]"))
