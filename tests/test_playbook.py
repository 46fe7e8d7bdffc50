"""项目宝典: late by half-days, blocked, colliding, and the critical path of what is left; worked out by hand."""

from __future__ import annotations

from datetime import date
from itertools import pairwise, product

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.investment.critical_path import NEXT_HALF, earliest_schedule
from analytics.metrics import METRICS
from data.store import Store
from tests.metric_helpers import load_without_errors, metric_rows

TASK = "任务编码,项目,任务,责任人,基线日期,基线半天,计划日期,计划半天,半天数,完成日期,完成半天,前置任务,状态,里程碑\n"
DAY = "2014-06-12"  # a Thursday


@pytest.fixture
def project(store: Store) -> Store:
    load_without_errors(
        store, "investment_project", "项目编码,项目名称,项目类别,总投资(万元)\nP,甲项目,供地类,1\nQ,乙项目,供地类,1"
    )
    return store


def load_tasks(store: Store, *lines: str) -> None:
    """Load tasks of the project P: code, owner, baseline day and half, plan, length, done, predecessors, state."""
    load_without_errors(store, "playbook_task", TASK + "".join(f"{line}\n" for line in lines))


def task_on(store: Store, code: str, day: str = DAY) -> dict:
    """Return one task as it is at the end of a day."""
    [task] = metric_rows(store, "playbook_tasks", day, task_id=code)
    return task


@pytest.mark.parametrize(
    ("done", "on_time", "late_by", "slip"),
    [("2014-06-10,上午", True, None, -1), ("2014-06-10,下午", True, None, 0), ("2014-06-11,上午", False, 1, 1),
     ("2014-06-12,下午", False, 4, 4), (",", False, 5, 5)],
)  # fmt: skip
def test_a_task_is_late_from_the_half_day_after_its_own(project, done, on_time, late_by, slip):
    """Due on Tuesday afternoon: the morning after is one half late; what is open on Thursday is five late so far."""
    state = "未开始" if done == "," else "完成"
    load_tasks(project, f"A,P,甲,王,2014-06-10,下午,2014-06-10,下午,1,{done},,{state},否")
    task = task_on(project, "A")
    assert (task["is_due"], task["is_on_time"], task["slip"]) == (True, on_time, slip)
    assert pd.isna(task["late_by"]) if late_by is None else task["late_by"] == late_by


def test_moving_the_plan_makes_nothing_punctual(project):
    """Moved from Tuesday to Friday and done on Friday, a task is six half-days late; without a baseline it is not."""
    load_tasks(
        project,
        "A,P,甲,王,2014-06-10,上午,2014-06-13,上午,1,2014-06-13,上午,,完成,否",
        "B,P,乙,王,,,2014-06-13,上午,1,2014-06-13,上午,,完成,否",
    )
    moved, plain = (task_on(project, code, "2014-06-13") for code in "AB")
    assert (moved["is_on_time"], moved["late_by"], moved["slip"]) == (False, 6, 6)
    assert plain["is_on_time"]
    assert pd.isna(plain["slip"])


@pytest.mark.quick
def test_what_is_done_later_is_not_done_yet(project):
    """On the day before its completion a task is open, whatever the ledger says of it now; on the day it is done."""
    load_tasks(project, "A,P,甲,王,2014-06-10,上午,2014-06-10,上午,1,2014-06-12,上午,,完成,否")
    before, after = task_on(project, "A", "2014-06-11"), task_on(project, "A")
    assert (before["state"], before["is_done"], before["late_by"]) == ("尚未完成", False, 4)
    assert pd.isna(before["actual_on"])
    assert (after["state"], after["is_done"], after["late_by"]) == ("完成", True, 4)


def test_a_registered_state_is_not_that_of_an_earlier_day(project):
    """Blocked now is not known to have been blocked before the newest completion in the ledger."""
    load_tasks(
        project,
        "A,P,甲,王,2014-06-20,上午,2014-06-20,上午,1,,,,受阻,否",
        "B,P,乙,李,2014-06-12,上午,2014-06-12,上午,1,2014-06-12,上午,,完成,否",
    )
    assert [
        (task_on(project, "A", d)["state"], task_on(project, "A", d)["is_blocked"]) for d in (DAY, "2014-06-11")
    ] == [
        ("受阻", True),
        ("尚未完成", False),
    ]


def test_a_task_is_blocked_by_a_predecessor_past_its_plan(project):
    """B waits for A, which is past its plan; C for B and D, which are not; separators differ."""
    load_tasks(
        project,
        "A,P,甲,王,2014-06-12,下午,2014-06-12,下午,1,,,,进行中,否",
        "B,P,乙,李,2014-06-13,上午,2014-06-13,上午,1,,,D；A,未开始,否",
        "C,P,丙,张,2014-06-13,下午,2014-06-13,下午,1,,,B D,未开始,否",
        "D,P,丁,赵,2014-06-11,上午,2014-06-11,上午,1,2014-06-11,上午,,完成,否",
    )
    tasks = {code: task_on(project, code) for code in "ABCD"}
    assert {code: bool(task["is_blocked"]) for code, task in tasks.items()} == {
        "A": False,
        "B": True,
        "C": False,
        "D": False,
    }
    assert (tasks["B"]["waits_for"], tasks["C"]["waits_for"]) == ("A", "B")


def test_two_tasks_of_one_owner_in_one_half_day_clash_and_both_say_so(project):
    """Three half-days from Friday morning meet Saturday morning; a milestone of no length and a task done meet none."""
    load_tasks(
        project,
        "A,P,甲,王,2014-06-13,上午,2014-06-13,上午,3,,,,未开始,否",
        "B,Q,乙,王,2014-06-14,上午,2014-06-14,上午,1,,,,未开始,否",
        "C,P,丙,王,2014-06-14,上午,2014-06-14,上午,0,,,,未开始,是",
        "D,P,丁,李,2014-06-14,上午,2014-06-14,上午,1,,,,未开始,否",
        "E,P,戊,王,2014-06-13,上午,2014-06-13,上午,1,2014-06-12,上午,,完成,否",
        "F,P,己,王,2014-06-14,下午,2014-06-14,下午,1,,,,未开始,否",
    )
    found = {
        row["task_id"]: row["conflicts_with"]
        for row in metric_rows(project, "playbook_tasks", DAY, has_conflict="True")
    }
    assert found == {"A": "B", "B": "A"}


def test_punctuality_counts_what_is_due(project):
    """Of six due three were in time: 50 %, mean slip (0 − 1 + 0 + 2 + 6 + 3) ÷ 6; early and not due is not counted."""
    ends = ["2014-06-10,上午", "2014-06-09,下午", "2014-06-10,上午", "2014-06-11,上午", ",", "2014-06-11,下午"]
    lines = [f"T{n},P,甲,王{n},2014-06-10,上午,2014-06-10,上午,1,{end},,完成,否" for n, end in enumerate(ends)]
    lines[4] = "T4,P,甲,王4,2014-06-10,上午,2014-06-12,下午,1,,,,未开始,否"
    early = "E,P,早,王,2014-06-20,上午,2014-06-20,上午,1,2014-06-11,上午,,完成,否"
    load_tasks(project, *lines, early)
    [own] = metric_rows(project, "playbook_punctuality", DAY, project_id="P")
    counts = {name: own[name] for name in ("tasks", "done", "due", "on_time", "late", "blocked", "conflicts")}
    assert counts == {"tasks": 7, "done": 6, "due": 6, "on_time": 3, "late": 1, "blocked": 0, "conflicts": 0}
    assert own["rate"] == 50
    assert own["mean_slip"] == pytest.approx((0 - 1 + 0 + 2 + 6 + 3) / 6)


def test_too_few_due_have_no_rate(project):
    """Four due are 样本不足 for a project, and five of two projects are enough for all."""
    load_tasks(
        project,
        *(f"T{n},P,甲,王{n},2014-06-10,上午,2014-06-10,上午,1,2014-06-10,上午,,完成,否" for n in range(4)),
        "U,Q,乙,李,2014-06-10,上午,2014-06-10,上午,1,2014-06-12,上午,,完成,否",
    )
    rows = {row["project"]: row for row in metric_rows(project, "playbook_punctuality", DAY)}
    assert pd.isna(rows["甲项目"]["rate"])
    assert pd.isna(rows["甲项目"]["mean_slip"])
    [total] = [row for row in rows.values() if row["is_total"]]
    assert (total["due"], total["rate"]) == (5, 80)


def test_the_critical_path_is_the_longest_chain(project):
    """A(2) → B(1) → E, A → C(3) → E(0): five half-days from Friday morning; B has a float of two."""
    load_tasks(
        project,
        "A,P,甲,王,2014-06-13,上午,2014-06-13,上午,2,,,,未开始,否",
        "B,P,乙,李,2014-06-14,上午,2014-06-14,上午,1,,,A,未开始,否",
        "C,P,丙,张,2014-06-14,上午,2014-06-14,上午,3,,,A,未开始,否",
        "E,P,戊,赵,2014-06-15,上午,2014-06-15,上午,0,,,B、C,未开始,是",
    )
    rows = metric_rows(project, "critical_path", DAY)
    assert [(r["task_id"], r["is_critical"], r["slack"]) for r in rows] == [
        ("A", True, 0), ("B", False, 2), ("C", True, 0), ("E", True, 0),
    ]  # fmt: skip
    ends = [(f"{r['finish_on']:%d}", r["finish_half"]) for r in rows]
    assert ends == [("13", "下午"), ("14", "上午"), ("15", "上午"), ("15", "上午")]
    assert {r["path_length"] for r in rows} == {5}
    assert [row["task_id"] for row in metric_rows(project, "playbook_tasks", DAY, is_critical="True")] == [
        "A",
        "C",
        "E",
    ]


def test_what_cannot_keep_its_plan_says_by_how_much(project):
    """Planned for Thursday morning and open on Thursday's evening, a task is two half-days past its plan at best."""
    load_tasks(project, "A,P,甲,王,2014-06-12,上午,2014-06-12,上午,1,,,,未开始,否")
    [row] = metric_rows(project, "critical_path", DAY)
    assert row["overrun"] == 2
    assert pd.isna(row["waits_for"])


def test_what_no_file_may_bring_is_told_and_breaks_nothing(project):
    """Unknown predecessors, those of another project and circles, however they came in, are listed and held apart."""
    load_tasks(
        project,
        *(f"{code},P,甲,王{code},2014-06-13,上午,2014-06-13,上午,1,,,,未开始,否" for code in "ABCD"),
        "Q1,Q,甲,李,2014-06-13,上午,2014-06-13,上午,1,,,,未开始,否",
    )
    waits = {"A": "B", "B": "A", "C": "B", "D": "X、Q1"}
    with project.scratch() as con:
        con.execute("BEGIN")
        for code, written in waits.items():
            con.execute("UPDATE playbook_task SET predecessors = $w WHERE task_id = $t", {"w": written, "t": code})
        found = METRICS["critical_path"].compute(con, date(2014, 6, 12)).rows
        con.execute("ROLLBACK")
    rows = {row["task_id"]: row for row in found.to_dict("records")}
    assert {code for code, row in rows.items() if row["is_in_cycle"]} == {"A", "B"}
    assert {code for code, row in rows.items() if pd.isna(row["earliest_on"])} == {"A", "B", "C"}
    assert (rows["D"]["unknown_predecessors"], rows["D"]["path_length"]) == ("Q1、X", 1)


def test_a_circle_is_told_and_holds_up_what_is_behind_it():
    """A and B wait for each other, S for itself, C for B: none of them has an earliest half-day; D has."""
    plan = earliest_schedule(
        dict.fromkeys("ABCDS", 1), {"A": {"B"}, "B": {"A", "D"}, "C": {"B"}, "D": set(), "S": {"S"}}
    )
    assert plan.in_cycle == {"A", "B", "S"}
    assert plan.starts == {"D": NEXT_HALF}


@given(st.lists(st.tuples(st.integers(0, 3), st.sets(st.integers(0, 6))), min_size=1, max_size=7))
def test_no_chain_is_longer_than_the_critical_path(tasks):
    """Among tasks that wait for earlier ones only, each ends where the longest of all chains does, tried one by one."""
    lengths = {str(n): length for n, (length, _) in enumerate(tasks)}
    before = {str(n): {str(p) for p in waits if p < n} for n, (_, waits) in enumerate(tasks)}
    plan = earliest_schedule(lengths, before)
    for n in range(len(tasks)):
        chains = [[m for m, chosen in enumerate(choice) if chosen] + [n] for choice in product((0, 1), repeat=n)]
        linked = [c for c in chains if all(str(a) in before[str(b)] for a, b in pairwise(c))]
        longest = max(sum(lengths[str(m)] for m in chain) for chain in linked)
        assert plan.starts[str(n)] - NEXT_HALF + lengths[str(n)] == longest


def test_the_sample_adds_up(sample_store):
    """On any day what is done, late or blocked of the projects makes the total, and on time is at most due."""
    for day in ("2014-03-31", "2014-05-15", "2014-06-30"):
        rows = pd.DataFrame(metric_rows(sample_store, "playbook_punctuality", day))
        total, parts = rows[rows["is_total"]], rows[~rows["is_total"]]
        counted = ["tasks", "done", "due", "on_time", "late", "blocked", "without_baseline"]
        assert total[counted].iloc[0].tolist() == parts[counted].sum().tolist()
        assert (rows["on_time"] <= rows["due"]).all()
