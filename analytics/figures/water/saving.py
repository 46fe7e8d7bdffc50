"""FIGURES of 节."""

from analytics.metric import Metric
from data.text import Text

FIGURES = (
    Metric(
        name="saving_activities",
        label=Text("节水活动", "Water-saving activities"),
        unit="",
        formula=Text("按类型统计次数、人数和长流水", "Times, people and running taps by kind"),
        direction="none",
        query="water.saving_activities",
        sources=("saving_activity",),
    ),
)
