"""What has to be brought to somebody's notice, by rules that are data."""

import datetime

from analytics.metrics.basis import own
from analytics.metrics.columns import GAP, STREAM, of_ledger
from analytics.metrics.demolition.persuasion import UNSIGNED_HOUSEHOLDS
from analytics.metrics.model import LazyTransform, Metric
from analytics.metrics.overview.cockpit import IS_LEVEL, SCOPE_NAME
from analytics.metrics.overview.open_items import OPEN_ITEMS
from analytics.metrics.overview.reporting import REPORTING_STATUS
from analytics.metrics.water.sources import SOURCE_LIST
from data.datasets.model import choice, date, integer, moment, text
from data.text import Text
from data.words import REPORTED_LEDGERS, REPORTS, TARGET_NAMES, TO_BE_DONE

ALERTS = Metric(
    name="alerts",
    label=Text("提醒", "Alerts"),
    unit="piece",
    formula=Text(
        "未办结事项中：过期满 {alert_overdue_days:g} 天的为逾期；落后超过 {alert_behind_points:g} 个百分点的"
        "为落后序时；停运满 {alert_stopped_days:g} 天的厂站；超期或闲置的地块；"
        "签约开始满 {alert_unsigned_days:g} 天还没有签完的项目。"
        "报送情况中最近一期过了限期满 {alert_unreported_days:g} 天没有报的，从连着没报的第一期限期算起。"
        "污染源整治后反弹的。未签约户超过 {alert_unvisited_days:g} 天没有走访的，按项目列户数。"
        "一次确认管 {alert_holds_days:g} 天，从确认时的数据日期算起，过后仍在的再提醒；确认人和时间是那个批次的",
        "Of the open items: overdue is what is {alert_overdue_days:g} days or more past its deadline, behind the plan "
        "what is more than {alert_behind_points:g} pp behind; plants stopped for {alert_stopped_days:g} days; parcels "
        "late or idle; projects whose signing began {alert_unsigned_days:g} days ago and is not complete. Of the "
        "reports: duties whose last period has had no report for {alert_unreported_days:g} days, counted from the "
        "first of those missing in a row. Sources that relapsed. Households not signed that nobody visited for more "
        "than {alert_unvisited_days:g} days, by project. An acknowledgement holds for {alert_holds_days:g} days from "
        "the day of the data on, then what is still there is told again; its name and time are those of its batch",
    ),
    direction="lower",
    basis=(own("限值是数据，可以改", "the limits are data and may be changed"),),
    reviewed_on=datetime.date(2026, 11, 29),
    withheld={"kind": ("住户难题", "信访事项")},
    query="overview.acknowledgement",
    columns=(
        *of_ledger("alert_acknowledgement", "rule"),
        STREAM,
        choice("kind", "类别", "Kind", (*TO_BE_DONE, *REPORTS)),
        choice("item", "事项", "Item", (*TARGET_NAMES, *REPORTED_LEDGERS)),
        SCOPE_NAME,
        *of_ledger("project_difficulty", "owner"),
        date("stands_since", "从哪天起", "Since"),
        integer("days", "天数", "Days", "day"),
        GAP,
        IS_LEVEL,
        integer("counted", "个数", "Count", "piece"),
        text("acknowledged_by", "确认人", "Acknowledged by"),
        moment("acknowledged_at", "确认时间", "Acknowledged at"),
    ),
    transform=LazyTransform("analytics.alerts", "alerts"),
    depends_on=(OPEN_ITEMS, REPORTING_STATUS, SOURCE_LIST, UNSIGNED_HOUSEHOLDS),
)
