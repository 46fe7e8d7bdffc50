"""Did the works help? The shift between the same calendar months before and after them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.sample_size import TooFew, sample_shortage
from analytics.water.means import rounded_values
from data.standards.thresholds import thresholds

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shift:
    """How far the values moved, in units of the item: below 0 they fell.

    `months` calendar months are compared, from `n_before` and `n_after` values; `before` and `after` are the medians
    of those months; `low` to `high` holds the `shift` with `confidence`; `p` is two-sided and exact.
    """

    months: int
    n_before: int
    n_after: int
    before: float
    after: float
    shift: float
    low: float
    high: float
    confidence: float
    p: float


def _monthly_values(values: pd.Series) -> pd.Series:
    """Return the finite values, indexed by month."""
    index = values.index if isinstance(values.index, pd.PeriodIndex) else pd.DatetimeIndex(values.index).to_period("M")
    dated = pd.Series(values.to_numpy(dtype=float), index=index)
    return dated[np.isfinite(dated)]


def values_before_after(values: pd.Series, began: date, ended: date | None) -> tuple[pd.Series, pd.Series]:
    """Return the values of the months before works began and of those after they ended, none while they go on.

    `values` is indexed by months or days; the months in which the works began, went on and ended are on neither side.
    """
    dated = _monthly_values(values)
    after = dated[dated.index > pd.Period(ended, "M")] if ended else dated.iloc[:0]
    return dated[dated.index < pd.Period(began, "M")], after


def calendar_month_medians(before: pd.Series, after: pd.Series) -> pd.DataFrame:
    """Return the median of each calendar month that both sides have; index month 1–12, columns before, after."""
    each = {
        side: values.groupby(values.index.month).median() for side, values in (("before", before), ("after", after))
    }
    return pd.DataFrame(each).dropna()


def _rank_sum_probabilities(ranks: Iterable[int]) -> Vector:
    """Return the chance that the ranks of the rises add up to 0, 1, 2, … if each is a rise or a fall by a coin."""
    ways = np.ones(1)
    for rank in ranks:
        ways = (np.pad(ways, (0, rank)) + np.pad(ways, (rank, 0))) / 2
    return ways


def signed_rank_p(differences: Vector) -> float:
    """Return the exact two-sided p of Wilcoxon's signed-rank test; zeros are left out, ties have mean ranks."""
    moved = differences[differences != 0]
    ranks = (2 * pd.Series(np.abs(moved)).rank().to_numpy(dtype=float)).astype(int)
    chances, rises = _rank_sum_probabilities(ranks), ranks[moved > 0].sum()
    return float(min(1.0, 2 * min(chances[: rises + 1].sum(), chances[rises:].sum())))


def walsh_averages(differences: Vector) -> Vector:
    """Return the means of all pairs of differences, each with itself too, sorted; n(n+1)/2 of them."""
    first, second = np.triu_indices(len(differences))
    return np.sort(rounded_values((differences[first] + differences[second]) / 2))


def _confidence_interval(averages: Vector, n: int, confidence: float) -> tuple[float, float, float]:
    """Return the narrowest interval that is at least so sure, and how sure it is. Source: Hollander & Wolfe, §3.3."""
    tails = np.cumsum(_rank_sum_probabilities(range(1, n + 1)))
    cut = max(1, int(np.searchsorted(tails, (1 - confidence) / 2, side="right")))
    return float(averages[cut - 1]), float(averages[-cut]), float(1 - 2 * tails[cut - 1])


def hodges_lehmann_shift(before: pd.Series, after: pd.Series, *, as_of: date | None = None) -> Shift | TooFew:
    """Return the Hodges–Lehmann shift from before to after, or what is lacking for it.

    Both are indexed by months or days, NaN where missing. Each calendar month that both have is compared with itself,
    so a difference of season is none of the works; several years of a month count as their median. At least six such
    months are needed. Source: Hodges & Lehmann 1963; Wilcoxon 1945; Helsel & Hirsch 2002, ch. 6 (matched pairs).
    """
    earlier, later = _monthly_values(before), _monthly_values(after)
    pairs, rule = calendar_month_medians(earlier, later), thresholds(as_of)
    if lacking := sample_shortage(len(pairs), rule["paired_months"], "month"):
        return lacking
    differences = rounded_values(pairs["after"] - pairs["before"])
    averages = walsh_averages(differences)
    low, high, confidence = _confidence_interval(averages, len(differences), rule["confidence"])
    return Shift(
        months=len(pairs),
        n_before=int(earlier.index.month.isin(pairs.index).sum()),
        n_after=int(later.index.month.isin(pairs.index).sum()),
        before=float(pairs["before"].median()),
        after=float(pairs["after"].median()),
        shift=float(np.median(averages)),
        low=low,
        high=high,
        confidence=confidence,
        p=signed_rank_p(differences),
    )
