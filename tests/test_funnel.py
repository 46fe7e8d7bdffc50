"""The way of investment projects by hand: who goes on, how long it takes, cohorts, what is open and its worth."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.investment.cohorts import cohort_rates
from analytics.investment.pipeline_flow import pipeline_flow
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_rows

pytestmark = pytest.mark.slow

PROJECT, EVENT = "项目编码,项目名称,项目类别,总投资,投资方\n", "项目,阶段,进入日期\n"
Rows = dict[str, dict[str, Any]]


def load_projects(store: Store, *projects: str, events: str) -> None:
    """Load projects of code, name, track, investment and investor, and events of code, stage and day."""
    load_without_errors(store, "investment_project", PROJECT + "\n".join(projects))
    load_without_errors(store, "stage_event", EVENT + events.replace(" ", "\n"))


def by_stage(store: Store, metric: str, day: str, **filters: str) -> Rows:
    return {row["stage"]: row for row in metric_rows(store, metric, day, **filters)}


def plain_projects(count: int, track: str = "供地类") -> list[str]:
    return [f"I{n},项目{n},{track},{1000 * (n + 1)},企业{n}" for n in range(count)]


@pytest.mark.quick
def test_a_skipped_stage_is_passed_and_no_rate_passes_100(store):
    """Five signed at once after talks, one of six ended in talks: 5 of 6 came to the letter of intent, all 5 signed."""
    signed = [f"I{n},洽谈,2014-01-01 I{n},正式签约,2014-02-0{n + 1}" for n in range(5)]
    load_projects(store, *plain_projects(6), events=" ".join([*signed, "I5,洽谈,2014-01-01", "I5,终止,2014-03-01"]))
    rows = by_stage(store, "stage_conversion", "2014-03-01", is_total="True")
    counts = {stage: (row["reached"], row["known"], row["moved_on"], row["rate"]) for stage, row in rows.items()}
    assert counts["储备"] == (6, 6, 6, 100)
    assert counts["洽谈"] == (6, 6, 5, pytest.approx(500 / 6))
    assert counts["意向签约"] == (5, 5, 5, 100)
    assert max(row["rate"] for row in rows.values() if not pd.isna(row["rate"])) <= 100
    assert rows["正式签约"]["sentence"] == "样本不足：到过 5 个，已有结果的 0 个，至少要 5 个"
    assert pd.isna(rows["正式签约"]["rate"])


def test_who_waits_longer_than_nine_tenths_took_has_an_outcome(store):
    """Ten took 1 to 10 days, so the P90 is 9; one waits 9 days and is open, on the next day it counts as stayed."""
    events = [f"I{n},储备,2014-01-01 I{n},洽谈,2014-01-{n + 2:02}" for n in range(10)]
    load_projects(store, *plain_projects(11), events=" ".join([*events, "I10,储备,2014-03-01"]))
    ninth, tenth = (
        by_stage(store, "stage_conversion", day, is_total="True")["储备"] for day in ("2014-03-10", "2014-03-11")
    )
    assert (ninth["reached"], ninth["known"], ninth["moved_on"], ninth["rate"]) == (11, 10, 10, 100)
    assert (tenth["known"], tenth["moved_on"], tenth["rate"]) == (11, 10, pytest.approx(1000 / 11))


def test_without_new_land_production_follows_upon_registration(store):
    """Leased projects have no stage of land: 投产纳统 follows 注册落地; the tracks add up to the total."""
    leased = [f"I{n},注册落地,2014-01-01 I{n},投产纳统,2014-03-01" for n in range(5)]
    load_projects(
        store, *plain_projects(5, "租赁类"), "L,地,供地类,1,甲",
        events=" ".join([*leased, "L,注册落地,2014-01-01", "L,拿地,2014-02-01"]),
    )  # fmt: skip
    lease, whole = (
        by_stage(store, "stage_conversion", "2014-03-01", **only)
        for only in ({"track": "租赁类"}, {"is_total": "True"})
    )
    assert "拿地" not in lease
    assert (lease["注册落地"]["moved_on"], lease["注册落地"]["known"]) == (5, 5)
    assert (whole["注册落地"]["moved_on"], whole["注册落地"]["known"]) == (6, 6)
    assert lease["投产纳统"]["sentence"] == "最后一个阶段，到过 5 个"


def test_days_in_stage_by_hand(store):
    """Led on after 10, 20, 30, 40, 50 days; suspended on day 15, ended on day 35, there for 60: by the product limit.

    At risk 8, 6, 5, 3, 2: 7/8, × 5/6, × 4/5, × 2/3, × 1/2 = .875, .729, .583, .389, .194: half after 40, 85 % not yet.
    """
    spans = [f"I{n},洽谈,2014-01-01 I{n},意向签约,2014-{1 + (n + 1) * 10 // 31:02}-{d}" for n, d in
             enumerate(("11", "21", "31", "10", "20"))]  # fmt: skip
    others = ["I5,洽谈,2014-01-01 I5,暂停,2014-01-16", "I6,洽谈,2014-01-01 I6,终止,2014-02-05", "I7,洽谈,2014-01-01"]
    load_projects(store, *plain_projects(8), events=" ".join([*spans, *others]))
    row = by_stage(store, "time_in_stage", "2014-03-02")["洽谈"]
    assert (row["spells"], row["moved_on"], row["still_there"], row["left_otherwise"]) == (8, 5, 1, 2)
    assert row["median_days"] == 40
    assert pd.isna(row["p85_days"])
    assert row["longest_days"] == 60
    assert row["sentence"] == "半数在 40 天内进入下一步，85 % 还没有（8 次，其中 1 次还在）"


def test_what_is_resumed_is_another_stay(store):
    """In talks for 10 days, suspended, in talks again for 9 and still there: two stays, the first not gone on."""
    load_projects(store, *plain_projects(1), events="I0,洽谈,2014-01-01 I0,暂停,2014-01-11 I0,洽谈,2014-02-01")
    row = by_stage(store, "time_in_stage", "2014-02-10")["洽谈"]
    assert (row["spells"], row["left_otherwise"], row["still_there"], row["longest_days"]) == (2, 1, 1, 9)
    assert row["sentence"] == "样本不足：进入下一步 0 次，至少要 5 次"


def signed_frame(started: int, producing: int, count: int, investment: float, received: float) -> pd.DataFrame:
    """Return typed rows of signed projects, alike but for what became of them; the first has all the money."""
    place = np.arange(count)
    return pd.DataFrame({
        "cohort": pd.Timestamp("2012-07-01"), "investment": investment / count,
        "received": np.where(place == 0, received, np.nan), "is_started": place < started,
        "is_producing": place < producing, "is_ended": False,
    })  # fmt: skip


def test_the_published_cohort_comes_out():
    """907 of 1093 started is 82.98 %, 401 of 1093 completed 36.69 %, 2794.49 of 6129.09 亿元 received 45.59 %.

    The rows are typed from the published figures of the Lanzhou fair; most have no receipt and stay in the denominator.
    """
    whole, cohort = cohort_rates(signed_frame(907, 401, 1093, 61290900, 27944900), date(2014, 6, 30)).to_dict("records")
    for row in (whole, cohort):
        assert (row["projects"], row["started"], row["producing"], row["without_receipts"]) == (1093, 907, 401, 1092)
        rates = [round(row[name], 2) for name in ("start_rate", "production_rate", "funds_rate")]
        assert rates == [82.98, 36.69, 45.59]
    assert (whole["is_total"], cohort["is_total"], cohort["cohort"]) == (True, False, pd.Timestamp("2012-07-01"))


def test_cohorts_add_up_to_the_total_and_keep_those_that_ended(store):
    """Two quarters: one started, one ended, one without any receipt; unverified money is 0; the sums are the total."""
    load_projects(
        store, *plain_projects(3),
        events="I0,正式签约,2014-01-10 I0,开工,2014-05-01 I1,正式签约,2014-03-31 I1,终止,2014-05-01 "
        "I2,正式签约,2014-04-01",
    )  # fmt: skip
    load_without_errors(
        store, "funding", "到资编码,项目,到位日期,到位金额,证明材料,已核实\nF1,I0,2014-02-01,300,进账单,是\n"
        "F2,I1,2014-02-01,500,进账单,否\nF3,I0,2014-07-01,500,进账单,是",
    )  # fmt: skip
    whole, second, first = metric_rows(store, "cohort_rates", "2014-06-30")
    assert (first["projects"], first["ended"], first["started"], first["start_rate"]) == (2, 1, 1, 50)
    assert (first["received"], first["funds_rate"], first["without_receipts"]) == (300, 10, 0)
    assert (second["projects"], second["without_receipts"]) == (1, 1)
    assert pd.isna(second["funds_rate"])
    assert (whole["projects"], whole["investment"], whole["received"], whole["funds_rate"]) == (3, 6000, 300, 5)


def decided(signed: int, ended: int, stage: str) -> list[str]:
    """Return events of projects that came to a stage and then signed or ended, numbered from 0."""
    last = ["正式签约"] * signed + ["终止"] * ended
    return [f"I{n},{stage},2014-01-01 I{n},{word},2014-02-01" for n, word in enumerate(last)]


def test_the_pipeline_is_weighted_by_its_own_history(store):
    """3 of 5 that came to talks were signed: 10,000 in talks weigh 6,000; of those with a letter only 3 are known."""
    events = [
        *decided(3, 2, "洽谈"),
        "I5,洽谈,2014-03-01",
        "I6,意向签约,2014-03-01",
        "I7,洽谈,2014-03-01 I7,暂停,2014-03-02",
    ]
    load_projects(
        store, *plain_projects(5), "I5,甲,供地类,10000,", "I6,乙,供地类,4000,", "I7,丙,供地类,900,", "I8,丁,供地类,1,",
        events=" ".join(events),
    )  # fmt: skip
    rows = metric_rows(store, "weighted_pipeline", "2014-03-05")
    stages = {row["stage"]: row for row in rows if row["outcome"] == "在谈" and not row["is_total"]}
    assert (stages["洽谈"]["known"], stages["洽谈"]["signed"], stages["洽谈"]["probability"]) == (5, 3, 60)
    assert (stages["洽谈"]["weighted"], stages["洽谈"]["unweighted"]) == (6000, 0)
    assert (stages["意向签约"]["known"], stages["意向签约"]["unweighted"]) == (3, 4000)
    assert pd.isna(stages["意向签约"]["probability"])
    assert stages["意向签约"]["sentence"].startswith("样本不足")
    [total] = [row for row in rows if row["is_total"]]
    assert (total["projects"], total["investment"], total["weighted"], total["unweighted"]) == (2, 14000, 6000, 4000)
    apart = {row["outcome"]: row for row in rows if row["outcome"] != "在谈"}
    assert (apart["已签约"]["projects"], apart["暂停"]["projects"], apart["终止"]["projects"]) == (3, 1, 2)
    assert apart["终止"]["weighted"] == 0
    assert pd.isna(apart["已签约"]["weighted"])


def test_a_probability_of_0_is_one(store):
    """Five ended in talks and none was signed: what is in talks weighs 0, and is not without a probability."""
    load_projects(store, *plain_projects(6), events=" ".join([*decided(0, 5, "洽谈"), "I5,洽谈,2014-03-01"]))
    [total] = metric_rows(store, "weighted_pipeline", "2014-03-05", is_total="True")
    assert (total["investment"], total["weighted"], total["unweighted"]) == (6000, 0, 0)


def test_velocity_by_its_four_levers(store):
    """2 open × median 9,000 × 5 of 8 ÷ 31 days; with a signing less the share and the days are 样本不足."""
    events = [*decided(5, 3, "储备"), "I8,储备,2014-02-20", "I9,储备,2014-02-20"]
    load_projects(
        store,
        *plain_projects(8),
        "I8,甲,供地类,8000,",
        "I9,乙,供地类,10000,",
        "Y,径签,供地类,1,",
        events=" ".join(events),
    )
    [row] = metric_rows(store, "pipeline_velocity", "2014-03-01")
    assert (row["open"], row["median_investment"], row["known"], row["signed"], row["timed"]) == (2, 9000, 8, 5, 5)
    assert (row["win_rate"], row["median_days"]) == (62.5, 31)
    assert row["velocity"] == pytest.approx(2 * 9000 * 0.625 / 31)
    [before] = metric_rows(store, "pipeline_velocity", "2014-01-31")
    assert [pd.isna(before[name]) for name in ("win_rate", "median_days", "velocity")] == [True] * 3
    assert before["sentence"] == "样本不足：已有结果的 0 个，至少要 5 个；样本不足：知道签约用时的 0 个，至少要 5 个"


def test_what_began_with_its_signing_has_no_time_until_it(store):
    """Five signed of which one is on record only from the signing on: four times are known, too few."""
    load_projects(store, *plain_projects(5), events=" ".join([*decided(4, 0, "储备"), "I4,正式签约,2014-01-01"]))
    [row] = metric_rows(store, "pipeline_velocity", "2014-03-01")
    assert (row["signed"], row["timed"]) == (5, 4)
    assert pd.isna(row["median_days"])


def test_the_flow_adds_up_from_the_start_of_the_year(store):
    """Open 3 at the start; one new, one resumed; one raised by 500; one signed, one ended, one suspended: 2 left."""
    load_projects(
        store, *plain_projects(6),
        events="I0,储备,2013-11-01 I1,洽谈,2013-11-01 I1,正式签约,2014-02-01 I2,洽谈,2013-12-31 I2,终止,2014-01-01 "
        "I3,储备,2014-01-01 I3,暂停,2014-02-02 I4,洽谈,2013-01-01 I4,暂停,2013-05-01 I4,洽谈,2014-03-01 "
        "I5,洽谈,2013-01-01 I5,正式签约,2013-02-01",
    )  # fmt: skip
    load_without_errors(
        store, "project_change",
        "变更编码,项目,变更事项,原金额,新金额,变更日期\nC1,I0,总投资,500,700,2014-01-15\nC2,I0,总投资,700,1000,2014-02-15\n"
        "C3,I1,总投资,9,2000,2013-12-01\nC4,I1,总投资,2000,7,2014-06-01",
    )  # fmt: skip
    rows = {row["step"]: row for row in metric_rows(store, "pipeline_flow", "2014-03-31")}
    assert {step: (row["projects"], row["investment"]) for step, row in rows.items()} == {
        "期初在谈": (3, 5500), "新增": (1, 4000), "恢复": (1, 5000), "调增": (0, 500), "调减": (0, 0),
        "正式签约": (-1, -2000), "终止": (-1, -3000), "暂停": (-1, -4000), "期末在谈": (2, 6000),
    }  # fmt: skip
    assert rows["调增"]["changed_projects"] == 1
    assert (rows["期末在谈"]["period_from"], rows["期末在谈"]["is_of_target"]) == (pd.Timestamp("2014-01-01"), False)


def test_the_flow_begins_with_the_target_that_holds(store):
    """A target of signed money from 1 March on sets the start; before it the year does."""
    load_projects(store, *plain_projects(1), events="I0,储备,2014-02-01")
    load_without_errors(store, "target", "指标,开始日期,截止日期,目标值\n协议投资额,2014-03-01,2014-12-31,100000")
    before, after = (
        {row["step"]: row for row in metric_rows(store, "pipeline_flow", day)} for day in ("2014-02-28", "2014-03-01")
    )
    assert (before["新增"]["projects"], before["期初在谈"]["projects"], before["新增"]["is_of_target"]) == (1, 0, False)
    assert (after["新增"]["projects"], after["期初在谈"]["projects"], after["新增"]["is_of_target"]) == (0, 1, True)


STATES = st.tuples(
    st.sampled_from(["未入库", "在谈", "暂停", "已签约", "终止"]),
    st.sampled_from(["在谈", "暂停", "已签约", "终止"]),
    st.integers(1, 10**7),
    st.integers(1, 10**7),
    st.booleans(),
)


@given(st.lists(STATES, min_size=1, max_size=30))
def test_the_steps_of_the_flow_always_add_up(states):
    """Whatever becomes of projects, the steps but the last come to the last exactly, in number and in money."""
    columns = ["stood", "stands", "investment_before", "investment", "was_signed"]
    rows = pd.DataFrame(states, columns=columns).assign(period_from=pd.Timestamp("2014-01-01"), is_of_target=False)
    flow = pipeline_flow(rows, date(2014, 6, 30))
    for column in ("projects", "investment"):
        assert flow[column].iloc[:-1].sum() == flow[column].iloc[-1]
    assert flow["projects"].iloc[-1] <= (rows["stands"] == "在谈").sum()


def test_contracts_that_look_alike_are_one_group(store):
    """By investor and amount, by name, and nearly by name; a chain of three is one group, two are counted again."""
    load_projects(
        store, "A,姚北大厦,供地类,5000,甲公司", "B,别名,供地类,5000,甲公司", "C,别名 项目,供地类,7000,乙公司",
        "D,ＣＢＤ一号,供地类,900,丙公司", "E,cbd 一号项目,供地类,800,", "F,独一,供地类,5000,", "G,独二,供地类,5000,",
        "H,终止的,供地类,5000,甲公司",
        events=" ".join([*(f"{p},正式签约,2014-01-0{n}" for n, p in enumerate("ABCDEFGH", 1)), "H,终止,2014-02-01"]),
    )  # fmt: skip
    rows = metric_rows(store, "repeated_signings", "2014-03-01")
    assert [(r["project_id"], r["group"], r["ground"], r["counted_again"]) for r in rows] == [
        ("A", 1, "投资方和金额相同", 0), ("B", 1, "投资方和金额相同", 5000), ("C", 1, "名称相近", 7000),
        ("D", 2, "名称相近", 0), ("E", 2, "名称相近", 800),
    ]  # fmt: skip


def test_what_comes_after_the_day_does_not_exist(sample_store):
    """As of the end of 2012 no cohort, stay or open project of later is there, and no rate is above 100 %."""
    cohorts = metric_rows(sample_store, "cohort_rates", "2012-12-31", is_total="False")
    assert max(row["cohort"] for row in cohorts) == pd.Timestamp("2012-10-01")
    rates = [row["rate"] for row in metric_rows(sample_store, "stage_conversion", "2012-12-31")]
    assert all(pd.isna(rate) or rate <= 100 for rate in rates)
    flow = {row["step"]: row for row in metric_rows(sample_store, "pipeline_flow", "2012-12-31")}
    assert flow["新增"]["period_from"] == pd.Timestamp("2012-01-01")


@pytest.mark.parametrize("day", ["2013-06-30", "2014-03-31", "2014-06-30"])
def test_every_project_with_a_stage_is_open_signed_suspended_or_ended(sample_store, day):
    """Open, suspended, signed and ended of the weighted pipeline are all projects that stand at a stage."""
    weighted = [row for row in metric_rows(sample_store, "weighted_pipeline", day) if pd.isna(row["stage"])]
    staged = [row for row in metric_rows(sample_store, "pipeline_stages", day) if not pd.isna(row["stage"])]
    assert sum(row["projects"] for row in weighted) == sum(row["projects"] for row in staged)
    [opened] = [row for row in weighted if row["is_total"]]
    flow = {row["step"]: row for row in metric_rows(sample_store, "pipeline_flow", day)}
    assert (flow["期末在谈"]["projects"], flow["期末在谈"]["investment"]) == (opened["projects"], opened["investment"])


def test_what_is_received_of_an_unknown_investment_raises_no_rate(store):
    """400 of 1000 is 40 %; 900 received by a project without an investment are no part of it, and it is counted."""
    load_projects(
        store,
        "A,甲,供地类,1000,甲企",
        "B,乙,供地类,,乙企",
        events="A,正式签约,2014-01-05 B,正式签约,2014-01-06",
    )
    receipts = (
        "到资编码,项目,到位日期,到位金额,证明材料,已核实\nF1,A,2014-02-01,400,进账单,是\nF2,B,2014-02-01,900,进账单,是"
    )
    load_without_errors(store, "funding", receipts)
    whole = metric_rows(store, "cohort_rates", "2014-03-01")[0]
    assert (whole["projects"], whole["investment"], whole["received"], whole["funds_rate"]) == (2, 1000, 400, 40)
    assert whole["unpriced"] == 1
    assert by_stage(store, "pipeline_stages", "2014-03-01")["正式签约"]["unpriced"] == 1


def test_open_projects_without_an_investment_are_counted_and_never_worth_0(store):
    """Of three open ones two are worth 100 and 300: the median is 200, the third is told in every sum."""
    load_projects(
        store,
        *("A,甲,供地类,100,甲企", "B,乙,供地类,300,乙企", "C,丙,供地类,,丙企"),
        events="A,洽谈,2014-01-05 B,洽谈,2014-01-06 C,洽谈,2014-01-07",
    )
    velocity = metric_rows(store, "pipeline_velocity", "2014-03-01")[0]
    assert (velocity["open"], velocity["unpriced"], velocity["median_investment"]) == (3, 1, 200)
    weighted = metric_rows(store, "weighted_pipeline", "2014-03-01")[0]
    assert (weighted["projects"], weighted["investment"], weighted["unpriced"]) == (3, 400, 1)
    flow = metric_rows(store, "pipeline_flow", "2014-03-01")
    assert sum(row["unpriced"] for row in flow[:-1]) == flow[-1]["unpriced"] == 1


def test_nothing_is_weighted_where_no_open_project_has_a_probability(store):
    """Of five leads with an outcome four came to talks, too few for the open project there: nothing is weighted."""
    known = " ".join(f"I{n},储备,2014-01-01 I{n},洽谈,2014-01-02 I{n},正式签约,2014-01-03" for n in range(4))
    load_projects(store, *plain_projects(6), events=f"{known} I4,储备,2014-01-01 I4,终止,2014-01-05 I5,洽谈,2014-01-05")
    whole = metric_rows(store, "weighted_pipeline", "2014-02-01")[0]
    assert pd.isna(whole["weighted"])
    assert whole["unweighted"] == 6000


def test_what_ended_without_a_stage_on_record_had_been_a_lead(store):
    """Of 10 projects 4 signed and 6 ended with nothing else on record: 4 of 10 leads signed, and how many of those in
    talks did is not known, for nobody knows how far the six had come."""
    lines = "".join(f"I-{n},{n}号,租赁类,100\n" for n in range(12))
    load_without_errors(store, "investment_project", f"项目编码,项目名称,项目类别,总投资\n{lines}")
    signed = "".join(f"I-{n},洽谈,2014-01-01\nI-{n},正式签约,2014-02-01\n" for n in range(4))
    ended = "".join(f"I-{n},终止,2014-03-01\n" for n in range(4, 10))
    load_without_errors(
        store, "stage_event", f"项目,阶段,进入日期\n{signed}{ended}I-10,储备,2014-03-01\nI-11,洽谈,2014-03-01\n"
    )
    rows = {row["stage"]: row for row in metric_rows(store, "weighted_pipeline", "2014-03-01") if not row["is_total"]}
    assert (rows["储备"]["known"], rows["储备"]["signed"], rows["储备"]["probability"]) == (10, 4, 40)
    assert pd.isna(rows["洽谈"]["probability"])
    assert "6 个终止的没有阶段记录" in rows["洽谈"]["sentence"]
    steps = {row["stage"]: row for row in metric_rows(store, "stage_conversion", "2014-03-01") if row["is_total"]}
    assert [steps["储备"][name] for name in ("reached", "known", "moved_on")] == [12, 11, 5]
    assert pd.isna(steps["洽谈"]["rate"])
    assert "6 个终止的没有阶段记录" in steps["洽谈"]["sentence"]
