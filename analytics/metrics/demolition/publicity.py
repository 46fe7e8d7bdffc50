"""Metrics of 宣: whom the policy reached, what was done to make it known, and the indicators of the step."""

import datetime

from analytics.metrics.basis import own
from analytics.metrics.columns import (
    ACTIVITIES,
    HOUSEHOLDS,
    INDICATOR_COLUMNS,
    MONTH,
    NEWEST,
    NOT_SIGNED,
    PROJECT,
    RATE,
    VILLAGE,
    of_ledger,
)
from analytics.metrics.demolition.villages import VILLAGE_AWARDS
from analytics.metrics.model import LazyTransform, Listing, Metric
from data.datasets.model import flag, integer, number
from data.derivations import difference, quotient
from data.text import Text

REVIEWED = datetime.date(2026, 11, 29)
NOT_ADDED = own(
    "几次活动听的是同一批住户，相加会超过总户数，所以取单次活动里最多的一次，不相加",
    "several activities reach the same households, whose sum could pass all there are; so the greatest single activity "
    "counts and nothing is added up",
)
OF_METHOD = own(
    "“四步棋”是街道的工作法；“宣”的指标由本系统定",
    "the method is the subdistrict's; the indicators of 宣 are this house's",
)

PUBLICITY_REACH = Metric(
    name="publicity_reach",
    label=Text("宣传覆盖户数", "Households reached by publicity"),
    unit="percent",
    formula=Text(
        "截至当日的宣传册、座谈会里，单次覆盖户数最多的一次 ÷ 总户数（与签约率同一个总户数）；各次不相加，"
        "同一户会听几次；登记多于总户数的按总户数计并标明；没有登记覆盖户数的不算 0，"
        "不给比率；只列已开始签约的项目，签约前的活动也计",
        "Of the brochures and meetings by the day, the greatest number of households of a single one ÷ all households "
        "(those of the signing rate); they are not added up, as a household hears of it more than once; more than all "
        "counts as all and is told; what has no number of households on record is not 0 and has no rate; projects "
        "whose signing has begun, with what was done before that",
    ),
    direction="higher",
    basis=(NOT_ADDED,),
    reviewed_on=REVIEWED,
    query="demolition.publicity_reach",
    columns=(
        PROJECT,
        integer("reached", "覆盖户数(不重复)", "Households reached once", "household"),
        HOUSEHOLDS,
        RATE,
        integer("unreached", "未覆盖", "Not reached", "household"),
        integer("brochure_reached", "宣传册最多一次", "Brochures, greatest", "household"),
        integer("meeting_reached", "座谈会最多一次", "Meetings, greatest", "household"),
        ACTIVITIES,
        integer("unreported", "未登记户数的活动", "Activities without a number", "times"),
        flag("is_over", "登记多于总户数", "More than all on record"),
        NOT_SIGNED,
        NEWEST,
    ),
    derived=(
        quotient("rate", "reached", "households"),
        difference("unreached", "households", "reached"),
    ),
)

PUBLICITY_MIX = Metric(
    name="publicity_mix",
    label=Text("宣传活动频次", "Publicity by kind"),
    unit="",
    formula=Text(
        "今年 1 月 1 日至当日的宣传活动，按方式分：次数和数量之和；没有登记数量的次数另列",
        "What was done from 1 January to the day, by kind: how often, and how many in all; activities without a number "
        "are told apart",
    ),
    direction="none",
    basis=(OF_METHOD,),
    reviewed_on=REVIEWED,
    query="demolition.publicity_mix",
    columns=(
        *of_ledger("publicity", "kind"),
        ACTIVITIES,
        *of_ledger("publicity", "quantity"),
        integer("uncounted", "未登记数量的次数", "Without a number", "times"),
        NEWEST,
    ),
)

FIRST_VISIT_ATTITUDES = Metric(
    name="first_visit_attitudes",
    label=Text("首访知晓", "Attitude at the first visit"),
    unit="percent",
    formula=Text(
        "每户截至当日的第一次走访（同一天的按时段、编码先后）：态度不是“未知”的户 ÷ 登记了态度的户；没登记态度的另列",
        "Of each household the first visit by the day (of one day the earlier half, then the earlier code): whose "
        "attitude is not “unknown” ÷ those with an attitude on record; the others are told apart",
    ),
    direction="higher",
    basis=(OF_METHOD,),
    reviewed_on=REVIEWED,
    query="demolition.first_visit_attitudes",
    columns=(
        PROJECT,
        integer("visited", "走访过的户", "Households visited", "household"),
        integer("informed", "首访已有态度", "Knew their mind", "household"),
        integer("uninformed", "首访态度未知", "Did not know", "household"),
        integer("attitude_missing", "首访未登记态度", "No attitude on record", "household"),
        number("rate", "首访知晓率", "Knew their mind (share)", "percent"),
        NEWEST,
    ),
    derived=(
        quotient("rate", "informed", "visited"),
        difference("uninformed", "visited", "informed"),
    ),
)

PUBLICITY_INDICATORS = Metric(
    name="publicity_indicators",
    label=Text("宣：宣传指标", "Publicise: indicators"),
    unit="",
    formula=Text(
        "X1 各项目覆盖户数之和 ÷ 这些项目的总户数，没有登记覆盖户数的项目不计、另列；X2 今年各方式的次数；"
        "X3 各项目首访态度不是“未知”的户 ÷ 首访登记了态度的户；"
        "X4 截至当日已公布的最近一个考核年度里受嘉奖、受通报批评的村社数；分母不足 {step_cases:g} 的比率不给：样本不足",
        "X1 households reached in all projects ÷ the households of these projects, those without a number on record "
        "left out and told; X2 how often each kind was used this year; X3 households that knew their mind at the first "
        "visit ÷ those with an attitude on record then; X4 villages commended and criticised in the newest year whose "
        "assessment was issued by the day; a share of fewer than {step_cases:g} is not given: too few",
    ),
    direction="none",
    basis=(OF_METHOD, NOT_ADDED),
    reviewed_on=REVIEWED,
    query="demolition.publicity_reach",
    columns=INDICATOR_COLUMNS,
    transform=LazyTransform("analytics.demolition.publicity_indicators", "publicity_indicators"),
    depends_on=(PUBLICITY_MIX, FIRST_VISIT_ATTITUDES, VILLAGE_AWARDS),
)

PUBLICITY_BY_MONTH = Listing(
    name="publicity_by_month",
    label=Text("各月宣传次数", "Publicity by month"),
    query="demolition.publicity_by_month",
    columns=(MONTH, ACTIVITIES),
    explained_by=PUBLICITY_MIX,
)

PUBLICITY_LIST = Listing(
    name="publicity_list",
    label=Text("宣传活动", "Publicity"),
    query="demolition.publicity_list",
    columns=(
        *of_ledger("publicity", "held_on", "kind"),
        PROJECT,
        VILLAGE,
        *of_ledger("publicity", "quantity", "households_reached", "cost", "note"),
    ),
    explained_by=PUBLICITY_MIX,
)
