"""Changes of a project: its amount or an expected day, from what to what, when and why."""

from data.datasets.constraint import not_in_future
from data.datasets.investment.columns import project_column
from data.datasets.model import Dataset, choice, choices, code, date, number, text
from data.text import Text

CHANGED = choices(
    总投资="Total investment",
    预计签约日期="Expected signing",
    预计开工日期="Expected start",
    预计投产日期="Expected production",
)

DATASET = Dataset(
    name="project_change",
    stream="investment",
    menu_place=25,
    label=Text("项目变更", "Changes of projects"),
    description=Text(
        "项目总投资或预计日期的每次变更：从多少改到多少、从哪天改到哪天、何时、为何。",
        "Each change of the investment or of an expected day of a project: from what to what, when and why.",
    ),
    is_event=True,
    key=("change_id",),
    dated_by=("changed_on",),
    columns=(
        code("change_id", "变更编码", "Change code"),
        project_column(required=True),
        choice("changed", "变更事项", "What changed", CHANGED, required=True),
        number("old_amount", "原金额", "Former amount", "wan"),
        number("new_amount", "新金额", "New amount", "wan"),
        date("old_day", "原日期", "Former day"),
        date("new_day", "新日期", "New day"),
        date("changed_on", "变更日期", "Changed on", required=True),
        text("change_reason", "变更原因", "Why it changed"),
    ),
    constraints=(*not_in_future("changed_on"),),
)
