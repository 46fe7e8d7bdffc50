"""Ledgers that all three lines of work lean on: villages and the targets of the year."""

from data.datasets.constraint import Constraint, OrderConstraint, as_warning, at_most, not_before
from data.datasets.model import Choice, Dataset, choice, choices, code, date, integer, number, text
from data.text import Text

VILLAGE = Dataset(
    name="village",
    stream="shared",
    label=Text("村社", "Villages"),
    description=Text(
        "行政村和社区的名册，其他台账用村名或编码引用。", "Villages and communities, which other ledgers name."
    ),
    key=("village_id",),
    name_column="name",
    columns=(
        code("village_id", "村社编码", "Village code", aliases=("村编码",)),
        text("name", "村社名称", "Village", required=True, aliases=("村名", "村", "村社", "社区")),
        choice("kind", "类别", "Kind", choices(行政村="Village", 社区="Community")),
        integer("population", "人口", "Population", "person"),
        integer("households", "户数", "Households", "household"),
    ),
    constraints=(as_warning(at_most("households", "population")),),
)

TARGET_METRICS = (
    Choice("dredging_progress", Text("清淤完成率", "Dredging progress"), unit="percent"),
    Choice("source_closure", Text("污染源整治完成率", "Pollution source closure"), unit="percent"),
    Choice("patrol_completion", Text("巡河完成率", "Patrol completion"), unit="percent"),
    Choice("issue_closure", Text("问题销号率", "Issue closure"), unit="percent"),
    Choice("plant_load", Text("污水处理负荷率", "Load of sewage plants"), unit="percent"),
    Choice("plant_pass_rate", Text("出水达标率", "Effluent pass rate"), unit="percent"),
    Choice("saving_coverage", Text("节水活动覆盖率", "Coverage of water saving"), unit="percent"),
    Choice(
        "leak_fix",
        Text("漏水设施修复率", "Leaking taps mended"),
        ("长流水修复率", "Running taps mended"),
        unit="percent",
    ),
    Choice("contract_value", Text("协议投资额", "Contracted investment"), unit="wan"),
    Choice("funds_in_place", Text("到位资金", "Funds in place"), unit="wan"),
    Choice("signing_rate", Text("签约率", "Signing rate"), unit="percent"),
)
PERCENTAGES = tuple(metric for metric in TARGET_METRICS if metric.unit == "percent")

TARGET = Dataset(
    name="target",
    stream="shared",
    label=Text("目标任务", "Targets"),
    description=Text(
        "年度任务书：每个指标到期末应完成多少。百分数写 100 表示 100 %，金额写万元。",
        "The task sheet of the year: what each metric should reach by the end. Write 100 for 100 %, money in 10k CNY.",
    ),
    key=("metric", "period_start"),
    columns=(
        choice("metric", "指标", "Metric", TARGET_METRICS, required=True),
        date("period_start", "开始日期", "Start date", required=True),
        date("period_end", "截止日期", "End date", required=True),
        number("value", "目标值", "Target", unit_from="metric", required=True),
        text("owner", "牵头单位", "Lead unit"),
        text("source_document", "依据文件", "Source document"),
    ),
    constraints=(
        not_before("period_end", "period_start"),
        Constraint(
            name="percentage_at_most_100",
            columns=("value", "metric"),
            breaks=f"r.value > 100 AND r.metric IN ({', '.join(repr(m.value) for m in PERCENTAGES)})",
            shown=("r.value",),
            reason=Text(
                "“{value}”是百分数，却大于 100，请核对", "“{value}” is a percentage above 100; make sure of it"
            ),
            is_warning=True,
        ),
        OrderConstraint(
            name="periods_apart",
            columns=("period_start", "period_end", "metric"),
            group=("metric",),
            order="r.period_start",
            running={"latest": "max(r.period_end) OVER before"},
            breaks="r.period_start <= r.latest",
            shown=("r.period_start", "r.latest"),
            reason=Text(
                "同一指标的两个目标时间重叠：前一个还没到“{period_end}”，请核对",
                "Two targets of one metric overlap: the former has not reached its “{period_end}”; make sure of them",
            ),
            is_warning=True,
        ),
    ),
)

DATASETS = (VILLAGE, TARGET)
