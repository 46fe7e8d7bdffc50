"""Merchants in reserve, under aliases: how good, when last spoken to, whether a project came of it."""

from data.datasets.constraint import not_before, not_in_future
from data.datasets.investment.columns import CHANNELS
from data.datasets.model import Dataset, choice, choices, code, date, parent, text
from data.text import Text

DATASET = Dataset(
    name="merchant",
    stream="investment",
    menu_place=70,
    label=Text("储备客商", "Merchants in reserve"),
    description=Text(
        "储备的客商，一行一位（用代称）：渠道、等级、最近和下次联系、是否转成项目。",
        "One row per merchant, under an alias: channel, grade, last and next contact, whether a project came of it.",
    ),
    key=("merchant_id",),
    name_column="name",
    dated_by=("first_on", "last_contact_on"),
    columns=(
        code("merchant_id", "客商编码", "Merchant code"),
        text("name", "客商", "Merchant", required=True, aliases=("客商名称", "客商代称")),
        choice("channel", "招商渠道", "Channel", CHANNELS),
        choice("grade", "等级", "Grade", choices(A="A", B="B", C="C"), required=True),
        text("industry", "行业", "Industry"),
        date("first_on", "入库日期", "In reserve since", required=True),
        date("last_contact_on", "最近联系日期", "Last contact"),
        date("next_contact_on", "下次联系日期", "Next contact"),
        parent("project_id", "investment_project", "转成项目", "Became project"),
        date("converted_on", "转成日期", "Became one on"),
        date("lapsed_on", "失效日期", "Lapsed on"),
        text("note", "备注", "Note"),
    ),
    constraints=(
        *not_in_future("first_on", "last_contact_on", "converted_on", "lapsed_on"),
        not_before("last_contact_on", "first_on"),
        not_before("converted_on", "first_on"),
    ),
)
