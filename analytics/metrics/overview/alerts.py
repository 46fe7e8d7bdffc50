"""What has to be brought to somebody's notice, by rules that are data."""

import datetime

from analytics.metrics.basis import own
from analytics.metrics.columns import GAP, JUDGED_ON, STREAM, of_ledger
from analytics.metrics.demolition.persuasion import UNSIGNED_HOUSEHOLDS
from analytics.metrics.model import LazyTransform, Metric
from analytics.metrics.overview.cockpit import IS_LEVEL, PLAN_LIGHTS, SCOPE_NAME
from analytics.metrics.overview.open_items import OPEN_ITEMS
from analytics.metrics.overview.reporting import REPORTING_STATUS
from analytics.metrics.water.sources import SOURCE_LIST
from analytics.metrics.water.trends import REBOUND
from data.datasets.model import choice, date, integer, moment, text
from data.standards.alert_rules import alert_limits
from data.standards.thresholds import thresholds
from data.text import Text, join_texts
from data.words import REPORTED_LEDGERS, REPORTS, SECTIONS, TARGET_NAMES, TO_BE_DONE, WORDS

RULES = {
    "逾期": Text("未办结事项中逾期满 {limit:g} 天的", "open items {limit:g} days or more past their deadline"),
    "落后序时": Text(
        "未办结事项中落后超过 {limit:g} 个百分点的，从哪天起落后没有记载，只写按哪天的数判",
        "open items more than {limit:g} pp behind the plan; since when nobody wrote down, so that the day of the "
        "figures is given",
    ),
    "数据未报": Text(
        "报送情况中最近一期过了限期满 {limit:g} 天没有报的，从连着没报的第一期限期算起",
        "duties whose last period has had no report for {limit:g} days, since the limit of the first of those missing "
        "in a row",
    ),
    "整治反弹": Text(
        "污染源整治后反弹的；台账不写哪天反弹，从上次完成满 {limit:g} 天算，哪天起空着",
        "pollution sources that relapsed; the ledger names no day, so that {limit:g} days run from their last closure "
        "and the beginning stays empty",
    ),
    "水质反弹": Text(
        "断面水质反弹满 {limit:g} 天、以后还没有一个月达标的，从反弹那个月最后一次采样算起",
        "sections whose water fell behind its target {limit:g} days ago and has not been within it since, counted from "
        "the last sample of the month that showed it",
    ),
    "厂站停运": Text("停运满 {limit:g} 天的厂站", "plants stopped for {limit:g} days"),
    "土地超期": Text("超期或闲置满 {limit:g} 天的地块", "parcels late or idle for {limit:g} days"),
    "久未签约": Text(
        "签约开始满 {limit:g} 天还没有签完的项目",
        "projects whose signing began {limit:g} days ago and is not complete",
    ),
    "久未走访": Text(
        "未签约户超过 {limit:g} 天没有走访的，按项目列户数",
        "households not signed that nobody visited for more than {limit:g} days, by project",
    ),
}
RULE = Text("{rule}：{said}", "{rule}: {said}")
OFF = Text("{rule}：停用", "{rule}: switched off")
SEMICOLON = Text("；", "; ")


def rules_on(as_of: datetime.date | None) -> dict[str, object]:
    """Return the sentences of the rules as they stand on a day, those that are switched off too, and the thresholds."""
    limits = alert_limits(as_of)
    said = (
        RULE.fill(rule=WORDS[name], said=rule.fill(limit=limits[name]))
        if name in limits
        else OFF.fill(rule=WORDS[name])
        for name, rule in RULES.items()
    )
    return thresholds(as_of) | {"rules": join_texts(list(said), SEMICOLON)}


ALERTS = Metric(
    name="alerts",
    label=Text("提醒", "Alerts"),
    unit="piece",
    formula=Text(
        "{rules}。一次确认管 {alert_holds_days:g} 天，从确认时的数据日期算起，过后仍在的再提醒；"
        "只管这一次：提醒消除以后又来的，要另外确认（落后序时的每隔 7 天回看一次）；确认人和时间是那个批次的",
        "{rules}. An acknowledgement holds for {alert_holds_days:g} days from the day of the data on, then what is "
        "still there is told again; it holds for that time alone: what ended and came back is to be acknowledged again "
        "(of what is behind the plan one looks back week by week); its name and time are those of its batch",
    ),
    direction="lower",
    basis=(own("限值和开关是数据，可以改", "limits and switches are data and may be changed"),),
    reviewed_on=datetime.date(2026, 11, 29),
    withheld={"kind": ("住户难题", "信访事项")},
    for_clerks=("acknowledged_by",),
    query="overview.acknowledgement",
    columns=(
        *of_ledger("alert_acknowledgement", "rule"),
        STREAM,
        choice("kind", "类别", "Kind", (*TO_BE_DONE, *REPORTS, *SECTIONS)),
        choice("item", "事项", "Item", (*TARGET_NAMES, *REPORTED_LEDGERS)),
        SCOPE_NAME,
        *of_ledger("project_difficulty", "owner"),
        date("stands_since", "从哪天起", "Since"),
        JUDGED_ON,
        integer("days", "天数", "Days", "day"),
        GAP,
        IS_LEVEL,
        integer("counted", "个数", "Count", "piece"),
        text("acknowledged_by", "确认人", "Acknowledged by"),
        moment("acknowledged_at", "确认时间", "Acknowledged at"),
    ),
    transform=LazyTransform("analytics.alerts", "alerts"),
    depends_on=(OPEN_ITEMS, PLAN_LIGHTS, REPORTING_STATUS, SOURCE_LIST, REBOUND, UNSIGNED_HOUSEHOLDS),
    formula_values=rules_on,
)
