"""Alerts: what of all that is open, unreported or unvisited passes the limit of a rule, and who knows of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd

from analytics.metrics.model import ComputeDependency
from analytics.status import OVERDUE
from data.datasets.shared.alert_acknowledgement import ALERT_RULES
from data.standards.alert_rules import alert_limits
from data.standards.thresholds import thresholds
from data.words import LATE, LEDGER_NAMES

COLUMNS = (
    *("rule", "stream", "kind", "item", "scope_name", "owner", "stands_since", "judged_on", "days", "gap", "is_level"),
    *("counted", "acknowledged_by", "acknowledged_at", "item_id", "project_id", "village_id"),
)
KEYS = ["rule", "kind", "item_id"]
DAYS, NUMBERS = ("stands_since", "judged_on", "raised_on"), ("days", "gap", "counted")
PLACES = {rule.value: place for place, rule in enumerate(ALERT_RULES)}
OVERDUE_ITEM, BEHIND, UNREPORTED, RELAPSED, REBOUND, STOPPED, LAND, UNSIGNED, UNVISITED = PLACES
PROJECT, PLANT, PARCEL, SOURCE, SECTION, REPORT = "征迁项目", "停运厂站", "供地地块", "污染源", "监测断面", "报送"
RULED_ALONE = (PLANT, PARCEL)  # kinds with a rule of their own
LOOK_BACK = pd.Timedelta(days=7)  # chosen: how far apart one looks whether what is behind had caught up
ONE_DAY = pd.Timedelta(days=1)


def alerts(acknowledged: pd.DataFrame, as_of: date | None, compute_dependency: ComputeDependency) -> pd.DataFrame:
    """Return the alerts of a day in the order of the rules, the longest first, each with who acknowledged it.

    `acknowledged` are the acknowledgements up to the day, the newest first. Each rule adds `raised_on`, the first day
    on which its alert was there without a break.
    """
    day, limits = pd.Timestamp(as_of), alert_limits(as_of)
    parts = [
        find(compute_dependency, day, limits[rule]).assign(rule=rule)
        for rule, find in FINDERS.items()
        if rule in limits
    ]
    columns = dict.fromkeys((*COLUMNS, "raised_on"))
    empty = pd.DataFrame(columns=list(columns), dtype=object)
    found = pd.concat([empty, *(part.reindex(columns=columns).astype(object) for part in parts)], ignore_index=True)
    found = found.assign(
        is_level=found["is_level"].eq(True),
        **{name: pd.to_datetime(found[name]) for name in DAYS},
        **{name: pd.to_numeric(found[name]).astype(float) for name in NUMBERS},
    )
    held = acknowledged[acknowledged["seen_on"] > day - pd.Timedelta(days=thresholds(as_of)["alert_holds_days"])]
    found = _since_caught_up(found, held, day, compute_dependency, limits)
    return _in_order(_with_acknowledgement(found, held))


def _overdue_items(ask: ComputeDependency, day: pd.Timestamp, limit: float) -> pd.DataFrame:
    items = ask("open_items").rows
    is_late = (items["light"] == OVERDUE) & (items["days_left"] <= -limit) & ~items["kind"].isin(RULED_ALONE)
    return _standing_since(items[is_late].assign(gap=None, judged_on=pd.NaT), "due_on", day, limit)


def _items_behind(ask: ComputeDependency, day: pd.Timestamp, limit: float) -> pd.DataFrame:
    """Return what is behind the plan; nobody wrote down since when, so that only the day of the figures is known."""
    items = ask("open_items").rows
    return items[_is_behind(items, limit)].assign(days=None)


def _is_behind(rows: pd.DataFrame, limit: float) -> pd.Series[bool]:
    return rows["light"].isin(LATE) & (rows["light"] != OVERDUE) & (rows["gap"] < -limit)


def _unreported_periods(ask: ComputeDependency, day: pd.Timestamp, limit: float) -> pd.DataFrame:
    """Return the duties whose last period that fell due has no report, since the first of those that follow on it."""
    reports = ask("reporting_status").rows
    missing = reports[reports["is_outstanding"].astype(bool)].groupby(["stream", "dataset", "unit"], as_index=False)
    found = missing.agg(first_due=("due_on", "min"), counted=("due_on", "size"))
    labels = [LEDGER_NAMES[name].zh for name in found["dataset"]]
    code = found["dataset"] + "·" + found["unit"]
    found = found.assign(kind=REPORT, item=labels, item_id=code, owner=found["unit"])
    return _standing_since(found, "first_due", day, limit)


def _relapsed_sources(ask: ComputeDependency, day: pd.Timestamp, limit: float) -> pd.DataFrame:
    """Return the sources of pollution that came back; on which day nobody wrote, but after they had been closed."""
    sources = ask("source_list").rows
    found = sources[(sources["state"] == "反弹") & ~sources["is_closed"].astype(bool)]
    found = found.assign(
        stream="water", kind=SOURCE, item=found["source"], item_id=found["source_id"], owner=found["village"],
    )  # fmt: skip
    return _standing_since(found, "closed_on", day, limit).assign(stands_since=pd.NaT, days=None)


def _rebounds(ask: ComputeDependency, day: pd.Timestamp, limit: float) -> pd.DataFrame:
    """Return the sections that fell behind their target and have not kept it since, from the reading that showed it."""
    events = ask("rebound").rows
    found = events[(events["event"] == "反弹") & events["is_standing"].astype(bool)]
    found = found.assign(stream="water", kind=SECTION, item=found["section"], item_id=found["section_id"])
    return _standing_since(found, "sampled_on", day, limit)


def _stopped_plants(ask: ComputeDependency, day: pd.Timestamp, limit: float) -> pd.DataFrame:
    items = ask("open_items").rows
    return _standing_since(items[items["kind"] == PLANT], "since", day, limit)


def _late_parcels(ask: ComputeDependency, day: pd.Timestamp, limit: float) -> pd.DataFrame:
    items = ask("open_items").rows
    return _standing_since(items[items["kind"] == PARCEL], "since", day, limit)


def _unsigned_projects(ask: ComputeDependency, day: pd.Timestamp, limit: float) -> pd.DataFrame:
    items = ask("open_items").rows
    projects = items[items["kind"] == PROJECT].assign(gap=None, judged_on=pd.NaT)
    return _standing_since(projects.dropna(subset="since"), "since", day, limit)


def _unvisited_households(ask: ComputeDependency, day: pd.Timestamp, limit: float) -> pd.DataFrame:
    """Return the projects with households that nobody visited for long: how many, and since when the longest."""
    households = ask("unsigned_households").rows
    found = households[households["days_unvisited"] > limit]
    found = found.groupby(["project_id", "project"], as_index=False).agg(
        longest=("days_unvisited", "max"), counted=("household_id", "size")
    )
    today = pd.Series(day, index=found.index, dtype="datetime64[ns]")  # without any data there is no day either
    last_visit = today - pd.to_timedelta(found["longest"], unit="D")
    found = found.assign(
        stream="demolition", kind=PROJECT, item=found["project"], item_id=found["project_id"], last_visit=last_visit
    )
    return _standing_since(found, "last_visit", day, limit + 1)


def _standing_since(rows: pd.DataFrame, column: str, day: pd.Timestamp, limit: float) -> pd.DataFrame:
    """Return rows that have stood for `limit` days or more since the day in a column; one without a day stands."""
    since = pd.to_datetime(rows[column])
    days = (day - since) / ONE_DAY
    found = rows.assign(stands_since=since, days=days, raised_on=since + limit * ONE_DAY)
    return found[~(days < limit)]


FINDERS: Mapping[str, Callable[[ComputeDependency, pd.Timestamp, float], pd.DataFrame]] = {
    OVERDUE_ITEM: _overdue_items,
    BEHIND: _items_behind,
    UNREPORTED: _unreported_periods,
    RELAPSED: _relapsed_sources,
    REBOUND: _rebounds,
    STOPPED: _stopped_plants,
    LAND: _late_parcels,
    UNSIGNED: _unsigned_projects,
    UNVISITED: _unvisited_households,
}


def _since_caught_up(
    found: pd.DataFrame,
    acknowledged: pd.DataFrame,
    day: pd.Timestamp,
    ask: ComputeDependency,
    limits: Mapping[str, float],
) -> pd.DataFrame:
    """Return alerts in which what is behind and acknowledged was raised after the last look at which it was not behind.

    One looks a week apart, and only as far back as the acknowledgements go.
    """
    known = found[found["rule"] == BEHIND].merge(acknowledged[[*KEYS, "seen_on"]], on=KEYS)
    looks = int((day - known["seen_on"].min()) / LOOK_BACK) if len(known) else 0
    raised = found["raised_on"]
    for look in (day - n * LOOK_BACK for n in range(looks, 0, -1)):
        lights = ask("plan_lights", look.date()).rows
        behind = lights[_is_behind(lights, limits[BEHIND])]
        stood = pd.MultiIndex.from_frame(found[["kind", "item_id"]]).isin(
            pd.MultiIndex.from_frame(behind[["kind", "item_id"]])
        )
        raised = raised.mask((found["rule"] == BEHIND) & ~stood, look + ONE_DAY)
    return found.assign(raised_on=raised)


def _with_acknowledgement(found: pd.DataFrame, acknowledged: pd.DataFrame) -> pd.DataFrame:
    """Return alerts with the newest acknowledgement of each that was made since it was raised."""
    found = found.drop(columns=["acknowledged_by", "acknowledged_at"])
    both = found[[*KEYS, "raised_on"]].merge(acknowledged, on=KEYS)
    newest = both[~(both["seen_on"] < both["raised_on"])].drop_duplicates(KEYS)
    return found.merge(newest.drop(columns=["seen_on", "raised_on"]), on=KEYS, how="left")


def _in_order(found: pd.DataFrame) -> pd.DataFrame:
    order = found.assign(place=found["rule"].map(PLACES), by=found["days"].fillna(-found["gap"]))
    order = order.sort_values(
        ["place", "by", "kind", "item_id"], ascending=[True, False, True, True], ignore_index=True
    )
    return order[list(COLUMNS)]
