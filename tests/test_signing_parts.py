"""Signing by group and area, agreements withdrawn, rewards, disagreeing ledgers: numbers worked out by hand."""

from __future__ import annotations

import pytest

from data.store import Store
from tests.metric_helpers import load_without_errors, metric_result, metric_rows

pytestmark = pytest.mark.slow

PROJECT = "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止,总建筑面积\n"
AGREEMENT = "户编号,签约日期,撤销日期,补偿方式\n"


@pytest.fixture
def ten(store: Store) -> Store:
    """Give ten households declared, eight registered in two blocks, one without a block, two without an area.

    H1 to H4 have signed; H2 withdrew and signed anew, H5 withdrew and did not.
    """
    load_without_errors(store, "village", "村社编码,村社名称,类别\nV1,甲村,行政村")
    load_without_errors(store, "demolition_team", "小组编码,小组名称\nT1,一组")
    load_without_errors(store, "demolition_project", PROJECT + "D,甲,拆违,10,2014-01-01,2014-01-31,")
    load_without_errors(
        store,
        "household",
        "户编号,项目,所在村社,片区,负责小组,合法建筑面积\nH1,D,V1,东片,T1,100\nH2,D,V1,东片,T1,50\nH3,D,V1,东片,,150\n"
        "H4,D,V1,西片,,\nH5,D,,西片,,100\nH6,D,,西片,,\nH7,D,,,,60\nH8,D,,西片,,40\n",
    )
    load_without_errors(
        store,
        "agreement",
        AGREEMENT + "H1,2014-01-02,,货币补偿\nH2,2014-01-03,2014-01-06,货币补偿\nH2,2014-01-10,,货币补偿\n"
        "H3,2014-01-03,,货币补偿\nH4,2014-01-04,,货币补偿\nH5,2014-01-05,2014-01-12,货币补偿\n",
    )
    return store


@pytest.mark.quick
def test_groups_add_up_to_the_project(ten: Store) -> None:
    """4 of 10 signed: by block 3 of 3, 1 of 4, 0 of 1 without a block, 0 of the 2 that are not registered."""
    rows = metric_rows(ten, "signing_breakdown", "2014-01-20")
    blocks = {row["group_name"]: (row["signed"], row["group_households"]) for row in rows if row["dimension"] == "片区"}
    assert blocks == {"东片": (3, 3), "西片": (1, 4), "未写片区": (0, 1), "未登记": (0, 2)}
    [rate] = metric_rows(ten, "signing_rate", "2014-01-20")
    for dimension in ("片区", "村社", "小组"):
        own = [row for row in rows if row["dimension"] == dimension]
        assert sum(row["group_households"] for row in own) == rate["households"] == 10
        assert sum(row["signed"] for row in own) == rate["signed"] == 4
        assert sum(row["households_left"] for row in own) == rate["households_left"] == 6


def test_the_area_of_all_is_the_greater_of_declared_and_registered(ten: Store) -> None:
    """100 + 50 + 150 of 500 ㎡ are 60 %; of 600 ㎡ declared 50 %; two have no area and two are not registered."""
    [row] = metric_rows(ten, "signing_by_area", "2014-01-20")
    assert (row["area_signed"], row["area"], row["area_rate"]) == (300, 500, 60)
    assert (row["without_area"], row["unregistered"]) == (2, 2)
    load_without_errors(ten, "demolition_project", PROJECT + "D,甲,拆违,10,2014-01-01,2014-01-31,600")
    [row] = metric_rows(ten, "signing_by_area", "2014-01-20")
    assert (row["area"], row["area_rate"]) == (600, 50)


def test_the_curve_falls_where_an_agreement_is_withdrawn(ten: Store) -> None:
    """1, 3, 4, 5, then 4 after the first withdrawal, 5 with the new agreement, 4 after the second, and 4 on the day."""
    curve = metric_rows(ten, "signing_curve", "2014-01-20")
    days = [(row["on_date"].day, row["signed"]) for row in curve]
    assert days == [(1, 0), (2, 1), (3, 3), (4, 4), (5, 5), (6, 4), (10, 5), (12, 4), (20, 4)]


def test_on_the_day_of_its_withdrawal_an_agreement_is_not_in_force(ten: Store) -> None:
    """H2 is signed on 5 January, not on the 6th, and again from the 10th on."""
    found = {day: metric_rows(ten, "signing_rate", f"2014-01-{day}")[0]["signed"] for day in ("05", "06", "09", "10")}
    assert found == {"05": 5, "06": 4, "09": 4, "10": 5}


def test_a_late_project_is_first_and_one_ahead_never_before_one_behind(ten: Store) -> None:
    """Ten days over before two days over before one behind its plan before one ahead, and complete ones last."""
    lines = (
        "L10,过十天,拆违,10,2014-01-01,2014-01-10,\nL2,过两天,拆违,10,2014-01-01,2014-01-18,\n"
        "B,落后,拆违,10,2014-01-01,2014-06-30,\nA,领先,拆违,10,2014-01-20,2014-02-20,\nC,完成,拆违,1,2014-01-01,2014-01-31,"
    )
    load_without_errors(ten, "demolition_project", PROJECT + lines)
    households = "".join(f"A{n},A\n" for n in range(10)) + "C1,C\n"
    load_without_errors(ten, "household", f"户编号,项目\n{households}")
    agreed = "".join(f"A{n},2014-01-20,,货币补偿\n" for n in range(5)) + "C1,2014-01-02,,货币补偿\n"
    load_without_errors(ten, "agreement", AGREEMENT + agreed)
    rows = metric_result(ten, "signing_rate", "2014-01-20").rows
    assert rows["project_id"].tolist() == ["L10", "L2", "D", "B", "A", "C"]


def test_a_reward_that_runs_tells_who_would_lose_it(ten: Store) -> None:
    """On 10 January 5 of 10 have signed: 5 would lose the first reward in 5 days, and one block lacks no household."""
    periods = "项目,期次,开始日期,截止日期\nD,1,2014-01-01,2014-01-15\nD,2,2014-01-16,2014-01-31"
    load_without_errors(ten, "incentive_period", periods)
    first, second = metric_rows(ten, "reward_countdown", "2014-01-10")
    assert (first["days_left"], first["households_at_risk"], first["blocks_one_short"]) == (5, 5, 0)
    assert (first["signed"], second["period_state"]) == (5, "未开始")
    [running, over] = metric_rows(ten, "reward_countdown", "2014-01-20")
    assert (running["sequence"], over["sequence"], over["period_state"]) == (2, 1, "已结束")


def test_disagreeing_households_are_named_with_what_each_ledger_says(ten: Store) -> None:
    """H1 agreed without a status, H5 is signed by status only, H6 vacated without agreeing, H3 before it did."""
    statuses = (
        "H2,已签约,2014-01-10\nH4,已签约,2014-01-04\nH5,已签约,2014-01-05\nH6,已腾空,2014-01-08\n"
        "H3,已摸底,2014-01-02\nH3,已腾空,2014-01-02\n"
    )
    load_without_errors(ten, "status_event", f"户编号,状态,日期\n{statuses}")
    rows = metric_rows(ten, "household_differences", "2014-01-20")
    assert {(row["household_id"], row["difference"]) for row in rows} == {
        ("H6", "已腾空而没有协议"),
        ("H5", "状态已签约而没有协议"),
        ("H1", "有协议而状态未到签约"),
        ("H3", "腾空早于签约"),
    }
    [rate] = metric_rows(ten, "signing_rate", "2014-01-20")
    assert (rate["agreement_only"], rate["status_only"]) == (1, 2)
    [h5] = [row for row in rows if row["household_id"] == "H5"]
    assert (h5["withdrawn_on"].day, h5["status"]) == (12, "已签约")


def test_a_household_that_went_back_is_no_longer_signed_by_its_status(ten: Store) -> None:
    """退回 takes back the signing and what came after it, not the survey; a new signing counts again."""
    load_without_errors(
        ten, "status_event", "户编号,状态,日期\nH5,已摸底,2014-01-02\nH5,已签约,2014-01-05\nH5,退回,2014-01-12"
    )
    assert metric_rows(ten, "signing_rate", "2014-01-11")[0]["status_only"] == 0
    assert metric_rows(ten, "household_differences", "2014-01-20", household_id="H5") == []
    chain = {row["status"]: row["reached"] for row in metric_rows(ten, "status_chain", "2014-01-20")}
    assert (chain["已摸底"], chain["已评估"], chain["已签约"], chain["已审核"]) == (5, 5, 4, 0)
