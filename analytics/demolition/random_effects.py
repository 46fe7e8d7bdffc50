"""What share of the households left will sign: learnt from past projects, which differ, few as they are.

A random-effects model of counts: of `left[i]` households of past project i `signed[i]` signed, with a chance whose
logit lies around `a + slope × pace[i]`, with a spread between projects. Nothing is drawn at random: the posterior is
summed on grids. The prior of the chance is Beta(½, ½) (Jeffreys), that of the spread half-Cauchy (Gelman 2006).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

STEP = 0.1  # chosen: finer steps change no count
LOGITS: Array = np.arange(-7.0, 12.0 + STEP / 2, STEP)
LOG_SIGNS: Array = -np.logaddexp(0.0, -LOGITS)
LOG_STAYS: Array = -np.logaddexp(0.0, LOGITS)
SPREADS: Array = np.array([0.1, 0.15, 0.22, 0.31, 0.42, 0.55, 0.72, 0.95, 1.25, 1.7, 2.3])
# chosen on synthetic projects, then held against kinds that had no part in the choice: docs/decisions.md
SPREAD_SCALE = 0.3
SLOPE_MEAN, SLOPE_SPREAD = 0.4, 0.4  # chosen likewise: part of a quicker pace lasts
SLOPES: Array = SLOPE_MEAN + SLOPE_SPREAD * np.array([-1.8, -1.2, -0.6, 0.0, 0.6, 1.2, 1.8])
JEFFREYS = 0.5  # Jeffreys: Beta(½, ½), in logits the root of chance × the rest
FINEST = 1 / STEP**2  # counts that tell more than the grid can hold are thinned to what it can
EXACT_HOUSEHOLDS = 1000  # above that, counts are worked out in as many equal parts


@dataclass(frozen=True, slots=True)
class PastShares:
    """Of past projects at one point of their way: households left, how many of these signed, the pace till then."""

    left: Array
    signed: Array
    pace: Array


@cache
def _spreading_kernels() -> Array:
    """Return for each spread the chances of one project on the grid, by the middle of all: (spread, middle, one)."""
    apart = (LOGITS[:, None] - LOGITS[None, :]) / SPREADS[:, None, None]
    kernels: Array = np.exp(-0.5 * apart**2)
    kernels /= kernels.sum(axis=2, keepdims=True)
    return kernels


@cache
def _kernels_side_by_side() -> Array:
    """Return the chances of one project by spread and middle as one matrix: (one, spread and middle)."""
    return np.ascontiguousarray(_spreading_kernels().transpose(2, 0, 1).reshape(len(LOGITS), -1))


def _case_likelihoods(past: PastShares) -> Array:
    """Return the log-likelihood of each past project by spread and middle: (spread, project, middle)."""
    share = (past.signed + 0.5) / (past.left + 1.0)
    thinned = np.minimum(1.0, FINEST / np.maximum(past.left * share * (1 - share), 1e-9))
    logs = np.outer(past.signed * thinned, LOG_SIGNS) + np.outer((past.left - past.signed) * thinned, LOG_STAYS)
    likelihoods = np.exp(logs - logs.max(axis=1, keepdims=True))
    spread: Array = (likelihoods @ _kernels_side_by_side()).reshape(len(past.left), len(SPREADS), len(LOGITS))
    return np.log(np.maximum(spread.transpose(1, 0, 2), 1e-300))


def _shifted_cells(pace: float) -> tuple[NDArray[np.intp], Array]:
    """Return where a pace moves each middle to on the grid, by slope: the cell below and the part of the next."""
    at = np.clip((LOGITS[None, :] + SLOPES[:, None] * pace - LOGITS[0]) / STEP, 0, len(LOGITS) - 1)
    cells = np.minimum(at.astype(np.intp), len(LOGITS) - 2)
    return cells, at - cells


def _posterior(past: PastShares) -> Array:
    """Return the weights of the spread, slope and middle: (spread, slope, middle), together 1."""
    spread = np.log(np.gradient(SPREADS)) - np.log1p((SPREADS / SPREAD_SCALE) ** 2)
    slope = -0.5 * ((SLOPES - SLOPE_MEAN) / SLOPE_SPREAD) ** 2
    middle = JEFFREYS * (LOG_SIGNS + LOG_STAYS)
    logs = spread[:, None, None] + slope[None, :, None] + middle[None, None, :]
    likelihoods = _case_likelihoods(past)
    for case, pace in enumerate(past.pace):
        cells, part = _shifted_cells(pace)
        logs = logs + likelihoods[:, case, cells] * (1 - part) + likelihoods[:, case, cells + 1] * part
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum())


def share_weights(past: PastShares, pace: float) -> Array:
    """Return the probability of each logit of LOGITS to be that of a further project of this pace."""
    cells, part = _shifted_cells(pace)
    posterior, size = _posterior(past), len(LOGITS)
    total = np.zeros(size)
    for weights, kernel in zip(posterior, _spreading_kernels(), strict=True):
        below = np.bincount(cells.ravel(), (weights * (1 - part)).ravel(), size)
        total += (below + np.bincount(cells.ravel() + 1, (weights * part).ravel(), size)) @ kernel
    return total


def log_staying(time_share: float) -> Array:
    """Return for each logit the log of the chance not to have signed when a share of the hazard has passed."""
    return LOG_STAYS * time_share


def chance_of_all(weights: Array, left: int, time_share: float = 1.0) -> float:
    """Return the probability that all that are left have signed when a share of the hazard has passed."""
    if left == 0:
        return 1.0
    signs = np.maximum(-np.expm1(log_staying(time_share)), 1e-300)
    return float(weights @ np.exp(left * np.log(signs)))


def chance_of_all_through(first: Array | None, then: Array, left: int, time_share: float) -> float:
    """Return the probability that all left sign in the first of two stages, if any, or in a part of the next."""
    if first is None:
        return chance_of_all(then, left, time_share)
    stays = LOG_STAYS[:, None] + log_staying(time_share)[None, :]
    signs = np.log(np.maximum(-np.expm1(stays), 1e-300))
    return float(first @ np.exp(left * signs) @ then)


def count_chances(weights: Array, left: int, time_share: float = 1.0) -> Array:
    """Return the probability of each count 0 … `left` of signings when a share of the hazard has passed."""
    if left == 0:
        return np.ones(1)
    counts = np.arange(left + 1)
    factorial = np.concatenate([[0.0], np.cumsum(np.log(counts[1:]))])
    ways = factorial[-1] - factorial - factorial[::-1]
    stays = log_staying(time_share)
    signs = np.log(np.maximum(-np.expm1(stays), 1e-300))
    matters = weights > 1e-9
    chances = np.exp(ways + np.outer(signs[matters], counts) + np.outer(stays[matters], counts[::-1]))
    return np.asarray(weights[matters] @ chances)


def likeliest_counts(weights: Array, left: int, mass: float, time_share: float = 1.0) -> tuple[int, int, int]:
    """Return the narrowest run of counts whose probability is nearest to `mass`, and the median: low, median, high."""
    parts = min(left, EXACT_HOUSEHOLDS)
    chances = count_chances(weights, parts, time_share)
    likeliest = np.argsort(-chances, kind="stable")
    low, high = np.minimum.accumulate(likeliest), np.maximum.accumulate(likeliest)
    below = np.concatenate([[0.0], np.cumsum(chances)])
    nearest = int(np.argmin(np.abs(below[high + 1] - below[low] - mass)))
    median = int(np.searchsorted(below[1:], 0.5))
    found = (min(int(low[nearest]), median), median, max(int(high[nearest]), median))
    first, middle, last = (round(count * left / max(1, parts)) for count in found)
    return first, middle, last
