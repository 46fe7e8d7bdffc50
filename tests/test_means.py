"""Means, loads, rounding and judgements with values below a detection limit."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.water.means import class_rank, half_even, kilograms, mean, period_means, ph_mean, verdict
from analytics.water.pollution import bounds

NAN = math.nan


def test_vector_a10_4_ph():
    """The mean of pH 6 and 8 is 6.30, not 7."""
    assert ph_mean([6, 8]) == pytest.approx(6.2967, abs=1e-4)
    assert ph_mean([7.4]) == pytest.approx(7.4)
    assert math.isnan(ph_mean([]))


@given(st.lists(st.floats(0, 14), min_size=1, max_size=20))
@settings(deadline=None, max_examples=50)
def test_the_mean_ph_leans_to_the_acid_side(values):
    """It lies between the lowest value and the arithmetic mean."""
    assert min(values) - 1e-9 <= ph_mean(values) <= np.mean(values) + 1e-9


def test_vector_a10_5_non_detects():
    """`0.02L` is 0.01 in means and 0 in loads."""
    assert mean([NAN], [0.02]) == pytest.approx(0.01)
    assert mean([0.5, NAN], [NAN, 0.02]) == pytest.approx(0.255)
    assert kilograms([1000], [NAN], [0.02]) == 0
    assert kilograms([1000, 500], [30, NAN], [NAN, 0.02]) == 30


def test_vector_a10_5_classes():
    """`0.02L` of ammonia is Ⅰ; `0.5L` of total phosphorus cannot be judged, against 0.2 or at all."""
    assert class_rank(NAN, 0.02, bounds("NH3N", "river")) == 1
    assert class_rank(NAN, 0.5, bounds("TP", "river")) is None
    assert verdict(NAN, 0.5, (None, 0.2)) == "无法判定"


@pytest.mark.parametrize(
    ("value", "detection", "expected"),
    [
        (0.2, NAN, "达标"),
        (0.201, NAN, "超标"),
        (NAN, 0.2, "达标"),
        (NAN, 0.21, "无法判定"),
        (NAN, NAN, "无数据"),
        (0.3, 0.01, "达标"),  # the value beside a non-detect is left unread
    ],
)
def test_verdict(value, detection, expected):
    """A detection limit above the limit leaves the item open; at the limit it still keeps it."""
    assert verdict(value, detection, (None, 0.2)) == expected


def test_too_little_oxygen_is_sure_below_detection():
    """Oxygen below a detection limit of 0.2 fails the 5 of class Ⅲ for sure; below one of 6 it is open."""
    assert verdict(NAN, 0.2, (5, None)) == "超标"
    assert verdict(NAN, 6, (5, None)) == "无法判定"


@pytest.mark.parametrize(
    ("parameter", "water", "value", "rank"),
    [("TP", "river", 0.2, 3), ("TP", "lake", 0.2, 5), ("NH3N", "river", 2.01, 6), ("DO", "river", 4.9, 4),
     ("PH", "river", 9, 1), ("PH", "river", 10, 6), ("TP", "river", NAN, None)],
)  # fmt: skip
def test_class_rank_of_measured_values(parameter, water, value, rank):
    """Measured values go into the best class whose limit they keep, 6 beyond all, None without a value."""
    assert class_rank(value, NAN, bounds(parameter, water)) == rank


def test_a_non_detect_gets_the_class_that_is_sure():
    """Copper below 0.05 may be Ⅰ (0.01), Ⅱ (1.0) is sure."""
    assert class_rank(NAN, 0.05, bounds("CU", "river")) == 2


def test_means_leave_gaps_out():
    """Missing values count neither in the mean nor in the load; the mean of nothing is missing."""
    assert mean([1, NAN, 3]) == 2
    assert math.isnan(mean([NAN]))
    assert kilograms([1000, NAN, 2000], [NAN, 5, 10]) == 20


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [(0.0034, 3, 0.003), (0.0035, 3, 0.004), (0.0045, 3, 0.004), (0.00005, 3, 0.00005), (0.00045, 3, 0.0004),
     (2.005, 2, 2.0), (2.015, 2, 2.02), (4.96, 1, 5.0), (9.4, 0, 9), (9.6, 0, 10), (2.5, 0, 2), (0, 2, 0)],
)  # fmt: skip
def test_half_even(value, places, expected):
    """Ties go to the even digit as the value is written; nothing measured is rounded away to 0."""
    assert half_even(value, places) == expected


def test_half_even_reads_numbers_of_numpy():
    """A number out of a frame is rounded like the one typed."""
    assert half_even(np.float64(2.005), 2) == 2.0


def test_a_year_needs_eight_months():
    """Seven months give no yearly mean, eight do; the count is shown beside either."""
    index = [*pd.period_range("2013-01", periods=7, freq="M"), *pd.period_range("2014-05", periods=8, freq="M")]
    found = period_means(pd.Series([1.0] * 7 + [2.0] * 8, index=pd.PeriodIndex(index)), "year")
    assert found["months"].to_dict() == {2013: 7, 2014: 8}
    assert found["value"].dropna().to_dict() == {2014: 2.0}


def test_a_quarter_needs_two_months():
    """One month gives no quarterly mean; days are read like months, and pH goes through H⁺."""
    days = pd.Series(
        [6.0, 8.0, 7.0, NAN], index=pd.to_datetime(["2014-01-05", "2014-03-05", "2014-05-05", "2014-06-05"])
    )
    found = period_means(days, "quarter", "PH")
    assert found["months"].tolist() == [2, 1]
    assert found["value"].iloc[0] == pytest.approx(6.2967, abs=1e-4)
    assert math.isnan(found["value"].iloc[1])


def test_rounding_vectors_of_the_shared_data(real_data):
    """The shared half-even vectors hold."""
    rows = pd.read_csv(real_data / "reference_outputs" / "rounding_half_even_vectors.csv")
    found = [half_even(v, p) for v, p in zip(rows["value"], rows["places"], strict=True)]
    assert found == rows["expected"].tolist()
