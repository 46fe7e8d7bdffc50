"""Working hours between two moments: weekends, holidays, make-up days, nights, and years that nobody has announced."""

from __future__ import annotations

import datetime
from datetime import timedelta
from functools import cache

import numpy as np
import pandas as pd
import pytest
from chinese_calendar import is_workday
from hypothesis import example, given
from hypothesis import strategies as st

from analytics.working_time import office_days, working_hours

DAY = datetime.date(2014, 6, 30)
OPEN_MINUTES = {*range(8 * 60 + 30, 12 * 60), *range(13 * 60 + 30, 17 * 60 + 30)}


def hours_between(start: str | datetime.datetime, end: str | datetime.datetime) -> float:
    return working_hours(pd.Series(pd.to_datetime([start])), pd.Series(pd.to_datetime([end])), DAY).iloc[0]


works_on = cache(is_workday)


def minutes_one_by_one(start: datetime.datetime, end: datetime.datetime) -> int:
    """Count the minutes from one moment to another in which offices are open."""
    count = 0
    while start < end:
        count += works_on(start.date()) and start.hour * 60 + start.minute in OPEN_MINUTES
        start += timedelta(minutes=1)
    return count


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2014-05-13 09:00", "2014-05-13 11:15", 2.25),
        ("2014-05-13 11:00", "2014-05-13 14:00", 1.5),  # over noon
        ("2014-05-16 16:30", "2014-05-19 09:30", 2),  # from a Friday to the Monday after
        ("2014-09-30 17:00", "2014-10-08 09:00", 1),  # over National Day, 1–7 October 2014
        ("2014-05-03 10:00", "2014-05-04 10:00", 1.5),  # 4 May 2014 was a Sunday on which offices worked
        ("2014-05-13 23:40", "2014-05-14 09:00", 0.5),  # raised at night
        ("2014-05-13 23:40", "2014-05-14 08:10", 0),  # answered before the office opens
        ("2014-05-13 10:00", "2014-05-13 10:00", 0),
        ("2014-05-13 10:00", "2014-05-13 09:00", 0),
        ("2014-05-12 00:00", "2014-05-19 00:00", 37.5),  # a week of five days of 7.5 hours
        ("2014-12-31 17:00", "2015-01-05 09:00", 8.5),  # 4 January 2015 was worked for the days of New Year
    ],
)
def test_hand_counted_spans(start, end, hours):
    """Weekends, National Day and nights do not count; a Sunday that is worked does."""
    assert hours_between(start, end) == hours


MOMENTS = st.datetimes(datetime.datetime(2004, 1, 1), datetime.datetime(2026, 12, 20))


@given(MOMENTS, st.integers(0, 12 * 1440))
@example(datetime.datetime(2020, 1, 23, 16, 0), 12 * 1440)  # the lengthened Spring Festival of 2020
@example(datetime.datetime(2014, 1, 29, 9, 0), 12 * 1440)
def test_hours_are_those_counted_minute_by_minute(start, minutes):
    """Between any two minutes there are as many open minutes as are found by looking at each of them."""
    start = start.replace(second=0, microsecond=0)
    end = start + timedelta(minutes=minutes)
    assert hours_between(start, end) * 60 == pytest.approx(minutes_one_by_one(start, end), abs=1e-6)


@given(MOMENTS, MOMENTS, MOMENTS)
def test_spans_add_up(one, two, three):
    """From the first to the last is from the first to the second and from there to the last."""
    first, middle, last = sorted((one, two, three))
    whole = hours_between(first, last)
    assert whole == pytest.approx(hours_between(first, middle) + hours_between(middle, last), abs=1e-6)


def test_every_day_is_worked_as_the_library_says():
    """The days that are looked up at once are those of `is_workday`, from the first year that it knows to the last."""
    first, works = office_days()
    days = [first + timedelta(days=n) for n in range(0, len(works), 7)]
    assert [bool(works[n * 7]) for n in range(len(days))] == [is_workday(day) for day in days]
    for beyond in (first - timedelta(days=1), first + timedelta(days=len(works))):
        with pytest.raises(NotImplementedError):
            is_workday(beyond)


@pytest.mark.parametrize(
    ("start", "end"),
    [("1999-05-13 09:00", "1999-05-13 10:00"), ("2099-05-13 09:00", "2099-05-13 10:00"), ("2014-05-13", None)],
)
def test_of_a_year_without_a_calendar_nothing_is_guessed(start, end):
    """Where holidays are not known, or a moment is not, there are no hours: a weekday may be a holiday."""
    assert np.isnan(hours_between(start, end))
