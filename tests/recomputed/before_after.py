"""Before and after works, worked out again: all ways in which the signs of the differences may fall."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, product

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.series import Months, item_series, tied

FEWEST = 6  # with five pairs the least p of two sides is 0.0625
ONE_TAIL = Fraction(25, 1000)  # of 95 % on both sides
Values = dict[pd.Period, Fraction]


@cache
def rank_sums(ranks: tuple[int, ...]) -> list[int]:
    """Return the sums of the ranks of the rises, of every way in which each may be a rise or a fall."""
    return [
        sum(rank for rank, rises in zip(ranks, way, strict=True) if rises) for way in product((0, 1), repeat=len(ranks))
    ]


def signed_rank_p(differences: Sequence[Fraction]) -> float:
    """Return Wilcoxon's exact p of two sides; no difference is left out, equal ones share their ranks."""
    moved = [d for d in differences if d]
    sizes = [abs(d) for d in moved]
    doubled = tuple(2 * sum(s < size for s in sizes) + sizes.count(size) + 1 for size in sizes)
    rises, ways = sum(r for r, d in zip(doubled, moved, strict=True) if d > 0), rank_sums(doubled)
    tails = sum(way <= rises for way in ways), sum(way >= rises for way in ways)
    return float(min(Fraction(1), Fraction(2 * min(tails), len(ways))))


def shift_of(pairs: Sequence[tuple[Fraction, Fraction]]) -> dict[str, float]:
    """Return the Hodges–Lehmann shift with its interval (Hollander & Wolfe §3.3), and the medians of both sides."""
    differences = [after - before for before, after in pairs]
    averages = sorted((a + b) / 2 for a, b in combinations_with_replacement(differences, 2))
    ways = rank_sums(tuple(range(1, len(pairs) + 1)))
    sums = range(len(averages))
    cut = max(
        1, sum(Fraction(sum(way <= t for way in ways), len(ways)) <= ONE_TAIL for t in sums if t < len(averages) / 2)
    )
    before, after = zip(*pairs, strict=True)
    return {
        "before": float(statistics.median(before)), "after": float(statistics.median(after)),
        "shift": float(statistics.median(averages)), "low": float(averages[cut - 1]), "high": float(averages[-cut]),
        "p_value": signed_rank_p(differences),
    }  # fmt: skip


def medians(values: Values) -> dict[int, Fraction]:
    """Return the median of each calendar month."""
    months = {at.month for at in values}
    return {month: statistics.median([v for at, v in values.items() if at.month == month]) for month in months}


def works_begun(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the works of which something was reported as done, when they began and when all was done first."""
    done = ledgers["work_progress"][ledgers["work_progress"]["on_date"] <= day]
    done = done[done["done"] > 0].merge(ledgers["work"], on="work_id")
    full = done[done["done"] >= done["quantity"]].groupby("work_id")["on_date"].min()
    works = done.groupby("work_id").agg(
        first=("on_date", "min"), planned=("start_on", "min"), river_id=("river_id", "first")
    )
    began = works[["first", "planned"]].min(axis=1)
    return works.assign(began_on=began, finished_on=full.reindex(works.index)).reset_index()


def compare(
    months: Months, bounds: Mapping[pd.Period, Fraction], began: pd.Period, finished: object
) -> dict[str, object]:
    """Return what the months before `began` and after `finished` tell; those between are on neither side."""
    outside = {a: v for a, v in months.items() if a < began or (isinstance(finished, pd.Period) and a > finished)}
    known = tied(outside, bounds)
    before, after = (medians({a: v for a, v in known.values.items() if (a < began) == side}) for side in (True, False))
    pairs = [(before[month], after[month]) for month in sorted(before.keys() & after.keys())]
    if len(pairs) < FEWEST:
        return {"months": len(pairs), "months_needed": FEWEST}
    if known.is_unknown:
        return {"months": len(pairs)}
    return {"months": len(pairs), **shift_of(pairs)}


@recomputes("before_after", "work_id", "section_id", "parameter")
def before_after(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Compare the same months of the years before each work and after it, at each section of its river."""
    rivers = ledgers["section"].set_index("section_id")["river_id"]
    works, rows = works_begun(ledgers, day), []
    for section, item, months, bounds in item_series(ledgers, day):
        for work in works[works["river_id"] == rivers[section]].itertuples():
            row = {"work_id": work.work_id, "section_id": section, "parameter": item}
            row |= {"began_on": work.began_on, "finished_on": work.finished_on}
            finished = None if pd.isna(work.finished_on) else work.finished_on.to_period("M")
            rows.append(row | compare(months, bounds, work.began_on.to_period("M"), finished))
    figures = ["months", "months_needed", "before", "after", "shift", "low", "high", "p_value"]
    return pd.DataFrame(rows, columns=["work_id", "section_id", "parameter", "began_on", "finished_on", *figures])
