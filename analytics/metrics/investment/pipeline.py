"""Metrics of 招商引资."""

import datetime

from analytics.metrics.basis import TARGET_SHEET, own
from analytics.metrics.columns import (
    LAND_DAYS_OVERDUE,
    PROJECT,
    RATE,
    RECEIVED,
    SIGNED_ON,
    UNPRICED,
    of_ledger,
    with_words,
)
from analytics.metrics.investment.land import LAND_CLOCKS
from analytics.metrics.model import Listing, Metric
from data import words
from data.datasets.model import flag, integer, number
from data.derivations import column_sum, quotient
from data.text import Text

UNVERIFIED = number("unverified", "待核实", "Not verified", "wan")
DAYS_IN_STAGE = integer("days_in_stage", "在本阶段", "Days in stage", "day")

PROJECTS = integer("projects", "项目数", "Projects", "piece")

PIPELINE_STAGES = Metric(
    name="pipeline_stages",
    label=Text("项目阶段分布", "Projects by stage"),
    unit="",
    formula=Text(
        "每个项目只计在截至当日最新进入的阶段（同一天的取靠后的），暂停、终止的也各为一阶段；"
        "投资额为该阶段项目总投资之和，没有填总投资的另计个数；"
        "跳过 = 当日已走到后面的阶段、却从未进入该阶段的项目（不供地的项目不计用地的阶段）",
        "Each project counts once, in the stage it entered last by the day (of one day the later), those suspended "
        "or ended too; investment is the sum of their totals, those without one counted apart;  passed over = "
        "projects that came to a later stage by the day and never entered this one (stages of the land do not count "
        "for projects without)",
    ),
    direction="none",
    basis=(
        own(
            "各地阶段口径不一，以可由外人核实的节点为阶段",
            "stages differ from place to place; those that outsiders can verify are taken",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="investment.pipeline_stages",
    columns=(
        *of_ledger("stage_event", "stage"),
        PROJECTS,
        *of_ledger("investment_project", "investment"),
        UNPRICED,
        integer("skipped", "跳过的项目", "Passed over by", "piece"),
    ),
)

PROJECTS_BY_ORIGIN = Metric(
    name="projects_by_origin",
    label=Text("项目来源分布", "Projects by origin of capital"),
    unit="",
    formula=Text(
        "全部登记项目按资金来源分组的个数和总投资；没有写来源的为“未分类”，各行之和等于全部",
        "All registered projects by the origin of their capital, in number and investment; those without one have a "
        "row of their own, so that the rows add up to all",
    ),
    direction="none",
    basis=(
        own(
            "公布的分项之和常小于总数，差额照列，不藏",
            "published parts often add up to less than the total; the rest is shown, not hidden",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="investment.projects_by_origin",
    columns=(
        with_words("investment_project", "origin", words.UNCLASSIFIED),
        PROJECTS,
        *of_ledger("investment_project", "investment"),
        UNPRICED,
    ),
)

FUNDS_IN_PLACE = Metric(
    name="funds_in_place",
    label=Text("累计资金到位率", "Funds in place to date"),
    unit="percent",
    formula=Text(
        "截至当日历年累计的已核实到位资金 ÷ 总投资，仅计已正式签约（到过正式签约或以后的阶段）且当日不在终止"
        "阶段的项目，暂停的、终止后又恢复的照计；目标的本期签约投资额、本期到位资金是同一些项目在目标期内的；"
        "待核实的另列，只有待核实的按 0 计；没有到资记录的项目本身不给到位率，合计时总投资照计入分母",
        "Verified receipts of all years to the day ÷ total investment of the signed projects (those that have come to "
        "“Signed” or a later stage) that are not ended on the day; what is suspended or went on after its end counts; "
        "the investment and the funds of the target are those of the same projects within its period; those not "
        "verified stand apart, and count 0 alone; one without a receipt has no rate of its own and stays in "
        "the denominator of all",
    ),
    direction="higher",
    basis=(
        own(
            "各地口径不一；分母同玉林“到位资金总额÷合同项目投资总额”，只计已核实的到资，签约批次不分开",
            "practice differs; as Yulin has it, receipts ÷ contracted investment, of verified receipts only, all "
            "cohorts together",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 28),
    query="investment.funds_in_place",
    columns=(
        PROJECT,
        SIGNED_ON,
        RECEIVED,
        *of_ledger("investment_project", "investment"),
        RATE,
        UNVERIFIED,
        *of_ledger("stage_event", "stage"),
    ),
    derived=(quotient("rate", "received", "investment"),),
)

RECEIPTS = Metric(
    name="receipts",
    label=Text("到位资金逐笔", "Receipts of funds"),
    unit="wan",
    formula=Text(
        "目标任务的本期到位资金（领导驾驶舱所示）= 已签约未终止的项目在目标期内到位、截至当日已核实的各笔之和；"
        "目标期以前到位的、待核实的、未签约或已终止项目的不计。它与累计资金到位率不同：后者不分年度，"
        "分母是签约项目总投资",
        "Funds received in the period of the target, as the cockpit shows them = the sum of what signed projects not "
        "ended received in that period up to the day and is verified; what came before, what is not verified and what "
        "other projects received does not count. The rate of funds in place to date is another figure: of all years, "
        "over the investment of signed projects",
    ),
    direction="none",
    basis=(TARGET_SHEET,),
    reviewed_on=datetime.date(2026, 11, 28),
    query="investment.receipts",
    columns=(
        PROJECT,
        *of_ledger("funding", "received_on", "amount", "proof", "is_verified"),
        flag("is_counted", "计入目标", "Counts towards the target"),
        *of_ledger("target", "period_start", "period_end"),
    ),
    derived=(column_sum("amount"),),
)

PROJECT_STAGES = Listing(
    name="project_stages",
    label=Text("项目走过的阶段", "Stages of a project"),
    query="investment.project_stages",
    columns=(
        *of_ledger("stage_event", "stage", "entered_on"),
        DAYS_IN_STAGE,
        integer("skipped", "跳过阶段", "Stages passed over", "piece"),
        *of_ledger("stage_event", "date_basis", "evidence"),
    ),
)

PROJECT_LAND = Listing(
    name="project_land",
    label=Text("项目用地", "Land of a project"),
    query="investment.project_land",
    columns=(
        *of_ledger("parcel", "area", "agreed_start_on", "actual_start_on"),
        LAND_DAYS_OVERDUE,
        *of_ledger("parcel", "agreed_finish_on", "exempt_reason"),
    ),
    explained_by=LAND_CLOCKS,
)
