"""How many will have signed by the deadline: worked out by hand where it can be, and true of every project."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics.demolition.random_effects import PastShares, chance_of_all, count_chances, share_weights
from analytics.demolition.signing_forecast import SigningCurve, forecast_signing, matched_days
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_rows
from tests.recomputed.exported import exported_ledgers
from tests.recomputed.signing_forecasts import forecast_backtest, signing_forecast
from tests.signing_generators import tried_forecasts

KINDS = ("bursts at reward dates", "even days", "logistic adoption", "unlike households", "other windows")
Days = dict[int, int]  # how many sign on a day of the window, the first being 0


def even_project(households: int, window: int, signed: int, rewards: tuple[int, ...] = ()) -> SigningCurve:
    """Return a project of which some households sign evenly over the window."""
    return SigningCurve(households, window, np.linspace(signed / (window + 1), signed, window + 1), rewards)


def load_projects(store: Store, projects: dict[str, tuple[int, date, int, Days]], withdrawn: str = "") -> None:
    """Load projects by their codes: households, first day, last day of the window, signings by day."""
    rows, homes, agreements = [], [], []
    for code, (total, start, window, days) in projects.items():
        rows.append(f"{code},项目{code},国有土地征收,{total},{start},{start + timedelta(days=window)}")
        signed = [start + timedelta(days=day) for day, count in days.items() for _ in range(count)]
        homes += [f"{code}-{n},{code}" for n in range(len(signed))]
        agreements += [f"{code}-{n},{day},货币补偿,{withdrawn if n == 0 else ''}" for n, day in enumerate(signed)]
    titles = "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止"
    load_without_errors(store, "demolition_project", "\n".join([titles, *rows]))
    load_without_errors(store, "household", "\n".join(["户编号,项目", *homes]))
    load_without_errors(store, "agreement", "\n".join(["户编号,签约日期,补偿方式,撤销日期", *agreements]))


PAST = {
    "A": (20, date(2013, 1, 1), 29, {0: 6, 10: 6, 20: 4, 29: 3, 40: 1}),
    "B": (30, date(2013, 3, 1), 39, {1: 8, 15: 10, 30: 6, 39: 4, 50: 1}),
    "C": (25, date(2013, 6, 1), 29, {0: 9, 14: 9, 29: 6}),
}
RUNNING = {"R": (40, date(2014, 6, 1), 29, {0: 10, 10: 8})}


def forecast_of(store: Store, code: str, as_of: str) -> dict[str, Any]:
    return next(row for row in metric_rows(store, "signing_forecast", as_of) if row["project_id"] == code)


def test_days_correspond_by_their_place_in_the_reward_period():
    """Days next to the start and the end of a period are counted in days; between them goes the share of it."""
    short, long = even_project(10, 54, 9, (19,)), even_project(10, 108, 9, (39,))
    days = np.array([-1.0, 1, 17, 19, 20, 54])
    assert matched_days(days, short, long).tolist() == [-1, 1, 37, 39, 40, 108]
    assert matched_days(np.array([9.0]), short, long)[0] == pytest.approx(19)  # the middle of 2 … 16 is that of 2 … 36


def test_periods_that_do_not_correspond_leave_the_place_in_the_window():
    """With another number of reward dates, or none on record, the middle of one window is that of the other."""
    ours, theirs = even_project(9, 54, 9, (19, 30)), even_project(9, 108, 9)
    assert matched_days(np.array([26.5]), ours, theirs)[0] == pytest.approx(53.5)


def test_a_certain_past_gives_its_share():
    """Ten past projects in which half of 10,000 that were left signed: a further one will have about half."""
    half = PastShares(np.full(10, 10000.0), np.full(10, 5000.0), np.zeros(10))
    chances = count_chances(share_weights(half, 0.0), 100)
    assert chances @ np.arange(101) == pytest.approx(50, abs=1)
    assert chances.sum() == pytest.approx(1)


def test_all_past_projects_complete_are_no_certainty():
    """Where every household of the past signed, so will probably all, but never surely; with more left less so."""
    weights = share_weights(PastShares(np.full(3, 30.0), np.full(3, 30.0), np.zeros(3)), 0.0)
    few, many = chance_of_all(weights, 5), chance_of_all(weights, 200)
    assert 0.5 < many < few < 1


def test_fewer_past_projects_widen_the_interval():
    """The same share is less certain from two projects than from eight."""
    own = even_project(120, 54, 60)
    low, _, high = forecast_signing([even_project(120, 54, 110)] * 2, own, 27).at_deadline()
    low8, _, high8 = forecast_signing([even_project(120, 54, 110)] * 8, own, 27).at_deadline()
    assert high - low > high8 - low8


def test_a_quicker_project_is_forecast_higher():
    """Half and twice the common pace so far tell, two signatures on the first day tell hardly anything."""
    past = [even_project(100, 50, 80)] * 4
    slow, usual, quick = (forecast_signing(past, even_project(100, 50, n), 10).at_deadline()[1] for n in (40, 80, 160))
    assert slow < usual < quick
    first = [SigningCurve(100, 50, np.full(51, float(n))) for n in (0, 2)]
    none, two = (forecast_signing(past, own, 0).at_deadline()[1] for own in first)
    assert two - none <= 5


def test_nothing_that_comes_later_is_used():
    """Two projects that differ only after the day have the same forecast."""
    past = [even_project(60, 40, 55), even_project(80, 50, 70)]
    ends = [np.concatenate([np.arange(20.0), np.full(21, last)]) for last in (19.0, 60.0)]
    first, second = (forecast_signing(past, SigningCurve(60, 40, counts), 19) for counts in ends)
    assert (first.at_deadline(), first.probability) == (second.at_deadline(), second.probability)


def test_the_range_widens_and_rises_to_the_deadline():
    """Day by day no limit falls, the median lies between them, and the last day has the range of the deadline."""
    found = forecast_signing([even_project(60, 40, 55), even_project(80, 50, 70)], even_project(60, 40, 50), 20)
    counts = np.array([found.counts_on(ahead) for ahead in range(21)])
    assert (np.diff(counts, axis=0) >= 0).all()
    assert (np.diff(counts, axis=1) >= 0).all()
    assert tuple(counts[-1]) == found.at_deadline()


@pytest.mark.slow
def test_intervals_hold_what_comes_of_projects_of_another_nature():
    """Of 30 projects of each of five kinds 75–95 % of 600 forecasts hold, with an error of 4 % at most."""
    tried = [tried_forecasts(name, 30, seed=13) for name in KINDS]
    assert 0.75 <= np.mean([list(one.coverage.values()) for one in tried]) <= 0.95
    assert all(np.mean(list(one.coverage.values())) >= 0.75 for one in tried), [str(one) for one in tried]
    assert all(max(one.error.values()) <= 4 for one in tried), [str(one) for one in tried]


def test_a_running_project_is_forecast(store: Store) -> None:
    """18 of 40 have signed by day 19 of 29: a chance, a range that holds more than that, and 22 ÷ 10 needed a day."""
    load_projects(store, PAST | RUNNING)
    row = forecast_of(store, "R", "2014-06-20")
    assert (row["outlook"], row["signed"], row["households_left"], row["past_projects"]) == ("有预测", 18, 22, 3)
    assert 18 < row["low"] <= row["median"] <= row["high"] <= 40
    assert 0 < row["probability"] < 50
    assert row["needed_per_day"] == pytest.approx(2.2)
    assert row["is_weak"]


def test_one_past_project_is_too_few(store: Store) -> None:
    """With one past project there is the needed pace and 样本不足, no chance and no range."""
    load_projects(store, {"A": PAST["A"]} | RUNNING)
    row = forecast_of(store, "R", "2014-06-20")
    assert (row["outlook"], row["past_projects"], row["past_needed"]) == ("样本不足", 1, 2)
    assert pd.isna(row["probability"])
    assert pd.isna(row["low"])
    assert row["needed_per_day"] == pytest.approx(2.2)
    assert metric_rows(store, "forecast_curve", "2014-06-20") == []


def test_the_published_curve_of_qianlong(store: Store) -> None:
    """769 of 1,153 on day 20 of 55: 66.7 %, and (1,153 − 769) ÷ 35 a day are needed, without any past project."""
    load_projects(store, {"Q": (1153, date(2016, 5, 6), 54, {n: 38 + (n < 9) for n in range(20)})})
    row = forecast_of(store, "Q", "2016-05-25")
    assert (row["signed"], row["days_left"], row["outlook"]) == (769, 35, "样本不足")
    assert row["needed_per_day"] == pytest.approx(384 / 35)


def test_the_deadline_today_leaves_no_chance(store: Store) -> None:
    """On the last day, its signings known, the count is what it is, and the chance of all by then is none."""
    load_projects(store, PAST | RUNNING)
    row = forecast_of(store, "R", "2014-06-30")
    assert (row["probability"], row["low"], row["high"], row["days_left"]) == (0, 18, 18, 0)
    assert pd.isna(row["needed_per_day"])


def test_all_signed_needs_no_forecast(store: Store) -> None:
    """A running project of which all have signed says so."""
    load_projects(store, PAST | {"R": (18, date(2014, 6, 1), 29, {0: 10, 10: 8})})
    row = forecast_of(store, "R", "2014-06-20")
    assert (row["outlook"], row["households_left"]) == ("全部签完", 0)
    assert pd.isna(row["probability"])


def test_a_withdrawn_agreement_counts_as_not_signed(store: Store) -> None:
    """One withdrawn on 15 June counts on the 14th and not on the 15th; what was forecast before does not change."""
    load_projects(store, PAST | RUNNING, withdrawn="2014-06-15")
    assert [forecast_of(store, "R", day)["signed"] for day in ("2014-06-14", "2014-06-15")] == [18, 17]


def test_a_late_project_has_no_chance_of_its_deadline(store: Store) -> None:
    """10 days late: the days are told; two past projects were not as late with households left, so 样本不足."""
    load_projects(store, PAST | RUNNING)
    row = forecast_of(store, "R", "2014-07-10")
    assert (row["outlook"], row["days_past"], row["households_left"]) == ("已逾期", 10, 22)
    assert pd.isna(row["probability"])
    assert row["late_projects"] == 3  # A, B and C had 1, 2 and 1 left ten days after
    assert row["late_share"] == pytest.approx(100 * 2 / 4)  # one of A and one of B signed in the 60 days after


def test_what_comes_after_the_deadline_needs_projects_as_late(store: Store) -> None:
    """50 days late only B and C had households left that long; without B that is one, too few."""
    load_projects(store, {code: PAST[code] for code in "AC"} | RUNNING)
    row = forecast_of(store, "R", "2014-08-19")
    assert (row["late_projects"], row["days_past"]) == (1, 50)
    assert pd.isna(row["late_share"])
    assert pd.isna(row["p50_on"])


@pytest.mark.slow
@pytest.mark.parametrize("as_of", ["2014-06-01", "2014-06-20", "2014-06-30", "2014-07-20"])
def test_awkward_projects_are_worked_out_a_second_time(store: Store, as_of: str) -> None:
    """One-day windows, no agreement yet, declared totals above the codes, a withdrawn one: the recomputation agrees."""
    awkward = {
        "D": (1, date(2014, 5, 1), 0, {0: 1}),
        "E": (7, date(2014, 6, 1), 0, {0: 3}),
        "N": (12, date(2014, 5, 20), 60, {}),
        "T": (500, date(2014, 5, 1), 70, {0: 20, 31: 4}),
    }
    load_projects(store, PAST | RUNNING | awkward, withdrawn="2014-06-10")
    ledgers, day = exported_ledgers(store), pd.Timestamp(as_of)
    for name, again in (("signing_forecast", signing_forecast), ("forecast_backtest", forecast_backtest)):
        ours, theirs = pd.DataFrame(metric_rows(store, name, as_of)), again(ledgers, day)
        by = [column for column in ("is_total", "project_id", "window_share") if column in theirs]
        numbers = [c for c in theirs if pd.api.types.is_numeric_dtype(theirs[c]) and c not in by]
        ours, theirs = (rows.sort_values(by)[numbers].astype(float).reset_index(drop=True) for rows in (ours, theirs))
        pd.testing.assert_frame_equal(ours, theirs, rtol=1e-9)


def test_the_back_test_needs_one_project_more(store: Store) -> None:
    """Two past projects leave one to learn from: no trial, and no share of none."""
    load_projects(store, {code: PAST[code] for code in "AB"})
    [whole, *_] = metric_rows(store, "forecast_backtest", "2014-06-20")
    assert (whole["forecasts"], whole["past_projects"], whole["past_needed"]) == (0, 2, 3)
    assert pd.isna(whole["coverage"])


def test_the_back_test_counts_what_came(store: Store) -> None:
    """Three past projects at 20, 40, 60 and 80 % are twelve trials; what came is as of the deadline."""
    load_projects(store, PAST)
    whole, *rest = metric_rows(store, "forecast_backtest", "2014-06-20")
    trials = [row for row in rest if not row["is_total"]]
    assert (whole["forecasts"], len(trials)) == (12, 12)
    assert {row["project_id"]: row["final"] for row in trials} == {"A": 19, "B": 28, "C": 24}
    assert whole["inside"] == sum(bool(row["is_inside"]) for row in trials)
    assert whole["coverage"] == pytest.approx(100 * whole["inside"] / 12)
