"""Metrics of the playbook: its tasks to the half-day, how many were done in time, the critical path of what is left."""

import datetime
from dataclasses import replace

from analytics.metrics.basis import Basis, own
from analytics.metrics.columns import IS_TOTAL, PROJECT, RATE, of_ledger, with_words
from analytics.metrics.model import LazyTransform, Metric
from data import words
from data.datasets.investment.columns import HALVES
from data.datasets.model import choice, date, flag, integer, number, text
from data.derivations import difference, quotient
from data.text import Text

REVIEWED_ON = datetime.date(2026, 11, 29)
WAITS_FOR = text("waits_for", "在等", "Waiting for")
UNKNOWN_PREDECESSORS = text("unknown_predecessors", "查无的前置任务", "Unknown predecessors")
IS_CRITICAL = flag("is_critical", "关键路径", "Critical path")

PLAYBOOK_TASKS = Metric(
    name="playbook_tasks",
    label=Text("宝典任务", "Tasks of the playbook"),
    unit="",
    formula=Text(
        "宝典每项任务在截至当日下午结束时的样子；当日以后的完成还不算。"
        "到期、准点按基线（没有基线的按现计划），改计划不会变成准点；"
        "晚 = 完成的半天 − 应完成的半天，还没完成的至少算到次日上午；"
        "滑移 = 完成的半天（未完成的取现计划，已过的至少到次日上午）− 基线；"
        "半天按日历算，不扣周末。没写上午下午的按下午，没写半天数的按 1 个。"
        "受阻 = 登记为受阻，或前置任务过了现计划还没完成；"
        "登记的状态只说明台账里最近一次完成那天起的情形，更早的日子写“尚未完成”；现计划也没有历史。"
        "撞期 = 同一责任人未完成的两项任务在现计划里占同一个半天（不占时间的里程碑不算）。"
        "在等的和查无的前置任务只在同一项目里找",
        "Each task of a playbook as it is at the end of the afternoon of the day; what is done later is not done "
        "yet. Due and on time go by the baseline (by the plan where there is none), so that moving the plan makes "
        "nothing punctual; late = half-day of completion − half-day due, at least up to the next morning for what is "
        "not done; slip = half-day of completion (for what is not done the plan, at least the next morning) − "
        "baseline; half-days are those of the calendar, weekends too. A half that is not written is the afternoon, a "
        "length that is not written is 1. Blocked = registered so, or a predecessor is past its plan and not done; "
        "a registered state holds from the newest completion in the ledger on, before that it reads not done yet; "
        "nor has the plan a history. Clash = two tasks of one owner, neither done, are planned for the same half-day "
        "(milestones that take no time aside). Predecessors are looked for in the same project only",
    ),
    direction="none",
    basis=(
        own(
            "“时间精确到半天以内”：任务以半天计，对照最初计划",
            "“to the half-day”: tasks are counted in half-days and held against the first plan",
        ),
    ),
    reviewed_on=REVIEWED_ON,
    query="investment.playbook_tasks",
    columns=(
        PROJECT,
        *of_ledger("playbook_task", "task_id", "name", "workstream", "owner", "assistants", "location"),
        with_words("playbook_task", "state", words.NOT_DONE_YET),
        *of_ledger("playbook_task", "baseline_on", "baseline_half", "planned_on", "planned_half", "half_days"),
        *of_ledger("playbook_task", "actual_on", "actual_half", "predecessors"),
        flag("is_done", "已完成", "Done"),
        flag("is_due", "已到期", "Fallen due"),
        flag("is_on_time", "准点", "On time"),
        integer("late_by", "晚", "Late by", "half day"),
        integer("slip", "滑移", "Slip", "half day"),
        WAITS_FOR,
        UNKNOWN_PREDECESSORS,
        flag("is_blocked", "受阻", "Blocked"),
        *of_ledger("playbook_task", "blocker"),
        IS_CRITICAL,
        flag("has_conflict", "撞期", "Clash"),
        text("conflicts_with", "与哪项撞期", "Clashes with"),
        *of_ledger("playbook_task", "is_milestone", "deliverable"),
    ),
    transform=LazyTransform("analytics.investment.critical_path", "playbook_tasks"),
    partition_by=("project_id",),
)

PLAYBOOK_PUNCTUALITY = Metric(
    name="playbook_punctuality",
    label=Text("宝典半天准点率", "Playbook on time to the half-day"),
    unit="percent",
    formula=Text(
        "应完成的半天以内完成的任务 ÷ 截至当日下午结束应完成的任务；应完成的半天取基线，没有基线的取现计划；"
        "到期未完成的算没准点，提前完成而未到期的不进分母；平均滑移是已到期、有基线的任务滑移的平均，提前的为负；"
        "到期不足 {ranked_cases:g} 项：样本不足，不给准点率和平均滑移",
        "Tasks done by the half-day on which they were due ÷ tasks due by the end of the afternoon of the day; due "
        "by the baseline, by the plan where there is none; what is due and not done is not on time, what is done "
        "early and not due is not counted; mean slip is that of the tasks due that have a baseline, negative where "
        "early; fewer than {ranked_cases:g} due: too few for a rate or a mean",
    ),
    direction="higher",
    basis=(
        own(
            "对照最初计划，改计划不会变成准点；少于几项的不给比率",
            "held against the first plan, so that moving the plan makes nothing punctual; a few tasks make no rate",
        ),
    ),
    reviewed_on=REVIEWED_ON,
    query="investment.playbook_punctuality",
    columns=(
        PROJECT,
        IS_TOTAL,
        integer("tasks", "任务数", "Tasks", "piece"),
        integer("done", "已完成", "Done", "piece"),
        integer("due", "已到期", "Fallen due", "piece"),
        integer("on_time", "准点", "On time", "piece"),
        replace(RATE, label=Text("准点率", "On time")),
        number("mean_slip", "平均滑移", "Mean slip", "half day"),
        integer("late", "逾期未完成", "Overdue", "piece"),
        integer("blocked", "受阻", "Blocked", "piece"),
        integer("conflicts", "撞期", "Clashes", "piece"),
        integer("without_baseline", "没有基线", "Without a baseline", "piece"),
    ),
    derived=(
        quotient("rate", "on_time", "due"),
        difference("late", "due", "done"),
    ),
)

CRITICAL_PATH = Metric(
    name="critical_path",
    label=Text("关键路径", "Critical path"),
    unit="half day",
    formula=Text(
        "截至当日未完成的任务从次日上午起，只按前置关系能排到的最早半天（不看人手，不扣周末）；"
        "关键路径是其中最长的一串，机动为 0 的任务都在上面；机动 = 晚多少个半天还不拖长全程；"
        "循环等待的任务和排在它们后面的排不出最早半天，写明“循环”；查无的前置任务不等，列出编码",
        "The earliest half-days of the tasks not done by the day, from the next morning on, by what they wait for "
        "alone (whatever hands there are, weekends too); the critical path is the longest chain of them, and holds "
        "every task of float 0; float = by how many half-days a task may be late without making the whole longer; "
        "tasks that wait for each other in a circle, and those behind them, have no earliest half-day and are told; "
        "predecessors that nobody knows are not waited for, and are listed",
    ),
    direction="lower",
    basis=(
        Basis(
            Text("Kelley & Walker 1959 关键路径法", "Kelley & Walker 1959, critical-path method"),
            Text("最早开始、总时差", "earliest start and total float"),
        ),
    ),
    reviewed_on=REVIEWED_ON,
    query="investment.critical_path",
    columns=(
        PROJECT,
        *of_ledger("playbook_task", "task_id", "name", "owner"),
        IS_CRITICAL,
        *of_ledger("playbook_task", "half_days"),
        date("earliest_on", "最早开始", "Earliest start"),
        choice("earliest_half", "最早开始半天", "Earliest half", HALVES),
        date("finish_on", "最早完成", "Earliest finish"),
        choice("finish_half", "最早完成半天", "Earliest finish, half", HALVES),
        integer("slack", "机动", "Float", "half day"),
        *of_ledger("playbook_task", "planned_on", "planned_half"),
        integer("overrun", "至少晚于现计划", "Past the plan at best", "half day"),
        integer("path_length", "关键路径长", "Length of the critical path", "half day"),
        WAITS_FOR,
        flag("is_in_cycle", "循环等待", "In a circle"),
        UNKNOWN_PREDECESSORS,
    ),
    transform=LazyTransform("analytics.investment.critical_path", "critical_path"),
    partition_by=("project_id",),
)
