"""Monthly means, in which all below the largest detection limit are equal, as are all above a range."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from tests.recomputed import Ledgers
from tests.recomputed.classes import measured
from tests.recomputed.known_values import Known
from tests.recomputed.limits import ITEMS
from tests.recomputed.sections import readings_until

Months = dict[pd.Period, Known]


@dataclass(frozen=True)
class Tied:
    """The values by month, and whether all of them are one limit, of which nothing can be said."""

    values: dict[pd.Period, Fraction]
    is_unknown: bool


def is_undetected(month: Known) -> bool:
    """Tell a month in which nothing was detected."""
    return month.is_below and not month.counts and not month.is_beyond


def tied(months: Mapping[pd.Period, Known], bounds: Mapping[pd.Period, Fraction]) -> Tied:
    """Return values of which those below the largest limit are half of it, and those above the lowest range are it.

    `bounds` has the lowest value above a range of the months in which there is one. Source: Helsel 2012, ch. 12.
    """
    floor = max((month.high for month in months.values() if is_undetected(month)), default=None)
    ceiling = min((bounds[at] for at in months if at in bounds), default=None)
    values, limits = {}, set()
    for at, month in months.items():
        value = month.half
        if floor is not None and (is_undetected(month) or value < floor):
            value = floor / 2
            limits.add(at)
        elif ceiling is not None and (month.is_beyond or value > ceiling):
            value = ceiling
            limits.add(at)
        values[at] = value
    one_limit = len(set(values.values())) == 1 and (limits == set(months) or {*values.values()} <= {floor, ceiling})
    return Tied(values, one_limit)


def item_series(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[tuple[str, str, Months, dict[pd.Period, Fraction]]]:
    """Yield section, item, the means of its months, and the lowest value above a range of months with one."""
    readings = readings_until(ledgers, day)
    beyond = readings[readings["qualifier"] == ">"].groupby(["section_id", "parameter", "month"])["value"].min()
    series: dict[tuple[str, str], Months] = {}
    for (section, month), (items, _, _) in measured(readings, "month").items():
        for item, known in items.items():
            if item in ITEMS:
                series.setdefault((section, item), {})[month.to_period("M")] = known
    bounds: dict[tuple[str, str], dict[pd.Period, Fraction]] = {}
    for (section, item, month), value in beyond.items():
        bounds.setdefault((section, item), {})[month.to_period("M")] = Fraction(str(value))
    for (section, item), months in series.items():
        yield section, item, dict(sorted(months.items())), bounds.get((section, item), {})
