"""Daily operation of plants: inflow, hours, electricity, state."""

from data.datasets.constraint import Constraint, cases, not_in_future
from data.datasets.model import Dataset, choice, choices, date, number, parent, text
from data.text import Text

DATASET = Dataset(
    name="plant_daily",
    stream="water",
    menu_place=190,
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
            cases=cases(broken=[("停运", 2)], kept=[("停运", 0)]),
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
            cases=cases(broken=[("正常", 0)], kept=[("正常", 1)]),
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
            cases=cases(broken=[(121, "P-1")], kept=[(120, "P-1")], plant={"plant_id": "P-1", "capacity": 40}),
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
            cases=cases(
                broken=[("2013-12-31", "P-1")],
                kept=[("2014-01-01", "P-1")],
                plant={"plant_id": "P-1", "commissioned_on": "2014-01-01"},
            ),
        ),
    ),
)
