"""Alerts: what of all that is open, unreported or unvisited passes the limit of a rule, and who knows of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from analytics.metrics.model import ComputeDependency
from analytics.status import LATE, OVERDUE
from data.datasets.shared.alert_acknowledgement import ALERT_RULES
from data.standards.thresholds import thresholds
from data.words import LEDGER_NAMES

COLUMNS = (
    *("rule", "stream", "kind", "item", "scope_name", "owner", "stands_since", "days", "gap", "is_level", "counted"),
    *("acknowledged_by", "acknowledged_at", "item_id", "project_id", "village_id"),
)
PLACES = {rule.value: place for place, rule in enumerate(ALERT_RULES)}
OVERDUE_ITEM, BEHIND, UNREPORTED, RELAPSED, STOPPED, LAND, UNSIGNED, UNVISITED = PLACES
PROJECT, PLANT, PARCEL, SOURCE, REPORT = "征迁项目", "停运厂站", "供地地块", "污染源", "报送"
RULED_ALONE = (PLANT, PARCEL)  # kinds with a rule of their own


def alerts(acknowledged: pd.DataFrame, as_of: date | None, compute_dependency: ComputeDependency) -> pd.DataFrame:
    """Return the alerts of a day in the order of the rules, the longest first, each with who acknowledged it.

    `acknowledged` are the acknowledgements up to the day, the newest first.
    """
    limits = thresholds(as_of)
    parts = [
        *_open_alerts(compute_dependency("open_items").rows, limits),
        _unreported_periods(compute_dependency("reporting_status").rows, as_of, limits),
        _relapsed_sources(compute_dependency("source_list").rows),
        _unvisited_households(compute_dependency("unsigned_households").rows, as_of, limits),
    ]
    found = pd.concat([part.reindex(columns=COLUMNS).astype(object) for part in parts], ignore_index=True)
    found = found.assign(
        stands_since=pd.to_datetime(found["stands_since"]),
        is_level=found["is_level"].eq(True),
        **{name: pd.to_numeric(found[name]).astype(float) for name in ("days", "gap", "counted")},
    )
    return _in_order(_with_acknowledgement(found, acknowledged, as_of, limits["alert_holds_days"]))


def _open_alerts(items: pd.DataFrame, limits: dict[str, float]) -> Iterator[pd.DataFrame]:
    """Yield what of the open items is overdue, behind, stopped, late with its land or unsigned for long."""
    items = items.rename(columns={"since": "stands_since"})
    alone = items["kind"].isin(RULED_ALONE)
    over = items[~alone & (items["light"] == OVERDUE) & (items["days_left"] <= -limits["alert_overdue_days"])]
    yield over.assign(rule=OVERDUE_ITEM, stands_since=over["due_on"], days=-over["days_left"], gap=None)
    late = items[items["light"].isin(LATE) & (items["light"] != OVERDUE)]
    late = late[late["gap"] < -limits["alert_behind_points"]]
    yield late.assign(rule=BEHIND, stands_since=late["judged_on"], days=None)
    stopped = items[(items["kind"] == PLANT) & (items["days"] >= limits["alert_stopped_days"])]
    yield stopped.assign(rule=STOPPED)
    yield items[items["kind"] == PARCEL].assign(rule=LAND)
    unsigned = items[(items["kind"] == PROJECT) & (items["days"] >= limits["alert_unsigned_days"])]
    yield unsigned.assign(rule=UNSIGNED, gap=None)


def _unreported_periods(reports: pd.DataFrame, as_of: date | None, limits: dict[str, float]) -> pd.DataFrame:
    """Return the duties whose last period that fell due has no report, since the first of those that follow on it."""
    day = pd.Timestamp(as_of)
    due = reports[reports["due_on"] < day].sort_values(["dataset", "unit", "due_on"], ascending=[True, True, False])
    came = due["report_state"].ne("未报").groupby([due["dataset"], due["unit"]]).cumsum()
    missing = due[came == 0].groupby(["stream", "dataset", "unit"], as_index=False)
    found = missing.agg(stands_since=("due_on", "min"), counted=("due_on", "size"))
    days = (day - found["stands_since"]).dt.days
    labels = [LEDGER_NAMES[name].zh for name in found["dataset"]]
    found = found.assign(rule=UNREPORTED, kind=REPORT, item=labels, item_id=found["dataset"] + "·" + found["unit"])
    return found.assign(owner=found["unit"], days=days)[days >= limits["alert_unreported_days"]]


def _relapsed_sources(sources: pd.DataFrame) -> pd.DataFrame:
    """Return the sources of pollution that came back."""
    found = sources[(sources["state"] == "反弹") & ~sources["is_closed"].astype(bool)]
    return found.assign(
        rule=RELAPSED, stream="water", kind=SOURCE, item=found["source"], item_id=found["source_id"],
        owner=found["village"], stands_since=found["due_on"], days=found["days_overdue"],
    )  # fmt: skip


def _unvisited_households(households: pd.DataFrame, as_of: date | None, limits: dict[str, float]) -> pd.DataFrame:
    """Return the projects with households that nobody visited for long: how many, and since when the longest."""
    found = households[households["days_unvisited"] > limits["alert_unvisited_days"]]
    found = found.groupby(["project_id", "project"], as_index=False).agg(
        days=("days_unvisited", "max"), counted=("household_id", "size")
    )
    return found.assign(
        rule=UNVISITED,
        stream="demolition",
        kind=PROJECT,
        item=found["project"],
        item_id=found["project_id"],
        stands_since=pd.Timestamp(as_of) - pd.to_timedelta(found["days"], unit="D"),
    )


def _with_acknowledgement(
    found: pd.DataFrame, acknowledged: pd.DataFrame, as_of: date | None, holds_days: float
) -> pd.DataFrame:
    """Return alerts with the newest acknowledgement of each that still holds."""
    keys = ["rule", "kind", "item_id"]
    oldest = pd.Timestamp(as_of) - timedelta(days=holds_days)
    newest = acknowledged[acknowledged["seen_on"] > oldest].drop_duplicates(keys).drop(columns="seen_on")
    return found.drop(columns=["acknowledged_by", "acknowledged_at"]).merge(newest, on=keys, how="left")


def _in_order(found: pd.DataFrame) -> pd.DataFrame:
    order = found.assign(place=found["rule"].map(PLACES), by=found["days"].fillna(-found["gap"]))
    order = order.sort_values(
        ["place", "by", "kind", "item_id"], ascending=[True, False, True, True], ignore_index=True
    )
    return order[list(COLUMNS)]
