"""示例 ledgers of 疏: visits to households, their difficulties, petitions.

The article has 59 households that wanted homes within reach and were helped to buy at 新里都市小区; their days, and all
else here, are 示例.
"""

from datetime import date
from random import Random

from data.sample.demolition import PROJECTS, demolition_ledgers
from data.sample.rows import (
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

HELD_OUT = "DEM-S3"  # past its deadline with one household left
NEXT_STEPS = {
    "评估价异议": "请评估单位上门解释评估报告",
    "面积或合法性认定": "请承办单位答复面积认定",
    "安置房位置": "约看现房房源",
    "安置房面积户型": "约看不同户型",
    "资金缺口": "送达购房补助政策",
    "家庭产权纠纷": "约谈产权分割，联系公证",
    "营业停产损失": "核对停产损失依据",
    "对政策不信任": "送达同片区补偿公示",
    "攀比观望": "送达同片区补偿公示",
}
WAYS_OUT = {
    "已解决": "示例：按方案办妥",
    "已解释": "示例：书面解释政策，住户未接受",
    "不能解决": "示例：超出方案，不能办理",
}
DEPARTMENTS = tuple(f"示例承办单位{letter}" for letter in "ABCD")


PETITIONS = named_rows(
    "petition_id project_id village_id petition_class channel received_on notified_on closed_on extended_days "
    "is_repeat risk",
    ("PET-001", "DEM-S3", "V-E", "咨询", "上门", "2013-12-12", "2013-12-16", "2013-12-30", None, False, "低"),
    ("PET-002", "DEM-S3", "V-E", "申诉求决", "来信", "2014-01-06", "2014-01-15", "2014-02-27", None, False, "中"),
    ("PET-003", "DEM-S3", "V-E", "申诉求决", "上门", "2014-02-10", "2014-02-27", "2014-04-22", None, False, "中"),
    ("PET-004", "DEM-S3", "V-E", "申诉求决", "上级转办", "2014-03-10", "2014-03-20", None, 30, True, "高"),
    ("PET-005", "DEM-S1", "V-C", "建议", "网上", "2014-03-18", "2014-03-24", "2014-04-08", None, False, "低"),
    ("PET-006", "DEM-S1", "V-D", "咨询", "上门", "2014-04-02", "2014-04-08", "2014-04-15", None, False, "低"),
    ("PET-007", "DEM-S1", "V-C", "申诉求决", "上门", "2014-04-21", "2014-04-30", "2014-06-12", None, False, "中"),
    ("PET-008", "DEM-S1", "V-C", "申诉求决", "来信", "2014-05-03", "2014-05-12", None, None, False, "中"),
    ("PET-009", "DEM-S1", "V-D", "检举", "来信", "2014-05-15", "2014-05-26", None, None, False, "中"),
    ("PET-010", "DEM-S1", "V-C", "申诉求决", "上门", "2014-05-28", "2014-06-09", None, None, True, "中"),
    ("PET-011", "DEM-S2", "V-F", "咨询", "网上", "2014-06-05", "2014-06-10", "2014-06-18", None, False, "低"),
    ("PET-012", "DEM-S2", "V-D", "咨询", "上门", "2014-06-18", "2014-06-25", None, None, False, "低"),
    ("PET-013", "DEM-S2", "V-F", "申诉求决", "网上", "2014-06-30", None, None, None, False, "中"),
)


def last_visit_day(rng: Random, start: date, signed_on: date | None, is_late: bool) -> date | None:
    """Return the day of the newest visit: of a signer that of signing, of others mostly in the last week; or none."""
    if signed_on:
        return signed_on
    if is_late:
        return days_after(LAST_DAY, -12)
    back = weighted_choice(rng, never=7, long_ago=18, lately=75)
    if back == "never":
        return None
    return max(start, days_after(LAST_DAY, -(rng.randint(9, 24) if back == "long_ago" else rng.randint(0, 6))))


def visit_days(rng: Random, start: date, last: date, count: int) -> list[date]:
    """Return the days of some visits, spread from the start of signing to the last of them."""
    span = (last - start).days
    return sorted({*(days_after(start, span * rng.uniform(0.02, 0.9)) for _ in range(count - 1)), last})


def household_visits(rng: Random, project: Row, household: Row, signed_on: date | None) -> list[Row]:
    """Return the visits to a household that has not signed, or signed in the later part of the period."""
    start, end = iso_date(project["sign_start"]), iso_date(project["sign_end"])
    is_willing = signed_on is not None and (signed_on - start) < 0.45 * (end - start)
    last = last_visit_day(rng, start, signed_on, project["project_id"] == HELD_OUT)
    if is_willing or last is None or (signed_on and rng.random() < 0.12):
        return []
    days, rows = visit_days(rng, start, last, rng.randint(1, 5)), []
    for day in days:
        kind = weighted_choice(rng, 入户走访=6, 重点约访=2, 电话=1, 接访=1)
        mood = weighted_choice(rng, 支持=1 + 2 * (day != days[0]), 观望=5, 反对=3, 未知=2 * (day == days[0]))
        if day == signed_on:
            mood = "支持"
        half = weighted_choice(rng, 上午=4, 下午=4, 晚上=3)
        rows.append((household["household_id"], household["team_id"], day, half, kind, mood))
    return named_rows("household_id team_id visited_on half kind attitude", *rows)


def agreed_next(rng: Random, last: Row, reason: str) -> Row:
    """Return what the newest visit to a household says of the next: a day to come, or one that was missed."""
    if rng.random() > 0.8:
        return {}
    is_missed = (LAST_DAY - last["visited_on"]).days > 7
    next_on = days_after(last["visited_on"], 5) if is_missed else days_after(LAST_DAY, rng.randint(1, 6))
    return {"next_on": next_on, "next_step": NEXT_STEPS.get(reason, "继续上门宣讲方案")}


def homes_within_reach(rng: Random, household: str, signed_on: date) -> Row:
    """Return the difficulty of one of the 59 households of the article: a home within reach, found before it signed."""
    closed_on = days_after(signed_on, -rng.choice((0, 1, 1, 2, 2, 3, 4, 6, 9, 17)))
    raised_on = days_after(closed_on, -rng.randint(3, 12))
    return {
        "household_id": household,
        "difficulty_reason": "安置房位置",
        "department": "征地拆迁办公室",
        "raised_on": raised_on,
        "due_on": days_after(raised_on, 14),
        "closed_on": closed_on,
        "outcome": "已解决",
        "solution": "联系新里都市小区房源，帮助尽快购买（日期为示例）",
    }


def difficulty_end(rng: Random, row: Row, signed_on: date | None) -> Row:
    """Return how a difficulty ended; those of households that signed did before, most others are open."""
    took = rng.choice((2, 3, 4, 6, 7, 9, 11, 13, 16, 20))
    weights = (11, 3, 1) if signed_on else (3, 3, 2)
    closed_on = days_after(row["raised_on"], took)
    if signed_on:
        closed_on = min(closed_on, signed_on)
    elif closed_on > LAST_DAY or rng.random() < 0.66:
        return {}
    [outcome] = rng.choices(list(WAYS_OUT), weights)
    return {"closed_on": closed_on, "outcome": outcome, "solution": WAYS_OUT[outcome]}


def household_difficulties(rng: Random, visits: list[Row], signed_on: date | None) -> list[Row]:
    """Return the difficulties that came up on visits to a household of the 示例 projects."""
    chance = 0.4 if signed_on else 0.65
    rows = []
    for visit in visits[:2]:
        if rng.random() < chance:
            reason = rng.choice(list(NEXT_STEPS))
            row = {
                "household_id": visit["household_id"],
                "difficulty_reason": reason,
                "department": rng.choice(DEPARTMENTS),
                "raised_on": visit["visited_on"],
                "due_on": days_after(visit["visited_on"], 14),
            }
            rows.append(row | difficulty_end(rng, row, signed_on))
        chance *= 0.3
    return rows


def held_out_difficulty(household: str) -> Row:
    """Return why the one household of the project past its deadline has not signed."""
    return {
        "household_id": household,
        "difficulty_reason": "家庭产权纠纷",
        "department": DEPARTMENTS[1],
        "raised_on": date(2014, 1, 20),
        "due_on": date(2014, 3, 31),
    }


def visits_and_difficulties(rng: Random, project: Row, household: Row, agreement: Row) -> tuple[list[Row], list[Row]]:
    """Return the visits to a household, its difficulties, and on the newest visit what comes next."""
    code, signed_on = household["household_id"], agreement.get("signed_on")
    visits = household_visits(rng, project, household, signed_on)
    if project["project_id"] == "DEM-BH":
        bought = agreement["mode"] == "货币补偿" and agreement["housing_source_id"] == "H-XL"
        return visits, [homes_within_reach(rng, code, agreement["signed_on"])] if bought else []
    if project["project_id"] == HELD_OUT and not signed_on:
        difficulties = [held_out_difficulty(code)]
    else:
        difficulties = household_difficulties(rng, visits, signed_on)
    waiting = [row for row in difficulties if "closed_on" not in row]
    if visits and not signed_on:
        visits[-1] |= agreed_next(rng, visits[-1], waiting[0]["difficulty_reason"] if waiting else "")
    return visits, difficulties


@sample_generator
def persuasion_ledgers() -> Ledgers:
    """Return visits and difficulties of the households of the newer projects, and the petitions."""
    ledgers, rng = demolition_ledgers(), topic_rng("persuasion")
    projects = {project["project_id"]: project for project in PROJECTS}
    signed = {row["household_id"]: row for row in ledgers["agreement"] if not row.get("withdrawn_on")}
    made = [
        visits_and_difficulties(rng, projects[h["project_id"]], h, signed.get(h["household_id"], {}))
        for h in ledgers["household"]
        if h["project_id"] in projects
    ]
    visits = sorted((v for each, _ in made for v in each), key=lambda v: (v["visited_on"], v["household_id"]))
    raised = sorted((d for _, each in made for d in each), key=lambda d: (d["raised_on"], d["household_id"]))
    return {
        "visit": [{"visit_id": f"VISIT-{n:03}"} | visit for n, visit in enumerate(visits, 1)],
        "household_difficulty": [{"difficulty_id": f"DIF-{n:03}"} | row for n, row in enumerate(raised, 1)],
        "petition": PETITIONS,
    }
