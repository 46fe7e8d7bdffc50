"""Surveys of the firms' wish to expand: when, how, what came of it."""

from data.datasets.constraint import Constraint, both_or_neither, cases, not_before, not_in_future
from data.datasets.investment.columns import enterprise_column
from data.datasets.model import Choice, Dataset, choice, code, date, number, parent, text
from data.text import Text

METHODS = (
    Choice("现场走访", Text("现场走访", "Visit on site"), ("走访", "上门走访", "实地走访")),
    Choice("调查问卷", Text("调查问卷", "Questionnaire"), ("问卷", "问卷调查", "书面调查")),
)
INTENTS = (
    Choice("无", Text("无", "No intent"), ("无意向", "没有", "没有意向")),
    Choice("观望", Text("观望", "Waiting"), ("考虑中", "待定", "暂不明确")),
    Choice("明确", Text("明确", "Definite"), ("明确意向", "有意向", "已明确")),
)

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
        date("surveyed_on", "排查日期", "Surveyed on", required=True, aliases=("走访日期", "调查日期")),
        choice("method", "排查方式", "Method", METHODS, required=True, aliases=("方式", "走访方式")),
        choice("intent", "增资意向", "Intent", INTENTS, required=True, aliases=("意向", "增资扩股意向")),
        number("amount", "意向金额", "Intended amount", "wan", aliases=("增资金额", "意向投资额")),
        parent("converted_project_id", "investment_project", "转成项目", "Became project", aliases=("转化项目",)),
        date("converted_on", "转成日期", "Became one on", aliases=("转化日期",)),
        text("note", "备注", "Note"),
    ),
    constraints=(
        *not_in_future("surveyed_on", "converted_on"),
        not_before("converted_on", "surveyed_on"),
        both_or_neither("converted_project_id", "converted_on", "2014-01-01"),
        Constraint(
            name="amount_of_definite_intent",
            columns=("amount", "intent"),
            breaks="r.amount IS NOT NULL AND r.intent <> '明确'",
            reason=Text(
                "“{intent}”不是明确，却填了“{amount}”；这笔金额不计入增资意向额，请核对",
                "“{intent}” is not definite, but “{amount}” is filled; it does not count, so make sure of both",
            ),
            is_warning=True,
            cases=cases(broken=[(500, "观望")], kept=[(500, "明确"), (None, "观望")]),
        ),
        Constraint(
            name="definite_intent_has_amount",
            columns=("amount", "intent"),
            breaks="r.amount IS NULL AND r.intent = '明确'",
            reason=Text(
                "“{intent}”是明确，却没有“{amount}”，请补上",
                "“{intent}” is definite, but “{amount}” is empty; add it",
            ),
            is_warning=True,
            cases=cases(broken=[(None, "明确")], kept=[(500, "明确"), (None, "无")]),
        ),
        Constraint(
            name="converted_of_definite_intent",
            columns=("converted_on", "intent"),
            breaks="r.converted_on IS NOT NULL AND r.intent <> '明确'",
            reason=Text(
                "填了“{converted_on}”，“{intent}”却不是明确，不计入意向转化率，请核对",
                "“{converted_on}” is filled, but “{intent}” is not definite, so it does not count; make sure of both",
            ),
            is_warning=True,
            cases=cases(broken=[("2014-01-01", "观望")], kept=[("2014-01-01", "明确"), (None, "观望")]),
        ),
        Constraint(
            name="project_of_the_firm",
            columns=("converted_project_id", "enterprise_id"),
            parent="investment_project",
            breaks="p.enterprise_id <> r.enterprise_id",
            shown=("r.converted_project_id", "p.enterprise_id"),
            reason=Text(
                "“{converted_project_id}”登记的是另一家“{enterprise_id}”，请核对",
                "“{converted_project_id}” is registered for another “{enterprise_id}”; make sure of both",
            ),
            is_warning=True,
            cases=cases(
                broken=[("I-1", "E-2")],
                kept=[("I-1", "E-1")],
                investment_project={"project_id": "I-1", "enterprise_id": "E-1"},
            ),
        ),
    ),
)
