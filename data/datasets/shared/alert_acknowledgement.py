"""Alerts that somebody has taken note of: which, and as of which day; who and when is told by the batch."""

from data.datasets.constraint import not_in_future
from data.datasets.model import Dataset, choice, choices, code, date, text
from data.text import Text

ALERT_RULES = choices(
    逾期="Overdue",
    落后序时="Behind the plan",
    数据未报="Data not reported",
    整治反弹="Relapsed",
    水质反弹="Water quality relapsed",
    厂站停运="Plant stopped",
    土地超期="Land overdue",
    久未签约="Unsigned for long",
    久未走访="Unvisited for long",
)

DATASET = Dataset(
    name="alert_acknowledgement",
    stream="shared",
    menu_place=40,
    label=Text("提醒确认", "Acknowledged alerts"),
    description=Text(
        "哪一条提醒已有人知道：在“提醒”页上确认就是一个批次，确认人和时间以批次为准，可以撤销。",
        "Which alerts somebody has taken note of: acknowledging one on the page “Alerts” is a batch, whose name and "
        "time are those of the acknowledgement, and which can be undone.",
    ),
    key=("rule", "kind", "item_id", "seen_on"),
    is_for_clerks=True,
    dated_by=("seen_on",),
    columns=(
        choice("rule", "提醒类型", "Alert", ALERT_RULES, required=True),
        code("kind", "事项类别", "Kind of item"),
        code("item_id", "事项编号", "Code of the item"),
        date("seen_on", "确认时的数据日期", "As of", required=True),
        text("note", "说明", "Note"),
    ),
    constraints=not_in_future("seen_on"),
)
