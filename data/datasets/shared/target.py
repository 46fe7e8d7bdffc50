"""Targets of the year: what each metric should reach, and by when."""

from data.datasets.constraint import OrderConstraint, cases, not_before
from data.datasets.model import Dataset, date, text
from data.datasets.shared import target_columns
from data.text import Text

DATASET = Dataset(
    name="target",
    stream="shared",
    menu_place=20,
    label=Text("目标任务", "Targets"),
    description=Text(
        "年度任务书：每个指标到期末应完成多少。百分数写 100 表示 100 %，金额写万元，面积写㎡（或写明万㎡）。",
        "The task sheet of the year: what each metric should reach by the end. Write 100 for 100 %, money in 10k CNY, "
        "areas in m².",
    ),
    key=("metric", "period_start"),
    columns=(
        target_columns.metric_column(),
        date("period_start", "开始日期", "Start date", required=True),
        date("period_end", "截止日期", "End date", required=True),
        target_columns.value_column(),
        text("owner", "牵头单位", "Lead unit"),
        text("source_document", "依据文件", "Source document"),
        *target_columns.judging_columns(),
    ),
    constraints=(
        not_before("period_end", "period_start"),
        *target_columns.value_constraints(),
        OrderConstraint(
            name="periods_apart",
            columns=("period_start", "period_end", "metric"),
            group=("metric",),
            order="r.period_start",
            running={"latest": "max(r.period_end) OVER before"},
            breaks="r.period_start <= r.latest",
            shown=("r.period_start", "r.latest"),
            reason=Text(
                "同一指标的两个目标时间重叠：前一个还没到“{period_end}”；重叠的日子按后开始的算，请核对",
                "Two targets of one metric overlap: the former has not reached its “{period_end}”; while both run the "
                "one begun later counts, so make sure of them",
            ),
            is_warning=True,
            cases=cases(
                broken=[("2014-01-01", "2014-06-30", "signing_rate"), ("2014-06-30", "2014-12-31", "signing_rate")],
                kept=[("2014-01-01", "2014-06-30", "signing_rate"), ("2014-07-01", "2014-12-31", "signing_rate")],
            ),
        ),
    ),
)
