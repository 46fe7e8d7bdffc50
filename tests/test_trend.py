"""Trends: published examples, the reference library, and what holds for every series."""

import itertools
import json
import math
from dataclasses import astuple
from pathlib import Path

import numpy as np
import pandas as pd
import pymannkendall as mk
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analytics.sample_size import TooFew
from analytics.water import trend
from analytics.water.censoring import tied_at_limits
from analytics.water.spearman import EXACT_YEARS, RankCorrelation, spearman_correlation
from analytics.water.trend import Trend, kendall_of_table, mann_kendall, seasonal_kendall
from tests.property_settings import example_count

# USEPA 2009, Unified Guidance, example 14-10: monthly concentrations of 1983 to 1985, mg/L.
EXAMPLE_14_10 = [
    [1.99, 2.10, 2.12, 2.12, 2.11, 2.15, 2.19, 2.18, 2.16, 2.08, 2.05, 2.08],
    [2.01, 2.10, 2.17, 2.13, 2.13, 2.18, 2.25, 2.24, 2.22, 2.13, 2.08, 2.16],
    [2.15, 2.17, 2.27, 2.23, 2.24, 2.26, 2.31, 2.32, 2.28, 2.22, 2.19, 2.22],
]
# Example 17-6: sulfate in ppm by sampling date.
EXAMPLE_17_6 = {
    89.6: 480, 89.8: 450, 90.1: 490, 90.3: 520, 90.6: 485, 90.8: 510, 91.1: 510, 91.3: 530, 91.6: 510, 91.8: 560,
    92.1: 560, 92.6: 540, 93.1: 590, 93.6: 550, 94.1: 600, 94.6: 700, 95.1: 570, 95.6: 610, 95.8: 650, 96.1: 620,
    96.3: 830, 96.6: 720, 96.8: 590,
}  # fmt: skip


def monthly_series(table: object, start: str = "1983-01") -> pd.Series:
    """Return a table of years × 12 as one series by month."""
    values = np.asarray(table, dtype=float).ravel()
    return pd.Series(values, index=pd.period_range(start, periods=len(values), freq="M"))


def test_epa_example_14_10():
    """The seasonal test gives the published z, p, tau, slope, interval and homogeneity of the months."""
    found = seasonal_kendall(monthly_series(EXAMPLE_14_10))
    assert (found.n, found.s) == (36, 35)
    assert found.z == pytest.approx(5.1849514)
    assert found.p == pytest.approx(2.160712e-07, rel=1e-6)
    assert found.tau == pytest.approx(0.9722222)
    assert found.slope == pytest.approx(0.06)
    assert (found.low, found.high) == pytest.approx((0.05786914, 0.07213086), abs=1e-8)
    assert found.season_p == pytest.approx(stats.chi2.sf(0.1071882, 11), abs=1e-9)


def test_epa_example_17_6():
    """The plain test over irregular dates gives the published z, p, tau, slope, intercept and interval."""
    found = mann_kendall(pd.Series(EXAMPLE_17_6))
    assert (found.n, found.s) == (23, 194)
    assert found.z == pytest.approx(5.107322, abs=1e-6)
    assert found.p == pytest.approx(3.267574e-07, rel=1e-6)
    assert found.tau == pytest.approx(0.7667984, abs=1e-7)
    assert found.slope == pytest.approx(26.6666667)
    assert found.intercept == pytest.approx(-1909.3333333)
    assert (found.low, found.high) == pytest.approx((20.0, 35.71182), abs=1e-5)


def test_the_order_of_the_rows_does_not_matter():
    """A series that comes in shuffled is put in order of time."""
    series = pd.Series(EXAMPLE_17_6)
    assert mann_kendall(series.sample(frac=1, random_state=1)) == mann_kendall(series)
    months = monthly_series(EXAMPLE_14_10)
    assert seasonal_kendall(months.sample(frac=1, random_state=1)) == seasonal_kendall(months)


def test_every_kind_of_month_index_reads_alike():
    """Periods, days and timestamps of the month give one result."""
    periods = monthly_series(EXAMPLE_14_10)
    days = pd.Series(periods.to_numpy(), index=[p.to_timestamp().date() for p in periods.index])
    stamps = pd.Series(periods.to_numpy(), index=periods.index.to_timestamp() + pd.Timedelta(days=14, hours=8))
    assert seasonal_kendall(days) == seasonal_kendall(stamps) == seasonal_kendall(periods)


def test_a_season_does_not_pass_for_a_trend():
    """Values that only follow the seasons, beginning in January and ending in July, have no seasonal trend."""
    year = [1.0, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2]
    found = seasonal_kendall(monthly_series(year * 4)[:43])
    assert (found.s, found.slope, found.p) == (0, 0, 1)


# ---- the reference library -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kendall_reference(real_data) -> Path:
    return real_data / "reference_outputs"


@pytest.fixture(scope="module")
def expected(kendall_reference) -> dict[str, dict[str, float]]:
    """Return what the 14 calls of pyMannKendall gave."""
    return json.loads((kendall_reference / "pymk_expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def one(kendall_reference) -> np.ndarray:
    return pd.read_csv(kendall_reference / "pymk_arbitrary_1d.csv")["y"].to_numpy()


@pytest.fixture(scope="module")
def two(kendall_reference) -> np.ndarray:
    return pd.read_csv(kendall_reference / "pymk_arbitrary_2d.csv").to_numpy()


def kendall_of_years(table: np.ndarray, **options: bool) -> Trend:
    return kendall_of_table(table, np.arange(len(table)), **options)


def rows_without_gaps(table: np.ndarray) -> np.ndarray:
    """Return the rows without a gap, which is what pyMannKendall keeps of a table."""
    return table[~np.isnan(table).any(axis=1)]


def slope_per_step(values: np.ndarray) -> Trend:
    """Return the plain trend per step; steps without a value keep their place in time."""
    held = ~np.isnan(values)
    found = mann_kendall(pd.Series(values[held], index=np.flatnonzero(held)))
    assert isinstance(found, Trend)
    return found


def test_calls_1_and_2_slopes(expected, one):
    """Sen's slope and the seasonal one, with their intercepts."""
    first, second = expected["mk.sens_slope(arbitrary_1d_data)"], expected["mk.seasonal_sens_slope(arbitrary_1d_data)"]
    by_month = kendall_of_table(one.reshape(-1, 12), np.arange(30), np.arange(12) / 12)
    assert (slope_per_step(one).slope, slope_per_step(one).intercept) == pytest.approx(
        (first["slope"], first["intercept"])
    )
    assert (by_month.slope, by_month.intercept) == pytest.approx((second["slope"], second["intercept"]))


def assert_agrees(found: Trend, wanted: dict[str, float], *names: str) -> None:
    held = {"p": found.p, "z": found.z, "Tau": found.tau, "s": found.s, "var_s": found.variance, "slope": found.slope}
    assert {n: held[n] for n in names} == pytest.approx({n: wanted[n] for n in names})


def test_call_3_original(expected, one):
    """The Mann–Kendall test of 353 values with many ties."""
    assert_agrees(slope_per_step(one), expected["mk.original_test(arbitrary_1d_data)"], "p", "z", "Tau", "s", "var_s")


MODIFIED = ["hamed_rao_modification_test", "yue_wang_modification_test"]


@pytest.mark.parametrize(("name", "lag"), [*itertools.product(MODIFIED, [None, "lag"])])
def test_calls_4_to_7_modified_variance(expected, one, name, lag):
    """Hamed–Rao and Yue–Wang change the variance only: score and tau are ours, the library's variance is as published.

    The house does not offer them, because their variance can turn negative; covariances of months take their place.
    """
    options = {} if lag is None else {"lag": 3 if name.startswith("hamed") else 1}
    call = f"mk.{name}(arbitrary_1d_data{''.join(f', {k}={v}' for k, v in options.items())})"
    assert_agrees(slope_per_step(one), expected[call], "Tau", "s")
    theirs = getattr(mk, name)(one, **options)
    assert {k: getattr(theirs, k) for k in expected[call]} == pytest.approx(expected[call])


def lag_one_correlation(values: np.ndarray) -> float:
    centred = values - values.mean()
    return float((centred[1:] * centred[:-1]).sum() / (centred**2).sum())


def test_call_8_pre_whitening(expected, one):
    """Our test of the series less its lag-1 correlation."""
    held = one[~np.isnan(one)]
    whitened = held[1:] - lag_one_correlation(held) * held[:-1]
    wanted = expected["mk.pre_whitening_modification_test(arbitrary_1d_data)"]
    assert_agrees(slope_per_step(whitened), wanted, "p", "z", "Tau", "s", "var_s")


def test_call_9_trend_free_pre_whitening(expected, one):
    """Our slope taken out, whitened, our slope put back, our test."""
    held, slope = one[~np.isnan(one)], slope_per_step(one).slope
    level = held - np.arange(1, len(held) + 1) * slope
    whitened = level[1:] - lag_one_correlation(level) * level[:-1] + np.arange(1, len(level)) * slope
    wanted = expected["mk.trend_free_pre_whitening_modification_test(arbitrary_1d_data)"]
    assert_agrees(slope_per_step(whitened), wanted, "p", "z", "Tau", "s", "var_s")


def test_call_10_seasonal(expected, one):
    """The seasonal test of thirty years with gaps, as a series by month and as a table."""
    wanted = expected["mk.seasonal_test(arbitrary_1d_data, period=12)"]
    assert_agrees(kendall_of_years(one.reshape(-1, 12)), wanted, "p", "z", "Tau", "s", "var_s")
    seasonal = seasonal_kendall(monthly_series(one), is_corrected=False)
    assert isinstance(seasonal, Trend)
    assert_agrees(seasonal, wanted, "p", "z", "Tau", "s", "var_s")


def test_call_11_regional(expected, two):
    """Sites side by side add up like seasons."""
    wanted = expected["mk.regional_test(arbitrary_2d_data)"]
    assert_agrees(kendall_of_years(two), wanted, "p", "z", "Tau", "s", "var_s", "slope")


def test_calls_12_and_13_covariance(expected, one, two):
    """The variance with covariances, of complete rows; the library leaves the continuity correction out there."""
    for table, name in (
        (two, "mk.correlated_multivariate_test(arbitrary_2d_data)"),
        (one.reshape(-1, 12), "mk.correlated_seasonal_test(arbitrary_1d_data, period=12)"),
    ):
        found, wanted = kendall_of_years(rows_without_gaps(table), is_corrected=True), expected[name]
        assert_agrees(found, wanted, "Tau", "s", "var_s")
        assert found.s / math.sqrt(found.variance) == pytest.approx(wanted["z"])


def test_call_14_partial(expected, two):
    """The partial test follows from our scores and our covariance of two columns."""
    table, wanted = rows_without_gaps(two), expected["mk.partial_test(arbitrary_2d_data)"]
    n, (x, y) = len(table), (kendall_of_years(table[:, [i]]).s for i in (0, 1))
    untied = n * (n - 1) * (2 * n + 5) / 18
    rho = trend.season_covariance(table)[0, 1] / untied
    s, variance = x - rho * y, (1 - rho**2) * untied
    assert (s, variance, s / math.sqrt(variance)) == pytest.approx((wanted["s"], wanted["var_s"], wanted["z"]))


def test_the_shared_examples_are_those_typed_here(kendall_reference):
    """The hand-typed EPA vectors are the shared ones."""
    sulfate = pd.read_csv(kendall_reference / "epa09_ex17.6_sulfate.csv")
    assert dict(zip(sulfate["Sampling.Date"], sulfate["Sulfate.ppm"], strict=True)) == EXAMPLE_17_6
    shared = pd.read_csv(kendall_reference / "epa09_ex14.8_seasonal.csv")["Unadj.Conc"]
    assert list(shared) == pytest.approx(np.ravel(EXAMPLE_14_10))


GAPPY = st.lists(st.one_of(st.integers(0, 9), st.none()), min_size=48, max_size=96)


def whole_years(cells: list[int | None]) -> np.ndarray:
    """Return whole years of values, NaN for None."""
    years = len(cells) // 12
    return np.array([np.nan if c is None else c for c in cells[: years * 12]], dtype=float).reshape(years, 12)


@given(GAPPY)
@example_count(25)
def test_seasonal_agrees_with_pymannkendall(cells):
    """Score, variance, z, p and slope per year are the library's, with ties and missing months."""
    table = whole_years(cells)
    found, theirs = kendall_of_years(table), mk.seasonal_test(table.ravel(), period=12)
    assert (found.s, found.variance) == pytest.approx((theirs.s, theirs.var_s))
    if found.variance > 0:
        assert (found.z, found.p, found.slope) == pytest.approx((theirs.z, theirs.p, theirs.slope), abs=1e-12)


@given(st.lists(st.integers(0, 30), min_size=10, max_size=40).filter(lambda v: len(set(v)) > 1))
@example_count(25)
def test_plain_agrees_with_pymannkendall_and_scipy(values):
    """The plain test is the library's; tau times the pairs is SciPy's score, the slope that of SciPy."""
    found, theirs = mann_kendall(pd.Series(values)), mk.original_test(values)
    ours = (found.s, found.variance, found.z, found.p, found.slope)
    assert ours == pytest.approx((theirs.s, theirs.var_s, theirs.z, theirs.p, theirs.slope))
    assert found.slope == pytest.approx(stats.theilslopes(values, range(len(values))).slope)


# ---- what holds for every series -------------------------------------------------------------------------------------


def seasonal_result(table: np.ndarray, is_corrected: bool) -> Trend:
    return kendall_of_years(table, is_corrected=is_corrected)


def has_pairs(table: np.ndarray) -> bool:
    return bool(((~np.isnan(table)).sum(axis=0) >= 2).any())


TABLES = GAPPY.map(whole_years).filter(has_pairs)


@given(TABLES, st.booleans())
@example_count(25)
def test_time_reversal_flips_the_sign(table, is_corrected):
    """Years read backwards give the same certainty and the opposite slope, interval and score."""
    forth, back = seasonal_result(table, is_corrected), seasonal_result(table[::-1], is_corrected)
    assert (back.s, back.z, back.slope) == pytest.approx((-forth.s, -forth.z, -forth.slope))
    assert (back.low, back.high) == pytest.approx((-forth.high, -forth.low))
    assert (back.p, back.variance) == pytest.approx((forth.p, forth.variance))


@given(TABLES, st.booleans(), st.integers(-100, 100), st.sampled_from([0.25, 2.0, 8.0]))
@example_count(25)
def test_shifting_changes_nothing_and_scaling_scales_the_slope(table, is_corrected, constant, factor):
    """A constant leaves test and slope alone; a factor multiplies the slope and its interval only."""
    plain_, moved = seasonal_result(table, is_corrected), seasonal_result(table * factor + constant, is_corrected)
    assert (moved.s, moved.variance, moved.p) == pytest.approx((plain_.s, plain_.variance, plain_.p))
    scaled = tuple(factor * part for part in (plain_.slope, plain_.low, plain_.high))
    assert (moved.slope, moved.low, moved.high) == pytest.approx(scaled)


@given(TABLES)
@example_count(25)
def test_the_interval_holds_the_slope(table):
    """The slope lies between its bounds, whatever the gaps."""
    found = kendall_of_years(table)
    assert found.low <= found.slope <= found.high
    assert 0 <= found.p <= 1


@given(st.lists(st.booleans(), min_size=72, max_size=72), st.booleans())
@example_count(25)
def test_missing_months_do_not_crash(present, is_corrected):
    """Whatever months are missing, there is a trend with a chance between 0 and 1, or 样本不足 with both numbers."""
    months = monthly_series(np.where(present, np.arange(72) % 7, np.nan))
    found = seasonal_kendall(months, is_corrected=is_corrected)
    if isinstance(found, TooFew):
        assert found.n == sum(present) < found.needed
    else:
        assert 0 <= found.p <= 1
        assert math.isfinite(found.slope)


@given(st.floats(-1e6, 1e6), st.integers(36, 150), st.booleans())
@example_count(30)
def test_all_tied_is_no_trend(value, n, is_corrected):
    """A series that never changes has the slope 0 and no evidence at all."""
    found = seasonal_kendall(monthly_series([value] * n), is_corrected=is_corrected)
    assert (found.s, found.z, found.p, found.slope, found.low, found.high) == (0, 0, 1, 0, 0, 0)


def test_the_variance_of_independent_months_is_the_sum_over_months():
    """Without the covariance correction the variance is Σ[n(n−1)(2n+5) − Σt(t−1)(2t+5)]/18, with gaps too."""
    table = np.array([[1, 5], [2, 5], [2, np.nan], [4, 7], [np.nan, 8.0]])
    assert kendall_of_years(table).variance == pytest.approx((4 * 3 * 13 - 2 * 1 * 9) / 18 * 2)


def test_the_correction_widens_what_moves_together():
    """Months that rise and fall together count for less: the corrected p is greater."""
    random = np.random.default_rng(7)
    table = random.normal(size=(12, 1)) + 0.1 * random.normal(size=(12, 12)) + np.arange(12)[:, np.newaxis] * 0.1
    assert kendall_of_years(table, is_corrected=True).p > 10 * kendall_of_years(table).p


def test_the_correction_begins_with_ten_years():
    """Nine years are judged as if months were independent, ten with their covariance."""
    assert not seasonal_kendall(monthly_series(np.arange(9 * 12))).is_corrected
    assert seasonal_kendall(monthly_series(np.arange(10 * 12))).is_corrected


@pytest.mark.parametrize(
    ("months", "expected_"),
    [
        (0, TooFew(0, 36, "month")),
        (10, TooFew(10, 36, "month")),
        (35, TooFew(35, 36, "month")),
    ],
)
def test_fewer_than_three_full_years_are_too_few(months, expected_):
    """Below 36 months there is no verdict, but how many there are and how many it takes."""
    assert seasonal_kendall(monthly_series(np.arange(months))) == expected_


def test_a_section_sampled_every_other_month_needs_three_years():
    """Six samples a year for three years are 18 values, enough; a year less is not."""
    values = monthly_series(np.where(np.arange(36) % 2 == 0, np.arange(36.0), np.nan))
    assert seasonal_kendall(values).n == 18
    assert seasonal_kendall(values[:24]) == TooFew(12, 36, "month")


def test_quarters_may_be_the_seasons():
    """Samples in changing months of the quarter are compared quarter by quarter."""
    index = pd.PeriodIndex(["2014-01", "2014-05", "2014-09", "2014-12", "2015-03", "2015-04", "2015-07", "2015-10",
                            "2016-02", "2016-06", "2016-08", "2016-11"], freq="M")  # fmt: skip
    found = seasonal_kendall(pd.Series(np.arange(12.0), index=index), seasons=4)
    assert (found.n, found.s, found.slope) == (12, 12, 4)
    assert seasonal_kendall(pd.Series(np.arange(12.0), index=index)) == TooFew(12, 36, "month")


def test_nine_values_are_too_few_for_the_plain_test():
    """The plain test begins with ten values at ten times."""
    assert mann_kendall(pd.Series(range(9))) == TooFew(9, 10, "value")
    assert mann_kendall(pd.Series(range(20), index=[*range(9)] * 2 + [0, 1])) == TooFew(9, 10, "value")
    assert isinstance(mann_kendall(pd.Series(range(10))), Trend)


def test_dates_are_years_with_a_fraction():
    """A rise of one unit a day is a slope of 365 a year."""
    days = pd.date_range("2014-01-01", "2014-12-31")
    assert mann_kendall(pd.Series(range(len(days)), index=days)).slope == pytest.approx(365)


def test_an_interval_without_bounds_is_infinite():
    """Two years of one month cannot bound the slope."""
    found = kendall_of_years(np.array([[1.0], [2.0]]))
    assert (found.low, found.slope, found.high) == (-math.inf, 1, math.inf)


def test_a_new_detection_limit_is_no_trend():
    """What lies below the largest detection limit is one tie: `0.05L` and then `0.01L` fall by nothing."""
    values, limits = [9.0] * 6 + [0.02, 0.03, 0.01, 0.2], [0.05] * 6 + [np.nan, np.nan, 0.01, np.nan]
    never = np.full(len(values), np.nan)
    assert tied_at_limits(values, limits, never).values.tolist() == [0.025] * 9 + [0.2]
    assert tied_at_limits([1.0, 2.0], never[:2], never[:2]).values.tolist() == [1, 2]


# ---- years -----------------------------------------------------------------------------------------------------------


def test_vector_a10_6():
    """Five years of ammonia 2.4 2.0 2.1 1.3 0.9: Σd² = 38, r = −0.900, exact one-sided p = 0.0417."""
    found = spearman_correlation(pd.Series([2.4, 2.0, 2.1, 1.3, 0.9], index=range(2010, 2015)))
    assert (found.n, found.r, found.p, found.is_exact) == (5, pytest.approx(-0.9), pytest.approx(5 / 120), True)
    assert (found.first, found.last) == (2.4, 0.9)


@pytest.mark.parametrize(
    ("order", "r", "p"),
    [
        ([2, 1, 4, 3, 6, 5], 0.829, 0.0292),
        ([3, 2, 1, 6, 5, 4, 7], 0.714, 0.0440),
        ([1, 2, 3, 6, 7, 8, 4, 5], 0.643, 0.0481),
    ],
)
def test_the_critical_values_have_their_one_sided_chance(order, r, p):
    """The table W_p of 环办〔2011〕22号 is one-sided: its .05 column at N = 6, 7, 8 has p = .0292, .0440, .0481."""
    found = spearman_correlation(pd.Series(order))
    assert (found.r, found.p) == pytest.approx((r, p), abs=5e-4)


@given(st.lists(st.integers(0, 5), min_size=5, max_size=7))
@example_count(25)
def test_the_exact_chance_is_that_of_all_orders(values):
    """The chance, ties included, is what counting every order of the values gives."""
    found = spearman_correlation(pd.Series(values))
    ranks, times = stats.rankdata(values), np.arange(1, len(values) + 1)
    sums = np.array([np.dot(order, times) for order in itertools.permutations(ranks)])
    beyond = sums >= np.dot(ranks, times) if found.r > 0 else sums <= np.dot(ranks, times)
    assert found.p == pytest.approx(beyond.mean())


@given(st.lists(st.integers(0, 50), min_size=5, max_size=20).filter(lambda v: len(set(v)) > 1))
@example_count(25)
def test_the_correlation_is_scipys(values):
    """r is SciPy's, and beyond twelve years so is the one-sided chance."""
    found, theirs = spearman_correlation(pd.Series(values)), stats.spearmanr(range(len(values)), values)
    assert found.r == pytest.approx(theirs.statistic)
    if not found.is_exact:
        assert found.p == pytest.approx(theirs.pvalue / 2, abs=1e-12)


@given(st.lists(st.integers(0, 9), min_size=5, max_size=9))
@example_count(25)
def test_years_reversed_flip_the_sign(values):
    """Years read backwards have the opposite correlation and, unless it is 0, the same chance."""
    forth, back = spearman_correlation(pd.Series(values)), spearman_correlation(pd.Series(values[::-1]))
    assert back.r == pytest.approx(-forth.r)
    if abs(forth.r) > 1e-9:
        assert back.p == pytest.approx(forth.p)


def test_years_that_never_change_have_no_evidence():
    """All years alike: no correlation, chance 1."""
    assert spearman_correlation(pd.Series([2.0] * 6)) == RankCorrelation(6, 0.0, 1.0, True, 2.0, 2.0)


def test_four_years_are_too_few():
    """The table of critical values begins with five years; a year without a mean does not count."""
    assert spearman_correlation(pd.Series([1, 2, np.nan, 3, 4])) == TooFew(4, 5, "year")


def test_thirteen_years_go_by_students_t():
    """A perfect order of thirteen years has no chance left; twelve are still counted exactly."""
    found = spearman_correlation(pd.Series(range(13)))
    assert isinstance(found, RankCorrelation)
    assert astuple(found) == (13, pytest.approx(1.0), pytest.approx(0.0, abs=1e-9), False, 0, 12)
    assert spearman_correlation(pd.Series(range(EXACT_YEARS))).p == pytest.approx(1 / math.factorial(12))
