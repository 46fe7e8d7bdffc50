"""示例 ledgers of 拆: unlawful buildings, months of renovation and operations, in villages that do not exist."""

from datetime import date
from random import Random

from data.sample.rows import (
    FIRST_DAY,
    LAST_DAY,
    Ledgers,
    Row,
    days_after,
    iso_date,
    month_ends,
    named_rows,
    sample_generator,
    topic_rng,
    weighted_choice,
)

VILLAGES = ("V-A", "V-B", "V-C", "V-D", "V-E", "V-F")
OLD_STOCK, NEW_ONES = 24, 13
SAID = "街道、城管、公安"

# left standing past their terms, or with a term still to come
OPEN_BUILDINGS = named_rows(
    "village_id kind area found_on notified_on due_on note",
    ("V-E", "存量", 860, "2013-08-20", "2013-09-05", "2014-02-28", "示例：钢棚，出租中"),
    ("V-B", "新增", 145, "2014-05-06", "2014-05-08", "2014-05-23", "示例"),
    ("V-C", "新增", 62, "2014-06-12", "2014-06-13", "2014-06-28", "示例"),
    ("V-B", "存量", 410, "2013-09-02", "2013-09-16", "2014-07-31", "示例"),
    ("V-F", "新增", 96, "2014-06-24", "2014-06-25", "2014-07-10", "示例"),
    ("V-A", "存量", 520, "2013-08-28", None, None, "示例：尚未通知"),
)

# which kind each village renovates, and how much in a usual month
RENOVATED = {
    ("V-A", "城中村"): 1900,
    ("V-C", "城中村"): 1300,
    ("V-B", "旧厂区"): 900,
    ("V-E", "旧厂区"): 650,
    ("V-D", "旧住宅区"): 1100,
    ("V-F", "旧住宅区"): 700,
}

OPERATIONS = named_rows(
    "village_id project_id team_id kind started_at ended_at departments razed_area is_waste_cleared accidents",
    ("V-A", None, "TEAM-1", "自拆", "2013-08-27 08:30", "2013-08-27 16:40", "街道、城管", 480, True, 0),
    ("V-C", None, "TEAM-2", "助拆", "2013-09-25 08:40", "2013-09-25 17:10", SAID, 620, True, 0),
    (None, "DEM-BH", "TEAM-1", "助拆", "2013-11-20 08:20", "2013-11-20 16:30", SAID, 2150, True, 0),
    ("V-E", None, "TEAM-3", "强拆", "2013-12-11 08:30", "2013-12-11 15:50", f"{SAID}、供电", 540, True, 0),
    (None, "DEM-BH", "TEAM-2", "助拆", "2014-01-14 08:30", "2014-01-14 16:00", SAID, 1870, True, 0),
    ("V-B", None, "TEAM-2", "自拆", "2014-02-22 09:00", "2014-02-22 15:30", "街道", 260, True, 0),
    ("V-D", None, "TEAM-3", "助拆", "2014-03-13 08:30", "2014-03-13 16:20", SAID, 730, True, 0),
    ("V-E", "DEM-S3", "TEAM-3", "助拆", "2014-03-27 08:30", "2014-03-27 16:00", SAID, 1240, True, 0),
    ("V-F", None, "TEAM-1", "强拆", "2014-04-16 08:20", "2014-04-16 16:10", f"{SAID}、卫生", 610, True, 0),
    ("V-A", None, "TEAM-1", "自拆", "2014-05-15 08:30", "2014-05-15 14:50", "街道、城管", 350, True, 0),
    ("V-C", None, "TEAM-2", "强拆", "2014-06-10 08:30", "2014-06-10 15:20", f"{SAID}、供电", 470, False, 0),
    ("V-B", None, "TEAM-2", "助拆", "2014-06-26 08:40", "2014-06-26 16:30", SAID, 390, None, 0),
)


def razed_building(rng: Random, kind: str, found_on: date, days_to_raze: int, term: int) -> Row:
    """Return an unlawful building that was razed, its term mostly kept, its land mostly known and mostly in use."""
    is_new = kind == "新增"
    area = rng.randint(40, 220) if is_new else rng.randint(180, 900)
    notified_on, razed_on = days_after(found_on, rng.randint(1, 3)), days_after(found_on, days_to_raze)
    row: Row = {
        "village_id": rng.choice(VILLAGES),
        "kind": kind,
        "area": area,
        "found_on": found_on,
        "notified_on": min(notified_on, razed_on),
        "due_on": days_after(notified_on, term),
        "razed_on": razed_on,
        "land_area": None if rng.random() < 0.1 else round(area * rng.uniform(0.7, 1.6)),
        "note": "示例",
    }
    return row | land_use(rng, row)


def land_use(rng: Random, building: Row) -> Row:
    """Return what became of the land by the last day of the data; nothing where its area is not known."""
    since = days_after(building["razed_on"], rng.randint(20, 110))
    if not building["land_area"] or since > LAST_DAY or rng.random() < 0.12:
        return {"reuse": "未用"}
    use = weighted_choice(rng, 复垦=5, 复绿=4, 公园=1, 道路=2, 出让=1)
    share = 1 if rng.random() < 0.6 else rng.uniform(0.6, 0.95)
    return {"reuse": use, "reused_on": since, "reused_area": round(share * building["land_area"])}


def razed_buildings(rng: Random) -> list[Row]:
    """Return the old stock that the survey of 2013 found and the new ones found since, all razed by the last day."""
    survey = iso_date("2013-08-12")
    old = [
        razed_building(rng, "存量", days_after(survey, rng.randint(0, 30)), rng.randint(30, 280), rng.randint(90, 240))
        for _ in range(OLD_STOCK)
    ]
    new = [
        razed_building(rng, "新增", days_after(FIRST_DAY, rng.randint(15, 320)), rng.randint(4, 22), 15)
        for _ in range(NEW_ONES)
    ]
    return [*old, *new]


def violation_rows() -> list[Row]:
    """Return the unlawful buildings in the order in which they were found."""
    found = [*razed_buildings(topic_rng("violations")), *(building_with_dates(row) for row in OPEN_BUILDINGS)]
    found.sort(key=lambda row: (row["found_on"], row["area"]))
    return [{"violation_id": f"VIO-{n:02}"} | row for n, row in enumerate(found, 1)]


def building_with_dates(row: Row) -> Row:
    """Return a building that was written by hand with its days as dates."""
    days = ("found_on", "notified_on", "due_on")
    return row | {name: iso_date(row[name]) if row[name] else None for name in days}


def renovation_rows() -> list[Row]:
    """Return the months of renovation; in January and February less is done."""
    rng = topic_rng("renovation")
    rows = []
    for (village, kind), usual in RENOVATED.items():
        for end in month_ends(FIRST_DAY, LAST_DAY):
            season = 0.4 if end.month in (1, 2) else 1.0
            done = round(usual * season * rng.uniform(0.7, 1.3))
            rows.append((village, kind, end, done))
    return named_rows("village_id kind through_on done_area", *rows)


@sample_generator
def clearance_ledgers() -> Ledgers:
    """Return the ledgers of 拆 but the teams."""
    operations = [{"operation_id": f"OP-{n:02}"} | row | {"note": "示例"} for n, row in enumerate(OPERATIONS, 1)]
    return {"violation": violation_rows(), "renovation": renovation_rows(), "demolition_operation": operations}
