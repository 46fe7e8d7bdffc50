"""Classes of samples, of months and of rivers, worked out again of exact means."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.known_values import Known, item_rank, month_of, reading_of
from tests.recomputed.limits import CLASSES, HEAVY, ITEMS, ROUNDED_FROM, limits_of
from tests.recomputed.sections import HeldSections, readings_until

Items = dict[str, Known]
Ranks = dict[str, tuple[int | None, int]]


def measured(readings: pd.DataFrame, period: str) -> dict[tuple[str, pd.Timestamp], tuple[Items, pd.Timestamp, int]]:
    """Return for each section and `period` its items, the last time it was sampled, and its samples."""
    taken: dict[tuple[str, pd.Timestamp], dict[str, list[Known]]] = {}
    last: dict[tuple[str, pd.Timestamp], pd.Timestamp] = {}
    columns = [readings[name] for name in ("section_id", period, "sampled_at", "parameter", "value", "qualifier")]
    for section, at, sampled_at, item, value, sign in zip(*columns, strict=True):
        taken.setdefault((section, at), {}).setdefault(item, []).append(reading_of(item, value, sign))
        last[section, at] = max(sampled_at, last.get((section, at), sampled_at))
    return {
        key: ({item: month_of(item, each) for item, each in items.items()}, last[key], max(map(len, items.values())))
        for key, items in taken.items()
    }


def ranks_of(items: Mapping[str, Known], water: str, last: pd.Timestamp) -> Ranks:
    """Return the class of each of the 21 items that was measured."""
    is_rounded = last.date() >= ROUNDED_FROM
    return {i: item_rank(i, water, items[i], is_rounded) for i in ITEMS if i in items}


def worst_rank(ranks: Ranks) -> int | None:
    """Return the class of the worst item; None without any, or where what cannot be judged is surely worse."""
    known = [rank for rank, _ in ranks.values() if rank]
    at_best = max((best for rank, best in ranks.values() if rank is None), default=0)
    return max(known) if known and max(known) >= at_best else None


def words(ranks: Ranks) -> dict[str, object]:
    """Return the class in words, the items that decide it, those that cannot be judged, and how many were."""
    rank = worst_rank(ranks)
    return {
        "class_rank": rank,
        "class": CLASSES[rank - 1] if rank else None,
        "items": sum(own is not None for own, _ in ranks.values()),
        "worst": ",".join(item for item, (own, _) in ranks.items() if own == rank) if rank else None,
        "unjudged": ",".join(sorted(item for item, (own, _) in ranks.items() if own is None)) or None,
    }


def multiple(item: str, water: str, known: Known) -> float | None:
    """Return how many times over Ⅲ an item is; pH and oxygen have no such figure."""
    if item in ("PH", "DO"):
        return None
    third = limits_of(item, water)[2]
    return float((known.half - third) / third)


def over_third(items: Items, ranks: Ranks, water: str) -> dict[str, tuple[int, int, float]]:
    """Return the items of a class worse than Ⅲ, each with what sorts the worst first."""
    return {
        item: (item not in HEAVY, -rank, -(multiple(item, water, items[item]) or 0))
        for item, (rank, _) in ranks.items()
        if rank and rank > 3
    }


def pollutants_of(items: Items, ranks: Ranks, water: str) -> str | None:
    """Name the three worst items over Ⅲ, with how many times they are."""
    over = over_third(items, ranks, water)
    times = {item: multiple(item, water, items[item]) for item in over}
    named = [
        item if times[item] is None else f"{item}({times[item]:.2f})" for item in sorted(over, key=over.__getitem__)
    ]
    return ",".join(named[:3]) or None


def classes(ledgers: Ledgers, day: pd.Timestamp, period: str, water: str = "") -> pd.DataFrame:
    """Return a row for each section and month, or time of a sample, in which one of the 21 items was measured.

    `water` makes all of them rivers or lakes.
    """
    held, rows = HeldSections(ledgers, day), []
    for (section, at), (items, last, samples) in measured(readings_until(ledgers, day), period).items():
        own = held.on(at).loc[section]
        kind = water or own["water"]
        ranks = ranks_of(items, kind, last)
        if ranks:
            found = {"section_id": section, period: at, "samples": samples, "known": items, "ranks": ranks}
            found |= (
                {"last_sampled": last} | words(ranks) | {"pollutants": pollutants_of(items, ranks, kind), "water": kind}
            )
            rows.append(found | own[["river_id", "river", "target_class", "min_items"]].to_dict())
    columns = ["section_id", period, "samples", "known", "ranks", "last_sampled", *words({}), "pollutants", "water"]
    found = pd.DataFrame(rows, columns=[*columns, "river_id", "river", "target_class", "min_items"])
    found = found.astype({"class_rank": "Int64", "class": object})
    target = found["target_class"].map({name: rank for rank, name in enumerate(CLASSES, 1)}).astype("Int64")
    lacking = found["min_items"] - found["items"]
    return found.assign(items_lacking=lacking.where(lacking > 0), is_met=found["class_rank"] <= target)


@recomputes("sample_class", "section_id", "sampled_at")
def sample_class(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Class every sample."""
    columns = ["section_id", "sampled_at", "class", "items", "worst", "unjudged", "items_lacking"]
    return classes(ledgers, day, "sampled_at")[columns]


@recomputes("section_class", "section_id", "month")
def section_class(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Class the means of every month."""
    columns = ["section_id", "month", "class", "items", "items_lacking", "samples", "worst", "target_class", "is_met"]
    return classes(ledgers, day, "month")[[*columns, "unjudged", "class_rank", "pollutants"]]
