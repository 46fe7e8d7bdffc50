"""Villages and communities, which other ledgers name."""

from data.datasets.constraint import as_warning, at_most
from data.datasets.model import Dataset, choice, choices, code, integer, text
from data.text import Text

DATASET = Dataset(
    name="village",
    stream="shared",
    menu_place=10,
    label=Text("村社", "Villages"),
    description=Text(
        "行政村和社区的名册，其他台账用村名或编码引用。", "Villages and communities, which other ledgers name."
    ),
    key=("village_id",),
    name_column="name",
    columns=(
        code("village_id", "村社编码", "Village code", aliases=("村编码",)),
        text("name", "村社名称", "Village", required=True, aliases=("村名", "村", "村社", "社区")),
        choice("kind", "类别", "Kind", choices(行政村="Village", 社区="Community")),
        integer("population", "人口", "Population", "person"),
        integer("households", "户数", "Households", "household"),
    ),
    constraints=(as_warning(at_most("households", "population")),),
)
