"""示例 ledgers of 三改一拆: 市北环 as the article tells it, its numbers of households and days being 示例."""

from datetime import date
from random import Random

from data.sample.past_demolition import PAST_ESTATE, PAST_HOUSEHOLDS, PAST_PROJECTS, late_signing_day, past_rng
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
from data.sample.withdrawals import SIDE_STEPS, WITHDRAWN, with_floor_areas

OWNER = "征地拆迁办公室"
DAYS_TO_VACATE = 90  # 示例: from the deadline of signing
BOUGHT_AT_XINLI = 59

BEIHUAN = "市北环快速路(前洋立交—世纪大道)项目"
BEIHUAN_NOTE = "全市国有土地上房屋征收新政出台后首个征收项目；户数、日期、面积和签约后的进度为示例。"

PROJECTS = named_rows(
    "project_id name kind level households_total sign_start sign_end note",
    ("DEM-BH", BEIHUAN, "国有土地征收", "市级重点", 86, "2013-09-10", "2013-11-03", BEIHUAN_NOTE),
    ("DEM-S1", "示例征迁项目一", "集体土地征收", "区级", 120, "2014-04-25", "2014-07-31", "示例"),
    ("DEM-S2", "示例征迁项目二", "国有土地征收", "街道", 64, "2014-06-16", "2014-09-15", "示例"),
    ("DEM-S3", "示例征迁项目三", "三改", "街道", 52, "2013-12-02", "2014-02-28", "示例"),
)

# letters of the household codes, villages, last days of the reward periods, share of households that hold out
HOUSEHOLDS = {
    "DEM-BH": ("BH", ("",), ("2013-09-29", "2013-10-19"), 0.0),
    "DEM-S1": ("S1", ("V-C", "V-D"), ("2014-05-24", "2014-06-23"), 0.08),
    "DEM-S2": ("S2", ("V-D", "V-F"), ("2014-07-15", "2014-08-15"), 0.05),
    "DEM-S3": ("S3", ("V-E",), ("2013-12-31", "2014-01-28"), 0.04),
    **PAST_HOUSEHOLDS,
}
TEAMS = named_rows(
    "team_id name staff vehicles machines departments",
    ("TEAM-1", "示例征拆一组", 6, 2, 1, "街道、城管、公安"),
    ("TEAM-2", "示例征拆二组", 6, 2, 1, "街道、城管、公安"),
    ("TEAM-3", "示例征拆三组", 5, 1, 2, "街道、城管、公安"),
)


ESTATES = [
    *named_rows(
        "housing_source_id estate kind units_total distance",
        ("H-XL", "新里都市小区", "市场购房", None, None),
        ("H-S1", "示例安置小区一", "安置房", 120, 2.4),
        ("H-S2", "示例安置小区二", "现房", 60, 4.1),
    ),
    PAST_ESTATE,
]


def signing_day(rng: Random, row: Row, rewards: list[date]) -> date:
    """Return a day in the signing period: many at the start, before a reward ends, and on the last day."""
    start, end = iso_date(row["sign_start"]), iso_date(row["sign_end"])
    days = [days_after(start, n) for n in range((end - start).days + 1)]
    weights = []
    for d in days:
        near_reward = any(0 <= (reward - d).days <= 1 for reward in rewards)
        burst = 8 if (d - start).days < 3 else 9 if near_reward else 6 if d == end else 0
        weights.append(burst + (1.6 if d <= rewards[0] else 0.9 if d <= rewards[1] else 0.5))
    return rng.choices(days, weights)[0]


def project_households(rng: Random, project: Row) -> list[Row]:
    """Return the households of a project; `signs_on` is the day each will sign, None if it holds out."""
    letters, villages, rewards, holding_out = HOUSEHOLDS[project["project_id"]]
    rows = []
    for n in range(1, project["households_total"] + 1):
        use = weighted_choice(rng, 住宅=86, 商服=7, 办公=2, 生产=4, 其他=1)
        area = round(rng.uniform(48, 165) * (1 if use in ("住宅", "商服") else 2.2), 1)
        village, third = rng.choice(villages), 3 * (n - 1) // project["households_total"]
        would_sign_on = signing_day(rng, project, [iso_date(r) for r in rewards])
        signs_on = None if rng.random() < holding_out else would_sign_on
        block, team = f"{'一二三'[third]}片", TEAMS[third]["team_id"]
        rows.append((f"{letters}-{n:03}", project["project_id"], village, block, team, use, area, signs_on))
    return named_rows("household_id project_id village_id block team_id use legal_area signs_on", *rows)


def past_households(rng: Random, project: Row) -> list[Row]:
    """Return the households of a project that is over; those that held out signed after its period."""
    households = project_households(rng, project)
    return [h | {"signs_on": h["signs_on"] or late_signing_day(rng, project)} for h in households]


def has_signed(household: Row) -> bool:
    """Tell whether a household has signed by the last day of the data."""
    return household["signs_on"] is not None and household["signs_on"] <= LAST_DAY


def status_days(rng: Random, project: Row, household: Row) -> dict[str, date]:
    """Return the day of each status a household has reached by the last day of the data."""
    start = iso_date(project["sign_start"])
    surveyed_on = days_after(start, -rng.randint(30, 60))
    appraised_on = days_after(start, -rng.randint(1, 20))
    days = {"已摸底": surveyed_on, "已评估": appraised_on}
    if not has_signed(household):
        return days if rng.random() < 0.7 else {"已摸底": surveyed_on}
    at = days["已签约"] = household["signs_on"]
    for status, least, most in (("已审核", 2, 9), ("已腾空", 15, 90), ("已拆除", 20, 200), ("已交付", 30, 150)):
        at = days[status] = days_after(at, rng.randint(least, most))
    return {status: d for status, d in days.items() if d <= LAST_DAY}


def compensation_and_home(rng: Random, household: Row, bought: set[str]) -> tuple[str, str]:
    """Return how a household is compensated and where it finds a home: those in `bought` with money at 新里都市小区."""
    if household["household_id"] in bought:
        return "货币补偿", "H-XL"
    money = 0 if household["project_id"] == "DEM-BH" else 4
    mode = weighted_choice(rng, 货币补偿=money, 产权调换=4, 混合=2)
    if mode == "货币补偿":
        return mode, ""
    is_past = household["project_id"] in PAST_HOUSEHOLDS
    return mode, str(PAST_ESTATE["housing_source_id"]) if is_past else weighted_choice(rng, **{"H-S1": 2, "H-S2": 1})


def agreement_row(rng: Random, household: Row, days: dict[str, date], bought: set[str]) -> Row:
    """Return the agreement of a household; the amount is left out at 市北环, where none is known."""
    mode, home = compensation_and_home(rng, household, bought)
    amount = round(household["legal_area"] * rng.uniform(0.95, 1.25), 1)
    return {
        "household_id": household["household_id"],
        "signed_on": household["signs_on"],
        "audited_on": days.get("已审核"),
        "mode": mode,
        "amount": None if household["project_id"] == "DEM-BH" else amount,
        "housing_source_id": home,
        "move_due_on": days_after(household["signs_on"], 60),
    }


def agreement_rows(rng: Random, households: list[Row], days: dict[str, dict[str, date]]) -> list[Row]:
    """Return the agreements of the households that have signed."""
    signers = [h for h in households if has_signed(h)]
    beihuan = [h["household_id"] for h in signers if h["project_id"] == "DEM-BH"]
    bought = set(rng.sample(beihuan, BOUGHT_AT_XINLI)) if beihuan else set()
    return [agreement_row(rng, h, days[h["household_id"]], bought) for h in signers]


def housing_sources(signings: list[Row]) -> list[Row]:
    """Return the housing sources with the homes that are left."""
    taken = [a["housing_source_id"] for a in signings]
    left = {e["housing_source_id"]: (e["units_total"] or 0) - taken.count(e["housing_source_id"]) for e in ESTATES}
    return [e | {"units_free": left[e["housing_source_id"]] if e["units_total"] else None} for e in ESTATES]


def vacating_project(project: Row) -> Row:
    """Return a project with who leads it and the day by which its households are to have vacated."""
    vacate_due_on = days_after(iso_date(project["sign_end"]), DAYS_TO_VACATE)
    return project | {"owner": OWNER, "vacate_due_on": vacate_due_on}


@sample_generator
def demolition_ledgers() -> Ledgers:
    """Return the ledgers of 三改一拆."""
    rng = topic_rng("demolition")
    lists = [(project, household) for project in PROJECTS for household in project_households(rng, project)]
    days = {household["household_id"]: status_days(rng, project, household) for project, household in lists}
    signings = agreement_rows(rng, [household for _, household in lists], days)
    past = past_rng()
    earlier = [(project, household) for project in PAST_PROJECTS for household in past_households(past, project)]
    days |= {household["household_id"]: status_days(past, project, household) for project, household in earlier}
    signings += agreement_rows(past, [household for _, household in earlier], days)
    lists += earlier
    statuses = [(household_id, status, d) for household_id, reached in days.items() for status, d in reached.items()]
    return {
        "demolition_project": with_floor_areas(
            [vacating_project(row) for row in (*PROJECTS, *PAST_PROJECTS)], [household for _, household in lists]
        ),
        "demolition_team": TEAMS,
        "household": [{k: v for k, v in household.items() if k != "signs_on"} for _, household in lists],
        "status_event": named_rows("household_id status on_date", *statuses, *SIDE_STEPS),
        "housing_source": housing_sources(signings),
        "agreement": [*signings, *WITHDRAWN],
    }
