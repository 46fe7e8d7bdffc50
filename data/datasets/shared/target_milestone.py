"""Milestones of targets: how much of a target should be reached by a day, where its time is counted by them."""

from data.datasets.constraint import Constraint, cases, never_decreases
from data.datasets.model import Dataset, code, date, number, parent, text
from data.datasets.shared import target_columns
from data.text import Text

DATASET = Dataset(
    name="target_milestone",
    stream="shared",
    menu_place=22,
    label=Text("目标节点", "Milestones of targets"),
    description=Text(
        "倒排工期：时间口径为“按节点”的目标，到每个节点那天应完成目标的百分之几。分解编码空着的是全街道的目标。",
        "For targets counted by milestones: how much of the target should be reached by each day. Without a target "
        "code it is the target of the whole subdistrict.",
    ),
    key=("milestone_code",),
    columns=(
        code("milestone_code", "节点编码", "Milestone code"),
        target_columns.metric_column(),
        parent("target_code", "target_breakdown", "分解编码", "Target code"),
        date("due_on", "节点日期", "Due on", required=True),
        number("due_share", "应完成比例", "Share due", "percent", high=100, required=True),
        text("note", "说明", "Note"),
    ),
    constraints=(
        Constraint(
            name="milestone_of_its_metric",
            columns=("metric", "target_code"),
            parent="target_breakdown",
            breaks="p.metric <> r.metric",
            shown=("r.metric", "p.metric"),
            reason=Text(
                "“{metric}”与“{target_code}”那项目标的指标不同，请核对",
                "“{metric}” is not that of the target that “{target_code}” names; correct one of the two",
            ),
            cases=cases(
                broken=[("signing_rate", "T")],
                kept=[("razed_area", "T")],
                target_breakdown={"target_code": "T", "metric": "razed_area"},
            ),
        ),
        never_decreases("due_share", ("metric", "target_code"), "due_on"),
    ),
)
