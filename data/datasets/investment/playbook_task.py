"""Tasks of a project's playbook, to the half-day: as first planned, as planned now, as done."""

from data.datasets.investment.columns import HALVES, project_column
from data.datasets.model import Dataset, choice, choices, code, date, flag, integer, text
from data.text import Text

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
)
