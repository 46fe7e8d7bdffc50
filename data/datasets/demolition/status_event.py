"""Steps of households: the day on which each was reached."""

from data.datasets.constraint import not_in_future, steps_in_order
from data.datasets.demolition.columns import household_column
from data.datasets.model import Dataset, choice, choices, date
from data.text import Text

STEPS = choices(
    待摸底="To be surveyed",
    已摸底="Surveyed",
    已评估="Appraised",
    已签约="Signed",
    已审核="Audited",
    已腾空="Vacated",
    已拆除="Demolished",
    已交付="Handed over",
)
# what may befall a household beside the way; 退回 takes back its signing and what came after
SIDE_STATES = choices(
    退回="Sent back",
    补偿决定="Compensation decided",
    复议诉讼="Review or suit",
    申请强制执行="Enforcement applied for",
    终止="Ended",
)

DATASET = Dataset(
    name="status_event",
    stream="demolition",
    menu_place=30,
    label=Text("户状态", "Household status"),
    description=Text(
        "每户在哪一天走到哪一步；补偿决定、复议诉讼等另登一行；签约又退回的，先登“退回”再登退回到的那一步。",
        "The day on which a household reached a step; decisions and suits are rows of their own; one that went back "
        "has a row that says so, and after it the step to which it went.",
    ),
    is_event=True,
    key=("household_id", "status", "on_date"),
    joined_key=("on_date",),
    dated_by=("on_date",),
    columns=(
        household_column(required=True),
        choice("status", "状态", "Status", (*STEPS, *SIDE_STATES), required=True),
        date("on_date", "日期", "Date", required=True),
    ),
    constraints=(
        *not_in_future("on_date"),
        steps_in_order(
            "status",
            tuple(step.value for step in STEPS),
            ("household_id",),
            "on_date",
            exits=tuple(state.value for state in SIDE_STATES),
        ),
    ),
)
