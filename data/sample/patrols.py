"""示例 signboards and patrols: the chiefs of 胡家新河 go as often as they are to, others of the sample do not."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from data.sample.geography import point_along
from data.sample.rivers import REACHES, RIVERS, duty_rows, reach_lines
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
    working_time,
)

# the share of the patrols due that a chief of the sample does; all others do all of them
DILIGENCE = {"C-02": 0.95, "C-03": 0.6, "C-13": 0.92, "C-14": 0.85, "C-15": 0.7, "C-17": 0.45, "C-18": 0.8}
REAL = {"C-01", "C-11", "C-12"}
LOOKED_AT = ("水体、河面、河岸", "水体、河面、河岸、排污口", "水体、河面、河岸、排污口、河长牌", "河面、河岸、涉水活动")

# reach: condition, day of the check, day of what it says; all others are good
CONDITIONS = {
    "SL2-R1": ("信息过期", "2014-06-17", "2013-07-05"),
    "SL4-R1": ("破损", "2014-06-19", "2014-01-15"),
}
GOOD = ("完好", "2014-06-12", "2014-04-10")


def signboard_rows() -> list[Row]:
    """Return a signboard at the beginning of each reach."""
    rows = []
    for n, reach in enumerate(REACHES, 1):
        lon, lat = point_along(reach_lines()[reach["reach_id"]], 0.02)
        known = (reach["river_id"], reach["reach_id"], f"示例点位{n}")
        rows.append((f"SB-{n:02}", *known, *CONDITIONS.get(reach["reach_id"], GOOD), lon, lat))
    return named_rows("signboard_id river_id reach_id location condition checked_on info_as_of lon lat", *rows)


def period_key(on: date, period: str) -> object:
    """Return what two days of the same week, ten days, half-month or month share."""
    if period == "周":
        return on.isocalendar()[:2]
    length = {"旬": 10, "半月": 15, "月": 31}[period]
    return on.year, on.month, min((on.day - 1) // length, 30 // length - 1)


def days_by_period(start: date, end: date, period: str) -> Iterator[list[date]]:
    """Yield the days of each period from one day to another; the first and the last may be cut."""
    days: dict[object, list[date]] = {}
    for n in range((end - start).days + 1):
        on = days_after(start, n)
        days.setdefault(period_key(on, period), []).append(on)
    yield from days.values()


def patrol_row(rng: Random, duty: Row, on: date, km: float, hours: range) -> Row:
    """Return one patrol of a duty; one in twenty is a few minutes long, but none of the real river's."""
    is_real = duty["chief_id"] in REAL
    is_short = not is_real and rng.random() < 0.05
    walked = rng.uniform(0.08, 0.25) if is_short else km * rng.uniform(0.8, 1.1)
    start_at = working_time(rng, on, hours)
    minutes = rng.randint(2, 4) if is_short else max(12, round(walked / rng.uniform(2.2, 3.4) * 60))
    return {k: duty[k] for k in ("chief_id", "river_id", "reach_id")} | {
        "start_at": start_at,
        "end_at": start_at + timedelta(minutes=minutes),
        "patrol_length": round(walked, 2),
        "has_track": is_real or rng.random() > 0.08,
        "items_checked": rng.choice(LOOKED_AT),
        "note": "示例",
    }


def duty_patrols(duty: Row, hours: range) -> list[Row]:
    """Return the patrols of a duty over the year; a chief with two duties goes at other hours for each."""
    rng = topic_rng(f"patrol {duty['chief_id']} {duty['river_id']}")
    km = {r["reach_id"]: r["length"] for r in REACHES} | {"": 0.0}
    length = km[duty["reach_id"]] or next(r["length"] for r in RIVERS if r["river_id"] == duty["river_id"])
    start = max(FIRST_DAY, iso_date(duty["valid_from"]))
    end = iso_date(duty["valid_to"]) if duty["valid_to"] else LAST_DAY
    rows = []
    for days in days_by_period(start, end, duty["patrol_period"]):
        weekdays = [d for d in days if d.weekday() < 5] or days
        for on in sorted(rng.sample(weekdays, min(duty["patrol_quota"], len(weekdays)))):
            if rng.random() < DILIGENCE.get(duty["chief_id"], 1):
                rows.append(patrol_row(rng, duty, on, length, hours))
    return rows


def all_patrols() -> list[Row]:
    """Return all patrols by time, still without what they found."""
    seen: set[str] = set()
    rows = []
    for duty in duty_rows():
        hours = range(14, 16) if duty["chief_id"] in seen else range(8, 11)
        seen.add(duty["chief_id"])
        rows += duty_patrols(duty, hours)
    rows.sort(key=lambda row: (row["start_at"], row["chief_id"]))
    return [{"patrol_id": f"PT-{n:04}"} | row for n, row in enumerate(rows, 1)]


@sample_generator
def patrol_ledgers() -> Ledgers:
    """Return the signboards; patrols come with what they found (`issues`)."""
    return {"signboard": signboard_rows()}
