"""FIGURES of 截."""

from analytics.metric import Metric
from data.text import Text

FIGURES = (
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
)
