"""Monitoring sections: where water is measured."""

from data.datasets.model import Dataset, History, choice, choices, code, integer, text
from data.datasets.shared.columns import coordinate_columns, point_is_whole
from data.datasets.water.choices import SECTION_ALIASES, WATER_CLASSES, WATER_TYPES
from data.datasets.water.columns import reach_column, reach_on_river, river_column
from data.text import Text

DATASET = Dataset(
    name="section",
    stream="water",
    menu_place=30,
    label=Text("监测断面", "Monitoring sections"),
    place_column="province",
    description=Text(
        "水质在哪里测：断面、所在河道和目标类别。", "Where water is measured: section, river and target class."
    ),
    key=("section_id",),
    name_column="name",
    columns=(
        code("section_id", "断面编码", "Section code"),
        text("name", "断面名称", "Section", required=True, aliases=SECTION_ALIASES),
        river_column(required=False),
        reach_column(),
        choice(
            "level",
            "断面级别",
            "Level",
            choices(国控="National", 省控="Provincial", 市控="City", 县控="County", 街道自测="Subdistrict"),
        ),
        choice("water_type", "水体类型", "Water type", WATER_TYPES),
        choice("target_class", "目标水质", "Target class", WATER_CLASSES, aliases=("水质目标",)),
        text("water_body", "所属水体", "Water body", aliases=("所属河流", "河流")),
        choice(
            "kind",
            "断面类型",
            "Kind of section",
            choices(断面="Along the river", 交界="At a boundary", 入河口="At a mouth"),
        ),
        integer("min_items", "最少参评项数", "Fewest items", "piece", low=1, high=21, aliases=("最少参评项目数",)),
        text("province", "省份", "Province"),
        text("basin", "流域", "Basin"),
        *coordinate_columns(),
    ),
    history=History(("river_id", "reach_id", "water_type", "target_class"), judged="reading"),
    constraints=(
        reach_on_river(),
        *point_is_whole(),
    ),
)
