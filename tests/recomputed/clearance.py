"""拆 worked out again: areas against target, unlawful buildings and their land, operations, the indicators."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from tests.recomputed import RECOMPUTED, Ledgers, recomputes
from tests.recomputed.elapsed import counting_target, elapsed
from tests.recomputed.frames import percent, rows_by
from tests.recomputed.requests import MAKE_UP_DAYS

FEWEST, REPORT_DAYS = 5, 31  # chosen by the house
NIGHT_FROM, NIGHT_UNTIL = 22, 6  # 环境噪声污染防治法（1996）第六十三条
PARTS = (("拆违", True), ("三改", True), ("旧住宅区", False), ("旧厂区", False), ("城中村", False))
# the notices of the State Council, read by hand: days off, of which some are at weekends
HOLIDAYS = {
    day.date()
    for first, last in (
        *(("2013-01-01", "2013-01-03"), ("2013-02-09", "2013-02-15"), ("2013-04-04", "2013-04-06")),
        *(("2013-04-29", "2013-05-01"), ("2013-06-10", "2013-06-12"), ("2013-09-19", "2013-09-21")),
        *(("2013-10-01", "2013-10-07"), ("2014-01-01", "2014-01-01"), ("2014-01-31", "2014-02-06")),
        *(("2014-04-05", "2014-04-07"), ("2014-05-01", "2014-05-03"), ("2014-06-02", "2014-06-02")),
    )
    for day in pd.date_range(first, last)
}
CALENDAR_FROM = 2004
Row = dict[str, Any]


def entries(ledgers: Ledgers, metric: str, day: pd.Timestamp) -> pd.DataFrame:
    """Return the areas razed or renovated by a day, each with its kind, its day and its village."""
    if metric == "razed_area":
        razed = rows_by(ledgers["violation"], "razed_on", day)
        return razed[["razed_on", "area", "village_id"]].set_axis(["on", "area", "village"], axis=1).assign(kind="拆违")
    told = rows_by(ledgers["renovation"], "through_on", day)
    columns = ["through_on", "done_area", "kind", "village_id"]
    return told[columns].set_axis(["on", "area", "kind", "village"], axis=1)


def area_of_target(ledgers: Ledgers, metric: str, target: Row, day: pd.Timestamp, kind: str | None = None) -> Row:
    """Return what was done in the period of a target, its last report, and whether one is waited for."""
    all_told = entries(ledgers, metric, day)
    start, end = target["period_start"], target["period_end"]
    own = all_told[all_told["on"].between(start, end) & (kind is None or all_told["kind"] == kind)]
    if target.get("scope_kind") == "village":
        own = own[own["village"] == target["scope"]]
    days = [all_told["on"].max()]
    done = own["area"].sum() if len(own) else np.nan
    is_waiting, judged_on = False, day
    if metric == "razed_area":
        found = rows_by(ledgers["violation"], "found_on", day)
        days.append(found["found_on"].max())
        done = own["area"].sum() if len(found) else np.nan
    else:
        last = own["on"].max() if len(own) else start
        judged_on = last if len(own) else day
        is_waiting = (min(day, end) - last).days > REPORT_DAYS
    newest = max((d for d in days if pd.notna(d)), default=pd.NaT)
    return {"done": float(done), "judged_on": judged_on, "is_waiting": is_waiting, "newest": newest} | (
        {"entries": len(own)} if kind or "entries" in target else {}
    )


def newest_target(ledgers: Ledgers, metric: str, day: pd.Timestamp) -> Row:
    """Return the target of a metric that counts on a day, or the year of the day without any."""
    begun = rows_by(ledgers["target"], "period_start", day)
    if own := begun[begun["metric"] == metric].to_dict("records"):
        return counting_target(own, day)
    year = {"period_start": pd.Timestamp(day.year, 1, 1), "period_end": pd.Timestamp(day.year, 12, 31)}
    return year | {"value": np.nan, "owner": None, "time_basis": None}


@recomputes("area_targets", "kind")
def area_targets(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """What was razed and renovated in the period of the target, against the target."""
    rows = []
    for kind, is_whole in PARTS:
        metric = "razed_area" if kind == "拆违" else "renovated_area"
        goal = newest_target(ledgers, metric, day)
        found = area_of_target(ledgers, metric, goal | {"entries": 0}, day, None if is_whole else kind)
        if not is_whole:
            goal |= {"value": np.nan, "owner": None}
        done, target = found["done"], goal["value"]
        rate = 100 * done / target if pd.notna(target) and target else np.nan
        planned = np.nan if pd.isna(goal["value"]) else elapsed(goal, ledgers, found["judged_on"])
        rows.append(
            {"kind": kind, "is_whole": is_whole, "target": target, "rate": rate, "planned_rate": planned,
             "gap": rate - planned, "area_left": max(target - done, 0) if pd.notna(target - done) else np.nan,
             "period_start": goal["period_start"], "period_end": goal["period_end"],
             "days_left": (goal["period_end"] - day).days, "owner": goal["owner"], **found}
        )  # fmt: skip
    return pd.DataFrame(rows)


def buildings_on(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the unlawful buildings found by a day as they stand on it."""
    rows = rows_by(ledgers["violation"], "found_on", day).copy()
    for name in ("razed_on", "reused_on"):
        rows[name] = rows[name].where(rows[name] <= day)
    told = rows["notified_on"].fillna(rows["found_on"]) <= day
    rows["due_on"] = rows["due_on"].where(told)
    rows["is_razed"], rows["is_due"] = rows["razed_on"].notna(), rows["due_on"] < day
    ends = rows["razed_on"].fillna(day)
    rows["days"], rows["late"] = (ends - rows["found_on"]).dt.days, (day - rows["due_on"]).dt.days
    names = ledgers["village"].set_index("village_id")["name"]
    return rows.assign(village=rows["village_id"].map(names).fillna("未写村社"))


def half_razed_within(days: pd.Series, is_razed: pd.Series) -> float:
    """Return the days in which half were razed, by the product limit."""
    standing = Fraction(1)
    if is_razed.sum() < FEWEST:
        return np.nan
    for end in sorted(days[is_razed].unique()):
        at_risk = int((days >= end).sum())
        standing *= Fraction(at_risk - int((days[is_razed] == end).sum()), at_risk)
        if standing <= Fraction(1, 2):
            return float(end)
    return np.nan


def building_figures(rows: pd.DataFrame) -> Row:
    """Return what became of some buildings."""
    razed, still, due = rows[rows["is_razed"]], rows[~rows["is_razed"]], rows[rows["is_due"]]
    late, new = still[still["is_due"]], rows[rows["kind"] == "新增"]
    in_term = int((due["razed_on"] <= due["due_on"]).sum())
    no_use = razed["reused_on"].notna() & razed["reused_area"].isna()
    counted = razed[razed["land_area"].notna() & ~no_use]
    used = counted.loc[counted["reused_on"].notna(), "reused_area"].sum()
    available = counted["land_area"].sum()
    return {
        "found": len(rows), "found_old": int((rows["kind"] == "存量").sum()), "found_new": len(new),
        "found_area": rows["area"].sum(), "razed": len(razed), "razed_area": razed["area"].sum(),
        "open": len(still), "open_area": still["area"].sum(), "open_overdue": len(late),
        "days_overdue": late["late"].max() if len(late) else np.nan, "due": len(due), "razed_in_term": in_term,
        "in_term_rate": 100 * in_term / len(due) if len(due) >= FEWEST else np.nan,
        "median_days": half_razed_within(new["days"], new["is_razed"]), "new_razed": int(new["is_razed"].sum()),
        "land_available": available, "land_used": used, "reuse_rate": 100 * used / available if available else np.nan,
        "land_unknown": int(razed["land_area"].isna().sum()), "used_unknown": int(no_use.sum()),
    }  # fmt: skip


@recomputes("violations_reuse", "is_total", "village")
def violations_reuse(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Found, razed, in use again: of all and of each village."""
    rows = buildings_on(ledgers, day)
    parts = [{"village": name, "is_total": False} | building_figures(own) for name, own in rows.groupby("village")]
    whole = [{"village": None, "is_total": True} | building_figures(rows)] if len(rows) else []
    columns = ["village", "is_total", *building_figures(rows)]
    return pd.DataFrame([*whole, *parts], columns=columns)


def is_night(start: pd.Timestamp, end: pd.Timestamp) -> bool:
    """Tell whether an hour of night is within an operation, hour by hour; without the hour of its start it is not."""
    if start == start.normalize():
        return False
    if start.hour < NIGHT_UNTIL or start.hour >= NIGHT_FROM:
        return True
    return pd.notna(end) and end > start.normalize() + pd.Timedelta(hours=NIGHT_FROM)


def operation_flags(row: pd.Series) -> Row:
    """Return what is known of the hour and the days of one operation."""
    start, end = row["started_at"], row["ended_at"]
    days = pd.date_range(start.normalize(), (end if pd.notna(end) else start).normalize())
    is_off = any(day.date() in HOLIDAYS for day in days)
    return {
        "night": is_night(start, end), "off": is_off and start.year >= CALENDAR_FROM,
        "no_hour": start == start.normalize(), "no_calendar": start.year < CALENDAR_FROM,
        "weekend": start.weekday() >= 5 and not is_off and start.date() not in MAKE_UP_DAYS,
    }  # fmt: skip


def operation_figures(rows: pd.DataFrame) -> Row:
    """Return the figures of some operations."""
    forced, teams = rows[rows["kind"] == "强拆"], rows.drop_duplicates("team_id").dropna(subset=["team_id"])
    words = [name for listed in rows["departments"].dropna() for name in re.split("[、，,]", listed)]
    told = rows["is_waste_cleared"].dropna()
    cleared = int((told == True).sum())  # noqa: E712
    return {
        "operations": len(rows), "razed_area": rows["razed_area"].sum(min_count=1),
        "area_unknown": int(rows["razed_area"].isna().sum()), "teams": len(teams),
        "vehicles": teams["vehicles"].astype(float).sum(min_count=1),
        "machines": teams["machines"].astype(float).sum(min_count=1),
        "team_unknown": int(rows["team_id"].isna().sum()), "department_count": len(set(words)),
        "departments_unknown": int(rows["departments"].isna().sum()),
        "accidents": rows["accidents"].astype(float).sum(min_count=1),
        "accidents_unknown": int(rows["accidents"].isna().sum()), "forced": len(forced),
        "forced_at_night": int(forced["night"].sum()), "forced_on_holiday": int(forced["off"].sum()),
        "forced_out_of_hours": int((forced["night"] | forced["off"]).sum()),
        "forced_on_weekend": int(forced["weekend"].sum()), "hour_unknown": int(forced["no_hour"].sum()),
        "holiday_unknown": int(forced["no_calendar"].sum()), "at_night": int(rows["night"].sum()),
        "waste_cleared": cleared, "waste_known": len(told),
        "waste_rate": 100 * cleared / len(told) if len(told) else np.nan,
        "period_from": rows["started_at"].min().normalize(), "period_to": rows["started_at"].max().normalize(),
    }  # fmt: skip


@recomputes("operations_safety", "is_total", "kind")
def operations_safety(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Operations of each way to raze with their teams, accidents, waste, and force at night or on holidays."""
    rows = rows_by(ledgers["demolition_operation"], "started_at", day)
    rows = rows.assign(ended_at=rows["ended_at"].where(rows["ended_at"] < day + pd.Timedelta(days=1)))
    if rows.empty:
        return pd.DataFrame(columns=["is_total", "kind"])
    teams = ledgers["demolition_team"].set_index("team_id")
    rows = rows.assign(**{name: rows["team_id"].map(teams[name]) for name in ("vehicles", "machines")})
    rows = rows.join(pd.DataFrame([operation_flags(row) for _, row in rows.iterrows()], rows.index))
    parts = [{"kind": kind, "is_total": False} | operation_figures(own) for kind, own in rows.groupby("kind")]
    found = pd.DataFrame([{"kind": None, "is_total": True} | operation_figures(rows), *parts])
    return found.drop(columns="department_count")


@recomputes("clearance_indicators", "code", "part")
def clearance_indicators(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """The counts and values of R1 to R5 out of the figures above and those of signing."""
    signing, area, chain = (
        RECOMPUTED[n].rows(ledgers, day) for n in ("signing_rate", "signing_by_area", "status_chain")
    )
    area = area.dropna(subset=["area_signed", "area"])
    rows = [("R1", "1", signing["signed"].sum(), signing["households"].sum())] if len(signing) else []
    rows += [("R1", "2", area["area_signed"].sum(), area["area"].sum())] if len(area) else []
    for place, status in enumerate(("已腾空", "已拆除", "已交付"), 1):
        own = chain[chain["status"] == status]
        rows += [("R2", str(place), own["reached"].sum(), own["households"].sum())] if len(own) else []
    targets = area_targets(ledgers, day).set_index("kind")
    for place, kind in enumerate(("拆违", "三改"), 1):
        if pd.notna(targets.loc[kind, "newest"]):
            rows.append(("R3", str(place), targets.loc[kind, "done"], targets.loc[kind, "target"]))
    buildings = violations_reuse(ledgers, day)
    for row in buildings[buildings["is_total"].astype(bool)].to_dict("records"):
        rows.append(("R4", "1", row["new_razed"], row["found_new"]))
        rows.append(("R4", "2", row["land_used"], row["land_available"]))
    found = pd.DataFrame(rows, columns=["code", "part", "numerator", "denominator"])
    found["indicator_value"] = percent(found["numerator"].astype(float), found["denominator"].astype(float))
    is_short = (found["denominator"] < FEWEST) & (found["code"] != "R3")
    found["indicator_value"] = found["indicator_value"].mask(is_short)
    if len(buildings):
        median = buildings.loc[buildings["is_total"].astype(bool), "median_days"].iloc[0]
        found.loc[(found["code"] == "R4") & (found["part"] == "1"), "indicator_value"] = median
    return with_safety(found, operations_safety(ledgers, day))


def with_safety(found: pd.DataFrame, operations: pd.DataFrame) -> pd.DataFrame:
    """Return the indicators with those of R5, and those of which nothing is on record without any count."""
    more = []
    for row in operations[operations["is_total"].astype(bool)].to_dict("records"):
        more.append(("R5", "1", row["accidents"], row["operations"], row["accidents"]))
        more.append(("R5", "2", row["forced_out_of_hours"], row["forced"], row["forced_out_of_hours"]))
    both = pd.concat(
        [found, pd.DataFrame(more, columns=["code", "part", "numerator", "denominator", "indicator_value"])]
    )
    parts = {"R1": 2, "R2": 3, "R3": 2, "R4": 2, "R5": 2}
    listed = pd.DataFrame([(code, str(n)) for code, last in parts.items() for n in range(1, last + 1)])
    return listed.set_axis(["code", "part"], axis=1).merge(both, on=["code", "part"], how="left")
