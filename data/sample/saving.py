"""示例 water saving: activities, taps in public places, and the checks that found them running."""

from datetime import date
from random import Random

from data.sample.geography import VILLAGES, offset_point
from data.sample.rows import (
    FIRST_DAY,
    LAST_DAY,
    Ledgers,
    Row,
    days_after,
    iso_date,
    named_rows,
    sample_generator,
    topic_rng,
    weighted_choice,
)

ACTIVITIES = named_rows(
    "held_on village_id kind headcount units_visited leaks_found leaks_fixed",
    ("2013-07-18", "V-A", "宣传活动", 85, 6, None, None),
    ("2013-08-15", "V-B", "设施巡检", 4, 12, 5, 5),
    ("2013-09-12", "V-D", "宣传活动", 160, 9, None, None),
    ("2013-10-23", "", "培训", 46, 14, None, None),
    ("2013-11-14", "V-C", "设施巡检", 4, 10, 4, 3),
    ("2013-12-10", "V-F", "宣传活动", 120, 8, None, None),
    ("2014-01-16", "V-E", "设施巡检", 3, 9, 6, 5),
    ("2014-02-26", "", "培训", 52, 16, None, None),
    ("2014-03-21", "V-D", "宣传活动", 240, 15, None, None),
    ("2014-04-09", "V-A", "设施巡检", 4, 11, 3, 3),
    ("2014-04-24", "V-B", "宣传活动", 95, 7, None, None),
    ("2014-05-13", "V-F", "设施巡检", 5, 18, 7, 6),
    ("2014-05-28", "", "培训", 61, 20, None, None),
    ("2014-06-11", "V-C", "宣传活动", 110, 9, None, None),
    ("2014-06-24", "V-D", "设施巡检", 5, 21, 8, 5),
)

# village: how many taps; kind of place: days between checks
TAPS = {"V-A": 6, "V-B": 8, "V-C": 7, "V-D": 14, "V-E": 9, "V-F": 12}
KINDS = {"公厕": 60, "公园": 60, "学校": 90, "市场": 60, "机关": 90, "消火栓": 120}
KEPT_BY = "示例管护单位"

# m³ a day that a running, a dripping and a broken tap is thought to lose
LOSSES = {"长流水": (0.8, 4.5), "滴漏": (0.05, 0.4), "损坏": (0.2, 1.5)}


def facility_rows() -> list[Row]:
    """Return the taps of the villages that are not real."""
    rng, rows = topic_rng("facility"), []
    for village_id, count in TAPS.items():
        name, _, centre, width, height = VILLAGES[village_id]
        for n in range(count):
            kind = list(KINDS)[n % len(KINDS)]
            lon, lat = offset_point(centre, rng.uniform(-0.6, 0.6) * width, rng.uniform(-0.6, 0.6) * height)
            known = (f"TAP-{village_id[-1]}{n + 1:02}", f"{name}{kind}{n // len(KINDS) + 1}号", village_id, kind)
            rows.append((*known, KEPT_BY + village_id[-1], KINDS[kind], lon, lat))
    return named_rows("facility_id name village_id kind keeper_unit check_days lon lat", *rows)


def check_row(rng: Random, facility_id: str, on: date, finding: str, is_fixed: bool) -> Row:
    """Return one check; what is mended takes up to nine days, what would be mended after the data end is still open."""
    fixed_on = days_after(on, rng.randint(0, 9)) if finding != "正常" and is_fixed else None
    loss = round(rng.uniform(*LOSSES[finding]), 2) if finding in LOSSES else None
    return {
        "facility_id": facility_id,
        "checked_on": on,
        "finding": finding,
        "fixed_on": fixed_on if fixed_on and fixed_on <= LAST_DAY else None,
        "loss": loss,
        "note": "示例：估算" if loss else "",
    }


def inspection_checks(rng: Random, taps: list[Row]) -> list[Row]:
    """Return the checks of the villages' inspections: as many taps were running and mended as the activity says."""
    rows = []
    for activity in (a for a in ACTIVITIES if a["kind"] == "设施巡检"):
        here = [tap["facility_id"] for tap in taps if tap["village_id"] == activity["village_id"]]
        running = rng.sample(here, activity["leaks_found"])
        mended = running[: activity["leaks_fixed"]]
        for code in here:
            finding = "长流水" if code in running else "正常"
            rows.append(check_row(rng, code, iso_date(activity["held_on"]), finding, code in mended))
    return rows


def keeper_checks(rng: Random, tap: Row) -> list[Row]:
    """Return the checks of one tap by who keeps it, as often as it is to be checked."""
    on, rows = days_after(FIRST_DAY, rng.randint(2, tap["check_days"])), []
    while on <= LAST_DAY:
        finding = weighted_choice(rng, 正常=86, 滴漏=7, 长流水=4, 损坏=3)
        rows.append(check_row(rng, tap["facility_id"], on, finding, rng.random() < 0.93))
        on = days_after(on, tap["check_days"] + rng.randint(-4, 6))
    return rows


def facility_checks(taps: list[Row]) -> list[Row]:
    """Return all checks by day; a tap that was not mended is not checked again."""
    rng, open_since, rows = topic_rng("check"), {}, []
    each = inspection_checks(rng, taps)
    known = {(row["facility_id"], row["checked_on"]) for row in each}
    for tap in taps:
        each += [row for row in keeper_checks(rng, tap) if (row["facility_id"], row["checked_on"]) not in known]
    for row in sorted(each, key=lambda row: (row["checked_on"], row["facility_id"])):
        is_inspected = (row["facility_id"], row["checked_on"]) in known
        if row["facility_id"] in open_since and not is_inspected:
            continue
        if row["finding"] != "正常" and not row["fixed_on"]:
            open_since[row["facility_id"]] = row["checked_on"]
        rows.append(row)
    return rows


@sample_generator
def saving_ledgers() -> Ledgers:
    """Return the ledgers of 节."""
    taps = facility_rows()
    return {
        "saving_activity": [{"activity_id": f"SAVE-{n:02}"} | row for n, row in enumerate(ACTIVITIES, 1)],
        "facility": taps,
        "facility_check": facility_checks(taps),
    }
