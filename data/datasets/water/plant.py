"""Micro sewage plants: what each can do, and for whom."""

from data.datasets.constraint import at_most, not_in_future
from data.datasets.model import Dataset, choice, choices, code, date, flag, integer, number, parent, symbols, text
from data.datasets.shared.columns import coordinate_columns, point_is_whole, village_column
from data.datasets.water.choices import DISCHARGE_STANDARDS
from data.text import Text

PROCESSES = (
    *symbols(("A/O", "AO"), ("A²/O", "A2/O", "A2O", "AAO"), ("MBR", "膜生物反应器")),
    *choices(生物滤池="Biofilter", 人工湿地="Constructed wetland", 厌氧="Anaerobic", 其他="Other"),
)

DATASET = Dataset(
    name="plant",
    stream="water",
    menu_place=180,
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
        village_column(required=True),
        choice("process", "处理工艺", "Process", PROCESSES, aliases=("工艺",)),
        number("capacity", "设计能力", "Capacity", "m3/d", required=True),
        integer("households_design", "应接户数", "Households to connect", "household"),
        integer("households_connected", "已接户数", "Households connected", "household"),
        choice(
            "discharge_standard",
            "排放标准",
            "Discharge standard",
            DISCHARGE_STANDARDS,
            aliases=("执行标准", "出水标准"),
        ),
        parent("river_id", "river", "排入河道", "Discharges to"),
        text("om_unit", "运维单位", "Operator", aliases=("运行单位", "运维公司")),
        date("commissioned_on", "投运日期", "Commissioned on"),
        flag("is_running", "正常运行", "Running"),
        *coordinate_columns(),
    ),
    constraints=(
        *not_in_future("commissioned_on"),
        at_most("households_connected", "households_design"),
        *point_is_whole(),
    ),
)
