"""Months known only by a limit: below what a laboratory detects, or above what it measures."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.water.sentences import WORKS, MeasuredItem, Window, format_significant
from data.text import Text, mid_sentence

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CensoredSeries:
    """Values of which all below `floor` are equal, and all above `ceiling`; −inf and inf where there is none."""

    values: Vector
    floor: float
    ceiling: float

    @property
    def is_unknown(self) -> bool:
        """Tell a series that holds nothing but limits, of which nothing can be said."""
        known = self.values[~np.isnan(self.values)]
        limits = [limit for limit in (self.floor / 2, self.floor, self.ceiling) if math.isfinite(limit)]
        return bool(known.size and np.isin(known, limits).all() and not np.ptp(known))


def tied_at_limits(values: ArrayLike, below: ArrayLike, above: ArrayLike) -> CensoredSeries:
    """Return values with all below the largest detection limit made equal, and all from the lowest end of a range on.

    So a new limit is no trend. `below` is NaN where something was detected, else the detection limit; `above` is NaN
    but where a value lies beyond it; such values are left unread. Where the two meet, all are equal.
    Source: Helsel 2012, Statistics for Censored Environmental Data, ch. 12.
    """
    measured, low, high = (np.asarray(each, dtype=float) for each in (values, below, above))
    floor, ceiling = float(np.nanmax(low, initial=-np.inf)), float(np.nanmin(high, initial=np.inf))
    if ceiling <= floor:
        return CensoredSeries(np.where(np.isnan(measured), np.nan, floor), floor, ceiling)
    is_low, is_high = ~np.isnan(low) | (measured < floor), ~np.isnan(high) | (measured > ceiling)
    return CensoredSeries(np.where(is_high, ceiling, np.where(is_low, floor / 2, measured)), floor, ceiling)


UNKNOWN_TREND = Text(
    "{item}（{since} 至 {until}）都{limits}，说不出有没有升降。",
    "{item} ({since} to {until}) is always {limits}, so nothing can be said of a rise or fall.",
)
UNKNOWN_SHIFT = Text(
    "{works}前后{item}都{limits}，说不出有没有变化。",
    "Both before and after {works}, {item} is {limits}, so nothing can be said of a change.",
)
BELOW = Text("低于检出限 {amount}", "below the detection limit of {amount}")
ABOVE = Text("高于量程 {amount}", "above the range of {amount}")
OUTSIDE = Text("低于检出限或高于量程", "below a detection limit or above a range")


def limit_text(series: CensoredSeries, unit: str) -> Text:
    """Return where the values lie of which only limits are known."""
    if math.isfinite(series.floor) and math.isfinite(series.ceiling):
        return OUTSIDE
    words, limit = (BELOW, series.floor) if math.isfinite(series.floor) else (ABOVE, series.ceiling)
    return words.fill(amount=f"{format_significant(limit)} {unit}".strip())


def unknown_trend_sentence(subject: MeasuredItem, series: CensoredSeries, window: Window) -> Text:
    """Return the sentence of a series in which there are only limits."""
    limits = limit_text(series, subject.unit)
    return UNKNOWN_TREND.fill(item=subject.label, since=window[0], until=window[1], limits=limits)


def unknown_shift_sentence(subject: MeasuredItem, series: CensoredSeries, works: Text = WORKS) -> Text:
    """Return the sentence of a comparison of which both sides are only limits."""
    limits = limit_text(series, subject.unit)
    return UNKNOWN_SHIFT.fill(works=works, item=mid_sentence(subject.label), limits=limits)
