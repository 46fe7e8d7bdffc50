"""FIGURES of 洁, the works."""

from analytics.metrics.model import LazyTransform, Metric
from data.text import Text

CONSTRUCTION_FORECAST = "analytics.water.construction_forecast"

COMBINED_WORKS = "analytics.water.combined_works"
_COMBINED_FORMULA = Text(
    "一条河或全部河道的工程，同一计量单位的合在一起：Σ 累计完成量、Σ 计划量；每月取当月最后一次上报那天，各项工程按自己"
    "最近一次上报，从未上报的按没有开工；完工预测用合计的速度，方法同单项工程。资金（万元）不分单位，"
    "只合计预算和支出都有的工程，计划支出按工程量计划的比例，不作预测",
    "The works of a river, or of all, in one unit: Σ done and Σ planned, on the last day of report in each month, each "
    "work as it last reported, one that never did as not begun; the finish by the pace of the sum, as for one work. "
    "Money goes across units, of the works with a budget and a cost, due as their quantity is; without a forecast",
)

METRICS = (
    Metric(
        name="dredging_progress",
        label=Text("清淤完成率", "Dredging progress"),
        unit="percent",
        formula=Text(
            "Σ累计完成量 ÷ Σ计划工程量（清淤工程，按河道和计量单位合计，不取百分数平均；都没上报的不给完成率）；"
            "序时进度按计划节点之间直线内插；SPI = Σ完成 ÷ Σ应完成；资金执行率 = Σ支出 ÷ Σ预算，只计两个数都有的工程，"
            "并与同一些工程的工程量完成率比",
            "Σ done ÷ Σ planned quantity of the dredging works of a river, by unit; the plan runs straight between its "
            "dates; SPI = Σ done ÷ Σ due by now; money = Σ cost ÷ Σ budget of the works with both, beside the quantity "
            "of the same works",
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
            "累计完成量 ÷ 计划工程量；与序时差 = 完成率 − 序时进度（个百分点）；SPI = 完成 ÷ 应完成；从未上报的工程不"
            "给完成率；资金执行率 = 支出 ÷ 预算，高出工程量完成率 {money_ahead:g} "
            "个百分点及以上的提示核对（本系统预设）",
            "Done ÷ planned quantity; gap = rate − plan to date (pp); SPI = done ÷ due by now; a work never reported "
            "has no rate; money = cost ÷ budget, marked where it is {money_ahead:g} pp or more ahead of the quantity "
            "(a preset)",
        ),
        direction="higher",
        query="water.works_progress",
        sources=("work_progress",),
    ),
    Metric(
        name="work_curve",
        label=Text("工程进度曲线", "S-curve of works"),
        unit="",
        formula=Text(
            "每项工程在计划节点日和上报日的累计计划量与累计完成量；计划在节点之间直线内插",
            "Cumulative plan and cumulative done of each work on the dates of its plan and of its reports; the plan "
            "runs straight between its dates",
        ),
        direction="none",
        query="water.work_curve",
        sources=("work_progress",),
        transform=LazyTransform(CONSTRUCTION_FORECAST, "work_curve"),
    ),
    Metric(
        name="river_works_curve",
        label=Text("工程合并进度曲线", "S-curve of works together"),
        unit="",
        formula=_COMBINED_FORMULA,
        direction="none",
        query="water.work_curve",
        sources=("work_progress",),
        transform=LazyTransform(COMBINED_WORKS, "river_works_curve"),
    ),
    Metric(
        name="river_works_forecast",
        label=Text("工程合并进度和完工预测", "Works together and their finish"),
        unit="percent",
        formula=_COMBINED_FORMULA,
        direction="none",
        query="water.work_curve",
        sources=("work_progress",),
        transform=LazyTransform(COMBINED_WORKS, "river_works_forecast"),
    ),
    Metric(
        name="work_forecast",
        label=Text("完工预测", "Forecast of the finish"),
        unit="",
        formula=Text(
            "剩余工程量 ÷ 最近 {forecast_intervals:g} 次上报间隔合起来的速度；最早、最晚取最近 {forecast_window:g} "
            "次间隔中最快、最慢一次的速度，说明近来快慢，不是置信区间；不足 {forecast_intervals:g} 次间隔为样本不足；"
            "速度为 0 或超过 {forecast_years:g} 年才能完成的写明无法完成；已完成的给首次报满的日期；"
            "预测日不早于数据截至日",
            "What is left ÷ the pace over the last {forecast_intervals:g} intervals between reports; earliest and "
            "latest by the fastest and the slowest of the last {forecast_window:g}: how fast it went of late, no "
            "interval of confidence; fewer than {forecast_intervals:g} intervals are too few; no progress, or more "
            "than {forecast_years:g} years, is said so; a finished work has the day on which it was first reported "
            "full; never earlier than the day of the data",
        ),
        direction="none",
        query="water.work_forecast",
        sources=("work_progress",),
        transform=LazyTransform(CONSTRUCTION_FORECAST, "work_forecast"),
    ),
)
