"""Operations of the demolition teams: who was there, whether anybody was hurt, and whether any was out of hours.

行政强制法 art. 43 forbids enforcement at night and on 法定节假日. Those are the days off that the State Council gives
notice of, with the days moved for them; a plain weekend is 休息日 and counted beside, as the law does not name it.
"""

from __future__ import annotations

import re
from datetime import date

import pandas as pd

from analytics.rows import Row, grouped_rows, rows_as_table
from analytics.working_time import has_public_holiday, is_plain_weekend
from data.standards.thresholds import thresholds

FORCE, WEEKEND = "强拆", 5  # the weekday of Saturday
COLUMNS = (
    "kind is_total operations razed_area area_unknown teams vehicles machines team_unknown departments "
    "departments_unknown accidents accidents_unknown forced forced_at_night forced_on_holiday forced_out_of_hours "
    "forced_on_weekend hour_unknown holiday_unknown at_night waste_cleared waste_known waste_rate period_from period_to"
)


def _at_hour(moments: pd.Series[pd.Timestamp], hour: float) -> pd.Series[pd.Timestamp]:
    """Return an hour of the day of each moment."""
    return moments.dt.normalize() + pd.Timedelta(hours=hour)


def _is_at_night(rows: pd.DataFrame, as_of: date | None) -> pd.Series[bool]:
    """Tell which operations began, went on or ended at night; where no hour is written, that is not known: false."""
    rules, start = thresholds(as_of), rows["started_at"]
    evening, morning = _at_hour(start, rules["night_from"]), _at_hour(start, rules["night_until"])
    return ((start < morning) | (start >= evening) | (rows["ended_at"] > evening)) & ~rows["hour_unknown"]


def judged_operations(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the operations with what is known of their hour and day: at night, on a public holiday, on a weekend."""
    start = rows["started_at"]
    timed = rows.assign(hour_unknown=start == start.dt.normalize(), is_forced=rows["kind"] == FORCE)
    holiday = has_public_holiday(start, rows["ended_at"].fillna(start))
    on_holiday = holiday.fillna(False).astype(bool)
    return timed.assign(
        at_night=_is_at_night(timed, as_of),
        on_holiday=on_holiday,
        holiday_unknown=holiday.isna(),
        on_weekend=is_plain_weekend(start) & ~on_holiday,
    )


def _department_names(listed: pd.Series[str]) -> str | None:
    """Return the departments that were there, each once, those named most often first."""
    names = [name for words in listed.dropna() for name in re.split(r"[、，,;；/\s]+", words) if name]
    return "、".join(pd.Series(names).value_counts().index) if names else None


def _sum_or_none(values: pd.Series[float]) -> float | None:
    """Return the sum of what is known, None where nothing is."""
    return float(values.sum()) if values.notna().any() else None


def _force_columns(group: pd.DataFrame) -> Row:
    """Return how many were by force, and how many of these at night, on holidays, on weekends or nobody knows when."""
    forced = group[group["is_forced"]]
    counted = ("at_night", "on_holiday", "on_weekend")
    return {
        "forced": len(forced),
        **{f"forced_{name}": int(forced[name].sum()) for name in counted},
        "forced_out_of_hours": int((forced["at_night"] | forced["on_holiday"]).sum()),
        **{name: int(forced[name].sum()) for name in ("hour_unknown", "holiday_unknown")},
        "at_night": int(group["at_night"].sum()),
    }


def _safety_row(group: pd.DataFrame) -> Row:
    """Return the figures of some operations: area, teams, departments, accidents, waste."""
    teams = group.dropna(subset=["team_id"]).drop_duplicates("team_id")
    cleared = group["is_waste_cleared"].dropna().astype(bool)
    return {
        "operations": len(group),
        "razed_area": _sum_or_none(group["razed_area"]),
        "area_unknown": int(group["razed_area"].isna().sum()),
        "teams": len(teams),
        **{name: _sum_or_none(teams[name]) for name in ("vehicles", "machines")},
        "team_unknown": int(group["team_id"].isna().sum()),
        "departments": _department_names(group["departments"]),
        "departments_unknown": int(group["departments"].isna().sum()),
        "accidents": _sum_or_none(group["accidents"]),
        "accidents_unknown": int(group["accidents"].isna().sum()),
        **_force_columns(group),
        "waste_cleared": int(cleared.sum()),
        "waste_known": len(cleared),
        "waste_rate": 100 * int(cleared.sum()) / len(cleared) if len(cleared) else None,
        "period_from": group["started_at"].min().normalize(),
        "period_to": group["started_at"].max().normalize(),
    }


def operations_safety(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the figures of all operations, then of each way to raze, those with most operations first."""
    if rows.empty:
        return rows_as_table([], COLUMNS)
    judged = judged_operations(rows, as_of)
    parts = [{**at, "is_total": False} | _safety_row(group) for at, group in grouped_rows(judged, "kind")]
    parts.sort(key=lambda row: -row["operations"])
    whole = {"kind": None, "is_total": True} | _safety_row(judged)
    numbers = ("razed_area", "vehicles", "machines", "accidents", "waste_rate")
    return rows_as_table([whole, *parts], COLUMNS).astype(dict.fromkeys(numbers, float))
