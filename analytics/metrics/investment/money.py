"""Metrics of 招商引资: the money that the targets ask for, by month and as it may still come."""

import datetime

from analytics.metrics.basis import TARGET_SHEET, own
from analytics.metrics.columns import MONTH, UNPRICED, of_ledger
from analytics.metrics.investment.funnel import WEIGHTED_PIPELINE
from analytics.metrics.model import LazyTransform, Metric
from data.datasets.model import flag, integer, number
from data.derivations import difference, quotient
from data.text import Text

MONEY_BY_MONTH = Metric(
    name="money_by_month",
    label=Text("目标期内各月签约和到位", "Signed and received by month"),
    unit="wan",
    formula=Text(
        "目标期内各月：签约投资额 = 当月首次到过正式签约、当日仍未终止项目的总投资；到位资金 = 当月到位并已核实、"
        "计入目标的各笔；"
        "累计 = 期初以来各月之和，等于目标完成情况的实际；"
        "序时 = 目标 × 时间进度，口径同目标完成情况（没有写明的按天数直线），本月算到当日；"
        "以后的月份不给",
        "For each month of the target's period: signed = investment of the projects that first came to “Signed” in "
        "it and are not ended on the day; received = verified receipts of it that the target counts; to date = the "
        "sum of the months, which is the actual of the progress to targets; plan = target × time elapsed as in "
        "the progress to targets, by days where it says nothing else, of the present month up to the day; nothing of "
        "the months to come",
    ),
    direction="higher",
    basis=(TARGET_SHEET, own("时间进度同目标完成情况", "time elapsed is that of the progress to targets")),
    reviewed_on=datetime.date(2026, 11, 29),
    query="investment.money_by_month",
    columns=(
        *of_ledger("target", "metric"),
        MONTH,
        number("in_month", "当月", "In the month", "wan"),
        number("running", "累计", "To date", "wan"),
        number("planned", "序时", "Plan to date", "wan"),
        *of_ledger("target", "period_start", "period_end"),
        number("target", "目标", "Target", "wan"),
    ),
    transform=LazyTransform("analytics.investment.money_by_month", "money_by_month"),
)

TARGET_COVERAGE = Metric(
    name="target_coverage",
    label=Text("目标缺口与储备倍数", "What the targets lack and what covers it"),
    unit="",
    formula=Text(
        "缺口 = 目标 − 实际，已完成的为 0。签约目标的储备 = 未签约、未暂停、未终止且有阶段记录项目的总投资，不打折；"
        "其中期内 = 预计签约日期在当日至目标截止日之间的。"
        "到位目标的储备 = 已签约未终止项目总投资中还没有到位（已核实）的部分，台账没有预计到位日期，期内的不给。倍数 "
        "= 储备 ÷ 缺口；没有缺口的不给；加权储备见加权储备额，样本不足的阶段不计；没有填总投资的另计个数",
        "Missing = target − actual, 0 when reached. What covers a target of signing is the investment of the "
        "projects that are neither signed, suspended nor ended and have a stage, at its full amount; in the period = "
        "of those whose signing is expected between the day and the end of the target. What covers a target of funds "
        "is what signed projects not ended have yet to receive (verified); no ledger says when, so none is given for "
        "the period. Times = that ÷ missing, and none where nothing is missing; weighted as in the weighted "
        "pipeline, without stages of which too few are known; projects without an investment are counted apart",
    ),
    direction="higher",
    basis=(
        TARGET_SHEET,
        own("储备倍数：销售管理的通行做法，没有成文规定", "coverage is usage in sales; no standard"),
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="investment.target_coverage",
    columns=(
        *of_ledger("target", "metric", "period_start", "period_end"),
        number("target", "目标", "Target", "wan"),
        number("actual", "实际", "Actual", "wan"),
        number("missing", "缺口", "Missing", "wan"),
        flag("is_reached", "已完成", "Done"),
        integer("due_projects", "期内预计签约项目", "Projects due in the period", "piece"),
        number("due_amount", "期内储备", "Due in the period", "wan"),
        number("due_times", "期内储备倍数", "Times covered in the period"),
        integer("open_projects", "储备项目", "Open projects", "piece"),
        number("open_amount", "全部储备", "Open", "wan"),
        UNPRICED,
        number("open_times", "全部储备倍数", "Times covered"),
        number("weighted", "加权储备", "Weighted", "wan"),
        number("weighted_times", "加权储备倍数", "Times covered, weighted"),
        *of_ledger("target", "owner"),
    ),
    derived=(difference("missing", "target", "actual"), quotient("open_times", "open_amount", "missing")),
    transform=LazyTransform("analytics.investment.target_coverage", "target_coverage"),
    depends_on=(WEIGHTED_PIPELINE,),
)
