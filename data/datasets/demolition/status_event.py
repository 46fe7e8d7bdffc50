"""Steps of households: the day on which each was reached."""

from data.datasets.constraint import Constraint, OrderConstraint, cases, not_in_future, steps_in_order
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


def _agreement_sql(figure: str) -> str:
    """Return the SQL of a figure over the agreements of the household of a row."""
    return f"(SELECT {figure} FROM agreement AS a WHERE a.household_id = r.household_id)"


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
        OrderConstraint(
            name="surveyed_before_agreement",
            columns=("on_date", "status", "household_id"),
            group=("household_id",),
            order="r.on_date",
            running={"surveyed": "count(CASE WHEN r.status = '已摸底' THEN 1 END) OVER before"},
            breaks=f"r.status = '已摸底' AND r.surveyed = 0 AND r.on_date > {_agreement_sql('min(a.signed_on)')}",
            shown=("r.on_date", _agreement_sql("min(a.signed_on)")),
            reason=Text(
                "已摸底的“{on_date}”晚于补偿协议的签约日期：先摸底后签约，请核对两本台账",
                "“{on_date}” of the survey is later than the day of the agreement; make sure of both ledgers",
            ),
            is_warning=True,
            cases=cases(
                broken=[("2014-01-02", "已摸底", "H-1")],
                kept=[("2014-01-01", "已摸底", "H-1"), ("2014-01-02", "已摸底", "H-1")],
                agreement={"household_id": "H-1", "signed_on": "2014-01-01"},
            ),
        ),
        Constraint(
            name="vacated_with_agreement",
            columns=("status", "on_date", "household_id"),
            breaks=(
                "r.status IN ('已腾空', '已拆除', '已交付') AND EXISTS (SELECT 1 FROM agreement) AND "
                f"coalesce({_agreement_sql('min(a.signed_on)')} > r.on_date, true)"
            ),
            shown=("r.status", "r.on_date", _agreement_sql("min(a.signed_on)")),
            reason=Text(
                "这一户到这一天还没有补偿协议，“{status}”却已到腾空或以后：先签约后腾空，请核对两本台账",
                "This household has no agreement by that day, but “{status}” says that it has vacated; make sure of "
                "both ledgers",
            ),
            is_warning=True,
            cases=cases(
                broken=[("已腾空", "2014-01-01", "H-2")],
                kept=[("已腾空", "2014-01-01", "H-1"), ("已摸底", "2014-01-01", "H-2")],
                agreement={"household_id": "H-1", "signed_on": "2014-01-01"},
            ),
        ),
    ),
)
