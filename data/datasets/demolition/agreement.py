"""Agreements with households: signed, audited, compensated how."""

from data.datasets.constraint import Constraint, SumConstraint, cases, not_before, not_in_future
from data.datasets.model import Dataset, choice, choices, date, number, parent
from data.text import Text


def _project_column_sql(column: str) -> str:
    """Return the SQL of a column of the project of the household `p`."""
    return f"(SELECT d.{column} FROM demolition_project AS d WHERE d.project_id = p.project_id)"


DATASET = Dataset(
    name="agreement",
    stream="demolition",
    menu_place=50,
    label=Text("补偿协议", "Agreements"),
    description=Text(
        "每户一份补偿协议：签约、审核、补偿方式。", "One agreement per household: signed, audited, compensation."
    ),
    key=("household_id",),
    dated_by=("signed_on",),
    columns=(
        parent("household_id", "household", "户编号", "Household", required=True),
        date("signed_on", "签约日期", "Signed on", required=True),
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
        *not_in_future("signed_on", "audited_on"),
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
