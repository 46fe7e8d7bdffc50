"""FIGURES of 三改一拆."""

from analytics.metrics.model import Metric
from data.datasets.targets import TARGETS
from data.text import Text

METRICS = (
    Metric(
        name="signing_rate",
        label=TARGETS["signing_rate"].label,
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
)
