"""Metrics of 疏: the households that have not signed, their difficulties, visits and attitudes."""

import datetime
from dataclasses import replace

from analytics.metrics.basis import Basis, own
from analytics.metrics.columns import DAYS_LEFT, IS_TOTAL, MEDIAN_DAYS, PERIOD, PROJECT, of_ledger, with_words
from analytics.metrics.model import LazyTransform, Listing, Metric
from analytics.small_cells import SmallCells
from data.datasets.demolition.household_difficulty import DIFFICULTY_REASONS
from data.datasets.model import choice, date, flag, integer, number, text
from data.derivations import difference, quotient
from data.text import Text
from data.units import NumberFormat
from data.words import HOUSEHOLD_EVENTS

TEAM = text("team", "负责小组", "Team")
STATUS = with_words("status_event", "status", ())
ATTITUDE = with_words("visit", "attitude", ())
UNSIGNED_WORDS = Text(
    "未签约户是登记在册、当日没有生效补偿协议的户，只看签约已开始的项目",
    "households not signed are those registered without an agreement in force on the day, of projects whose signing "
    "has begun",
)
KEPT_SHORT = own(
    "只用户编号；不登记亲属、人脉和联系方式，只记态度、难题和下一步",
    "codes of households only; no relatives or contacts are kept, only attitude, difficulty and next step",
)
NO_STANDARD = own(
    "没有找到成文标准，天数和周数是本系统的预设", "no written standard was found; days and weeks are presets of ours"
)

UNSIGNED_HOUSEHOLDS = Metric(
    name="unsigned_households",
    label=Text("未签约户清单", "Households not signed"),
    unit="household",
    formula=Text(
        f"{UNSIGNED_WORDS.zh}；先列已过签约截止的项目，再按难题承诺日期逾期天数、未走访天数、未结难题个数从多到少，"
        "再按截止日期先后；未走访天数从最近一次走访算起，最早从签约开始算；超过 {unvisited_days:g} 天没有走访的另标；"
        "下一步和约定日期取最近一次走访登记的，约定日期已过而没有再去的是失约",
        f"{UNSIGNED_WORDS.en}; those of projects past the deadline first, then by days since a promise on a difficulty "
        "fell due, days without a visit and number of open difficulties, most first, then by deadline; days without a "
        "visit count from the newest one, from the start of signing at the earliest; more than {unvisited_days:g} are "
        "marked; the next step and its day are those of the newest visit, missed where the day is past and nobody came",
    ),
    direction="lower",
    basis=(KEPT_SHORT, NO_STANDARD),
    reviewed_on=datetime.date(2026, 11, 29),
    query="demolition.unsigned_households",
    is_by_household=True,
    columns=(
        *of_ledger("status_event", "household_id"),
        PROJECT,
        *of_ledger("household", "block"),
        STATUS,
        choice("side_state", "另外状态", "Beside the way", STATUS.choices),
        choice("open_reasons", "未结难题", "Open difficulties", DIFFICULTY_REASONS),
        integer("open_difficulties", "未结难题数", "Number of open difficulties", "piece"),
        date("difficulty_since", "难题最早提出", "Difficulty since"),
        date("promised_on", "难题承诺日期", "Promised for"),
        integer("days_overdue", "难题逾期", "Difficulty overdue", "day"),
        date("last_visited_on", "最近走访", "Last visit"),
        choice("visit_kind", "最近走访方式", "Kind of the last visit", with_words("visit", "kind", ()).choices),
        ATTITUDE,
        integer("days_unvisited", "未走访天数", "Days without a visit", "day"),
        flag("is_unvisited", "久未走访", "Not visited for long"),
        flag("is_never_visited", "从未走访", "Never visited"),
        integer("visits", "走访次数", "Visits", "times"),
        *of_ledger("visit", "next_step", "next_on"),
        flag("is_missed", "失约", "Visit missed"),
        TEAM,
        DAYS_LEFT,
        flag("is_late", "项目已过截止", "Project past its deadline"),
        *of_ledger("demolition_project", "sign_end"),
    ),
)

DIFFICULTIES = Metric(
    name="difficulties",
    label=Text("住户难题化解", "Difficulties of households"),
    unit="percent",
    formula=Text(
        "截至当日提出的难题，先列全部项目的合计和各类，再列各项目的：办结率 = 已办结 ÷ 提出；化解率 = 已解决 ÷ 已办结，"
        "已解释和不能解决的不算解决；逾期 = 承诺日期已过而没有办结；"
        "半数办结天数把没办结的按至今未办结计入（Kaplan–Meier）；"
        "解决后签约 = 解决时还没签约、解决已满 {solved_signing_days:g} 天的难题里，"
        "该户在 {solved_signing_days:g} 天内签约的 ÷ 全部；分母（天数按已办结数）不足 {step_cases:g}：样本不足，不给",
        "Difficulties raised by the day, of all projects as a whole and by kind, then of each project: closed = "
        "closed ÷ "
        "raised; solved = solved ÷ closed, where explained and unsolvable are not solved; overdue = past the day "
        "promised "
        "and open; the days until half are closed count open ones as not yet closed (Kaplan–Meier); signed after = of "
        "those solved {solved_signing_days:g} days ago or more whose household had not signed then, the share whose "
        "household signed within {solved_signing_days:g} days; below {step_cases:g} in the denominator, or closed for "
        "the days: too few",
    ),
    direction="higher",
    basis=(
        own(
            "“办结”会遮住没解决的，所以化解率与办结率分开，并看解决以后签没签",
            "“closed” hides what was not solved, so solved and closed are kept apart, and it is told who signed after",
        ),
        Basis(
            Text("Kaplan & Meier 1958", "Kaplan & Meier 1958"),
            Text("未办结的按至今未办结计入", "what is open counts as not yet closed"),
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    small_cells=SmallCells(
        whole=("project", "is_total"),
        group="difficulty_reason",
        total="raised",
        sums=("closed", "solved", "overdue", "open", "explained", "unsolvable", "followed", "signed_after"),
        shares={"closed_rate": ("closed", "raised"), "difficulty_solved_rate": ("solved", "closed")},
        finer="project",
    ),
    query="demolition.difficulty_outcomes",
    columns=(
        PROJECT,
        *of_ledger("household_difficulty", "difficulty_reason"),
        IS_TOTAL,
        integer("raised", "提出难题", "Raised", "piece"),
        integer("closed", "已办结", "Closed", "piece"),
        integer("open", "未办结", "Open", "piece"),
        integer("overdue", "承诺逾期", "Promise overdue", "piece"),
        integer("solved", "已解决", "Solved", "piece"),
        integer("explained", "已解释", "Explained", "piece"),
        integer("unsolvable", "不能解决", "Cannot be solved", "piece"),
        number("closed_rate", "办结率", "Closed of raised", "percent"),
        number("difficulty_solved_rate", "化解率", "Solved of closed", "percent"),
        replace(MEDIAN_DAYS, label=Text("半数办结天数", "Half closed within")),
        integer("followed", "解决已满期", "Solved long enough ago", "piece"),
        integer("signed_after", "解决后签约", "Signed after", "piece"),
        number("signed_after_rate", "解决后签约率", "Share signed after", "percent"),
    ),
    derived=(
        difference("open", "raised", "closed"),
        quotient("closed_rate", "closed", "raised"),
        quotient("difficulty_solved_rate", "solved", "closed"),
        quotient("signed_after_rate", "signed_after", "followed"),
    ),
    transform=LazyTransform("analytics.demolition.household_difficulties", "difficulty_summary"),
)

VISIT_INTENSITY = Metric(
    name="visit_intensity",
    label=Text("走访强度", "Intensity of visits"),
    unit="times",
    formula=Text(
        "近 {visit_weeks:g} 周（含当日，签约开始以后）对当天还没签约或当天签约的户的走访次数 ÷ 未签约户·周；"
        "未签约户·周 = 窗口内逐日的未签约登记户数之和 ÷ 7；不足 {step_cases:g} 户·周：样本不足，不给；"
        "久未走访 = 超过 {unvisited_days:g} 天没有走访的未签约户（从未走访的从签约开始算）",
        "Visits of the last {visit_weeks:g} weeks, with that of the day and from the start of signing on, to "
        "households "
        "that had not signed before that day ÷ weeks that households stood without an agreement, which are the "
        "registered "
        "households not signed on each day of the window, summed up, ÷ 7; below {step_cases:g} such weeks: too few; "
        "not "
        "visited for long = households not signed and not visited for more than {unvisited_days:g} days (never "
        "visited: "
        "since signing began)",
    ),
    direction="higher",
    basis=(
        own(
            "按户·周计，免得签得快的项目显得没人走访",
            "by household-weeks, so that a project that signs fast does not seem neglected",
        ),
        NO_STANDARD,
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="demolition.visit_intensity",
    columns=(
        PROJECT,
        IS_TOTAL,
        integer("recent_visits", "近期走访", "Recent visits", "times"),
        number("household_weeks", "未签约户·周", "Household-weeks not signed", number_format=NumberFormat(decimals=1)),
        number("visits_per_week", "每户每周走访", "Visits a household and week", "times",
               number_format=NumberFormat(decimals=2, is_fixed=True)),
        integer("unsigned", "在册未签约", "Registered, not signed", "household"),
        integer("unvisited", "久未走访户", "Households not visited for long", "household"),
        integer("never_visited", "从未走访户", "Households never visited", "household"),
        *PERIOD,
        DAYS_LEFT,
    ),
)  # fmt: skip

ATTITUDE_CHANGES = Metric(
    name="attitude_changes",
    label=Text("态度转化", "Changes of attitude"),
    unit="household",
    formula=Text(
        "两次以上走访记了态度的户（含已签约的），按首次态度和最近一次态度列户数；先列全部项目，再列各项目",
        "Households, signed ones too, with two visits or more that tell the attitude, by the first and the newest; of "
        "all projects, then of each",
    ),
    direction="none",
    basis=(KEPT_SHORT,),
    reviewed_on=datetime.date(2026, 11, 29),
    small_cells=SmallCells(whole=("is_total",), group="newest_attitude", total="households", finer="project"),
    query="demolition.attitude_changes",
    columns=(
        PROJECT,
        IS_TOTAL,
        choice("first_attitude", "首次态度", "First attitude", ATTITUDE.choices),
        choice("newest_attitude", "最近态度", "Newest attitude", ATTITUDE.choices),
        flag("is_changed", "有变化", "Changed"),
        integer("households", "户数", "Households", "household"),
        integer("compared", "可比户数", "Households compared", "household"),
    ),
)

HOUSEHOLD_CARD = Listing(
    name="household_card",
    label=Text("一户一档", "One household"),
    query="demolition.household_card",
    is_by_household=True,
    columns=(
        *of_ledger("status_event", "household_id"),
        PROJECT,
        text("village", "所在村社", "Village"),
        *of_ledger("household", "block", "use", "tenure"),
        TEAM,
        STATUS,
        choice("side_state", "另外状态", "Beside the way", STATUS.choices),
        flag("has_agreement", "有生效协议", "Agreement in force"),
        *of_ledger("agreement", "signed_on", "mode"),
        *of_ledger("housing_source", "estate"),
        *of_ledger("agreement", "move_due_on"),
        *of_ledger("demolition_project", "sign_start", "sign_end"),
        DAYS_LEFT,
    ),
)

HOUSEHOLD_HISTORY = Listing(
    name="household_history",
    label=Text("一户经过", "What happened to one household"),
    query="demolition.household_history",
    is_by_household=True,
    columns=(
        date("on_date", "日期", "Date"),
        choice("event", "经过", "What happened", HOUSEHOLD_EVENTS),
        text("word", "内容", "Which"),
        *of_ledger("visit", "half"),
        ATTITUDE,
        TEAM,
        date("agreed_on", "约定或承诺日期", "Agreed or promised for"),
        text("said", "说明", "In words"),
    ),
)
