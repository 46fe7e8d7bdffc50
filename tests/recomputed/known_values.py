"""What is known of values and of their means, some of which are only below or above a bound; in exact fractions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from tests.recomputed.limits import rank_of, rounded

HAIR = Fraction(1, 10**15)  # less than any two written values differ by
ENDLESS = Fraction(10**9)


@dataclass(frozen=True)
class Known:
    """A value lies from `low` to `high`, an open end left out; `half` is what sums reckon with.

    `counts` tells that its class is that of `half`: something was measured, and nothing is beyond a range.
    """

    half: Fraction
    low: Fraction
    high: Fraction
    is_below: bool = False
    is_beyond: bool = False
    counts: bool = True


@cache
def reading_of(item: str, value: float, sign: str) -> Known:
    """Return what a reading tells: a value, one below it, or one above it."""
    at = round(Fraction(str(value)), 10)  # what a spreadsheet adds behind is no measurement: 0.1 + 0.05 is 0.15
    if sign == "<":
        return Known(at if item == "PH" else at / 2, Fraction(0), at, is_below=True, counts=False)
    return Known(at, at, ENDLESS if sign == ">" else at, is_beyond=sign == ">", counts=sign != ">")


def mean(item: str, values: Sequence[Fraction]) -> Fraction:
    """Return the mean; that of pH is through H⁺."""
    if item != "PH":
        return sum(values, Fraction(0)) / len(values)
    if len(set(values)) == 1:
        return values[0]
    acid = math.fsum(10 ** -float(value) for value in values) / len(values)
    return Fraction(str(round(-math.log10(acid), 10)))


def mean_of(item: str, parts: Sequence[Known]) -> Known:
    """Return what is known of a mean of values or of means."""
    is_beyond = any(part.is_beyond for part in parts)
    return Known(
        mean(item, [part.half for part in parts]),
        mean(item, [part.low for part in parts]),
        ENDLESS if is_beyond else mean(item, [part.high for part in parts]),
        is_below=any(part.is_below for part in parts),
        is_beyond=is_beyond,
        counts=any(part.counts or part.is_beyond for part in parts) and not is_beyond,
    )


def month_of(item: str, readings: Sequence[Known]) -> Known:
    """Return what is known of a month: where nothing was detected it is below the largest limit, whatever the mean."""
    known = mean_of(item, readings)
    if all(reading.is_below for reading in readings):
        return Known(known.half, Fraction(0), max(r.high for r in readings), is_below=True, counts=False)
    return known


def possible_ranks(item: str, water: str, known: Known, is_rounded: bool) -> tuple[int, int]:
    """Return the best and the worst class that a value may have: those at its ends, and at pH 7 between them."""
    low, high = (rounded(item, end) if is_rounded else end for end in (known.low, known.high))
    ends = [low + HAIR * known.is_beyond, high - HAIR * (known.is_below and not known.is_beyond)]
    if item == "PH" and ends[0] < 7 < ends[1]:
        ends.append(Fraction(7))
    ranks = [rank_of(item, water, end) for end in ends]
    return min(ranks), max(ranks)


@cache
def item_rank(item: str, water: str, known: Known, is_rounded: bool) -> tuple[int | None, int]:
    """Return the class of an item, None where it cannot be judged, and the best that it may have."""
    best, worst = possible_ranks(item, water, known, is_rounded)
    if worst <= 5:
        half = rounded(item, known.half) if is_rounded else known.half
        return (rank_of(item, water, half) if known.counts else worst), best
    return (6 if best == 6 else None), best
