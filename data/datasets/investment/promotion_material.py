"""Material that presents the subdistrict to investors, by version."""

from data.datasets.constraint import SumConstraint, at_most, cases, not_in_future
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
        text("version", "版本", "Version", aliases=("版次", "期次")),
        date("published_on", "编印日期", "Published on", required=True, aliases=("发布日期", "印发日期")),
        text("topics", "内容", "Topics", aliases=("主要内容", "栏目")),
        integer("plots_covered", "收录地块数", "Plots covered", "piece", aliases=("收录地块",)),
        integer("plots_total", "可推介地块数", "Plots on offer", "piece", aliases=("可推介地块", "地块总数")),
        integer("copies_sent", "发放份数", "Copies sent", "piece", aliases=("发放数", "印数")),
    ),
    constraints=(
        *not_in_future("published_on"),
        at_most("plots_covered", "plots_total"),
        SumConstraint(
            name="version_once",
            columns=("version", "name"),
            group=("name", "version"),
            totals={"versions": "count(*)"},
            breaks="r.version IS NOT NULL AND r.versions > 1",
            shown=("r.name", "r.version", "r.versions"),
            reason=Text(
                "同一“{name}”的同一“{version}”有几行，请核对是否重复登记",
                "Several rows have the same “{version}” of “{name}”; make sure that none stands twice",
            ),
            is_warning=True,
            cases=cases(
                broken=[("一版", "《投资庄桥》"), ("一版", "《投资庄桥》")],
                kept=[("一版", "《投资庄桥》"), ("二版", "《投资庄桥》")],
            ),
        ),
    ),
)
