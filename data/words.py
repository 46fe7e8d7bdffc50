"""The words that results say and no ledger does, and WORDS: how every word reads in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from data.datasets import DATASETS
from data.datasets.model import Choice, choices
from data.datasets.targets import SCOPE_KINDS, TARGET_METRICS, TIME_BASES
from data.datasets.water.choices import SQUARE_METRES, WATER_CLASSES
from data.legal_words import DAY_KINDS, LEGAL_STATES, PREPARATION_STATES
from data.step_words import (
    CLEARANCE_INDICATORS,
    PERSUASION_INDICATORS,
    PLAN_INDICATORS,
    PUBLICITY_INDICATORS,
    STEP_UNITS,
)
from data.text import Text, untranslated

STREAMS = {
    "shared": Text("公共", "Shared"),
    "water": Text("五水共治", "Water"),
    "investment": Text("招商引资", "Investment"),
    "demolition": Text("三改一拆", "Demolition"),
}
STREAM_NAMES = tuple(Choice(value, label) for value, label in STREAMS.items())

MAP_LAYERS = choices(河段="Reach", 污染源="Pollution source")

# rows that stand for several
VILLAGES = choices(未写村社="No village named")

# which side of the works a photo shows
PHOTO_SIDES = choices(整治前="Before", 整治后="After")

# how households of a demolition project are broken down, and those that belong to no group
BREAKDOWNS = choices(片区="Block", 村社="Village", 小组="Team")
GROUPS_WITHOUT_NAME = (
    *choices(未写片区="No block named"),
    *VILLAGES,
    *choices(未写小组="No team named", 未登记="Not registered"),
)
PERIOD_STATES = choices(已结束="Over", 进行中="In progress", 未开始="Not started")
DIFFERENCES = choices(
    已腾空而没有协议="Vacated, no agreement",
    状态已签约而没有协议="Status signed, no agreement",
    有协议而状态未到签约="Agreement, no status of it",
    腾空早于签约="Vacated before it signed",
    签约早于摸底="Signed before its survey",
)

# how good the water is
GRADES = choices(
    优="Excellent",
    良好="Good",
    轻度污染="Slightly polluted",
    中度污染="Moderately polluted",
    重度污染="Heavily polluted",
)
CHANGES = choices(
    明显好转="Clearly better",
    有所好转="Somewhat better",
    无明显变化="No clear change",
    有所变差="Somewhat worse",
    明显变差="Clearly worse",
)
COMPARED = choices(同比="Against a year before", 环比="Against the month before")
GRADED_BY = choices(断面比例="Shares of sections", 断面均值="Means over sections")
TOO_FEW, NO_DATA = choices(样本不足="Too few values"), choices(无数据="No data")
ODOURS = (
    *choices(无黑臭="None", 黑臭="Black and odorous", 轻度黑臭="Slight", 重度黑臭="Severe"),
    *choices(无法判定="Cannot be judged"),
    *TOO_FEW,
    *NO_DATA,
)
REBOUNDS = (*choices(反弹="Relapsed"), WATER_CLASSES[-1])
SUSPICIONS = choices(
    连续相同="Same value running",
    氨氮大于总氮="Ammonia above total nitrogen",
    总磷大于总氮="Phosphorus above total nitrogen",
    溶解氧过高="Oxygen too high",
    疑似单位错="Wrong unit?",
    单个偏高="Lone high value",
)

WATER_KINDS = choices(河流="River", 湖库="Lake or reservoir")
GUESSED_BY = choices(名称="Its name", 监测项目="What is measured", 没有依据="Nothing: taken for a river")

# what became of what was to be done
PATROL_REASONS = choices(
    有效="Effective",
    起止时间不全="No start or end",
    时长不足="Too short",
    里程未填="Length not filled",
    里程不足="Too near",
    没有轨迹="No track",
    间隔不足="Too soon",
)
REQUEST_STATES = choices(未办结="Open", 重提未办结="Open again", 已办结="Closed")
NOT_DONE_YET = choices(尚未完成="Not done yet")
OUTLOOKS = (
    *choices(
        以目前进度无法完成="Cannot be finished at this pace",
        预计逾期="Late",
        可能逾期="May be late",
        预计按期="On time",
        已完成="Done",
    ),
    *TOO_FEW,
)
FORECAST_STATES = (
    *choices(全部签完="All signed", 有预测="Forecast", 已逾期="Past its deadline"),
    *TOO_FEW,
)
MONEY = choices(万元="×10k CNY")
PERCENT = (Choice("%", untranslated("%")),)
PLAN_KINDS = choices(工程="Work", 征迁项目="Demolition project", 目标="Target")
TO_BE_DONE = (
    *PLAN_KINDS,
    *choices(
        停运厂站="Plant standing still",
        信访事项="Petition",
        供地地块="Parcel",
        卡点项目="Stuck project",
        法定节点="Legal step",
    ),
    *choices(
        河道问题="River issue",
        污染源="Pollution source",
        排口="Outfall",
        漏水设施="Leaking tap",
        违法建筑="Unlawful building",
        住户难题="Difficulty of a household",
        签约准备="Preparation for signing",
        企业诉求="Request of a firm",
        宝典任务="Playbook task",
    ),
)
OWNER_KINDS = choices(
    牵头单位="Lead unit",
    承办单位="Handled by",
    管护单位="Kept by",
    运维单位="Operated by",
    责任人="In charge",
    河长="River chief",
    村社="Village",
)
TARGET_NAMES = tuple(Choice(target.label.zh, target.label) for target in TARGET_METRICS)
LATE_LIGHTS = choices(已逾期="Past its deadline", 严重滞后="Far behind", 滞后="Behind")
LATE = tuple(choice.value for choice in LATE_LIGHTS)
LIGHTS = (*LATE_LIGHTS, *choices(待上报="Report due", 正常="Normal", 已完成="Done"), *NO_DATA)
COUNTDOWNS = choices(已超时="Time is up", 告急="Imminent", 临近="Near", 提醒="Coming up")
REPORTS = choices(报送="Report")
SECTIONS = choices(监测断面="Monitoring section")
# the ledgers that are reported, by their code: a bare label may be a word that reads in another way
_OF_LEDGER = Text("{name}台账", "{name} (ledger)")
LEDGER_NAMES = {
    choice.value: _OF_LEDGER.fill(name=choice.label) for choice in DATASETS["reporting_duty"].column("dataset").choices
}
REPORTED_LEDGERS = tuple(Choice(name.zh, name) for name in LEDGER_NAMES.values())
REPORT_STATES = choices(已报="Reported", 迟报="Reported late", 未报="Not reported", 未到期="Not yet due")
LAND_BANDS = choices(
    可无偿收回="May be taken back",
    可征闲置费="Idle fee may be charged",
    停工闲置="Stopped and idle",
    超期未动工="Past the agreed start",
    停工未核查="Stopped, not checked since",
    临近动工="Start due soon",
    未到期="Not yet due",
    已动工="Started",
)
IDLE_TESTS = (
    *choices(未动工="Not started", 建设不足="Too little built", 投资不足="Too little invested"),
    *choices(建设投资都不足="Too little built and invested", 停工未核查="Stopped, not checked since"),
)
CONNECTED = choices(零直排区块="Zero-discharge blocks", 微型污水处理厂="Micro sewage plants")
LOAD_LEVELS = (*choices(负荷偏低="Load low", 负荷正常="Load normal", 超负荷="Overloaded"), *NO_DATA)
VERDICTS = choices(达标="Passes", 不达标="Fails", 无法判定="Cannot be judged")
UNCLASSIFIED = choices(未分类="Not classified")
STUCK_REASONS = choices(
    用地超期="Land overdue",
    暂停="Suspended",
    超过本阶段常见天数="Long in its stage",
    错过预计日期="Expected day missed",
    反复推迟="Pushed again and again",
)
RANKINGS = (*choices(参加排名="Ranked", 计分项不足="Too few measures"), *TOO_FEW)
RANKING_MEASURES = choices(
    征迁签约="Signing",
    污染源和排口整治="Sources and outfalls closed",
    违法建筑拆除="Unlawful buildings razed",
    工程进度="Progress of works",
    河道问题办理="River issues settled",
    企业诉求办理="Requests of firms closed",
    住户难题办理="Difficulties of households solved",
)
COMPARED_RANKINGS = choices(已公布的排名="Published ranking", 一周前="Week before")
INDICATORS = choices(
    新引进项目="Projects signed",
    新引进协议额="Investment signed",
    高质量占比="High-quality share",
    招商资料距今="Age of the prospectus",
    地块收录率="Plots covered",
    增资排查覆盖率="Firms surveyed",
    增资意向额="Definite intents",
    意向转化率="Intents that became projects",
    盘活建筑面积="Floor area in use again",
    盘活土地面积="Land in use again",
    资源盘活率="Resources in use again",
    空置中位时长="Median time idle",
    盘活后税收提升="Gain in taxes per m²",
    经理人成交率="Deals of agents",
    拿地项目开工率="Parcels started",
    协议资金到位率="Funds received of contracts",
    未到约定动工日="Start not due yet",
    超期一年以内="Up to a year late",
    超期一到两年="One to two years late",
    超期两年以上="Over two years late",
    自愿变更完成数="Changes of registration done",
    变更办理用时="Days a change takes",
    有效客商="Active merchants, A and B",
    加权储备倍数="Weighted pipeline to remaining target",
    储备转洽谈率="Merchants who came to talks",
    客商失联率="Merchants out of contact",
    联合招商企业="Joint partners of the office",
    提前介入率="Key projects talked to early",
    定向招商成交="Deals through partners",
    留住的税源="Taxes kept here",
    诉求按期办结率="Requests closed in time",
    诉求真解决率="Requests truly solved",
    诉求重提率="Requests raised again",
    首次响应中位="Median time to first reply",
    诉求满意率="Content with the answer",
    宝典准点率="Playbook to the half-day",
)
VERB_UNITS = (
    SQUARE_METRES,
    *MONEY,
    *PERCENT,
    *choices(项="projects", 笔="deals", 家="firms", 位="merchants", 块="parcels"),
    *choices(天="days", 小时="hours", 亩="mu", 倍="times over"),
    Choice("元/㎡·年", Text("元/㎡·年", "CNY/m² a year")),
)

HOUSEHOLD_EVENTS = choices(
    户状态="Step",
    难题提出="Difficulty raised",
    走访="Visit",
    难题办结="Difficulty closed",
    协议撤销="Agreement withdrawn",
    协议签订="Agreement signed",
)
PETITION_STATES = choices(未办结="Open", 逾期未办结="Open and overdue", 已办结="Closed")

# the four steps
STEPS = choices(谋="Plan", 宣="Publicise", 疏="Persuade", 拆="Clear")
STEP_INDICATORS = (*PLAN_INDICATORS, *PUBLICITY_INDICATORS, *PERSUASION_INDICATORS, *CLEARANCE_INDICATORS)
STEP_INDICATOR_UNITS = (*STEP_UNITS, *PERCENT, *choices(天="days"))

# what becomes of projects
OUTCOMES = choices(在谈="Open", 暂停="Suspended", 已签约="Signed", 终止="Ended")
FLOW_STEPS = choices(
    期初在谈="Open at the start",
    新增="New",
    恢复="Resumed",
    调增="Amounts raised",
    调减="Amounts cut",
    正式签约="Signed",
    终止="Ended",
    暂停="Suspended",
    期末在谈="Open at the end",
)
REPEATED_ON = choices(
    投资方和金额相同="Same investor and amount", 名称相同="Same name", 名称相近="Nearly the same name"
)

OF_RESULTS = (
    *(STREAM_NAMES, MAP_LAYERS, VILLAGES, GRADES, CHANGES, COMPARED, GRADED_BY, ODOURS),
    *(
        REBOUNDS,
        SUSPICIONS,
        WATER_KINDS,
        GUESSED_BY,
        PATROL_REASONS,
        REQUEST_STATES,
        REPORTS,
        SECTIONS,
        REPORTED_LEDGERS,
        REPORT_STATES,
        NOT_DONE_YET,
        OUTLOOKS,
        FORECAST_STATES,
        MONEY,
        CONNECTED,
        LOAD_LEVELS,
        VERDICTS,
        RANKINGS,
        COMPARED_RANKINGS,
        RANKING_MEASURES,
        STUCK_REASONS,
        UNCLASSIFIED,
    ),
    *(PERCENT, TO_BE_DONE, OWNER_KINDS, TARGET_NAMES, LIGHTS, LAND_BANDS, IDLE_TESTS),
    *(SCOPE_KINDS, TIME_BASES, COUNTDOWNS),
    *(INDICATORS, VERB_UNITS),
    *(STEPS, STEP_INDICATORS, STEP_INDICATOR_UNITS),
    *(OUTCOMES, FLOW_STEPS, REPEATED_ON),
    *(BREAKDOWNS, GROUPS_WITHOUT_NAME, PERIOD_STATES, DIFFERENCES),
    PHOTO_SIDES,
    *(HOUSEHOLD_EVENTS, PETITION_STATES),
    *(LEGAL_STATES, DAY_KINDS, PREPARATION_STATES),
)


def _readings(enumerations: Iterable[tuple[Choice, ...]]) -> dict[str, Text]:
    """Return how each word reads; raises ValueError for one that reads in two ways."""
    found: dict[str, Text] = {}
    for choice in (choice for enumeration in enumerations for choice in enumeration):
        if found.setdefault(choice.value, choice.label) != choice.label:
            raise ValueError(f"{choice.value} reads in two ways: {found[choice.value]}, {choice.label}")
    return found


# names of ledgers read as their own column says: a metric may bear one, too
_OF_LEDGERS = (c.choices for d in DATASETS.values() for c in d.columns if c.name != "dataset")
WORDS = _readings([*_OF_LEDGERS, *OF_RESULTS])

MERGED = "其他"  # what small groups are merged into for viewers
