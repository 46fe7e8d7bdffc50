"""When a work will be finished: cases worked out by hand, and what holds for every series of reports."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.sample_size import TooFew
from analytics.water.forecast import Finished, Forecast, Report, forecast, planned_quantity

START = date(2014, 1, 1)


def evenly_spaced_reports(*done: float, every: int = 10) -> list[Report]:
    """Return reports of these cumulative quantities, so many days apart, the first on 2014-01-01."""
    return [(START + timedelta(days=every * n), float(quantity)) for n, quantity in enumerate(done)]


def test_the_pace_of_the_last_three_intervals_goes_on():
    """60 in the last 30 days are 2 a day; the 40 left take 20 days: 2014-02-10 and 20 days is 2014-03-02."""
    found = forecast(evenly_spaced_reports(0, 0, 10, 30, 60), 100, date(2014, 2, 10))
    assert isinstance(found, Forecast)
    assert (found.pace, found.on) == (2, date(2014, 3, 2))


def test_the_range_goes_from_the_fastest_to_the_slowest_interval():
    """Intervals of 1, 2 and 3 a day leave 40 to do: 14 days at the fastest (40/3), 40 at the slowest."""
    found = forecast(evenly_spaced_reports(0, 10, 30, 60), 100, date(2014, 1, 31))
    assert isinstance(found, Forecast)
    assert (found.early, found.on, found.late) == (date(2014, 2, 14), date(2014, 2, 20), date(2014, 3, 12))


def test_only_the_last_six_intervals_make_the_range():
    """A first interval of 30 a day is forgotten after six of 1 a day: all three days are the same."""
    found = forecast(evenly_spaced_reports(0, 300, 310, 320, 330, 340, 350, 360), 400, date(2014, 3, 12))
    assert isinstance(found, Forecast)
    assert found.early == found.on == found.late == date(2014, 3, 12) + timedelta(days=40)


def test_three_reports_are_too_few():
    """Three intervals need four reports; with three, or none, there is no forecast."""
    assert forecast(evenly_spaced_reports(0, 10, 30), 100, date(2014, 2, 1)) == TooFew(3, 4)
    assert forecast([], 100, date(2014, 2, 1)) == TooFew(0, 4)


def test_a_finished_work_has_the_day_on_which_it_was_first_full():
    """The first report of the full quantity counts, also with less than four reports or more than was planned."""
    assert forecast(evenly_spaced_reports(50, 100, 110), 100, date(2014, 2, 1)) == Finished(date(2014, 1, 11))


def test_without_progress_it_cannot_be_finished():
    """Nothing done in the last three intervals has no day at all but the earliest."""
    found = forecast(evenly_spaced_reports(0, 40, 40, 40, 40), 100, date(2014, 2, 10))
    assert isinstance(found, Forecast)
    assert (found.on, found.late) == (None, None)
    assert found.early == date(2014, 2, 25)


def test_one_interval_without_progress_leaves_the_end_open():
    """Two of three intervals at 1 a day give a day, but no latest one."""
    found = forecast(evenly_spaced_reports(0, 10, 10, 20), 40, date(2014, 1, 31))
    assert isinstance(found, Forecast)
    assert (found.on, found.late) == (date(2014, 3, 2), None)


def test_more_than_ten_years_is_never():
    """At 3 in 30 days, 1,000 more take 27 years: it cannot be finished at this pace."""
    found = forecast(evenly_spaced_reports(0, 1, 2, 3), 1003, date(2014, 1, 31))
    assert isinstance(found, Forecast)
    assert (found.on, found.early) == (None, None)


def test_what_is_not_done_on_the_day_is_not_forecast_before_it():
    """A work that should have been finished in February is not finished in May: the day itself is the earliest."""
    found = forecast(evenly_spaced_reports(0, 10, 30, 60), 100, date(2014, 5, 1))
    assert isinstance(found, Forecast)
    assert found.early == found.on == found.late == date(2014, 5, 1)


steps = st.lists(st.integers(0, 50), min_size=3, max_size=10)


@given(steps, st.integers(1, 40))
def test_the_forecast_lies_in_its_range(done, every):
    """The expected day is never before the earliest, nor after the latest where there is one."""
    series = evenly_spaced_reports(0, *(sum(done[: n + 1]) for n in range(len(done))), every=every)
    found = forecast(series, sum(done) + 100, series[-1][0])
    assert isinstance(found, Forecast)
    days = [day or date.max for day in (found.early, found.on, found.late)]
    assert days == sorted(days)


@given(steps, st.integers(1, 100))
def test_more_done_is_never_later(done, more):
    """A higher last report moves none of the three days back, or finishes the work."""
    series = evenly_spaced_reports(0, *(sum(done[: n + 1]) for n in range(len(done))))
    day, before = series[-1]
    quantity = sum(done) + 60
    found, further = (
        forecast([*series[:-1], (day, quantity_done)], quantity, day) for quantity_done in (before, before + more)
    )
    if isinstance(further, Finished):
        assert before + more >= quantity
        return
    assert isinstance(found, Forecast)
    assert isinstance(further, Forecast)
    for name in ("early", "on", "late"):
        assert (getattr(further, name) or date.max) <= (getattr(found, name) or date.max)


@pytest.mark.parametrize(("day", "due"), [(1, 0), (6, 10), (11, 20), (16, 50), (21, 80), (31, 80)])
def test_a_plan_runs_straight_between_its_dates(day, due):
    """From 0 on the 1st to 20 on the 11th and 80 on the 21st, level after that; nothing is due before it begins."""
    plan = [(date(2014, 1, 1), 0.0), (date(2014, 1, 11), 20.0), (date(2014, 1, 21), 80.0)]
    assert planned_quantity(plan, date(2014, 1, day)) == due
    assert planned_quantity(plan[1:], date(2014, 1, 10)) == 0
