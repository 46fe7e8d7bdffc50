"""One row per unlawful building: floor area, found, notified, razed, how the land is used after."""

from data.datasets.constraint import at_most, not_before, not_in_future
from data.datasets.demolition.columns import project_column, village_column
from data.datasets.model import Dataset, choice, choices, code, date, number, text
from data.text import Text

DATASET = Dataset(
    name="violation",
    stream="demolition",
    menu_place=85,
    label=Text("违法建筑", "Unlawful buildings"),
    description=Text(
        "违法建筑，一处一行：面积、发现、通知、拆除和拆后利用。",
        "One row per unlawful building: floor area, found, notified, razed, how the land is used after.",
    ),
    key=("violation_id",),
    dated_by=("found_on", "razed_on", "reused_on"),
    columns=(
        code("violation_id", "违建编码", "Building code", aliases=("违建编号",)),
        village_column(required=False),
        project_column(required=False),
        choice("kind", "违建类型", "Kind", choices(存量="Old stock", 新增="New"), required=True),
        number("area", "违建面积", "Floor area", "m2", required=True, aliases=("面积", "建筑面积")),
        date("found_on", "发现日期", "Found on", required=True),
        date("notified_on", "通知日期", "Notified on", aliases=("责令日期",)),
        date("due_on", "限期", "Due on", aliases=("限拆日期",)),
        date("razed_on", "拆除日期", "Razed on"),
        number("land_area", "拆后土地", "Land after", "m2", aliases=("拆后土地面积",)),
        choice(
            "reuse",
            "拆后利用",
            "Use after",
            choices(复垦="Farmland", 复绿="Green", 公园="Park", 道路="Road", 出让="Sold", 未用="Not used"),
        ),
        date("reused_on", "利用日期", "Used since"),
        number("reused_area", "利用面积", "Land used", "m2"),
        text("note", "备注", "Note"),
    ),
    constraints=(
        *not_in_future("found_on", "notified_on", "razed_on", "reused_on"),
        not_before("notified_on", "found_on"),
        not_before("razed_on", "found_on"),
        not_before("reused_on", "razed_on"),
        at_most("reused_area", "land_area"),
    ),
)
