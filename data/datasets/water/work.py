"""Remediation works: what is to be done, by when and for how much."""

from data.datasets.constraint import Constraint, cases, not_before
from data.datasets.model import Dataset, History, choice, choices, code, date, number, text
from data.datasets.shared.columns import coordinate_columns, point_is_whole
from data.datasets.water.choices import DIMENSIONS, QUANTITY_UNITS
from data.datasets.water.columns import river_column
from data.text import Text

DATASET = Dataset(
    name="work",
    stream="water",
    menu_place=150,
    label=Text("整治工程", "Remediation works"),
    description=Text(
        "清淤、挡墙、箱涵等工程的工程量、工期和预算。", "Dredging, walls, culverts: quantity, dates and budget."
    ),
    key=("work_id",),
    name_column="name",
    columns=(
        code("work_id", "工程编码", "Work code"),
        text("name", "工程名称", "Work", required=True),
        river_column(),
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
        choice("dim", "四维度", "Dimension", DIMENSIONS, aliases=("维度",)),
        number(
            "quantity",
            "计划工程量",
            "Planned quantity",
            unit_from="quantity_unit",
            required=True,
            aliases=("工程量",),
        ),
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
        *coordinate_columns(),
    ),
    history=History(("quantity", "quantity_unit", "budget", "start_on", "end_on"), judged="work_progress"),
    constraints=(
        *point_is_whole(),
        not_before("end_on", "start_on"),
        Constraint(
            name="quantity_above_0",
            columns=("quantity",),
            breaks="r.quantity = 0",
            reason=Text(
                "“{quantity}”是 0，算不出完成率，请核对",
                "“{quantity}” is 0, so nothing can be a share of it; correct it",
            ),
            is_warning=True,
            cases=cases(broken=[(0,)], kept=[(1,)]),
        ),
    ),
)
