"""治, the chiefs: who answers, which patrols count, how many of those due were done, signboards, surveys."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import queries
from analytics.water import patrols
from analytics.water.patrols import PatrolRequirement
from data.datasets import DATASETS
from data.standards import thresholds
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_rows

pytestmark = pytest.mark.slow

PERIODS = ("周", "旬", "半月", "月")
DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))
PATROL = "巡河编码,巡河河长,河道,河段,开始时间,结束时间,巡河里程,有轨迹,发现问题数\n"
DUTY = "河长,河道,河段,职责,开始日期,结束日期,应巡次数,巡河周期\n"


@pytest.fixture
def river(store: Store) -> Store:
    """Give a river of two reaches, 甲 of the office and 乙 of the village."""
    load_without_errors(store, "river", "河道编码,河道名称,河道等级,水体类型\nR,清河,村级,河流\nS,浊河,村级,河流")
    load_without_errors(store, "reach", "河段编码,河段名称,河道\nR1,一段,R\nR2,二段,R")
    load_without_errors(
        store, "chief", "河长编码,职务,河长级别,任职日期,离任日期\nA,甲,街道级河长,,\nB,乙,村级河长,,2014-05-20\n"
    )
    return store


def patrol_csv(*patrols_: tuple[str, str, str]) -> str:
    """Return patrols of chief, reach and day as the ledger: half an hour, 1 km, track kept, one problem found."""
    lines = [f"P{n},{c},R,{r},{d} 08:00,{d} 08:30,1,是,1" for n, (c, r, d) in enumerate(patrols_)]
    return PATROL + "\n".join(lines)


@pytest.mark.quick
def test_a_duty_for_the_whole_river_covers_its_reaches(river):
    """甲 answers for the river from February on: 0 of 2 reaches before, 2 of 2 then; no reaches, no rate."""
    load_without_errors(river, "chief_duty", DUTY + "A,R,,第一责任人,2014-02-01,,,\n")
    before, after = (
        metric_rows(river, "chief_coverage", "2014-01-31"),
        metric_rows(river, "chief_coverage", "2014-02-01"),
    )
    assert [(r["covered"], r["reaches"]) for r in (before[0], after[0])] == [(0, 2), (2, 2)]
    assert (after[1]["river"], after[1]["reaches"]) == ("浊河", 0)
    assert pd.isna(after[1]["covered_rate"])


@pytest.mark.quick
def test_a_chief_who_left_and_a_police_officer_cover_nothing(river):
    """乙 leaves on 20 May although the duty goes on; a 警长 is not the one who answers."""
    load_without_errors(river, "chief_duty", DUTY + "B,R,R1,第一责任人,2014-01-01,,,\nA,R,,警长,2014-01-01,,,\n")
    found = [
        metric_rows(river, "chief_coverage", day, river="清河")[0]["covered"] for day in ("2014-05-20", "2014-05-21")
    ]
    assert found == [1, 0]


def test_a_chief_who_left_is_no_longer_named(river):
    """乙 is named on 20 May, the last day in office, and not on the next, although the duty has no end."""
    load_without_errors(river, "chief_duty", DUTY + "B,R,,第一责任人,2014-01-01,,,\nA,R,,联系人,2014-01-01,,,\n")
    with river.read() as con:
        named = [queries.run_query(con, "water.duties", as_of=date(2014, 5, d))["post"].tolist() for d in (20, 21)]
    assert named == [["乙", "甲"], ["甲"]]


@pytest.mark.parametrize(
    ("day", "period", "first", "last"),
    [
        ("2014-06-30", "周", "2014-06-30", "2014-07-06"),
        ("2014-06-29", "周", "2014-06-23", "2014-06-29"),
        ("2014-02-25", "旬", "2014-02-21", "2014-02-28"),
        ("2014-03-10", "旬", "2014-03-01", "2014-03-10"),
        ("2014-03-31", "半月", "2014-03-16", "2014-03-31"),
        ("2016-02-29", "月", "2016-02-01", "2016-02-29"),
    ],
)
def test_the_period_of_a_day(day, period, first, last):
    """Weeks run from Monday, ten-day periods and half-months end with their month."""
    found = patrols.period_span(date.fromisoformat(day), period)
    assert found == (date.fromisoformat(first), date.fromisoformat(last))


@given(day=DAYS, period=st.sampled_from(PERIODS))
def test_the_periods_leave_no_day_out_and_take_none_twice(day, period):
    """A day lies in its period, and the day after its end begins the next."""
    first, last = patrols.period_span(day, period)
    assert first <= day <= last
    assert patrols.period_span(last + timedelta(days=1), period)[0] == last + timedelta(days=1)


@given(first=DAYS, days=st.integers(0, 200), period=st.sampled_from(PERIODS))
def test_only_whole_periods_count(first, days, period):
    """Complete periods lie between the two days and follow each other; the day after the last begins one cut off."""
    last = first + timedelta(days=days)
    found = list(patrols.complete_periods(period, first, last))
    assert all(first <= start and end <= last for start, end in found)
    assert all(b[0] - a[1] == timedelta(days=1) for a, b in pairwise(found))
    assert not found or patrols.period_span(found[-1][1] + timedelta(days=1), period)[1] > last


DEMAND = PatrolRequirement(minutes=30, km=2, needs_track=True, hours_apart=96)


def single_row(**changes: Any) -> dict[str, Any]:
    start = pd.Timestamp("2014-06-02 08:00")
    known = {
        "chief_id": "A",
        "river_id": "R",
        "patrol_id": "P0",
        "start_at": start,
        "end_at": start + pd.Timedelta("30m"),
    }
    return known | {"patrol_length": 2.0, "has_track": True} | changes


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "有效"),
        ({"end_at": pd.NaT}, "起止时间不全"),
        ({"end_at": pd.Timestamp("2014-06-02 08:29")}, "时长不足"),
        ({"patrol_length": None}, "里程未填"),
        ({"patrol_length": 1.99}, "里程不足"),
        ({"has_track": None}, "没有轨迹"),
        ({"has_track": False, "patrol_length": 0.1}, "里程不足"),
    ],
)
def test_why_a_patrol_does_not_count(changes, reason):
    """At the limit a patrol counts, below it does not; what is not filled in is not proven; one reason is told."""
    frame = pd.DataFrame([single_row(), single_row(**changes, patrol_id="P1")]).iloc[1:]
    assert patrols.patrols_with_reason(frame, DEMAND)["reason"].tolist() == [reason]


def test_hours_apart_are_counted_from_the_last_that_counted():
    """On days 0, 3, 4 and 7 with 96 hours apart, days 0 and 4 count; another river has a count of its own."""
    starts = [pd.Timestamp("2014-06-02 08:00") + pd.Timedelta(days=d) for d in (0, 3, 4, 7)]
    at = [single_row(patrol_id=f"P{n}", start_at=s, end_at=s + pd.Timedelta("1h")) for n, s in enumerate(starts)]
    other = single_row(patrol_id="P9", river_id="S", start_at=starts[1], end_at=starts[1] + pd.Timedelta("1h"))
    found = patrols.patrols_with_reason(pd.DataFrame([*at, other]), DEMAND).set_index("patrol_id")["reason"]
    assert found.to_dict() == {"P0": "有效", "P1": "间隔不足", "P2": "有效", "P3": "间隔不足", "P9": "有效"}


def test_a_demand_of_nothing_takes_every_patrol():
    """The rule of 建德 asks for no length, time or track, so a bare entry counts."""
    bare = single_row(end_at=pd.NaT, patrol_length=None, has_track=None)
    frame = pd.DataFrame([single_row(), bare]).iloc[1:]
    assert patrols.patrols_with_reason(frame, PatrolRequirement(0, 0, False, 0))["reason"].tolist() == ["有效"]


def test_every_preset_can_be_chosen():
    """Each preset has a source, and quotas whose levels and periods the ledgers know; the one in force is one."""
    known = {row["rule"] for row in thresholds.rows_in_force("patrol_rule.csv", None)}
    chosen, quotas = thresholds.preset_rule("patrol", None)
    assert chosen["rule"] in known >= {row["rule"] for row in thresholds.rows_in_force("patrol_quota.csv", None)}
    assert all(row["standard"] for row in thresholds.rows_in_force("patrol_rule.csv", None))
    levels = {c.value for c in DATASETS["chief"].column("level").choices}
    assert {row["level"] for row in thresholds.rows_in_force("patrol_quota.csv", None)} <= levels
    assert {row["period"] for row in thresholds.rows_in_force("patrol_quota.csv", None)} <= set(PERIODS)
    assert quotas


def test_another_preset_counts_otherwise(river, monkeypatch):
    """By 阿合奇 half an hour over 2 km counts four days after the last; its walks of 1 km, good by ours, do not."""
    load_without_errors(river, "patrol", patrol_csv(("A", "", "2014-06-02"), ("A", "", "2014-06-04")))
    load_without_errors(
        river,
        "patrol",
        PATROL + "Q1,A,R,,2014-06-05 08:00,2014-06-05 08:30,2,,0\nQ2,A,R,,2014-06-08 08:00,2014-06-08 09:00,3,,0",
    )
    before = {r["reason"]: r["patrols"] for r in metric_rows(river, "patrol_reasons", "2014-06-30")}
    strict = next(row for row in thresholds.rows_in_force("patrol_rule.csv", None) if row["rule"] == "阿合奇")
    monkeypatch.setattr(patrols, "preset_rule", lambda name, as_of: (strict, ()))
    after = {r["reason"]: r["patrols"] for r in metric_rows(river, "patrol_reasons", "2014-06-30")}
    assert before == {"有效": 2, "没有轨迹": 2}
    assert after == {"有效": 1, "里程不足": 2, "间隔不足": 1}


def test_more_in_one_period_does_not_make_up_for_another(river):
    """Due twice a month: 3 in April, 1 in May, 0 in June are 2 + 1 + 0 of 6; all four count as effective."""
    load_without_errors(river, "chief_duty", DUTY + "A,R,,第一责任人,2014-01-01,,2,月\n")
    days = ("2014-04-01", "2014-04-15", "2014-04-30", "2014-05-31")
    load_without_errors(river, "patrol", patrol_csv(*(("A", "", d) for d in days), ("A", "", "2014-03-31")))
    [found] = metric_rows(river, "patrol_completion", "2014-06-30")
    assert (found["patrols_counted"], found["patrols_due"], found["rate"], found["periods"]) == (3, 6, 50, 3)
    assert (found["patrols"], found["effective"], found["effective_rate"]) == (4, 4, 100)
    assert (found["findings"], found["patrol_length"], found["density"]) == (4, 4, 10)


def test_the_period_that_is_running_does_not_count_yet(river):
    """On 29 June the month is not over: two months are due; on the 30th all three."""
    load_without_errors(river, "chief_duty", DUTY + "A,R,,第一责任人,2014-01-01,,1,月\n")
    load_without_errors(river, "patrol", patrol_csv(("A", "", "2014-04-20"), ("A", "", "2014-06-20")))
    found = [metric_rows(river, "patrol_completion", day)[0] for day in ("2014-06-29", "2014-06-30")]
    assert [(r["patrols_counted"], r["patrols_due"]) for r in found] == [(1, 2), (2, 3)]


def test_a_duty_is_due_only_while_it_runs(river):
    """乙 is out of office on 20 May: of half-months from 1 April on three are whole, and nothing is due afterwards."""
    load_without_errors(river, "chief_duty", DUTY + "B,R,R1,第一责任人,2014-01-01,,1,半月\n")
    load_without_errors(
        river, "patrol", patrol_csv(("B", "R1", "2014-04-05"), ("B", "R2", "2014-04-20"), ("B", "", "2014-05-02"))
    )
    [found] = metric_rows(river, "patrol_completion", "2014-06-30")
    assert (found["periods"], found["patrols_due"], found["patrols_counted"]) == (3, 3, 2)
    assert not found["is_enough"]


def test_a_duty_without_a_quota_has_that_of_its_level(river):
    """乙 of the village is due once a week by the preset: Monday 7 April to Sunday 18 May are 6 weeks in office."""
    load_without_errors(river, "chief_duty", DUTY + "B,R,,第一责任人,2014-01-01,,,\nA,R,,督察长,2014-01-01,,,\n")
    load_without_errors(river, "patrol", patrol_csv(("B", "", "2014-04-07")))
    [found] = metric_rows(river, "patrol_completion", "2014-06-30")
    assert (found["post"], found["patrols_due"], found["patrols_counted"], found["is_enough"]) == ("乙", 6, 1, True)


def test_a_chief_who_never_went_reads_0(river):
    """Where another went, a duty of once a month without a patrol has done 0 of 3, and has no effective rate."""
    load_without_errors(river, "chief_duty", DUTY + "A,R,,第一责任人,2014-01-01,,1,月\n")
    load_without_errors(river, "patrol", patrol_csv(("B", "", "2014-05-07")))
    found = next(r for r in metric_rows(river, "patrol_completion", "2014-06-30") if r["post"] == "甲")
    assert (found["patrols_counted"], found["patrols_due"], found["rate"], found["patrols"]) == (0, 3, 0, 0)
    assert pd.isna(found["effective_rate"])


def test_an_empty_ledger_of_patrols_is_not_idleness(river):
    """Before anybody's first patrol is on record nothing is known, not 0 of 1; with it idle months are 0 of 3."""
    load_without_errors(river, "chief_duty", DUTY + "A,R,,第一责任人,2014-01-01,,1,月\n")
    load_without_errors(river, "patrol", patrol_csv(("B", "", "2014-02-07")))
    assert metric_rows(river, "patrol_completion", "2014-02-06") == []
    [idle] = metric_rows(river, "patrol_completion", "2014-06-30")
    assert [idle[name] for name in ("post", "patrols_counted", "patrols_due", "rate", "patrols")] == ["甲", 0, 3, 0, 0]
    assert metric_rows(river, "patrol_reasons", "2014-06-30") == []


def test_a_period_in_which_the_chief_changes_is_due_from_the_one_at_its_end(river):
    """乙 leaves on 20 May, 丙 follows: of April to June 乙 owes April, 丙 May and June, of which one is done."""
    load_without_errors(river, "chief", "河长编码,职务,河长级别,任职日期,离任日期\nC,丙,村级河长,2014-05-21,\n")
    load_without_errors(
        river, "chief_duty", DUTY + "B,R,,第一责任人,2014-01-01,,1,月\nC,R,,第一责任人,2014-05-21,,1,月\n"
    )
    load_without_errors(river, "patrol", patrol_csv(("B", "", "2014-05-07"), ("C", "", "2014-05-28")))
    found = {row["post"]: row for row in metric_rows(river, "patrol_completion", "2014-06-30")}
    counts = {post: (row["patrols_counted"], row["patrols_due"]) for post, row in found.items()}
    assert counts == {"乙": (0, 1), "丙": (1, 2)}


def test_a_duty_that_nobody_had_before_begins_with_its_first_whole_period(river):
    """Where nobody of the level answered for the river before, the month of a duty begun on 21 May is not due."""
    load_without_errors(
        river, "chief_duty", DUTY + "A,R,,第一责任人,2014-05-21,,1,月\nB,R,R1,第一责任人,2014-01-01,,1,月\n"
    )
    load_without_errors(river, "patrol", patrol_csv(("B", "R1", "2014-05-07")))
    found = {row["post"]: row["patrols_due"] for row in metric_rows(river, "patrol_completion", "2014-06-30")}
    assert found == {"乙": 1, "甲": 1}


def test_a_patrol_without_a_duty_is_seen_but_nothing_is_due(river):
    """Who goes without having to is listed with the patrols and without a rate."""
    load_without_errors(river, "patrol", patrol_csv(("A", "", "2014-06-07")))
    [found] = metric_rows(river, "patrol_completion", "2014-06-30")
    assert (found["patrols"], found["patrols_due"]) == (1, 0)
    assert pd.isna(found["rate"])


def test_the_reasons_add_up_to_all_patrols(sample_store):
    """Effective patrols and those that do not count by reason are all patrols, and no completion passes 100 %."""
    found = metric_rows(sample_store, "patrol_reasons", "2014-06-30")
    each = metric_rows(sample_store, "patrol_completion", "2014-06-30")
    assert sum(r["patrols"] for r in found) == found[0]["patrols_all"] == sum(r["patrols"] for r in each)
    assert {r["reason"]: r["patrols"] for r in found}["有效"] == sum(r["effective"] for r in each)
    assert all(0 <= r["rate"] <= 100 and r["patrols_counted"] <= r["effective"] for r in each)


def test_signboards_are_counted_by_condition(river):
    """Of three boards checked by the day one is good; one checked later and a river without boards are not left out."""
    header = "公示牌编码,河道,检查日期,牌面状况\n"
    load_without_errors(
        river,
        "signboard",
        header + "1,R,2014-01-05,完好\n2,R,2014-01-06,破损\n3,R,2014-01-07,缺失\n4,R,2014-05-01,完好",
    )
    found = metric_rows(river, "signboards", "2014-03-01")
    counts = [(r["river"], r["intact"], r["boards"], r["damaged"], r["absent"], r["outdated"]) for r in found]
    assert counts == [("清河", 1, 3, 1, 1, 0), ("浊河", 0, 0, 0, 0, 0)]
    assert found[0]["intact_rate"] == pytest.approx(100 / 3)
    assert pd.isna(found[1]["intact_rate"])


def test_the_newest_survey_of_a_river_speaks(river):
    """45 of 50 in June replace 10 of 50 in January; a survey that did not count the satisfied has no rate."""
    header = "调查编码,调查日期,河道,发放份数,有效份数,满意份数\n"
    load_without_errors(
        river, "satisfaction", header + "1,2014-01-05,R,60,50,10\n2,2014-06-05,R,60,50,45\n3,2014-06-05,S,60,50,"
    )
    clear, muddy = metric_rows(river, "satisfaction_rate", "2014-06-30")
    assert (clear["satisfied"], clear["forms_valid"], clear["satisfied_rate"]) == (45, 50, 90)
    assert pd.isna(muddy["satisfied_rate"])
    assert metric_rows(river, "satisfaction_rate", "2014-05-31")[0]["satisfied_rate"] == 20
