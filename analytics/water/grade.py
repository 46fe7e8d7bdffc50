"""The grade of a river from the classes of its sections, and how it changed, in the words of 环办〔2011〕22号.

The classes come from SQL (class ranks 1 to 6, 6 = 劣Ⅴ); so does the class of the mean over sections.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Literal

from data.standards.thresholds import rows_in_force, thresholds

Size = Literal["无明显变化", "有所变化", "明显变化"]
GOOD, BAD = 3, 6  # ranks of Ⅲ and 劣Ⅴ


@dataclass(frozen=True, slots=True)
class ClassShares:
    """How many of `n` sections are Ⅰ–Ⅲ and how many 劣Ⅴ; percentages are exact fractions."""

    n: int
    good: int
    bad: int

    def percent(self, count: int) -> Fraction:
        """Return a count in percent of the sections; there must be some."""
        return Fraction(100 * count, self.n)


@dataclass(frozen=True, slots=True)
class Grade:
    """The state of a river with its colour; by `proportions` of classes or, for few sections, by the class of means."""

    grade: str
    colour: str
    shares: ClassShares
    by: Literal["proportions", "means"]


@dataclass(frozen=True, slots=True)
class Change:
    """A change in words: better above 0, worse below; `good` and `bad` are the changes of the shares in points."""

    size: Size
    direction: int
    score: float
    good: float
    bad: float
    n: int


def class_shares(ranks: Sequence[int]) -> ClassShares:
    """Return how many sections are Ⅰ–Ⅲ and 劣Ⅴ."""
    return ClassShares(len(ranks), sum(rank <= GOOD for rank in ranks), sum(rank == BAD for rank in ranks))


def section_grade(rank: int, as_of: date | None = None) -> tuple[str, str]:
    """Return the grade and the colour of a class: Ⅱ is 优, 蓝. Source: 环办〔2011〕22号, table 1."""
    rows = rows_in_force("river_grade.csv", as_of, "river")
    return next((row["grade"], row["colour"]) for row in rows if rank <= int(row["worst_class"]))


def _grade_by_proportions(counted: ClassShares, as_of: date | None) -> tuple[str, str]:
    good, bad = counted.percent(counted.good), counted.percent(counted.bad)
    rows = rows_in_force("river_grade.csv", as_of, "river")
    return next(
        (row["grade"], row["colour"])
        for row in rows
        if good >= Fraction(row["lowest_good"]) and bad < Fraction(row["bad_below"])
    )


def river_grade_from_classes(
    ranks: Sequence[int], rank_of_means: int | None, *, as_of: date | None = None
) -> Grade | None:
    """Return the grade of a river, None without any class.

    `ranks` are the classes of its sections in one period, `rank_of_means` the class of the items' means over them, used
    below five sections. Source: 环办〔2011〕22号, 断面水质类别比例法 and, below five sections, the mean method.
    """
    counted = class_shares(ranks)
    if counted.n >= thresholds(as_of)["river_sections"]:
        return Grade(*_grade_by_proportions(counted, as_of), counted, "proportions")
    return Grade(*section_grade(rank_of_means, as_of), counted, "means") if counted.n and rank_of_means else None


def _change_size(score: float | Fraction, slight: float, clear: float) -> Size:
    return "明显变化" if score > clear else "有所变化" if score > slight else "无明显变化"


@cache
def section_grade_change(before: int, now: int, *, as_of: date | None = None) -> Change:
    """Return how a section changed between two class ranks, in grades: one is 有所变化, two are 明显变化.

    Ⅰ and Ⅱ are one grade. Source: 环办〔2011〕22号.
    """
    order = [row["grade"] for row in rows_in_force("river_grade.csv", as_of, "river")]
    steps = order.index(section_grade(before, as_of)[0]) - order.index(section_grade(now, as_of)[0])
    rule = thresholds(as_of)
    # Grades are whole: at least so many steps is more than one step fewer.
    size = _change_size(abs(steps), rule["grades_slight"] - 1, rule["grades_clear"] - 1)
    return Change(size, _sign_of(steps), steps, 0.0, 0.0, 1)


def _sign_of(number: float | Fraction) -> int:
    return (number > 0) - (number < 0)


def river_change(before: Mapping[str, int], now: Mapping[str, int], *, as_of: date | None = None) -> Change | None:
    """Return how a river or an area changed between two periods, None if no section has a class in both.

    Class ranks by section; only sections with both count. s = ΔG − ΔD in percentage points, ΔG of Ⅰ–Ⅲ and ΔD of 劣Ⅴ;
    up to 10 is 无明显变化, up to 20 有所变化. Source: 环办〔2011〕22号.
    """
    both = sorted(before.keys() & now.keys())
    if not both:
        return None
    old, new, rule = class_shares([before[s] for s in both]), class_shares([now[s] for s in both]), thresholds(as_of)
    good, bad = Fraction(100 * (new.good - old.good), new.n), Fraction(100 * (new.bad - old.bad), new.n)
    size = _change_size(abs(good - bad), rule["change_slight"], rule["change_clear"])
    return Change(size, _sign_of(good - bad), float(good - bad), float(good), float(bad), new.n)
