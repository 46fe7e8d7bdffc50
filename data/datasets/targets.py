"""What the task sheet may set a target for: one list from which the ledger, the cockpit and the sums are derived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.datasets.model import Choice, choices
from data.text import Text, untranslated

SCOPE_KINDS = (
    Choice("street", Text("全街道", "Whole subdistrict")),
    Choice("village", Text("村社", "Village")),
    Choice("unit", Text("单位", "Unit")),
    Choice("river", Text("河道", "River")),
    Choice("project", Text("项目", "Project")),
)
TARGET_LEDGERS = ("target", "target_breakdown", "target_milestone")
BY_MONTH_END, BY_MILESTONES = "按月末", "按节点"  # by the day is what neither says
TIME_BASES = choices(按日="By the day", 按月末="By month end", 按节点="By milestones")
# the column of a metric's rows that tells which village, unit, river or project a row is of
SCOPE_COLUMNS = {"village": "village_id", "unit": "owner", "river": "river_id", "project": "project_id"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetMetric:
    """A metric, or an amount of money, for which the task sheet sets a target.

    The share of a metric is its column `done` over its column `total`, summed over the rows that `only` leaves, and
    `counted_in` says in what both are counted. An amount has neither: a block of SQL sums it up over the period of its
    target out of its `ledgers`, and `ledger` is the one whose page shows what it is made of. A level has to be kept on
    every day, so all of it is due at once; what is no level grows until the end, unless the ledger says otherwise.

    `scopes` are the kinds of parts whose own targets it may have: rows of the metric bear the code of the part in the
    column of SCOPE_COLUMNS. A metric with a row for each month is held against its target by the newest, `is_monthly`.
    Where what is done may be unknown and not merely not yet begun, `is_of_known` leaves such rows out with their total.
    """

    name: str
    label: Text
    stream: str
    aliases: tuple[str, ...] = ()
    unit: str = "percent"
    done: str = ""
    total: str = ""
    counted_in: Text | None = None
    ledger: str = ""
    ledgers: tuple[str, ...] = ()
    only: Mapping[str, str] = field(default_factory=dict)
    is_level: bool = False
    is_monthly: bool = False
    is_of_known: bool = False
    scopes: tuple[str, ...] = ()

    @property
    def choice(self) -> Choice:
        """The word by which the ledger of targets names it."""
        return Choice(self.name, self.label, self.aliases, unit=self.unit)


TARGET_METRICS = (
    TargetMetric(
        name="dredging_progress",
        label=Text("清淤完成率", "Dredging progress"),
        stream="water",
        done="done",
        total="quantity",
        counted_in=untranslated("m³"),
        only={"quantity_unit": "m³"},
        scopes=("river",),
    ),
    TargetMetric(
        name="source_closure",
        label=Text("污染源整治完成率", "Pollution source closure"),
        stream="water",
        done="closed",
        total="registered",
        counted_in=Text("处", "sources"),
        scopes=("river",),
    ),
    TargetMetric(
        name="patrol_completion",
        label=Text("巡河完成率", "Patrol completion"),
        stream="water",
        done="patrols_counted",
        total="patrols_due",
        counted_in=Text("次", "times"),
        is_level=True,
        scopes=("river",),
    ),
    TargetMetric(
        name="issue_closure",
        label=Text("问题销号率", "Issue closure"),
        stream="water",
        done="closed",
        total="found",
        counted_in=Text("件", "issues"),
        only={"is_this_year": "True"},
        is_level=True,
        scopes=("river",),
    ),
    TargetMetric(
        name="plant_load",
        label=Text("水力负荷率", "Hydraulic load"),
        aliases=("污水处理负荷率", "Load of sewage plants"),
        stream="water",
        done="inflow",
        total="capacity_days",
        counted_in=untranslated("m³"),
        is_level=True,
    ),
    TargetMetric(
        name="plant_pass_rate",
        label=Text("出水达标率", "Effluent pass rate"),
        stream="water",
        done="passed",
        total="judged",
        counted_in=Text("个样品", "samples"),
        is_level=True,
    ),
    TargetMetric(
        name="saving_coverage",
        label=Text("节水活动覆盖率", "Coverage of water saving"),
        stream="water",
        done="covered",
        total="villages",
        counted_in=Text("个村社", "villages"),
        scopes=("village",),
    ),
    TargetMetric(
        name="leak_fix",
        label=Text("漏水设施修复率", "Leaking taps mended"),
        aliases=("长流水修复率", "Running taps mended"),
        stream="water",
        done="fixed",
        total="found",
        counted_in=Text("处", "taps"),
        is_level=True,
    ),
    TargetMetric(
        name="chief_coverage",
        label=Text("河长覆盖率", "Reaches with a chief"),
        stream="water",
        done="covered",
        total="reaches",
        counted_in=Text("个河段", "reaches"),
        scopes=("river",),
    ),
    TargetMetric(
        name="signboards",
        label=Text("公示牌完好率", "Signboards in order"),
        stream="water",
        done="intact",
        total="boards",
        counted_in=Text("块", "signboards"),
        is_level=True,
        scopes=("river",),
    ),
    TargetMetric(
        name="satisfaction_rate",
        label=Text("群众满意率", "People satisfied"),
        stream="water",
        done="satisfied",
        total="forms_valid",
        counted_in=Text("份有效问卷", "valid forms"),
        is_level=True,
    ),
    TargetMetric(
        name="target_met",
        label=Text("断面达标率", "Sections within target"),
        stream="water",
        done="met",
        total="evaluated",
        counted_in=Text("个断面", "sections"),
        is_level=True,
        is_monthly=True,
        scopes=("river",),
    ),
    TargetMetric(
        name="data_completeness",
        label=Text("监测完成率", "Months sampled"),
        stream="water",
        done="months",
        total="months_due",
        counted_in=Text("个断面月", "section-months"),
        is_level=True,
        scopes=("river",),
    ),
    TargetMetric(
        name="plant_run",
        label=Text("运行率", "Run rate"),
        stream="water",
        done="days_worked",
        total="days_reported",
        counted_in=Text("个厂站日", "plant days"),
        is_level=True,
    ),
    TargetMetric(
        name="plant_connection",
        label=Text("微型污水处理厂接户率", "Households connected to plants"),
        stream="water",
        done="households_connected",
        total="households_design",
        counted_in=Text("户", "households"),
    ),
    TargetMetric(
        name="outfall_closure",
        label=Text("排口整治率", "Outfall closure"),
        stream="water",
        done="closed",
        total="registered",
        counted_in=Text("个排口", "outfalls"),
    ),
    TargetMetric(
        name="zero_discharge",
        label=Text("零直排区块验收率", "Zero-discharge blocks accepted"),
        stream="water",
        done="blocks_accepted",
        total="blocks",
        counted_in=Text("个区块", "blocks"),
    ),
    TargetMetric(
        name="contract_value",
        label=Text("本期签约投资额", "Investment signed in the period"),
        aliases=("协议投资额", "Contracted investment"),
        stream="investment",
        unit="wan",
        ledgers=("investment_project", "stage_event"),
        scopes=("unit",),
    ),
    TargetMetric(
        name="funds_in_place",
        label=Text("本期到位资金", "Funds received in the period"),
        aliases=("到位资金", "Funds in place"),
        stream="investment",
        unit="wan",
        ledgers=("investment_project", "stage_event", "funding"),
        scopes=("unit", "project"),
    ),
    TargetMetric(
        name="playbook_punctuality",
        label=Text("宝典半天准点率", "Playbook on time to the half-day"),
        stream="investment",
        done="on_time",
        total="due",
        counted_in=Text("项", "tasks"),
        is_level=True,
        scopes=("project",),
    ),
    TargetMetric(
        name="signing_rate",
        label=Text("签约率", "Signing rate"),
        stream="demolition",
        done="signed",
        total="households",
        only={"is_this_year": "True"},
        counted_in=Text("户", "households"),
        scopes=("unit", "project"),
    ),
    TargetMetric(
        name="signing_by_area",
        label=Text("签约率（面积）", "Signing rate by floor area"),
        stream="demolition",
        done="area_signed",
        total="area",
        counted_in=untranslated("㎡"),
        scopes=("project",),
    ),
    TargetMetric(
        name="preparation_readiness",
        label=Text("方案要素齐备率", "Preparation items done"),
        stream="demolition",
        done="ready",
        total="needed",
        counted_in=Text("项要素", "items"),
        is_of_known=True,
        scopes=("unit", "project"),
    ),
    TargetMetric(
        name="publicity_reach",
        label=Text("宣传覆盖户数", "Households reached by publicity"),
        stream="demolition",
        done="reached",
        total="households",
        counted_in=Text("户", "households"),
        scopes=("project",),
    ),
    TargetMetric(
        name="razed_area",
        label=Text("拆违面积", "Unlawful floor area razed"),
        aliases=("拆违", "拆违任务", "Unlawful buildings razed"),
        stream="demolition",
        unit="m2",
        ledger="violation",
        ledgers=("violation",),
        scopes=("village",),
    ),
    TargetMetric(
        name="renovated_area",
        label=Text("三改面积", "Renovated floor area"),
        aliases=("三改", "三改任务", "Renovation"),
        stream="demolition",
        unit="m2",
        ledger="renovation",
        ledgers=("renovation",),
        scopes=("village",),
    ),
)
TARGETS = {target.name: target for target in TARGET_METRICS}
TARGET_SHARES = tuple(target for target in TARGET_METRICS if target.total)


def target_metric(target_id: object) -> TargetMetric:
    """Return the metric of a target by its code, which names behind a colon the part that it is of."""
    return TARGETS[str(target_id).partition(":")[0]]
