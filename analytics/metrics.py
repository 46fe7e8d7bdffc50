"""METRICS: the one list of figures, and `compute`, which works one out as of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import pandas as pd
from duckdb import DuckDBPyConnection as Connection

from analytics import queries
from data.datasets import DATASETS
from data.errors import NotADate, UnknownFilter, UnknownMetric
from data.fields import STREAMS
from data.schema import quoted
from data.text import Text

Direction = Literal["higher", "lower", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One figure: what it is called, how it is worked out, and from which ledgers (`sources`)."""

    name: str
    label: Text
    unit: str
    formula: Text
    direction: Direction
    query: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of a metric and the day as of which they hold; None where there are no data at all."""

    metric: Metric
    as_of: date | None
    rows: pd.DataFrame


_GB3838 = Text(
    "按 GB 3838-2002 表1 单因子评价：参评项目中最差的类别；水温、总氮、粪大肠菌群不参评（环办〔2011〕22号）",
    "Worst class among the items present, GB 3838-2002 table 1; temperature, TN and coliforms take no part "
    "(环办〔2011〕22号)",
)

_LIST: tuple[Metric, ...] = (
    Metric(
        name="section_class",
        label=Text("断面月度水质类别", "Monthly class of sections"),
        unit="",
        formula=Text(
            "{rule}；各项目先取当月均值（pH 经氢离子浓度平均）再定类，并注明参评项目数（n/21）",
            "{rule}; each item's monthly mean (pH through H⁺) is classed; the number of items (n/21) is stated",
        ).fill(rule=_GB3838),
        direction="lower",
        query="water.section_class",
        sources=("reading",),
    ),
    Metric(
        name="sample_class",
        label=Text("样品水质类别", "Class of samples"),
        unit="",
        formula=_GB3838,
        direction="lower",
        query="water.sample_class",
        sources=("reading",),
    ),
    Metric(
        name="dredging_progress",
        label=Text("清淤完成率", "Dredging progress"),
        unit="percent",
        formula=Text(
            "Σ累计完成量 ÷ Σ计划工程量（清淤工程，按河道合计，不取百分数平均；都没上报的不给完成率）；"
            "序时进度按计划节点之间直线内插",
            "Σ done ÷ Σ planned quantity of the dredging works of a river; the plan runs straight between its dates",
        ),
        direction="higher",
        query="water.dredging_progress",
        sources=("work_progress",),
    ),
    Metric(
        name="works_progress",
        label=Text("工程进度", "Progress of works"),
        unit="percent",
        formula=Text(
            "累计完成量 ÷ 计划工程量；与序时差 = 完成率 − 序时进度（个百分点）；从未上报的工程不给完成率",
            "Done ÷ planned quantity; gap = rate − plan to date (pp); a work never reported has no rate",
        ),
        direction="higher",
        query="water.works_progress",
        sources=("work_progress",),
    ),
    Metric(
        name="source_closure",
        label=Text("污染源整治完成率", "Pollution source closure"),
        unit="percent",
        formula=Text(
            "截至当日已整治 ÷ 截至当日已登记；反弹的退回未整治",
            "Sources closed by the day ÷ sources found by the day; a relapsed one counts as open",
        ),
        direction="higher",
        query="water.source_closure",
        sources=("source",),
    ),
    Metric(
        name="plant_connection",
        label=Text("污水处理厂接户率", "Households connected to plants"),
        unit="percent",
        formula=Text("已接户数 ÷ 应接户数", "Households connected ÷ households to connect"),
        direction="higher",
        query="water.plant_connection",
        sources=("plant",),
    ),
    Metric(
        name="saving_activities",
        label=Text("节水活动", "Water-saving activities"),
        unit="",
        formula=Text("按类型统计次数、人数和长流水", "Times, people and running taps by kind"),
        direction="none",
        query="water.saving_activities",
        sources=("saving_activity",),
    ),
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
    Metric(
        name="signing_rate",
        label=Text("签约率", "Signing rate"),
        unit="percent",
        formula=Text(
            "已签约户 ÷ 总户数（登记总户数与户名册户数取大），按户计算；序时进度 = 已过签约天数 ÷ 签约总天数",
            "Households signed ÷ all households (the greater of declared and registered); plan to date = days gone ÷ "
            "days of the signing period",
        ),
        direction="higher",
        query="demolition.signing_rate",
        sources=("agreement", "status_event"),
    ),
    Metric(
        name="signing_curve",
        label=Text("签约曲线", "Signing curve"),
        unit="percent",
        formula=Text("每个签约日的累计签约户 ÷ 总户数", "Running count of households signed ÷ all households, by day"),
        direction="higher",
        query="demolition.signing_curve",
        sources=("agreement", "status_event"),
    ),
    Metric(
        name="households_left",
        label=Text("剩余户数", "Households left"),
        unit="household",
        formula=Text(
            "总户数 − 已签约户；每天需签 = 剩余户数 ÷ 剩余天数",
            "All households − signed; needed a day = households left ÷ days left",
        ),
        direction="lower",
        query="demolition.households_left",
        sources=("agreement", "status_event"),
    ),
    Metric(
        name="status_chain",
        label=Text("户状态链", "Household status chain"),
        unit="household",
        formula=Text(
            "到过该步或更后一步的户数 ÷ 总户数（不以已签约户为分母）",
            "Households at this step or a later one ÷ all households (not ÷ those signed)",
        ),
        direction="higher",
        query="demolition.status_chain",
        sources=("agreement", "status_event"),
    ),
    Metric(
        name="compensation_mix",
        label=Text("补偿方式构成", "Compensation mix"),
        unit="household",
        formula=Text("按补偿方式和房源统计已签约户", "Signed households by way of compensation and estate"),
        direction="none",
        query="demolition.compensation_mix",
        sources=("agreement", "status_event"),
    ),
    Metric(
        name="target_progress",
        label=Text("目标完成情况", "Progress to targets"),
        unit="percent",
        formula=Text(
            "完成率 = 实际 ÷ 目标；序时进度 = 已过天数 ÷ 期限总天数；差距为个百分点，先算后舍入",
            "Rate = actual ÷ target; plan to date = days gone ÷ days of the period; the gap is taken before rounding",
        ),
        direction="higher",
        query="overview.target_progress",
        sources=("work_progress", "source", "stage_event", "funding", "agreement"),
    ),
    Metric(
        name="behind",
        label=Text("落后事项", "Behind plan"),
        unit="point",
        formula=Text(
            "完成率低于序时进度且尚未完成的工程和签约，差距最大的在前",
            "Works and signings whose rate is below the plan to date, the widest gap first",
        ),
        direction="none",
        query="overview.behind",
        sources=("work_progress", "agreement"),
    ),
)

METRICS: dict[str, Metric] = {m.name: m for m in _LIST}


def metric(name: str) -> Metric:
    """Return the metric of that name; raises UnknownMetric."""
    if name not in METRICS:
        raise UnknownMetric(name=name, known=", ".join(METRICS))
    return METRICS[name]


def stream(metric: Metric) -> Text:
    """Return the line of work that a metric belongs to."""
    return STREAMS.get(metric.query.split(".")[0], Text("总览", "Overview"))


def newest(con: Connection, sources: tuple[str, ...]) -> date | None:
    """Return the newest date in some ledgers, or None if they are empty."""
    dated = [(d, c) for d in sources for c in DATASETS[d].dated_by]
    each = " UNION ALL ".join(f"SELECT CAST(max({quoted(c)}) AS DATE) AS day FROM {quoted(d)}" for d, c in dated)
    found = con.execute(f"SELECT max(day) FROM ({each}) AS days").fetchall()[0][0]
    return found if isinstance(found, date) else None


def day(written: str) -> date:
    """Return the day that was written as 2014-06-30; raises NotADate."""
    try:
        return datetime.strptime(written.strip(), "%Y-%m-%d").date()
    except ValueError as error:
        raise NotADate(value=written) from error


def _chosen(rows: pd.DataFrame, metric: Metric, filters: dict[str, str]) -> pd.DataFrame:
    for column, wanted in filters.items():
        if column not in rows:
            raise UnknownFilter(metric=metric.name, name=column, known=", ".join(rows.columns))
        rows = rows[rows[column].astype(str) == wanted]
    return rows.reset_index(drop=True)


def compute(con: Connection, name: str, as_of: date | None = None, /, **filters: str) -> Result:
    """Work a metric out as of a day; filters keep rows whose column says so.

    The day is by default the newest in the metric's ledgers, or in any where those are empty.

    Raises UnknownMetric, UnknownFilter.
    """
    chosen = metric(name)
    as_of = as_of or newest(con, chosen.sources) or newest(con, tuple(DATASETS))
    rows = queries.run(con, chosen.query, as_of=as_of)
    return Result(chosen, as_of, _chosen(rows, chosen, filters))
