"""七字诀 worked out again: what its own ledgers say, and what land, money, requests and playbook come to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.frames import rows_by
from tests.recomputed.investment import EXITS, STAGES, WAY, projects_on
from tests.recomputed.land import idle_resource_summary, land_clocks
from tests.recomputed.playbook import playbook_punctuality
from tests.recomputed.requests import request_summary

FEWEST = 5  # chosen by the house: fewer make no share and no median
SILENT, ACTIVE = 90, {"A": 30, "B": 60}  # days; chosen by the house
OLD_INTENT, HIGH_TAX, KEY_PROJECT = 90, 15, 10_000  # chosen by the house
HERE = "本街道"
Part = dict[str, Any]


def part(code: str, number: int, value: object, numerator: object, denominator: object = None, **more: object) -> Part:
    return {
        "code": code,
        "part": number,
        "indicator_value": value,
        "numerator": numerator,
        "denominator": denominator,
    } | more


def share(code: str, number: int, numerator: float, denominator: float, **more: object) -> Part:
    few = not denominator >= FEWEST
    value = None if few else 100 * numerator / denominator
    return part(code, number, value, numerator, denominator, **({"is_too_few": few} | more))


def done(rows: pd.DataFrame, column: str, day: pd.Timestamp) -> pd.Series[pd.Timestamp]:
    """Return the dates of a column up to the day, nothing for later ones."""
    return rows[column].where(rows[column] <= day)


def of_attraction(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Part]:
    """Yield the projects signed this year, and what the newest 《投资庄桥》 covers."""
    projects = projects_on(ledgers, day)
    new = projects[projects["is_contracted"] & (projects["signed_on"] >= pd.Timestamp(day.year, 1, 1))]
    money = new["investment"].sum(min_count=1)
    yield part("Y1", 1, len(new), len(new))
    yield part("Y1", 2, money if len(new) else 0.0, money, missing=int(new["investment"].isna().sum()))
    unknown = int(new["expected_tax"].isna().sum())
    yield share("Y2", 1, int((new["expected_tax"] >= HIGH_TAX).sum()), len(new), missing=unknown)
    versions = rows_by(ledgers["promotion_material"], "published_on", day)
    versions = versions[versions["name"].str.contains("投资庄桥", regex=False).astype(bool)]
    if len(versions):
        last = versions.sort_values(["published_on", "material_id"]).iloc[-1]
        age = (day - last["published_on"]).days
        yield part("Y3", 1, age, age)
        yield share("Y3", 2, last["plots_covered"], last["plots_total"])


def of_expansion(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Part]:
    """Yield the firms surveyed this year, what they mean to invest, and which older intents became projects."""
    firms = rows_by(ledgers["enterprise"], "listed_on", day)
    firms = firms[(firms["trades_in"] == HERE) | (firms["registered_in"] == HERE)]
    surveys = rows_by(ledgers["expansion_survey"], "surveyed_on", day)
    surveys = surveys[surveys["enterprise_id"].isin(firms["enterprise_id"])].sort_values(["surveyed_on", "survey_id"])
    this_year = surveys[surveys["surveyed_on"] >= pd.Timestamp(day.year, 1, 1)]
    yield share("Z1", 1, this_year["enterprise_id"].nunique(), len(firms))
    meant = this_year.drop_duplicates("enterprise_id", keep="last")
    meant = meant[meant["intent"] == "明确"]
    unknown, money = int(meant["amount"].isna().sum()), meant["amount"].sum(min_count=1)
    value = 0 if meant.empty else money
    yield part("Z2", 1, value, money, len(meant), missing=unknown)
    definite = surveys[surveys["intent"] == "明确"].assign(became_on=done(surveys, "converted_on", day))
    firsts = definite.groupby("enterprise_id").agg(first=("surveyed_on", "min"), became=("became_on", "max"))
    old = firsts[(day - firsts["first"]).dt.days > OLD_INTENT]
    yield share("Z3", 1, int(old["became"].notna().sum()), len(old))


def of_upgrading(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Part]:
    """Yield what came into use again, as the summary of idle resources has it."""
    [row] = idle_resource_summary(ledgers, day).to_dict("records")
    stock = row["stock_start"] + row["added"]
    for number, name in ((1, "revived_area"), (2, "revived_land")):
        value = 0 if pd.isna(row[name]) and not row["revived"] else row[name]
        yield part("T1", number, value, row[name], row["revived"])
    yield share("T1", 3, row["revived"], stock)
    few = row["idle_revived"] < FEWEST
    yield part("T2", 1, row["median_idle_days"], row["idle_revived"], row["idle_counted"], is_too_few=few)
    yield part("T3", 1, row["median_tax_gain"], row["tax_counted"], is_too_few=row["tax_counted"] < FEWEST)
    yield share("T3", 2, row["deals"], row["leads"]) if row["leads"] else part("T3", 2, None, None, is_too_few=True)


def of_speeding_up(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Part]:
    """Yield the parcels started and late, the money of all that signed, and the changes of registration."""
    parcels = land_clocks(ledgers, day)
    if len(parcels):
        waiting = parcels[parcels["actual_start_on"].isna()]
        late = waiting["days_overdue"].astype(float).fillna(0)
        yield share("C1", 1, len(parcels) - len(waiting), len(parcels))
        in_band = [late <= 0, (late > 0) & (late <= 365), (late > 365) & (late <= 730), late > 730]
        for number, band in enumerate(in_band, 1):
            yield part("C3", number, int(band.sum()), int(band.sum()), len(waiting))
    projects = projects_on(ledgers, day)
    signed = projects[projects["signed_on"].notna()]
    if len(signed):
        priced = signed[signed["investment"].notna()]
        received, investment = priced["received"].sum(min_count=1), float(priced["investment"].sum())
        few = len(signed) < FEWEST
        yield part("C2", 1, None if few else 100 * received / investment, received, investment, is_too_few=few,
                   missing=len(signed) - len(priced))  # fmt: skip
    yield from of_registration(ledgers, day)


def of_registration(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Part]:
    """Yield the changes done this year of those under way in it, and how long they took."""
    rows = rows_by(ledgers["relocation"], "found_on", day)
    rows = rows.assign(**{name: done(rows, name, day) for name in ("applied_on", "done_on", "withdrawn_on")})
    over = rows[["done_on", "withdrawn_on"]].min(axis=1)
    rows = rows[~(over < pd.Timestamp(day.year, 1, 1))]
    changed = rows[rows["done_on"].notna()]
    days = (changed["done_on"] - changed["applied_on"]).dt.days.dropna()
    few, unknown = len(days) < FEWEST, len(changed) - len(days)
    yield part("C4", 1, len(changed), len(changed), len(rows))
    value = None if few else days.median()
    yield part(
        "C4", 2, value, len(days), len(changed), missing=unknown, is_too_few=few
    )  # fmt: skip


def of_reserve(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Part]:
    """Yield the merchants spoken to lately or not for long, and those whose project came to talks."""
    rows = rows_by(ledgers["merchant"], "first_on", day).set_index("merchant_id")
    met = rows_by(ledgers["investment_activity"], "held_on", day).groupby("merchant_id")["held_on"].max()
    met = met.reindex(rows.index).astype("datetime64[ns]")
    contact = pd.concat([done(rows, "last_contact_on", day), met], axis=1).max(axis=1)
    unknown = (rows["last_contact_on"] > day) & met.isna()
    silent = (day - contact.fillna(rows["first_on"])).dt.days.where(~unknown)
    converted = rows["converted_on"] <= day
    inside = ~converted & ~(rows["lapsed_on"] <= day)
    good = inside & rows["grade"].isin(ACTIVE)
    active = good & contact.notna() & (silent <= rows["grade"].map(ACTIVE))
    yield part("S1", 1, int(active.sum()), int(active.sum()), int(good.sum()), missing=int(unknown[good].sum()))
    events = rows_by(ledgers["stage_event"], "entered_on", day)
    talking = events.loc[events["stage"].isin(WAY[WAY.index("洽谈") :]), "project_id"]
    yield share("S3", 1, int((converted & rows["project_id"].isin(talking)).sum()), len(rows))
    known = inside & ~unknown
    lost = int((known & (silent > SILENT)).sum())
    yield share("S3", 2, lost, int(known.sum()), missing=int((inside & unknown).sum()))
    yield from of_pipeline(ledgers, day)


def of_pipeline(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Part]:
    """Yield the open projects, each times the share that signed of those that came as far, to what is left to sign."""
    projects = projects_on(ledgers, day)
    events = rows_by(ledgers["stage_event"], "entered_on", day)
    furthest = events[~events["stage"].isin(EXITS)].assign(at=lambda rows: rows["stage"].map(STAGES.index))
    furthest = furthest.groupby("project_id")["at"].max().reindex(projects.index, fill_value=-1)
    signed, ended = projects["signed_on"].notna(), projects["stage"] == "终止"
    weighted, unknown = [], 0
    for _, project in projects[~signed & ~projects["stage"].isin(EXITS) & projects["stage"].notna()].iterrows():
        is_lead = project["stage"] == STAGES[0]
        as_far = (furthest >= STAGES.index(project["stage"])) | (is_lead & ended)
        known = int((as_far & (signed | ended)).sum())
        if known < FEWEST or (not is_lead and int((ended & (furthest < 0)).sum()) >= FEWEST):
            unknown += 1
        else:
            worth = 0.0 if pd.isna(project["investment"]) else project["investment"]
            weighted.append(worth * int((as_far & signed).sum()) / known)
    targets = rows_by(ledgers["target"], "period_start", day)
    targets = targets[targets["metric"] == "contract_value"].sort_values("period_start")
    if targets.empty:
        return
    start, end, target = targets.iloc[-1][["period_start", "period_end", "value"]]
    reached = projects[projects["is_contracted"] & projects["signed_on"].between(start, min(end, day))]
    left = max(0.0, target - float(reached["investment"].sum()))
    total = sum(weighted) if weighted else None
    yield part("S2", 1, None if total is None or not left else total / left, total, left, missing=unknown)


def of_joining(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Part]:
    """Yield the partners with what each has reported, and the key projects with a talk before their land."""
    rows = rows_by(ledgers["joint_partner"], "since", day)
    told = rows["reported_on"] <= day
    if len(rows):
        count = rows["enterprise_id"].nunique()
        yield part("L1", 1, count, count)
        deals, leads, taxes = (rows[name].where(told) for name in ("deals", "leads", "tax_kept"))
        unknown = {"missing": int(deals.isna().sum())}
        total = deals.sum(min_count=1)
        yield part("L3", 1, total, total, leads.sum(min_count=1), **unknown)
        total = taxes.sum(min_count=1)
        yield part("L3", 2, total, total, len(rows), missing=int(taxes.isna().sum()))
    events = rows_by(ledgers["stage_event"], "entered_on", day)
    talks = rows_by(ledgers["investment_activity"], "held_on", day)
    talks = talks[talks["kind"] == "座谈"]
    came, early, first = 0, 0, ledgers["investment_activity"]["held_on"].min()
    for _, project in ledgers["investment_project"].iterrows():
        gate = "拿地" if project["track"] == "供地类" else "投产纳统"
        own = events[(events["project_id"] == project["project_id"]) & events["stage"].isin(WAY[WAY.index(gate) :])]
        if project["investment"] >= KEY_PROJECT and own["entered_on"].min() > first:
            came += 1
            of_project = talks[talks["project_id"] == project["project_id"]]
            early += bool((of_project["held_on"] < own["entered_on"].min()).any())
    yield share("L2", 1, early, came)


def of_care(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Part]:
    """Yield the requests of the last twelve months and the tasks of the playbooks, all together."""
    requests = request_summary(ledgers, day)
    requests = requests[requests["is_total"].astype(bool)]
    if len(requests):
        row = requests.iloc[0]
        yield share("N1", 1, row["closed_in_time"], row["due"])
        yield share("N2", 1, row["solved"], row["closed"])
        yield share("N2", 2, row["reopened"], row["closed_once"])
        few = row["replied"] < FEWEST
        yield part("N3", 1, None if few else row["median_reply_hours"], row["replied"], is_too_few=few)
        yield share("N3", 2, row["satisfied"], row["rated"])
    tasks = playbook_punctuality(ledgers, day)
    tasks = tasks[tasks["is_total"].astype(bool)]
    if len(tasks):
        yield share("N4", 1, tasks.iloc[0]["on_time"], tasks.iloc[0]["due"])


@recomputes("seven_verbs", "code", "part")
def seven_verbs(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Every indicator with its value and both counts; one without data has neither."""
    of_all = (of_attraction, of_expansion, of_upgrading, of_speeding_up, of_reserve, of_joining, of_care)
    found = [made for of_verb in of_all for made in of_verb(ledgers, day)]
    known = {(row["code"], row["part"]): row for row in found}
    parts = {"Y1": 2, "Y2": 1, "Y3": 2, "Z1": 1, "Z2": 1, "Z3": 1, "T1": 3, "T2": 1, "T3": 2, "C1": 1, "C2": 1,
             "C3": 4, "C4": 2, "S1": 1, "S2": 1, "S3": 2, "L1": 1, "L2": 1, "L3": 2, "N1": 1, "N2": 2, "N3": 2,
             "N4": 1}  # fmt: skip
    every = [(code, number) for code, count in parts.items() for number in range(1, count + 1)]
    rows = pd.DataFrame([known.get(key, part(*key, None, None)) for key in every])
    numbers = {name: pd.to_numeric(rows[name]) for name in ("indicator_value", "numerator", "denominator")}
    missing = pd.to_numeric(rows["missing"]).fillna(0).astype(int)
    return rows[["code"]].assign(
        part=rows["part"].astype(str), **numbers, is_too_few=rows["is_too_few"].eq(True), missing=missing
    )
