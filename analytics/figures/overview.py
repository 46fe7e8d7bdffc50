"""FIGURES of 总览."""

from analytics.metric import Metric
from data.text import Text

FIGURES = (
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
