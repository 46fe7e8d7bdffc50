"""Forecast of signing, day by day, and what such forecasts would have been of past projects."""

import datetime

from analytics.metrics.basis import SIGNING_BY_HOUSEHOLD, Basis, own
from analytics.metrics.columns import (
    DAYS_LEFT,
    HOUSEHOLDS,
    IS_TOTAL,
    NEEDED_PER_DAY,
    NOT_SIGNED,
    PACE_PER_DAY,
    PROJECT,
    SIGNED,
    of_ledger,
)
from analytics.metrics.model import LazyTransform, Metric
from data.datasets.model import choice, date, flag, integer, number
from data.derivations import difference, quotient
from data.text import Text
from data.words import FORECAST_STATES

METHOD = Text(
    "每户每天签约的可能取自签约期已过的项目在同一位置的情形：每个奖励期头尾三天按天数对齐，中间按比例对齐，"
    "奖励期数不同或没有登记的按签约期的比例对齐；按本项目至今的快慢放大或缩小，头几天快慢不可靠，往共同的水平收；"
    "各项目之间的差别和总有户不签都计入（随机效应的二项模型，Jeffreys 先验，按网格求和，不抽随机数）",
    "the chance of a household to sign on a day is that of projects past their deadline at the same point: the first "
    "and last three days of each reward period are matched by days, those between by share, and where the periods are "
    "not as many or not on record by share of the window; it is scaled to the pace of this project so far, which is "
    "drawn to the common one in the first days; that projects differ and that some households never sign is counted "
    "in (binomial model with random effects, Jeffreys prior, summed on grids without random numbers)",
)
LIKELIEST = Text(
    "区间是可能约八成的最窄一段户数，户数是整数，凑不成恰好八成，未签约超过 1000 户的按千分之一算",
    "the interval is the narrowest run of counts of about 80 %, which whole counts do not hit exactly, in "
    "thousandths where more than 1,000 are left",
)
RANDOM_EFFECTS = Basis(
    Text("Higgins, Thompson & Spiegelhalter 2009；Gelman 2006", "Higgins, Thompson & Spiegelhalter 2009; Gelman 2006"),
    Text(
        "随机效应的预测区间；项目间差别的先验是半 Cauchy 分布，未读原文",
        "prediction interval of random effects; half-Cauchy prior of the spread; not read in its own text",
    ),
)
PAST_PROJECTS = integer("past_projects", "参照项目数", "Past projects", "piece")
PAST_NEEDED = integer("past_needed", "至少需要项目数", "Past projects needed", "piece")
LOW_COUNT = integer("low", "区间下限", "Interval from", "household")
MEDIAN_COUNT = integer("median", "居中的户数", "Median", "household")
HIGH_COUNT = integer("high", "区间上限", "Interval to", "household")

SIGNING_FORECAST = Metric(
    name="signing_forecast",
    label=Text("签约预测", "Signing forecast"),
    unit="percent",
    formula=Text(
        "到签约截止日全部签完的可能、届时签约户数的居中值和 80 % 区间，以及全部签完的可能过半、过八成的日期；"
        f"已撤销的协议算未签；{METHOD.zh}；{LIKELIEST.zh}；"
        "参照项目不足 {past_projects_needed:g} 个：样本不足，只给每天需签；"
        "不足 {forecast_firm_projects:g} 个：证据较弱；"
        "截止日之后只看同样逾期而还有未签约户、此后有 {forecast_horizon_days:g} 天记录的项目，"
        "不足 {past_projects_needed:g} 个的不预测；"
        "逾期后签约的比例 = 这些项目此后 {forecast_horizon_days:g} 天内签约户 ÷ 当时未签约户",
        "The chance that all have signed by the deadline, the median and 80 % interval of the households signed then, "
        "and the days by which all have signed with a chance of one half and four fifths; withdrawn agreements count "
        f"as not signed; {METHOD.en}; {LIKELIEST.en}; "
        "with fewer than {past_projects_needed:g} past projects: too few, only the needed pace; with fewer than "
        "{forecast_firm_projects:g}: weak evidence; after the deadline only projects count that were as late with "
        "households left and are on record for {forecast_horizon_days:g} days more, and with fewer than "
        "{past_projects_needed:g} there is no forecast; signed after it = households that signed in those "
        "{forecast_horizon_days:g} days ÷ households left before them",
    ),
    direction="higher",
    basis=(
        SIGNING_BY_HOUSEHOLD,
        RANDOM_EFFECTS,
        own(
            "逻辑曲线和近期速度外推在合成试验里都不可靠；过往项目少，区间就宽",
            "logistic curves and recent throughput failed in synthetic trials; few past projects make it wide",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="demolition.signing_days",
    columns=(
        PROJECT,
        choice("outlook", "预测情况", "State of the forecast", FORECAST_STATES),
        number("probability", "按期签完的可能", "Chance of all by the deadline", "percent"),
        LOW_COUNT,
        MEDIAN_COUNT,
        HIGH_COUNT,
        SIGNED,
        HOUSEHOLDS,
        NOT_SIGNED,
        DAYS_LEFT,
        integer("days_past", "已过截止", "Past the deadline", "day"),
        date("p50_on", "可能过半在此前签完", "All signed by, one half"),
        date("p80_on", "可能过八成在此前签完", "All signed by, four fifths"),
        NEEDED_PER_DAY,
        PACE_PER_DAY,
        number("past_share", "过往项目同期签约率", "Past projects at this point", "percent"),
        PAST_PROJECTS,
        PAST_NEEDED,
        flag("is_weak", "证据较弱", "Weak evidence"),
        integer("late_projects", "同样逾期的参照项目", "Past projects as late", "piece"),
        number("late_share", "逾期后签约的比例", "Signed after it", "percent"),
        integer("horizon", "逾期后看多少天", "Days looked ahead after it", "day"),
        *of_ledger("demolition_project", "sign_end"),
    ),
    derived=(difference("households_left", "households", "signed"),),
    transform=LazyTransform("analytics.demolition.forecast_rows", "signing_forecast"),
)

FORECAST_CURVE = Metric(
    name="forecast_curve",
    label=Text("逐日预测区间", "Forecast day by day"),
    unit="household",
    formula=Text(
        "从当日到签约截止日每天的签约户数：居中值和 80 % 区间，方法同签约预测；没有预测的项目没有行",
        "Households signed on each day from the day to the deadline: median and 80 % interval, as in the signing "
        "forecast; none of projects without a forecast",
    ),
    direction="none",
    basis=(SIGNING_BY_HOUSEHOLD, RANDOM_EFFECTS),
    reviewed_on=datetime.date(2026, 11, 29),
    query="demolition.signing_days",
    columns=(
        PROJECT,
        date("on_date", "日期", "Date"),
        LOW_COUNT,
        MEDIAN_COUNT,
        HIGH_COUNT,
        number("low_rate", "下限占总户数", "Lower end of all", "percent"),
        number("median_rate", "居中占总户数", "Median of all", "percent"),
        number("high_rate", "上限占总户数", "Upper end of all", "percent"),
        HOUSEHOLDS,
    ),
    derived=(
        quotient("low_rate", "low", "households"),
        quotient("median_rate", "median", "households"),
        quotient("high_rate", "high", "households"),
    ),
    transform=LazyTransform("analytics.demolition.forecast_rows", "forecast_curve"),
)

FORECAST_BACKTEST = Metric(
    name="forecast_backtest",
    label=Text("预测回测", "Back-test of forecasts"),
    unit="percent",
    formula=Text(
        "每个签约期已过的项目，在签约期每过 {backtest_step:g} % 时，只用其余已结束项目（包括比它晚的）"
        "和它自己到那天为止的签约做一次预测，再与它到截止日的实际签约户数比；"
        "覆盖率 = 实际落在区间内的预测 ÷ 全部预测，名义上 80 %；"
        "平均误差 = 居中值与实际相差的户数占总户数的百分比，不论正负取平均；那天已全部签完的不预测；"
        "已结束项目不足 {past_projects_needed:g} + 1 个，或预测不足 {step_cases:g} 次：样本不足；方法同签约预测",
        "Of each project past its deadline, at every {backtest_step:g} % of its window, a forecast from the other past "
        "projects (later ones too) and its own signings up to that day, held against the households signed by its "
        "deadline; coverage = forecasts whose interval held it ÷ all forecasts, nominally 80 %; mean error = the "
        "difference of the median in percent of all households, without its sign, on average; none where all had "
        "signed by that day; fewer than {past_projects_needed:g} + 1 past projects, or than {step_cases:g} forecasts: "
        "too few; the method is that of the signing forecast",
    ),
    direction="none",
    basis=(
        own(
            "留一法：参照项目本来就少，若只用更早的项目，头几个项目没有可参照的",
            "leave-one-out: past projects are few, and with earlier ones alone the first would have none",
        ),
        SIGNING_BY_HOUSEHOLD,
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="demolition.signing_days",
    columns=(
        PROJECT,
        IS_TOTAL,
        integer("window_share", "签约期已过", "Of the window gone", "percent"),
        date("forecast_on", "预测日", "Forecast of"),
        integer("known", "当时已签", "Signed then", "household"),
        LOW_COUNT,
        MEDIAN_COUNT,
        HIGH_COUNT,
        integer("final", "实际签约户", "Signed by the deadline", "household"),
        HOUSEHOLDS,
        flag("is_inside", "在区间内", "Within"),
        number("error", "误差占总户数", "Error, of all households", "percent"),
        integer("forecasts", "预测次数", "Forecasts", "times"),
        integer("inside", "落在区间内次数", "Within the interval", "times"),
        number("coverage", "覆盖率", "Coverage", "percent"),
        number("mean_error", "平均误差占总户数", "Mean error, of all households", "percent"),
        PAST_PROJECTS,
        PAST_NEEDED,
    ),
    transform=LazyTransform("analytics.demolition.forecast_backtest", "forecast_backtest"),
)
