"""Merchants in reserve, under aliases: how good, when last spoken to, whether a project came of it."""

from data.datasets.constraint import Constraint, as_warning, both_or_neither, cases, not_before, not_in_future
from data.datasets.investment.columns import CHANNELS
from data.datasets.model import Dataset, choice, code, date, parent, symbols, text
from data.text import Text

GRADES = symbols(("A", "A级", "A类", "一类"), ("B", "B级", "B类", "二类"), ("C", "C级", "C类", "三类"))

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
        choice("grade", "等级", "Grade", GRADES, required=True, aliases=("客商等级", "分级")),
        text("industry", "行业", "Industry", aliases=("意向行业", "所属行业")),
        date("first_on", "入库日期", "In reserve since", required=True, aliases=("首次联系日期", "储备日期")),
        date("last_contact_on", "最近联系日期", "Last contact", aliases=("最近联系", "上次联系日期")),
        date("next_contact_on", "下次联系日期", "Next contact", aliases=("下次联系", "计划联系日期")),
        parent("project_id", "investment_project", "转成项目", "Became project", aliases=("转化项目",)),
        date("converted_on", "转成日期", "Became one on", aliases=("转化日期",)),
        date("lapsed_on", "失效日期", "Lapsed on", aliases=("出库日期",)),
        text("note", "备注", "Note"),
    ),
    constraints=(
        *not_in_future("first_on", "last_contact_on", "converted_on", "lapsed_on"),
        not_before("last_contact_on", "first_on"),
        not_before("converted_on", "first_on"),
        not_before("lapsed_on", "first_on"),
        as_warning(not_before("next_contact_on", "last_contact_on")),
        both_or_neither("project_id", "converted_on", "2014-01-01"),
        Constraint(
            name="left_in_one_way",
            columns=("lapsed_on", "converted_on"),
            breaks="r.lapsed_on IS NOT NULL AND r.converted_on IS NOT NULL",
            reason=Text(
                "“{lapsed_on}”和“{converted_on}”都填了：客商转成项目就不是失效，请核对",
                "Both “{lapsed_on}” and “{converted_on}” are filled; who became a project has not lapsed, so make sure",
            ),
            is_warning=True,
            cases=cases(broken=[("2014-02-01", "2014-01-01")], kept=[("2014-02-01", None), (None, "2014-01-01")]),
        ),
    ),
)
