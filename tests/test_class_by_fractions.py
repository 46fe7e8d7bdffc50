"""The classes of samples, months and rivers against those of exact fractions, with limits written out here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data.store import Store, open_store
from tests.metric_helpers import load_without_errors, metric_rows
from tests.property_settings import example_count

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

CLASSES = ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ")
GRADES = ("优", "优", "良好", "轻度污染", "中度污染", "重度污染")
AT_MOST = {  # GB 3838-2002 table 1, rivers
    "NH3N": ("0.15", "0.5", "1.0", "1.5", "2.0"), "TP": ("0.02", "0.1", "0.2", "0.3", "0.4"),
    "CODMN": ("2", "4", "6", "10", "15"),
}  # fmt: skip
AT_LEAST = {"DO": ("7.5", "6", "5", "3", "2")}
PLACES = {"NH3N": 2, "TP": 3, "CODMN": 1, "DO": 1}
ENDLESS = Fraction(10**9)
DAY = "2022-12-31"  # after all readings, which are put in without a load that would tell their day
SECTIONS = ("S1", "S2", "S3")
Reading = tuple[str, str]
"""A value as it is written, and <, > or nothing."""


@dataclass(frozen=True)
class Known:
    """What is known of a value: from `low` to `high`, ends that are open left out; `point` where a mean has one."""

    low: Fraction
    high: Fraction
    is_low_open: bool = False
    is_high_open: bool = False
    point: Fraction | None = None


def mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def month_of(readings: Sequence[Reading]) -> tuple[Known, Fraction, bool]:
    """Return a section's month, the mean that rivers reckon with, and whether anything was detected."""
    values = [(Fraction(value), sign) for value, sign in readings]
    halves = mean([v / 2 if sign == "<" else v for v, sign in values])
    signs = {sign for _, sign in values}
    if signs == {"<"}:
        return Known(Fraction(0), max(v for v, _ in values), is_high_open=True), halves, False
    low = mean([Fraction(0) if sign == "<" else v for v, sign in values])
    if ">" in signs:
        return Known(low, ENDLESS, is_low_open=True), halves, True
    high = mean([v for v, _ in values])
    return Known(low, high, is_high_open="<" in signs, point=halves), halves, True


def river_of(months: Sequence[tuple[Known, Fraction, bool]]) -> Known:
    """Return what is known of the mean over the sections."""
    known = [month for month, _, _ in months]
    if any(month.is_low_open for month in known):
        return Known(mean([month.low for month in known]), ENDLESS, is_low_open=True)
    point = mean([halves for _, halves, _ in months]) if any(found for _, _, found in months) else None
    low, high = mean([month.low for month in known]), mean([month.high for month in known])
    return Known(low, high, is_high_open=any(month.is_high_open for month in known), point=point)


def rank_of(item: str, value: Fraction) -> int:
    """Return the class of a value that is known, 1 to 6."""
    kept = [value <= Fraction(limit) for limit in AT_MOST.get(item, ())]
    kept += [value >= Fraction(limit) for limit in AT_LEAST.get(item, ())]
    return kept.index(True) + 1 if True in kept else 6


def possible_ranks(item: str, known: Known) -> set[int]:
    """Return the classes of all values that it may be: those at its closed ends, at the limits, and between them."""
    limits = [Fraction(limit) for limit in (*AT_MOST.get(item, ()), *AT_LEAST.get(item, ()))]
    turns = sorted({known.low, known.high, *(limit for limit in limits if known.low < limit < known.high)})
    between = [(one + two) / 2 for one, two in pairwise(turns)]
    ends = [known.low] * (not known.is_low_open) + [known.high] * (not known.is_high_open)
    return {rank_of(item, value) for value in (*ends, *turns[1:-1], *between)}


def item_rank(item: str, known: Known) -> tuple[int | None, int]:
    """Return the class of an item, None where it cannot be judged, and the best that it may have."""
    ranks = possible_ranks(item, known)
    if max(ranks) <= 5:
        return (max(ranks) if known.point is None else rank_of(item, known.point)), min(ranks)
    return (6 if min(ranks) == 6 else None), min(ranks)


def worst_rank(items: dict[str, Known]) -> int | None:
    """Return the class of the worst item judged; None without any, or where another is surely worse."""
    found = [item_rank(item, known) for item, known in items.items()]
    judged = [rank for rank, _ in found if rank]
    open_ones = [best for rank, best in found if rank is None]
    return None if not judged or max(open_ones, default=0) > max(judged) else max(judged)


@pytest.fixture(scope="module")
def river_store() -> Iterator[Store]:
    """Give a river of three sections without readings."""
    with open_store(":memory:") as store:
        load_without_errors(store, "river", "河道编码,河道名称,河道等级,水体类型\nR,清河,村级,河流")
        rows = "".join(f"{code},{code}断面,R\n" for code in SECTIONS)
        load_without_errors(store, "section", f"断面编码,断面名称,河道\n{rows}")
        yield store


Sections = dict[str, dict[str, list[Reading]]]
"""The readings of a month, by section and item."""


def put_readings(store: Store, sections: Sections, first: datetime) -> None:
    """Put readings into the database as if they had been loaded, one a minute."""
    rows = [
        (section, first + timedelta(minutes=n), item, float(value), sign or None)
        for section, items in sections.items() for item, readings in items.items()
        for n, (value, sign) in enumerate(readings)
    ]  # fmt: skip
    with store.scratch() as con, store.write(con):
        con.execute("DELETE FROM reading")
        columns = "section_id, sampled_at, parameter, value, qualifier, batch_id"
        con.executemany(f"INSERT INTO reading ({columns}) VALUES (?, ?, ?, ?, ?, 1)", rows)


def written(item: str, places: int) -> st.SearchStrategy[str]:
    """Draw values near the limits of an item, with so many decimals at most; few, so that means fall on limits."""
    limits = [Decimal(limit) for limit in (*AT_MOST.get(item, ()), *AT_LEAST.get(item, ()))]
    steps = st.sampled_from([Decimal(n).scaleb(-places) for n in (-20, -3, -1, 0, 0, 1, 3, 20)])
    near = st.builds(lambda limit, step: abs(limit + step), st.sampled_from(limits), steps)
    return near.filter(lambda value: value > 0).map(str)


def on_a_limit(item: str, places: int) -> st.SearchStrategy[list[Reading]]:
    """Draw values whose mean is a limit: the limit some times, and as far below as above it."""
    limits = st.sampled_from([Decimal(limit) for limit in (*AT_MOST.get(item, ()), *AT_LEAST.get(item, ()))])
    steps = st.lists(st.integers(1, 9).map(lambda n: Decimal(n).scaleb(-places)), max_size=2)
    return st.builds(
        lambda limit, times, apart: [
            (str(limit + step), "") for step in [Decimal(0)] * times + apart + [-step for step in apart]
        ],
        limits, st.integers(1, 4), steps,
    ).filter(lambda readings: all(Decimal(value) > 0 for value, _ in readings))  # fmt: skip


def months(signs: Sequence[str], more_places: int) -> st.SearchStrategy[Sections]:
    """Draw the readings of a month at one to three sections."""

    def readings(item: str) -> st.SearchStrategy[list[Reading]]:
        places = PLACES[item] + more_places
        one = st.tuples(written(item, places), st.sampled_from(signs))
        return st.one_of(on_a_limit(item, places), st.lists(one, min_size=1, max_size=6))

    items = st.fixed_dictionaries({}, optional={item: readings(item) for item in PLACES}).filter(bool)
    return st.dictionaries(st.sampled_from(SECTIONS), items, min_size=1)


def shown_class(row: dict[str, object]) -> str | None:
    return row["class"] if isinstance(row["class"], str) else None


def class_of(rank: int | None) -> str | None:
    return CLASSES[rank - 1] if rank else None


@given(months(("", "", "", "<", ">"), 0))
@example({"S1": {"TP": [("0.2", "")] * 3}})
@example({"S1": {"NH3N": [("5", "<")], "DO": [("8", "")]}, "S2": {"NH3N": [("0.1", "")]}})
@example({"S1": {"NH3N": [("2.0", ">")], "DO": [("8", "")]}, "S2": {"NH3N": [("0.1", "")]}})
@example_count(60)
def test_a_month_and_a_river_have_the_class_of_exact_means(river_store, sections):
    """Values, non-detects and values above a range, on limits and near: section and river have the sure class."""
    put_readings(river_store, sections, datetime(2014, 3, 5, 8))
    found = {code: {item: month_of(each) for item, each in items.items()} for code, items in sections.items()}
    ranks = {code: worst_rank({item: known for item, (known, _, _) in items.items()}) for code, items in found.items()}
    shown = {row["section_id"]: shown_class(row) for row in metric_rows(river_store, "section_class", DAY)}
    assert shown == {code: class_of(rank) for code, rank in ranks.items()}
    measured = {item for items in found.values() for item in items}
    river = worst_rank({i: river_of([items[i] for items in found.values() if i in items]) for i in measured})
    grades = [
        row["grade"] if isinstance(row["grade"], str) else None for row in metric_rows(river_store, "river_grade", DAY)
    ]
    assert grades == ([GRADES[river - 1] if river else None] if any(ranks.values()) else [])


@given(months(("", "", "", "<", ">"), 0))
@example_count(30)
def test_a_sample_has_the_class_that_is_sure(river_store, sections):
    """Each single value is what it is, below its limit, or above it."""
    once = {code: {item: readings[:1] for item, readings in items.items()} for code, items in sections.items()}
    put_readings(river_store, once, datetime(2014, 3, 5, 8))
    expected = {
        code: class_of(worst_rank({item: month_of(readings)[0] for item, readings in items.items()}))
        for code, items in once.items()
    }
    assert {row["section_id"]: shown_class(row) for row in metric_rows(river_store, "sample_class", DAY)} == expected


def rounded(item: str, value: Fraction) -> Fraction:
    """Return a value rounded half to even to the decimals of its item."""
    scaled = value * 10 ** PLACES[item]
    whole = Fraction(scaled.numerator // scaled.denominator)
    rest = scaled - whole
    up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1)
    return (whole + up) / 10 ** PLACES[item]


@given(months(("",), 1))
@example_count(30)
def test_since_may_2021_the_exact_mean_is_rounded_before_it_is_classed(river_store, sections):
    """A mean that lies on a half of the last decimal goes to the even side, however many values make it."""
    put_readings(river_store, sections, datetime(2022, 3, 5, 8))
    expected = {
        code: class_of(max(rank_of(i, rounded(i, month_of(readings)[1])) for i, readings in items.items()))
        for code, items in sections.items()
    }
    assert {row["section_id"]: shown_class(row) for row in metric_rows(river_store, "section_class", DAY)} == expected


@pytest.mark.quick
def test_the_rounding_of_this_test_is_that_of_decimal():
    """The fractions go the way of ROUND_HALF_EVEN."""
    for value in ("0.2005", "0.2015", "0.20051", "0.2"):
        expected = Decimal(value).quantize(Decimal("0.001"), ROUND_HALF_EVEN)
        assert rounded("TP", Fraction(value)) == Fraction(str(expected))
