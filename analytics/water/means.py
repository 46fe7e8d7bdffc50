"""Means of longer periods out of those of months."""

from __future__ import annotations

import math
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from data.standards.thresholds import thresholds

Period = Literal["year", "quarter"]
LEAST_MONTHS: dict[Period, str] = {"year": "year_months", "quarter": "quarter_months"}


def ph_mean(values: ArrayLike) -> float:
    """Return the mean pH through the mean of H⁺: 6 and 8 give 6.30; NaN of nothing."""
    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    return -math.log10(np.mean(10.0**-known)) if known.size else math.nan


def period_means(monthly: pd.Series, period: Period, parameter: str = "", *, as_of: date | None = None) -> pd.DataFrame:
    """Return the mean of the months of each year or quarter, NaN where too few months have a value.

    `monthly` is indexed by months or days; columns `value`, `months`. Through H⁺ for parameter PH. A year needs 8
    months, a quarter 2. Source: 环办〔2011〕22号.
    """
    index = monthly.index if isinstance(monthly.index, pd.PeriodIndex) else pd.DatetimeIndex(monthly.index)
    grouped = pd.Series(monthly.to_numpy(dtype=float), index=index).dropna()
    grouped = grouped.groupby(grouped.index.year if period == "year" else pd.PeriodIndex(grouped.index, freq="Q"))
    found = pd.DataFrame({"value": grouped.agg(ph_mean if parameter == "PH" else "mean"), "months": grouped.count()})
    found["value"] = found["value"].where(found["months"] >= thresholds(as_of)[LEAST_MONTHS[period]])
    return found
