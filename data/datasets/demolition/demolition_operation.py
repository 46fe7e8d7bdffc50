"""One row per operation: by whom, when, floor area, departments, waste, accidents."""

from data.datasets.constraint import not_in_future
from data.datasets.demolition.columns import project_column, team_column, village_column
from data.datasets.model import Dataset, choice, choices, code, flag, integer, moment, number, text
from data.text import Text

DATASET = Dataset(
    name="demolition_operation",
    stream="demolition",
    menu_place=80,
    label=Text("拆除行动", "Operations"),
    description=Text(
        "拆除行动，一次一行：方式、时间、面积、参加单位、清运和事故。",
        "One row per operation: by whom, when, floor area, departments, waste, accidents.",
    ),
    key=("operation_id",),
    dated_by=("started_at",),
    columns=(
        code("operation_id", "行动编码", "Operation code"),
        project_column(required=False),
        village_column(required=False),
        team_column(),
        choice(
            "kind", "拆除方式", "Kind", choices(自拆="By the owner", 助拆="With help", 强拆="By force"), required=True
        ),
        moment("started_at", "开始时间", "Started at", required=True, aliases=("行动时间", "日期")),
        text("departments", "参加单位", "Departments", aliases=("配合部门", "参与部门")),
        number("razed_area", "拆除面积", "Floor area razed", "m2", aliases=("面积",)),
        flag("is_waste_cleared", "垃圾已清运", "Waste cleared"),
        integer("accidents", "安全事故", "Accidents", "piece", aliases=("事故数",)),
        text("note", "备注", "Note"),
    ),
    constraints=(*not_in_future("started_at"),),
)
