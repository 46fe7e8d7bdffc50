"""Rivers: level, length, ends and target class."""

from data.datasets.constraint import Constraint, cases
from data.datasets.model import Dataset, History, choice, choices, code, number, text
from data.datasets.water.choices import ASSESS_RULES, WATER_CLASSES, WATER_TYPES
from data.text import Text

DATASET = Dataset(
    name="river",
    stream="water",
    menu_place=10,
    label=Text("河道名录", "Rivers"),
    description=Text(
        "每条河道一行：等级、长度、起讫点和目标水质。", "One row per river: level, length, ends and target class."
    ),
    key=("river_id",),
    name_column="name",
    columns=(
        code("river_id", "河道编码", "River code", aliases=("河流编码",)),
        text("name", "河道名称", "River", required=True, aliases=("河流名称", "河流", "河道", "所属河流")),
        choice(
            "level",
            "河道等级",
            "Level",
            choices(省级="Province", 市级="City", 区级="District", 街道级="Subdistrict", 村级="Village"),
            required=True,
        ),
        choice("water_type", "水体类型", "Water type", WATER_TYPES, required=True),
        number("length", "长度", "Length", "km", aliases=("河长度", "全长")),
        number("mean_width", "平均宽度", "Mean width", "m", aliases=("河宽", "宽度")),
        text("from_place", "起点", "From"),
        text("to_place", "讫点", "To"),
        choice("target_class", "目标水质", "Target class", WATER_CLASSES, aliases=("水质目标",)),
        choice("assess_rule", "评价规则", "Assessed as", ASSESS_RULES, aliases=("水质评价规则", "黑臭评价规则")),
        choice(
            "status_flag",
            "河道现状",
            "River status",
            (
                *choices(垃圾河="Littered river", 黑河="Black river", 臭河="Odorous river"),
                WATER_CLASSES[-1],
                *choices(正常="Normal", 美丽河湖="Beautiful river or lake", 幸福河湖="Happy river or lake"),
            ),
            aliases=("河道状况",),
        ),
        text("note", "备注", "Note"),
    ),
    history=History(("level", "water_type", "target_class", "assess_rule"), judged="reading"),
    constraints=(
        Constraint(
            name="length_fits_level",
            columns=("length", "level"),
            breaks="r.level IN ('街道级', '村级') AND r.length > $local_river_length",
            reason=Text(
                "“{length}”超过 {local_river_length:g} 公里，不像“{level}”写的这一级，请核对单位",
                "“{length}” is more than {local_river_length:g} km, too long for this “{level}”; make sure of the unit",
            ),
            is_warning=True,
            cases=cases(broken=[(101, "村级")], kept=[(100, "村级")]),
        ),
    ),
)
