"""Targets of parts: what a metric should reach in one village, unit, river or project, and by when."""

from data.datasets.constraint import Constraint, OrderConstraint, cases, not_before
from data.datasets.model import Dataset, code, date, parent, text
from data.datasets.shared import target_columns
from data.datasets.shared.columns import village_column
from data.datasets.targets import TARGET_METRICS
from data.text import Text

# the column that names the part, by the kind of its scope
PARTS = {
    "village": ("village_id",),
    "unit": ("unit",),
    "river": ("river_id",),
    "project": ("demolition_project_id", "investment_project_id"),
}
PART_COLUMNS = tuple(column for columns in PARTS.values() for column in columns)
NAMED_PARTS = " + ".join(f"CAST(r.{column} IS NOT NULL AS INTEGER)" for column in PART_COLUMNS)
LEADING_UNITS = (
    "SELECT owner FROM target UNION ALL SELECT owner FROM work UNION ALL SELECT owner FROM demolition_project "
    "UNION ALL SELECT owner FROM investment_project"
)


def _names_sql(names: tuple[str, ...]) -> str:
    """Return names as an SQL list, which has one entry at least."""
    return ", ".join(f"'{name}'" for name in names or ("",))


def _lacks_rows_sql(kind: str, column: str) -> str:
    """Return the SQL that is true where the metric has no rows of the part that this column names."""
    known = [target for target in TARGET_METRICS if kind in target.scopes]
    if kind == "project":
        is_investment = column == "investment_project_id"
        known = [target for target in known if (target.stream == "investment") == is_investment]
    return f"(r.{column} IS NOT NULL AND r.metric NOT IN ({_names_sql(tuple(t.name for t in known))}))"


DATASET = Dataset(
    name="target_breakdown",
    stream="shared",
    menu_place=21,
    label=Text("目标分解", "Targets of parts"),
    description=Text(
        "目标分解到村社、单位、河道或项目：每行写一个范围。全街道的目标写在目标任务里。",
        "Targets of villages, units, rivers or projects: each row names one of them. Those of the whole subdistrict "
        "stand in the task sheet.",
    ),
    key=("target_code",),
    columns=(
        code("target_code", "分解编码", "Target code", aliases=("任务编码",)),
        target_columns.metric_column(),
        village_column(),
        text("unit", "责任单位", "Unit in charge"),
        parent("river_id", "river", "河道", "River"),
        parent("demolition_project_id", "demolition_project", "征迁项目", "Demolition project"),
        parent("investment_project_id", "investment_project", "招商项目", "Investment project"),
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
        Constraint(
            name="one_part",
            columns=PART_COLUMNS,
            breaks=f"{NAMED_PARTS} <> 1",
            reason=Text(
                "每行要写且只写一个范围：“{village_id}”“{unit}”“{river_id}”“{demolition_project_id}”"
                "“{investment_project_id}”中的一个；全街道的目标写在目标任务里",
                "Name one part in each row: “{village_id}”, “{unit}”, “{river_id}”, “{demolition_project_id}” or "
                "“{investment_project_id}”; a target of the whole subdistrict belongs into the task sheet",
            ),
            cases=cases(
                broken=[("V", None, "R", None, None), (None,) * 5],
                kept=[("V", None, None, None, None), (None, "办公室", None, None, None)],
            ),
        ),
        Constraint(
            name="metric_has_part",
            columns=("metric", *PART_COLUMNS),
            breaks=" OR ".join(_lacks_rows_sql(kind, column) for kind, columns in PARTS.items() for column in columns),
            reason=Text(
                "“{metric}”不能按这种范围分解：没有按它统计的数，请核对指标和范围",
                "“{metric}” is not counted by such parts; correct the metric or the part",
            ),
            cases=cases(
                broken=[("signing_rate", "V", None, None, None, None)],
                kept=[("razed_area", "V", None, None, None, None), ("signing_rate", None, None, None, "P", None)],
            ),
        ),
        Constraint(
            name="unit_leads_something",
            columns=("unit",),
            breaks=f"r.unit IS NOT NULL AND r.unit NOT IN (SELECT owner FROM ({LEADING_UNITS}) AS u "
            "WHERE owner IS NOT NULL)",
            reason=Text(
                "没有哪项目标、工程或项目写着这个“{unit}”，请照台账里的牵头单位写",
                "No target, work or project names this “{unit}”; write it as the lead unit stands in the ledgers",
            ),
            cases=cases(
                broken=[("无此单位",)],
                kept=[("办公室",), ("农办",), ("征迁办",), ("招商办",)],
                target={"metric": "signing_rate", "period_start": "2014-01-01", "owner": "办公室"},
                work={"work_id": "W-1", "owner": "农办"},
                demolition_project={"project_id": "P-1", "owner": "征迁办"},
                investment_project={"project_id": "P-2", "owner": "招商办"},
            ),
        ),
        OrderConstraint(
            name="periods_apart",
            columns=("period_start", "period_end", "metric", *PART_COLUMNS),
            group=("metric", *PART_COLUMNS),
            order="r.period_start",
            running={"latest": "max(r.period_end) OVER before"},
            breaks="r.period_start <= r.latest",
            shown=("r.period_start", "r.latest"),
            reason=Text(
                "同一指标、同一范围的两个目标时间重叠：前一个还没到“{period_end}”；重叠的日子按后开始的算，请核对",
                "Two targets of one metric and one part overlap: the former has not reached its “{period_end}”; while "
                "both run the one begun later counts, so make sure of them",
            ),
            is_warning=True,
            cases=cases(
                broken=[
                    ("2014-01-01", "2014-06-30", "razed_area", "V", None, None, None, None),
                    ("2014-06-30", "2014-12-31", "razed_area", "V", None, None, None, None),
                ],
                kept=[
                    ("2014-01-01", "2014-06-30", "razed_area", "V", None, None, None, None),
                    ("2014-06-30", "2014-12-31", "razed_area", "W", None, None, None, None),
                ],
            ),
        ),
    ),
)
