"""Demolition projects of earlier years, 示例, whose signing is over: what forecasts learn from."""

from datetime import date
from random import Random

from data.sample.rows import Row, days_after, iso_date, named_rows, topic_rng

PAST_PROJECTS = named_rows(
    "project_id name kind level households_total sign_start sign_end note",
    ("DEM-P1", "示例征迁项目四", "国有土地征收", "区级", 74, "2011-03-14", "2011-05-12", "示例"),
    ("DEM-P2", "示例征迁项目五", "集体土地征收", "街道", 96, "2011-10-10", "2011-12-23", "示例"),
    ("DEM-P3", "示例征迁项目六", "集体土地征收", "区级", 58, "2012-04-16", "2012-06-14", "示例"),
    ("DEM-P4", "示例征迁项目七", "国有土地征收", "街道", 110, "2012-09-03", "2012-11-16", "示例"),
)

# letters of the household codes, villages, last days of the reward periods, share of households that sign late
PAST_HOUSEHOLDS = {
    "DEM-P1": ("P1", ("V-E", "V-F"), ("2011-04-12", "2011-04-30"), 0.03),
    "DEM-P2": ("P2", ("V-C",), ("2011-11-08", "2011-12-02"), 0.05),
    "DEM-P3": ("P3", ("V-D",), ("2012-05-10", "2012-05-31"), 0.0),
    "DEM-P4": ("P4", ("V-C", "V-F"), ("2012-10-08", "2012-10-31"), 0.04),
}


PAST_ESTATE = {
    "housing_source_id": "H-S3",
    "estate": "示例安置小区三",
    "kind": "安置房",
    "units_total": 320,
    "distance": 3.2,
}


def late_signing_day(rng: Random, project: Row) -> date:
    """Return a day on which one who held out signed after the period was over."""
    return days_after(iso_date(project["sign_end"]), rng.randint(4, 45))


def past_rng() -> Random:
    return topic_rng("past takings")
