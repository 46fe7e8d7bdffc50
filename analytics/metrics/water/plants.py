"""Metrics of 洁, the micro sewage plants."""

import datetime

from analytics.metrics.basis import CENSORED_LOADS, CENSORED_MEANS, DISCHARGE, RURAL_DISCHARGE, own
from analytics.metrics.columns import (
    DAY,
    FAILING,
    PERIOD,
    PLANT,
    RATE,
    REPORTED_ON,
    UNJUDGED_SAMPLES,
    VILLAGE,
    of_ledger,
    with_words,
)
from analytics.metrics.model import LazyTransform, Listing, Metric
from data import words
from data.datasets.model import choice, date, flag, integer, number
from data.datasets.targets import TARGETS
from data.datasets.water.choices import PLANT_ITEMS
from data.derivations import quotient
from data.text import Text

PLANT_MODULE = "analytics.water.plants"


def _formula_over_period(zh: str, en: str) -> Text:
    """Return a formula that ends with the period of the plants."""
    return Text(
        f"{zh}截至日前 {{plant_months:g}} 个月，其间才投运的自投运日起",
        f"{en} The {{plant_months:g}} months up to the day, or since the plant began in them",
    )


PLANT_LOAD = Metric(
    name="plant_load",
    label=TARGETS["plant_load"].label,
    unit="percent",
    formula=_formula_over_period(
        "有进水各天的平均日进水量 ÷ 设计能力；低于 {plant_load_low:g} % 提示偏低，"
        "高于 {plant_load_high:g} % 提示超负荷（本系统预设，可配置，不是法规）；没有进水的天不计入，看运行率。",
        "Mean inflow of the days with an inflow ÷ capacity; below {plant_load_low:g} % low, above "
        "{plant_load_high:g} % overloaded (presets of this house, to be set in water_rule.csv, no law); days "
        "without an inflow count in the run rate.",
    ),
    direction="none",
    basis=(
        own(
            "没有找到农村设施负荷率的法定数；40 %、120 % 为预设",
            "no lawful number for rural plants was found; 40 % and 120 % are presets",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.plant_load",
    columns=(
        PLANT,
        VILLAGE,
        number("inflow_mean", "平均日进水量", "Mean daily inflow", "m3/d"),
        *of_ledger("plant", "capacity"),
        number("load_rate", "水力负荷率", "Hydraulic load", "percent"),
        choice("load_level", "负荷", "Load", words.LOAD_LEVELS),
        integer("inflow_days", "有进水天数", "Days with inflow", "day"),
        *of_ledger("plant_daily", "inflow"),
        number("capacity_days", "可处理水量", "Could have treated", "m3"),
        *PERIOD,
    ),
    derived=(quotient("load_rate", "inflow", "capacity_days"),),
)

PLANT_RUN = Metric(
    name="plant_run",
    label=Text("运行率", "Run rate"),
    unit="percent",
    formula=_formula_over_period(
        "运行天数 ÷ 上报天数；状态为“正常”且运行时数、进水量都不是 0 的一天算运行；没有上报的天另计，不算运行也不"
        "算停运；最后一个上报日没有运行的为停着，从最后一个运行日之后的第一个上报日算起；"
        "最近上报距截至日超过 {plant_silent:g} 天的，不说它在运行。",
        "Days worked ÷ days reported; a day worked when it was normal with hours and inflow not 0; days not "
        "reported are counted apart; a plant that did not work on its last reported day stands still since the "
        "first day reported after the last one on which it did; one silent for more than {plant_silent:g} days is not "
        "said to run.",
    ),
    direction="higher",
    basis=(own("没有找到可依据的成文规定", "no written rule was found"),),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.plant_run",
    columns=(
        PLANT,
        VILLAGE,
        with_words("plant_daily", "run_state", words.NO_DATA),
        date("idle_since", "停着自", "Standing still since"),
        integer("idle_days", "已停", "Standing still", "day"),
        *of_ledger("plant_daily", "note"),
        REPORTED_ON,
        flag("is_silent", "近来没有上报", "Silent of late"),
        integer("days_worked", "运行天数", "Days worked", "day"),
        integer("days_reported", "上报天数", "Days reported", "day"),
        number("run_rate", "运行率", "Run rate", "percent"),
        integer("days_stopped", "停运天数", "Days stopped", "day"),
        integer("days_repair", "检修天数", "Days under repair", "day"),
        integer("days_broken", "故障天数", "Days broken down", "day"),
        integer("days_unreported", "未上报天数", "Days not reported", "day"),
        *PERIOD,
    ),
    derived=(quotient("run_rate", "days_worked", "days_reported"),),
)

PLANT_PASS_RATE = Metric(
    name="plant_pass_rate",
    label=TARGETS["plant_pass_rate"].label,
    unit="percent",
    formula=_formula_over_period(
        "全部所测项目达到该微型污水处理厂执行标准的出水样品 ÷ 可判定的出水样品；"
        "氨氮水温不高于 {cold_water:g} ℃ 用括号内限值，没有水温且介于两个限值之间的无法判定；"
        "未检出且检出限不高于限值的算达标，大于某值而该值不低于限值的算不达标；没有登记标准、标准没有限值（DB33/973-2021）的无法判定，不进分母；"
        "DB33/973-2015 的限值未核对原文；少于 {plant_samples:g} 个样品不排名。",
        "Effluent samples that keep to all measured limits of the plant's standard ÷ samples that could be "
        "judged; ammonia has its limit in brackets at {cold_water:g} ℃ and below, between the two limits without a "
        "temperature it cannot be judged; a non-detect up to the limit passes; samples without a standard or "
        "limits (DB33/973-2021) are left out; the limits of DB33/973-2015 were not checked against its text; no "
        "rank below {plant_samples:g} samples.",
    ),
    direction="higher",
    basis=(DISCHARGE, RURAL_DISCHARGE, own("少于 5 个样品不排名", "fewer than five samples are not ranked")),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.effluent",
    columns=(
        PLANT,
        VILLAGE,
        *of_ledger("plant", "discharge_standard"),
        flag("limits_verified", "限值已核对", "Limits checked"),
        integer("passed", "达标样品", "Samples passed", "piece"),
        integer("judged", "可判定样品", "Samples judged", "piece"),
        number("pass_rate", "出水达标率", "Effluent pass rate", "percent"),
        choice("ranking", "排名", "Ranking", words.RANKINGS),
        FAILING,
        UNJUDGED_SAMPLES,
        *PERIOD,
    ),
    derived=(quotient("pass_rate", "passed", "judged"),),
    transform=LazyTransform(PLANT_MODULE, "plant_pass_rate"),
)

EFFLUENT_SAMPLES = Metric(
    name="effluent_samples",
    label=Text("出水样品判定", "Samples of effluent"),
    unit="",
    formula=_formula_over_period(
        "每个出水样品按该微型污水处理厂执行标准判定，不达标的在前。",
        "Each sample of effluent judged by the plant's standard, failed ones first.",
    ),
    direction="none",
    basis=(DISCHARGE, RURAL_DISCHARGE),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.effluent",
    columns=(
        PLANT,
        *of_ledger("plant_sample", "sampled_at"),
        choice("verdict", "判定", "Verdict", words.VERDICTS),
        FAILING,
        choice("not_judged", "没能判定的项目", "Items left open", PLANT_ITEMS),
        integer("judged_items", "有限值的项目数", "Items with a limit", "piece"),
        *of_ledger("plant", "discharge_standard"),
    ),
    transform=LazyTransform(PLANT_MODULE, "effluent_samples"),
)

PLANT_REMOVAL = Metric(
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
    basis=(CENSORED_MEANS, CENSORED_LOADS, own("没有成对样品的月份不推算", "months without a pair are not estimated")),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.plant_removal",
    columns=(
        PLANT,
        VILLAGE,
        *of_ledger("plant_sample", "parameter"),
        number("removal_rate", "去除率", "Removal rate", "percent"),
        number("removed", "削减量", "Removed", "kg"),
        number("inflow_mg", "进水均值", "Mean of inflow", "mg/L"),
        number("effluent_mg", "出水均值", "Mean of effluent", "mg/L"),
        integer("pairs", "成对样品", "Pairs of samples", "piece"),
        number("inflow_paired", "计入削减的进水量", "Inflow with a pair", "m3"),
        *of_ledger("plant_daily", "inflow"),
        *PERIOD,
    ),
)

PLANT_ENERGY = Metric(
    name="plant_energy",
    label=Text("单位电耗", "Electricity for each m³"),
    unit="kWh/m3",
    formula=_formula_over_period(
        "Σ用电量 ÷ Σ进水量，只计有进水且有电量的天；没有进水或没填进水量的天用的电另列。",
        "Σ electricity ÷ Σ inflow of the days that have both; electricity of days without an inflow, or with none "
        "on record, is apart.",
    ),
    direction="lower",
    basis=(own("没有找到可依据的成文规定", "no written rule was found"),),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.plant_energy",
    columns=(
        PLANT,
        VILLAGE,
        number("energy", "单位电耗", "Electricity for each m³", "kWh/m3"),
        *of_ledger("plant_daily", "power", "inflow"),
        integer("energy_days", "计电天数", "Days counted", "day"),
        number("idle_power", "无进水时用电", "Electricity without inflow", "kWh"),
        *PERIOD,
    ),
    derived=(quotient("energy", "power", "inflow"),),
)

PLANT_CONNECTION = Metric(
    name="plant_connection",
    label=Text("微型污水处理厂接户率", "Households connected to plants"),
    unit="percent",
    formula=Text("已接户数 ÷ 应接户数", "Households connected ÷ households to connect"),
    direction="higher",
    basis=(own("以台账登记的户数为准", "by the households of the ledger"),),
    reviewed_on=datetime.date(2026, 11, 28),
    query="water.plant_connection",
    columns=(
        PLANT,
        VILLAGE,
        *of_ledger("plant", "capacity", "households_connected", "households_design"),
        RATE,
        *of_ledger("plant", "is_running", "commissioned_on"),
    ),
    derived=(quotient("rate", "households_connected", "households_design"),),
)

PLANT_DAYS = Listing(
    name="plant_days",
    label=Text("逐日运行", "Days of a plant"),
    query="water.plant_days",
    columns=(
        DAY,
        *of_ledger("plant_daily", "run_state", "inflow", "run_hours", "power", "note"),
        *of_ledger("plant", "capacity"),
        *PERIOD,
    ),
)
