"""Firms with which the office looks for investors together, and what came of it so far."""

from data.datasets.constraint import at_most, not_in_future
from data.datasets.investment.columns import enterprise_column
from data.datasets.model import Dataset, code, date, integer, number, text
from data.text import Text

DATASET = Dataset(
    name="joint_partner",
    stream="investment",
    menu_place=85,
    label=Text("联合招商企业", "Joint partners"),
    description=Text(
        "与街道联手招商的企业，一行一家：何时起、共享什么、定向招商推荐和成交多少、留住多少税源。",
        "One row per firm that looks for investors with the office: since when, what is shared, what came of it.",
    ),
    key=("partner_id",),
    dated_by=("reported_on",),
    columns=(
        code("partner_id", "合作编码", "Partner code"),
        enterprise_column(required=True),
        date("since", "合作起始日期", "Since", required=True),
        text("joint_plan", "联合招商方案", "Joint plan"),
        text("shared_resources", "共享资源", "Shared resources"),
        integer("leads", "定向招商推荐数", "Leads", "piece"),
        integer("deals", "定向招商成交数", "Deals", "piece"),
        number("tax_kept", "留住税源", "Taxes kept", "wan"),
        date("reported_on", "上报日期", "Reported on"),
    ),
    constraints=(*not_in_future("since", "reported_on"), at_most("deals", "leads")),
)
