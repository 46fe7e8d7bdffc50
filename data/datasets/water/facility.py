"""Taps in public places, and who keeps them."""

from data.datasets.model import Dataset, choice, choices, code, integer, text
from data.datasets.shared.columns import coordinate_columns, point_is_whole, village_column
from data.text import Text

DATASET = Dataset(
    name="facility",
    stream="water",
    menu_place=220,
    label=Text("公共用水设施", "Public taps"),
    description=Text(
        "公共场所的自来水设施名册：在哪里、哪个单位管护、多久查一次。",
        "Taps in public places: where they are, which unit keeps them, how often they are checked.",
    ),
    key=("facility_id",),
    name_column="name",
    columns=(
        code("facility_id", "设施编码", "Tap code", aliases=("设施编号",)),
        text("name", "设施名称", "Tap", required=True, aliases=("设施", "场所")),
        village_column(),
        choice(
            "kind",
            "场所类型",
            "Kind of place",
            choices(
                公厕="Public toilet",
                学校="School",
                机关="Office",
                公园="Park",
                市场="Market",
                消火栓="Fire hydrant",
            ),
            required=True,
            aliases=("设施类型", "类型"),
        ),
        text("keeper_unit", "管护单位", "Kept by", aliases=("责任单位",)),
        integer("check_days", "检查周期", "Checked every", "day", low=1),
        *coordinate_columns(),
    ),
    constraints=point_is_whole(),
)
