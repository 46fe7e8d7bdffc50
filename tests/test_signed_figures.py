"""Figures that share a word share a definition: signed, funds in place, worked out again in pandas."""

from __future__ import annotations

import pandas as pd
import pytest

from data.store import Store
from tests.metric_helpers import load_without_errors, metric_result, metric_rows
from ui.demolition.signing import ledger_difference
from ui.investment.project import project_sentence
from ui.investment.target_money import fund_rate_sentence

pytestmark = pytest.mark.slow

DAYS = ("2013-12-31", "2014-05-15", "2014-06-30")
STAGES = ["储备", "洽谈", "意向签约", "正式签约", "注册落地", "拿地", "开工", "主体施工", "封顶", "竣工", "投产纳统"]
STEPS = ["已摸底", "已评估", "已签约", "已审核", "已腾空", "已拆除", "已交付"]
PROJECTS = "项目编码,项目名称,征迁类别,总户数,签约开始,签约截止\nD,大项目,拆违,10,2014-01-01,2014-06-30"
AGREEMENTS = "户编号,签约日期,补偿方式\n"


def ledger(store: Store, name: str) -> pd.DataFrame:
    with store.read() as con:
        return con.execute(f"FROM {name}").df()


def load_households(store: Store, agreements: str, statuses: str) -> None:
    load_without_errors(store, "demolition_project", PROJECTS)
    load_without_errors(store, "household", "户编号,项目\n" + "".join(f"H{n},D\n" for n in range(10)))
    load_without_errors(store, "agreement", AGREEMENTS + agreements)
    load_without_errors(store, "status_event", f"户编号,状态,日期\n{statuses}")


@pytest.fixture
def differing_store(store: Store) -> Store:
    """Give ten households: H0 to H5 have agreements, the statuses say signed of H0 and of H9, which has none."""
    agreements = "".join(f"H{n},2014-03-0{n + 1},货币补偿\n" for n in range(6))
    load_households(
        store, agreements, "H0,已摸底,2014-02-01\nH0,已腾空,2014-04-01\nH9,已签约,2014-04-02\nH8,已摸底,2014-02-01\n"
    )
    return store


@pytest.mark.quick
def test_the_chain_and_the_rate_count_the_same_signed_households(differing_store):
    """6 of 10 have agreements in both; a status without an agreement is no signature, and both ledgers are told."""
    [rate] = metric_rows(differing_store, "signing_rate")
    chain = {row["status"]: row for row in metric_rows(differing_store, "status_chain")}
    assert (rate["signed"], rate["agreement_only"], rate["status_only"]) == (6, 5, 1)
    assert {status: row["reached"] for status, row in chain.items()} == {
        "已摸底": 8, "已评估": 7, "已签约": 6, "已审核": 1, "已腾空": 1, "已拆除": 0, "已交付": 0,
    }  # fmt: skip
    assert (chain["已签约"]["agreement_only"], chain["已签约"]["status_only"]) == (5, 1)


def steps_again(store: Store, day: str) -> pd.DataFrame:
    """Return for each household its project, the day of its agreement, and its furthest step by the day."""
    households = ledger(store, "household").set_index("household_id")[["project_id"]]
    agreements, events = ledger(store, "agreement"), ledger(store, "status_event")
    signed = agreements[(agreements["signed_on"] <= day) & ~(agreements["withdrawn_on"] <= day)]
    signed = signed.set_index("household_id")["signed_on"]
    done = events[events["on_date"] <= day]
    returned = done[done["status"] == "退回"].groupby("household_id")["on_date"].max()
    done = done[done["status"].isin(STEPS)]
    is_taken_back = done["on_date"].to_numpy() <= returned.reindex(done["household_id"]).to_numpy()
    step = done["status"].map(STEPS.index).astype(int)
    done = done.assign(step=step.mask(is_taken_back, step.clip(upper=STEPS.index("已评估"))))
    furthest = done.groupby("household_id")["step"].max().reindex(households.index).fillna(-1)
    return households.assign(signed_on=signed.reindex(households.index), step=furthest)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", ["sample_store", "differing_store"])
def test_signatures_and_steps_again(request, name, day):
    """The signed, the differences of the two ledgers and every step of the chain are those of pandas."""
    store = request.getfixturevalue(name)
    again, signed_step = steps_again(store, day), STEPS.index("已签约")
    has, says = again["signed_on"].notna(), again["step"] >= signed_step
    for row in metric_rows(store, "signing_rate", day):
        own = again["project_id"] == row["project_id"]
        expected = ((own & has).sum(), (own & has & ~says).sum(), (own & says & ~has).sum())
        assert (row["signed"], row["agreement_only"], row["status_only"]) == expected
    for row in metric_rows(store, "status_chain", day):
        step = STEPS.index(row["status"])
        reached = has if step == signed_step else (again["step"] >= step) | (has & (step < signed_step))
        assert row["reached"] == (reached & (again["project_id"] == row["project_id"])).sum()


def test_the_page_tells_where_the_two_ledgers_differ(differing_store):
    """The sentence of a project's page has both counts; where nothing differs there is none."""
    rows = metric_result(differing_store, "signing_rate").rows
    said = ledger_difference(rows)
    assert said is not None
    assert "登记了 6 户签约，其中 5 户的户状态没有到“已签约”；另有 1 户" in said.zh
    assert ledger_difference(rows.assign(agreement_only=0, status_only=0)) is None


INVESTMENT = "项目编码,项目名称,项目类别,总投资(万元)\n"
AWKWARD = {
    "investment_project": INVESTMENT
    + "P1,终止后恢复,供地类,10000\nP2,跳过签约直接开工,供地类,20000\nP3,签后终止,供地类,30000\n"
    + "P4,只有未核实到资,供地类,40000\nP5,无阶段,供地类,5000\nP6,签后暂停,供地类,6000",
    "stage_event": "项目,阶段,进入日期\n"
    "P1,洽谈,2014-01-05\nP1,正式签约,2014-02-01\nP1,终止,2014-03-01\nP1,开工,2014-05-01\n"
    "P2,洽谈,2014-01-05\nP2,开工,2014-03-01\nP3,正式签约,2014-02-15\nP3,终止,2014-04-01\nP4,正式签约,2014-02-20\n"
    "P6,正式签约,2014-02-20\nP6,暂停,2014-04-20",
    "funding": "到资编码,项目,到位日期,到位金额(万元),证明材料,已核实\nF1,P1,2014-02-10,5000,验资报告,是\n"
    "F2,P4,2014-03-10,4000,进账单,否\nF3,P3,2014-03-10,3000,进账单,是",
    "target": "指标,开始日期,截止日期,目标值\n本期签约投资额,2014-01-01,2014-12-31,100000\n"
    "本期到位资金,2014-01-01,2014-12-31,50000",
}  # fmt: skip


@pytest.fixture
def awkward_store(store: Store) -> Store:
    """Give projects that went on after their end, skipped a stage, ended, are suspended, or have nothing verified."""
    for name, content in AWKWARD.items():
        load_without_errors(store, name, content)
    return store


ORDER = [*STAGES, "暂停", "终止"]


def contracts_again(store: Store, day: str) -> pd.DataFrame:
    """Return the projects under contract on a day, with the day of signature and their receipts up to it."""
    events = ledger(store, "stage_event")
    events = events[events["entered_on"] <= day]
    events = events.assign(place=lambda rows: rows["stage"].map(ORDER.index))
    last = events.sort_values(["entered_on", "place"]).groupby("project_id")["stage"].last()
    from_signature = events[events["stage"].isin(STAGES[STAGES.index("正式签约") :])]
    signed = from_signature.groupby("project_id")["entered_on"].min()
    projects = ledger(store, "investment_project").set_index("project_id").assign(stage=last, signed_on=signed)
    money = ledger(store, "funding")
    money = money[money["received_on"] <= day]
    sums = money.assign(sure=money["amount"].where(money["is_verified"], 0)).groupby("project_id")["sure"].sum()
    return projects[projects["signed_on"].notna() & (projects["stage"] != "终止")].assign(received=sums)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", ["sample_store", "awkward_store"])
def test_funds_and_signed_money_are_of_the_same_projects(request, name, day):
    """The rates, the list and the two targets count the projects that signed and are not ended, as pandas has them."""
    store = request.getfixturevalue(name)
    again = contracts_again(store, day)
    found = metric_result(store, "funds_in_place", day).rows.set_index("project_id")
    assert sorted(found.index) == sorted(again.index)
    assert found["received"].dropna().to_dict() == again["received"].dropna().to_dict()
    rates = (100 * again["received"] / again["investment"]).dropna().to_dict()
    assert found["rate"].dropna().to_dict() == pytest.approx(rates)
    listed = metric_result(store, "stuck_projects", day).rows.set_index("project_id")["rate"]
    assert listed.dropna().to_dict() == pytest.approx(rates)
    for row in metric_rows(store, "target_progress", day):
        if row["metric"] == "contract_value":
            in_time = again[again["signed_on"].between(row["period_start"], row["period_end"])]
            assert row["done"] == in_time["investment"].sum()


def test_a_cohort_keeps_its_projects_without_receipts(awkward_store):
    """5,000 of 76,000 of four projects: two have no receipt, one has one not verified; the ended one is out."""
    said = fund_rate_sentence(metric_result(awkward_store, "funds_in_place").rows)
    assert said.zh.startswith("4 个签约未终止的项目到位 6.6 %")
    assert "其中 2 个没有到资记录，1 个只有待核实的到资，总投资都计入分母" in said.zh


def test_every_project_says_what_its_money_is(awkward_store):
    """Not verified is a record; an ended project has received but has no rate; without a receipt nothing is known."""
    rows = metric_result(awkward_store, "stuck_projects").rows
    said = {row["project"]: project_sentence(row).zh for _, row in rows.iterrows()}
    assert "，另有 4,000 万元 待核实" in said["只有未核实到资"]
    assert "没有到资记录" in said["签后暂停"]
    assert "没有到资记录" not in said["只有未核实到资"]
    assert "已终止，不计到位率" in said["签后终止"]
