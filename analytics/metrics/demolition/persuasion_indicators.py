"""The indicators of 疏, the third of the four steps."""

import datetime

from analytics.metrics.basis import own
from analytics.metrics.columns import INDICATOR_COLUMNS
from analytics.metrics.demolition.persuasion import ATTITUDE_CHANGES, DIFFICULTIES, VISIT_INTENSITY
from analytics.metrics.demolition.petitions import PETITIONS
from analytics.metrics.model import LazyTransform, Metric
from data.text import Text

PERSUASION_INDICATORS = Metric(
    name="persuasion_indicators",
    label=Text("疏：难题、走访、态度、信访", "Persuade: difficulties, visits, attitudes, petitions"),
    unit="",
    formula=Text(
        "难题化解率 = 已解决 ÷ 已办结；化解用时是半数办结天数；走访强度 = 近 {visit_weeks:g} 周走访 ÷ 未签约户·周；"
        "超过 {unvisited_days:g} 天没有走访的未签约户；态度转化率 = 首次反对或观望、最近支持 ÷ "
        "首次反对或观望（走访两次以上）；"
        "信访按期办结率 = 期限内办结 ÷ 期限已过；重复信访率 = 重复访 ÷ 收到；高风险信访只数未办结的；"
        "除走访外都从台账开始算到当日；分母不足 {step_cases:g} 的不给：样本不足",
        "Difficulties solved = solved ÷ closed; time = days until half are closed; visits = those of the last "
        "{visit_weeks:g} weeks ÷ weeks of households not signed; households not signed and not visited for more than "
        "{unvisited_days:g} days; attitudes = first against or waiting and now for it ÷ first against or waiting, of "
        "those "
        "visited twice or more; petitions in time = closed by the due day ÷ past the due day; made again = repeats ÷ "
        "received; of high risk and open; all but the visits since the ledgers began; below {step_cases:g} in the "
        "denominator: too few",
    ),
    direction="none",
    basis=(own("每项的口径就是它背后指标的口径", "each is worked out as the metric behind it"),),
    reviewed_on=datetime.date(2026, 11, 29),
    query="demolition.persuasion_ledgers",
    columns=INDICATOR_COLUMNS,
    depends_on=(DIFFICULTIES, VISIT_INTENSITY, ATTITUDE_CHANGES, PETITIONS),
    transform=LazyTransform("analytics.demolition.persuasion_indicators", "persuasion_indicators"),
)
