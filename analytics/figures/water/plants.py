"""FIGURES of 洁, the micro sewage plants."""

from analytics.metric import Metric
from data.text import Text

FIGURES = (
    Metric(
        name="plant_connection",
        label=Text("污水处理厂接户率", "Households connected to plants"),
        unit="percent",
        formula=Text("已接户数 ÷ 应接户数", "Households connected ÷ households to connect"),
        direction="higher",
        query="water.plant_connection",
        sources=("plant",),
    ),
)
