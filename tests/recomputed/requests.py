"""暖企服务 worked out again: how requests stand, hours of working time counted day by day, visits to firms."""

from __future__ import annotations

import math
from datetime import date, time
from fractions import Fraction

import numpy as np
import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.frames import percent, rows_by

MONTHS, FEWEST, CONTENT, CAP = 12, 5, 4, 2  # chosen by the house
OFFICE = ((time(8, 30), time(12)), (time(13, 30), time(17, 30)))
# the notices of the State Council, read by hand: days off beside weekends, and weekends that are worked
OFF = (
    *(("2013-06-10", "2013-06-12"), ("2013-09-19", "2013-09-21"), ("2013-10-01", "2013-10-07")),
    *(("2014-01-01", "2014-01-01"), ("2014-01-31", "2014-02-06"), ("2014-04-05", "2014-04-07")),
    *(("2014-05-01", "2014-05-03"), ("2014-05-31", "2014-06-02"), ("2014-09-06", "2014-09-08")),
    *(("2014-10-01", "2014-10-07"), ("2015-01-01", "2015-01-03")),
)
WORKED = (
    *("2013-06-08", "2013-06-09", "2013-09-22", "2013-09-29", "2013-10-12"),
    *("2014-01-26", "2014-02-08", "2014-05-04", "2014-09-28", "2014-10-11", "2015-01-04"),
)
KNOWN = (date(2013, 6, 1), date(2015, 1, 31))  # the time that these lists are of
HOLIDAYS = {day.date() for first, last in OFF for day in pd.date_range(first, last)}
MAKE_UP_DAYS = {date.fromisoformat(day) for day in WORKED}
ONE_DAY = pd.Timedelta(days=1)


def is_office_day(day: date) -> bool:
    return day in MAKE_UP_DAYS or (day.weekday() < 5 and day not in HOLIDAYS)


def hours_between(start: pd.Timestamp, end: pd.Timestamp) -> float:
    """Return the office hours from one time to another, day by day; nothing where a time or a year is not known."""
    if pd.isna(start) or pd.isna(end) or start.year < 2004:
        return np.nan
    assert KNOWN[0] <= start.date() <= end.date() <= KNOWN[1], "write out the holidays of more years"
    seconds = 0.0
    for day in (day.date() for day in pd.date_range(start.normalize(), end.normalize()) if is_office_day(day.date())):
        for opens, closes in OFFICE:
            begins = max(start, pd.Timestamp.combine(day, opens))
            ends = min(end, pd.Timestamp.combine(day, closes))
            seconds += max(0.0, (ends - begins).total_seconds())
    return seconds / 3600


def closing_day(row: pd.Series, day: pd.Timestamp) -> pd.Timestamp:
    """Return the day on which a request was closed, as it stands on a day; nothing where it is open."""
    came_back, first, newest = row["reopened_on"], row["first_closed_on"], row["closed_on"]
    has_two = pd.notna(first) or (pd.notna(came_back) and pd.notna(newest) and newest > came_back)
    before, after = (first, newest) if has_two else (newest, pd.NaT)
    shut = after if pd.notna(came_back) and came_back <= day else before
    return shut if pd.notna(shut) and shut <= day else pd.NaT


def requests_raised(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the requests raised by the end of a day, and which of them are closed then."""
    rows = rows_by(ledgers["firm_request"], "raised_at", day).copy()
    rows["shut_on"] = pd.to_datetime(pd.Series([closing_day(row, day) for _, row in rows.iterrows()], rows.index))
    rows["is_closed"], rows["is_reopened"] = rows["shut_on"].notna(), rows["reopened_on"] <= day
    return rows.assign(is_due=rows["due_on"] < day)


def requests_on(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the requests raised by the end of a day as they stand then, with the office hours until the reply."""
    rows = requests_raised(ledgers, day)
    is_newest = rows["shut_on"] == rows["closed_on"]
    rows["result"], rows["satisfaction"] = rows["result"].where(is_newest), rows["satisfaction"].where(is_newest)
    rows["replied_at"] = rows["replied_at"].where(rows["replied_at"] < day + ONE_DAY)
    rows["is_waiting"] = rows["replied_at"].isna() & ~rows["is_closed"]
    has_time = {name: rows[name] != rows[name].dt.normalize() for name in ("raised_at", "replied_at")}
    ends = rows["replied_at"].where(has_time["replied_at"]).mask(rows["is_waiting"], day + pd.Timedelta(hours=23))
    starts = rows["raised_at"].where(has_time["raised_at"])
    rows["hours"] = [hours_between(start, end) for start, end in zip(starts, ends, strict=True)]
    return rows


@recomputes("request_list", "request_id")
def request_list(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """List all requests as they stand on a day."""
    rows = requests_on(ledgers, day)
    ends = rows["shut_on"].fillna(day)
    late = (ends - rows["due_on"]).dt.days.astype(float)
    state = np.where(rows["is_closed"], "已办结", np.where(rows["is_reopened"], "重提未办结", "未办结"))
    names = {
        name: rows[f"{code}_id"].map(ledgers[ledger].set_index(f"{code}_id")["name"])
        for name, code, ledger in (("firm", "enterprise", "enterprise"), ("project", "project", "investment_project"))
    }
    first = rows["first_closed_on"].fillna(rows["closed_on"].where(~(rows["closed_on"] > rows["reopened_on"])))
    return pd.DataFrame({
        "request_id": rows["request_id"], "state": state, **names, "is_closed": rows["is_closed"],
        "is_overdue": rows["is_due"] & ~rows["is_closed"], "days_overdue": late.where(late > 0),
        "days_open": (ends - rows["raised_at"].dt.normalize()).dt.days.astype(float), "closed_on": rows["shut_on"],
        "former_closed_on": first.where(rows["is_reopened"]),
        "reopened_on": rows["reopened_on"].where(rows["is_reopened"]), "result": rows["result"],
        "satisfaction": rows["satisfaction"], "reply_hours": rows["hours"].where(~rows["is_waiting"]),
        "waited_hours": rows["hours"].where(rows["is_waiting"]),
    })  # fmt: skip


def half_replied_within(hours: pd.Series, is_waiting: pd.Series) -> float:
    """Return the hours in which half had a reply, by the product limit, upwards to a tenth."""
    minutes, waiting = (60 * hours).round().astype(int), Fraction(1)
    if (~is_waiting).sum() < FEWEST:
        return np.nan
    for end in sorted(minutes[~is_waiting].unique()):
        at_risk = int((minutes >= end).sum())
        waiting *= Fraction(at_risk - int((minutes[~is_waiting] == end).sum()), at_risk)
        if waiting <= Fraction(1, 2):
            return math.ceil(Fraction(int(end), 6)) / 10
    return np.nan


@recomputes("request_summary", "is_total", "category")
def request_summary(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Count what became of the requests raised in the year up to a day, of all categories and of each."""
    rows = requests_on(ledgers, day)
    rows = rows[rows["raised_at"] >= day + ONE_DAY - pd.DateOffset(months=MONTHS)]
    rows = pd.concat([rows.assign(category=None, is_total=True), rows.assign(is_total=False)])
    rows = rows.astype({"category": object})
    counts = rows.assign(
        raised=1, open=~rows["is_closed"], overdue=rows["is_due"] & ~rows["is_closed"], closed=rows["is_closed"],
        due=rows["is_due"], closed_in_time=rows["is_due"] & (rows["shut_on"] <= rows["due_on"]),
        solved=rows["result"] == "已解决", explained=rows["result"] == "已解释", unsolved=rows["result"] == "不能解决",
        result_unknown=rows["is_closed"] & rows["result"].isna(), closed_once=rows["is_closed"] | rows["is_reopened"],
        reopened=rows["is_reopened"], replied=rows["hours"].notna() & ~rows["is_waiting"],
        unanswered=rows["is_waiting"], reply_unknown=rows["hours"].isna() & ~rows["is_waiting"],
        rated=rows["satisfaction"].notna(), satisfied=rows["satisfaction"] >= CONTENT,
    )  # fmt: skip
    names = ["raised", "open", "overdue", "closed", "due", "closed_in_time", "solved", "explained", "unsolved",
             "result_unknown", "closed_once", "reopened", "replied", "unanswered", "reply_unknown", "rated",
             "satisfied"]  # fmt: skip
    by = ["is_total", "category"]
    found = counts.groupby(by, dropna=False)[names].sum().reset_index()
    shares = {"rate": ("closed_in_time", "due"), "solved_rate": ("solved", "closed"),
              "reopened_share": ("reopened", "closed_once"), "satisfied_share": ("satisfied", "rated")}  # fmt: skip
    for name, (part, whole) in shares.items():
        found[name] = percent(found[part], found[whole].where(found[whole] >= FEWEST))
    timed = rows[rows["hours"].notna()]
    halves = {
        category if isinstance(category, str) else "": half_replied_within(group["hours"], group["is_waiting"])
        for category, group in timed.groupby("category", dropna=False)
    }
    found["median_reply_hours"] = found["category"].fillna("").map(halves)
    return found


@recomputes("firm_visits", "month", "firm")
def firm_visits(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Count the visits to each firm in each of the last months."""
    visits = rows_by(ledgers["investment_activity"], "held_on", day)
    visits = visits[(visits["kind"] == "走访") & visits["enterprise_id"].notna()]
    month = visits["held_on"].dt.to_period("M")
    visits = visits.assign(month=month)[month > (day.to_period("M") - MONTHS)]
    visits["firm"] = visits["enterprise_id"].map(ledgers["enterprise"].set_index("enterprise_id")["name"])
    counts = visits.groupby(["month", "firm"]).size().rename("visits").reset_index()
    return counts.assign(
        month=counts["month"].dt.to_timestamp(), cap=CAP, is_over_cap=counts["visits"] > CAP,
    )  # fmt: skip
