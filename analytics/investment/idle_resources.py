"""What became of the idle resources in the year: how much came into use, how long they stood idle, what it brought."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd

from analytics.kaplan_meier import survival_curve
from analytics.rows import Row, rows_as_table
from data.standards.thresholds import thresholds

HALF = 0.5  # the median
COLUMNS = (
    "period_from period_to stock_start added revived stock_now revival_rate revived_area revived_land unmeasured "
    "vacant_area vacant_unknown median_idle_days idle_counted idle_revived idle_unknown median_tax_gain tax_counted "
    "tenants tenants_registered registered_rate agents agents_reported leads deals deal_rate"
)


def _rate(part: float, whole: float) -> float | None:
    return 100 * part / whole if whole else None


def _sum_or_none(values: pd.Series) -> float | None:
    """Return the sum of what is known, None where there are rows of which nothing is."""
    return float(values.sum()) if values.notna().any() or values.empty else None


def _stock_columns(listed: pd.DataFrame, start: pd.Timestamp) -> Row:
    """Return how many were idle when the year began, were added since and came into use, and their areas."""
    is_new, is_old_revival = listed["found_on"] >= start, listed["revived_on"] < start
    revived = listed[listed["revived_on"] >= start]
    stock, added = int((~is_new & ~is_old_revival).sum()), int(is_new.sum())
    measured = revived["revived_area"].notna() | revived["revived_land"].notna()
    return {
        "stock_start": stock,
        "added": added,
        "revived": len(revived),
        "stock_now": stock + added - len(revived),
        "revival_rate": _rate(len(revived), stock + added),
        "revived_area": _sum_or_none(revived["revived_area"]),
        "revived_land": _sum_or_none(revived["revived_land"]),
        "unmeasured": int((~measured).sum()),
    }


def _idle_columns(listed: pd.DataFrame, needed: float) -> Row:
    """Return how much is vacant, and in how many days half come into use, those still idle counted as not yet."""
    still, known = listed[listed["revived_on"].isna()], listed[listed["days_idle"].notna()]
    is_done = known["revived_on"].notna()
    curve = survival_curve(known["days_idle"], is_done)
    return {
        "vacant_area": _sum_or_none(still["vacant_area"]),
        "vacant_unknown": int(still["vacant_area"].isna().sum()),
        "median_idle_days": curve.done_within(HALF) if is_done.sum() >= needed else None,
        "idle_counted": len(known),
        "idle_revived": int(is_done.sum()),
        "idle_unknown": len(listed) - len(known),
    }


def _gain_columns(listed: pd.DataFrame, needed: float) -> Row:
    """Return the median gain in taxes per m² of what came into use, and how many tenants are registered here."""
    gains = (listed["tax_after"] - listed["tax_before"]).dropna()
    tenants = listed["tenant_registered"].dropna().astype(bool)
    return {
        "median_tax_gain": float(gains.median()) if len(gains) >= needed else None,
        "tax_counted": len(gains),
        "tenants": len(tenants),
        "tenants_registered": int(tenants.sum()),
        "registered_rate": _rate(int(tenants.sum()), len(tenants)),
    }


def _agent_columns(row: pd.Series) -> Row:
    """Return the leads and deals of the agents; nothing reported is not 0."""
    leads, deals = (None if math.isnan(row[name]) else int(row[name]) for name in ("leads", "deals"))
    rate = _rate(deals, leads) if leads is not None and deals is not None else None
    counts = {name: int(row[name]) for name in ("agents", "agents_reported")}
    return counts | {"leads": leads, "deals": deals, "deal_rate": rate}


def idle_resource_summary(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the one row of what became of the idle resources in the year up to the day."""
    first, needed = rows.iloc[0], thresholds(as_of)["idle_cases"]
    listed = rows[rows["resource_id"].notna()]
    period = {name: first[name] for name in ("period_from", "period_to")}
    parts = (
        _stock_columns(listed, first["period_from"]),
        _idle_columns(listed, needed),
        _gain_columns(listed, needed),
        _agent_columns(first.astype(object).where(first.notna(), math.nan)),
    )
    made: Row = period
    for part in parts:
        made = made | part
    return rows_as_table([made], COLUMNS)
