"""Metrics of 三改一拆."""

import datetime

from analytics.metrics.basis import EXPROPRIATION, SIGNING_BY_HOUSEHOLD, own
from analytics.metrics.columns import (
    DAYS_LEFT,
    GAP,
    HOUSEHOLDS,
    IS_OVERDUE,
    NEEDED_PER_DAY,
    NOT_SIGNED,
    PACE_PER_DAY,
    PLANNED_RATE,
    PROJECT,
    RATE,
    SIGNED,
    of_ledger,
)
from analytics.metrics.model import Metric
from analytics.small_cells import SmallCells
from data.datasets.model import date, flag, integer
from data.datasets.targets import TARGETS
from data.derivations import difference, quotient
from data.text import Text

AGREEMENT_ONLY = integer("agreement_only", "有协议而状态未到签约", "Agreement, but no status of it", "household")
STATUS_ONLY = integer("status_only", "状态已签约而没有协议", "Status signed, but no agreement", "household")

SIGNING_RATE = Metric(
    name="signing_rate",
    label=TARGETS["signing_rate"].label,
    unit="percent",
    formula=Text(
        "已签约户（当日有有效的补偿协议：已签、未撤销）÷ 总户数（登记总户数与户名册户数取大），按户计算；"
        "户状态台账与协议不一致的户另列，不改变签约数；序时进度 = 已过签约天数 ÷ 签约总天数，签约期只有一天的为 100 %；"
        "与序时差 = 签约率 − 序时进度；逾期 = 签约截止日已过而还有未签约户；"
        "近7天速度签不完 = 近7天每天签 × 剩余天数 < 未签约户；"
        "今年在签 = 还有未签约户，或截止、最后签约在今年，年度目标只合计这些；"
        "次序：逾期久的、落后序时或签不完的、截止近的、已签完的",
        "Households signed (with an agreement in force on the day: signed and not withdrawn) ÷ all households (the "
        "greater of declared and registered); those whose status says otherwise are told and change nothing; plan to "
        "date = days gone ÷ days of the signing period, all of it where that is one day; gap = rate − plan to date; "
        "overdue = past the deadline with households left; too slow = 7-day pace × days left < households left; "
        "signing this year = households left, or the deadline or last signing in the year: the yearly target is of "
        "these; in the order of the longest overdue, those behind their plan or too slow, the nearest deadline, those "
        "complete",
    ),
    direction="higher",
    basis=(
        SIGNING_BY_HOUSEHOLD,
        own(
            "总户数取登记数与户名册的大数，免得超过 100 %；序时按签约期天数直线",
            "the greater of declared and registered households, so that no rate passes 100 %; the plan is a straight "
            "line over the period",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="demolition.signing_rate",
    columns=(
        PROJECT,
        SIGNED,
        HOUSEHOLDS,
        RATE,
        PLANNED_RATE,
        GAP,
        NOT_SIGNED,
        AGREEMENT_ONLY,
        STATUS_ONLY,
        *of_ledger("demolition_project", "sign_start", "sign_end"),
        DAYS_LEFT,
        IS_OVERDUE,
        flag("is_too_slow", "按近7天速度签不完", "Too slow at the 7-day pace"),
        flag("is_this_year", "今年在签", "Signing this year"),
        *of_ledger("agreement", "signed_on"),
        *of_ledger("demolition_project", "note", "kind", "level", "owner"),
    ),
    derived=(
        quotient("rate", "signed", "households"),
        difference("gap", "rate", "planned_rate"),
        difference("households_left", "households", "signed"),
    ),
)

SIGNING_CURVE = Metric(
    name="signing_curve",
    label=Text("签约曲线", "Signing curve"),
    unit="percent",
    formula=Text(
        "每个签约日、撤销日的累计有效协议户 ÷ 总户数，撤销的当天减去；另有签约开始日和当日两点，签完的到签约截止日为止",
        "Running count of agreements in force ÷ all households on each day of signing or withdrawal, on the first "
        "day of the period, and on the day itself, or where all have signed on the last day of the period at most",
    ),
    direction="higher",
    basis=(SIGNING_BY_HOUSEHOLD,),
    reviewed_on=datetime.date(2026, 11, 29),
    query="demolition.signing_curve",
    columns=(PROJECT, date("on_date", "日期", "Date"), SIGNED, HOUSEHOLDS, NOT_SIGNED, RATE),
    derived=(
        quotient("rate", "signed", "households"),
        difference("households_left", "households", "signed"),
    ),
)

HOUSEHOLDS_LEFT = Metric(
    name="households_left",
    label=Text("剩余户数", "Households left"),
    unit="household",
    formula=Text(
        "总户数 − 已签约户；每天需签 = 剩余户数 ÷ 剩余天数，截止日起不给；"
        "近7天每天签 = 截至当日 7 天的签约户 ÷ 7，开始不满 7 天的 ÷ 已过天数",
        "All households − signed; needed a day = households left ÷ days left, none from the deadline on; 7-day pace = "
        "signed in the seven days up to the day ÷ 7, or ÷ the days since the start if fewer",
    ),
    direction="lower",
    basis=(
        SIGNING_BY_HOUSEHOLD,
        own("每天需签为剩余户数均摊到剩余天数，不是预测", "households left spread over the days left, no forecast"),
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="demolition.households_left",
    columns=(
        PROJECT,
        NOT_SIGNED,
        HOUSEHOLDS,
        SIGNED,
        DAYS_LEFT,
        NEEDED_PER_DAY,
        PACE_PER_DAY,
        *of_ledger("demolition_project", "sign_end", "owner"),
    ),
    derived=(
        difference("households_left", "households", "signed"),
        quotient("needed_per_day", "households_left", "days_left"),
    ),
)

STATUS_CHAIN = Metric(
    name="status_chain",
    label=Text("户状态链", "Household status chain"),
    unit="household",
    formula=Text(
        "到过该步或更后一步的户数 ÷ 总户数（不以已签约户为分母）；“已签约”是有补偿协议的户，与签约率一个口径，"
        "有协议的户此前各步也算到过；以后各步按户状态台账；两本台账不一致的户数另列",
        "Households at this step or a later one ÷ all households (not ÷ those signed); signed is to have an agreement, "
        "as in the signing rate, and counts for the steps before it; later steps are those of the ledger of statuses; "
        "where the two ledgers differ is told",
    ),
    direction="higher",
    basis=(
        own(
            "以总户数为分母，免得把已签约当作已腾空；参考丽水的公布口径",
            "of all households, so that signed is not taken for vacated; as Lishui published",
        ),
        SIGNING_BY_HOUSEHOLD,
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="demolition.status_chain",
    columns=(
        PROJECT,
        *of_ledger("status_event", "status"),
        integer("reached", "已到此步", "Reached", "household"),
        HOUSEHOLDS,
        RATE,
        AGREEMENT_ONLY,
        STATUS_ONLY,
    ),
    derived=(quotient("rate", "reached", "households"),),
)

COMPENSATION_MIX = Metric(
    name="compensation_mix",
    label=Text("补偿方式构成", "Compensation mix"),
    unit="household",
    formula=Text("按补偿方式和房源统计已签约户", "Signed households by way of compensation and estate"),
    direction="none",
    basis=(EXPROPRIATION,),
    reviewed_on=datetime.date(2026, 11, 29),
    small_cells=SmallCells(
        whole=("project_id",), group="mode", total="signed", shares={"rate": ("signed", "households")}
    ),
    query="demolition.compensation_mix",
    columns=(
        PROJECT,
        *of_ledger("agreement", "mode"),
        *of_ledger("housing_source", "estate"),
        SIGNED,
        HOUSEHOLDS,
        RATE,
    ),
    derived=(quotient("rate", "signed", "households"),),
)
