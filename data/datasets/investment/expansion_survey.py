"""Surveys of the firms' wish to expand: when, how, what came of it."""

from data.datasets.constraint import not_before, not_in_future
from data.datasets.investment.columns import enterprise_column
from data.datasets.model import Dataset, choice, choices, code, date, number, parent, text
from data.text import Text

DATASET = Dataset(
    name="expansion_survey",
    stream="investment",
    menu_place=50,
    label=Text("增资扩股排查", "Surveys of expansion"),
    description=Text(
        "每次走访或问卷一行：企业有没有增资意向、多少、是否转成项目。",
        "One row per visit or questionnaire: whether the firm means to expand, by how much, what came of it.",
    ),
    is_event=True,
    key=("survey_id",),
    dated_by=("surveyed_on",),
    columns=(
        code("survey_id", "排查编码", "Survey code"),
        enterprise_column(required=True),
        date("surveyed_on", "排查日期", "Surveyed on", required=True),
        choice(
            "method", "排查方式", "Method", choices(现场走访="Visit on site", 调查问卷="Questionnaire"), required=True
        ),
        choice("intent", "增资意向", "Intent", choices(无="No intent", 观望="Waiting", 明确="Definite"), required=True),
        number("amount", "意向金额", "Intended amount", "wan"),
        parent("converted_project_id", "investment_project", "转成项目", "Became project"),
        date("converted_on", "转成日期", "Became one on"),
        text("note", "备注", "Note"),
    ),
    constraints=(*not_in_future("surveyed_on", "converted_on"), not_before("converted_on", "surveyed_on")),
)
