"""提醒 worked out again, rule by rule, from what is open, unreported and unvisited."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.compliance import rebound
from tests.recomputed.open_items import open_items
from tests.recomputed.overview import plan_lights
from tests.recomputed.persuasion import unsigned_households
from tests.recomputed.reporting import reporting_status
from tests.recomputed.sources import sources_by

Row = dict[str, Any]
# presets of this house, in days and percentage points
OVERDUE, BEHIND, UNREPORTED, STOPPED, LAND, UNSIGNED, UNVISITED, HOLDS = 1, 10, 1, 3, 1, 90, 7, 30
LATE = ("滞后", "严重滞后")
KEYS = ["rule", "kind", "item_id"]


def since(row: Row, rule: str, first: Any, limit: int, day: pd.Timestamp) -> Row:
    """Return an alert that stands since a day, and was raised when it had stood for long enough."""
    raised = first + pd.Timedelta(days=limit)
    return row | {"rule": rule, "stands_since": first, "days": (day - first).days, "raised_on": raised}


def of_open_items(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Row]:
    """Yield what is overdue, behind, stopped, late with its land, unsigned for long."""
    for row in open_items(ledgers, day).to_dict("records"):
        has_rule = row["kind"] in ("停运厂站", "供地地块")
        if row["light"] == "已逾期" and not has_rule and row["days_left"] <= -OVERDUE:
            yield since(row, "逾期", row["due_on"], OVERDUE, day)
        if row["light"] in LATE and row["gap"] < -BEHIND:
            yield row | {"rule": "落后序时", "days": None, "stands_since": pd.NaT, "raised_on": pd.NaT}
        if row["kind"] == "停运厂站" and row["days"] >= STOPPED:
            yield since(row, "厂站停运", row["since"], STOPPED, day)
        if row["kind"] == "供地地块" and not row["days"] < LAND:
            yield since(row, "土地超期", row["since"], LAND, day)
        if row["kind"] == "征迁项目" and row["days"] >= UNSIGNED:
            yield since(row, "久未签约", row["since"], UNSIGNED, day)


def of_reports(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Row]:
    """Yield the duties that end in periods without a report, from the first of these on."""
    reports = reporting_status(ledgers, day)
    for (dataset, unit), rows in reports[reports["due_on"] < day].groupby(["dataset", "unit"]):
        missing = []
        for row in rows.sort_values("due_on", ascending=False).to_dict("records"):
            if row["report_state"] != "未报" or pd.notna(row["came_later_on"]):
                break
            missing.append(row["due_on"])
        if missing and (day - missing[-1]).days >= UNREPORTED:
            known = {"kind": "报送", "item_id": f"{dataset}·{unit}", "counted": len(missing)}
            yield since(known, "数据未报", missing[-1], UNREPORTED, day)


def of_sources(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Row]:
    """Yield the sources that relapsed, on a day that nobody wrote down, but after they were closed."""
    for row in sources_by(ledgers, day).to_dict("records"):
        if row["state"] == "反弹" and not row["is_closed"]:
            raised = row["closed_on"] if row["closed_on"] <= day else pd.NaT
            yield {"rule": "整治反弹", "kind": "污染源", "item_id": row["source_id"], "raised_on": raised}


def of_sections(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Row]:
    """Yield the sections that fell behind their target and have not kept it since."""
    events = rebound(ledgers, day)
    for row in events[(events["event"] == "反弹") & events["is_standing"]].to_dict("records"):
        yield since({"kind": "监测断面", "item_id": row["section_id"]}, "水质反弹", row["sampled_on"], 0, day)


def of_visits(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Row]:
    """Yield the projects with households that nobody visited for long."""
    households = unsigned_households(ledgers, day)
    projects = ledgers["household"].set_index("household_id")["project_id"]
    late = households[households["days_unvisited"] > UNVISITED]
    for project, rows in late.groupby(late["household_id"].map(projects)):
        known = {"kind": "征迁项目", "item_id": project, "counted": len(rows)}
        first = day - pd.Timedelta(days=rows["days_unvisited"].max())
        yield since(known, "久未走访", first, UNVISITED + 1, day)


def was_behind(ledgers: Ledgers, day: pd.Timestamp, row: Row) -> bool:
    lights = plan_lights(ledgers, day)
    same = lights[(lights["kind"] == row["kind"]) & (lights["item_id"] == row["item_id"])]
    return bool((same["light"].isin(LATE) & (same["gap"] < -BEHIND)).any())


def stood_until(ledgers: Ledgers, day: pd.Timestamp, row: Row, seen: pd.Timestamp) -> bool:
    """Tell whether an alert has been there ever since a day; of what is behind one looks a week apart."""
    if row["rule"] != "落后序时":
        return not seen < row["raised_on"]
    looks = [day - pd.Timedelta(days=7 * n) for n in range(1, 6)]
    return all(was_behind(ledgers, look, row) for look in looks if look >= seen)


def acknowledged_by(ledgers: Ledgers, day: pd.Timestamp, row: Row) -> str | None:
    """Return who acknowledged an alert last, if that still holds: whoever loaded the ledger."""
    known = ledgers["alert_acknowledgement"]
    same = known["rule"].eq(row["rule"]) & known["kind"].eq(row["kind"]) & known["item_id"].eq(row["item_id"])
    holds = known["seen_on"].between(day - pd.Timedelta(days=HOLDS - 1), day)
    batches = ledgers["batch"].set_index("dataset")["loaded_by"]
    is_known = any(stood_until(ledgers, day, row, seen) for seen in known.loc[same & holds, "seen_on"])
    return str(batches["alert_acknowledgement"]) if is_known else None


@recomputes("alerts", *KEYS)
def alerts(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """List what passes the limit of a rule, a row each."""
    parts = (of_open_items, of_reports, of_sources, of_sections, of_visits)
    rows = [row for part in parts for row in part(ledgers, day)]
    found = [
        {name: row.get(name) for name in (*KEYS, "days", "counted", "stands_since")}
        | {"acknowledged_by": acknowledged_by(ledgers, day, row)}
        for row in rows
    ]
    columns = [*KEYS, "days", "counted", "stands_since", "acknowledged_by"]
    types = {"days": float, "counted": float, "stands_since": "datetime64[ns]"}
    return pd.DataFrame(found, columns=columns).astype(types)
