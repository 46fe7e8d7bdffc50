"""示例 monitoring: sections, and a manual sample of each in each month."""

from datetime import date, datetime
from math import cos, pi
from random import Random

from data.sample.geography import along
from data.sample.rivers import RIVERS, courses
from data.sample.rows import FIRST_DAY, LAST_DAY, Ledgers, Row, chance, interpolated, month_ends, table

# place along the reach, then the water class (as a number, 3.5 = in the middle of Ⅳ) in July, in winter and in June
SECTIONS = table(
    "section_id name reach_id place classes",
    ("HJXH-01", "胡家新河北断面", "HJXH-R1", 0.3, (6.3, 5.2, 3.4)),
    ("HJXH-02", "胡家新河南断面", "HJXH-R2", 0.7, (6.7, 5.5, 3.6)),
    ("SL1-01", "示例一号河上游断面", "SL1-R1", 0.2, (3.7, 3.5, 3.4)),
    ("SL1-02", "示例一号河下游断面", "SL1-R2", 0.8, (5.4, 4.6, 3.7)),
    ("SL2-01", "示例二号河北断面", "SL2-R1", 0.3, (4.5, 4.4, 4.6)),
    ("SL2-02", "示例二号河南断面", "SL2-R2", 0.7, (4.3, 4.9, 6.2)),
    ("SL3-01", "示例三号河西断面", "SL3-R1", 0.3, (2.8, 2.5, 2.6)),
    ("SL3-02", "示例三号河东断面", "SL3-R2", 0.7, (3.8, 3.2, 2.7)),
    ("SL4-01", "示例四号河断面", "SL4-R1", 0.5, (6.4, 6.2, 6.3)),
    ("SL5-01", "示例五号河断面", "SL5-R1", 0.5, (4.6, 3.5, 4.7)),
)

# months from the first one in which a section was not sampled
MISSED = {("SL4-01", 2), ("SL4-01", 7), ("SL2-01", 10)}

# value at class 0 (clean), at the limit of classes Ⅰ to Ⅴ (GB 3838-2002), and at two steps beyond
SCALES = {
    "DO": (9.5, 7.5, 6.0, 5.0, 3.0, 2.0, 1.2, 0.5),
    "CODMN": (1.2, 2.0, 4.0, 6.0, 10.0, 15.0, 19.0, 24.0),
    "NH3N": (0.05, 0.15, 0.5, 1.0, 1.5, 2.0, 3.2, 5.0),
    "TP": (0.01, 0.02, 0.1, 0.2, 0.3, 0.4, 0.52, 0.7),
}
DECIMALS = {"DO": 2, "CODMN": 1, "NH3N": 3, "TP": 3}


def section(row: Row) -> Row:
    """Return the register entry of a section: on the line of its reach, with the type and target of its river."""
    river = next(r for r in RIVERS if row["reach_id"].startswith(r["river_id"]))
    kept = {k: row[k] for k in ("section_id", "name", "reach_id")}
    kept |= {k: river[k] for k in ("river_id", "water_type", "target_class")}
    lon, lat = along(courses()[row["reach_id"]], row["place"])
    return kept | {"level": "街道自测", "province": "浙江省", "lon": lon, "lat": lat}


def sample(dice: Random, water_class: float, sampled_on: date) -> dict[str, float]:
    """Return what a sample of water of that class shows; ammonia decides the class, the others are a little better."""
    places = {
        "DO": water_class - dice.uniform(0.3, 0.9),
        "CODMN": water_class - dice.uniform(0.9, 1.8),
        "NH3N": water_class + dice.uniform(-0.12, 0.12),
        "TP": water_class - dice.uniform(0.2, 0.8),
    }
    warmth = -cos(2 * pi * (sampled_on.timetuple().tm_yday - 25) / 365)
    values = {"WT": round(17.5 + 11 * warmth + dice.uniform(-1, 1), 1), "PH": round(dice.uniform(7.05, 7.75), 2)}
    return values | {p: round(interpolated(SCALES[p], places[p]), DECIMALS[p]) for p in SCALES}


def readings(row: Row) -> list[Row]:
    """Return the samples of a section, one a month but for the months missed."""
    dice, months = chance(f"reading {row['section_id']}"), month_ends(FIRST_DAY, LAST_DAY)
    rows = []
    for n, month in enumerate(months):
        water_class = interpolated(row["classes"], 2 * n / (len(months) - 1))
        sampled_at = datetime(month.year, month.month, dice.randint(20, 26), dice.randint(8, 10), 30)
        values = sample(dice, water_class, sampled_at.date())
        if (row["section_id"], n) not in MISSED:
            rows += [(row["section_id"], sampled_at, p, v, "手工") for p, v in values.items()]
    return table("section_id sampled_at parameter value method", *rows)


def ledgers() -> Ledgers:
    """Return the sections and their readings."""
    return {
        "section": [section(row) for row in SECTIONS],
        "reading": [reading for row in SECTIONS for reading in readings(row)],
    }
