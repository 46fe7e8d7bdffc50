"""Rankings of villages as published: place and counts of that day, which later corrections leave alone."""

from data.datasets.constraint import at_most, not_in_future
from data.datasets.demolition.columns import village_column
from data.datasets.model import Dataset, date, integer, number
from data.text import Text

DATASET = Dataset(
    name="published_ranking",
    stream="demolition",
    menu_place=92,
    label=Text("已公布的村社排名", "Published rankings"),
    description=Text(
        "公布过的村社排名，每次每村社一行：公布时的名次和各数，以后数据更正也不改。",
        "Rankings of villages as published: place and counts of that day, which later corrections leave alone.",
    ),
    key=("ranked_on", "village_id"),
    dated_by=("ranked_on",),
    columns=(
        date("ranked_on", "排名日期", "Ranking of", required=True),
        village_column(required=True),
        integer("position", "名次", "Position", low=1),
        integer("signed", "已签约户", "Signed", "household", required=True),
        integer("households", "总户数", "Households", "household", required=True),
        number("rate", "签约率", "Signing rate", "percent", high=100),
        number("planned_rate", "序时进度", "Plan to date", "percent", high=100),
        number("gap", "与序时差", "Gap to plan", "point", low=None),
    ),
    constraints=(
        *not_in_future("ranked_on"),
        at_most("signed", "households"),
    ),
)
