"""Columns and constraints that several ledgers of water share: a place, a reach on its river, the work of a report."""

from data.datasets.constraint import Constraint, cases
from data.datasets.model import Column, number, parent
from data.text import Text

UNIT_OF_WORK = "work_id.quantity_unit"


def longitude_column() -> Column:
    return number("lon", "经度", "Longitude", "degree", low=73, high=136)


def latitude_column() -> Column:
    return number("lat", "纬度", "Latitude", "degree", low=3, high=54)


def river_column(*, required: bool = True) -> Column:
    return parent("river_id", "river", "河道", "River", required=required)


def reach_column() -> Column:
    return parent("reach_id", "reach", "河段", "Reach")


def village_column(*, required: bool = False) -> Column:
    return parent("village_id", "village", "所在村社", "Village", required=required, aliases=("村社", "村"))


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
