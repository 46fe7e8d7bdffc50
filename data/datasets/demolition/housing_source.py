"""Homes that can be allotted or bought."""

from data.datasets.constraint import at_most
from data.datasets.model import Dataset, choice, choices, code, integer, number, text
from data.text import Text

DATASET = Dataset(
    name="housing_source",
    stream="demolition",
    menu_place=40,
    label=Text("安置房源", "Housing sources"),
    description=Text("可供安置或购买的房源。", "Homes that can be allotted or bought."),
    key=("housing_source_id",),
    name_column="estate",
    columns=(
        code("housing_source_id", "房源编码", "Housing code"),
        text("estate", "小区", "Estate", required=True),
        choice(
            "kind",
            "房源类型",
            "Kind",
            choices(安置房="Resettlement home", 现房="Ready home", 市场购房="Bought on the market"),
            required=True,
        ),
        integer("units_total", "总套数", "Units", "piece"),
        integer("units_free", "剩余套数", "Units free", "piece"),
        number("distance", "距离", "Distance", "km"),
    ),
    constraints=(at_most("units_free", "units_total"),),
)
