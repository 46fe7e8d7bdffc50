"""When will a work be finished? A day and a range, from how fast it went between its last reports."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from analytics.sample_size import TooFew, sample_shortage
from data.standards.thresholds import thresholds

YEAR = 365.25  # days
Report = tuple[date, float]


@dataclass(frozen=True, slots=True)
class Finished:
    """The work is done; `on` is the day of the first report that said so."""

    on: date


@dataclass(frozen=True, slots=True)
class Forecast:
    """The finish at the newest pace (quantity a day), and at the fastest and the slowest of late.

    A day is None where the work would take longer than the rule's years, or for ever.
    """

    pace: float
    on: date | None
    early: date | None
    late: date | None
    reports: int


def first_full_report(reports: Sequence[Report], quantity: float) -> Finished | None:
    """Return the day on which the quantity was first reported as full, or None."""
    return next((Finished(day) for day, done in reports if done >= quantity), None)


def average_pace(reports: Sequence[Report]) -> float:
    """Return the quantity a day from the first to the last of some reports."""
    (since, before), (day, done) = reports[0], reports[-1]
    return (done - before) / (day - since).days


def _finish_day(left: float, each_day: float, since: date, as_of: date, longest: float) -> date | None:
    """Return the day on which what is left will be done, at the earliest the day as of which it is not."""
    if each_day <= 0 or left / each_day > longest:
        return None
    return max(as_of, since + timedelta(days=math.ceil(left / each_day)))


def forecast(reports: Sequence[Report], quantity: float, as_of: date) -> Finished | Forecast | TooFew:
    """Return the day a work was finished, when it will be, or how many reports are lacking to say so.

    `reports` are (day, cumulative quantity) up to `as_of`, in order of their days, one a day. The pace is that over
    the last `forecast_intervals` intervals between reports; the range goes from the fastest to the slowest of the last
    `forecast_window` intervals. So the range says how fast the work has gone of late; it is no interval of confidence.
    Own method, its numbers are presets of water_rule.csv.
    """
    if done := first_full_report(reports, quantity):
        return done
    rule = thresholds(as_of)
    intervals = int(rule["forecast_intervals"])
    if lacking := sample_shortage(len(reports), intervals + 1, "value"):
        return lacking
    window = max(intervals, int(rule["forecast_window"]))
    each = [average_pace(pair) for pair in pairwise(reports[-window - 1 :])]
    newest, (last, before) = average_pace(reports[-intervals - 1 :]), reports[-1]
    longest = rule["forecast_years"] * YEAR
    on, early, late = (_finish_day(quantity - before, p, last, as_of, longest) for p in (newest, max(each), min(each)))
    return Forecast(newest, on, early, late, len(reports))


def planned_quantity(plan: Sequence[Report], day: date) -> float:
    """Return what a plan wants done by a day: nothing before its first date, then straight from date to date."""
    if day < plan[0][0]:
        return 0.0
    for (since, before), (until, after) in pairwise(plan):
        if since <= day < until:
            return before + (after - before) * (day - since).days / (until - since).days
    return plan[-1][1]
