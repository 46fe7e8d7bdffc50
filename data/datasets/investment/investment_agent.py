"""Agents who were engaged to find investors: banks and intermediaries."""

from data.datasets.constraint import at_most, not_in_future
from data.datasets.model import Dataset, choice, choices, code, date, integer, text
from data.text import Text

DATASET = Dataset(
    name="investment_agent",
    stream="investment",
    menu_place=60,
    label=Text("招商经理人", "Investment agents"),
    description=Text(
        "聘请的银行、中介机构等招商经理人，一行一家：何时聘请、推荐和成交多少。",
        "One row per bank or intermediary engaged: since when, how many leads and deals.",
    ),
    key=("agent_id",),
    name_column="name",
    dated_by=("reported_on",),
    columns=(
        code("agent_id", "经理人编码", "Agent code"),
        text("name", "经理人", "Agent", required=True, aliases=("招商经理人", "机构名称")),
        choice("kind", "类别", "Kind", choices(银行="Bank", 中介机构="Intermediary", 其他="Other"), required=True),
        date("hired_on", "聘请日期", "Engaged on", required=True),
        integer("leads", "推荐项目数", "Leads", "piece"),
        integer("deals", "成交数", "Deals", "piece"),
        date("reported_on", "上报日期", "Reported on"),
    ),
    constraints=(*not_in_future("hired_on", "reported_on"), at_most("deals", "leads")),
)
