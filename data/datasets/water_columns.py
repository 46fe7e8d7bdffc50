"""Columns and rules that several ledgers of water share: a place, a reach on its river."""

from data.datasets.constraint import Constraint
from data.datasets.model import Column, number, parent
from data.text import Text


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
    )
