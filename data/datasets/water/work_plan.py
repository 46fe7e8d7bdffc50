"""Plans of works: the cumulative quantity due at each date."""

from data.datasets.constraint import Constraint, SumConstraint, cases, never_decreases
from data.datasets.model import Dataset, History, date, number, parent
from data.datasets.water.columns import UNIT_OF_WORK, at_most_of_work
from data.text import Text

DATASET = Dataset(
    name="work_plan",
    stream="water",
    menu_place=160,
    label=Text("工程计划曲线", "Plan of works"),
    description=Text("每个节点日期应累计完成的工程量（序时进度）。", "The cumulative quantity due at each date."),
    key=("work_id", "on_date"),
    columns=(
        parent("work_id", "work", "工程", "Work", required=True),
        date("on_date", "节点日期", "Date", required=True),
        number("planned", "累计计划量", "Cumulative plan", unit_from=UNIT_OF_WORK, required=True),
    ),
    history=History(("planned",), judged="work_progress", group=("work_id",)),
    constraints=(
        never_decreases("planned", ("work_id",), "on_date"),
        at_most_of_work("planned", "quantity", "工程的计划工程量", "the planned quantity of the work"),
        SumConstraint(
            name="plan_ends_at_quantity",
            columns=("planned", "on_date", "work_id"),
            group=("work_id",),
            totals={"last": "arg_max(r.planned, r.on_date)"},
            parent="work",
            breaks="r.last < p.quantity",
            shown=("r.last", "p.quantity"),
            reason=Text(
                "计划曲线最后一个“{planned}”没有达到工程的计划工程量，请核对",
                "The last “{planned}” is below the planned quantity of the work; make sure of the plan",
            ),
            is_warning=True,
            cases=cases(
                broken=[(0, "2014-01-01", "W-1"), (90, "2014-06-30", "W-1")],
                kept=[(0, "2014-01-01", "W-1"), (100, "2014-06-30", "W-1")],
                work={"work_id": "W-1", "quantity": 100},
            ),
        ),
        Constraint(
            name="plan_within_dates",
            columns=("on_date", "work_id"),
            parent="work",
            breaks="r.on_date NOT BETWEEN p.start_on AND p.end_on",
            shown=("r.on_date", "p.start_on", "p.end_on"),
            reason=Text(
                "“{on_date}”不在工程的计划开工和完工之间，请核对",
                "“{on_date}” is not between the planned start and finish of the work; make sure of it",
            ),
            is_warning=True,
            cases=cases(
                broken=[("2014-07-01", "W-1")],
                kept=[("2014-06-30", "W-1")],
                work={"work_id": "W-1", "start_on": "2014-01-01", "end_on": "2014-06-30"},
            ),
        ),
    ),
)
