"""Means, loads and judgements where some values are only known to lie below a detection limit.

`values` are measured, NaN where missing; `limits` is the detection limit where nothing was detected (the value is then
left unread), else NaN.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from data.standards.rules import numbers

Verdict = Literal["达标", "超标", "无法判定", "无数据"]
Bounds = tuple[float | None, float | None]
WORSE = 6


def estimated(values: ArrayLike, limits: ArrayLike, share: float) -> NDArray[np.float64]:
    """Return the values with a share of the detection limit where nothing was detected."""
    detection = np.asarray(limits, dtype=float)
    return np.where(np.isnan(detection), np.asarray(values, dtype=float), detection * share)


def mean(values: ArrayLike, limits: ArrayLike = math.nan) -> float:
    """Return the mean, half of the detection limit where nothing was detected; NaN of nothing.

    Source: SL 219-2013 §12.2.5; 环办监测函〔2020〕82号, item 7.
    """
    known = estimated(values, limits, 0.5)
    known = known[~np.isnan(known)]
    return float(known.mean()) if known.size else math.nan


def ph_mean(values: ArrayLike) -> float:
    """Return the mean pH through the mean of H⁺: 6 and 8 give 6.30; NaN of nothing."""
    hydrogen = mean(10.0 ** -np.asarray(values, dtype=float))
    return -math.log10(hydrogen) if hydrogen > 0 else math.nan


def kilograms(volumes: ArrayLike, values: ArrayLike, limits: ArrayLike = math.nan) -> float:
    """Return the load Σ m³ × mg/L ÷ 1000 in kg, 0 where nothing was detected; days without either are left out.

    Source: SL 219-2013 §12.2.5 (non-detects count as 0 in loads).
    """
    return float(np.nansum(np.asarray(volumes, dtype=float) * estimated(values, limits, 0)) / 1000)


def half_even(value: float, decimals: int) -> float:
    """Return the value rounded half to even as it is written; what would become 0 keeps one significant digit.

    Source: GB/T 8170-2008; the last rule is of 环办监测函〔2020〕82号.
    """
    written = Decimal(str(value))
    rounded = written.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
    if not rounded and written:
        rounded = written.quantize(Decimal(1).scaleb(written.adjusted()), ROUND_HALF_EVEN)
    return float(rounded)


def _is_within(value: float, bounds: Bounds) -> bool:
    low, high = bounds
    return (low is None or value >= low) and (high is None or value <= high)


def verdict(value: float, detection: float, bounds: Bounds) -> Verdict:
    """Return whether a value keeps its bounds; one below detection is judged only if 0 and the limit agree.

    `0.5L` of total phosphorus against 0.2 is 无法判定. All in the unit of the item.
    """
    if math.isnan(detection):
        return "无数据" if math.isnan(value) else "达标" if _is_within(value, bounds) else "超标"
    ends = {_is_within(0.0, bounds), _is_within(detection, bounds)}
    return "无法判定" if len(ends) > 1 else "达标" if ends == {True} else "超标"


def class_rank(value: float, detection: float, classes: Sequence[Bounds]) -> int | None:
    """Return the best class (from 1) that a value surely keeps, 6 for worse than all, None where it cannot be told.

    `classes` are the bounds of classes Ⅰ to Ⅴ; round before, where the standard does. Source: GB 3838-2002 table 1.
    """
    verdicts = [verdict(value, detection, bounds) for bounds in classes]
    if "达标" in verdicts:
        return verdicts.index("达标") + 1
    return WORSE if set(verdicts) == {"超标"} else None


def period_means(
    monthly: pd.Series, period: Literal["year", "quarter"], parameter: str = "", *, as_of: date | None = None
) -> pd.DataFrame:
    """Return the mean of the months of each year or quarter, NaN where too few months have a value.

    `monthly` is indexed by months or days; columns `value`, `months`. Through H⁺ for parameter PH. A year needs 8
    months, a quarter 2. Source: 环办〔2011〕22号.
    """
    index = monthly.index if isinstance(monthly.index, pd.PeriodIndex) else pd.DatetimeIndex(monthly.index)
    grouped = pd.Series(monthly.to_numpy(dtype=float), index=index).dropna()
    grouped = grouped.groupby(grouped.index.year if period == "year" else pd.PeriodIndex(grouped.index, freq="Q"))
    found = pd.DataFrame({"value": grouped.agg(ph_mean if parameter == "PH" else mean), "months": grouped.count()})
    found["value"] = found["value"].where(found["months"] >= numbers(as_of)[f"{period}_months"])
    return found
