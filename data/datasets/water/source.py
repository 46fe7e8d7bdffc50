"""Pollution sources along the rivers, from found to closed."""

from data.datasets.constraint import both_or_neither, done_requires_date, not_before, not_in_future, open_without_date
from data.datasets.model import Dataset, choice, choices, code, date, number, text
from data.datasets.shared.columns import coordinate_columns, point_is_whole, village_column
from data.datasets.water.choices import SCALE_UNITS
from data.datasets.water.columns import river_column
from data.text import Text

DATASET = Dataset(
    name="source",
    stream="water",
    menu_place=120,
    label=Text("污染源", "Pollution sources"),
    description=Text(
        "沿河污染源及其整治：发现、限期、关停。", "Pollution sources along the rivers: found, due, closed."
    ),
    key=("source_id",),
    name_column="name",
    dated_by=("found_on", "closed_on"),
    columns=(
        code("source_id", "污染源编码", "Source code"),
        text("name", "污染源名称", "Source", required=True, aliases=("名称",)),
        choice(
            "kind",
            "类型",
            "Kind",
            choices(
                畜禽养殖="Livestock",
                废油="Waste oil",
                煤炭="Coal trade",
                废品收购="Scrap trade",
                餐饮="Catering",
                洗车="Car wash",
                工业企业="Industry",
                生活污水="Domestic sewage",
                农业面源="Farm run-off",
            ),
            required=True,
        ),
        river_column(),
        village_column(),
        number("scale", "规模", "Scale", unit_from="scale_unit", aliases=("数量",)),
        choice("scale_unit", "规模单位", "Scale unit", SCALE_UNITS),
        choice(
            "action",
            "整治方式",
            "Action",
            choices(
                关停="Close", 拆除="Demolish", 搬迁="Relocate", 纳管="Connect to sewer", 整改="Rectify", 取缔="Ban"
            ),
        ),
        choice(
            "state",
            "整治状态",
            "State",
            choices(未启动="Not started", 整治中="Under way", 已完成="Done", 已验收="Accepted", 反弹="Relapsed"),
            required=True,
        ),
        date("found_on", "发现日期", "Found on", required=True),
        date("due_on", "限期", "Due on"),
        date("closed_on", "完成日期", "Closed on"),
        date("accepted_on", "验收日期", "Accepted on"),
        *coordinate_columns(),
    ),
    constraints=(
        *not_in_future("found_on", "closed_on", "accepted_on"),
        not_before("due_on", "found_on"),
        not_before("closed_on", "found_on"),
        *point_is_whole(),
        not_before("accepted_on", "closed_on"),
        done_requires_date("state", ("已完成", "已验收"), "closed_on"),
        open_without_date("state", ("未启动", "整治中"), "closed_on"),
        open_without_date("state", ("未启动", "整治中", "已完成"), "accepted_on"),
        both_or_neither("scale", "scale_unit"),
    ),
)
