"""报送 worked out again, period by period: what was due, and the first batch that brought a row of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pandas as pd

from tests.recomputed import Ledgers, recomputes

DAYS_BACK = 365  # preset of this house
PERIODS = {"日报": "D", "周报": "W-SUN", "月报": "M"}
# the date columns of the ledgers that are due in the 示例 and the awkward ledgers
DATED = {
    **{"plant_daily": "on_date", "patrol": "start_at", "saving_activity": "held_on", "reading": "sampled_at"},
    **{"plant_sample": "sampled_at", "work_progress": "on_date", "issue": "found_at", "source": "found_on closed_on"},
    **{"stage_event": "entered_on", "funding": "received_on", "investment_activity": "held_on"},
    **{"firm_request": "raised_at closed_on reopened_on", "agreement": "signed_on", "visit": "visited_on"},
    **{"violation": "found_on razed_on reused_on", "renovation": "through_on"},
    **{"petition": "received_on notified_on closed_on", "household_difficulty": "raised_on closed_on"},
}
Row = dict[str, Any]


def periods(duty: Row, day: pd.Timestamp) -> Iterator[tuple[pd.Timestamp | None, pd.Timestamp | None]]:
    """Yield the first and the last day of each period of a duty; of what is reported as it happens one without."""
    if duty["frequency"] == "即报":
        if pd.isna(duty["ends_on"]) or duty["ends_on"] >= day:
            yield None, None
        return
    begin = max(duty["starts_on"], day - pd.Timedelta(days=DAYS_BACK))
    if begin <= day:
        for period in pd.period_range(begin, day, freq=PERIODS[duty["frequency"]]):
            if pd.isna(duty["ends_on"]) or period.end_time.normalize() <= duty["ends_on"]:
                yield period.start_time.normalize(), period.end_time.normalize()


def report(ledgers: Ledgers, duty: Row, first: Any, last: Any, day: pd.Timestamp) -> tuple[Any, Any]:
    """Return the day of the report of a period and its batch, nothing without one."""
    batches = ledgers["batch"][ledgers["batch"]["dataset"] == duty["dataset"]]
    found = [ledgers[duty["dataset"]][column].dt.normalize() for column in DATED[duty["dataset"]].split()]
    days = pd.concat(found).dropna()
    until = day if pd.isna(duty["ends_on"]) else min(day, duty["ends_on"])
    days = days[(days <= day) & days.between(first or duty["starts_on"], last or until)]
    if days.empty or batches.empty:
        return pd.NaT, None
    batch = batches.iloc[0]
    ends = day if last is None else last
    others = ledgers["reporting_duty"].query("starts_on <= @day and starts_on <= @ends")
    others = others[others["ends_on"].isna() | (others["ends_on"] >= ends)]
    if (
        (others["dataset"] == duty["dataset"]).sum() > 1
        and not batch["is_sample"]
        and batch["loaded_by"] not in (duty["unit"], duty["person"])
    ):
        return pd.NaT, None
    return (days.max() if batch["is_sample"] else batch["loaded_at"].normalize()), int(batch["batch_id"])


def state(due: Any, reported: Any, day: pd.Timestamp) -> str:
    """Return whether a report came, came late, is missing or is not due yet."""
    if pd.notna(reported):
        return "迟报" if pd.notna(due) and reported > due else "已报"
    return "未报" if pd.notna(due) and due < day else "未到期"


@recomputes("reporting_status", "dataset", "unit", "period_start")
@cache
def reporting_status(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Every duty that has begun, period by period."""
    rows = []
    for duty in ledgers["reporting_duty"].query("starts_on <= @day").to_dict("records"):
        for first, last in periods(duty, day):
            due = pd.NaT if last is None else last + pd.Timedelta(days=duty["due_within"])
            reported, batch = report(ledgers, duty, first, last, day)
            later, came_later = pd.NaT, bool(pd.notna(reported) and reported > day)
            if came_later:
                reported, batch, later = pd.NaT, None, reported
            known = {name: duty[name] for name in ("dataset", "unit", "frequency")}
            dates = {"period_start": first, "period_end": last, "due_on": due, "reported_on": reported}
            told = {"batch": batch, "report_state": state(due, reported, day), "came_later_on": later}
            rows.append(known | dates | told)
    columns = ["dataset", "unit", "frequency", "period_start", "period_end", "due_on", "reported_on", "came_later_on"]
    found = pd.DataFrame(rows, columns=[*columns, "batch", "report_state"])
    days = dict.fromkeys(["period_start", "period_end", "due_on", "reported_on", "came_later_on"], "datetime64[ns]")
    found = found.astype(days | {"batch": float})
    return found.assign(is_outstanding=found.index.isin(list(outstanding_rows(found, day))))


def outstanding_rows(rows: pd.DataFrame, day: pd.Timestamp) -> Iterator[Any]:
    """Yield the index of each period that fell due and has not come, back from the last one of its duty."""
    for _, own in rows[rows["due_on"] < day].groupby(["dataset", "unit"]):
        for place, row in own.sort_values("due_on", ascending=False).iterrows():
            if row["report_state"] != "未报" or pd.notna(row["came_later_on"]):
                break
            yield place


@recomputes("reporting_by_unit", "unit")
def reporting_by_unit(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """How many fell due this month by the day, and how they came."""
    rows = reporting_status(ledgers, day)
    rows = rows[rows["due_on"].between(day.replace(day=1), day) & (rows["report_state"] != "未到期")]
    states = {"in_time": "已报", "late": "迟报", "missing": "未报"}
    counted = {name: rows["report_state"].eq(word) for name, word in states.items()}
    found = rows.assign(due=1, **counted).groupby("unit")[["due", "in_time", "late", "missing"]].sum()
    return found.astype(float).reset_index()
