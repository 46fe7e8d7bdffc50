"""Do the yearly means go one way? Spearman's rank correlation, with the exact chance of so few years."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtr

from analytics.sample_size import TooFew, sample_shortage
from data.standards.thresholds import thresholds

Vector = NDArray[np.float64]
EXACT_YEARS = 12  # above, the pairings are too many to count and Student's t is close


@dataclass(frozen=True, slots=True)
class RankCorrelation:
    """How the means of `n` years go with time: `r` from −1 to 1, and the one-sided `p` of that direction.

    `first` and `last` are the means of the first and the last year, in units of the item.
    """

    n: int
    r: float
    p: float
    is_exact: bool
    first: float
    last: float


@lru_cache(maxsize=256)
def _squared_distance_counts(first: tuple[int, ...], second: tuple[int, ...]) -> NDArray[np.int64]:
    """Return how many of the n! pairings of two rising lists of ranks have the sum of squared differences 0, 1, 2, …"""
    size = sum((a - b) ** 2 for a, b in zip(first, reversed(second), strict=True)) + 1
    ways: dict[int, NDArray[np.int64]] = {0: np.eye(1, size, dtype=np.int64)[0]}
    for rank in first:
        further: dict[int, NDArray[np.int64]] = defaultdict(lambda: np.zeros(size, dtype=np.int64))
        for taken, counts in ways.items():
            for place, other in enumerate(second):
                if not taken >> place & 1:
                    further[taken | 1 << place][(rank - other) ** 2 :] += counts[: size - (rank - other) ** 2]
        ways = further
    return ways[(1 << len(first)) - 1]


def _exact_p(first: Vector, second: Vector, r: float) -> float:
    """Return the share of pairings that go as far in the direction of `r`; ranks are doubled, for ties halve them."""
    one, two = (tuple((2 * ranks).astype(int).tolist()) for ranks in (first, second))
    ways, found = (
        _squared_distance_counts(one, tuple(sorted(two))),
        sum((a - b) ** 2 for a, b in zip(one, two, strict=True)),
    )
    return float((ways[: found + 1] if r > 0 else ways[found:]).sum() / ways.sum())


def _student_p(n: int, r: float) -> float:
    """Return the one-sided p of a rank correlation through Student's t with n − 2 degrees of freedom."""
    return float(stdtr(n - 2, -abs(r) * math.sqrt((n - 2) / (1 - r * r)))) if abs(r) < 1 else 0.0


def spearman_correlation(yearly: pd.Series, *, as_of: date | None = None) -> RankCorrelation | TooFew:
    """Return Spearman's rank correlation of yearly means with time, or what is lacking for it.

    `yearly` is indexed by year, NaN where missing. r = 1 − 6Σd²/(N³−N) without ties, the correlation of mean ranks
    with them; p is one-sided like the table of critical values W_p, and exact up to 12 years. Source: 环办〔2011〕22号.
    """
    kept = yearly.dropna().sort_index()
    if lacking := sample_shortage(len(kept), thresholds(as_of)["spearman_years"], "year"):
        return lacking
    times, ranks = np.arange(1.0, len(kept) + 1), kept.rank().to_numpy(dtype=float)
    r = float(np.corrcoef(times, ranks)[0, 1]) if np.ptp(ranks) else 0.0
    is_exact = len(kept) <= EXACT_YEARS
    p = _exact_p(times, ranks, r) if is_exact else _student_p(len(kept), r)
    return RankCorrelation(len(kept), r, p, is_exact, float(kept.iloc[0]), float(kept.iloc[-1]))
