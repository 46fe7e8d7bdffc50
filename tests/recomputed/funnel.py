"""招商项目漏斗 worked out again: who goes on, how long it takes, what became of those signed, what is open."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from math import ceil

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.frames import rows_by
from tests.recomputed.investment import STAGES, WAY, projects_on

ON_LAND = ("拿地", "开工", "主体施工", "封顶", "竣工")
FEWEST = 5  # chosen by the house: fewer tell nothing
UNSIGNED = WAY[: WAY.index("正式签约")]
Course = list[tuple[str, pd.Timestamp]]


def courses(ledgers: Ledgers, day: pd.Timestamp) -> dict[str, Course]:
    """Return the stages that each project entered by the day, in their order, exits too; of a day the later last."""
    events = rows_by(ledgers["stage_event"], "entered_on", day)
    events = events.assign(place=events["stage"].map(STAGES.index)).sort_values(["entered_on", "place"])
    by_project = events.groupby("project_id")
    found = {code: list(zip(own["stage"], own["entered_on"], strict=True)) for code, own in by_project}
    return {code: found.get(code, []) for code in ledgers["investment_project"]["project_id"]}


def came_to(course: Course, stage: str) -> pd.Timestamp | None:
    """Return the first day on which a project was in a stage or a later one."""
    far = WAY[WAY.index(stage) :]
    return min((day for name, day in course if name in far), default=None)


def stages_of(track: str) -> list[str]:
    return [stage for stage in WAY if track == "供地类" or stage not in ON_LAND]


def quantile(days: list[tuple[int, bool]], part: Fraction) -> int | None:
    """Return the days in which a part is done, by the product limit; None if it was not yet."""
    open_share = Fraction(1)
    for end in sorted({length for length, is_done in days if is_done}):
        at_risk = sum(length >= end for length, _ in days)
        done = sum(length == end and is_done for length, is_done in days)
        open_share *= Fraction(at_risk - done, at_risk)
        if open_share <= 1 - part:
            return end
    return None


def steps(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return every project in every stage of its track that it came to: days waited, days to the next, if it ended."""
    tracks = ledgers["investment_project"].set_index("project_id")["track"]
    rows = []
    for code, course in courses(ledgers, day).items():
        own = stages_of(tracks[code])
        for stage, after in zip(own, [*own[1:], None], strict=True):
            reached = came_to(course, stage)
            following = came_to(course, after) if after else None
            entered = min((d for name, d in course if name == stage), default=None)
            took = (following - entered).days if following and entered and entered <= following else None
            waited = (day - reached).days if reached else None
            is_ended = bool(course) and course[-1][0] == "终止"
            is_unplaced = is_ended and came_to(course, WAY[0]) is None
            was_there = reached is not None or (stage == WAY[0] and bool(course))
            rows.append(
                (tracks[code], stage, after, was_there, following is not None, took, waited, is_ended, is_unplaced)
            )
    columns = "track stage after reached moved_on took waited is_ended is_unplaced"
    return pd.DataFrame(rows, columns=columns.split())


@recomputes("stage_conversion", "track", "stage", "is_total")
def stage_conversion(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Count who came to a stage, whose outcome is known, and who went on."""
    found = steps(ledgers, day)
    limits = {}
    for step, own in found.groupby(["stage", "after"]):
        took = sorted(own["took"].dropna())
        limits[step] = took[ceil(Fraction(9, 10) * len(took)) - 1] if len(took) >= FEWEST else float("inf")
    found["limit"] = [
        limits.get((stage, after), float("inf")) for stage, after in zip(found["stage"], found["after"], strict=False)
    ]
    is_over = found["is_ended"] | (found["waited"] > found["limit"])
    found["known"] = found["moved_on"] | (found["reached"] & is_over)
    whole = found.assign(track=None)
    rows = []
    for (track, stage), own in itertools.chain(
        whole.groupby(["track", "stage"], dropna=False), found.groupby(["track", "stage"])
    ):
        reached, known, moved_on = (int(own[name].sum()) for name in ("reached", "known", "moved_on"))
        is_total, is_last = bool(pd.isna(track)), stage == WAY[-1]
        is_told = stage == WAY[0] or own["is_unplaced"].sum() < FEWEST
        rate = 100 * moved_on / known if known >= FEWEST and is_told and not is_last else None
        counts = (None, None) if is_last else (known, moved_on)
        rows.append((None if is_total else track, stage, is_total, reached, *counts, rate))
    return pd.DataFrame(rows, columns=["track", "stage", "is_total", "reached", "known", "moved_on", "rate"])


def stays(course: Course, day: pd.Timestamp) -> Iterator[tuple[str, int, bool, bool]]:
    """Yield each stay of a project in a stage: the stage, its days, whether it led on, whether it is not over."""
    runs = [next(run) for _, run in itertools.groupby(course, key=lambda event: event[0])]
    for (stage, entered), after in itertools.zip_longest(runs, runs[1:]):
        if stage in WAY[:-1]:
            led_on = after is not None and after[0] in WAY and WAY.index(after[0]) > WAY.index(stage)
            yield stage, ((after[1] if after else day) - entered).days, led_on, after is None


@recomputes("time_in_stage", "stage")
def time_in_stage(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Work out the Kaplan–Meier times of the stays in each stage."""
    all_stays = [stay for course in courses(ledgers, day).values() for stay in stays(course, day)]
    rows = []
    for stage in WAY[:-1]:
        own = [(days, led_on, is_there) for name, days, led_on, is_there in all_stays if name == stage]
        led_on, there = sum(each[1] for each in own), [days for days, _, is_there in own if is_there]
        known = [(days, is_done) for days, is_done, _ in own]
        half, most = (
            quantile(known, part) if led_on >= FEWEST else None for part in (Fraction(1, 2), Fraction(17, 20))
        )
        over = None if most is None else sum(days > most for days in there)
        others = len(own) - led_on - len(there)
        rows.append((stage, len(own), led_on, len(there), others, half, most, over, max(there, default=None)))
    columns = "stage spells moved_on still_there left_otherwise median_days p85_days over_p85 longest_days"
    return pd.DataFrame(rows, columns=columns.split())


@recomputes("cohort_rates", "cohort", "is_total")
def cohort_rates(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Follow the projects signed in each quarter."""
    projects, ways = projects_on(ledgers, day), courses(ledgers, day)
    signed = projects[projects["signed_on"].notna()]
    signed = signed.assign(
        cohort=signed["signed_on"].dt.to_period("Q").dt.to_timestamp(),
        is_started=[came_to(ways[code], "开工") is not None for code in signed.index],
        is_producing=[came_to(ways[code], "投产纳统") is not None for code in signed.index],
    )
    groups = [(pd.NaT, True, signed)] if len(signed) else []
    groups += [(cohort, False, own) for cohort, own in signed.groupby("cohort")]
    rows = []
    for cohort, is_total, own in groups:
        priced = own[own["investment"].notna()]
        n, investment, received = len(own), priced["investment"].sum(), priced["received"].sum(min_count=1)
        started, producing = own["is_started"].sum(), own["is_producing"].sum()
        rates = (100 * received / investment if investment else None, 100 * started / n, 100 * producing / n)
        others = ((own["stage"] == "终止").sum(), own["received"].isna().sum(), n - len(priced))
        rows.append((cohort, is_total, n, investment, received, started, producing, *rates, *others))
    columns = "cohort is_total projects investment received started producing funds_rate start_rate production_rate"
    return pd.DataFrame(rows, columns=[*columns.split(), "ended", "without_receipts", "unpriced"])


def standing(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the projects with a stage by the day: where they stand, whether they ever signed, how they count."""
    projects = projects_on(ledgers, day)
    projects = projects[projects["stage"].notna()]
    how = []
    for stage, signed_on in zip(projects["stage"], projects["signed_on"], strict=True):
        unsigned = "暂停" if stage == "暂停" else "在谈"
        how.append("终止" if stage == "终止" else "已签约" if pd.notna(signed_on) else unsigned)
    return projects.assign(how=how, is_signed=projects["signed_on"].notna())


def decided(projects: pd.DataFrame) -> pd.DataFrame:
    return projects[projects["is_signed"] | (projects["how"] == "终止")]


@recomputes("weighted_pipeline", "outcome", "stage", "is_total")
def weighted_pipeline(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Weigh the open projects of each stage by the share of those that came as far and were signed."""
    projects, ways = standing(ledgers, day), courses(ledgers, day)
    columns = [
        "outcome",
        "stage",
        "is_total",
        "projects",
        "investment",
        "unpriced",
        "known",
        "signed",
        "probability",
        "weighted",
        "unweighted",
    ]
    if projects.empty:
        return pd.DataFrame(columns=columns)
    rows = []
    for stage in UNSIGNED:
        here = projects[(projects["how"] == "在谈") & (projects["stage"] == stage)]
        came = decided(projects[[came_to(ways[code], stage) is not None for code in projects.index]])
        unplaced = len(decided(projects[[came_to(ways[code], WAY[0]) is None for code in projects.index]]))
        known, signed, worth = len(came), int(came["is_signed"].sum()), here["investment"].sum()
        known += unplaced if stage == WAY[0] else 0
        is_known = known >= FEWEST and (stage == WAY[0] or unplaced < FEWEST)
        weights = (100 * signed / known, worth * signed / known, 0) if is_known else (None, None, worth)
        lacking = len(here) - here["investment"].count()
        rows.append(("在谈", stage, False, len(here), worth, lacking, known, signed, *weights))
    stages = pd.DataFrame(rows, columns=columns)
    sums = stages[["projects", "investment", "unpriced"]].sum().tolist()
    is_held = stages["projects"].gt(0) | (stages["projects"].sum() == 0)
    weighted = stages.loc[is_held, "weighted"].astype(float).sum(min_count=1)
    rows.append(("在谈", None, True, *sums, None, None, None, weighted, stages["unweighted"].sum()))
    for how in ("暂停", "已签约", "终止"):
        own = projects[projects["how"] == how]
        lost = (0, 0) if how == "终止" else (None, None)
        worth = own["investment"].dropna()
        rows.append((how, None, False, len(own), worth.sum(), len(own) - len(worth), None, None, *lost, None))
    return pd.DataFrame(rows, columns=columns)


@recomputes("pipeline_velocity", "open")
def pipeline_velocity(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Work the four levers out, and what they come to a day."""
    projects, ways = standing(ledgers, day), courses(ledgers, day)
    columns = [
        "open",
        "unpriced",
        "median_investment",
        "known",
        "signed",
        "win_rate",
        "timed",
        "median_days",
        "velocity",
    ]
    if projects.empty:
        return pd.DataFrame(columns=columns)
    times = []
    for code, project in projects.iterrows():
        on_way = [(stage, entered) for stage, entered in ways[code] if stage in WAY]
        if not on_way or on_way[0][0] not in UNSIGNED:
            continue
        unsigned_until = project["entered_on"] if project["stage"] in ("暂停", "终止") else day
        end = project["signed_on"] if project["is_signed"] else unsigned_until
        times.append(((end - on_way[0][1]).days, bool(project["is_signed"])))
    opened, past = projects[projects["how"] == "在谈"], decided(projects)
    timed = sum(is_signed for _, is_signed in times)
    amounts = opened["investment"].dropna()
    median = amounts.median()
    rate = 100 * past["is_signed"].sum() / len(past) if len(past) >= FEWEST else None
    days = quantile(times, Fraction(1, 2)) if timed >= FEWEST else None
    velocity = len(amounts) * median * rate / 100 / days if len(amounts) and rate is not None and days else None
    row = (
        len(opened),
        len(opened) - len(amounts),
        median,
        len(past),
        int(past["is_signed"].sum()),
        rate,
        timed,
        days,
        velocity,
    )
    return pd.DataFrame([row], columns=columns)


def worth_before(ledgers: Ledgers, code: str, after: pd.Timestamp, day: pd.Timestamp, now: float) -> float:
    """Return what a project was worth on a day: the former amount of its first change between that day and another."""
    changes = ledgers["project_change"]
    own = changes[(changes["project_id"] == code) & (changes["changed"] == "总投资") & changes["old_amount"].notna()]
    own = own[(own["changed_on"] > after) & (own["changed_on"] <= day)].sort_values(["changed_on", "change_id"])
    return float(own["old_amount"].iloc[0]) if len(own) else now


@recomputes("pipeline_flow", "step")
def pipeline_flow(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Follow every project from the day before the period to the day."""
    targets = ledgers["target"]
    is_running = (
        (targets["metric"] == "contract_value") & (targets["period_start"] <= day) & (targets["period_end"] >= day)
    )
    start = targets.loc[is_running, "period_start"].max()
    is_of_target = pd.notna(start)
    start = start if is_of_target else day.replace(month=1, day=1)
    then, now = standing(ledgers, start - pd.Timedelta(days=1)), standing(ledgers, day)
    if now.empty:
        return pd.DataFrame(
            columns=["step", "projects", "investment", "unpriced", "changed_projects", "period_from", "is_of_target"]
        )
    first = {code: course[0][1] for code, course in courses(ledgers, day).items() if course}
    steps_in_order = ("期初在谈", "新增", "恢复", "调增", "调减", "正式签约", "终止", "暂停", "期末在谈")
    counts, money = dict.fromkeys(steps_in_order, 0), dict.fromkeys(steps_in_order, 0.0)
    changed, unpriced = {"调增": 0, "调减": 0}, dict.fromkeys(steps_in_order, 0)
    for code, project in now.iterrows():
        stood, stands = then["how"].get(code, "没有"), project["how"]
        was_signed = bool(then["is_signed"].get(code, False))
        is_back = stood in ("暂停", "终止") and stands in ("在谈", "已签约") and not was_signed
        came = "期初在谈" if stood == "在谈" else "新增" if stood == "没有" else "恢复" if is_back else None
        if came is None:
            continue
        sign, left = (1, "期末在谈") if stands == "在谈" else (-1, {"已签约": "正式签约"}.get(stands, stands))
        counts[came] += 1
        counts[left] += sign
        if pd.isna(project["investment"]):
            unpriced[came] += 1
            unpriced[left] += sign
            continue
        after = max(first[code], start - pd.Timedelta(days=1))
        before = worth_before(ledgers, str(code), after, day, project["investment"])
        money[came] += before
        change = project["investment"] - before
        if change:
            step = "调增" if change > 0 else "调减"
            money[step] += change
            changed[step] += 1
        money[left] += sign * project["investment"]
    rows = [
        (step, counts[step], money[step], unpriced[step], changed.get(step), start, is_of_target)
        for step in steps_in_order
    ]
    return pd.DataFrame(
        rows, columns=["step", "projects", "investment", "unpriced", "changed_projects", "period_from", "is_of_target"]
    )


def plain_name(name: str) -> str:
    """Return a name without what does not tell it from another: width, case, signs, spaces, a final 项目."""
    written = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"项目$", "", re.sub(r"[^\w]|_", "", written)) or name


@recomputes("repeated_signings", "project_id")
def repeated_signings(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Put contracts that look alike together, pair by pair."""
    projects = projects_on(ledgers, day)
    contracts = projects[projects["is_contracted"]].reset_index().sort_values(["signed_on", "project_id"])
    rows = contracts.to_dict("records")
    alike = {
        "投资方和金额相同": lambda p: None if pd.isna(p["investor"]) else (p["investor"], p["investment"]),
        "名称相同": lambda p: p["name"],
        "名称相近": lambda p: plain_name(p["name"]),
    }
    group, ground = list(range(len(rows))), dict[int, str]()
    for word, key in alike.items():
        for a, b in itertools.combinations(range(len(rows)), 2):
            if key(rows[a]) is not None and key(rows[a]) == key(rows[b]):
                ground.setdefault(a, word)
                ground.setdefault(b, word)
                group = [group[a] if each == group[b] else each for each in group]
    numbers = {each: n for n, each in enumerate(dict.fromkeys(group[place] for place in sorted(ground)), 1)}
    seen: set[int] = set()
    found = []
    for place in sorted(ground):
        number = numbers[group[place]]
        again = rows[place]["investment"] if number in seen else 0
        seen.add(number)
        found.append((rows[place]["project_id"], number, ground[place], rows[place]["investment"], again))
    return pd.DataFrame(found, columns=["project_id", "group", "ground", "investment", "counted_again"])
