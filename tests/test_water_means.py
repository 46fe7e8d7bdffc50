"""Means over years and quarters, and of pH."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.water.means import period_means, ph_mean
from tests.property_settings import example_count

NAN = math.nan


def test_vector_a10_4_ph():
    """The mean of pH 6 and 8 is 6.30, not 7."""
    assert ph_mean([6, 8]) == pytest.approx(6.2967, abs=1e-4)
    assert ph_mean([7.4]) == pytest.approx(7.4)
    assert math.isnan(ph_mean([]))


@given(st.lists(st.floats(0, 14), min_size=1, max_size=20))
@example_count(50)
def test_the_mean_ph_leans_to_the_acid_side(values):
    """It lies between the lowest value and the arithmetic mean."""
    assert min(values) - 1e-9 <= ph_mean(values) <= np.mean(values) + 1e-9


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
