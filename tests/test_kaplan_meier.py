"""Kaplan–Meier: worked out by hand, and held to statsmodels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from analytics.kaplan_meier import survival_curve

SPANS = st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=1, max_size=60).filter(
    lambda spans: any(is_done for _, is_done in spans)
)


def test_what_is_done_and_what_is_left_on_one_day():
    """Done after 1, 3 and 3 of five, one left on day 3 and one after 8: 4/5, then 4/5 × 2/4 = 2/5, never 15 %."""
    curve = survival_curve([1, 3, 3, 3, 8], [True, True, True, False, False])
    assert curve.days.tolist() == [1, 3]
    assert curve.share.tolist() == pytest.approx([4 / 5, 2 / 5])
    assert (curve.done_within(0.5), curve.done_within(0.85)) == (3, None)


def test_what_is_done_at_once_counts():
    """Two of four done on the day they began: half within 0 days; 85 % when the last is done."""
    curve = survival_curve([0, 0, 5, 9], [True, True, True, True])
    assert (curve.done_within(0.5), curve.done_within(0.85)) == (0, 9)


def test_a_share_that_is_just_reached_counts():
    """17 of 20 done within 17 days is 85 %, whatever binary fractions make of it."""
    curve = survival_curve(list(range(1, 21)), [True] * 20)
    assert (curve.done_within(0.5), curve.done_within(0.85)) == (10, 17)


def test_those_left_before_lift_what_is_done_later():
    """Of four one is done on day 2, one left on day 3, one done on day 4: 3/4, then 3/4 × 1/2 = 3/8."""
    curve = survival_curve([2, 3, 4, 6], [True, False, True, False])
    assert curve.share.tolist() == pytest.approx([3 / 4, 3 / 8])
    assert curve.done_within(0.5) == 4


@given(SPANS)
def test_the_estimate_is_that_of_statsmodels(spans):
    """Days, shares, median and P85 are those of SurvfuncRight."""
    days, is_done = zip(*spans, strict=True)
    ours, theirs = survival_curve(days, is_done), SurvfuncRight(days, [int(done) for done in is_done])
    assert ours.days.tolist() == theirs.surv_times.tolist()
    assert ours.share == pytest.approx(theirs.surv_prob)
    for part in (0.5, 0.85):
        within = [
            day for day, share in zip(theirs.surv_times, theirs.surv_prob, strict=True) if share <= 1 - part + 1e-12
        ]
        assert ours.done_within(part) == (within[0] if within else None)
