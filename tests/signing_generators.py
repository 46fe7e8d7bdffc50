"""Made-up projects of several natures, and how forecasts of them do: which intervals held what came, and by how much.

The numbers of the forecast were first set on `reward_bursts`, the experiment of the design notes; the prior of the
spread and the mass of the interval were then settled with an eye on the other kinds too, so none here is unseen.
Days are numbered from 0; what is known “on day 10” is what was signed by the end of day 9.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from analytics.demolition.signing_forecast import SigningCurve, forecast_signing

Array = NDArray[np.float64]
Make = Callable[[Generator], SigningCurve]
DAYS = (10, 20, 35, 48)  # of 55
LAST, HOUSEHOLDS = 54, 120


def _curve(days: Array, last: int, rewards: Sequence[int]) -> SigningCurve:
    """Return a project out of the day on which each household signs; what is after the window, or never, is left."""
    signed = days[days <= last].astype(int)
    return SigningCurve(
        len(days), last, np.cumsum(np.bincount(signed, minlength=last + 1)).astype(np.float64), tuple(rewards)
    )


def _from_hazard(
    rng: Generator,
    hazard: Array,
    rewards: Sequence[int],
    never: float,
    willing: Array | float = 1.0,
    n: int = HOUSEHOLDS,
) -> SigningCurve:
    """Return a project whose households sign with a daily hazard, each in proportion to its own willingness."""
    factor = np.where(rng.random(n) < never, 1e-12, willing)
    days = np.searchsorted(np.cumsum(hazard), rng.exponential(size=n) / factor)
    return _curve(days.astype(float), len(hazard) - 1, rewards)


def _from_weights(rng: Generator, weights: Array, rewards: Sequence[int], never: float) -> SigningCurve:
    """Return a project whose households sign on a day drawn by its weight."""
    days = rng.choice(len(weights), HOUSEHOLDS, p=weights / weights.sum()).astype(float)
    days[rng.random(HOUSEHOLDS) < never] = np.inf
    return _curve(days, len(weights) - 1, rewards)


def _bursts(last: int, rewards: Sequence[int], start: float = 4, reward: float = 6, end: float = 6) -> Array:
    """Return 1 for a usual day and more for the first three, the last two of a reward period, and the last two."""
    days = np.ones(last + 1)
    days[:3] += start
    for day in rewards:
        days[max(0, day - 1) : day + 1] += reward
    days[last - 1 :] += end
    return days


def reward_bursts(rng: Generator, n: int = HOUSEHOLDS, never: float = 0.03) -> SigningCurve:
    """The first tuned on: bursts at two reward dates and the last day, 3 % never sign, paces differ a little."""
    hazard = 0.026 * _bursts(LAST, (19, 37)) * rng.gamma(40, 1 / 40)
    return _from_hazard(rng, hazard, (19, 37), never, n=n)


def even_days(rng: Generator) -> SigningCurve:
    return _from_hazard(rng, np.full(LAST + 1, 0.04), (), 0.03)


def logistic_adoption(rng: Generator) -> SigningCurve:
    middle, scale = rng.normal(0.5, 0.05) * LAST, LAST / 10 * np.exp(rng.normal(0, 0.1))
    days = np.maximum(0, middle + scale * rng.logistic(size=HOUSEHOLDS))
    days[rng.random(HOUSEHOLDS) < 0.03] = np.inf
    return _curve(days, LAST, ())


def heavy_start(rng: Generator) -> SigningCurve:
    weights = np.exp(-np.arange(LAST + 1) / 12) + 0.08
    weights[-2:] += 0.3
    return _from_weights(rng, weights, (19, 37), 0.04)


def unlike_households(rng: Generator) -> SigningCurve:
    """Frailty: the willing sign first, so that the hazard of those left falls."""
    willing = np.maximum(rng.gamma(1, 1, HOUSEHOLDS), 1e-9)
    return _from_hazard(rng, 0.03 * _bursts(LAST, (25,)), (25,), 0.02, willing)


def weekends(rng: Generator) -> SigningCurve:
    weekday = (np.arange(LAST + 1) + rng.integers(7)) % 7
    hazard = 0.028 * _bursts(LAST, (30,), 2, 4, 5) * np.where(weekday >= 5, 2.2, 0.6)
    return _from_hazard(rng, hazard, (30,), 0.03)


def unlike_paces(rng: Generator) -> SigningCurve:
    hazard = 0.024 * _bursts(LAST, (19, 37)) * np.exp(rng.normal(0, 0.3))
    return _from_hazard(rng, hazard, (19, 37), 0.03)


def unlike_refusals(rng: Generator) -> SigningCurve:
    return _from_hazard(rng, 0.024 * _bursts(LAST, (19, 37)), (19, 37), float(rng.beta(2, 30)))


def last_day_rush(rng: Generator) -> SigningCurve:
    weights = np.ones(LAST + 1)
    weights[-2:] += 12
    return _from_weights(rng, weights, (), 0.03)


def other_windows(rng: Generator) -> SigningCurve:
    """Windows of 40 to 90 days, 50 to 400 households, other reward dates in each project."""
    last, n = int(rng.integers(39, 90)), int(rng.integers(50, 400))
    rewards = (int(rng.uniform(0.25, 0.45) * last), int(rng.uniform(0.6, 0.8) * last))
    hazard = 0.026 * _bursts(last, rewards) * LAST / last * rng.gamma(40, 1 / 40)
    return _from_hazard(rng, hazard, rewards, 0.03, n=n)


def other_rewards(rng: Generator) -> SigningCurve:
    """One to three reward dates anywhere, so that the periods of two projects often do not correspond."""
    rewards = tuple(sorted(int(d) for d in rng.choice(np.arange(8, 48), rng.integers(1, 4), replace=False)))
    return _from_hazard(rng, 0.026 * _bursts(LAST, rewards) * rng.gamma(40, 1 / 40), rewards, 0.03)


# what is tried: the maker, and how many past projects there are
TRIED: Mapping[str, tuple[Make, int]] = {
    "bursts at reward dates": (reward_bursts, 8),
    "even days": (even_days, 8),
    "logistic adoption": (logistic_adoption, 8),
    "heavy start": (heavy_start, 8),
    "unlike households": (unlike_households, 8),
    "weekends": (weekends, 8),
    "unlike paces": (unlike_paces, 8),
    "unlike refusals": (unlike_refusals, 8),
    "last-day rush": (last_day_rush, 8),
    "other windows": (other_windows, 8),
    "other rewards": (other_rewards, 8),
    "none refuses": (lambda rng: reward_bursts(rng, never=0.0), 8),
    "one in ten refuses": (lambda rng: reward_bursts(rng, never=0.1), 8),
    "60 households": (lambda rng: reward_bursts(rng, n=60), 8),
    "500 households": (lambda rng: reward_bursts(rng, n=500), 8),
    "two past projects": (reward_bursts, 2),
    "three past projects": (reward_bursts, 3),
}


@dataclass(frozen=True, slots=True)
class Trials:
    """Forecasts of one kind of project by day: which share held what came, their mean error in % of households."""

    coverage: Mapping[int, float]
    error: Mapping[int, float]

    def __str__(self) -> str:
        return " ".join(f"{100 * self.coverage[day]:3.0f} %/{self.error[day]:.1f}" for day in self.coverage)


def tried_forecasts(name: str, runs: int, seed: int, days: Sequence[int] = DAYS) -> Trials:
    """Return how forecasts do of so many projects of one kind, each with past projects of its own."""
    make, past_count = TRIED[name]
    rng = np.random.default_rng(seed)
    held: dict[int, list[bool]] = {day: [] for day in days}
    errors: dict[int, list[float]] = {day: [] for day in days}
    for _ in range(runs):
        past, own = [make(rng) for _ in range(past_count)], make(rng)
        for day in days:
            low, median, high = forecast_signing(past, own, round(day / 55 * (own.window + 1)) - 1).at_deadline()
            came = own.signed_by(own.window)
            held[day].append(low <= came <= high)
            errors[day].append(100 * abs(median - came) / own.households)
    return Trials(
        {day: float(np.mean(each)) for day, each in held.items()},
        {day: float(np.mean(each)) for day, each in errors.items()},
    )
