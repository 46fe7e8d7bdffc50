"""Renovation of old housing, factories and villages in town: floor area done, by village, kind and month."""

from data.datasets.constraint import not_in_future
from data.datasets.demolition.columns import RESETTLEMENT_KINDS, village_column
from data.datasets.model import Dataset, choice, month, number
from data.text import Text

DATASET = Dataset(
    name="renovation",
    stream="demolition",
    menu_place=88,
    label=Text("三改面积", "Renovated floor area"),
    description=Text(
        "旧住宅区、旧厂区、城中村改造，每村社每类每月一行：当月完成面积。",
        "Renovation of old housing, factories and villages in town: floor area done, by village, kind and month.",
    ),
    key=("village_id", "kind", "month"),
    dated_by=("month",),
    columns=(
        village_column(required=True),
        choice("kind", "三改类型", "Kind", RESETTLEMENT_KINDS, required=True, aliases=("改造类型",)),
        month("month", "月份", "Month", required=True),
        number("done_area", "当月完成面积", "Done in the month", "m2", required=True, aliases=("完成面积",)),
    ),
    constraints=(*not_in_future("month"),),
)
