"""治, the issues: cohorts that never pass 100 %, what is late, and how long it takes when some are still open."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from analytics.kaplan_meier import survival_curve
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_rows

pytestmark = pytest.mark.slow

ISSUE = "问题编码,河道,发现时间,问题来源,问题类别,办结期限\n"
STEP = "问题编码,时间,环节\n"


@pytest.fixture
def river(store: Store) -> Store:
    load_without_errors(store, "river", "河道编码,河道名称,河道等级,水体类型\nR,清河,村级,河流\nS,浊河,村级,河流")
    return store


def load_issues(store: Store, *issues: tuple[str, str, str, str], steps: str = "") -> None:
    """Load issues of code, river, day found and day due, and their steps."""
    load_without_errors(
        store, "issue", ISSUE + "".join(f"{i},{r},{at},河长巡河,河面,{due}\n" for i, r, at, due in issues)
    )
    if steps:
        load_without_errors(store, "issue_event", STEP + steps)


FOUR = (
    ("1", "R", "2014-03-01", "2014-03-10"),
    ("2", "R", "2014-03-02", "2014-03-12"),
    ("3", "R", "2014-03-03", "2014-03-13"),
    ("4", "S", "2014-03-31", "2014-04-30"),
)
STEPS = (
    "1,2014-03-02,交办\n1,2014-03-03,退回\n1,2014-03-04,交办\n1,2014-03-08,处置\n1,2014-03-10,销号\n"
    "2,2014-03-05,处置\n2,2014-03-06,复核\n2,2014-03-07,重办\n2,2014-03-10,处置\n2,2014-04-02,销号\n"
    "3,2014-03-04,交办\n"
)


def test_a_cohort_is_followed_to_the_day(river):
    """By 31 March one of March's four is settled; by 5 April two; what was settled in April stays with March."""
    load_issues(river, *FOUR, steps=STEPS)
    march, april = (metric_rows(river, "issue_closure", day, is_total="True") for day in ("2014-03-31", "2014-04-05"))
    assert [(r["found"], r["closed"], r["rate"], r["open"], r["overdue"]) for r in march] == [(4, 1, 25, 3, 2)]
    assert [(r["found"], r["closed"], r["rate"], r["open"], r["overdue"]) for r in april] == [(4, 2, 50, 2, 1)]


@pytest.mark.quick
def test_on_time_counts_those_whose_day_has_passed(river):
    """Due by 5 April are three: one settled on its last day, one late, one open; 1 and 2 were sent back or redone."""
    load_issues(river, *FOUR, steps=STEPS)
    [march] = metric_rows(river, "issue_closure", "2014-04-05", river="清河")
    assert (march["on_time"], march["due"], march["returned"], march["redone"]) == (1, 3, 1, 1)
    assert march["on_time_rate"] == pytest.approx(100 / 3)


@pytest.mark.quick
def test_on_its_due_day_an_issue_is_not_overdue(river):
    """The day of 12 March is still in time, the 13th is a day late."""
    load_issues(river, FOUR[1])
    assert [metric_rows(river, "overdue_issues", f"2014-03-{d}")[0]["is_overdue"] for d in (12, 13)] == [False, True]
    assert metric_rows(river, "overdue_issues", "2014-03-13")[0]["days_overdue"] == 1


def test_redone_after_it_was_settled_is_open_again(river):
    """Settled on the 10th, to be redone on the 20th: closed on the 19th, open on the 20th, and still one issue."""
    load_issues(river, FOUR[0], steps=STEPS[: STEPS.index("\n2,") + 1] + "1,2014-03-20,重办\n")
    rates = [metric_rows(river, "issue_closure", f"2014-03-{d}", river="清河")[0]["rate"] for d in (9, 10, 19, 20)]
    assert rates == [0, 100, 100, 0]


def test_steps_of_one_time_stand_in_the_order_of_the_list(river):
    """A log of days without hours that reviews and settles on one day has settled."""
    load_issues(river, FOUR[0], steps="1,2014-03-09,销号\n1,2014-03-09,复核\n1,2014-03-09,处置\n")
    assert metric_rows(river, "overdue_issues", "2014-03-31") == []


def test_the_open_ones_are_listed_worst_first(river):
    """3 is overdue by 23 days with its step, 4 is open and not yet due, one without a due day stands last."""
    load_issues(river, *FOUR, ("5", "S", "2014-03-01", ""), steps=STEPS)
    listed = metric_rows(river, "overdue_issues", "2014-04-05")
    assert [(r["issue_id"], r["step"]) for r in listed] == [("3", "交办"), ("4", "发现"), ("5", "发现")]
    assert (listed[0]["days_overdue"], listed[0]["days_open"]) == (23, 33)
    assert pd.isna(listed[1]["days_overdue"])


@pytest.mark.parametrize("day", ["2013-09-30", "2013-12-31", "2014-03-15", "2014-06-30", "2015-01-01"])
def test_no_cohort_passes_100(sample_store, day):
    """On any day closed and open add up to found, on time is at most due, and rivers add up to all rivers."""
    every = pd.DataFrame(metric_rows(sample_store, "issue_closure", day))
    assert (every["closed"] + every["open"] == every["found"]).all()
    assert every["rate"].between(0, 100).all()
    assert (every["on_time"] <= every["due"]).all()
    is_all = every["is_total"]
    columns = ["found", "closed", "overdue", "due", "on_time", "returned", "redone"]
    assert every[is_all][columns].sum().to_dict() == every[~is_all][columns].sum().to_dict()


def test_open_cases_count_as_not_yet_done():
    """By hand: done at 2, 4, 4, 7, open at 3 and 6. S(2) = 5/6, S(4) = 5/6 · 2/4 = 5/12, S(7) = 0."""
    curve = survival_curve([2, 3, 4, 4, 6, 7], [True, False, True, True, False, True])
    assert curve.days.tolist() == [2, 4, 7]
    assert curve.share.tolist() == pytest.approx([5 / 6, 5 / 12, 0])
    assert (curve.done_within(0.5), curve.done_within(0.9)) == (4, 7)


def test_where_most_are_open_there_is_no_median():
    """One of four done leaves three quarters open: half is not reached."""
    curve = survival_curve([1, 9, 9, 9], [True, False, False, False])
    assert curve.done_within(0.5) is None
    assert survival_curve([], []).done_within(0.5) is None


@given(
    st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=40).filter(
        lambda c: any(d for _, d in c)
    )
)
def test_the_estimate_is_that_of_scipy(cases):
    """The share still open after each day is the survival function of scipy.stats.ecdf."""
    days, done = (np.array(column) for column in zip(*cases, strict=True))
    curve = survival_curve(days.tolist(), done.tolist())
    theirs = ecdf(CensoredData(uncensored=days[done], right=days[~done])).sf
    assert curve.share == pytest.approx(theirs.evaluate(curve.days))


def test_too_few_settled_issues_have_no_days(river):
    """Four settled are 样本不足, in words and without a number; with the fifth half are settled within 3 days."""
    issues = [(str(n), "R", "2014-03-01 00:00", "") for n in range(5)]
    load_issues(river, *issues, steps="".join(f"{n},2014-03-0{n + 2},销号\n" for n in range(5)))
    before, after = (metric_rows(river, "issue_time", day, river="清河")[0] for day in ("2014-03-05", "2014-03-06"))
    assert pd.isna(before["median_days"])
    assert before["sentence"] == "样本不足：已销号 4 件，至少要 5 件"
    assert (after["median_days"], after["most_days"], after["found"], after["open"]) == (3, 5, 5, 0)


def test_days_are_rounded_up(river):
    """Settled after 2 days and 3 hours is within 2.2 days, not within 2.1."""
    load_issues(
        river,
        *((str(n), "R", "2014-03-01 00:00", "") for n in range(5)),
        steps="".join(f"{n},2014-03-03 03:00,销号\n" for n in range(5)),
    )
    assert metric_rows(river, "issue_time", "2014-03-06", river="清河")[0]["median_days"] == 2.2


def test_an_issue_settled_on_the_day_it_was_found_takes_no_negative_days(river):
    """Found at 10:00 and settled on that day, of which no time is written: 0 days, not −0.4."""
    load_issues(
        river,
        *((str(n), "R", "2014-03-01 10:00", "") for n in range(5)),
        steps="".join(f"{n},2014-03-01,销号\n" for n in range(5)),
    )
    assert metric_rows(river, "issue_time", "2014-03-06", river="清河")[0]["median_days"] == 0


def test_only_the_issues_of_the_last_months_are_timed(river):
    """An issue found more than twelve months before the day takes no part."""
    load_issues(river, ("1", "R", "2013-06-30", ""), ("2", "R", "2013-07-01", ""))
    assert [r["found"] for r in metric_rows(river, "issue_time", "2014-06-30", is_total="True")] == [1]
