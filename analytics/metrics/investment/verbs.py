"""The seven verbs, and the lists behind those of their indicators that rest on their own ledgers."""

import datetime

from analytics.metrics.basis import Basis, own
from analytics.metrics.columns import DAYS_OPEN, PROJECT, SIGNED_ON, indicator_columns, of_ledger
from analytics.metrics.investment.funnel import COHORT_RATES, WEIGHTED_PIPELINE
from analytics.metrics.investment.land import IDLE_RESOURCE_SUMMARY, LAND_CLOCKS
from analytics.metrics.investment.money import TARGET_COVERAGE
from analytics.metrics.investment.playbook import PLAYBOOK_PUNCTUALITY
from analytics.metrics.investment.requests import REQUEST_SUMMARY
from analytics.metrics.model import LazyTransform, Listing, Metric
from data.datasets.investment.columns import VERBS
from data.datasets.model import choice, date, flag, integer, number, text
from data.text import Text
from data.words import INDICATORS, VERB_UNITS

ENTERPRISE = text("enterprise", "企业", "Firm")
MERCHANT = text("merchant", "客商", "Merchant")

FAIR_COMPETITION = Basis(
    Text("《公平竞争审查条例》", "Fair Competition Review ordinance"),
    Text(
        "第九、十条（2024-08-01 起施行）：不得强制或变相强制外地经营者迁入、阻碍本地经营者迁出，不得给没有依据的税收财"
        "政优惠；"
        "所以只计企业自愿或依法应当的变更，没有催促次数之类的指标",
        "arts. 9 and 10 (in force since 2024-08-01): firms may neither be forced in by any means nor kept from "
        "leaving, nor favoured in taxes and funds without a basis; so only changes of the firm's own wish or "
        "required by law count, and nothing counts pressure",
    ),
)

SEVEN_VERBS = Metric(
    name="seven_verbs",
    label=Text("七字诀", "Seven verbs"),
    unit="",
    formula=Text(
        "每个字两到四项指标，各带分子分母；分母不足 {verb_cases:g} 的比率、不足 {verb_cases:g} 件的中位数不给：样本不"
        "足。"
        "引：今年（1 月 1 日至当日）正式签约、没有终止的项目和总投资；其中预计亩均税收不低于 {quality_tax:g} 万元/亩的"
        "占比"
        "（没填的留在分母）；最新一版《投资庄桥》距今天数、收录地块 ÷ 可推介地块。"
        "增：今年排查过的 ÷ 当日在册、在本街道注册或经营的企业；今年最近一次排查意向明确的金额之和；"
        "首次明确意向超过 {intent_days:g} 天的企业中已转成项目的。"
        "提：见闲置资源盘活。促：开工、超约定动工天数见土地时钟，一年以内、一到两年、两年以上只看没有动工的地块；"
        "到位率见签约批次，是各批合计；变更只计企业自愿或依法应当的，今年办成 ÷ 今年在办过的，用时是申请到办成天数的中"
        "位数。"
        "储：A 级 {contact_days_a:g} 天、B 级 {contact_days_b:g} 天内联系过的在储客商；加权储备倍数见目标覆盖；"
        "入库客商中所转项目到过洽谈的；超过 {lost_contact_days:g} 天没有联系的 ÷ 在储的。联系取登记的最近联系和活动记"
        "录中当日以前的，"
        "从来没有的从入库日起算；台账只记着当日以后的联系又没有活动的，那天的情况不明，不计入失联率。"
        "联：在合作的企业；总投资不低于 {key_project_investment:g} 万元、到了拿地（不供地的为投产）的项目中，此前座谈"
        "过的，活动台账开始以前的不计；"
        "推荐、成交、留住税源是各企业截至上报日期的累计。暖：见企业诉求和宝典半天准点率",
        "Two to four indicators a verb with both counts; a share of fewer than {verb_cases:g}, and a median of "
        "fewer, is not given: too few. 引: projects signed from 1 January to the day and not ended, and their "
        "totals; the share with expected taxes of {quality_tax:g} ×10k CNY per mu or more, those without a figure "
        "staying in the denominator; days since the newest 《投资庄桥》, plots it covers ÷ plots on offer. 增: firms "
        "surveyed this year ÷ firms on the register that are registered or trade in the subdistrict; amounts of this "
        "year's newest surveys where the intent is definite; of the firms whose first definite intent is more than "
        "{intent_days:g} days old, those that became projects. 提: as in idle resources in use again. 促: starts and "
        "days past the agreed start as in the land clocks, bands of what has not started; funds as in the cohorts, "
        "all of them together; of changes of registration only those of the firm's own wish or required by law: done "
        "this year ÷ under way in it, and the median of the days from application. 储: merchants in reserve spoken "
        "to within {contact_days_a:g} (A) or {contact_days_b:g} (B) days; pipeline as in the coverage of the target; "
        "merchants whose project came to talks ÷ all ever in reserve; those silent for more than "
        "{lost_contact_days:g} days ÷ those in reserve. Contact is the last one registered or in an activity up to "
        "the day, from the day of entry on where there was none; where only a later contact is registered, that day "
        "is not known and left out. 联: firms that work with the office; of the projects of "
        "{key_project_investment:g} ×10k CNY or more that came to their land (without new land: to production), "
        "those with a talk before, what came before the first activity on record left out; leads, deals and taxes "
        "kept are sums to the day each reported. 暖: as in the requests and the playbook",
    ),
    direction="none",
    basis=(
        own(
            "“七字诀”是街道的工作法；每字的指标和限值由本系统定，别处有同名指标的取同一个定义",
            "the method is the subdistrict's; indicators and limits are this house's, and what other metrics define is "
            "taken from them",
        ),
        FAIR_COMPETITION,
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="investment.seven_verbs",
    columns=indicator_columns(choice("verb", "七字诀", "Method word", VERBS), INDICATORS, VERB_UNITS),
    transform=LazyTransform("analytics.investment.seven_verbs", "seven_verbs"),
    depends_on=(
        *(IDLE_RESOURCE_SUMMARY, LAND_CLOCKS, COHORT_RATES, WEIGHTED_PIPELINE, TARGET_COVERAGE, REQUEST_SUMMARY),
        PLAYBOOK_PUNCTUALITY,
    ),
)

INTRODUCED_LIST = Listing(
    name="introduced_list",
    label=Text("今年新引进的项目", "Projects signed this year"),
    query="investment.introduced_list",
    columns=(
        PROJECT,
        *of_ledger("investment_project", "investor", "verb"),
        SIGNED_ON,
        *of_ledger("stage_event", "stage"),
        *of_ledger("investment_project", "investment", "expected_tax"),
        flag("is_high_quality", "高质量", "High quality"),
    ),
    explained_by=SEVEN_VERBS,
)

MATERIAL_LIST = Listing(
    name="material_list",
    label=Text("招商资料各版", "Versions of the material"),
    query="investment.material_list",
    columns=(
        *of_ledger("promotion_material", "name", "version", "published_on"),
        integer("days_old", "距今", "Age", "day"),
        *of_ledger("promotion_material", "plots_covered", "plots_total"),
        number("covered_rate", "收录率", "Covered", "percent"),
        *of_ledger("promotion_material", "copies_sent", "topics"),
        flag("is_counted", "计入时效", "Counts"),
    ),
    explained_by=SEVEN_VERBS,
)

SURVEY_LIST = Listing(
    name="survey_list",
    label=Text("增资排查", "Surveys of the firms"),
    query="investment.survey_list",
    columns=(
        ENTERPRISE,
        *of_ledger("expansion_survey", "surveyed_on", "method", "intent", "amount"),
        date("intended_on", "首次明确意向", "First definite intent"),
        integer("days_intended", "意向已有", "Intent for", "day"),
        PROJECT,
        *of_ledger("expansion_survey", "converted_on"),
        flag("is_this_year", "今年排查过", "Surveyed this year"),
        flag("is_waiting", "意向久未转化", "Old intent without a project"),
    ),
    explained_by=SEVEN_VERBS,
)

RELOCATION_LIST = Listing(
    name="relocation_list",
    label=Text("自愿或依法的注册地变更", "Changes of registration, of own wish or by law"),
    query="investment.relocation_list",
    columns=(
        ENTERPRISE,
        *of_ledger("relocation", "consent_basis", "found_on", "applied_on", "done_on", "withdrawn_on"),
        integer("days_taken", "办理用时", "Days taken", "day"),
        DAYS_OPEN,
        *of_ledger("relocation", "service"),
        flag("is_open", "在办", "Under way"),
    ),
    explained_by=SEVEN_VERBS,
)

MERCHANT_LIST = Listing(
    name="merchant_list",
    label=Text("在储客商", "Merchants in reserve, the longest silent first"),
    query="investment.merchant_list",
    columns=(
        MERCHANT,
        *of_ledger("merchant", "grade", "channel", "industry", "first_on"),
        date("contact_on", "最近联系", "Last spoken to"),
        integer("days_silent", "未联系", "Silent for", "day"),
        *of_ledger("merchant", "next_contact_on"),
        flag("is_lost", "失联", "Out of contact"),
        flag("is_active", "有效", "Active"),
    ),
    explained_by=SEVEN_VERBS,
)

ACTIVITY_LIST = Listing(
    name="activity_list",
    label=Text("今年的招商活动", "Activities of the year"),
    query="investment.activity_list",
    columns=(
        *of_ledger("investment_activity", "held_on", "kind", "verb", "partner_role"),
        PROJECT,
        MERCHANT,
        ENTERPRISE,
        *of_ledger("investment_activity", "outcome"),
    ),
)

MERCHANT_ACTIVITIES = Listing(
    name="merchant_activities",
    label=Text("与一位客商的来往", "What was done with a merchant"),
    query="investment.merchant_activities",
    columns=(
        *of_ledger("investment_activity", "held_on", "kind", "partner_role"),
        PROJECT,
        *of_ledger("investment_activity", "outcome"),
    ),
)

EARLY_TALK_LIST = Listing(
    name="early_talk_list",
    label=Text("重点项目的提前介入", "Key projects and earlier talks"),
    query="investment.early_talk_list",
    columns=(
        PROJECT,
        *of_ledger("investment_project", "track", "investment"),
        date("came_on", "拿地或开业", "Land or opening"),
        date("talked_on", "首次座谈", "First talk"),
        integer("days_before", "提前", "Earlier by", "day"),
    ),
    explained_by=SEVEN_VERBS,
)

PARTNER_LIST = Listing(
    name="partner_list",
    label=Text("联合招商企业", "Joint partners"),
    query="investment.partner_list",
    columns=(
        ENTERPRISE,
        *of_ledger("joint_partner", "since", "joint_plan", "shared_resources", "leads", "deals", "tax_kept"),
        *of_ledger("joint_partner", "reported_on"),
    ),
    explained_by=SEVEN_VERBS,
)
