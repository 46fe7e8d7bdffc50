"""Working time between two moments: hours and days on which offices work, holidays and make-up days reckoned in.

Which days these are says the library chinesecalendar, out of the yearly notices of the State Council. Of a year that
it does not know nothing is worked out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

import numpy as np
import pandas as pd
from chinese_calendar import holidays, workdays
from numpy.typing import NDArray

from data.standards.thresholds import thresholds

HALVES = (("morning_opens", "morning_closes"), ("afternoon_opens", "afternoon_closes"))
Hours = NDArray[np.float64]
SATURDAY = 5  # pandas counts from Monday, 0


@cache
def office_days() -> tuple[date, NDArray[np.bool_]]:
    """Return the first day that the calendar knows, and for it and each day after whether offices work."""
    years = {day.year for day in holidays}
    days = np.arange(f"{min(years)}-01-01", f"{max(years) + 1}-01-01", dtype="datetime64[D]")
    works = np.is_busday(days)
    works[np.isin(days, np.array(list(holidays), days.dtype))] = False
    works[np.isin(days, np.array(list(workdays), days.dtype))] = True
    return date(min(years), 1, 1), works


def has_public_holiday(starts: pd.Series[pd.Timestamp], ends: pd.Series[pd.Timestamp]) -> pd.Series[bool]:
    """Tell which spans have a day off of the yearly notice of holidays in them; NA in a year that the calendar lacks.

    Weekends are none, unless a holiday takes them in.
    """
    begin, works = office_days()
    off = np.sort(np.array(list(holidays), "datetime64[D]"))
    first, last = (days.to_numpy("datetime64[D]") for days in (starts, ends))
    found = off.searchsorted(last, "right") > off.searchsorted(first, "left")
    place = (starts - pd.Timestamp(begin)) / pd.Timedelta(days=1)
    return pd.Series(found, starts.index, "boolean").where((place >= 0) & (place < len(works)))


def _hours_of_day(clock: Hours, as_of: date | None) -> Hours:
    """Return the office hours of a working day that are over by the clock, in hours since midnight."""
    rules = thresholds(as_of)
    hours = np.zeros_like(clock)
    for opens, closes in HALVES:
        hours += np.clip(clock, rules[opens], rules[closes]) - rules[opens]
    return hours


def _hours_of_calendar(moments: pd.Series[pd.Timestamp], as_of: date | None) -> Hours:
    """Return the working hours from the beginning of the calendar to each moment, NaN outside of it."""
    first, works = office_days()
    days = moments.dt.normalize()
    clock = ((moments - days) / pd.Timedelta(hours=1)).to_numpy(float)
    place = ((days - pd.Timestamp(first)) / pd.Timedelta(days=1)).fillna(-1).to_numpy(int)
    is_known = (place >= 0) & (place < len(works))
    place = np.where(is_known, place, 0)
    full = _hours_of_day(np.array([np.inf]), as_of)[0]
    before = np.concatenate([[0], np.cumsum(works)])[place]
    return np.where(is_known, before * full + works[place] * _hours_of_day(clock, as_of), np.nan)


def working_hours(
    starts: pd.Series[pd.Timestamp], ends: pd.Series[pd.Timestamp], as_of: date | None
) -> pd.Series[float]:
    """Return the working hours between moments by the office hours of a day: 0 where the end is no later.

    Missing where a moment is, or where the calendar does not know its year.
    """
    hours = np.maximum(0.0, _hours_of_calendar(ends, as_of) - _hours_of_calendar(starts, as_of))
    return pd.Series(hours.round(9), starts.index)


def _places_of_days(days: pd.Series[pd.Timestamp]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the place of each day in the calendar, 0 outside of it, and which days it knows."""
    first, works = office_days()
    place = ((days - pd.Timestamp(first)) / pd.Timedelta(days=1)).fillna(-1).to_numpy(int)
    is_known = (place >= 0) & (place < len(works))
    return np.where(is_known, place, 0), is_known


def working_days_between(starts: pd.Series[pd.Timestamp], ends: pd.Series[pd.Timestamp]) -> pd.Series[float]:
    """Return the working days after each start up to the end, the end included; negative where the end is earlier.

    Missing where a day is, or where the calendar does not know its year.
    """
    worked = np.cumsum(office_days()[1])
    (begins, knows_begin), (stops, knows_stop) = _places_of_days(starts), _places_of_days(ends)
    return pd.Series(np.where(knows_begin & knows_stop, worked[stops] - worked[begins], np.nan), starts.index)


def working_day_after(starts: pd.Series[pd.Timestamp], days: int) -> pd.Series[pd.Timestamp]:
    """Return the day on which so many working days after each start are over; missing beyond the calendar."""
    first, works = office_days()
    worked = np.cumsum(works)
    place, is_known = _places_of_days(starts)
    ends = np.searchsorted(worked, worked[place] + days)
    is_known &= ends < len(works)
    found = pd.Timestamp(first) + pd.to_timedelta(np.where(is_known, ends, 0), unit="D")
    return pd.Series(found, starts.index).where(is_known)


def is_plain_weekend(days: pd.Series[pd.Timestamp]) -> pd.Series[bool]:
    """Tell the Saturdays and Sundays, but those that are worked in exchange for a holiday."""
    return (days.dt.day_of_week >= SATURDAY) & ~days.dt.normalize().isin(pd.to_datetime(sorted(workdays)))


def office_hours_words(as_of: date | None) -> Mapping[str, object]:
    """Return the thresholds of a day, and the office hours in words for a formula."""
    rules = thresholds(as_of)
    spans = [f"{_clock_words(rules[opens])}–{_clock_words(rules[closes])}" for opens, closes in HALVES]
    first, works = office_days()
    years = f"{first.year}–{(first + timedelta(days=len(works) - 1)).year}"
    return {**rules, "office_hours": " / ".join(spans), "calendar_years": years}


def _clock_words(hours: float) -> str:
    minutes = round(60 * hours)
    return f"{minutes // 60:02}:{minutes % 60:02}"
