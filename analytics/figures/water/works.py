"""FIGURES of 洁, the works."""

from analytics.metric import Metric
from data.text import Text

FIGURES = (
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
)
