"""Idle or little used land, plants and floors: what is vacant, since when, and what became of it."""

from data.datasets.constraint import (
    Constraint,
    as_warning,
    at_most,
    cases,
    done_requires_date,
    not_before,
    not_in_future,
    open_without_date,
)
from data.datasets.model import Choice, Dataset, choice, code, date, flag, integer, number, parent, text
from data.datasets.shared.columns import coordinate_columns, point_is_whole, village_column
from data.text import Text

KINDS = (
    Choice("闲置土地", Text("闲置土地", "Idle land"), ("空闲土地", "闲置用地")),
    Choice("低效用地", Text("低效用地", "Little used land"), ("低效土地",)),
    Choice("闲置厂房", Text("闲置厂房", "Idle plant"), ("空置厂房", "厂房")),
    Choice("空置楼宇", Text("空置楼宇", "Vacant building"), ("闲置楼宇", "空置写字楼", "楼宇")),
    Choice("村集体物业", Text("村集体物业", "Village property"), ("集体物业", "村级物业")),
)
OWNERS = (
    Choice("国有", Text("国有", "State"), ("国企", "国资")),
    Choice("村集体", Text("村集体", "Village"), ("集体",)),
    Choice("民企", Text("民企", "Private firm"), ("私企", "民营", "民营企业")),
    Choice("其他", Text("其他", "Other")),
)
STATES = (
    Choice("待包装", Text("待包装", "Not yet marketed"), ("待推介",)),
    Choice("已推介", Text("已推介", "Marketed"), ("推介中", "招租中")),
    Choice("意向", Text("意向", "Intent"), ("有意向", "洽谈中")),
    Choice("已盘活", Text("已盘活", "In use again"), ("盘活", "已出租", "已成交")),
)

DATASET = Dataset(
    name="idle_resource",
    stream="investment",
    menu_place=55,
    label=Text("闲置低效资源", "Idle resources"),
    description=Text(
        "闲置土地、厂房、楼宇和村集体物业，一行一处：空置多少、何时起、谁在推介、何时盘活；租金按天每平方米登记。",
        "One row per idle plot, plant, building or village property: what is vacant, since when, who markets it, "
        "when it came into use; rents are by the day and square metre.",
    ),
    key=("resource_id",),
    name_column="name",
    dated_by=("found_on", "revived_on"),
    columns=(
        code("resource_id", "资源编码", "Resource code"),
        text("name", "资源名称", "Resource", required=True, aliases=("名称", "资源")),
        choice("kind", "资源类型", "Kind", KINDS, required=True, aliases=("类型", "类别")),
        village_column(),
        choice("owner_kind", "权属", "Owner", OWNERS, aliases=("权属类型", "产权性质")),
        number("land_area", "土地面积", "Land", "mu", aliases=("用地面积", "占地面积")),
        number("floor_area", "建筑面积", "Floor area", "m2", aliases=("总建筑面积",)),
        number("vacant_area", "空置面积", "Vacant area", "m2", aliases=("空置建筑面积", "闲置面积")),
        number("asking_rent", "挂牌租金", "Asking rent", "yuan/m2/d", aliases=("租金", "租金单价", "挂牌价")),
        date("found_on", "入册日期", "Listed on", required=True, aliases=("登记日期", "入库日期")),
        date("idle_since", "闲置起始日期", "Idle since", aliases=("闲置起始日", "空置起始日期", "空置起始日")),
        text("idle_reason", "闲置原因", "Why it is idle", aliases=("空置原因",)),
        text("defects", "缺陷", "Defects", aliases=("瑕疵", "存在问题")),
        flag("in_brochure", "已编入手册", "In the brochure", aliases=("入手册", "是否编入手册")),
        parent("agent_id", "investment_agent", "招商经理人", "Agent", aliases=("经理人", "推介机构")),
        integer("viewings", "看房看地次数", "Viewings", "times", aliases=("看房次数", "带看次数")),
        choice("state", "盘活状态", "State of revival", STATES, aliases=("状态", "当前状态")),
        date("marketed_on", "推介日期", "Marketed on", aliases=("推介时间",)),
        date("intended_on", "意向日期", "Intent on", aliases=("意向时间", "达成意向日期")),
        date("revived_on", "盘活日期", "Brought into use on", aliases=("盘活时间", "成交日期")),
        number("revived_area", "盘活建筑面积", "Floor area brought into use", "m2", aliases=("盘活面积",)),
        number("revived_land", "盘活土地面积", "Land brought into use", "mu"),
        number("tax_before", "盘活前单位税收", "Taxes per m² before", "yuan/m2/a"),
        number("tax_after", "盘活后单位税收", "Taxes per m² after", "yuan/m2/a"),
        flag("tenant_registered", "承租方注册在本街道", "Tenant registered here", aliases=("属地注册",)),
        *coordinate_columns(),
    ),
    constraints=(
        *point_is_whole(),
        *not_in_future("found_on", "idle_since", "marketed_on", "intended_on", "revived_on"),
        not_before("revived_on", "found_on"),
        not_before("revived_on", "idle_since"),
        not_before("revived_on", "intended_on"),
        as_warning(not_before("intended_on", "marketed_on")),
        as_warning(not_before("found_on", "idle_since")),
        at_most("vacant_area", "floor_area"),
        at_most("revived_area", "floor_area"),
        at_most("revived_land", "land_area"),
        done_requires_date("state", ("已盘活",), "revived_on"),
        open_without_date("state", ("待包装", "已推介", "意向"), "revived_on"),
        Constraint(
            name="revival_has_a_day",
            columns=("revived_on", "revived_area", "revived_land", "tax_after"),
            breaks="r.revived_on IS NULL AND coalesce(r.revived_area, r.revived_land, r.tax_after) IS NOT NULL",
            reason=Text(
                "填了“{revived_area}”“{revived_land}”或“{tax_after}”，却没有“{revived_on}”，请补上日期",
                "“{revived_area}”, “{revived_land}” or “{tax_after}” is filled, but “{revived_on}” is empty; add it",
            ),
            cases=cases(broken=[(None, 1, None, None)], kept=[("2014-01-02", 1, None, None)]),
        ),
        Constraint(
            name="rent_is_by_the_day",
            columns=("asking_rent",),
            breaks="r.asking_rent > $rent_highest",
            reason=Text(
                "“{asking_rent}”每天每平方米高于 {rent_highest:g} 元，请核对是不是按月或按年的租金",
                "“{asking_rent}” is above {rent_highest:g} yuan per m² a day; make sure that it is not by the month or "
                "the year",
            ),
            is_warning=True,
            cases=cases(broken=[(10.5,)], kept=[(10,)]),
        ),
    ),
)
