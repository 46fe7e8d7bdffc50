"""Ledgers of where the water is and how it is: rivers, reaches, monitoring sections, readings."""

from data.datasets.constraint import Constraint, SumConstraint, both_or_neither, not_in_future
from data.datasets.model import (
    Column,
    Dataset,
    WideLayout,
    choice,
    choices,
    code,
    integer,
    moment,
    number,
    parent,
    text,
)
from data.datasets.water_choices import (
    ASSESS_RULES,
    NOT_CLASSED,
    NOT_MEASURED,
    PARAMETERS,
    QUALIFIERS,
    SECTION_ALIASES,
    WATER_CLASSES,
    WATER_TYPES,
)
from data.datasets.water_columns import (
    latitude_column,
    longitude_column,
    reach_column,
    reach_on_river,
    river_column,
    village_column,
)
from data.text import Text

RIVER = Dataset(
    name="river",
    stream="water",
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
        ),
    ),
)

REACH = Dataset(
    name="reach",
    stream="water",
    label=Text("包干河段", "River reaches"),
    description=Text(
        "河道分段包干到村；走向写成“经度 纬度; 经度 纬度; …”。",
        "Reaches assigned to villages; the course is written “lon lat; lon lat; …”.",
    ),
    key=("reach_id",),
    name_column="name",
    columns=(
        code("reach_id", "河段编码", "Reach code"),
        text("name", "河段名称", "Reach", required=True, aliases=("河段",)),
        river_column(),
        integer("sequence", "序号", "No.", aliases=("段序",)),
        number("length", "长度", "Length", "km"),
        village_column(),
        Column(name="course", label=Text("走向", "Course"), kind="path", aliases=("坐标",)),
    ),
    constraints=(
        SumConstraint(
            name="lengths_at_most_river",
            columns=("length", "river_id"),
            group=("river_id",),
            totals={"total": "sum(r.length)"},
            parent="river",
            breaks="r.total > p.length * $reaches_of_river",
            shown=("r.total", "p.length"),
            reason=Text(
                "这条河各段的“{length}”之和超过河道全长，请核对",
                "The “{length}” of this river's reaches add up to more than that of the river; make sure of them",
            ),
            is_warning=True,
        ),
        SumConstraint(
            name="sequence_once",
            columns=("sequence", "river_id"),
            group=("river_id", "sequence"),
            totals={"reaches": "count(*)"},
            breaks="r.sequence IS NOT NULL AND r.reaches > 1",
            shown=("r.sequence", "r.reaches"),
            reason=Text(
                "这条河有几段的“{sequence}”相同，请核对", "Several reaches of this river bear the same “{sequence}”"
            ),
            is_warning=True,
        ),
    ),
)

SECTION = Dataset(
    name="section",
    stream="water",
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
        longitude_column(),
        latitude_column(),
    ),
    constraints=(
        reach_on_river(),
        both_or_neither("lon", "lat"),
    ),
)

READING = Dataset(
    name="reading",
    stream="water",
    label=Text("水质监测数据", "Water quality readings"),
    description=Text(
        "一个断面、一个时间、一个项目一行；也接受每个项目一列的国家发布格式。",
        "One row per section, time and item; the national layout with one column per item is accepted too.",
    ),
    is_event=True,
    key=("section_id", "sampled_at", "parameter"),
    dated_by=("sampled_at",),
    wide=WideLayout("parameter", "value", "qualifier", missing=NOT_MEASURED),
    columns=(
        parent(
            "section_id",
            "section",
            "断面",
            "Section",
            required=True,
            aliases=("断面名称", "断面编码", "监测断面"),
        ),
        moment(
            "sampled_at",
            "监测时间",
            "Sampled at",
            required=True,
            aliases=("采样时间", "时间", "监测日期", "采样日期"),
        ),
        choice("parameter", "监测项目", "Item", PARAMETERS, required=True, aliases=("项目", "指标", "参数")),
        Column(
            name="value",
            label=Text("监测值", "Value"),
            kind="number",
            unit_from="parameter",
            required=True,
            aliases=("数值", "值", "浓度", "结果"),
        ),
        choice("qualifier", "限定符", "Qualifier", QUALIFIERS, aliases=("检出标志", "检出情况")),
        choice("method", "监测方式", "Method", choices(自动="Automatic", 手工="Manual", 快检="Quick test")),
        choice(
            "printed_class",
            "公布的水质类别",
            "Printed class",
            (*WATER_CLASSES, NOT_CLASSED),
            aliases=("水质类别", "公布类别", "评价类别"),
        ),
    ),
    constraints=not_in_future("sampled_at"),
)

DATASETS = (RIVER, REACH, SECTION, READING)
