"""Idle or little used land, plants and floors: what is vacant, since when, and what became of it."""

from data.datasets.constraint import at_most, not_before, not_in_future
from data.datasets.investment.columns import village_column
from data.datasets.model import Dataset, choice, choices, code, date, flag, integer, number, parent, text
from data.text import Text

DATASET = Dataset(
    name="idle_resource",
    stream="investment",
    menu_place=55,
    label=Text("闲置低效资源", "Idle resources"),
    description=Text(
        "闲置土地、厂房、楼宇和村集体物业，一行一处：空置多少、何时起、谁在推介、何时盘活。",
        "One row per idle plot, plant, building or village property: what is vacant, since when, who markets it, "
        "when it came into use.",
    ),
    key=("resource_id",),
    name_column="name",
    dated_by=("found_on", "revived_on"),
    columns=(
        code("resource_id", "资源编码", "Resource code"),
        text("name", "资源名称", "Resource", required=True, aliases=("名称", "资源")),
        choice(
            "kind",
            "资源类型",
            "Kind",
            choices(
                闲置土地="Idle land",
                低效用地="Little used land",
                闲置厂房="Idle plant",
                空置楼宇="Vacant building",
                村集体物业="Village property",
            ),
            required=True,
        ),
        village_column(),
        choice(
            "owner_kind", "权属", "Owner", choices(国有="State", 村集体="Village", 民企="Private firm", 其他="Other")
        ),
        number("land_area", "土地面积", "Land", "mu"),
        number("floor_area", "建筑面积", "Floor area", "m2"),
        number("vacant_area", "空置面积", "Vacant area", "m2"),
        number("asking_rent", "挂牌租金", "Asking rent", "yuan/m2/d"),
        date("found_on", "入册日期", "Listed on", required=True),
        date("idle_since", "闲置起始日期", "Idle since"),
        text("idle_reason", "闲置原因", "Why it is idle"),
        text("defects", "缺陷", "Defects"),
        flag("in_brochure", "已编入手册", "In the brochure"),
        parent("agent_id", "investment_agent", "招商经理人", "Agent"),
        integer("viewings", "看房看地次数", "Viewings", "times"),
        date("marketed_on", "推介日期", "Marketed on"),
        date("intended_on", "意向日期", "Intent on"),
        date("revived_on", "盘活日期", "Brought into use on"),
        number("revived_area", "盘活建筑面积", "Floor area brought into use", "m2"),
        number("revived_land", "盘活土地面积", "Land brought into use", "mu"),
        number("tax_before", "盘活前单位税收", "Taxes per m² before", "yuan/m2/a"),
        number("tax_after", "盘活后单位税收", "Taxes per m² after", "yuan/m2/a"),
        flag("tenant_registered", "承租方注册在本街道", "Tenant registered here"),
    ),
    constraints=(
        *not_in_future("found_on", "idle_since", "revived_on"),
        not_before("revived_on", "found_on"),
        at_most("vacant_area", "floor_area"),
        at_most("revived_area", "floor_area"),
        at_most("revived_land", "land_area"),
    ),
)
