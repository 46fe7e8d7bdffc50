"""Ledgers of 五水共治: rivers, chiefs, monitoring, pollution sources, works, plants and water saving."""

from data.datasets.model import (
    Column,
    Dataset,
    Wide,
    choice,
    choices,
    code,
    date,
    flag,
    integer,
    number,
    parent,
    symbols,
    text,
)
from data.datasets.rule import (
    OrderRule,
    Rule,
    SumRule,
    at_most,
    happened,
    never_falls,
    not_before,
    together,
)
from data.datasets.water_words import ASSESS_RULES, PARAMETERS, QUANTITY_UNITS, WATER_CLASSES, WATER_TYPES
from data.text import Text


def _longitude() -> Column:
    return number("lon", "经度", "Longitude", "degree", low=73, high=136)


def _latitude() -> Column:
    return number("lat", "纬度", "Latitude", "degree", low=3, high=54)


def _reach_on_river() -> Rule:
    """A reach that a row names lies on the river that it names."""
    return Rule(
        name="reach_on_river",
        columns=("reach_id", "river_id"),
        parent="reach",
        breaks="p.river_id <> r.river_id",
        shown=("r.reach_id", "p.river_id", "r.river_id"),
        reason=Text(
            "“{reach_id}”不在这条“{river_id}”上，请核对",
            "“{reach_id}” does not lie on this “{river_id}”; correct one of them",
        ),
    )


def _at_most_of_work(column: str, whole: str, zh: str, en: str) -> Rule:
    """A cumulative figure that exceeds what the work was given looks suspicious, though plans are exceeded at times."""
    return Rule(
        name=f"{column}_at_most_{whole}",
        columns=(column, "work_id"),
        parent="work",
        breaks=f"r.{column} > p.{whole}",
        shown=(f"r.{column}", f"p.{whole}"),
        reason=Text(f"“{{{column}}}”超过{zh}，请核对", f"“{{{column}}}” is more than {en}; make sure of it"),
        is_warning=True,
    )


RIVER = Dataset(
    name="river",
    stream="water",
    label=Text("河道名录", "Rivers"),
    description=Text(
        "每条河道一行：等级、长度、起讫点和目标水质。", "One row per river: level, length, ends and target class."
    ),
    key=("river_id",),
    name_column="name",
    columns=(
        code("river_id", "河道编码", "River code", aliases=("河流编码",)),
        text("name", "河道名称", "River", required=True, aliases=("河流名称", "河流", "河道", "所属河流")),
        choice(
            "level",
            "河道等级",
            "Level",
            choices(省级="Province", 市级="City", 区级="District", 街道级="Subdistrict", 村级="Village"),
            required=True,
        ),
        choice("water_type", "水体类型", "Water type", WATER_TYPES, required=True),
        number("length", "长度", "Length", "km", aliases=("河长度", "全长")),
        text("from_place", "起点", "From"),
        text("to_place", "讫点", "To"),
        choice("target_class", "目标水质", "Target class", WATER_CLASSES, aliases=("水质目标",)),
        choice("assess_rule", "评价规则", "Assessed as", ASSESS_RULES),
        text("note", "备注", "Note"),
    ),
)

REACH = Dataset(
    name="reach",
    stream="water",
    label=Text("包干河段", "River reaches"),
    description=Text(
        "河道分段包干到村；走向写成“经度 纬度; 经度 纬度; …”。",
        "Reaches assigned to villages; the course is written “lon lat; lon lat; …”.",
    ),
    key=("reach_id",),
    name_column="name",
    columns=(
        code("reach_id", "河段编码", "Reach code"),
        text("name", "河段名称", "Reach", required=True, aliases=("河段",)),
        parent("river_id", "river", "河道", "River", required=True),
        integer("sequence", "序号", "No.", aliases=("段序",)),
        number("length", "长度", "Length", "km"),
        parent("village_id", "village", "所在村社", "Village", aliases=("村社", "村")),
        Column(name="course", label=Text("走向", "Course"), kind="path", aliases=("坐标",)),
    ),
    rules=(
        SumRule(
            name="lengths_at_most_river",
            columns=("length", "river_id"),
            group=("river_id",),
            totals={"total": "sum(r.length)"},
            parent="river",
            breaks="r.total > p.length * 1.05",
            shown=("r.total", "p.length"),
            reason=Text(
                "这条河各段的“{length}”之和超过河道全长，请核对",
                "The “{length}” of this river's reaches add up to more than that of the river; make sure of them",
            ),
            is_warning=True,
        ),
        SumRule(
            name="sequence_once",
            columns=("sequence", "river_id"),
            group=("river_id", "sequence"),
            totals={"reaches": "count(*)"},
            breaks="r.sequence IS NOT NULL AND r.reaches > 1",
            shown=("r.sequence", "r.reaches"),
            reason=Text(
                "这条河有几段的“{sequence}”相同，请核对", "Several reaches of this river bear the same “{sequence}”"
            ),
            is_warning=True,
        ),
    ),
)

CHIEF = Dataset(
    name="chief",
    stream="water",
    label=Text("河长名册", "River chiefs"),
    description=Text("河长按职务登记，姓名不在屏幕上显示。", "River chiefs by post; names are never shown on screen."),
    key=("chief_id",),
    name_column="post",
    columns=(
        code("chief_id", "河长编码", "Chief code"),
        text("post", "职务", "Post", required=True),
        text("name", "姓名", "Name", personal=True),
        choice(
            "level",
            "河长级别",
            "Level",
            choices(总河长="Head chief", 街道级河长="Subdistrict chief", 村级河长="Village chief"),
            required=True,
        ),
        date("active_from", "任职日期", "From"),
        date("active_to", "离任日期", "To"),
    ),
    rules=(not_before("active_to", "active_from"),),
)

CHIEF_DUTY = Dataset(
    name="chief_duty",
    stream="water",
    label=Text("河长包干", "Chief duties"),
    description=Text("谁在什么时候负责哪条河道、哪一段。", "Who answers for which river or reach, and when."),
    key=("chief_id", "river_id", "valid_from"),
    columns=(
        parent("chief_id", "chief", "河长", "Chief", required=True, aliases=("河长编码",)),
        parent("river_id", "river", "河道", "River", required=True),
        parent("reach_id", "reach", "河段", "Reach"),
        choice("role", "职责", "Role", choices(第一责任人="First responsible", 联系人="Contact", 督察长="Inspector")),
        date("valid_from", "开始日期", "From", required=True),
        date("valid_to", "结束日期", "To"),
    ),
    rules=(
        not_before("valid_to", "valid_from"),
        _reach_on_river(),
        OrderRule(
            name="duties_apart",
            columns=("valid_from", "valid_to", "chief_id", "river_id", "reach_id"),
            group=("chief_id", "river_id", "reach_id"),
            order="r.valid_from",
            running={"latest": "max(coalesce(r.valid_to, DATE '9999-12-31')) OVER before"},
            breaks="r.valid_from <= r.latest",
            shown=("r.valid_from", "r.latest"),
            reason=Text(
                "同一位河长、同一河段的上一次包干还没到“{valid_to}”，请核对",
                "The former duty of this chief for this reach has not reached its “{valid_to}”; make sure of both",
            ),
            is_warning=True,
        ),
    ),
)

SECTION = Dataset(
    name="section",
    stream="water",
    label=Text("监测断面", "Monitoring sections"),
    description=Text(
        "水质在哪里测：断面、所在河道和目标类别。", "Where water is measured: section, river and target class."
    ),
    key=("section_id",),
    name_column="name",
    columns=(
        code("section_id", "断面编码", "Section code"),
        text("name", "断面名称", "Section", required=True, aliases=("断面", "站点名称", "测站")),
        parent("river_id", "river", "河道", "River"),
        parent("reach_id", "reach", "河段", "Reach"),
        choice(
            "level",
            "断面级别",
            "Level",
            choices(国控="National", 省控="Provincial", 市控="City", 县控="County", 街道自测="Subdistrict"),
        ),
        choice("water_type", "水体类型", "Water type", WATER_TYPES),
        choice("target_class", "目标水质", "Target class", WATER_CLASSES, aliases=("水质目标",)),
        text("water_body", "所属水体", "Water body", aliases=("所属河流", "河流")),
        text("province", "省份", "Province"),
        text("basin", "流域", "Basin"),
        _longitude(),
        _latitude(),
    ),
    rules=(
        _reach_on_river(),
        together("lon", "lat"),
    ),
)

READING = Dataset(
    name="reading",
    stream="water",
    label=Text("水质监测数据", "Water quality readings"),
    description=Text(
        "一个断面、一个时间、一个项目一行；也接受每个项目一列的国家发布格式。",
        "One row per section, time and item; the national layout with one column per item is accepted too.",
    ),
    is_event=True,
    key=("section_id", "sampled_at", "parameter"),
    dated_by=("sampled_at",),
    wide=Wide("parameter", "value", missing=("*", "-", "--", "—", "/", "无", "未测", "NA", "null")),
    columns=(
        parent(
            "section_id",
            "section",
            "断面",
            "Section",
            required=True,
            aliases=("断面名称", "断面编码", "站点名称", "测站"),
        ),
        Column(
            name="sampled_at",
            label=Text("监测时间", "Sampled at"),
            kind="timestamp",
            required=True,
            aliases=("采样时间", "时间", "监测日期", "采样日期"),
        ),
        choice("parameter", "监测项目", "Item", PARAMETERS, required=True, aliases=("项目", "指标", "参数")),
        Column(
            name="value",
            label=Text("监测值", "Value"),
            kind="number",
            required=True,
            aliases=("数值", "值", "浓度", "结果"),
        ),
        choice("qualifier", "限定符", "Qualifier", symbols(("<", "＜"), (">", "＞"))),
        choice("method", "监测方式", "Method", choices(自动="Automatic", 手工="Manual", 快检="Quick test")),
    ),
    rules=happened("sampled_at"),
)

SOURCE = Dataset(
    name="source",
    stream="water",
    label=Text("污染源", "Pollution sources"),
    description=Text(
        "沿河污染源及其整治：发现、限期、关停。", "Pollution sources along the rivers: found, due, closed."
    ),
    key=("source_id",),
    name_column="name",
    dated_by=("found_on", "closed_on"),
    columns=(
        code("source_id", "污染源编码", "Source code"),
        text("name", "污染源名称", "Source", required=True, aliases=("名称",)),
        choice(
            "kind",
            "类型",
            "Kind",
            choices(
                畜禽养殖="Livestock",
                废油="Waste oil",
                煤炭="Coal trade",
                废品收购="Scrap trade",
                餐饮="Catering",
                洗车="Car wash",
                工业企业="Industry",
                生活污水="Domestic sewage",
                农业面源="Farm run-off",
            ),
            required=True,
        ),
        parent("river_id", "river", "河道", "River", required=True),
        parent("village_id", "village", "所在村社", "Village", aliases=("村社", "村")),
        choice(
            "action",
            "整治方式",
            "Action",
            choices(
                关停="Close", 拆除="Demolish", 搬迁="Relocate", 纳管="Connect to sewer", 整改="Rectify", 取缔="Ban"
            ),
        ),
        choice(
            "state",
            "整治状态",
            "State",
            choices(未启动="Not started", 整治中="Under way", 已完成="Done", 已验收="Accepted", 反弹="Relapsed"),
            required=True,
        ),
        date("found_on", "发现日期", "Found on", required=True),
        date("due_on", "限期", "Due on"),
        date("closed_on", "完成日期", "Closed on"),
        _longitude(),
        _latitude(),
    ),
    rules=(
        *happened("found_on", "closed_on"),
        not_before("due_on", "found_on"),
        not_before("closed_on", "found_on"),
        together("lon", "lat"),
        Rule(
            name="closed_has_its_date",
            columns=("state", "closed_on"),
            breaks="r.state IN ('已完成', '已验收') AND r.closed_on IS NULL",
            reason=Text(
                "“{state}”是已完成或已验收，却没有“{closed_on}”，请补上日期",
                "“{state}” says done or accepted, but “{closed_on}” is empty; add the date",
            ),
        ),
        Rule(
            name="open_has_no_date",
            columns=("state", "closed_on"),
            breaks="r.state IN ('未启动', '整治中') AND r.closed_on IS NOT NULL",
            reason=Text(
                "“{state}”还没有完成，却填了“{closed_on}”，请核对",
                "“{state}” is not done, but “{closed_on}” is filled; make sure of both",
            ),
            is_warning=True,
        ),
    ),
)

WORK = Dataset(
    name="work",
    stream="water",
    label=Text("整治工程", "Remediation works"),
    description=Text(
        "清淤、挡墙、箱涵等工程的工程量、工期和预算。", "Dredging, walls, culverts: quantity, dates and budget."
    ),
    key=("work_id",),
    name_column="name",
    columns=(
        code("work_id", "工程编码", "Work code"),
        text("name", "工程名称", "Work", required=True),
        parent("river_id", "river", "河道", "River", required=True),
        choice(
            "kind",
            "工程类型",
            "Kind",
            choices(
                清淤="Dredging",
                截污纳管="Sewer connection",
                挡墙护岸="Retaining walls",
                箱涵="Culverts",
                生态修复="Ecological repair",
                违章清除="Clearing of unlawful building",
                绿化公园="Green space",
            ),
            required=True,
        ),
        number("quantity", "计划工程量", "Planned quantity", required=True, aliases=("工程量",)),
        choice(
            "quantity_unit",
            "计量单位",
            "Unit",
            QUANTITY_UNITS,
            required=True,
        ),
        number("budget", "预算", "Budget", "wan"),
        date("start_on", "计划开工", "Planned start", required=True),
        date("end_on", "计划完工", "Planned finish", required=True),
        text("owner", "牵头单位", "Lead unit"),
    ),
    rules=(
        not_before("end_on", "start_on"),
        Rule(
            name="quantity_above_0",
            columns=("quantity",),
            breaks="r.quantity = 0",
            reason=Text(
                "“{quantity}”是 0，算不出完成率，请核对",
                "“{quantity}” is 0, so nothing can be a share of it; correct it",
            ),
            is_warning=True,
        ),
    ),
)

WORK_PLAN = Dataset(
    name="work_plan",
    stream="water",
    label=Text("工程计划曲线", "Plan of works"),
    description=Text("每个节点日期应累计完成的工程量（序时进度）。", "The cumulative quantity due at each date."),
    key=("work_id", "on_date"),
    columns=(
        parent("work_id", "work", "工程", "Work", required=True),
        date("on_date", "节点日期", "Date", required=True),
        number("planned", "累计计划量", "Cumulative plan", required=True),
    ),
    rules=(
        never_falls("planned", ("work_id",), "on_date"),
        _at_most_of_work("planned", "quantity", "工程的计划工程量", "the planned quantity of the work"),
        SumRule(
            name="plan_ends_at_quantity",
            columns=("planned", "on_date", "work_id"),
            group=("work_id",),
            totals={"last": "arg_max(r.planned, r.on_date)"},
            parent="work",
            breaks="r.last < p.quantity",
            shown=("r.last", "p.quantity"),
            reason=Text(
                "计划曲线最后一个“{planned}”没有达到工程的计划工程量，请核对",
                "The last “{planned}” is below the planned quantity of the work; make sure of the plan",
            ),
            is_warning=True,
        ),
        Rule(
            name="plan_within_dates",
            columns=("on_date", "work_id"),
            parent="work",
            breaks="r.on_date NOT BETWEEN p.start_on AND p.end_on",
            shown=("r.on_date", "p.start_on", "p.end_on"),
            reason=Text(
                "“{on_date}”不在工程的计划开工和完工之间，请核对",
                "“{on_date}” is not between the planned start and finish of the work; make sure of it",
            ),
            is_warning=True,
        ),
    ),
)

WORK_PROGRESS = Dataset(
    name="work_progress",
    stream="water",
    label=Text("工程进度", "Progress of works"),
    description=Text("每次上报时累计完成的工程量和资金。", "The cumulative quantity and money at each report."),
    is_event=True,
    key=("work_id", "on_date"),
    dated_by=("on_date",),
    columns=(
        parent("work_id", "work", "工程", "Work", required=True),
        date("on_date", "上报日期", "Reported on", required=True, aliases=("日期",)),
        number("done", "累计完成量", "Cumulative done", required=True, aliases=("完成量", "累计完成")),
        number("cost", "累计支出", "Cumulative cost", "wan"),
        text("note", "备注", "Note"),
    ),
    rules=(
        *happened("on_date"),
        never_falls("done", ("work_id",), "on_date"),
        never_falls("cost", ("work_id",), "on_date"),
        _at_most_of_work("done", "quantity", "工程的计划工程量", "the planned quantity of the work"),
        _at_most_of_work("cost", "budget", "工程的预算", "the budget of the work"),
        Rule(
            name="done_after_start",
            columns=("on_date", "done", "work_id"),
            parent="work",
            breaks="r.on_date < p.start_on AND r.done > 0",
            shown=("r.on_date", "p.start_on"),
            reason=Text(
                "“{on_date}”早于工程的计划开工，却已有完成量，请核对",
                "“{on_date}” is earlier than the planned start of the work, yet something is done; make sure of it",
            ),
            is_warning=True,
        ),
    ),
)

PLANT = Dataset(
    name="plant",
    stream="water",
    label=Text("微型污水处理厂", "Micro sewage plants"),
    description=Text(
        "农村微型污水处理厂的能力和接户情况。", "Village sewage plants: capacity and households connected."
    ),
    key=("plant_id",),
    name_column="name",
    dated_by=("commissioned_on",),
    columns=(
        code("plant_id", "厂站编码", "Plant code"),
        text("name", "厂站名称", "Plant", required=True),
        parent("village_id", "village", "所在村社", "Village", required=True, aliases=("村社", "村")),
        number("capacity", "设计能力", "Capacity", "m3/d", required=True),
        integer("households_design", "应接户数", "Households to connect", "household"),
        integer("households_connected", "已接户数", "Households connected", "household"),
        parent("river_id", "river", "排入河道", "Discharges to"),
        date("commissioned_on", "投运日期", "Commissioned on"),
        flag("is_running", "正常运行", "Running"),
    ),
    rules=(
        *happened("commissioned_on"),
        at_most("households_connected", "households_design"),
    ),
)

SAVING_ACTIVITY = Dataset(
    name="saving_activity",
    stream="water",
    label=Text("节水活动", "Water-saving activities"),
    description=Text("节水宣传、培训和自来水设施巡检。", "Water-saving publicity, training and tap inspections."),
    is_event=True,
    key=("activity_id",),
    dated_by=("held_on",),
    columns=(
        code("activity_id", "活动编码", "Activity code"),
        date("held_on", "活动日期", "Held on", required=True),
        parent("village_id", "village", "所在村社", "Village", aliases=("村社", "村")),
        choice(
            "kind",
            "活动类型",
            "Kind",
            choices(宣传活动="Publicity", 培训="Training", 设施巡检="Inspection"),
            required=True,
        ),
        integer("headcount", "参加人数", "People", "person"),
        integer("units_visited", "走访单位", "Units visited", "piece"),
        integer("leaks_found", "发现长流水", "Leaks found", "piece"),
        integer("leaks_fixed", "修复长流水", "Leaks fixed", "piece"),
    ),
    rules=(
        *happened("held_on"),
        at_most("leaks_fixed", "leaks_found"),
    ),
)

DATASETS = (
    RIVER,
    REACH,
    CHIEF,
    CHIEF_DUTY,
    SECTION,
    READING,
    SOURCE,
    WORK,
    WORK_PLAN,
    WORK_PROGRESS,
    PLANT,
    SAVING_ACTIVITY,
)
