"""提醒 worked out again, rule by rule, from what is open, unreported and unvisited."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.open_items import open_items
from tests.recomputed.persuasion import unsigned_households
from tests.recomputed.reporting import reporting_status
from tests.recomputed.sources import sources_by

Row = dict[str, Any]
# presets of this house, in days and percentage points
OVERDUE, BEHIND, UNREPORTED, STOPPED, UNSIGNED, UNVISITED, HOLDS = 1, 10, 1, 3, 90, 7, 30
KEYS = ["rule", "kind", "item_id"]


def of_open_items(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Row]:
    """Yield what is overdue, behind, stopped, late with its land, unsigned for long."""
    for row in open_items(ledgers, day).to_dict("records"):
        has_rule = row["kind"] in ("停运厂站", "供地地块")
        if row["light"] == "已过期" and not has_rule and row["days_left"] <= -OVERDUE:
            yield row | {"rule": "逾期", "days": -row["days_left"]}
        if row["light"] in ("滞后", "严重滞后") and row["gap"] < -BEHIND:
            yield row | {"rule": "落后序时", "days": None}
        if row["kind"] == "停运厂站" and row["days"] >= STOPPED:
            yield row | {"rule": "厂站停运"}
        if row["kind"] == "供地地块":
            yield row | {"rule": "土地超期"}
        if row["kind"] == "征迁项目" and row["days"] >= UNSIGNED:
            yield row | {"rule": "久未签约"}


def of_reports(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Row]:
    """Yield the duties that end in periods without a report, from the first of these on."""
    reports = reporting_status(ledgers, day)
    for (dataset, unit), rows in reports[reports["due_on"] < day].groupby(["dataset", "unit"]):
        missing = []
        for row in rows.sort_values("due_on", ascending=False).to_dict("records"):
            if row["report_state"] != "未报":
                break
            missing.append(row["due_on"])
        if missing and (day - missing[-1]).days >= UNREPORTED:
            known = {"rule": "数据未报", "kind": "报送", "item_id": f"{dataset}·{unit}", "counted": len(missing)}
            yield known | {"days": (day - missing[-1]).days}


def of_sources(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Row]:
    """Yield the sources that relapsed, with the days that they are overdue."""
    for row in sources_by(ledgers, day).to_dict("records"):
        if row["state"] == "反弹" and not row["is_closed"]:
            over = (day - row["due_on"]).days if pd.notna(row["due_on"]) and row["due_on"] < day else None
            yield {"rule": "整治反弹", "kind": "污染源", "item_id": row["source_id"], "days": over}


def of_visits(ledgers: Ledgers, day: pd.Timestamp) -> Iterator[Row]:
    """Yield the projects with households that nobody visited for long."""
    households = unsigned_households(ledgers, day)
    projects = ledgers["household"].set_index("household_id")["project_id"]
    late = households[households["days_unvisited"] > UNVISITED]
    for project, rows in late.groupby(late["household_id"].map(projects)):
        known = {"rule": "久未走访", "kind": "征迁项目", "item_id": project, "counted": len(rows)}
        yield known | {"days": rows["days_unvisited"].max()}


def acknowledged_by(ledgers: Ledgers, day: pd.Timestamp, row: Row) -> str | None:
    """Return who acknowledged an alert last, if that still holds: whoever loaded the ledger."""
    known = ledgers["alert_acknowledgement"]
    same = known["rule"].eq(row["rule"]) & known["kind"].eq(row["kind"]) & known["item_id"].eq(row["item_id"])
    holds = known["seen_on"].between(day - pd.Timedelta(days=HOLDS - 1), day)
    batches = ledgers["batch"].set_index("dataset")["loaded_by"]
    return str(batches["alert_acknowledgement"]) if (same & holds).any() else None


@recomputes("alerts", *KEYS)
def alerts(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """List what passes the limit of a rule, a row each."""
    parts = (of_open_items, of_reports, of_sources, of_visits)
    rows = [row for part in parts for row in part(ledgers, day)]
    found = [
        {name: row.get(name) for name in (*KEYS, "days", "counted")}
        | {"acknowledged_by": acknowledged_by(ledgers, day, row)}
        for row in rows
    ]
    columns = [*KEYS, "days", "counted", "acknowledged_by"]
    return pd.DataFrame(found, columns=columns).astype({"days": float, "counted": float})
