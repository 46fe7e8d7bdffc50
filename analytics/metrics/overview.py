"""FIGURES of 总览."""

from analytics.metrics.model import LazyTransform, Metric
from data.datasets.targets import TARGET_SHARES
from data.text import Text

METRICS = (
    Metric(
        name="target_progress",
        label=Text("目标完成情况", "Progress to targets"),
        unit="percent",
        formula=Text(
            "完成率 = 实际 ÷ 目标；时间进度 = 已过天数 ÷ 期限总天数，不是工程的计划曲线；"
            "巡河、销号、负荷、出水达标、修复的目标是一直"
            "要保持的水平，时间进度为 100 %；实际按各指标自己的口径，问题销号率取目标起始月以来发现的问题；"
            "差距为个百分点，先算后舍入",
            "Rate = actual ÷ target; time elapsed = days gone ÷ days of the period, not the plan curve of works; "
            "patrols, issues, load, effluent "
            "and leaks are levels to be kept on every day, all of it due; the actual is the metric's own, of issues "
            "those found since the month in which the target began; the gap is taken before rounding",
        ),
        direction="higher",
        query="overview.target_progress",
        sources=(
            "work_progress",
            "source",
            "patrol",
            "issue_event",
            "plant_daily",
            "plant_sample",
            "saving_activity",
            "facility_check",
            "stage_event",
            "funding",
            "agreement",
        ),
        transform=LazyTransform("analytics.targets", "target_progress"),
        depends_on=tuple(target.name for target in TARGET_SHARES),
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
