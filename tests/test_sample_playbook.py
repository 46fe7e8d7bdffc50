"""The 示例 playbooks are to the half-day, in the article's steps, and show what a plan can run into."""

import re

import pytest

from data.sample import playbook
from tests.test_sample import queried_rows

PLAN = "FROM playbook_task WHERE project_id = 'INV-YJ1'"


def plan_rows(store, columns, where="true"):
    return queried_rows(store, f"SELECT {columns} {PLAN} AND ({where}) ORDER BY task_id")


def test_no_task_is_longer_than_half_a_day(sample_store):
    """姚江1号项目 has at least 26 tasks in 宁波 and 深圳, exact to the half-day; milestones take no time."""
    lengths = [length for (length,) in plan_rows(sample_store, "half_days")]
    assert (len(lengths) >= 26, max(lengths)) == (True, 1)
    assert {place for (place,) in plan_rows(sample_store, "location")} == {"宁波", "深圳"}
    assert {n for (n,) in plan_rows(sample_store, "half_days", "is_milestone")} == {0}


@pytest.mark.parametrize(
    ("step", "times"),
    [
        ("成立招商项目组", 1),
        ("飞赴深圳对接", 4),
        ("业务指导", 4),
        ("制作项目宝典", 2),
        ("难点对策会", 4),
        ("学习万达广场楼宇招商经验", 1),
        ("街道宣传", 4),
        ("提供地块参考数据", 1),
        ("提供价值参考数据", 2),
        ("提供环境参考数据", 2),
    ],
)
def test_its_tasks_are_the_steps_of_the_article(sample_store, step, times):
    """Each step that the article tells is a task, 飞赴深圳 several times."""
    assert len(plan_rows(sample_store, "task_id", f"name LIKE '{step}%'")) == times


def test_the_four_difficulties_of_the_article_are_gone_through(sample_store):
    """无房产经验, 政策差异, 主体多 and 距离远 stand before the first 难点对策会."""
    [(before,)] = plan_rows(sample_store, "predecessors", "name = '难点对策会（第一次）'")
    ids = ", ".join(f"'{task}'" for task in before.split("、"))
    names = {name for (name,) in plan_rows(sample_store, "name", f"task_id IN ({ids})")}
    assert names == {f"梳理难点：{word}" for word in ("无房产经验", "政策差异", "主体多", "距离远")}


def test_a_day_of_the_plan_has_what_a_leader_asks_for(sample_store):
    """By 2014-06-30 tasks have slipped, two are blocked, three stand on that day, some are ahead, one pair collides."""
    assert len(plan_rows(sample_store, "task_id", "planned_on > baseline_on")) >= 5
    assert len(plan_rows(sample_store, "task_id", "(actual_on, actual_half) <> (planned_on, planned_half)")) >= 4
    assert [state for (state,) in plan_rows(sample_store, "state", "blocker IS NOT NULL")] == ["受阻", "受阻"]
    assert len(plan_rows(sample_store, "task_id", "planned_on = '2014-06-30' AND state <> '完成'")) == 3
    assert len(plan_rows(sample_store, "task_id", "planned_on > '2014-06-30'")) == 5
    collisions = queried_rows(
        sample_store,
        f"SELECT owner, planned_on::VARCHAR, planned_half {PLAN} AND state <> '完成' GROUP BY ALL HAVING count(*) > 1",
    )
    assert collisions == [("示例专员乙", "2014-06-30", "下午")]


def test_owners_are_posts_that_are_marked_fictional(sample_store):
    """No task names a person."""
    owners = queried_rows(sample_store, "SELECT DISTINCT owner FROM playbook_task")
    assert [owner for (owner,) in owners if not re.fullmatch("示例专员[甲乙丙丁戊己庚]", owner)] == []


def test_all_days_are_working_days(sample_store):
    """No task stands on a Saturday, a Sunday or one of the public holidays of these months."""
    holidays = ("2014-04-07", "2014-05-01", "2014-05-02", "2014-06-02")
    days = queried_rows(
        sample_store,
        "SELECT day::VARCHAR FROM (UNPIVOT playbook_task ON baseline_on, planned_on, actual_on INTO NAME n VALUE day) "
        f"WHERE isodow(day) > 5 OR day::VARCHAR IN {holidays}",
    )
    assert days == []


def test_every_task_waits_for_tasks_of_its_own_plan_only(sample_store):
    """Predecessors exist and are planned no later than the task."""
    late = queried_rows(
        sample_store,
        "SELECT t.task_id FROM (SELECT *, unnest(string_split(predecessors, '、')) AS before FROM playbook_task) t "
        "LEFT JOIN playbook_task b ON b.task_id = t.before AND b.project_id = t.project_id "
        "WHERE b.task_id IS NULL OR (b.planned_on, b.planned_half = '下午') >= (t.planned_on, t.planned_half = '下午')",
    )
    assert late == []


def test_the_second_plan_is_fictional_by_name():
    """Every task of the other project says so."""
    assert [row["name"] for row in playbook.FICTIONAL if not row["name"].startswith("示例")] == []
