"""Steps of households: the day on which each was reached."""

from data.datasets.constraint import not_in_future, steps_in_order
from data.datasets.model import Dataset, choice, choices, date, parent
from data.text import Text

STATUSES = choices(
    已摸底="Surveyed",
    已评估="Appraised",
    已签约="Signed",
    已审核="Audited",
    已腾空="Vacated",
    已拆除="Demolished",
    已交付="Handed over",
)

DATASET = Dataset(
    name="status_event",
    stream="demolition",
    menu_place=30,
    label=Text("户状态", "Household status"),
    description=Text("每户在哪一天走到哪一步。", "The day on which a household reached a step."),
    is_event=True,
    key=("household_id", "status"),
    dated_by=("on_date",),
    columns=(
        parent("household_id", "household", "户编号", "Household", required=True),
        choice("status", "状态", "Status", STATUSES, required=True),
        date("on_date", "日期", "Date", required=True),
    ),
    constraints=(
        *not_in_future("on_date"),
        steps_in_order("status", tuple(status.value for status in STATUSES), ("household_id",), "on_date"),
    ),
)
