"""Milestones of targets: how much of a target should be reached by a day, where its time is counted by them."""

from data.datasets.constraint import Constraint, cases, never_decreases
from data.datasets.model import Dataset, code, date, number, parent, text
from data.datasets.shared import target_columns
from data.datasets.targets import BY_MILESTONES
from data.text import Text

# SQL: when the target of the whole subdistrict begins that a milestone belongs to, the last to begin of several
PERIOD_START = (
    f"(SELECT max(t.period_start) FROM target AS t WHERE t.metric = r.metric AND t.time_basis = '{BY_MILESTONES}' "
    "AND r.due_on BETWEEN t.period_start AND t.period_end)"
)

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
        Constraint(
            name="milestone_within_its_target",
            columns=("due_on", "metric", "target_code"),
            parent="target_breakdown",
            breaks=f"CASE WHEN r.target_code IS NULL THEN {PERIOD_START} IS NULL "
            f"ELSE p.time_basis IS DISTINCT FROM '{BY_MILESTONES}' "
            "OR r.due_on NOT BETWEEN p.period_start AND p.period_end END",
            shown=("r.due_on",),
            reason=Text(
                f"“{{due_on}}”不在“{{metric}}”任何一项“{BY_MILESTONES}”目标的期限里，这个节点不起作用，请核对日期和目标",
                "“{due_on}” lies in the period of no target of “{metric}” that is counted by milestones, so that this "
                "one has no effect; make sure of the day and of the target",
            ),
            is_warning=True,
            cases=cases(
                broken=[("2015-01-01", "signing_rate", None), ("2014-07-01", "razed_area", "T")],
                kept=[("2014-12-31", "signing_rate", None), ("2014-06-30", "razed_area", "T")],
                target={
                    "metric": "signing_rate",
                    "period_start": "2014-01-01",
                    "period_end": "2014-12-31",
                    "time_basis": BY_MILESTONES,
                },
                target_breakdown={
                    "target_code": "T",
                    "metric": "razed_area",
                    "period_start": "2014-01-01",
                    "period_end": "2014-06-30",
                    "time_basis": BY_MILESTONES,
                },
            ),
        ),
        # a new period begins anew; what belongs to no target yet goes by the year
        never_decreases(
            "due_share",
            ("metric", "target_code"),
            "due_on",
            within=f"CASE WHEN r.target_code IS NULL THEN coalesce({PERIOD_START}, date_trunc('year', r.due_on)) END",
        ),
    ),
)
