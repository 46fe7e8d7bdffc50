"""示例 monitoring: sections, and a manual sample of each in each month, of some since 2011."""

from datetime import date, datetime, timedelta
from math import ceil, cos, pi
from random import Random

from data.sample.geography import point_along
from data.sample.rivers import RIVERS, reach_lines
from data.sample.rows import (
    FIRST_DAY,
    FIRST_SAMPLING,
    LAST_DAY,
    Ledgers,
    Row,
    days_after,
    interpolated_value,
    month_ends,
    named_rows,
    sample_generator,
    topic_rng,
)

# place along the reach, then the water class (as a number, 3.5 = in the middle of Ⅳ) in July, in winter and in June
SECTIONS = named_rows(
    "section_id name reach_id kind place classes",
    ("HJXH-01", "胡家新河北断面", "HJXH-R1", "断面", 0.3, (6.3, 5.2, 3.4)),
    ("HJXH-02", "胡家新河南断面", "HJXH-R2", "断面", 0.7, (6.7, 5.5, 3.6)),
    ("SL1-01", "示例一号河上游断面", "SL1-R1", "断面", 0.2, (3.7, 3.5, 3.4)),
    ("SL1-02", "示例一号河下游断面", "SL1-R2", "入河口", 0.8, (5.4, 4.6, 3.7)),
    ("SL2-01", "示例二号河北断面", "SL2-R1", "交界", 0.3, (4.5, 4.4, 4.6)),
    ("SL2-02", "示例二号河南断面", "SL2-R2", "断面", 0.7, (4.3, 4.9, 6.2)),
    ("SL3-01", "示例三号河西断面", "SL3-R1", "断面", 0.3, (2.8, 2.5, 2.6)),
    ("SL3-02", "示例三号河东断面", "SL3-R2", "入河口", 0.7, (3.8, 3.2, 2.7)),
    ("SL4-01", "示例四号河断面", "SL4-R1", "断面", 0.5, (6.4, 6.2, 6.3)),
    ("SL5-01", "示例五号河断面", "SL5-R1", "断面", 0.5, (4.6, 3.5, 4.7)),
)

# the water class in January 2011, of the sections that were sampled then
EARLIER = {"HJXH-01": 6.3, "HJXH-02": 6.7, "SL1-02": 6.1, "SL2-02": 3.6, "SL3-02": 4.9, "SL5-01": 4.6}

# months from the first one in which a section was not sampled
MISSED = {("SL4-01", 2), ("SL4-01", 7), ("SL2-01", 10)}

# value at class 0 (clean), at the limit of classes Ⅰ to Ⅴ (GB 3838-2002), and at two steps beyond
SCALES = {
    "DO": (9.5, 7.5, 6.0, 5.0, 3.0, 2.0, 1.2, 0.5),
    "CODMN": (1.2, 2.0, 4.0, 6.0, 10.0, 15.0, 19.0, 24.0),
    "NH3N": (0.05, 0.15, 0.5, 1.0, 1.5, 2.0, 3.2, 5.0),
    "TP": (0.01, 0.02, 0.1, 0.2, 0.3, 0.4, 0.52, 0.7),
}
DECIMALS = {"DO": 2, "CODMN": 1, "NH3N": 3, "TP": 3, "SD": 0, "ORP": 0}

# what is measured besides where the rule of black and odorous water applies: transparency in cm, redox potential in mV
ODOUR_SCALES = {
    "SD": (150, 120, 100, 80, 55, 38, 20, 8),
    "ORP": (320, 260, 220, 180, 130, 80, 20, -120),
}
ODOUR_ITEMS = {"农村黑臭": ("SD",), "城市黑臭": ("SD", "ORP")}
# at the beginning and at the end such water was also tested a week and two weeks before the sample of the month
ODOUR_MONTHS, ODOUR_DAYS = {(2013, 7), (2014, 6)}, (14, 7)

# the trader in waste oil at 胡家新河 is gone since September 2013; the quarterly value stays below this one from March
OIL_GONE, OIL_LIMIT = date(2013, 9, 12), 0.01
FEWEST_ITEMS = 4

# one sample in which the laboratory wrote less total nitrogen than ammonia: the reading that is worth a second look
DOUBTED, OF_AMMONIA = ("SL2-02", (2014, 3)), 0.6


# the laboratory that samples 示例一号河 prints a class on its sheets, once by mistake a better one
PRINTED, CLASS_NAMES = ("SL1-01", "SL1-02"), ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ")
MISPRINTED = "SL1-02", (2014, 3)


def river_of(row: Row) -> Row:
    """Return the river of a section."""
    return next(r for r in RIVERS if row["reach_id"].startswith(r["river_id"]))


def section_row(row: Row) -> Row:
    """Return the register entry of a section: on the line of its reach, with the type and target of its river."""
    river = river_of(row)
    kept = {k: row[k] for k in ("section_id", "name", "reach_id", "kind")} | {"min_items": FEWEST_ITEMS}
    kept |= {k: river[k] for k in ("river_id", "water_type", "target_class")}
    lon, lat = point_along(reach_lines()[row["reach_id"]], row["place"])
    return kept | {"level": "街道自测", "province": "浙江省", "lon": lon, "lat": lat}


def sample_values(rng: Random, water_class: float, sampled_on: date) -> dict[str, float]:
    """Return what a sample of water of that class shows; ammonia decides the class, the others are a little better."""
    places = {
        "DO": water_class - rng.uniform(0.3, 0.9),
        "CODMN": water_class - rng.uniform(0.9, 1.8),
        "NH3N": water_class + rng.uniform(-0.12, 0.12),
        "TP": water_class - rng.uniform(0.2, 0.8),
    }
    warmth = -cos(2 * pi * (sampled_on.timetuple().tm_yday - 25) / 365)
    values = {"WT": round(17.5 + 11 * warmth + rng.uniform(-1, 1), 1), "PH": round(rng.uniform(7.05, 7.75), 2)}
    return values | {p: round(interpolated_value(SCALES[p], places[p]), DECIMALS[p]) for p in SCALES}


def odour_values(rng: Random, water_class: float, rule: str) -> dict[str, float]:
    """Return what tells black and odorous water, as far as the rule of the river asks for it."""
    items = ODOUR_ITEMS.get(rule, ())
    return {p: round(interpolated_value(ODOUR_SCALES[p], water_class + rng.uniform(-0.25, 0.1))) for p in items}


def oil_value(rng: Random, sampled_on: date) -> tuple[float, str]:
    """Return the oil in mg/L and its qualifier: high until the trader was gone, then below what can be detected."""
    months = (sampled_on - OIL_GONE).days / 30
    if months > 4:
        return OIL_LIMIT, "<"
    return round(rng.uniform(0.3, 0.8) if months < 0 else rng.uniform(0.05, 0.12), 2), ""


def class_as_printed(section_id: str, month: date, water_class: float) -> str:
    """Return the class that the sheet of a sample bears, or nothing."""
    is_better = (section_id, (month.year, month.month)) == MISPRINTED
    rank = min(ceil(water_class), len(CLASS_NAMES)) - is_better
    return CLASS_NAMES[rank - 1] if section_id in PRINTED else ""


def quick_tests(
    row: Row, river: Row, month: date, water_class: float, sampled_at: datetime
) -> list[tuple[object, ...]]:
    """Return the quick tests that make three in a month, as the rule of black and odorous water asks for."""
    rng = topic_rng(f"quick {row['section_id']} {month}")
    tests: list[tuple[object, ...]] = []
    for days in ODOUR_DAYS if (month.year, month.month) in ODOUR_MONTHS else ():
        values = odour_values(rng, water_class, river["assess_rule"])
        if values:
            values |= {p: v for p, v in sample_values(rng, water_class, month).items() if p in ("DO", "NH3N")}
        at = sampled_at - timedelta(days=days)
        tests += [(row["section_id"], p, v, "", at, "快检", "") for p, v in values.items()]
    return tests


def sampled_months(row: Row) -> list[tuple[date, float]]:
    """Return the months in which a section was sampled, each by its last day, with the water class."""
    rng, begin, months = topic_rng(f"class {row['section_id']}"), EARLIER.get(row["section_id"]), []
    if begin is not None:
        past = month_ends(FIRST_SAMPLING, days_after(FIRST_DAY, -1))
        slope = (row["classes"][0] - begin) / len(past)
        months = [(month, begin + n * slope + rng.uniform(-0.4, 0.4)) for n, month in enumerate(past)]
        months = [month for month in months if rng.random() < 0.96]
    year = month_ends(FIRST_DAY, LAST_DAY)
    scale = 2 / (len(year) - 1)
    now = [(month, interpolated_value(row["classes"], n * scale)) for n, month in enumerate(year)]
    return months + [month for n, month in enumerate(now) if (row["section_id"], n) not in MISSED]


def section_readings(row: Row) -> list[Row]:
    """Return the samples of a section, one a month but for the months missed; oil at 胡家新河 each quarter."""
    rng, river, rows = topic_rng(f"reading {row['section_id']}"), river_of(row), []
    for month, water_class in sampled_months(row):
        sampled_at = datetime(month.year, month.month, rng.randint(20, 26), rng.randint(8, 10), 30)
        values = sample_values(rng, water_class, sampled_at.date()) | odour_values(
            rng, water_class, river["assess_rule"]
        )
        found = {p: (v, "") for p, v in values.items()}
        rows += quick_tests(row, river, month, water_class, sampled_at)
        if river["river_id"] == "HJXH" and month.month % 3 == 0:
            found["OIL"] = oil_value(rng, sampled_at.date())
        if (row["section_id"], (month.year, month.month)) == DOUBTED:
            found["TN"] = round(values["NH3N"] * OF_AMMONIA, 2), ""
        sheet = sampled_at, "手工", class_as_printed(row["section_id"], month, water_class)
        rows += [(row["section_id"], p, v, qualifier, *sheet) for p, (v, qualifier) in found.items()]
    return named_rows("section_id parameter value qualifier sampled_at method printed_class", *rows)


@sample_generator
def monitoring_ledgers() -> Ledgers:
    """Return the sections and their readings."""
    return {
        "section": [section_row(row) for row in SECTIONS],
        "reading": [reading for row in SECTIONS for reading in section_readings(row)],
    }
