"""Firms of the subdistrict and those that trade in it from elsewhere, under aliases."""

from data.datasets.constraint import Constraint, cases, not_in_future
from data.datasets.model import Choice, Dataset, choice, code, date, number, text
from data.datasets.shared.columns import village_column
from data.text import Text

PLACES = (
    Choice("本街道", Text("本街道", "In the subdistrict"), ("街道内", "庄桥", "庄桥街道", "本地", "辖区内")),
    Choice("江北区其他", Text("江北区其他", "Elsewhere in Jiangbei"), ("江北", "江北区", "区内其他", "区内")),
    Choice("区外", Text("区外", "Outside the district"), ("江北区外", "外地", "市外", "外区")),
)
SIZES = (
    Choice("规上", Text("规上", "Above the statistical threshold"), ("规模以上", "规上企业", "限上")),
    Choice("规下", Text("规下", "Below it"), ("规模以下", "规下企业", "限下")),
)

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
        choice("registered_in", "注册地", "Registered in", PLACES, required=True, aliases=("工商注册地", "登记地")),
        choice("trades_in", "经营地", "Trades in", PLACES, required=True, aliases=("实际经营地", "生产经营地")),
        choice("scale", "规模", "Size", SIZES, aliases=("企业规模", "规模类别")),
        text("industry", "行业", "Industry", aliases=("所属行业", "行业类别")),
        number("land_area", "用地面积", "Land", "mu", aliases=("占地面积", "土地面积")),
        number("floor_area", "建筑面积", "Floor area", "m2", aliases=("厂房面积",)),
        number("tax", "年税收", "Taxes a year", "wan", aliases=("年纳税额", "税收")),
        date("listed_on", "入册日期", "Listed on", required=True, aliases=("登记日期", "建档日期")),
        text("note", "备注", "Note"),
    ),
    constraints=(
        *not_in_future("listed_on"),
        Constraint(
            name="is_of_the_subdistrict",
            columns=("trades_in", "registered_in"),
            breaks="r.trades_in <> '本街道' AND r.registered_in <> '本街道'",
            reason=Text(
                "“{trades_in}”和“{registered_in}”都不在本街道，请核对这家企业是否该入册",
                "Neither “{trades_in}” nor “{registered_in}” is the subdistrict; make sure that the firm belongs here",
            ),
            is_warning=True,
            cases=cases(broken=[("区外", "江北区其他")], kept=[("本街道", "区外"), ("区外", "本街道")]),
        ),
    ),
)
