"""Water-saving activities: publicity, training, inspections."""

from data.datasets.constraint import at_most, not_in_future
from data.datasets.model import Dataset, choice, choices, code, date, integer
from data.datasets.shared.columns import village_column
from data.text import Text

DATASET = Dataset(
    name="saving_activity",
    stream="water",
    menu_place=210,
    label=Text("节水活动", "Water-saving activities"),
    description=Text("节水宣传、培训和自来水设施巡检。", "Water-saving publicity, training and tap inspections."),
    is_event=True,
    key=("activity_id",),
    dated_by=("held_on",),
    columns=(
        code("activity_id", "活动编码", "Activity code"),
        date("held_on", "活动日期", "Held on", required=True),
        village_column(),
        choice(
            "kind",
            "活动类型",
            "Kind",
            choices(宣传活动="Publicity", 培训="Training", 设施巡检="Inspection"),
            required=True,
        ),
        integer("headcount", "参加人数", "People", "person"),
        integer("units_visited", "走访单位", "Units visited", "piece"),
        integer("leaks_found", "发现长流水", "Leaks found", "piece"),
        integer("leaks_fixed", "修复长流水", "Leaks fixed", "piece"),
    ),
    constraints=(
        *not_in_future("held_on"),
        at_most("leaks_fixed", "leaks_found"),
    ),
)
