"""What is stuck and why, which days slipped, and what covers the targets of money: worked by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from data.store import Store
from tests.metric_helpers import load_without_errors, metric_result, metric_rows

pytestmark = pytest.mark.slow

PROJECTS = "项目编码,项目名称,项目类别,总投资,预计签约日期,预计开工日期,预计投产日期\n"
STAGES = "项目,阶段,进入日期\n"
CHANGES = "变更编码,项目,变更事项,原日期,新日期,变更日期\n"
TARGETS = "指标,开始日期,截止日期,目标值\n"


def load_projects(store: Store, *projects: str, stages: str = "", changes: str = "") -> None:
    """Load projects of a code, a track, an investment and three expected days, named as they are coded."""
    lines = (f"{code},{code},{rest}\n" for code, rest in (line.split(",", 1) for line in projects))
    load_without_errors(store, "investment_project", PROJECTS + "".join(lines))
    if stages:
        load_without_errors(store, "stage_event", STAGES + stages)
    if changes:
        load_without_errors(store, "project_change", CHANGES + changes)


def stuck_row(store: Store, code: str, day: str) -> dict[str, object]:
    [row] = metric_rows(store, "stuck_projects", day, project_id=code)
    return row


SLOW = "".join(f"A{n},洽谈,2014-01-01\nA{n},意向签约,2014-01-{n + 11}\n" for n in range(9))  # 10 to 18 days


@pytest.mark.quick
def test_longer_in_its_stage_than_most_were_is_stuck(store):
    """Nine talked for 10 to 18 days and one talks on: the tenth leaves 1/10 open from 18 days on: the P85."""
    load_projects(
        store, *(f"A{n},供地类,100,,," for n in range(9)), "B,供地类,100,,,", stages=SLOW + "B,洽谈,2014-02-01\n"
    )
    before, after = (stuck_row(store, "B", day) for day in ("2014-02-19", "2014-02-20"))
    assert (before["days_in_stage"], before["p85_days"], before["is_stuck"]) == (18, 18, False)
    assert (after["days_over"], after["reasons"], after["days_stuck"]) == (1, "超过本阶段常见天数", 1)


def test_below_the_floor_no_stay_is_too_long(store):
    """Four that went on tell nothing: there is no P85, and 900 days are no reason."""
    four = "".join(line + "\n" for line in SLOW.splitlines() if line[:2] in ("A0", "A1", "A2", "A3"))
    load_projects(
        store, *(f"A{n},供地类,100,,," for n in range(4)), "B,供地类,100,,,", stages=four + "B,洽谈,2014-02-01\n"
    )
    row = stuck_row(store, "B", "2016-07-20")
    assert row["days_in_stage"] == 900
    assert pd.isna(row["p85_days"])
    assert not row["is_stuck"]


@pytest.mark.parametrize(
    ("track", "stages", "expected", "day"),
    [
        ("供地类", "洽谈,2014-01-01", "预计签约日期", "2014-02-01"),
        ("供地类", "正式签约,2014-01-01", "预计开工日期", "2014-03-01"),
        ("供地类", "主体施工,2014-01-01", "预计投产日期", "2014-04-01"),
        ("租赁类", "注册落地,2014-01-01", "预计投产日期", "2014-04-01"),
    ],
)
def test_the_next_day_is_that_of_the_next_milestone(store, track, stages, expected, day):
    """Unsigned: the signing; signed on new land: the start; else production. On its day none is missed."""
    load_projects(store, f"B,{track},100,2014-02-01,2014-03-01,2014-04-01", stages=f"B,{stages}\n")
    row = stuck_row(store, "B", day)
    assert (row["expected"], f"{row['expected_on']:%Y-%m-%d}", row["is_stuck"]) == (expected, day, False)
    late = stuck_row(store, "B", "2014-05-01")
    assert (late["reasons"], late["days_stuck"]) == (
        "错过预计日期",
        (pd.Timestamp("2014-05-01") - pd.Timestamp(day)).days,
    )


def test_ended_projects_are_never_stuck_and_stand_last(store):
    """In production or ended, nothing holds a project up, whatever day it missed."""
    load_projects(
        store, *(f"{code},供地类,100,2014-01-10,2014-01-10,2014-01-10" for code in ("A", "B", "C")),
        stages="A,终止,2014-02-01\nB,投产纳统,2014-02-01\nC,洽谈,2014-01-01\n",
    )  # fmt: skip
    rows = metric_result(store, "stuck_projects", "2014-06-30").rows
    assert rows["project"].tolist()[0] == "C"
    assert rows["is_stuck"].tolist() == [True, False, False]
    assert rows["expected_on"].isna().tolist() == [False, True, True]


def test_reasons_stand_in_one_order_and_the_longest_counts(store):
    """Suspended for 181 days and a day missed by 20: both are told, and 181 days it is stuck."""
    load_projects(store, "B,供地类,100,2014-06-10,,", stages="B,洽谈,2013-12-01\nB,暂停,2013-12-31\n")
    row = stuck_row(store, "B", "2014-06-30")
    assert (row["reasons"], row["days_stuck"], row["days_missed"]) == ("暂停,错过预计日期", 181, 20)


def test_the_last_contact_and_the_newest_open_difficulty_are_those_of_the_day(store):
    """A later contact and a later or overcome difficulty are not there yet or no more; an undated one always was."""
    load_projects(store, "B,供地类,100,,,", stages="B,洽谈,2014-01-01\n")
    load_without_errors(
        store, "investment_activity", "招商活动编码,活动类型,活动日期,项目\n1,走访,2014-02-01,B\n2,走访,2014-04-01,B"
    )
    load_without_errors(
        store,
        "project_difficulty",
        "难点编码,项目,难点,提出日期,化解日期\n1,B,没有日期的,,\n2,B,二月的,2014-02-01,2014-03-01\n3,B,五月的,2014-05-01,",
    )
    told = {day: stuck_row(store, "B", day) for day in ("2014-01-31", "2014-02-28", "2014-03-01", "2014-05-01")}
    assert [row["difficulty"] for row in told.values()] == ["没有日期的", "二月的", "没有日期的", "五月的"]
    assert [row["days_since_contact"] for row in list(told.values())[1:]] == [27, 28, 30]
    assert pd.isna(told["2014-01-31"]["contacted_on"])


MOVES = (
    "1,B,预计签约日期,2014-01-31,2014-02-28,2014-01-20\n2,B,预计签约日期,2014-02-28,2014-03-31,2014-02-20\n"
    "3,B,预计签约日期,2014-03-31,2014-03-15,2014-03-01\n4,B,预计签约日期,2014-03-15,2014-05-31,2014-03-10\n"
)


@pytest.mark.quick
def test_a_day_is_what_its_changes_said_on_the_day(store):
    """Before the first change it is the day that this moved; brought forward is no push; the third push is told."""
    load_projects(
        store, "B,供地类,100,2014-05-31,,", "C,供地类,100,,2014-09-30,", stages="B,洽谈,2014-01-01\n", changes=MOVES
    )
    days = ("2014-01-10", "2014-01-20", "2014-03-05", "2014-03-10")
    rows = [metric_rows(store, "slippage", day, project_id="B")[0] for day in days]
    assert [f"{row['newest_on']:%m-%d}" for row in rows] == ["01-31", "02-28", "03-15", "05-31"]
    assert [f"{row['first_on']:%m-%d}" for row in rows] == ["01-31"] * 4
    assert [(row["pushes"], row["days_moved"]) for row in rows] == [(0, 0), (1, 28), (2, 43), (3, 120)]
    assert [row["is_pushed_often"] for row in rows] == [False, False, False, True]
    assert stuck_row(store, "B", "2014-03-10")["reasons"] == "反复推迟"


def test_never_changed_is_no_push_and_never_expected_is_no_row(store):
    """C expects its start and was never changed: 0; nothing else of it is expected, so nothing else is listed."""
    load_projects(
        store, "B,供地类,100,2014-05-31,,", "C,供地类,100,,2014-09-30,", stages="B,洽谈,2014-01-01\n", changes=MOVES
    )
    rows = metric_rows(store, "slippage", "2014-06-30", project_id="C")
    assert [(row["changed"], row["pushes"], row["days_moved"]) for row in rows] == [("预计开工日期", 0, 0)]
    assert pd.isna(stuck_row(store, "C", "2014-06-30")["pushes"])  # its next day is the signing, and none is expected


def load_money(store: Store, signed: int, target: int = 1000) -> None:
    """Load a signed project, two in talks of 300 and 600, one suspended, and a target of signing."""
    load_projects(
        store, f"S,供地类,{signed},,,", "A,供地类,300,2014-09-30,,", "B,供地类,600,2015-03-31,,", "C,供地类,900,,,",
        stages="S,正式签约,2014-03-01\nA,洽谈,2014-01-01\nB,洽谈,2014-01-01\nC,洽谈,2014-01-01\nC,暂停,2014-02-01\n",
    )  # fmt: skip
    load_without_errors(store, "target", f"{TARGETS}本期签约投资额,2014-01-01,2014-12-31,{target}")


def test_what_is_missing_is_covered_by_what_is_in_talks(store):
    """700 of 1,000 are signed: 300 are missing; 900 in talks are 3 times that, 300 of them due this year once."""
    load_money(store, 700)
    [row] = metric_rows(store, "target_coverage", "2014-06-30")
    assert (row["missing"], row["open_projects"], row["open_amount"], row["open_times"]) == (300, 2, 900, 3)
    assert (row["due_projects"], row["due_amount"], row["due_times"]) == (1, 300, 1)
    assert pd.isna(row["weighted"])  # nothing has an outcome yet but one


def test_a_target_that_is_reached_lacks_nothing(store):
    """1,200 of 1,000: done, with no division by what is not missing."""
    load_money(store, 1200)
    [row] = metric_rows(store, "target_coverage", "2014-06-30")
    assert (row["missing"], row["is_reached"]) == (0, True)
    assert pd.isna(row["open_times"])
    assert pd.isna(row["due_times"])


@pytest.mark.parametrize("day", ["2013-12-31", "2014-01-01", "2014-03-15", "2014-06-30", "2014-12-31", "2015-06-30"])
def test_the_months_add_up_to_the_actual_of_the_target(sample_store, day):
    """On any day the sums of the months, and the last running sum, are what the progress to targets shows."""
    months = metric_result(sample_store, "money_by_month", day).rows
    targets = {row["target_id"]: row for row in metric_rows(sample_store, "target_progress", day)}
    coverage = {row["metric"]: row for row in metric_rows(sample_store, "target_coverage", day)}
    assert set(coverage) == set(months["metric"]) == {"contract_value", "funds_in_place"} & set(targets)
    for metric, own in months.groupby("metric"):
        assert own["in_month"].sum() == own["running"].max() == targets[metric]["actual"] == coverage[metric]["actual"]


def test_the_plan_to_date_is_the_time_elapsed(sample_store):
    """In the month of the day the plan is the target's time elapsed; at the end it is the target."""
    months = metric_result(sample_store, "money_by_month", "2014-05-10").rows
    targets = {row["target_id"]: row for row in metric_rows(sample_store, "target_progress", "2014-05-10")}
    for metric, own in months.groupby("metric"):
        may = own[own["month"] == "2014-05-01"].iloc[0]
        target = targets[metric]
        assert may["planned"] == pytest.approx(target["target"] * target["elapsed_rate"] / 100)
        assert own.iloc[-1]["planned"] == target["target"]
        assert own[own["month"] > "2014-05-10"]["in_month"].isna().all()


def test_what_covers_the_target_of_signing_is_the_weighted_pipeline(sample_store):
    """Coverage and pipeline weigh the same open projects."""
    [whole] = metric_rows(sample_store, "weighted_pipeline", "2014-06-30", is_total="True")
    coverage = {row["metric"]: row for row in metric_rows(sample_store, "target_coverage", "2014-06-30")}
    row = coverage["contract_value"]
    assert (row["open_projects"], row["open_amount"], row["weighted"]) == (
        whole["projects"], whole["investment"], whole["weighted"],
    )  # fmt: skip


def test_the_sample_has_a_project_for_every_reason(sample_store):
    """Each reason for being stuck can be seen in the 示例 ledgers."""
    reasons = metric_result(sample_store, "stuck_projects").rows["reasons"].dropna()
    assert set(reasons.str.split(",").explode()) == {
        "用地超期", "暂停", "超过本阶段常见天数", "错过预计日期", "反复推迟",
    }  # fmt: skip


ANSWERS = (
    ("缺乏房地产建设", ("宝典", "万达广场")),
    ("政策", ("难点", "谋定后动")),
    ("投资人主体多", ("项目组", "加强宣传")),
    ("距离远", ("飞赴深圳",)),
)


@pytest.mark.parametrize(("difficulty", "answers"), ANSWERS)
def test_the_four_difficulties_of_the_article_have_its_answers(sample_store, difficulty, answers):
    """姚江1号项目 has the four difficulties and the six answers of the article, without a day that it does not give."""
    with sample_store.read() as con:
        rows = con.execute("FROM project_difficulty WHERE project_id = 'INV-YJ1'").df()
    assert len(rows) == len(ANSWERS)
    assert rows[["opened_on", "closed_on"]].isna().all(axis=None)
    assert rows["note"].str.contains("对应关系为示例").all()
    [own] = rows[rows["difficulty"].str.contains(difficulty)].to_dict("records")
    assert all(answer in own["answer"] for answer in answers)


def test_all_other_difficulties_are_marked(sample_store):
    """Those of 示例 projects are called so themselves, some overcome, some not."""
    with sample_store.read() as con:
        rows = con.execute("FROM project_difficulty WHERE project_id <> 'INV-YJ1'").df()
    assert rows["difficulty"].str.startswith("示例：").all()
    assert rows["closed_on"].notna().any()
    assert rows["closed_on"].isna().any()
