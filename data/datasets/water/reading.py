"""Water quality readings: one section, time and item a row."""

from data.datasets.constraint import not_in_future
from data.datasets.model import Column, Dataset, WideLayout, choice, choices, moment, parent
from data.datasets.water.choices import NOT_CLASSED, NOT_MEASURED, PARAMETERS, QUALIFIERS, WATER_CLASSES
from data.datasets.water.columns import limit_above_zero, not_zero
from data.text import Text

DATASET = Dataset(
    name="reading",
    stream="water",
    menu_place=40,
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
    constraints=(*not_in_future("sampled_at"), limit_above_zero(), not_zero("PH", "DO")),
)
