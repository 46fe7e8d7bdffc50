"""Difficulties of projects, with their answers."""

from data.datasets.constraint import not_before, not_in_future
from data.datasets.investment.columns import project_column
from data.datasets.model import Dataset, code, date, text
from data.text import Text

DATASET = Dataset(
    name="project_difficulty",
    stream="investment",
    menu_place=28,
    label=Text("项目难点对策", "Difficulties of projects"),
    description=Text(
        "项目的难点和对策，一个难点一行：谁负责、何时提出、何时化解。",
        "One row per difficulty of a project and its answer: who sees to it, since when, when it was overcome.",
    ),
    key=("difficulty_id",),
    dated_by=("opened_on", "closed_on"),
    columns=(
        code("difficulty_id", "难点编码", "Difficulty code"),
        project_column(required=True),
        text("difficulty", "难点", "Difficulty", required=True),
        text("answer", "对策", "Answer"),
        text("owner", "责任单位", "Seen to by"),
        date("opened_on", "提出日期", "Since"),
        date("closed_on", "化解日期", "Overcome on"),
        text("note", "备注", "Note"),
    ),
    constraints=(*not_in_future("opened_on", "closed_on"), not_before("closed_on", "opened_on")),
)
