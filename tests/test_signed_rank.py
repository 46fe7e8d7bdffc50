"""Before and after works: a published example, the library, and what holds for every pair of series."""

import itertools
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analytics.sample_size import TooFew
from analytics.water.signed_rank import (
    Shift,
    calendar_month_medians,
    hodges_lehmann_shift,
    signed_rank_p,
    values_before_after,
    walsh_averages,
)
from tests.property_settings import example_count

# Hollander & Wolfe 1973, p. 29: depression of nine patients before and after; R gives V = 40, p = 0.03906.
BEFORE = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30]
AFTER = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]


def monthly_series(values: object, start: str = "2012-01") -> pd.Series:
    cells = np.asarray(values, dtype=float)
    return pd.Series(cells, index=pd.period_range(start, periods=len(cells), freq="M"))


def test_published_example():
    """Nine pairs of Hollander and Wolfe: p = 0.03906, shift −0.46, 96 % interval −0.786 to −0.010."""
    found = hodges_lehmann_shift(monthly_series(BEFORE), monthly_series(AFTER, "2014-01"))
    assert (found.months, found.n_before, found.n_after) == (9, 9, 9)
    assert found.p == pytest.approx(0.0390625)
    assert (found.shift, found.low, found.high) == pytest.approx((-0.46, -0.786, -0.010))
    assert found.confidence == pytest.approx(1 - 2 * 10 / 512)
    assert (found.before, found.after) == (1.68, 1.06)


def test_a_difference_of_season_is_none_of_the_works():
    """A clean summer before and a dirty winter after share no month: nothing is compared."""
    before, after = monthly_series([1.0] * 6, "2013-04"), monthly_series([3.0] * 6, "2013-10")
    assert hodges_lehmann_shift(before, after) == TooFew(0, 6, "month")


def test_only_months_of_both_sides_count():
    """Of a year before and eight months after, eight calendar months are compared."""
    season = np.array([5.0, 4, 3, 2, 1, 1, 1, 2, 3, 4, 5, 6])
    found = hodges_lehmann_shift(monthly_series(season, "2013-01"), monthly_series(season[:8] - 0.5, "2015-01"))
    assert (found.months, found.n_before, found.n_after, found.shift) == (8, 8, 8, -0.5)
    assert found.p == pytest.approx(2 / 2**8)


def test_several_years_of_a_month_count_as_their_median():
    """Three Januaries before the works weigh as one."""
    before = pd.concat(
        [monthly_series(np.full(12, level), f"{year}-01") for level, year in ((1, 2010), (2, 2011), (9, 2012))]
    )
    paired = calendar_month_medians(before, monthly_series(np.full(6, 1.0), "2014-01"))
    assert paired.to_dict("list") == {"before": [2.0] * 6, "after": [1.0] * 6}


@pytest.mark.parametrize("months", range(6))
def test_fewer_than_six_months_are_too_few(months):
    """Five pairs cannot reach p < 0.05, whatever they show."""
    found = hodges_lehmann_shift(monthly_series([3.0] * 12), monthly_series([1.0] * months, "2014-01"))
    assert found == TooFew(months, 6, "month")


def test_six_months_can_be_enough():
    """Six months that all fell give p = 2/64."""
    found = hodges_lehmann_shift(monthly_series([3.0] * 12), monthly_series([1.0] * 6, "2014-01"))
    assert (found.months, found.shift, found.p) == (6, -2, pytest.approx(2 / 64))


def test_the_months_of_the_works_are_on_neither_side():
    """Works from 10 March to 20 May 2014: February is before, June after."""
    before, after = values_before_after(monthly_series(range(12), "2014-01"), date(2014, 3, 10), date(2014, 5, 20))
    assert [str(m) for m in before.index] == ["2014-01", "2014-02"]
    assert [str(m) for m in after.index] == [f"2014-{m:02}" for m in range(6, 13)]


def test_works_that_go_on_have_no_after():
    """Without an end nothing is after the works."""
    before, after = values_before_after(monthly_series(range(12), "2014-01"), date(2014, 3, 10), None)
    assert (len(before), len(after)) == (2, 0)
    assert hodges_lehmann_shift(before, after) == TooFew(0, 6, "month")


def test_days_and_gaps_are_read():
    """Days count for their month; a month without a value is none."""
    days = pd.Series([2.0, np.nan, 4.0], index=pd.to_datetime(["2014-01-15", "2014-02-15", "2014-03-31"]))
    before, _ = values_before_after(days, date(2014, 6, 1), None)
    assert before.to_dict() == {pd.Period("2014-01"): 2.0, pd.Period("2014-03"): 4.0}


DIFFERENCES = st.lists(st.integers(-9, 9), min_size=6, max_size=9)


@given(st.lists(st.integers(-50, 50), min_size=6, max_size=12, unique_by=abs).filter(lambda d: 0 not in d))
@example_count(25)
def test_p_is_scipys_without_ties(differences):
    """Without ties and zeros the chance is SciPy's exact one."""
    theirs = stats.wilcoxon(differences, method="exact").pvalue
    assert signed_rank_p(np.array(differences, dtype=float)) == pytest.approx(theirs)


@given(DIFFERENCES)
@example_count(25)
def test_p_counts_every_way_the_signs_could_fall(differences):
    """With ties and zeros the chance is what counting all sign patterns gives."""
    moved = np.array([d for d in differences if d], dtype=float)
    ranks = stats.rankdata(np.abs(moved))
    sums = np.array([np.dot(signs, ranks) for signs in itertools.product((0, 1), repeat=len(moved))])
    rises = ranks[moved > 0].sum()
    wanted = min(1, 2 * min((sums <= rises).mean(), (sums >= rises).mean()))
    assert signed_rank_p(np.array(differences, dtype=float)) == pytest.approx(wanted)


def test_walsh_averages():
    """The means of all pairs, each with itself."""
    assert walsh_averages(np.array([1.0, 2, 4])).tolist() == [1, 1.5, 2, 2.5, 3, 4]


YEARS = st.lists(st.one_of(st.integers(0, 40), st.none()), min_size=12, max_size=30)


def shift_of_scaled(
    before: list[int | None], after: list[int | None], factor: float = 1, constant: float = 0
) -> Shift | TooFew:
    sides_ = ([np.nan if v is None else factor * v + constant for v in side] for side in (before, after))
    return hodges_lehmann_shift(
        *(monthly_series(side, start) for side, start in zip(sides_, ("2010-01", "2015-01"), strict=True))
    )


@given(YEARS, YEARS)
@example_count(25)
def test_swapping_the_sides_flips_the_sign(before, after):
    """After compared with before is the opposite, as certain; missing months do not crash."""
    forth, back = shift_of_scaled(before, after), shift_of_scaled(after, before)
    if isinstance(forth, TooFew):
        assert back == forth
    else:
        assert not isinstance(back, TooFew)
        assert (back.shift, back.low, back.high) == pytest.approx((-forth.shift, -forth.high, -forth.low))
        assert back.p == pytest.approx(forth.p)


@given(YEARS, YEARS, st.integers(-99, 99), st.sampled_from([0.5, 4.0]))
@example_count(25)
def test_shifting_changes_nothing_and_scaling_scales(before, after, constant, factor):
    """A constant on both sides changes nothing; a factor multiplies the shift and its interval."""
    plain, moved = shift_of_scaled(before, after), shift_of_scaled(before, after, factor, constant)
    if isinstance(plain, Shift):
        assert isinstance(moved, Shift)
        scaled = tuple(factor * part for part in (plain.shift, plain.low, plain.high))
        assert (moved.shift, moved.low, moved.high) == pytest.approx(scaled)
        assert moved.p == pytest.approx(plain.p)


@given(st.lists(st.floats(-5, 5).map(lambda v: round(v, 4)), min_size=6, max_size=12))
@example_count(25)
def test_the_interval_holds_the_shift_and_what_the_test_cannot_refuse(differences):
    """Inside the interval no shift is refused at 5 %."""
    n = len(differences)
    found = hodges_lehmann_shift(monthly_series([0.0] * n), monthly_series(differences, "2015-01"))
    assert found.low <= found.shift <= found.high
    assert found.confidence >= 0.95
    inside = found.low + (found.high - found.low) * 0.37
    if found.high - found.low > 1e-6 and len(set(walsh_averages(np.array(differences)))) == n * (n + 1) // 2:
        assert signed_rank_p(np.array(differences) - inside) > 0.05


def test_values_that_never_change_show_nothing():
    """All months alike: shift 0, chance 1."""
    found = hodges_lehmann_shift(monthly_series([2.0] * 12), monthly_series([2.0] * 12, "2014-01"))
    assert (found.shift, found.low, found.high, found.p) == (0, 0, 0, 1)
