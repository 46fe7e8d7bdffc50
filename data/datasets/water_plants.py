"""Ledgers of 洁, the micro sewage plants: what each can do, how it ran each day, what its water showed."""

from data.datasets.constraint import Constraint, at_most, both_or_neither, not_in_future
from data.datasets.model import (
    Dataset,
    WideLayout,
    choice,
    choices,
    code,
    date,
    flag,
    integer,
    moment,
    number,
    parent,
    symbols,
    text,
)
from data.datasets.water_choices import DISCHARGE_STANDARDS, NOT_MEASURED, PLANT_ITEMS, QUALIFIERS
from data.datasets.water_columns import latitude_column, longitude_column, village_column
from data.text import Text

PROCESSES = (
    *symbols(("A/O", "AO"), ("A²/O", "A2/O", "A2O", "AAO"), ("MBR", "膜生物反应器")),
    *choices(生物滤池="Biofilter", 人工湿地="Constructed wetland", 厌氧="Anaerobic", 其他="Other"),
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
        longitude_column(),
        latitude_column(),
    ),
    constraints=(
        *not_in_future("commissioned_on"),
        at_most("households_connected", "households_design"),
        both_or_neither("lon", "lat"),
    ),
)

PLANT_DAILY = Dataset(
    name="plant_daily",
    stream="water",
    label=Text("厂站日运行", "Daily operation of plants"),
    description=Text(
        "每座厂站每天一行：进水量、运行时数、用电量和运行状态。",
        "One row per plant and day: inflow, hours run, electricity, state.",
    ),
    is_event=True,
    key=("plant_id", "on_date"),
    dated_by=("on_date",),
    columns=(
        parent("plant_id", "plant", "厂站", "Plant", required=True, aliases=("厂站名称", "厂站编码")),
        date("on_date", "日期", "Date", required=True, aliases=("运行日期",)),
        number("inflow", "进水量", "Inflow", "water m3", aliases=("处理水量", "日处理量")),
        number("run_hours", "运行时数", "Hours run", "hour", high=24, aliases=("运行时间", "运行小时")),
        number("power", "用电量", "Electricity", "kWh", aliases=("电量", "耗电量")),
        choice(
            "run_state",
            "运行状态",
            "Running state",
            choices(正常="Normal", 检修="Under repair", 停运="Stopped", 故障="Broken down"),
            required=True,
            aliases=("状态", "运行情况"),
        ),
        text("note", "备注", "Note", aliases=("故障原因", "停运原因")),
    ),
    constraints=(
        *not_in_future("on_date"),
        Constraint(
            name="stopped_does_not_run",
            columns=("run_state", "run_hours"),
            breaks="r.run_state = '停运' AND r.run_hours > 0",
            reason=Text(
                "“{run_state}”是停运，“{run_hours}”却大于 0，请核对",
                "“{run_state}” says stopped, but “{run_hours}” is above 0; correct one of them",
            ),
        ),
        Constraint(
            name="normal_runs",
            columns=("run_state", "run_hours"),
            breaks="r.run_state = '正常' AND r.run_hours = 0",
            reason=Text(
                "“{run_state}”是正常，“{run_hours}”却是 0，请核对",
                "“{run_state}” says normal, but “{run_hours}” is 0; make sure of both",
            ),
            is_warning=True,
        ),
        Constraint(
            name="inflow_fits_capacity",
            columns=("inflow", "plant_id"),
            parent="plant",
            breaks="r.inflow > $inflow_capacities * p.capacity",
            shown=("r.inflow", "p.capacity"),
            reason=Text(
                "“{inflow}”超过设计能力的 {inflow_capacities:g} 倍，请核对单位",
                "“{inflow}” is more than {inflow_capacities:g} times the capacity; make sure of its unit",
            ),
            is_warning=True,
        ),
        Constraint(
            name="runs_after_commissioning",
            columns=("on_date", "plant_id"),
            parent="plant",
            breaks="r.on_date < p.commissioned_on",
            shown=("r.on_date", "p.commissioned_on"),
            reason=Text(
                "“{on_date}”早于厂站的投运日期，请核对",
                "“{on_date}” is earlier than the day on which the plant began; make sure of it",
            ),
            is_warning=True,
        ),
    ),
)

PLANT_SAMPLE = Dataset(
    name="plant_sample",
    stream="water",
    label=Text("厂站水质", "Samples of plants"),
    description=Text(
        "进水、出水的化验结果：一座厂站、一个时间、一个项目一行；也接受每个项目一列。",
        "Samples of inflow and effluent: one row per plant, time and item; one column per item is accepted too.",
    ),
    is_event=True,
    key=("plant_id", "sampled_at", "point", "parameter"),
    dated_by=("sampled_at",),
    wide=WideLayout("parameter", "value", "qualifier", missing=NOT_MEASURED),
    columns=(
        parent("plant_id", "plant", "厂站", "Plant", required=True, aliases=("厂站名称", "厂站编码")),
        moment("sampled_at", "采样时间", "Sampled at", required=True, aliases=("采样日期", "日期", "时间")),
        choice(
            "point",
            "采样点",
            "Sampling point",
            choices(进水="Inflow", 出水="Effluent"),
            required=True,
            aliases=("取样点", "采样位置"),
        ),
        choice("parameter", "监测项目", "Item", PLANT_ITEMS, required=True, aliases=("项目", "指标")),
        number("value", "监测值", "Value", unit_from="parameter", required=True, aliases=("数值", "浓度", "结果")),
        choice("qualifier", "限定符", "Qualifier", QUALIFIERS, aliases=("检出标志", "检出情况")),
    ),
    constraints=(*not_in_future("sampled_at"),),
)

DATASETS = (PLANT, PLANT_DAILY, PLANT_SAMPLE)
