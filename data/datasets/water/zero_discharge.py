"""Blocks that are to discharge no sewage."""

from data.datasets.constraint import at_most, done_requires_date, not_before, not_in_future, open_without_date
from data.datasets.model import Dataset, choice, choices, code, date, integer, text
from data.datasets.shared.columns import village_column
from data.datasets.water.columns import river_column
from data.text import Text

DATASET = Dataset(
    name="zero_discharge",
    stream="water",
    menu_place=140,
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
