"""Samples of plants: what inflow and effluent showed."""

from data.datasets.constraint import not_in_future
from data.datasets.model import Choice, Dataset, WideLayout, choice, moment, number, parent
from data.datasets.water.choices import NOT_MEASURED, PLANT_ITEMS, QUALIFIERS
from data.datasets.water.columns import limit_above_zero, not_zero
from data.text import Text

SAMPLING_POINTS = (
    Choice("进水", Text("进水", "Inflow"), ("进水口", "进口", "总进口", "Influent")),
    Choice("出水", Text("出水", "Effluent"), ("出水口", "出口", "总出口", "总排口", "Outflow")),
)

DATASET = Dataset(
    name="plant_sample",
    stream="water",
    menu_place=200,
    label=Text("厂站水质", "Samples of plants"),
    description=Text(
        "进水、出水的化验结果：一座厂站、一个时间、一个项目一行；也接受每个项目一列。",
        "Samples of inflow and effluent: one row per plant, time and item; one column per item is accepted too.",
    ),
    is_event=True,
    key=("plant_id", "sampled_at", "point", "parameter"),
    dated_by=("sampled_at",),
    wide=WideLayout("parameter", "value", "qualifier", missing=NOT_MEASURED, side="point"),
    columns=(
        parent("plant_id", "plant", "厂站", "Plant", required=True, aliases=("厂站名称", "厂站编码")),
        moment("sampled_at", "采样时间", "Sampled at", required=True, aliases=("采样日期", "日期", "时间")),
        choice(
            "point",
            "采样点",
            "Sampling point",
            SAMPLING_POINTS,
            required=True,
            aliases=("取样点", "采样位置"),
        ),
        choice("parameter", "监测项目", "Item", PLANT_ITEMS, required=True, aliases=("项目", "指标")),
        number("value", "监测值", "Value", unit_from="parameter", required=True, aliases=("数值", "浓度", "结果")),
        choice("qualifier", "限定符", "Qualifier", QUALIFIERS, aliases=("检出标志", "检出情况")),
    ),
    constraints=(*not_in_future("sampled_at"), limit_above_zero(), not_zero("PH")),
)
