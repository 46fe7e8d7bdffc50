"""Surveys of what people say of the water."""

from data.datasets.constraint import Constraint, at_most, cases, not_in_future
from data.datasets.model import Dataset, choice, choices, code, date, integer, number, text
from data.datasets.shared.columns import village_column
from data.datasets.water.columns import river_column
from data.text import Text

DATASET = Dataset(
    name="satisfaction",
    stream="water",
    menu_place=110,
    label=Text("群众满意度", "Satisfaction"),
    description=Text(
        "每次满意度调查一行：问了多少人、多少份有效、多少份满意。",
        "One row per survey: how many were asked, how many answers are valid, how many are satisfied.",
    ),
    is_event=True,
    key=("survey_id",),
    dated_by=("surveyed_on",),
    columns=(
        code("survey_id", "调查编码", "Survey code", aliases=("调查编号",)),
        date("surveyed_on", "调查日期", "Surveyed on", required=True, aliases=("日期",)),
        river_column(required=False),
        village_column(),
        choice(
            "method",
            "调查方式",
            "Method",
            choices(入户="Door to door", 电话="Telephone", 网络="Online", 街访="In the street"),
        ),
        integer("forms_sent", "发放份数", "Forms given", "piece", required=True, aliases=("问卷数", "发放问卷")),
        integer("forms_valid", "有效份数", "Valid forms", "piece", required=True, aliases=("有效问卷",)),
        integer("satisfied", "满意份数", "Satisfied", "piece", aliases=("满意",)),
        number("score", "满意度得分", "Score", "score", high=100, aliases=("得分", "满意度")),
        text("note", "备注", "Note"),
    ),
    constraints=(
        *not_in_future("surveyed_on"),
        at_most("forms_valid", "forms_sent"),
        at_most("satisfied", "forms_valid"),
        Constraint(
            name="about_a_place",
            columns=("river_id", "village_id"),
            breaks="r.river_id IS NULL AND r.village_id IS NULL",
            reason=Text(
                "“{river_id}”和“{village_id}”都没填，不知道调查的是哪里，请补上一个",
                "Neither “{river_id}” nor “{village_id}” is filled; say what the survey is about",
            ),
            is_warning=True,
            cases=cases(broken=[(None, None)], kept=[("R-1", None)]),
        ),
    ),
)
