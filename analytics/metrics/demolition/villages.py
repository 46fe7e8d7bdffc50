"""Metrics of the villages: their ranking by gap to plan, the rankings published, commended and criticised."""

import datetime

from analytics.demolition.small_groups import PUBLISHED_CELLS, VILLAGE_CELLS
from analytics.metrics.basis import SIGNING_BY_HOUSEHOLD, own
from analytics.metrics.columns import (
    GAP,
    HOUSEHOLDS,
    NOT_SIGNED,
    PLANNED_RATE,
    PROJECT,
    SIGNED,
    VILLAGE,
    VILLAGE_OR_NONE,
    of_ledger,
)
from analytics.metrics.model import Listing, Metric
from data.datasets.model import choice, date, flag, integer, number
from data.derivations import difference, quotient
from data.text import Text
from data.words import COMPARED_RANKINGS, RANKINGS, VILLAGES

REVIEWED_ON = datetime.date(2026, 11, 29)
OWN_PLAN = own(
    "排名比的是各村社与自己的序时之差：项目开始早晚、签约期长短不同，比签约率不公平",
    "villages are ranked by the gap to their own plan, for projects begin and end on different days and rates alone "
    "would be unfair",
)

VILLAGE_RANKING = Metric(
    name="village_ranking",
    label=Text("村社排名", "Ranking of villages"),
    unit="point",
    formula=Text(
        "每个村社在参加排名的项目里的全部登记户合计：签约率 = 已签约户（当日有补偿协议）÷ 登记的户编号数，"
        "不用项目申报的总户数，因为申报数分不到村社；序时进度 = 各项目序时进度按本村社户数加权平均；"
        "与序时差 = 签约率 − 序时进度，按未修约的数排名次，大的在前，相同的并列、后面空号（1、2、2、4）；"
        "参加排名的项目：签约已开始，且签约截止在当年、或到上年末还没有签完；上年末以前已签完的不计，没有这样项目的村社不列；"
        "不足 {ranking_households:g} 户的村社列出而不排名次：样本不足；没有写村社的户另列；"
        "逾期未签约 = 签约截止已过的项目里还没有签约的户；"
        "位次变化 = 上次名次 − 这次名次，与当日以前最近一次公布的排名比，没有公布过的与 7 天前照此计算的比",
        "Each village over all registered households of the projects that count: rate = households signed (with an "
        "agreement in force) ÷ registered household codes, not the total that a project declared, for nobody knows its "
        "villages; plan to date = that of its projects, weighted by the households of the village; gap = rate − plan, "
        "ranked before rounding, the greatest first; equal ones share a place and leave a hole (1, 2, 2, 4); a "
        "project counts once its signing has begun, if it ends in the year of the day or later, or was not complete "
        "when that year began; what was complete before does not count, and villages without any other are not "
        "listed; fewer than {ranking_households:g} households: listed without a place, too few; households of no "
        "village stand apart; overdue = not signed in projects past their deadline; change = former place − "
        "place, against the last ranking published before the day, or else the same figures of 7 days before",
    ),
    direction="higher",
    basis=(SIGNING_BY_HOUSEHOLD, OWN_PLAN),
    reviewed_on=REVIEWED_ON,
    small_cells=VILLAGE_CELLS,
    query="demolition.village_ranking",
    columns=(
        *of_ledger("published_ranking", "position"),
        VILLAGE_OR_NONE,
        integer("change", "位次变化", "Change of place", low=None),
        integer("former_position", "上次名次", "Former place"),
        date("compared_on", "与哪天比", "Compared with"),
        choice("compared_with", "比较对象", "Compared with a", COMPARED_RANKINGS),
        GAP,
        SIGNED,
        HOUSEHOLDS,
        *of_ledger("published_ranking", "rate"),
        PLANNED_RATE,
        NOT_SIGNED,
        integer("overdue_left", "逾期未签约", "Not signed, overdue", "household"),
        integer("former_signed", "上次已签约", "Signed then", "household"),
        integer("former_households", "上次总户数", "Households then", "household"),
        integer("projects", "项目数", "Projects", "piece"),
        choice("ranking", "排名", "Ranking", (*RANKINGS, *VILLAGES)),
    ),
    derived=(
        quotient("rate", "signed", "households"),
        difference("gap", "rate", "planned_rate"),
        difference("households_left", "households", "signed"),
    ),
)

PUBLISHED_RANKINGS = Metric(
    name="published_rankings",
    label=Text("已公布的排名与现在重算", "Rankings published, and as they would be now"),
    unit="point",
    formula=Text(
        "公布时的名次和各数照存不改；“现在重算”用今天的台账按同一天、同一口径重新计算；名次、两个户数或序时进度不同的标出，"
        "序时进度相差不到 0.1 个百分点的当作修约；公布以后才有户登记进来的村社，公布数为空",
        "Places and figures stand as they were published; “now” works the same day out again from the ledgers of "
        "today; where place, either count or plan to date differ is told, plans less than 0.1 points apart being "
        "taken for rounded; a village that came in later has no published figures",
    ),
    direction="none",
    basis=(
        own(
            "公布了的排名是公布时的事实，台账以后更正，只说现在会是多少，不改公布的数",
            "what was published is a fact of its day: a later correction is told beside it and changes nothing of it",
        ),
    ),
    reviewed_on=REVIEWED_ON,
    small_cells=PUBLISHED_CELLS,
    query="demolition.published_rankings",
    columns=(
        *of_ledger("published_ranking", "ranked_on"),
        VILLAGE,
        *of_ledger("published_ranking", "position", "signed", "households", "rate", "planned_rate", "gap"),
        integer("position_now", "现在重算名次", "Place now"),
        integer("signed_now", "现在重算已签约", "Signed, now", "household"),
        integer("households_now", "现在重算总户数", "Households, now", "household"),
        number("rate_now", "现在重算签约率", "Signing rate, now", "percent"),
        number("planned_rate_now", "现在重算序时进度", "Plan to date, now", "percent"),
        number("gap_now", "现在重算与序时差", "Gap to plan, now", "point"),
        flag("is_different", "与公布的不同", "Differs"),
    ),
    derived=(
        quotient("rate", "signed", "households"),
        quotient("rate_now", "signed_now", "households_now"),
    ),
)

VILLAGE_AWARDS = Metric(
    name="village_awards",
    label=Text("村社考核得分与奖惩", "Assessment of villages"),
    unit="score",
    formula=Text(
        "每村社每年截至当日已公布的考核：得分 = Σ（权重 × 得分）÷ Σ 权重，只算两样都填了的项；权重合计不是 100 的标出；"
        "嘉奖、通报批评按次数；只考核村社，不涉及住户",
        "The assessment of each village and year as issued by the day: score = Σ (weight × score) ÷ Σ weight of the "
        "items that have both; weights that do not add up to 100 are told; commended and criticised are counted; "
        "villages only, never households",
    ),
    direction="higher",
    basis=(own("权重和考核项目以台账登记为准", "weights and items are those of the ledger"),),
    reviewed_on=REVIEWED_ON,
    query="demolition.village_awards",
    columns=(
        *of_ledger("village_assessment", "year"),
        VILLAGE,
        *of_ledger("village_assessment", "score"),
        integer("scored", "有得分的项", "Items scored", "piece"),
        number("weight_total", "权重合计", "Weights in all", "percent"),
        flag("is_weight_whole", "权重合计为100", "Weights add up to 100"),
        integer("incomplete", "缺权重或得分的项", "Items without weight or score", "piece"),
        integer("commended", "嘉奖", "Commended", "times"),
        integer("criticised", "通报批评", "Criticised", "times"),
        *of_ledger("village_assessment", "issued_on"),
    ),
)

VILLAGE_PROJECTS = Listing(
    name="village_projects",
    label=Text("一个村社的项目", "Projects of a village"),
    query="demolition.village_projects",
    columns=(
        PROJECT,
        SIGNED,
        HOUSEHOLDS,
        *of_ledger("published_ranking", "rate"),
        PLANNED_RATE,
        GAP,
        NOT_SIGNED,
        flag("is_counted", "计入排名", "Counts in the ranking"),
        *of_ledger("demolition_project", "sign_start", "sign_end"),
    ),
    explained_by=VILLAGE_RANKING,
)

VILLAGE_NAMES = Listing(
    name="village_names",
    label=Text("村社", "Villages"),
    query="demolition.village_names",
    columns=(VILLAGE,),
)

VILLAGE_ASSESSMENTS = Listing(
    name="village_assessments",
    label=Text("一个村社的考核明细", "Assessment of a village"),
    query="demolition.village_assessments",
    columns=of_ledger("village_assessment", "year", "assessed_for", "weight", "score", "award", "issued_on"),
    explained_by=VILLAGE_AWARDS,
)
