"""Metrics of 谋: clocks of the law, what was ready before signing, homes for those who look for one."""

import datetime

from analytics.metrics.basis import Basis, own
from analytics.metrics.columns import DAYS_LEFT, DAYS_OVERDUE, INDICATOR_COLUMNS, IS_TOTAL, PROJECT, RATE, of_ledger
from analytics.metrics.model import LazyTransform, Listing, Metric
from data.datasets.model import choice, date, flag, integer, number, text
from data.derivations import difference, quotient
from data.legal_words import DAY_KINDS, LEGAL_STATES, PREPARATION_STATES
from data.text import Text

ITEMS = of_ledger("preparation_item", "preparation")[0].choices
STEPS = of_ledger("legal_step", "legal_step")[0].choices

LEGAL_CLOCKS = Metric(
    name="legal_clocks",
    label=Text("法定节点时限", "Clocks of the law"),
    unit="day",
    formula=Text(
        "规定只在一张表里（法定节点规则），每个项目的每个适用规定一行，按起算日当天有效的规定判定，跨新旧规定的按起算"
        "日的；起算日早于规定施行日的写“当时尚无规定”，当日以后 {legal_notice_days:g} 天内施行的规定也照此列出。起算"
        "日次日为第 1 天，工作日按国务院放假和调休安排，最后一天遇节假日不顺延，月按历月。合规 = 在期限内（不少于的为"
        "满期限）；违规 = 超期、不满期或次序颠倒；已逾期未办 = 期限已过，当日还没办；先于的，同日也算先于，已作决定而"
        "这一步没有记录的写“缺日期不能判定”，已开始未办完的算已逾期未办；没写起算日或办结日的，不算合规也不算违规。同"
        "一步有几次的，第几次对第几次。被征收人的权利期满未用的写“权利期满”，不算违规；已签约的不再申请强制执行，已复"
        "议诉讼的起诉期限不明。合规率 = 合规 ÷（合规 + 违规 + 已逾期未办）；{legal_soon_days:g} 天内到期的列为临近；"
        "当日以后才办的，当日还没办",
        "The rules stand in one table. A row for each project and rule that applies, judged by the version in force "
        "on the day from which it counts, whatever came later; a day before the first version has no rule, and so "
        "has what comes into force within {legal_notice_days:g} days. The day after is day 1; working days follow "
        "the holidays and make-up days of the State Council; a last day on a holiday is not put off; months are "
        "those of the calendar. In keeping = within the time (or, of what has to last, after it); in breach = later, "
        "sooner, or the wrong way round; overdue = the time is over and it is not done by the day. What must come "
        "before another step may be of its day; if nothing is on record of it a date is missing, if it was begun it "
        "is overdue. Without its first or last day nothing is judged. Of repeated steps the first goes with the "
        "first. A right that a household lets pass has lapsed and is no breach; those who signed are past "
        "enforcement, and with a review or suit the time to sue is unknown. Share = in keeping ÷ (in keeping + in "
        "breach + overdue); due soon is within {legal_soon_days:g} days; what was done after the day is not done",
    ),
    direction="none",
    basis=(
        Basis(
            Text("各行所列法规", "The law named in each row"),
            Text(
                "条款和施行日期随行给出；没有核对原文的写明",
                "clause and first day stand in the row; what was not checked says so",
            ),
        ),
        own(
            "期限最后一天遇节假日不顺延、同日算先于，是本系统的取法",
            "that a last day on a holiday is not put off, and the same day is before, is our own reading",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="demolition.legal_step_rows",
    columns=(
        PROJECT,
        *of_ledger("household", "household_id"),
        *of_ledger("legal_step", "legal_step"),
        choice("from_step", "起算", "Counted from", STEPS),
        text("requirement", "要求", "Asked"),
        text("requirement_en", "要求（英文）", "Asked (English)"),
        date("from_on", "起算日", "From"),
        date("due_on", "期限", "Limit"),
        *of_ledger("legal_step", "done_on"),
        choice("day_kind", "按什么日", "Days counted", DAY_KINDS),
        integer("days_used", "已用天数", "Days used", "day"),
        DAYS_LEFT,
        integer("days_over", "差天数", "Days off", "day"),
        choice("state", "状态", "State", LEGAL_STATES),
        flag("is_due", "可判定", "Judged"),
        flag("is_violation", "违规或逾期", "In breach or overdue"),
        flag("is_soon", "临近到期", "Due soon"),
        text("standard", "依据", "By"),
        text("standard_en", "依据（英文）", "By (English)"),
        text("clause", "条款", "Clause"),
        text("clause_en", "条款（英文）", "Clause (English)"),
        date("effective_from", "施行日期", "In force since"),
        flag("is_verified", "已核对原文", "Text checked"),
        *of_ledger("legal_step", "document_number"),
        *of_ledger("demolition_project", "kind", "owner"),
        text("rule", "规则", "Rule"),
        *of_ledger("legal_step", "step_id"),
    ),
    transform=LazyTransform("analytics.demolition.legal_clocks", "legal_clocks"),
)

PREPARATION_READINESS = Metric(
    name="preparation_readiness",
    label=Text("方案要素齐备率", "Preparation items done"),
    unit="percent",
    formula=Text(
        "截至当日在签约开始日之前完成的事项 ÷ 7 项（领导小组、办公室、工作方案、风险评估、资金专户、应急预案、房源筹"
        "集）；签约开始当天及以后完成的不算齐备；到期或已开始签约而没完成的为逾期，没有登记的另列；一项都没登记的项目"
        "不给比率",
        "Items done by the day and before the first day of signing ÷ the seven items; those done on that day or "
        "later do not count; what is not done when due, or when signing began, is overdue; what is not on record is "
        "told apart; a project without any item on record has no share",
    ),
    direction="higher",
    basis=(
        own(
            "七项是本系统的清单，领导小组、办公室、工作方案出自街道的做法；没有规定要求都在签约前完成",
            "the seven items are our own list, the first three are those of the office; no rule asks for all of them",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="demolition.preparation_readiness",
    columns=(
        PROJECT,
        integer("ready", "已齐备", "Ready", "piece"),
        integer("needed", "应齐备", "Needed", "piece"),
        RATE,
        choice("overdue_items", "逾期未完成的", "Overdue items", ITEMS),
        choice("late_items", "晚完成的", "Items done late", ITEMS),
        choice("waiting_items", "未到期的", "Items not yet due", ITEMS),
        choice("unregistered_items", "未登记的", "Items not on record", ITEMS),
        *of_ledger("demolition_project", "sign_start", "kind", "owner"),
    ),
    derived=(quotient("rate", "ready", "needed"),),
)

PREPARATION_LIST = Listing(
    name="preparation_list",
    label=Text("谋划准备清单", "Preparation item by item"),
    query="demolition.preparation_list",
    columns=(
        PROJECT,
        *of_ledger("preparation_item", "preparation"),
        choice("state", "状态", "State", PREPARATION_STATES),
        DAYS_OVERDUE,
        *of_ledger("preparation_item", "due_on", "done_on"),
        *of_ledger("demolition_project", "sign_start"),
        *of_ledger("preparation_item", "document_number"),
        *of_ledger("demolition_project", "kind", "owner"),
    ),
    explained_by=PREPARATION_READINESS,
)

HOUSING_SUPPLY = Metric(
    name="housing_supply",
    label=Text("房源备足率", "Homes to households that look for one"),
    unit="percent",
    formula=Text(
        "剩余房源 ÷ 还没落实房源的户。剩余 = 总套数 − 当日有效协议选用的户数，总套数没写的不知道（不按 0 计）；还没落"
        "实的户 = 选产权调换或混合而协议没写房源的 + 未签约而安置房难题（位置、面积户型）未办结的；其余未签约户选什么"
        "还不知道，另列，不计入",
        "Homes free ÷ households without one. Free = homes − agreements in force on the day; where the number of "
        "homes is not written it is unknown, not 0. Without one are those with an agreement on exchange or mixed and "
        "no home in it, and those unsigned with an open difficulty about the homes; what other unsigned households "
        "will choose is not known: they are told and left out",
    ),
    direction="higher",
    basis=(
        own(
            "房源台账不分项目，所以全街道合计；台账里的剩余套数是现在的数，不用来推算以前",
            "homes are of no one project, so all count together; what is left by the ledger is of now, not of the day",
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="demolition.housing_supply",
    columns=(
        IS_TOTAL,
        *of_ledger("housing_source", "estate", "kind", "units_total"),
        integer("taken", "已选用", "Taken", "piece"),
        integer("free", "剩余", "Free", "piece"),
        integer("sources_unknown", "套数不明的房源", "Sources of unknown size", "piece"),
        integer("unplaced", "选了房而未落实", "Chose a home, has none", "household"),
        integer("asking", "房源难题未办结", "Open difficulty about homes", "household"),
        integer("looking", "还没落实房源的户", "Look for a home", "household"),
        number("rate", "备足率", "Homes to households", "percent"),
        integer("undecided", "选什么还不知道", "Choice not known", "household"),
    ),
    derived=(difference("free", "units_total", "taken"),),
)

PLAN_INDICATORS = Metric(
    name="plan_indicators",
    label=Text("谋：谋划指标", "Plan: its indicators"),
    unit="",
    formula=Text(
        "方案要素齐备率 = 各项目签约前齐备的事项 ÷ 应齐备的事项，一项都没登记的项目算情况不明；法定节点合规率 = 合规 "
        "÷（合规 + 违规 + 已逾期未办），缺日期的算情况不明；法定节点违规数 = 违规 + 已逾期未办，应为 0；房源备足率 = "
        "剩余房源 ÷ 还没落实房源的户，套数不明的房源算情况不明；分母不足 {step_cases:g} 个：样本不足，不给比率",
        "Preparation = items ready before signing ÷ items needed, projects without any on record not known; legal "
        "steps = in keeping ÷ (in keeping + in breach + overdue), those without a date not known; clocks broken = in "
        "breach + overdue, to be 0; homes = free ÷ households without one, estates of unknown size not known; fewer "
        "than {step_cases:g} in the denominator: too few for a share",
    ),
    direction="none",
    basis=(own("四步棋的“谋”；各明细指标的口径另见", "the first of the four steps; each list has its own formula"),),
    reviewed_on=datetime.date(2026, 11, 29),
    query="demolition.preparation_readiness",
    columns=INDICATOR_COLUMNS,
    transform=LazyTransform("analytics.demolition.plan_indicators", "plan_indicators"),
    depends_on=(PREPARATION_READINESS, LEGAL_CLOCKS, HOUSING_SUPPLY),
)
