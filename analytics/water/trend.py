"""Is it really getting better? Mann–Kendall tests with Sen's slope, of months or of any dates.

Only `scipy.special` is used: loading `scipy.stats` takes a second, and it has no seasonal test and no such interval.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc, ndtri

from analytics.sample_size import TooFew, sample_shortage
from analytics.water.means import rounded_mean, rounded_values
from data.standards.thresholds import thresholds

Vector = NDArray[np.float64]
MONTHS = 12  # the seasons of the seasonal Kendall test


@dataclass(frozen=True, slots=True)
class Trend:
    """How a series moves: the test, and the slope in units of the item per year.

    `n` values; score `s` with its `variance`; `z` with continuity correction; two-sided `p`; `tau` = s / number of
    pairs; `low` to `high` holds the slope with `confidence`, infinite where the values are too few to bound it;
    `intercept` is the line's value in the year 0; `season_p` is small where the months move apart (NaN for one season);
    `is_corrected` tells that the variance holds the covariance of the months.
    """

    n: int
    s: float
    variance: float
    z: float
    p: float
    tau: float
    slope: float
    low: float
    high: float
    confidence: float
    intercept: float
    season_p: float
    is_corrected: bool


def _year_pairs(table: Vector) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    earlier, later = np.triu_indices(len(table), 1)
    return earlier, later


def _pair_signs(table: Vector) -> Vector:
    """Return for each pair of years (rows) and season (columns) +1 for a rise, −1 for a fall, 0 for a tie or a gap."""
    earlier, later = _year_pairs(table)
    return np.asarray(np.nan_to_num(np.sign(table[later] - table[earlier])))


def season_covariance(table: Vector) -> Vector:
    """Return the covariance of the seasons' scores, seasons × seasons, with ties and gaps.

    The diagonal equals [n(n−1)(2n+5) − Σt(t−1)(2t+5)] / 18. Source: Dietz & Killeen 1981; Hirsch & Slack 1984, eq. 8.
    """
    signs, counts = _pair_signs(table), np.sum(~np.isnan(table), axis=0) + 1.0
    ranks = (counts + np.nan_to_num(np.sign(table - table[:, np.newaxis])).sum(axis=0)) / 2
    return np.asarray((signs.T @ signs + 4 * ranks.T @ ranks - len(table) * np.outer(counts, counts)) / 3)


def _score_variance(covariances: Vector, is_corrected: bool) -> float:
    """Return the variance of the score; an estimate with covariances that is not positive falls back to the sum."""
    total = float(covariances.sum())
    return total if is_corrected and total > 0 else float(np.trace(covariances))


def _z_score(s: float, variance: float) -> float:
    """Return the score in standard deviations with continuity correction; 0 where all values are tied."""
    return float((s - np.sign(s)) / math.sqrt(variance)) if variance > 0 else 0.0


def two_sided_p(z: float) -> float:
    """Return the chance of a score at least so far from 0, without a trend."""
    return math.erfc(abs(z) / math.sqrt(2))


def _pairwise_slopes(table: Vector, times: Vector) -> Vector:
    """Return the slopes between all pairs of years within a season, sorted; per unit of `times`."""
    earlier, later = _year_pairs(table)
    each = rounded_values(table[later] - table[earlier]) / (times[later] - times[earlier])[:, np.newaxis]
    return np.sort(each[~np.isnan(each)])


def _slope_interval(slopes: Vector, variance: float, confidence: float) -> tuple[float, float]:
    """Return the bounds of Sen's slope, between the sorted slopes at (N ∓ C)/2. Source: Gilbert 1987 §16.5."""
    spread = float(ndtri((1 + confidence) / 2)) * math.sqrt(variance)
    places = (len(slopes) - spread) / 2, (len(slopes) + spread) / 2 + 1
    low, high = np.interp(places, np.arange(1, len(slopes) + 1), slopes, left=-np.inf, right=np.inf)
    return float(low), float(high)


def _line_intercept(table: Vector, times: Vector, slope: float) -> float:
    """Return the line's value at time 0: median of the values less the slope at the median time (Conover 1999)."""
    held = ~np.isnan(table)
    return float(np.median(table[held]) - slope * np.median(times[held]))


def _season_p(scores: Vector, variances: Vector) -> float:
    """Return the chance that months with one common trend differ so much (van Belle & Hughes 1984); NaN for one."""
    moving = variances > 0
    z = scores[moving] / np.sqrt(variances[moving])
    return float(chdtrc(len(z) - 1, np.sum((z - z.mean()) ** 2))) if len(z) > 1 else math.nan


def kendall_of_table(
    table: ArrayLike,
    times: ArrayLike,
    offsets: ArrayLike = 0.0,
    *,
    is_corrected: bool = False,
    confidence: float = 0.95,
) -> Trend:
    """Return the trend of a table, years × seasons, NaN where a value is missing; at least two rows must hold values.

    `times` are the years of the rows, distinct and rising; `offsets` where in the year each season lies, for the
    intercept only. No minimum of values is asked for. Source: Hirsch, Slack & Smith 1982; Sen 1968.
    """
    cells, years = np.asarray(table, dtype=float), np.asarray(times, dtype=float)
    scores, covariances = _pair_signs(cells).sum(axis=0), season_covariance(cells)
    s, variance, slopes = (
        float(scores.sum()),
        _score_variance(covariances, is_corrected),
        _pairwise_slopes(cells, years),
    )
    z, slope, (low, high) = (
        _z_score(s, variance),
        float(np.median(slopes)),
        _slope_interval(slopes, variance, confidence),
    )
    return Trend(
        n=int(np.sum(~np.isnan(cells))),
        s=s,
        variance=variance,
        z=z,
        p=two_sided_p(z),
        tau=s / len(slopes),
        slope=slope,
        low=low,
        high=high,
        confidence=confidence,
        intercept=_line_intercept(cells, np.add(years[:, np.newaxis], np.broadcast_to(offsets, cells.shape)), slope),
        season_p=_season_p(scores, np.diag(covariances)),
        is_corrected=is_corrected,
    )


def _dated_values(values: pd.Series) -> pd.Series:
    """Return the finite values; their index as months or days."""
    index = values.index if isinstance(values.index, pd.PeriodIndex) else pd.DatetimeIndex(values.index)
    dated = pd.Series(values.to_numpy(dtype=float), index=index)
    return dated[np.isfinite(dated)]


def year_season_table(values: pd.Series, seasons: int = MONTHS) -> tuple[Vector, Vector, Vector]:
    """Return the values as years × seasons (season 0 begins in January), the years, and the seasons that occur.

    `values` is indexed by dates or months; `seasons` divides 12. A season with several values has their mean, one
    without a value NaN.
    """
    kept = _dated_values(values)
    years, rows = np.unique(kept.index.year, return_inverse=True)
    occurring, columns = np.unique((kept.index.month - 1) * seasons // MONTHS, return_inverse=True)
    cells, size = rows * len(occurring) + columns, len(years) * len(occurring)
    with np.errstate(invalid="ignore"):
        table = rounded_values(np.bincount(cells, kept, size) / np.bincount(cells, minlength=size))
    return table.reshape(len(years), len(occurring)), years.astype(float), occurring.astype(float)


def seasonal_kendall(
    values: pd.Series, seasons: int = MONTHS, *, is_corrected: bool | None = None, as_of: date | None = None
) -> Trend | TooFew:
    """Return the seasonal Mann–Kendall test with Sen's slope of monthly means, or what is lacking for it.

    `values` is indexed by months (days count for their month), NaN where missing; January is compared with January.
    It takes three years, and three values for each calendar month that occurs. Covariances are used from ten years on,
    unless `is_corrected` says. Source: USEPA 2009 Unified Guidance 14.3.4; Hirsch, Slack & Smith 1982; Hirsch & Slack
    1984.
    """
    rule, (table, years, occurring) = thresholds(as_of), year_season_table(values, seasons)
    compared = seasons if len(years) < rule["seasonal_years"] else len(occurring)
    needed = max(rule["kendall_values"], rule["seasonal_years"] * compared)
    if lacking := sample_shortage(int(np.sum(~np.isnan(table))), needed, "month"):
        return lacking
    corrected = len(years) >= rule["corrected_years"] if is_corrected is None else is_corrected
    return kendall_of_table(table, years, occurring / seasons, is_corrected=corrected, confidence=rule["confidence"])


def decimal_years(index: pd.Index) -> Vector:
    """Return days or months as years with a fraction: 2014-07-02 is 2014.499."""
    days = index.to_timestamp() if isinstance(index, pd.PeriodIndex) else pd.DatetimeIndex(index)
    return np.asarray(days.year + (days.day_of_year - 1) / (365 + days.is_leap_year), dtype=float)


def mann_kendall(values: pd.Series, *, as_of: date | None = None) -> Trend | TooFew:
    """Return the Mann–Kendall test with Sen's slope, without regard to seasons, or what is lacking for it.

    `values` is indexed by days, months or numbers (then the slope is per unit of them), in any order; values at one
    time count as their mean. Source: USEPA 2009 Unified Guidance 17.3.2.
    """
    times = values.index.to_numpy() if pd.api.types.is_numeric_dtype(values.index) else decimal_years(values.index)
    kept = pd.Series(values.to_numpy(dtype=float), index=times.astype(float))
    kept = kept[np.isfinite(kept)].groupby(level=0).agg(rounded_mean)
    rule = thresholds(as_of)
    if lacking := sample_shortage(len(kept), rule["kendall_values"], "value"):
        return lacking
    return kendall_of_table(kept.to_numpy()[:, np.newaxis], kept.index, confidence=rule["confidence"])
