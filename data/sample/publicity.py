"""示例 publicity of 三改一拆: at 市北环 brochures from door to door as the article tells it, days and numbers 示例."""

from datetime import date
from random import Random

from data.sample.demolition import PROJECTS
from data.sample.past_demolition import PAST_PROJECTS
from data.sample.rows import LAST_DAY, Ledgers, Row, days_after, iso_date, named_rows, sample_generator, topic_rng

FROM_DOOR_TO_DOOR = "挨家挨户上门发放；日期为示例"
SAMPLE = "示例"

# project: days after the start of signing, kind, how many, share of the households reached, note
ACTIVITIES = {
    "DEM-BH": (
        (-21, "下发文件", 3, None, SAMPLE),
        (-14, "横幅", 12, None, SAMPLE),
        (-6, "宣传册", 86, 1.0, FROM_DOOR_TO_DOOR),
        (-3, "座谈会", 2, 0.6, SAMPLE),
        (9, "微信", 4, None, SAMPLE),
    ),
    "DEM-S1": (
        (-18, "下发文件", 2, None, SAMPLE),
        (-10, "宣传册", 110, 0.8, SAMPLE),
        (-2, "座谈会", 1, 0.35, SAMPLE),
        (30, "宣传册", 24, 0.2, SAMPLE),
        (40, "座谈会", 2, 0.3, SAMPLE),
    ),
    "DEM-S2": (
        (-9, "横幅", 6, None, SAMPLE),
        (-4, "座谈会", 1, 0.4, SAMPLE),
        (3, "宣传册", 40, 0.55, SAMPLE),
    ),
    "DEM-S3": (
        (-12, "下发文件", 1, None, SAMPLE),
        (-5, "宣传册", 52, 0.95, SAMPLE),
        (60, "座谈会", 1, 0.15, SAMPLE),
    ),
}
PAST_ACTIVITIES = ((-10, "下发文件", 2, None, SAMPLE), (-5, "宣传册", 120, 0.9, SAMPLE), (2, "座谈会", 1, 0.4, SAMPLE))
VILLAGES = ("V-A", "V-B", "V-C", "V-D", "V-E", "V-F")
COLUMNS = "project_id village_id kind quantity held_on households_reached note"


def project_activities(project: Row) -> list[Row]:
    """Return what was done for a project by the last day of the data; it reaches no more than all its households."""
    start, households = iso_date(project["sign_start"]), project["households_total"]
    rows = [
        (project["project_id"], "", kind, quantity, days_after(start, days), share and int(share * households), note)
        for days, kind, quantity, share, note in ACTIVITIES.get(project["project_id"], PAST_ACTIVITIES)
    ]
    return [row for row in named_rows(COLUMNS, *rows) if row["held_on"] <= LAST_DAY]


def village_activities(rng: Random) -> list[Row]:
    """Return the banners and posts of 示例 villages, one or two a month; how many posts was not always written down."""
    rows = []
    for month in range(12):
        year, of_year = 2013 + (month + 6) // 12, (month + 6) % 12 + 1
        for village in rng.sample(VILLAGES, rng.choice((1, 2))):
            kind, many = rng.choice((("横幅", 8), ("微信", 5), ("座谈会", 1), ("其他", 1)))
            quantity = None if kind == "微信" and rng.random() < 0.3 else rng.randint(1, many)
            rows.append(("", village, kind, quantity, date(year, of_year, rng.randint(2, 27)), None, SAMPLE))
    return named_rows(COLUMNS, *rows)


@sample_generator
def publicity_ledgers() -> Ledgers:
    """Return the ledger of publicity, the earliest first."""
    rows = [row for project in (*PROJECTS, *PAST_PROJECTS) for row in project_activities(project)]
    rows += village_activities(topic_rng("publicity"))
    rows.sort(key=lambda row: (row["held_on"], row["project_id"], row["village_id"]))
    return {"publicity": [{"publicity_id": f"PUB-{n:03}"} | row for n, row in enumerate(rows, 1)]}
