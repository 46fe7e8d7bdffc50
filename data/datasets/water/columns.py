"""Columns and constraints that several ledgers of water share: a river, a reach on its river, the work of a report."""

from data.datasets.constraint import Constraint, cases
from data.datasets.model import Column, parent
from data.text import Text

UNIT_OF_WORK = "work_id.quantity_unit"


def river_column(*, required: bool = True) -> Column:
    return parent("river_id", "river", "河道", "River", required=required)


def reach_column() -> Column:
    return parent("reach_id", "reach", "河段", "Reach")


def reach_on_river() -> Constraint:
    """A reach that a row names lies on the river that it names."""
    return Constraint(
        name="reach_on_river",
        columns=("reach_id", "river_id"),
        parent="reach",
        breaks="p.river_id <> r.river_id",
        shown=("r.reach_id", "p.river_id", "r.river_id"),
        reason=Text(
            "“{reach_id}”不在这条“{river_id}”上，请核对",
            "“{reach_id}” does not lie on this “{river_id}”; correct one of them",
        ),
        cases=cases(broken=[("A-1", "R-B")], kept=[("A-1", "R-A")], reach={"reach_id": "A-1", "river_id": "R-A"}),
    )


def limit_above_zero() -> Constraint:
    """A value that is only a limit, <0.02 or >24, has a limit: below or above 0 says nothing."""
    return Constraint(
        name="limit_above_zero",
        columns=("value", "qualifier"),
        breaks="r.value = 0 AND r.qualifier IS NOT NULL",
        reason=Text(
            "“{value}”写的是检出限，检出限却是 0，等于没有写；请填实际的检出限",
            "“{value}” is a limit of 0, which is none; write the limit of detection",
        ),
        cases=cases(broken=[(0, "<")], kept=[(0, None), (0.02, "<")]),
    )


def not_zero(*parameters: str) -> Constraint:
    """What no water shows none of: a 0 stands for a probe that failed, or for nothing measured."""
    return Constraint(
        name="value_not_zero",
        columns=("value", "parameter"),
        breaks=f"r.value = 0 AND r.parameter IN ({', '.join(map(repr, parameters))})",
        reason=Text(
            "这个“{parameter}”的“{value}”是 0，可疑：多半是缺测或仪器故障，请核对",
            "A “{value}” of 0 is suspicious for this “{parameter}”: nothing was measured, or a probe failed; look",
        ),
        is_warning=True,
        cases=cases(broken=[(0, parameters[0])], kept=[(0.1, parameters[0]), (0, "NH3N")]),
    )


def at_most_of_work(column: str, whole: str, zh: str, en: str) -> Constraint:
    """A cumulative figure that exceeds what the work was given looks suspicious, though plans are exceeded at times."""
    return Constraint(
        name=f"{column}_at_most_{whole}",
        columns=(column, "work_id"),
        parent="work",
        breaks=f"r.{column} > p.{whole}",
        shown=(f"r.{column}", f"p.{whole}"),
        reason=Text(f"“{{{column}}}”超过{zh}，请核对", f"“{{{column}}}” is more than {en}; make sure of it"),
        is_warning=True,
        cases=cases(broken=[(101, "W-1")], kept=[(100, "W-1")], work={"work_id": "W-1", whole: 100}),
    )
