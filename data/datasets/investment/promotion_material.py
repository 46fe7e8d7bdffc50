"""Material that presents the subdistrict to investors, by version."""

from data.datasets.constraint import at_most, not_in_future
from data.datasets.model import Dataset, code, date, integer, text
from data.text import Text

DATASET = Dataset(
    name="promotion_material",
    stream="investment",
    menu_place=80,
    label=Text("招商资料", "Promotion material"),
    description=Text(
        "《投资庄桥》等招商资料，每版一行：何时编印、收录多少地块、发出多少份。",
        "One row per version of material such as 《投资庄桥》: when published, how many plots it covers, copies sent.",
    ),
    key=("material_id",),
    dated_by=("published_on",),
    columns=(
        code("material_id", "资料编码", "Material code"),
        text("name", "资料名称", "Material", required=True, aliases=("资料",)),
        text("version", "版本", "Version"),
        date("published_on", "编印日期", "Published on", required=True),
        text("topics", "内容", "Topics"),
        integer("plots_covered", "收录地块数", "Plots covered", "piece"),
        integer("plots_total", "可推介地块数", "Plots on offer", "piece"),
        integer("copies_sent", "发放份数", "Copies sent", "piece"),
    ),
    constraints=(*not_in_future("published_on"), at_most("plots_covered", "plots_total")),
)
