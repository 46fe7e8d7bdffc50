"""Trends worked out again pair by pair: the seasonal Mann–Kendall test, Sen's slope, Spearman's rank correlation."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.known_values import mean
from tests.recomputed.series import item_series, tied

# USEPA 2009 Unified Guidance 14.3.4: three full years; Kendall 1975: ten values; 环办〔2011〕22号: five years of 8
YEARS, VALUES, SPEARMAN_YEARS, YEAR_MONTHS = 3, 10, 5, 8
NORMAL = statistics.NormalDist()


def tie_variance(values: Sequence[Fraction]) -> Fraction:
    """Return the variance of the score of a season: [n(n−1)(2n+5) − Σt(t−1)(2t+5)] / 18."""
    counts = [len(values), *Counter(values).values()]
    whole, *ties = (Fraction(n * (n - 1) * (2 * n + 5), 18) for n in counts)
    return whole - sum(ties)


def at_place(slopes: Sequence[float], place: float) -> float:
    """Return what lies at a place between the first and the last, counted from 1; infinite outside."""
    if not 1 <= place <= len(slopes):
        return -math.inf if place < 1 else math.inf
    below = min(int(place), len(slopes) - 1) or 1
    return slopes[below - 1] + (place - below) * (slopes[min(below, len(slopes) - 1)] - slopes[below - 1])


def kendall(values: Mapping[pd.Period, Fraction]) -> dict[str, float]:
    """Compare each January with each other January, and so on (Hirsch, Slack & Smith 1982; Gilbert 1987 §16.5)."""
    seasons: dict[int, list[tuple[int, Fraction]]] = {}
    for at, value in values.items():
        seasons.setdefault(at.month, []).append((at.year, value))
    pairs = [(b[0] - a[0], b[1] - a[1]) for season in seasons.values() for a, b in combinations(season, 2)]
    score = sum((rise > 0) - (rise < 0) for _, rise in pairs)
    variance = float(sum(tie_variance([value for _, value in season]) for season in seasons.values()))
    slopes = sorted(float(rise / years) for years, rise in pairs)
    z = (abs(score) - 1) / math.sqrt(variance) if score and variance else 0
    spread = NORMAL.inv_cdf(0.975) * math.sqrt(variance)
    return {
        "slope": statistics.median(slopes), "low": at_place(slopes, (len(slopes) - spread) / 2),
        "high": at_place(slopes, (len(slopes) + spread) / 2 + 1), "p_value": 2 * NORMAL.cdf(-z),
        "tau": score / len(slopes),
    }  # fmt: skip


@recomputes("water_trend", "section_id", "parameter")
def water_trend(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Test the months of each item at each section; the ledgers here have less than ten years."""
    rows = []
    for section, item, months, bounds in item_series(ledgers, day):
        known = tied(months, bounds)
        years, seasons = {at.year for at in months}, {at.month for at in months}
        needed = max(VALUES, YEARS * (12 if len(years) < YEARS else len(seasons)))
        row = {"section_id": section, "parameter": item, "months": len(months)}
        if len(months) < needed:
            row["months_needed"] = needed
        elif not known.is_unknown:
            row |= kendall(known.values)
        rows.append(row)
    columns = ["section_id", "parameter", "months", "months_needed", "slope", "low", "high", "p_value", "tau"]
    return pd.DataFrame(rows, columns=columns)


def distance(ranks: Sequence[float]) -> float:
    """Return the sum of the squared distances of ranks from their places."""
    return sum((place - rank) ** 2 for place, rank in enumerate(ranks, 1))


def spearman(yearly: Sequence[Fraction]) -> tuple[float, float]:
    """Return the correlation of the ranks with the years, and the share of all orders that go as far that way."""
    ranks = [sum(v < value for v in yearly) + (sum(v == value for v in yearly) + 1) / 2 for value in yearly]
    r = float(np.corrcoef(range(len(ranks)), ranks)[0, 1]) if len(set(ranks)) > 1 else 0.0
    found, orders = distance(ranks), [distance(order) for order in permutations(ranks)]
    return r, sum(each <= found if r > 0 else each >= found for each in orders) / len(orders)


@recomputes("water_trend_years", "section_id", "parameter")
def water_trend_years(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Rank the means of the years."""
    rows = []
    for section, item, months, bounds in item_series(ledgers, day):
        known = tied(months, bounds)
        by_year: dict[int, list[Fraction]] = {}
        for at, value in known.values.items():
            by_year.setdefault(at.year, []).append(value)
        yearly = [round(mean(item, values), 10) for values in by_year.values() if len(values) >= YEAR_MONTHS]
        row = {"section_id": section, "parameter": item, "years": len(yearly)}
        if len(yearly) < SPEARMAN_YEARS:
            row["years_needed"] = SPEARMAN_YEARS
        elif not known.is_unknown:
            r, p = spearman(yearly)
            row |= {"first_mean": float(yearly[0]), "last_mean": float(yearly[-1]), "rank_r": r, "p_value": p}
        rows.append(row)
    columns = ["section_id", "parameter", "years", "years_needed", "first_mean", "last_mean", "rank_r", "p_value"]
    return pd.DataFrame(rows, columns=columns)
