"""Signboards of chiefs: where they stand and in what state."""

from data.datasets.constraint import not_before, not_in_future
from data.datasets.model import Dataset, choice, choices, code, date, text
from data.datasets.shared.columns import coordinate_columns, point_is_whole
from data.datasets.water.columns import reach_column, reach_on_river, river_column
from data.text import Text

DATASET = Dataset(
    name="signboard",
    stream="water",
    menu_place=70,
    label=Text("河长公示牌", "Signboards"),
    description=Text(
        "每块河长公示牌一行：位置、最近一次检查和牌面状况。", "One row per signboard: place, newest check, condition."
    ),
    key=("signboard_id",),
    dated_by=("checked_on",),
    columns=(
        code("signboard_id", "公示牌编码", "Signboard code", aliases=("公示牌编号",)),
        river_column(),
        reach_column(),
        text("location", "设置位置", "Place", aliases=("位置", "地点")),
        date("checked_on", "检查日期", "Checked on", required=True, aliases=("最近检查",)),
        choice(
            "condition",
            "牌面状况",
            "Condition",
            choices(完好="Good", 缺失="Missing", 信息过期="Out of date", 破损="Damaged"),
            required=True,
            aliases=("公示牌状况",),
        ),
        date("info_as_of", "信息更新日期", "Information as of", aliases=("信息截至", "更新日期")),
        *coordinate_columns(),
    ),
    constraints=(
        *not_in_future("checked_on", "info_as_of"),
        not_before("checked_on", "info_as_of"),
        reach_on_river(),
        *point_is_whole(),
    ),
)
