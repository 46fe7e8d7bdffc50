"""Outfalls along the rivers, from found to sealed."""

from data.datasets.constraint import (
    Constraint,
    cases,
    done_requires_date,
    not_before,
    not_in_future,
    open_without_date,
)
from data.datasets.model import Dataset, choice, choices, code, date, flag, text
from data.datasets.shared.columns import coordinate_columns, point_is_whole, village_column
from data.datasets.water.columns import reach_column, reach_on_river, river_column
from data.text import Text

CLOSED_OUTFALLS, OPEN_OUTFALLS = ("已封堵", "已纳管", "已规范"), ("未整治", "整治中")

DATASET = Dataset(
    name="outfall",
    stream="water",
    menu_place=130,
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
        *coordinate_columns(),
    ),
    constraints=(
        *not_in_future("found_on", "closed_on"),
        not_before("due_on", "found_on"),
        not_before("closed_on", "found_on"),
        reach_on_river(),
        *point_is_whole(),
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
            cases=cases(broken=[(None, "已封堵")], kept=[("验收单", "已封堵")]),
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
            cases=cases(broken=[(True, "已封堵")], kept=[(True, "已规范")]),
        ),
    ),
)
