"""Forecasts of signing as rows: how each project stands, and the range of one day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.demolition.signing_forecast import (
    Forecast,
    SigningCurve,
    Stage,
    chances_after,
    completion_chances,
    forecast_signing,
    late_projects,
    late_stage,
)
from analytics.rows import Row, grouped_rows, rows_as_table
from data.standards.thresholds import thresholds

COLUMNS = (
    "project outlook probability low median high signed households households_left days_left days_past p50_on p80_on "
    "needed_per_day pace_per_day past_share past_projects past_needed is_weak late_projects late_share horizon "
    "sign_end project_id"
)
CURVE_COLUMNS = "project on_date low median high low_rate median_rate high_rate households project_id"
SHARES = ("probability", "needed_per_day", "pace_per_day", "past_share", "late_share")
COUNTS = ("low", "median", "high", "days_left", "days_past", "late_projects")


@dataclass(frozen=True, slots=True)
class Project:
    """A project as of a day: its row of the query and its curve; `today` is the number of the day."""

    row: Row
    curve: SigningCurve
    today: int

    @property
    def is_past(self) -> bool:
        return self.today > self.curve.window

    @property
    def left(self) -> int:
        return int(self.row["households"]) - int(self.row["signed"])


def _signing_curve(rows: pd.DataFrame, today: int) -> SigningCurve:
    """Return the curve of one project; what was signed before its first day counts on it."""
    first = rows.iloc[0]
    known = rows[rows["day_number"].notna()]
    days = np.clip(known["day_number"].to_numpy(int), 0, today)
    changes = np.bincount(days, known["change"].to_numpy(float), today + 1)
    written = first["reward_days"]
    rewards = tuple(int(day) for day in written.split(",")) if isinstance(written, str) else ()
    return SigningCurve(int(first["households"]), int(first["last_day"]), np.cumsum(changes), rewards)


def projects_of(rows: pd.DataFrame) -> list[Project]:
    """Return the projects of the rows of the query, in their order."""
    found = []
    for _, group in grouped_rows(rows, "project_id"):
        today = int(group["today"].iloc[0])
        row = {str(name): value for name, value in group.iloc[0].items()}
        found.append(Project(row, _signing_curve(group, today), today))
    return found


def past_curves(projects: list[Project]) -> list[SigningCurve]:
    """Return the curves of the projects whose deadline has passed and that have households."""
    return [project.curve for project in projects if project.is_past and project.curve.households > 0]


def running_forecast(project: Project, past: list[SigningCurve], needed: float) -> Forecast | None:
    """Return the forecast of a project that runs and has households left, None of too few past projects."""
    if project.is_past or not project.left or len(past) < needed:
        return None
    return forecast_signing(past, project.curve, project.today)


def _late_stage(project: Project, past: list[SigningCurve], rules: dict[str, float]) -> tuple[int, Stage | None]:
    """Return how many past projects were as late as this one with households left, and what came after, if enough."""
    days_late = max(0, project.today - project.curve.window)
    others = [curve for curve in past if curve is not project.curve]
    horizon = int(rules["forecast_horizon_days"])
    late = late_projects(others, days_late, horizon)
    enough = len(late) >= rules["past_projects_needed"]
    return len(late), late_stage(late, days_late, horizon) if enough else None


def _first_day(chances: list[float], wanted: float) -> int | None:
    """Return the number of the first day, from 1 on, by which the chance is at least what is wanted."""
    return next((number for number, chance in enumerate(chances, 1) if chance >= wanted), None)


def _completion_days(project: Project, found: Forecast | None, late: Stage | None) -> Row:
    """Return the days by which all have signed with a chance of one half and of four fifths, where there are any."""
    chances = completion_chances(found.stage, found.left) if found else []
    if late:
        chances += chances_after(found, late) if found else completion_chances(late, project.left)
    if not project.left or not (found or late):
        return {"p50_on": None, "p80_on": None}
    today = project.row["sign_start"] + timedelta(days=project.today)
    ahead = {"p50_on": _first_day(chances, 0.5), "p80_on": _first_day(chances, 0.8)}
    return {name: None if days is None else today + timedelta(days=days) for name, days in ahead.items()}


def _outlook(project: Project, found: Forecast | None) -> str:
    if not project.left:
        return "全部签完"
    if project.is_past:
        return "已逾期"
    return "有预测" if found else "样本不足"


def _deadline_counts(found: Forecast | None) -> Row:
    """Return the chance of all by the deadline and the range of the count there."""
    if found is None:
        return dict.fromkeys(("probability", "low", "median", "high", "past_share"))
    low, median, high = found.at_deadline()
    chance, share = 100 * found.probability, 100 * found.past_share
    return {"probability": chance, "low": low, "median": median, "high": high, "past_share": share}


def _forecast_row(project: Project, past: list[SigningCurve], rules: dict[str, float]) -> Row:
    found = running_forecast(project, past, rules["past_projects_needed"])
    late_count, late = _late_stage(project, past, rules)
    days_left = project.curve.window - project.today
    others, firm = sum(curve is not project.curve for curve in past), rules["forecast_firm_projects"]
    is_late = late is not None and bool(project.left) and project.is_past
    return {
        **{name: project.row[name] for name in ("project", "project_id", "signed", "households", "sign_end")},
        **{"outlook": _outlook(project, found), "households_left": project.left, "days_left": max(0, days_left)},
        **_deadline_counts(found),
        **_completion_days(project, found, late),
        **{"days_past": -days_left if days_left < 0 and project.left else None, "past_projects": others},
        **{"needed_per_day": project.left / days_left if days_left > 0 else None},
        **{"pace_per_day": project.row["pace_per_day"], "past_needed": int(rules["past_projects_needed"])},
        "is_weak": (found is not None and others < firm) or (is_late and late_count < firm),
        **{"late_projects": late_count, "late_share": late and 100 * late.share},
        "horizon": late and len(late.time_shares),
    }


def signing_forecast(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return what is to be expected of each project: late ones first, then those whose deadline is the nearest."""
    rules, projects = thresholds(as_of), projects_of(rows)
    past = past_curves(projects)
    found = [_forecast_row(project, past, rules) for project in projects]
    found.sort(key=lambda row: (row["households_left"] == 0, -(row["days_past"] or 0), row["days_left"]))
    table = rows_as_table(found, COLUMNS)
    dates = dict.fromkeys(("p50_on", "p80_on", "sign_end"), "datetime64[us]")
    return table.astype(dict.fromkeys(SHARES, float) | dict.fromkeys((*COUNTS, "horizon"), "Int64") | dates)


def _curve_rows(project: Project, found: Forecast) -> list[Row]:
    """Return the range of the count of signed households on the day and on each day up to the deadline."""
    households, rows = project.curve.households, []
    for ahead in range(len(found.stage.time_shares) + 1):
        counts = dict(zip(("low", "median", "high"), found.counts_on(ahead), strict=True))
        rates = {f"{name}_rate": 100 * count / households for name, count in counts.items()}
        on_date = project.row["sign_start"] + timedelta(days=project.today + ahead)
        names = {name: project.row[name] for name in ("project", "project_id", "households")}
        rows.append({**names, "on_date": on_date, **counts, **rates})
    return rows


def forecast_curve(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the range of each project with a forecast, day by day until its deadline."""
    needed, projects = thresholds(as_of)["past_projects_needed"], projects_of(rows)
    past = past_curves(projects)
    found = [(project, running_forecast(project, past, needed)) for project in projects]
    table = rows_as_table([row for project, one in found if one for row in _curve_rows(project, one)], CURVE_COLUMNS)
    return table.astype({"on_date": "datetime64[us]"})
