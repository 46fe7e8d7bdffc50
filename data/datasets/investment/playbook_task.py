"""Tasks of a project's playbook, to the half-day: as first planned, as planned now, as done."""

from dataclasses import replace

from data.datasets.constraint import (
    Constraint,
    CycleConstraint,
    LinkConstraint,
    both_or_neither,
    cases,
    done_requires_date,
    not_in_future,
    open_without_date,
)
from data.datasets.investment.columns import HALVES, project_column
from data.datasets.model import Dataset, choice, choices, code, date, flag, integer, text
from data.text import Text

OPEN_STATES = ("未开始", "进行中", "受阻")


def _day_with_half(moment: str) -> Constraint:
    """A day and its half stand together."""
    written = cases(broken=[("2014-03-04", None)], kept=[("2014-03-04", "上午"), (None, None)])
    return replace(both_or_neither(f"{moment}_on", f"{moment}_half"), cases=written)


def _own_predecessor() -> LinkConstraint:
    return LinkConstraint(
        name="task_waits_for_others",
        columns=("predecessors", "task_id", "project_id"),
        links="predecessors",
        group=("project_id",),
        breaks="r.link = r.task_id",
        shown=("r.link",),
        reason=Text(
            "“{predecessors}”写的是这项任务自己：任务不能等自己，请改成真正要先做的任务",
            "“{predecessors}” names the task itself, which cannot wait for itself; name the task that comes first",
        ),
        cases=cases(broken=[("A-1、A-2", "A-2", "P-1")], kept=[("", "A-1", "P-1"), ("A-1", "A-2", "P-1")]),
    )


def _known_predecessors() -> LinkConstraint:
    return LinkConstraint(
        name="predecessors_are_known",
        columns=("predecessors", "task_id", "project_id"),
        links="predecessors",
        group=("project_id",),
        breaks="n.task_id IS NULL",
        shown=("r.link",),
        reason=Text(
            "“{predecessors}”里的这个编码不是本项目的任务（或那一行也被拒收），请核对编码，或先登记那项任务",
            "This code in “{predecessors}” is no task of the project, or its row is refused, too; correct the code, or "
            "register that task first",
        ),
        cases=cases(
            broken=[(None, "A-1", "P-2"), ("A-1", "A-2", "P-1")],
            kept=[(None, "A-1", "P-1"), (None, "A-3", "P-1"), ("A-1，A-3", "A-2", "P-1")],
        ),
    )


def _no_circle_of_tasks() -> CycleConstraint:
    return CycleConstraint(
        name="tasks_wait_in_no_circle",
        columns=("predecessors", "task_id", "project_id"),
        links="predecessors",
        group=("project_id",),
        reason=Text(
            "这些任务的“{predecessors}”绕成了一圈，谁也不能先做，请去掉其中一个",
            "These tasks wait for each other in a circle, so that none can come first; take one out of "
            "“{predecessors}”",
        ),
        cases=cases(
            broken=[("A-3", "A-1", "P-1"), ("A-1", "A-2", "P-1"), ("A-2", "A-3", "P-1")],
            kept=[("", "A-1", "P-1"), ("A-1", "A-2", "P-1"), ("A-1 A-2", "A-3", "P-1")],
        ),
    )


def _predecessors_planned_before() -> LinkConstraint:
    """A task that is to begin before the one it waits for is told: one of the two will slip."""
    moment = "{row}.planned_on, list_position(['上午', '下午'], {row}.planned_half)"
    own, other = moment.format(row="r"), moment.format(row="n")
    return LinkConstraint(
        name="predecessors_planned_before",
        columns=("predecessors", "task_id", "project_id", "planned_on", "planned_half"),
        links="predecessors",
        group=("project_id",),
        breaks=f"r.link <> r.task_id AND ({other}) > ({own})",
        shown=("n.task_id", "n.planned_on", "n.planned_half"),
        is_warning=True,
        reason=Text(
            "“{predecessors}”里的这项任务计划得比本任务晚，请核对两项任务的“{planned_on}”",
            "This task of “{predecessors}” is planned later than the one that waits for it; make sure of "
            "“{planned_on}” of both",
        ),
        cases=cases(
            broken=[(None, "A-1", "P-1", "2014-03-04", "下午"), ("A-1", "A-2", "P-1", "2014-03-04", "上午")],
            kept=[(None, "A-1", "P-1", "2014-03-04", "上午"), ("A-1", "A-2", "P-1", "2014-03-04", "下午")],
        ),
    )


def _half_day_at_most() -> Constraint:
    """The playbook is exact to half a day, so what takes longer is several tasks."""
    return Constraint(
        name="half_day_at_most",
        columns=("half_days",),
        breaks="r.half_days > 1",
        is_warning=True,
        reason=Text(
            "“{half_days}”多于半天：宝典的时间精确到半天以内，请拆成几项任务，各占半天",
            "“{half_days}” is more than half a day: a playbook is exact to half a day, so split the task",
        ),
        cases=cases(broken=[(2,)], kept=[(1,), (0,), (None,)]),
    )


def _half_day_unless_milestone() -> Constraint:
    """Only a milestone takes no time."""
    return Constraint(
        name="half_day_unless_milestone",
        columns=("half_days", "is_milestone"),
        breaks="r.half_days = 0 AND NOT coalesce(r.is_milestone, false)",
        is_warning=True,
        reason=Text(
            "“{half_days}”是 0，却不是“{is_milestone}”：只有里程碑不占时间，请核对",
            "“{half_days}” is 0, but this is no “{is_milestone}”: only milestones take no time; make sure of both",
        ),
        cases=cases(broken=[(0, False)], kept=[(0, True), (1, False)]),
    )


def _blocked_requires_reason() -> Constraint:
    return Constraint(
        name="blocked_has_reason",
        columns=("state", "blocker"),
        breaks="r.state = '受阻' AND r.blocker IS NULL",
        is_warning=True,
        reason=Text(
            "“{state}”是受阻，却没有写“{blocker}”，请补上",
            "“{state}” says that it is blocked, but “{blocker}” is empty; say by what",
        ),
        cases=cases(broken=[("受阻", None)], kept=[("受阻", "等待答复")]),
    )


DATASET = Dataset(
    name="playbook_task",
    stream="investment",
    menu_place=95,
    label=Text("项目宝典", "Playbook"),
    description=Text(
        "项目“宝典”的每项任务，精确到半天：最初计划、现计划、实际完成的日期和上午或下午，前置任务、责任人、受阻原因。",
        "Each task of a project's playbook to the half-day: first plan, present plan, completion, with what it waits "
        "for, who does it, and what blocks it.",
    ),
    key=("task_id",),
    dated_by=("actual_on",),
    columns=(
        code("task_id", "任务编码", "Task code"),
        project_column(required=True),
        text("name", "任务", "Task", required=True, aliases=("任务名称",)),
        text("workstream", "工作线", "Workstream"),
        text("owner", "责任人", "Owner", required=True, aliases=("负责人", "责任岗位")),
        text("assistants", "协同", "With"),
        text("location", "地点", "Place"),
        date("baseline_on", "基线日期", "Baseline day"),
        choice("baseline_half", "基线半天", "Baseline half", HALVES),
        date("planned_on", "计划日期", "Planned day", required=True),
        choice("planned_half", "计划半天", "Planned half", HALVES, required=True),
        integer("half_days", "半天数", "Half-days", "half day", low=0),
        date("actual_on", "完成日期", "Done on"),
        choice("actual_half", "完成半天", "Done in half", HALVES),
        text("predecessors", "前置任务", "Waits for"),
        choice(
            "state",
            "状态",
            "State",
            choices(未开始="Not started", 进行中="In progress", 完成="Done", 受阻="Blocked"),
            required=True,
        ),
        text("blocker", "受阻原因", "Blocked by"),
        text("deliverable", "成果", "Deliverable"),
        flag("is_milestone", "里程碑", "Milestone"),
    ),
    constraints=(
        *not_in_future("actual_on"),
        _day_with_half("baseline"),
        _day_with_half("actual"),
        done_requires_date("state", ("完成",), "actual_on"),
        open_without_date("state", OPEN_STATES, "actual_on"),
        _blocked_requires_reason(),
        _half_day_at_most(),
        _half_day_unless_milestone(),
        _own_predecessor(),
        _known_predecessors(),
        _no_circle_of_tasks(),
        _predecessors_planned_before(),
    ),
)
