"""FIGURES of 招商引资."""

from analytics.metrics.model import Metric
from data.text import Text

METRICS = (
    Metric(
        name="pipeline_stages",
        label=Text("项目阶段分布", "Projects by stage"),
        unit="",
        formula=Text(
            "每个项目只计在截至当日最新进入的阶段；投资额为该阶段项目总投资之和",
            "Each project counts once, in the stage it entered last by the day; investment is the sum of their totals",
        ),
        direction="none",
        query="investment.pipeline_stages",
        sources=("stage_event", "funding"),
    ),
    Metric(
        name="project_list",
        label=Text("项目清单", "Projects"),
        unit="",
        formula=Text(
            "每个项目的阶段、在本阶段天数、总投资和到位率", "Stage, days in it, investment and funds of each project"
        ),
        direction="none",
        query="investment.project_list",
        sources=("stage_event", "funding"),
    ),
    Metric(
        name="funds_in_place",
        label=Text("资金到位率", "Funds in place"),
        unit="percent",
        formula=Text(
            "已核实到位资金 ÷ 总投资，仅计已正式签约且未终止的项目；待核实的另列，没有到资记录的不给到位率",
            "Verified receipts ÷ total investment, signed projects not ended; those not verified stand apart, one "
            "without a receipt has no rate",
        ),
        direction="higher",
        query="investment.funds_in_place",
        sources=("funding", "stage_event"),
    ),
    Metric(
        name="parcel_clock",
        label=Text("超期未动工地块", "Land not started in time"),
        unit="day",
        formula=Text(
            "当日 − 约定动工日期，尚未动工的地块（满1年可征闲置费、满2年可收回：城市房地产管理法第26条）",
            "Day − agreed start of parcels without a start (idle fee after 1 year, recall after 2: Urban Real Estate "
            "Administration Law art. 26)",
        ),
        direction="lower",
        query="investment.parcel_clock",
        sources=("stage_event", "funding"),
    ),
)
