"""Ledgers of 截: pollution sources, outfalls, blocks that discharge nothing."""

from data.datasets.constraint import (
    Constraint,
    at_most,
    both_or_neither,
    done_requires_date,
    not_before,
    not_in_future,
    open_without_date,
)
from data.datasets.model import Dataset, choice, choices, code, date, flag, integer, number, text
from data.datasets.water_choices import SCALE_UNITS
from data.datasets.water_columns import (
    latitude_column,
    longitude_column,
    reach_column,
    reach_on_river,
    river_column,
    village_column,
)
from data.text import Text

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
        river_column(),
        village_column(),
        number("scale", "规模", "Scale", unit_from="scale_unit", aliases=("数量",)),
        choice("scale_unit", "规模单位", "Scale unit", SCALE_UNITS),
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
        date("accepted_on", "验收日期", "Accepted on"),
        longitude_column(),
        latitude_column(),
    ),
    constraints=(
        *not_in_future("found_on", "closed_on", "accepted_on"),
        not_before("due_on", "found_on"),
        not_before("closed_on", "found_on"),
        both_or_neither("lon", "lat"),
        not_before("accepted_on", "closed_on"),
        done_requires_date("state", ("已完成", "已验收"), "closed_on"),
        open_without_date("state", ("未启动", "整治中"), "closed_on"),
        open_without_date("state", ("未启动", "整治中", "已完成"), "accepted_on"),
        both_or_neither("scale", "scale_unit"),
    ),
)

CLOSED_OUTFALLS, OPEN_OUTFALLS = ("已封堵", "已纳管", "已规范"), ("未整治", "整治中")

OUTFALL = Dataset(
    name="outfall",
    stream="water",
    label=Text("入河排口", "Outfalls"),
    description=Text(
        "沿河排口及其整治：晴天有没有水、封堵纳管的日期和凭据。",
        "Outfalls along the rivers: flow in dry weather, the day on which they were sealed, and the evidence.",
    ),
    key=("outfall_id",),
    name_column="name",
    dated_by=("found_on", "closed_on"),
    columns=(
        code("outfall_id", "排口编码", "Outfall code", aliases=("排口编号", "排污口编码")),
        text("name", "排口名称", "Outfall", required=True, aliases=("排口", "排污口名称")),
        river_column(),
        reach_column(),
        village_column(),
        choice(
            "kind",
            "排口类型",
            "Kind of outfall",
            choices(
                工业="Industrial",
                生活="Domestic",
                养殖="Animal farming",
                雨水="Rainwater",
                混合="Mixed",
                农田="Farmland",
                其他="Other",
            ),
            required=True,
            aliases=("类型", "排污口类型"),
        ),
        choice(
            "state",
            "整治状态",
            "State",
            choices(
                未整治="Not begun",
                整治中="Under way",
                已封堵="Sealed",
                已纳管="Connected to sewer",
                已规范="Brought to standard",
            ),
            required=True,
            aliases=("状态", "排口状态"),
        ),
        flag("dry_weather_flow", "晴天排水", "Flow in dry weather", aliases=("晴天有水", "晴天出水")),
        date("found_on", "发现日期", "Found on", required=True, aliases=("排查日期",)),
        date("due_on", "限期", "Due on"),
        date("closed_on", "完成日期", "Closed on", aliases=("整治完成日期",)),
        text("evidence", "凭据", "Evidence", aliases=("整治凭据", "验收材料")),
        flag("has_sign", "已设标识牌", "Sign set up", aliases=("标识牌",)),
        longitude_column(),
        latitude_column(),
    ),
    constraints=(
        *not_in_future("found_on", "closed_on"),
        not_before("due_on", "found_on"),
        not_before("closed_on", "found_on"),
        reach_on_river(),
        both_or_neither("lon", "lat"),
        done_requires_date("state", CLOSED_OUTFALLS, "closed_on"),
        open_without_date("state", OPEN_OUTFALLS, "closed_on"),
        Constraint(
            name="closed_with_evidence",
            columns=("evidence", "state"),
            breaks="r.state IN ('已封堵', '已纳管', '已规范') AND r.evidence IS NULL",
            reason=Text(
                "“{state}”表明已经整治，却没有写“{evidence}”，请补上",
                "“{state}” says that it is done, but “{evidence}” is empty; add it",
            ),
            is_warning=True,
        ),
        Constraint(
            name="sealed_runs_dry",
            columns=("dry_weather_flow", "state"),
            breaks="r.dry_weather_flow AND r.state IN ('已封堵', '已纳管')",
            reason=Text(
                "“{state}”的排口仍有“{dry_weather_flow}”，请核对",
                "“{state}” says closed, yet there is “{dry_weather_flow}”; make sure of both",
            ),
            is_warning=True,
        ),
    ),
)

ZERO_DISCHARGE = Dataset(
    name="zero_discharge",
    stream="water",
    label=Text("零直排区块", "Zero-discharge blocks"),
    description=Text(
        "“污水零直排区”按区块登记：接户、查出和修复的问题、走到哪一步。",
        "Blocks that discharge no sewage: households connected, defects found and mended, how far it is.",
    ),
    key=("block_id",),
    name_column="name",
    dated_by=("reported_on",),
    columns=(
        code("block_id", "区块编码", "Block code", aliases=("区块编号",)),
        text("name", "区块名称", "Block", required=True, aliases=("区块",)),
        choice(
            "kind",
            "区块类型",
            "Kind of block",
            choices(工业园区="Industrial park", 生活小区="Housing estate", 镇街区块="Town block", 行政村="Village"),
            required=True,
            aliases=("类型",),
        ),
        village_column(),
        river_column(required=False),
        choice(
            "phase",
            "建设阶段",
            "Phase",
            choices(排查="Survey", 设计="Design", 施工="Building", 验收="Acceptance", 复查="Check after acceptance"),
            required=True,
            aliases=("阶段",),
        ),
        integer("households_design", "应接户数", "Households to connect", "household", aliases=("总户数",)),
        integer("households_connected", "已接户数", "Households connected", "household"),
        integer("defects_found", "查出问题数", "Defects found", "piece", aliases=("发现问题数",)),
        integer("defects_fixed", "已改问题数", "Defects mended", "piece", aliases=("已整改数",)),
        date("reported_on", "上报日期", "Reported on", required=True, aliases=("日期", "填报日期")),
        date("accepted_on", "验收日期", "Accepted on"),
    ),
    constraints=(
        *not_in_future("reported_on", "accepted_on"),
        not_before("reported_on", "accepted_on"),
        at_most("households_connected", "households_design"),
        at_most("defects_fixed", "defects_found"),
        done_requires_date("phase", ("复查",), "accepted_on"),
        open_without_date("phase", ("排查", "设计", "施工"), "accepted_on"),
    ),
)

DATASETS = (SOURCE, OUTFALL, ZERO_DISCHARGE)
