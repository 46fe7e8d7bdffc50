"""How many households will have signed by the deadline, and when the last: the hazard of past projects, own pace.

The hazard of a household to sign on a day is that of past projects at the same point: the first and the last days of
each reward period are counted in days, those between in shares of the period. It is scaled to the own pace.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from analytics.demolition.random_effects import (
    Array,
    PastShares,
    chance_of_all,
    chance_of_all_through,
    likeliest_counts,
    share_weights,
)

# chosen on synthetic projects, then held against kinds that had no part in the choice: docs/decisions.md
BURST_DAYS = 3  # days at the start and the end of a period that are counted in days
PACE_HOUSEHOLDS = 8.0  # so many households of the common pace are mixed into the own one
INTERVAL_MASS = 0.82  # of whole counts, so that the nominal 80 % hold


@dataclass(frozen=True, slots=True)
class SigningCurve:
    """One project: households, last day of its window (the first is 0), agreements in force by the end of each day."""

    households: int
    window: int
    signed: Array
    reward_days: tuple[int, ...] = ()

    def signed_by(self, day: float) -> float:
        """Return the agreements in force at the end of a day."""
        return float(self.signed_on_days(np.array([day]))[0])

    def signed_on_days(self, days: Array) -> Array:
        """Return those in force at the end of each day; between days a straight line, before the first none."""
        counts = np.minimum(np.concatenate([[0.0], self.signed]), self.households)
        return np.asarray(np.interp(days, np.arange(-1, len(self.signed)), counts))

    @property
    def rewards_within(self) -> tuple[int, ...]:
        """The last days of reward periods that end before the window does."""
        return tuple(sorted({day for day in self.reward_days if 0 <= day < self.window}))


@dataclass(frozen=True, slots=True)
class Stage:
    """What is expected from one day to another: the chances of one household, and when in between they fall."""

    weights: Array
    first: int
    time_shares: Array  # share of the hazard passed by the end of each day, from first + 1 on; the last is 1
    share: float  # of the households left at its first day in the past projects, that signed in it


@dataclass(frozen=True, slots=True)
class Forecast:
    """A forecast of a project as of a day: counts of signed households at its deadline, and the past at this point."""

    signed: int
    left: int
    stage: Stage
    past_share: float

    @property
    def probability(self) -> float:
        """The probability that all households have signed by the deadline."""
        return chance_of_all(self.stage.weights, self.left) if len(self.stage.time_shares) else float(self.left == 0)

    def counts_on(self, days_ahead: int) -> tuple[int, int, int]:
        """Return low, median and high count of signed households so many days ahead, at most at the deadline."""
        if days_ahead <= 0:
            return self.signed, self.signed, self.signed
        share = float(self.stage.time_shares[days_ahead - 1])
        low, median, high = likeliest_counts(self.stage.weights, self.left, INTERVAL_MASS, share)
        return self.signed + low, self.signed + median, self.signed + high

    def at_deadline(self) -> tuple[int, int, int]:
        """Return low, median and high count of signed households at the deadline."""
        return self.counts_on(len(self.stage.time_shares))


def _landmarks(window: int, rewards: Sequence[int]) -> Array:
    """Return the points of a window that correspond between projects: ends of periods and the days around them."""
    ends = [-1.0, *(float(day) for day in rewards), float(window)]
    points = [ends[0]]
    for start, end in pairwise(ends):
        near = min(BURST_DAYS, (end - start) / 3)
        points += [start + near, end - near, end]
    return np.array(points)


def matched_days(days: Array, own: SigningCurve, other: SigningCurve) -> Array:
    """Return the days of another project that correspond to days of this one: their place in the reward periods.

    Where they have not as many periods, or none is known, it is the place in the window.
    """
    ours, theirs = own.rewards_within, other.rewards_within
    if len(ours) != len(theirs):
        ours = theirs = ()
    return np.asarray(np.interp(days, _landmarks(own.window, ours), _landmarks(other.window, theirs)))


def _time_shares(left: Array) -> Array:
    """Return the share of the hazard passed by each day, from the households left on the first day and those after."""
    passed = np.log(left[0] + 0.5) - np.log(left[1:] + 0.5)
    even = np.arange(1, len(left)) / max(1, len(left) - 1)
    whole = passed[-1] if len(passed) else 0.0
    return np.maximum.accumulate(np.clip(passed / whole, 1e-9, 1.0)) if whole > 0 else even


def _own_paces(signed: Array, households: Array, common_share: float) -> Array:
    """Return the log of the pace of projects over the common one, shrunk towards it where few are expected yet."""
    return np.asarray(np.log((signed + PACE_HOUSEHOLDS) / (households * common_share + PACE_HOUSEHOLDS)))


def forecast_signing(past: Sequence[SigningCurve], own: SigningCurve, day: int) -> Forecast:
    """Return the forecast of a project as of a day of its window, from at least one project that is past its own."""
    households = np.array([float(each.households) for each in past])
    ahead = np.arange(float(day), own.window + 1)
    counts = np.array([each.signed_on_days(matched_days(ahead, own, each)) for each in past])
    signed_now, left_now = counts[:, 0], households - counts[:, 0]
    share = float(signed_now.sum() / households.sum())
    paces = _own_paces(signed_now, households, share)
    later = np.clip(counts[:, -1] - signed_now, 0, left_now)
    signed = round(own.signed_by(day))
    own_pace = float(_own_paces(np.array([float(signed)]), np.array([float(own.households)]), share)[0])
    middle = float(paces.mean())
    weights = share_weights(PastShares(left_now, later, paces - middle), own_pace - middle)
    shares = _time_shares((households[:, None] - counts).sum(axis=0))
    stage = Stage(weights, day, shares, float(later.sum() / max(1.0, left_now.sum())))
    return Forecast(signed, own.households - signed, stage, share)


def late_projects(past: Sequence[SigningCurve], days_late: int, horizon: int) -> list[SigningCurve]:
    """Return past projects with households left so many days after their deadline, known for `horizon` days more."""
    return [
        each
        for each in past
        if len(each.signed) > each.window + days_late + horizon
        and each.signed_by(each.window + days_late) < each.households
    ]


def late_stage(late: Sequence[SigningCurve], days_late: int, horizon: int) -> Stage:
    """Return what is expected of the households left so many days after a deadline, over `horizon` days."""
    days = range(days_late, days_late + horizon + 1)
    left = np.array([[each.households - each.signed_by(each.window + d) for d in days] for each in late])
    signed = np.clip(left[:, 0] - left[:, -1], 0, None)
    weights = share_weights(PastShares(left[:, 0], signed, np.zeros(len(late))), 0.0)
    return Stage(weights, days_late, _time_shares(left.sum(axis=0)), float(signed.sum() / left[:, 0].sum()))


def completion_chances(stage: Stage, left: int) -> list[float]:
    """Return the probability that all that are left have signed, by the end of each day of a stage."""
    return [chance_of_all(stage.weights, left, float(share)) for share in stage.time_shares]


def chances_after(forecast: Forecast, late: Stage) -> list[float]:
    """Return the probability that all have signed by the end of each day after the deadline, of a stage from there.

    A household left has signed by then unless it stayed through both: the window that is left and the days after it.
    """
    in_time = forecast.stage.weights if len(forecast.stage.time_shares) else None
    return [chance_of_all_through(in_time, late.weights, forecast.left, float(share)) for share in late.time_shares]
