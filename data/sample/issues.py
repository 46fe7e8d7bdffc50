"""示例 issues: what patrols and others found, step by step until it was settled, and what people said of it."""

from datetime import date, datetime, timedelta
from random import Random

from data.sample.patrols import all_patrols
from data.sample.rivers import DUTIES, REACHES, RIVERS, random_point_on
from data.sample.rows import (
    LAST_DAY,
    Ledgers,
    Row,
    days_after,
    named_rows,
    sample_generator,
    topic_rng,
    weighted_choice,
    working_time,
)

OFFICE = "农村工作服务中心"

# river: the share of patrols that find something, the share of the days given that it takes to mend it, and the share
# of issues that get stuck
FOUND = {"HJXH": 0.05, "SL1": 0.08, "SL2": 0.16, "SL3": 0.06, "SL4": 0.16, "SL5": 0.1}
PACE = {"HJXH": 0.3, "SL1": 0.45, "SL2": 0.75, "SL3": 0.4, "SL4": 0.7, "SL5": 0.5}
STUCK = {"SL2": 0.15, "SL4": 0.2}
DAYS_GIVEN = {"一般": 10, "加急": 5, "紧急": 2}

# problem: category, dimension, how often
PROBLEMS = {
    "杂物漂浮": ("河面", "治", 9),
    "生活垃圾": ("河岸", "治", 8),
    "建筑垃圾": ("河岸", "治", 3),
    "污水直排": ("排污口", "截", 5),
    "晴天排水": ("排污口", "截", 4),
    "异味": ("水体", "洁", 3),
    "颜色异常": ("水体", "洁", 2),
    "污泥淤积": ("河中", "洁", 2),
    "非法捕鱼": ("涉水活动", "治", 1),
    "更新不及时": ("河长牌", "治", 1),
}
MILD = ("杂物漂浮", "生活垃圾")

# what reached the office by other ways than a patrol: channel, river, problem, day
REPORTED = (
    ("群众投诉", "SL2", "异味", "2013-08-23"),
    ("群众投诉", "SL4", "生活垃圾", "2013-09-17"),
    ("群众投诉", "SL1", "污水直排", "2013-10-28"),
    ("上级交办", "SL2", "污泥淤积", "2013-11-20"),
    ("暗访", "SL4", "污水直排", "2013-12-12"),
    ("群众投诉", "SL5", "晴天排水", "2014-02-18"),
    ("系统推送", "SL2", "颜色异常", "2014-03-27"),
    ("群众投诉", "SL2", "异味", "2014-04-22"),
    ("暗访", "SL2", "晴天排水", "2014-05-15"),
    ("自动预警", "SL2", "颜色异常", "2014-06-09"),
    ("媒体", "SL4", "污水直排", "2014-06-13"),
    ("群众投诉", "SL1", "晴天排水", "2014-06-24"),
)

SURVEYS = named_rows(
    "surveyed_on river_id village_id method forms_sent forms_valid satisfied score",
    ("2013-07-26", "HJXH", "", "入户", 120, 112, 47, None),
    ("2013-07-26", "SL1", "", "入户", 120, 109, 58, None),
    ("2013-12-19", "SL3", "", "街访", 100, 96, 81, None),
    ("2013-12-19", "SL2", "", "入户", 110, 101, 49, None),
    ("2014-06-18", "HJXH", "", "入户", 120, 114, 106, None),
    ("2014-06-18", "SL1", "", "入户", 120, 111, 89, None),
    ("2014-06-19", "SL2", "", "入户", 110, 104, 44, None),
    ("2014-06-20", "", "V-E", "电话", 60, 41, 27, 68.5),
)


def random_problem(rng: Random, river_id: str) -> str:
    """Return a problem; what is found at the river of the article is mild."""
    names = MILD if river_id == "HJXH" else tuple(PROBLEMS)
    return weighted_choice(rng, **{name: PROBLEMS[name][2] for name in names})


def issues_from_patrols(rng: Random, walks: list[Row]) -> list[Row]:
    """Return the issues that patrols found; a walk of a few minutes finds none."""
    rows = []
    for walk in walks:
        is_found = rng.random() < FOUND[walk["river_id"]] and walk["patrol_length"] > 0.3
        if is_found:
            found_at = walk["start_at"] + (walk["end_at"] - walk["start_at"]) / 2
            kept = {k: walk[k] for k in ("river_id", "reach_id", "chief_id", "patrol_id")}
            problem = random_problem(rng, walk["river_id"])
            rows.append(kept | {"found_at": whole_minute(found_at), "found_through": "河长巡河", "problem": problem})
    return rows


def issues_from_others(rng: Random) -> list[Row]:
    """Return the issues that came by other ways; the first chief of the river answers for them."""
    rows = []
    for channel, river_id, problem, on in REPORTED:
        duty = next(d for d in DUTIES if d["river_id"] == river_id)
        reach = next(r["reach_id"] for r in REACHES if r["river_id"] == river_id)
        rows.append(
            {"river_id": river_id, "reach_id": reach, "chief_id": duty["chief_id"], "patrol_id": ""}
            | {"found_at": working_time(rng, date.fromisoformat(on)), "found_through": channel, "problem": problem}
        )
    return rows


def whole_minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def later_working_time(rng: Random, at: datetime, days: float) -> datetime:
    """Return a working time so many days later, or some hours later on the same day."""
    if round(days) < 1:
        return at + timedelta(minutes=5 * rng.randint(6, 30))
    return working_time(rng, days_after(at.date(), days))


def issue_steps(rng: Random, row: Row) -> list[tuple[datetime, str]]:
    """Return the steps of an issue up to the last day of the data: some are sent back, some are to be redone."""
    pace, is_real = PACE[row["river_id"]] * rng.uniform(0.6, 1.4), row["river_id"] == "HJXH"
    given, steps = DAYS_GIVEN[row["urgency"]], [(row["found_at"], "发现")]
    is_stuck = rng.random() < STUCK.get(row["river_id"], 0)

    def then(step: str, days: float) -> None:
        steps.append((later_working_time(rng, steps[-1][0], days), step))

    then("交办", rng.choice((0, 0, 1)))
    if not is_real and rng.random() < 0.1:
        then("退回", 1)
        then("交办", 1)
    then("处置", given * pace)
    if is_stuck:
        return steps_to_date(steps)
    then("复核", min(given * 0.15, 2))
    if not is_real and rng.random() < 0.14:
        then("重办", 0)
        then("处置", given * pace * 0.5)
        then("复核", 1)
    then("销号", rng.choice((0, 1)))
    if row["river_id"] == "SL2" and rng.random() < 0.12:
        then("重办", 14)
        then("处置", 4)
        then("复核", 2)
        then("销号", 1)
    return steps_to_date(steps)


def steps_to_date(steps: list[tuple[datetime, str]]) -> list[tuple[datetime, str]]:
    """Return the steps that were taken by the last day of the data."""
    return [(at, step) for at, step in steps if at.date() <= LAST_DAY]


def issue_row(rng: Random, n: int, row: Row) -> Row:
    """Return an issue with all that the register says of it; nothing is put in a real village."""
    category, dim, _ = PROBLEMS[row["problem"]]
    is_real = row["river_id"] == "HJXH"
    urgency = "一般" if is_real else weighted_choice(rng, 一般=16, 加急=3, 紧急=1)
    lon, lat = random_point_on(rng, row["river_id"], row["reach_id"])
    reach = {r["reach_id"]: r for r in REACHES}.get(row["reach_id"], {})
    river = next(r["name"] for r in RIVERS if r["river_id"] == row["river_id"])
    return row | {
        "issue_id": f"ISS-{n:03}",
        "reach_id": "" if is_real else row["reach_id"],
        "village_id": "" if is_real else reach.get("village_id", ""),
        "location": f"示例点位{rng.randint(1, 40)}",
        "category": category,
        "dim": dim,
        "urgency": urgency,
        "handler": OFFICE if is_real or not reach else f"示例承办单位{reach['village_id'][-1]}",
        "due_on": days_after(row["found_at"].date(), DAYS_GIVEN[urgency]),
        "description": f"示例：{river}{row['problem']}",
        "lon": lon,
        "lat": lat,
    }


def issue_events(rng: Random, row: Row) -> list[Row]:
    """Return the steps of an issue with who took them; what was handled has a photo."""
    rows = []
    for at, step in issue_steps(rng, row):
        actor = row["handler"] if step in ("处置", "退回") else OFFICE
        photo = f"示例照片 {row['issue_id']}" if step in ("发现", "处置") else ""
        rows.append((row["issue_id"], at, step, actor, photo))
    return named_rows("issue_id happened_at step actor photo", *rows)


@sample_generator
def issue_ledgers() -> Ledgers:
    """Return the patrols with what they found, the issues with their steps, and the surveys."""
    rng, walks = topic_rng("issue"), all_patrols()
    found = sorted(
        issues_from_patrols(rng, walks) + issues_from_others(rng), key=lambda row: (row["found_at"], row["river_id"])
    )
    issues = [issue_row(rng, n, row) for n, row in enumerate(found, 1)]
    counts = [row["patrol_id"] for row in issues]
    return {
        "patrol": [walk | {"findings": counts.count(walk["patrol_id"])} for walk in walks],
        "issue": issues,
        "issue_event": [event for row in issues for event in issue_events(topic_rng(row["issue_id"]), row)],
        "satisfaction": [{"survey_id": f"SAT-{n:02}", "note": "示例"} | row for n, row in enumerate(SURVEYS, 1)],
    }
