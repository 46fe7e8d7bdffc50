"""Ledgers of 节: activities, public taps and their checks for running water (长流水)."""

from data.datasets.constraint import Constraint, at_most, both_or_neither, not_before, not_in_future
from data.datasets.model import Dataset, choice, choices, code, date, integer, number, parent, text
from data.datasets.water_columns import latitude_column, longitude_column, village_column
from data.text import Text

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
        village_column(),
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
    constraints=(
        *not_in_future("held_on"),
        at_most("leaks_fixed", "leaks_found"),
    ),
)

FACILITY = Dataset(
    name="facility",
    stream="water",
    label=Text("公共用水设施", "Public taps"),
    description=Text(
        "公共场所的自来水设施名册：在哪里、谁管护、多久查一次。",
        "Taps in public places: where they are, who keeps them, how often they are checked.",
    ),
    key=("facility_id",),
    name_column="name",
    columns=(
        code("facility_id", "设施编码", "Tap code", aliases=("设施编号",)),
        text("name", "设施名称", "Tap", required=True, aliases=("设施", "场所")),
        village_column(),
        choice(
            "kind",
            "场所类型",
            "Kind of place",
            choices(
                公厕="Public toilet",
                学校="School",
                机关="Office",
                公园="Park",
                市场="Market",
                消火栓="Fire hydrant",
            ),
            required=True,
            aliases=("设施类型", "类型"),
        ),
        text("keeper_unit", "管护单位", "Kept by", aliases=("责任单位",)),
        text("keeper", "管护人", "Keeper", personal=True, aliases=("责任人",)),
        integer("check_days", "检查周期", "Checked every", "day", low=1),
        longitude_column(),
        latitude_column(),
    ),
    constraints=(both_or_neither("lon", "lat"),),
)

FACILITY_CHECK = Dataset(
    name="facility_check",
    stream="water",
    label=Text("设施检查", "Checks of taps"),
    description=Text(
        "每次检查一行：正常、长流水、滴漏还是损坏，哪天修好；漏水量是估算。",
        "One row per check: in order, running, dripping or broken, the day of repair; the loss is an estimate.",
    ),
    is_event=True,
    key=("facility_id", "checked_on"),
    dated_by=("checked_on", "fixed_on"),
    columns=(
        parent("facility_id", "facility", "设施", "Tap", required=True, aliases=("设施名称", "设施编码")),
        date("checked_on", "检查日期", "Checked on", required=True, aliases=("日期",)),
        choice(
            "finding",
            "检查结果",
            "Finding",
            choices(正常="Normal", 长流水="Running tap", 滴漏="Dripping tap", 损坏="Broken"),
            required=True,
            aliases=("设施状况",),
        ),
        date("fixed_on", "修复日期", "Mended on", aliases=("修好日期",)),
        number("loss", "估算漏水量", "Estimated loss", "m3/d", aliases=("漏水量", "估算漏损")),
        text("note", "备注", "Note"),
    ),
    constraints=(
        *not_in_future("checked_on", "fixed_on"),
        not_before("fixed_on", "checked_on"),
        Constraint(
            name="in_order_needs_no_repair",
            columns=("finding", "fixed_on", "loss"),
            breaks="r.finding = '正常' AND (r.fixed_on IS NOT NULL OR r.loss > 0)",
            reason=Text(
                "“{finding}”是正常，却填了“{fixed_on}”或“{loss}”，请核对",
                "“{finding}” says in order, but “{fixed_on}” or “{loss}” is filled; correct one of them",
            ),
        ),
    ),
)

DATASETS = (SAVING_ACTIVITY, FACILITY, FACILITY_CHECK)
