"""Columns and constraints that ledgers of every line of work share: a village, a place on the earth."""

from data.datasets.constraint import Constraint, both_or_neither, cases
from data.datasets.model import Choice, Column, choice, number, parent
from data.text import Text, untranslated

COORDINATE_SYSTEMS = (
    Choice("WGS84", untranslated("WGS84"), ("WGS-84", "WGS 84", "EPSG:4326", "EPSG4326", "4326", "GPS", "CRS84")),
    Choice(
        "CGCS2000",
        untranslated("CGCS2000"),
        ("CGCS-2000", "CGCS 2000", "国家2000", "2000国家大地坐标系", "大地2000", "EPSG:4490", "EPSG4490", "4490"),
    ),
    Choice("GCJ-02", untranslated("GCJ-02"), ("GCJ02", "GCJ 02", "火星坐标", "火星坐标系", "高德", "腾讯", "高德坐标")),
    Choice("BD-09", untranslated("BD-09"), ("BD09", "BD 09", "BD-09LL", "BD09LL", "百度", "百度坐标", "百度坐标系")),
)

EXAMPLES = {"lon": 121.5, "course": "121.5 29.9; 121.6 29.9"}  # a value of each column that system_is_named may watch


def village_column(*, required: bool = False) -> Column:
    """Return the column that names the village or community of a place."""
    aliases = ("村社", "村", "村（社区）")
    return parent("village_id", "village", "所在村社", "Village", required=required, aliases=aliases)


def longitude_column() -> Column:
    return number("lon", "经度", "Longitude", "degree", low=73, high=136)


def latitude_column() -> Column:
    return number("lat", "纬度", "Latitude", "degree", low=3, high=54)


def crs_column(*, required: bool = False) -> Column:
    """Return the column that says in which system coordinates are written; what is stored is WGS84 or CGCS2000."""
    aliases = ("坐标系统", "坐标参考系", "空间参考", "crs", "CRS")
    return choice("crs", "坐标系", "Coordinate system", COORDINATE_SYSTEMS, required=required, aliases=aliases)


def coordinate_columns() -> tuple[Column, ...]:
    """Return the columns of a point: longitude and latitude in degrees, and the system that these are written in."""
    return longitude_column(), latitude_column(), crs_column()


def point_is_whole() -> tuple[Constraint, ...]:
    """A point has both of its coordinates, and says in which system they are."""
    return both_or_neither("lon", "lat"), system_is_named("lon")


def system_is_named(column: str) -> Constraint:
    """Where coordinates are given, so is their system: a point of 高德 or 百度 lies some 500 m off in WGS84."""
    return Constraint(
        name=f"system_of_{column}",
        columns=(column, "crs"),
        breaks=f"r.{column} IS NOT NULL AND r.crs IS NULL",
        reason=Text(
            f"写了“{{{column}}}”，却没有写“{{crs}}”：几种坐标系相差几百米，请写明是哪一种",
            f"“{{{column}}}” is filled, but “{{crs}}” is empty: coordinate systems lie hundreds of metres apart, so "
            "say which one it is",
        ),
        cases=cases(broken=[(EXAMPLES[column], None)], kept=[(EXAMPLES[column], "WGS84"), (None, None)]),
    )
