"""Agreements with households: signed, audited, compensated how."""

from data.datasets.constraint import Constraint, OrderConstraint, SumConstraint, cases, not_before, not_in_future
from data.datasets.demolition.columns import household_column, project_column
from data.datasets.model import Dataset, choice, choices, date, number, parent
from data.text import Text


def _project_column_sql(column: str) -> str:
    """Return the SQL of a column of the project of the household `p`."""
    return f"(SELECT d.{column} FROM demolition_project AS d WHERE d.project_id = p.project_id)"


def _first_day_sql(status: str) -> str:
    """Return the SQL of the first day on which the household of a row had a status."""
    return (
        "(SELECT min(s.on_date) FROM status_event AS s "
        f"WHERE s.household_id = r.household_id AND s.status = '{status}')"
    )


DATASET = Dataset(
    name="agreement",
    stream="demolition",
    menu_place=50,
    label=Text("补偿协议", "Agreements"),
    description=Text(
        "补偿协议，一份一行：签约、审核、补偿方式；撤销的写明撤销日期，重签的另起一行。",
        "One row per agreement: signed, audited, compensation; of one withdrawn the day, a new one in its own row.",
    ),
    key=("household_id", "signed_on"),
    joined_key=("signed_on",),
    dated_by=("signed_on",),
    columns=(
        household_column(required=True),
        project_column(required=False),
        date("signed_on", "签约日期", "Signed on", required=True),
        date("withdrawn_on", "撤销日期", "Withdrawn on", aliases=("解除日期", "作废日期")),
        date("audited_on", "审核日期", "Audited on"),
        choice(
            "mode",
            "补偿方式",
            "Compensation",
            choices(货币补偿="Money", 产权调换="Exchange of property", 混合="Mixed"),
            required=True,
        ),
        number("amount", "补偿金额", "Amount", "wan"),
        parent("housing_source_id", "housing_source", "安置房源", "Housing source", aliases=("房源",)),
        date("move_due_on", "应搬迁日期", "Move due"),
    ),
    constraints=(
        *not_in_future("signed_on", "audited_on", "withdrawn_on"),
        not_before("withdrawn_on", "signed_on"),
        Constraint(
            name="project_is_the_households",
            columns=("project_id", "household_id"),
            parent="household",
            breaks="r.project_id <> p.project_id",
            shown=("r.project_id", "p.project_id"),
            reason=Text(
                "这一户登记在另一个“{project_id}”，请核对“{household_id}”和“{project_id}”",
                "This household is registered in another “{project_id}”; correct “{household_id}” or “{project_id}”",
            ),
            cases=cases(
                broken=[("D-2", "H-1")],
                kept=[("D-1", "H-1"), (None, "H-1")],
                household={"household_id": "H-1", "project_id": "D-1"},
            ),
        ),
        Constraint(
            name="surveyed_before_signed",
            columns=("signed_on", "household_id"),
            breaks=f"r.signed_on < {_first_day_sql('已摸底')}",
            shown=("r.signed_on", _first_day_sql("已摸底")),
            reason=Text(
                "“{signed_on}”早于户状态台账里的已摸底日期：先摸底后签约，请核对两本台账",
                "“{signed_on}” is earlier than the day on which the household was surveyed; make sure of both ledgers",
            ),
            is_warning=True,
            cases=cases(
                broken=[("2014-01-01", "H-1")],
                kept=[("2014-01-02", "H-1")],
                status_event={"household_id": "H-1", "status": "已摸底", "on_date": "2014-01-02"},
            ),
        ),
        OrderConstraint(
            name="signed_before_vacated",
            columns=("signed_on", "household_id"),
            group=("household_id",),
            order="r.signed_on",
            running={"former": "count(*) OVER before"},
            breaks=f"r.former = 0 AND r.signed_on > {_first_day_sql('已腾空')}",
            shown=("r.signed_on", _first_day_sql("已腾空")),
            reason=Text(
                "“{signed_on}”晚于户状态台账里的已腾空日期：先签约后腾空，请核对两本台账",
                "“{signed_on}” is later than the day on which the household had vacated; make sure of both ledgers",
            ),
            is_warning=True,
            cases=cases(
                broken=[("2014-01-03", "H-1")],
                kept=[("2014-01-02", "H-1"), ("2014-01-03", "H-1")],
                status_event={"household_id": "H-1", "status": "已腾空", "on_date": "2014-01-02"},
            ),
        ),
        OrderConstraint(
            name="one_in_force",
            columns=("signed_on", "withdrawn_on", "household_id"),
            group=("household_id",),
            order="r.signed_on",
            running={
                "in_force": "count(CASE WHEN r.withdrawn_on IS NULL THEN 1 END) OVER before",
                "withdrawn": "max(r.withdrawn_on) OVER before",
                "former": "max(r.signed_on) OVER before",
                "next": "min(r.signed_on) OVER behind",
            },
            breaks=(
                "r.in_force > 0 OR r.signed_on < r.withdrawn "
                "OR r.next IS NOT NULL AND (r.withdrawn_on IS NULL OR r.withdrawn_on > r.next)"
            ),
            shown=(
                "r.signed_on",
                "CASE WHEN r.in_force > 0 OR r.signed_on < r.withdrawn THEN r.former ELSE r.next END",
            ),
            reason=Text(
                "这一户的两份协议（这里写着两个“{signed_on}”）同时有效：前一份没有写“{withdrawn_on}”，或写得比后一份的"
                "“{signed_on}”晚。撤销后重签的，给前一份补上撤销日期；只是日期写错的，用替换方式上传更正的文件",
                "Two agreements of this household, of the two days shown, would be in force at once: the former has no "
                "“{withdrawn_on}”, or one later than “{signed_on}” of the next. If it was withdrawn and signed anew, "
                "fill that day in; if a day was wrong, load the corrected file as a replacement",
            ),
            cases=cases(
                broken=[("2014-01-01", None, "H-1"), ("2014-02-01", None, "H-1")],
                kept=[("2014-01-01", "2014-01-31", "H-1"), ("2014-02-01", None, "H-1")],
            ),
        ),
        not_before("audited_on", "signed_on"),
        not_before("move_due_on", "signed_on"),
        Constraint(
            name="signed_within_period",
            columns=("signed_on", "household_id"),
            parent="household",
            breaks=(
                f"r.signed_on < {_project_column_sql('sign_start')} OR r.signed_on > {_project_column_sql('sign_end')}"
            ),
            shown=("r.signed_on", _project_column_sql("sign_start"), _project_column_sql("sign_end")),
            reason=Text(
                "“{signed_on}”不在项目的签约期限内，请核对",
                "“{signed_on}” is outside the signing period; make sure of it",
            ),
            is_warning=True,
            cases=cases(
                broken=[("2014-02-02", "H-1")],
                kept=[("2014-02-01", "H-1")],
                household={"household_id": "H-1", "project_id": "D-1"},
                demolition_project={"project_id": "D-1", "sign_start": "2014-01-01", "sign_end": "2014-02-01"},
            ),
        ),
        Constraint(
            name="exchange_has_a_home",
            columns=("mode", "housing_source_id"),
            breaks="r.mode IN ('产权调换', '混合') AND r.housing_source_id IS NULL",
            reason=Text(
                "“{mode}”要有安置房，却没有填“{housing_source_id}”，请补上",
                "“{mode}” needs a home, but “{housing_source_id}” is empty; add it",
            ),
            is_warning=True,
            cases=cases(broken=[("产权调换", None)], kept=[("产权调换", "HS-1")]),
        ),
        SumConstraint(
            name="homes_at_most_units",
            columns=("housing_source_id",),
            group=("housing_source_id",),
            totals={"homes": "count(*)"},
            parent="housing_source",
            breaks="r.homes > p.units_total",
            shown=("r.homes", "p.units_total"),
            reason=Text(
                "选这处“{housing_source_id}”的户数多于它的总套数，请核对",
                "More households have chosen this “{housing_source_id}” than it has units; make sure of it",
            ),
            is_warning=True,
            cases=cases(
                broken=[("HS-1",), ("HS-1",)],
                kept=[("HS-1",)],
                housing_source={"housing_source_id": "HS-1", "units_total": 1},
            ),
        ),
    ),
)
