"""The four steps of the method together: the indicators of each in one table."""

import datetime

from analytics.metrics.basis import own
from analytics.metrics.columns import INDICATOR_COLUMNS
from analytics.metrics.demolition.clearance_indicators import CLEARANCE_INDICATORS
from analytics.metrics.demolition.legal import PLAN_INDICATORS
from analytics.metrics.demolition.persuasion_indicators import PERSUASION_INDICATORS
from analytics.metrics.demolition.publicity import PUBLICITY_INDICATORS
from analytics.metrics.model import LazyTransform, Metric
from data.text import Text

# in the order of the steps
STEP_METRICS = (PLAN_INDICATORS, PUBLICITY_INDICATORS, PERSUASION_INDICATORS, CLEARANCE_INDICATORS)

FOUR_STEPS = Metric(
    name="four_steps",
    label=Text("四步棋", "Four steps"),
    unit="",
    formula=Text(
        "谋、宣、疏、拆四步的指标放在一起，各按自己的指标定义计算，不另算",
        "The indicators of 谋, 宣, 疏 and 拆 in one table, each as its own metric defines it; nothing is new",
    ),
    direction="none",
    basis=(
        own(
            "“四步棋”是街道的工作法；每步的指标和限值由本系统定",
            "the method is the subdistrict's; indicators and limits are this house's",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="demolition.four_steps",
    columns=INDICATOR_COLUMNS,
    transform=LazyTransform("analytics.demolition.four_steps", "four_steps"),
    depends_on=STEP_METRICS,
)
