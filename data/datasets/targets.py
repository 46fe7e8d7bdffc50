"""What the task sheet may set a target for: one list from which the ledger, the cockpit and the sums are derived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.datasets.model import Choice
from data.text import Text, untranslated


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetMetric:
    """A metric, or an amount of money, for which the task sheet sets a target.

    The share of a metric is its column `done` over its column `total`, summed over the rows that `only` leaves, and
    `counted_in` says in what both are counted. An amount has neither: a block of SQL sums it up over the period of its
    target, and `ledger` is the one whose page shows what it is made of. A level has to be kept on every day, so all of
    it is due at once; what is no level grows until the end.
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
    only: Mapping[str, str] = field(default_factory=dict)
    is_level: bool = False

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
    ),
    TargetMetric(
        name="source_closure",
        label=Text("污染源整治完成率", "Pollution source closure"),
        stream="water",
        done="closed",
        total="registered",
        counted_in=Text("处", "sources"),
    ),
    TargetMetric(
        name="patrol_completion",
        label=Text("巡河完成率", "Patrol completion"),
        stream="water",
        done="patrols_counted",
        total="patrols_due",
        counted_in=Text("次", "times"),
        is_level=True,
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
        name="contract_value",
        label=Text("本期签约投资额", "Investment signed in the period"),
        aliases=("协议投资额", "Contracted investment"),
        stream="investment",
        unit="wan",
    ),
    TargetMetric(
        name="funds_in_place",
        label=Text("本期到位资金", "Funds received in the period"),
        aliases=("到位资金", "Funds in place"),
        stream="investment",
        unit="wan",
    ),
    TargetMetric(
        name="signing_rate",
        label=Text("签约率", "Signing rate"),
        stream="demolition",
        done="signed",
        total="households",
        only={"is_this_year": "True"},
        counted_in=Text("户", "households"),
    ),
    TargetMetric(
        name="razed_area",
        label=Text("拆违面积", "Unlawful floor area razed"),
        aliases=("拆违", "拆违任务", "Unlawful buildings razed"),
        stream="demolition",
        unit="m2",
        ledger="violation",
    ),
    TargetMetric(
        name="renovated_area",
        label=Text("三改面积", "Renovated floor area"),
        aliases=("三改", "三改任务", "Renovation"),
        stream="demolition",
        unit="m2",
        ledger="renovation",
    ),
)
TARGETS = {target.name: target for target in TARGET_METRICS}
TARGET_SHARES = tuple(target for target in TARGET_METRICS if target.total)
