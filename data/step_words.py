"""The words of the indicators of the four steps: one set for each step, and the units they are counted in."""

from data.datasets.model import choices
from data.datasets.water.choices import HOUSEHOLDS, SQUARE_METRES

# 谋
PLAN_INDICATORS = choices(
    方案要素齐备率="Preparation items done",
    法定节点合规率="Legal steps within the rule",
    法定节点违规数="Legal clocks broken",
    房源备足率="Homes ready for households",
)

# 宣
PUBLICITY_INDICATORS = choices(
    入户宣传覆盖率="Households reached",
    下发文件次数="Documents sent out",
    横幅次数="Banners put up",
    宣传册次数="Brochures handed out",
    座谈会次数="Meetings held",
    微信次数="WeChat posts",
    其他宣传次数="Other publicity",
    首访知晓率="Know their mind at the first visit",
    嘉奖村社="Villages commended",
    通报批评村社="Villages criticised in a circular",
)

# 疏
PERSUASION_INDICATORS = choices(
    难题化解率="Difficulties solved",
    难题化解用时="Median time to solve a difficulty",
    走访强度="Visits per unsigned household and week",
    超期未走访户="Not visited for long",
    态度转化率="Attitudes turned to support",
    信访按期办结率="Petitions closed in time",
    重复信访率="Petitions made again",
    高风险信访="Petitions of high risk",
)

# 拆
CLEARANCE_INDICATORS = choices(
    按户签约率="Signed, by household",
    按面积签约率="Signed, by floor area",
    户腾空率="Vacated",
    户拆除率="Razed",
    净地交付率="Delivered as cleared land",
    拆违完成率="Illegal buildings razed of target",
    三改完成率="Renovated of target",
    新增违建处置天数="Median days to raze new illegal building",
    拆后利用率="Cleared land in use again",
    安全事故数="Accidents",
    夜间节假日强拆数="Forced at night or on holidays",
)

STEP_UNITS = (
    *choices(次="times", 件="cases", 个村社="villages"),
    SQUARE_METRES,
    HOUSEHOLDS,
)
