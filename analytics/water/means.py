"""Means that can be compared, and those of longer periods out of those of months."""

from __future__ import annotations

import math
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from data.standards.thresholds import thresholds

Period = Literal["year", "quarter"]
DECIMALS = 10  # chosen: far below the last digit of any measurement; that of the classes in classes.sql
LEAST_MONTHS: dict[Period, str] = {"year": "year_months", "quarter": "quarter_months"}


def rounded_values(values: ArrayLike) -> NDArray[np.float64]:
    """Return values without what binary sums and differences add below the tenth decimal: 0.3 − 0.1 is 0.2.

    Whatever is summed, subtracted or averaged is rounded so before it is compared, ranked or classed.
    """
    return np.round(np.asarray(values, dtype=float), DECIMALS)


def rounded_mean(values: ArrayLike) -> float:
    """Return the mean of the values that are there, 0.2 of three times 0.2; NaN of nothing."""
    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    return round(math.fsum(known) / known.size, DECIMALS) if known.size else math.nan


def ph_mean(values: ArrayLike) -> float:
    """Return the mean pH through the mean of H⁺: 6 and 8 give 6.30; NaN of nothing."""
    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    return round(-math.log10(np.mean(10.0**-known)), DECIMALS) if known.size else math.nan


def period_means(monthly: pd.Series, period: Period, parameter: str = "", *, as_of: date | None = None) -> pd.DataFrame:
    """Return the mean of the months of each year or quarter, NaN where too few months have a value.

    `monthly` is indexed by months or days; columns `value`, `months`. Through H⁺ for parameter PH. A year needs 8
    months, a quarter 2. Source: 环办〔2011〕22号.
    """
    index = monthly.index if isinstance(monthly.index, pd.PeriodIndex) else pd.DatetimeIndex(monthly.index)
    grouped = pd.Series(monthly.to_numpy(dtype=float), index=index).dropna()
    grouped = grouped.groupby(grouped.index.year if period == "year" else pd.PeriodIndex(grouped.index, freq="Q"))
    means = grouped.agg(ph_mean if parameter == "PH" else rounded_mean)
    found = pd.DataFrame({"value": means, "months": grouped.count()})
    found["value"] = found["value"].where(found["months"] >= thresholds(as_of)[LEAST_MONTHS[period]])
    return found
