"""Metrics of land and idle resources: clocks of the agreed start, idle land, what came into use again."""

import datetime

from analytics.metrics.basis import ESTATE_LAW, IDLE_LAND_RULES, Basis, own
from analytics.metrics.columns import LAND_DAYS_OVERDUE, PERIOD, PROJECT, VILLAGE, of_ledger
from analytics.metrics.model import LazyTransform, Listing, Metric
from data import words
from data.datasets.model import choice, flag, integer, number, text
from data.derivations import quotient
from data.text import Text

RESOURCE = text("resource", "资源", "Resource")
AGENT = text("agent", "招商经理人", "Agent")
DEAL_RATE = number("deal_rate", "成交率", "Deals to leads", "percent")

LAND_CLOCKS = Metric(
    name="land_clocks",
    label=Text("土地时钟", "Land clocks"),
    unit="day",
    formula=Text(
        "超期天数 = 当日 − 约定动工日期，只算当日仍未动工的；约定动工日期当天不算超期，前 {land_soon_days:g} 天内为临"
        "近；满 {land_fee_days:g} 天可征不超过出让金 {land_fee_rate:g} % 的闲置费，满 {land_recall_days:g} 天可无偿收"
        "回。闲置 = 满 {land_fee_days:g} 天未动工；或动工后停工满 {land_stopped_days:g} 天，而且已建不足应建的 "
        "{land_built_parts:g} 分之一或已投不足应投的 {land_invested_share:g} %；条文比的是建设用地面积，台账只有建筑"
        "面积，以它代替。已建、已投从核查日期起才算数，停工以后没有核查过又定不了的写停工未核查。有免责原因的照列，不"
        "算违约。各日期是什么以后就怎样，台账现有的免责原因适用于各天",
        "Days over = day − agreed start, of what has not started by the day; the agreed day itself is not over, the "
        "{land_soon_days:g} days before it are due soon; from {land_fee_days:g} days on a fee of up to "
        "{land_fee_rate:g} % of the price may be charged, from {land_recall_days:g} on the land may be taken back. "
        "Idle = not started for {land_fee_days:g} days; or started, stopped for {land_stopped_days:g} days, and "
        "either less than 1/{land_built_parts:g} of the floor area due is built or less than {land_invested_share:g} "
        "% of the investment due is spent; the rule speaks of land built upon, for which floor area stands in. What "
        "is built and spent counts from the day of its check; what was not checked since it stopped and cannot be "
        "told is said to be so. Exempt parcels are listed and are no breach. The reasons for exemption on record "
        "hold for every day",
    ),
    direction="lower",
    basis=(ESTATE_LAW, IDLE_LAND_RULES),
    reviewed_on=datetime.date(2026, 11, 29),
    query="investment.land_clocks",
    columns=(
        *of_ledger("parcel", "parcel_id"),
        PROJECT,
        *of_ledger("parcel", "area", "agreed_start_on", "actual_start_on"),
        LAND_DAYS_OVERDUE,
        integer("days_to_start", "距约定动工", "To the agreed start", "day"),
        integer("days_started_late", "迟动工", "Started late by", "day"),
        choice("band", "时钟", "Clock", words.LAND_BANDS),
        choice("idle_test", "闲置判定", "Idle by", words.IDLE_TESTS),
        flag("is_idle", "闲置", "Idle"),
        flag("is_breach", "违约", "In breach"),
        *of_ledger("parcel", "exempt_reason", "stopped_on"),
        integer("days_stopped", "停工天数", "Stopped for", "day"),
        *of_ledger("parcel", "built_floor_area", "due_floor_area"),
        number("built_share", "已建比例", "Built", "percent"),
        *of_ledger("parcel", "invested", "planned_investment"),
        number("invested_share", "已投比例", "Invested share", "percent"),
        *of_ledger("parcel", "checked_on", "price"),
        number("highest_fee", "闲置费上限", "Highest idle fee", "wan"),
        *of_ledger("parcel", "agreed_finish_on"),
        *of_ledger("investment_project", "owner"),
    ),
    derived=(
        quotient("built_share", "built_floor_area", "due_floor_area"),
        quotient("invested_share", "invested", "planned_investment"),
    ),
)

IDLE_RESOURCE_LIST = Metric(
    name="idle_resource_list",
    label=Text("闲置低效资源清单", "Idle resources one by one"),
    unit="day",
    formula=Text(
        "截至当日已入册的资源；闲置天数 = 当日（已盘活的为盘活日期）− 闲置起始日期，没写起始日期的不给；状态由日期推"
        "出：到盘活日期为已盘活，到意向日期为意向，到推介日期为已推介，其余待包装；空置面积、租金、看房次数是台账现有"
        "的数，不分日期，后来才盘活的空置面积不知道",
        "What is listed by the day; days idle = day, or the day of its revival, − idle since, none where that is not "
        "written; how far it is comes from its dates: in use from its revival on, intent, marketed, else not yet "
        "marketed; vacant area, rent and viewings are those now on record, of whatever day; the vacant area "
        "of what came into use later is unknown",
    ),
    direction="lower",
    basis=(own("状态看日期，不看台账里最后写的状态", "states go by dates, not by what was last written"),),
    reviewed_on=datetime.date(2026, 11, 29),
    query="investment.idle_resource_list",
    columns=(
        *of_ledger("idle_resource", "resource_id"),
        RESOURCE,
        *of_ledger("idle_resource", "kind"),
        VILLAGE,
        *of_ledger("idle_resource", "owner_kind", "state"),
        integer("days_idle", "闲置天数", "Idle for", "day"),
        *of_ledger("idle_resource", "idle_since", "land_area", "floor_area", "vacant_area"),
        number("vacancy_rate", "空置率", "Vacant share", "percent"),
        *of_ledger("idle_resource", "asking_rent"),
        AGENT,
        *of_ledger("idle_resource", "in_brochure", "viewings", "found_on", "marketed_on", "intended_on", "revived_on"),
        *of_ledger("idle_resource", "revived_area", "revived_land", "tax_before", "tax_after", "tenant_registered"),
        *of_ledger("idle_resource", "idle_reason", "defects"),
    ),
    derived=(quotient("vacancy_rate", "vacant_area", "floor_area"),),
)

IDLE_RESOURCE_SUMMARY = Metric(
    name="idle_resource_summary",
    label=Text("闲置资源盘活", "Idle resources in use again"),
    unit="percent",
    formula=Text(
        "期内 = 当年 1 月 1 日至当日。盘活率 = 期内盘活处数 ÷（期初存量 + 期内新入册）；盘活面积为期内盘活的建筑面积"
        "、土地面积之和，没写面积的处数另列。空置时长为在册以来半数盘活所需天数，未盘活的按至今未盘活计入（Kaplan–"
        "Meier），入册前就盘活的不在册，故偏长；税收提升为已盘活各处（盘活后 − 盘活前，不限年度）的中位数；已盘活或有"
        "税收数的不足 {idle_cases:g} 处：样本不足。经理人成交率 = 成交数 ÷ 推荐项目数，只计当日前上报过两个数的",
        "The period is 1 January of the year to the day. Rate = brought into use in it ÷ (stock when it began + "
        "listed since); areas are those of what came into use in it, and what has no area is counted apart. The time "
        "idle is that in which half come into use, what is still idle counted as not yet (Kaplan–Meier); what came "
        "into use before it was listed is not on record, so it is rather long; the gain in taxes is the median of "
        "after − before of all that came into use, of any year; fewer than {idle_cases:g} of either: too few. Deals "
        "to leads of the agents that had reported both by the day",
    ),
    direction="higher",
    basis=(
        Basis(
            Text("Kaplan & Meier 1958", "Kaplan & Meier 1958"),
            Text("未盘活的按至今未盘活计入", "what is still idle counts as not yet"),
        ),
        own(
            "盘活率以期初存量加新入册为分母，不会超过 100 %", "stock and what was added are the denominator of the rate"
        ),
    ),
    reviewed_on=datetime.date(2026, 11, 29),
    query="investment.idle_resource_rows",
    columns=(
        *PERIOD,
        integer("stock_start", "期初存量", "Stock at the start", "piece"),
        integer("added", "期内新入册", "Listed since", "piece"),
        integer("revived", "期内盘活", "Brought into use", "piece"),
        integer("stock_now", "当日存量", "Stock on the day", "piece"),
        number("revival_rate", "盘活率", "Rate of revival", "percent"),
        *of_ledger("idle_resource", "revived_area", "revived_land"),
        integer("unmeasured", "盘活但没写面积", "In use without an area", "piece"),
        *of_ledger("idle_resource", "vacant_area"),
        integer("vacant_unknown", "没写空置面积", "Without a vacant area", "piece"),
        number("median_idle_days", "空置中位时长", "Half in use within", "day"),
        integer("idle_counted", "计入时长的资源", "Counted for the time", "piece"),
        integer("idle_revived", "其中已盘活", "Of these in use", "piece"),
        integer("idle_unknown", "没写闲置起始日期", "Without a day of becoming idle", "piece"),
        number("median_tax_gain", "单位税收提升中位数", "Median gain in taxes per m²", "yuan/m2/a"),
        integer("tax_counted", "有税收数的已盘活资源", "In use with taxes on record", "piece"),
        integer("tenants", "注册地已知的承租方", "Tenants whose registration is known", "piece"),
        integer("tenants_registered", "注册在本街道的承租方", "Tenants registered here", "piece"),
        number("registered_rate", "属地注册率", "Registered here", "percent"),
        integer("agents", "经理人数", "Agents engaged", "piece"),
        integer("agents_reported", "上报过的经理人", "Agents that reported", "piece"),
        *of_ledger("investment_agent", "leads", "deals"),
        DEAL_RATE,
    ),
    derived=(quotient("deal_rate", "deals", "leads"),),
    transform=LazyTransform("analytics.investment.idle_resources", "idle_resource_summary"),
)

AGENT_LIST = Listing(
    name="agent_list",
    label=Text("招商经理人", "Investment agents"),
    query="investment.agent_list",
    columns=(
        AGENT,
        *of_ledger("investment_agent", "kind", "hired_on", "leads", "deals"),
        DEAL_RATE,
        *of_ledger("investment_agent", "reported_on"),
    ),
    explained_by=IDLE_RESOURCE_SUMMARY,
)
