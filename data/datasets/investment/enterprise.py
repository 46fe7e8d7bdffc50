"""Firms of the subdistrict and those that trade in it from elsewhere, under aliases."""

from data.datasets.investment.columns import village_column
from data.datasets.model import Dataset, choice, choices, code, date, number, text
from data.text import Text

PLACES = choices(本街道="In the subdistrict", 江北区其他="Elsewhere in Jiangbei", 区外="Outside the district")

DATASET = Dataset(
    name="enterprise",
    stream="investment",
    menu_place=5,
    label=Text("企业名册", "Firms"),
    description=Text(
        "街道内的企业和在街道经营、注册在外的企业，一行一家：注册地、经营地、用地、税收。",
        "One row per firm of the subdistrict or trading in it: where it is registered, where it trades, land, taxes.",
    ),
    key=("enterprise_id",),
    name_column="name",
    columns=(
        code("enterprise_id", "企业编码", "Firm code"),
        text("name", "企业名称", "Firm", required=True, aliases=("企业", "单位名称")),
        village_column(),
        choice("registered_in", "注册地", "Registered in", PLACES, required=True),
        choice("trades_in", "经营地", "Trades in", PLACES, required=True),
        choice("scale", "规模", "Size", choices(规上="Above the statistical threshold", 规下="Below it")),
        text("industry", "行业", "Industry"),
        number("land_area", "用地面积", "Land", "mu"),
        number("floor_area", "建筑面积", "Floor area", "m2"),
        number("tax", "年税收", "Taxes a year", "wan", aliases=("年纳税额", "税收")),
        date("listed_on", "入册日期", "Listed on", required=True),
        text("note", "备注", "Note"),
    ),
)
