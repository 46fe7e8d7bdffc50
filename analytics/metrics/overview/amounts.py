"""What the targets of amounts are summed up from."""

from analytics.metrics.model import LazyTransform, Listing
from data.datasets.model import number, text
from data.derivations import column_sum
from data.text import Text

AMOUNT_PARTS = Listing(
    name="amount_parts",
    label=Text("数量由哪些组成", "What an amount is made up of"),
    query="overview.amount_part",
    columns=(
        text("part", "项目、村社", "Project or village"),
        number("money", "金额", "Amount", "wan"),
        number("floor_area", "面积", "Floor area", "m2"),
    ),
    derived=(column_sum("money"), column_sum("floor_area")),
    transform=LazyTransform("analytics.targets", "amount_parts"),
)
