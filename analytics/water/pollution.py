"""How far the items are over class Ⅲ: multiples, main pollutants, and the index CWQI."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from analytics.water.means import DECIMALS
from data.standards import CLASS_COUNT, class_limits
from data.standards.thresholds import rows_in_force, thresholds

Bounds = tuple[float | None, float | None]
CLASS_III, INDEX_ITEM_COUNT, NEUTRAL_PH = 3, 21, 7.0  # 环办〔2011〕22号: the 21 items of the index, held against Ⅲ


@dataclass(frozen=True, slots=True)
class Pollutant:
    """An item over class Ⅲ: its class rank, and (C − C_Ⅲ)/C_Ⅲ, NaN for pH and dissolved oxygen, which have none."""

    parameter: str
    rank: int
    multiple: float


@dataclass(frozen=True, slots=True)
class WaterQualityIndex:
    """CWQI of `n` items: their sum `total` and the mean `each` that waters with other items compare by.

    `parts` are the items' own indices; a total of NaN means that an item cannot be divided (dissolved oxygen of 0).
    """

    total: float
    each: float
    n: int
    parts: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class IndexMeans:
    """Means of an index: `known`, of which those `beyond` a range are only bounds; `unjudged` are left out."""

    known: Mapping[str, float]
    beyond: tuple[str, ...] = ()
    unjudged: tuple[str, ...] = ()

    @property
    def exact(self) -> dict[str, float]:
        """The means that two periods can be compared by."""
        return {item: value for item, value in self.known.items() if item not in self.beyond}


@cache
def _bounds_by_item(as_of: date | None) -> dict[tuple[str, str], list[Bounds]]:
    found: dict[tuple[str, str], list[Bounds]] = {}
    for _, effective, _, parameter, water, rank, low, high, _ in sorted(class_limits(), key=lambda row: str(row[1])):
        if as_of is None or str(effective) <= as_of.isoformat():
            ranks = found.setdefault((str(parameter), str(water)), [(None, None)] * CLASS_COUNT)
            ranks[int(str(rank)) - 1] = (_optional_float(low), _optional_float(high))
    return found


def _optional_float(bound: object) -> float | None:
    return None if bound is None else float(str(bound))


def class_bounds(parameter: str, water: str, as_of: date | None = None) -> list[Bounds]:
    """Return the bounds (low, high) of classes Ⅰ to Ⅴ of an item in a `river` or `lake`; none without limits."""
    return _bounds_by_item(as_of).get((parameter, water), [])


def exceedance_multiple(parameter: str, value: float, water: str, as_of: date | None = None) -> float:
    """Return how many times over the limit of class Ⅲ an item is: (C − C_Ⅲ)/C_Ⅲ; NaN for pH and dissolved oxygen.

    Source: 环办〔2011〕22号.
    """
    low, high = class_bounds(parameter, water, as_of)[CLASS_III - 1]
    return round(value / high - 1, DECIMALS) if low is None and high else math.nan


def _severity_order(pollutant: Pollutant, first: set[str]) -> tuple[bool, int, float]:
    over = 0.0 if math.isnan(pollutant.multiple) else pollutant.multiple
    return pollutant.parameter not in first, -pollutant.rank, -over


def exceeding_items(
    items: Mapping[str, tuple[float, int]], water: str, *, as_of: date | None = None
) -> list[Pollutant]:
    """Return the items over class Ⅲ; `items` gives each item's value and class rank."""
    return [
        Pollutant(p, rank, exceedance_multiple(p, value, water, as_of))
        for p, (value, rank) in items.items()
        if rank > CLASS_III
    ]


def _priority_items(as_of: date | None) -> set[str]:
    return {row["parameter"] for row in rows_in_force("main_pollutant.csv", as_of, "first")}


def section_pollutants(
    items: Mapping[str, tuple[float, int]], water: str, *, as_of: date | None = None
) -> list[Pollutant]:
    """Return the main pollutants of a section: the three worst items over class Ⅲ, none where all keep it.

    `items` gives each item's value and class rank. Cyanide and heavy metals come first, then the worse class, then the
    greater multiple. Source: 环办〔2011〕22号.
    """
    over, first = exceeding_items(items, water, as_of=as_of), _priority_items(as_of)
    return sorted(over, key=lambda p: _severity_order(p, first))[: int(thresholds(as_of)["main_pollutants"])]


def river_pollutants(
    sections: Mapping[str, Sequence[Pollutant]], *, as_of: date | None = None
) -> list[tuple[str, int, int]]:
    """Return the main pollutants of a river of several sections: (item, sections over class Ⅲ, all sections).

    `sections` gives the items over class Ⅲ by section; the three items that most sections exceed, of equals what is the
    worst at any section comes first. Source: 环办〔2011〕22号, 断面超标率.
    """
    over: dict[str, list[tuple[bool, int, float]]] = {}
    first = _priority_items(as_of)
    for pollutant in (p for found in sections.values() for p in found):
        over.setdefault(pollutant.parameter, []).append(_severity_order(pollutant, first))
    worst = sorted(over, key=lambda p: (-len(over[p]), min(over[p])))[: int(thresholds(as_of)["main_pollutants"])]
    return [(p, len(over[p]), len(sections)) for p in worst]


def _single_item_index(value: float, third: Bounds) -> float:
    """Return C/C_Ⅲ; C_Ⅲ/C for dissolved oxygen; the distance from pH 7 over that of its bound."""
    low, high = third
    if low is None or high is None:
        return value / high if high else (low / value if low and value > 0 else math.nan)
    return (
        (value - NEUTRAL_PH) / (high - NEUTRAL_PH) if value > NEUTRAL_PH else (NEUTRAL_PH - value) / (NEUTRAL_PH - low)
    )


def water_quality_index(
    means: Mapping[str, float], water: str, *, as_of: date | None = None
) -> WaterQualityIndex | None:
    """Return the water quality index of the items that have a limit, None without any.

    `means` are over sections and period, ½ DL for non-detects, NaN where missing; `water` is river or lake.
    Source: 《城市地表水环境质量排名技术规定（试行）》环办监测〔2017〕51号.
    """
    thirds = {p: found[CLASS_III - 1] for p in means if (found := class_bounds(p, water, as_of))}
    parts = {p: _single_item_index(means[p], third) for p, third in thirds.items() if not math.isnan(means[p])}
    total = round(math.fsum(parts.values()), DECIMALS)
    return WaterQualityIndex(total, total / len(parts), len(parts), parts) if parts else None


def common_items(now: Mapping[str, float], base: Mapping[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    """Return two sets of means with only the items that both have, for indices that can be compared."""
    both = [p for p in now if p in base and not (math.isnan(now[p]) or math.isnan(base[p]))]
    return {p: now[p] for p in both}, {p: base[p] for p in both}


def cwqi_change(now: Mapping[str, float], base: Mapping[str, float], water: str, *, as_of: date | None = None) -> float:
    """Return ΔCWQI = (now − base)/base in percent over the items that both have; below 0 is better, NaN without any."""
    new, old = (water_quality_index(means, water, as_of=as_of) for means in common_items(now, base))
    return 100 * (new.total - old.total) / old.total if new and old and old.total else math.nan
