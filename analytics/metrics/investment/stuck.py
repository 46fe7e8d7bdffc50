"""Metrics of 招商引资: what is stuck, which days were moved later."""

import datetime

from analytics.metrics.basis import ESTATE_LAW, own
from analytics.metrics.columns import LAND_DAYS_OVERDUE, PROJECT, RATE, RECEIVED, SIGNED_ON, of_ledger
from analytics.metrics.investment.funnel import TIME_IN_STAGE
from analytics.metrics.investment.pipeline import DAYS_IN_STAGE, UNVERIFIED
from analytics.metrics.model import LazyTransform, Listing, Metric
from data.datasets.model import choice, date, flag, integer, number
from data.derivations import difference, quotient
from data.text import Text
from data.words import STUCK_REASONS

(_of_changes,) = of_ledger("project_change", "changed")
PUSHES = integer("pushes", "推迟次数", "Times moved later", "times")

STUCK_PROJECTS = Metric(
    name="stuck_projects",
    label=Text("项目与卡点", "Projects and what is stuck"),
    unit="",
    formula=Text(
        "卡住 = 未投产未终止的项目，有下列一条或几条：用地超期（约定动工日期已过、未动工、没有免责原因）；暂停；"
        "在本阶段的天数超过本台账该阶段的 P85（85 % 的项目在此天数内进入下一步，右删失，Kaplan–Meier；"
        "样本不足的阶段没有 P85，"
        "这一条不看）；错过下一个预计日期（未签约看预计签约，供地类签约后看预计开工，其余看预计投产）；该日期推迟满 "
        "{slip_pushes:g} 次。卡住天数取各条中最长的。预计日期以变更台账在当日所记为准。最近联系取招商活动；"
        "没有记录写缺，"
        "不算卡住。到位率只给已正式签约且未终止的项目，暂停的照给",
        "Stuck = neither in production nor ended, and one of these or several: land overdue (agreed start passed, "
        "not started, no reason for exemption); suspended; longer in its stage than the ledger's own P85 of that "
        "stage (85 % go on within so many days, right-censored, Kaplan–Meier; a stage with too few has none, and "
        "this is left out); its next expected day missed (the signing while unsigned, then the start of projects on "
        "new land, then production); that day moved later {slip_pushes:g} times or more. The days stuck are the "
        "longest of these. An expected day is what the changes say on the day. The last contact is the newest "
        "activity; none on record is missing, and makes nothing stuck. The rate of funds is that of signed projects "
        "not ended, suspended ones too",
    ),
    direction="none",
    basis=(
        own(
            "天数与本台账自己的历史比，不设统一限值；其余各条都可由外人核实",
            "days are held against the ledger's own past, not a limit for all; all else outsiders can verify",
        ),
        ESTATE_LAW,
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="investment.stuck_projects",
    columns=(
        PROJECT,
        *of_ledger("investment_project", "investor", "origin", "track", "verb"),
        *of_ledger("stage_event", "stage", "entered_on"),
        DAYS_IN_STAGE,
        number("p85_days", "本阶段 P85", "P85 of its stage", "day"),
        number("days_over", "超过 P85", "Beyond the P85", "day"),
        LAND_DAYS_OVERDUE,
        choice("expected", "下一个预计", "Next expected", _of_changes.choices),
        date("expected_on", "下一个预计日期", "Next expected day"),
        integer("days_missed", "错过预计日期", "Expected day missed by", "day"),
        PUSHES,
        date("contacted_on", "最近联系", "Last contact"),
        integer("days_since_contact", "距最近联系", "Since the last contact", "day"),
        *of_ledger("project_difficulty", "difficulty"),
        choice("reasons", "卡住原因", "Why it is stuck", STUCK_REASONS),
        integer("days_stuck", "卡住天数", "Stuck for", "day"),
        flag("is_stuck", "卡住", "Stuck"),
        flag("is_ended", "已投产或终止", "In production or ended"),
        SIGNED_ON,
        *of_ledger("investment_project", "investment"),
        RECEIVED,
        UNVERIFIED,
        RATE,
        *of_ledger("investment_project", "owner", "note"),
    ),
    derived=(difference("days_over", "days_in_stage", "p85_days"), quotient("rate", "received", "investment")),
    transform=LazyTransform("analytics.investment.stuck", "stuck_projects"),
    depends_on=(TIME_IN_STAGE,),
)

SLIPPAGE = Metric(
    name="slippage",
    label=Text("预计日期滑期", "Slippage of expected days"),
    unit="day",
    formula=Text(
        "滑期 = 当日所记的预计日期 − 最初的预计日期；推迟次数 = 截至当日变更台账中新日期晚于原日期的次数；"
        "有预计日期而从未变更的为 0 次，"
        "没有预计日期的不列；满 {slip_pushes:g} 次的标反复推迟；已实现的（到过该阶段或以后的阶段）列在最后",
        "Slippage = the expected day as it stands on the day − the first one; times moved later = changes up to the "
        "day whose new day is later than the former; 0 where a day is expected and was never changed, and no row "
        "without an expected day; {slip_pushes:g} times or more are marked; what has come (that stage or a later "
        "one) stands last",
    ),
    direction="lower",
    basis=(
        own(
            "推迟三次的日期已不可信：销售管理的通行经验，没有成文规定",
            "a day that was moved three times is no longer believed: usage in sales, no standard",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="investment.slippage",
    columns=(
        PROJECT,
        *of_ledger("project_change", "changed"),
        date("first_on", "最初预计", "First expected"),
        date("newest_on", "现在预计", "Expected now"),
        integer("days_moved", "滑期", "Moved by", "day"),
        PUSHES,
        flag("is_pushed_often", "反复推迟", "Pushed again and again"),
        date("reached_on", "实际日期", "Came on"),
        *of_ledger("project_change", "changed_on", "change_reason"),
    ),
)

PROJECT_CHANGES = Listing(
    name="project_changes",
    label=Text("项目变更", "Changes of the project"),
    query="investment.project_changes",
    columns=of_ledger(
        "project_change",
        *("changed_on", "changed", "old_amount", "new_amount", "old_day", "new_day", "change_reason"),
    ),
    explained_by=SLIPPAGE,
)

PROJECT_DIFFICULTIES = Listing(
    name="project_difficulties",
    label=Text("难点与对策", "Difficulties and answers"),
    query="investment.project_difficulties",
    columns=of_ledger("project_difficulty", "difficulty", "answer", "owner", "opened_on", "closed_on", "note"),
)
