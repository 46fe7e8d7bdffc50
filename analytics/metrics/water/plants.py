"""FIGURES of 洁, the micro sewage plants."""

from analytics.metrics.model import LazyTransform, Metric
from data.text import Text

PLANT_TRANSFORMS = "analytics.water.plants"


def _formula_over_period(zh: str, en: str) -> Text:
    """Return a formula that ends with the period of the plants."""
    return Text(
        f"{zh}截至日前 {{plant_months:g}} 个月，其间才投运的自投运日起",
        f"{en} The {{plant_months:g}} months up to the day, or since the plant began in them",
    )


METRICS = (
    Metric(
        name="plant_load",
        label=Text("水力负荷率", "Hydraulic load"),
        unit="percent",
        formula=_formula_over_period(
            "有进水各天的平均日进水量 ÷ 设计能力；低于 {plant_load_low:g} % 提示偏低，"
            "高于 {plant_load_high:g} % 提示超负荷（本系统预设，可配置，不是法规）；没有进水的天不计入，看运行率。",
            "Mean inflow of the days with an inflow ÷ capacity; below {plant_load_low:g} % low, above "
            "{plant_load_high:g} % overloaded (presets of this house, to be set in water_rule.csv, no law); days "
            "without an inflow count in the run rate.",
        ),
        direction="none",
        query="water.plant_load",
        sources=("plant_daily",),
    ),
    Metric(
        name="plant_run",
        label=Text("运行率", "Run rate"),
        unit="percent",
        formula=_formula_over_period(
            "运行天数 ÷ 上报天数；状态为“正常”且运行时数、进水量都不是 0 的一天算运行；没有上报的天另计，不算运行也不"
            "算停运；最后一个上报日没有运行的为停着，从最后一个运行日的次日算起；最近上报距截至日超过 {plant_silent:g} "
            "天的，不说它在运行。",
            "Days worked ÷ days reported; a day worked when it was normal with hours and inflow not 0; days not "
            "reported are counted apart; a plant that did not work on its last reported day stands still since the "
            "day after the last one on which it did; one silent for more than {plant_silent:g} days is not "
            "said to run.",
        ),
        direction="higher",
        query="water.plant_run",
        sources=("plant_daily",),
    ),
    Metric(
        name="plant_pass_rate",
        label=Text("出水达标率", "Effluent pass rate"),
        unit="percent",
        formula=_formula_over_period(
            "全部所测项目达到该微型污水处理厂执行标准的出水样品 ÷ 可判定的出水样品；"
            "氨氮水温不高于 {cold_water:g} ℃ 用括号内限值，没有水温且介于两个限值之间的无法判定；"
            "未检出且检出限不高于限值的算达标；没有登记标准、标准没有限值（DB33/973-2021）的无法判定，不进分母；"
            "DB33/973-2015 的限值未核对原文；少于 {plant_samples:g} 个样品不排名。",
            "Effluent samples that keep to all measured limits of the plant's standard ÷ samples that could be "
            "judged; ammonia has its limit in brackets at {cold_water:g} ℃ and below, between the two limits without a "
            "temperature it cannot be judged; a non-detect up to the limit passes; samples without a standard or "
            "limits (DB33/973-2021) are left out; the limits of DB33/973-2015 were not checked against its text; no "
            "rank below {plant_samples:g} samples.",
        ),
        direction="higher",
        query="water.effluent",
        sources=("plant_sample",),
        transform=LazyTransform(PLANT_TRANSFORMS, "plant_pass_rate"),
    ),
    Metric(
        name="effluent_samples",
        label=Text("出水样品判定", "Samples of effluent"),
        unit="",
        formula=_formula_over_period(
            "每个出水样品按该微型污水处理厂执行标准判定，不达标的在前。",
            "Each sample of effluent judged by the plant's standard, failed ones first.",
        ),
        direction="none",
        query="water.effluent",
        sources=("plant_sample",),
        transform=LazyTransform(PLANT_TRANSFORMS, "effluent_samples"),
    ),
    Metric(
        name="plant_removal",
        label=Text("去除率和削减量", "Removal"),
        unit="kg",
        formula=_formula_over_period(
            "去除率 = 1 − 出水均值 ÷ 进水均值（同一天的进、出水成对样品，未检出按检出限的一半）；削减量 = Σ 各月进水量"
            " × 当月成对样品的平均浓度差 ÷ 1000（未检出按 0）；当月没有成对样品的进水量不计削减，另列。",
            "Removal = 1 − mean effluent ÷ mean inflow (samples of one day in pairs, half the limit for non-detects); "
            "kg = Σ inflow of a month × mean difference of its pairs ÷ 1000 (non-detects 0); months without a pair "
            "count nothing and are told.",
        ),
        direction="higher",
        query="water.plant_removal",
        sources=("plant_sample", "plant_daily"),
    ),
    Metric(
        name="plant_energy",
        label=Text("单位电耗", "Electricity for each m³"),
        unit="kWh/m3",
        formula=_formula_over_period(
            "Σ用电量 ÷ Σ进水量，只计有进水且有电量的天；没有进水的天用的电另列。",
            "Σ electricity ÷ Σ inflow of the days that have both; electricity of days without an inflow is apart.",
        ),
        direction="lower",
        query="water.plant_energy",
        sources=("plant_daily",),
    ),
    Metric(
        name="plant_connection",
        label=Text("微型污水处理厂接户率", "Households connected to plants"),
        unit="percent",
        formula=Text("已接户数 ÷ 应接户数", "Households connected ÷ households to connect"),
        direction="higher",
        query="water.plant_connection",
        sources=("plant",),
    ),
)
