"""土地时钟 and 闲置资源 worked out again."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.frames import days_from, percent, rows_by

# 城市房地产管理法 art. 26: one year, two years, up to 20 % of the price; 闲置土地处置办法 art. 2: one year, and in the
# function idle_by a third or 25 %
YEAR, TWO_YEARS, SOON = 365, 730, 90
FEW = 5  # chosen by the house: fewer tell no median


def known_by(rows: pd.DataFrame, column: str, on: pd.Series, day: pd.Timestamp) -> pd.Series:
    """Return a column where the day of each row on which it became known has come."""
    return rows[column].where(on <= day)


def parcels_on(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return every parcel with what was known of it by the day."""
    rows = ledgers["parcel"]
    started = known_by(rows, "actual_start_on", rows["actual_start_on"], day)
    stopped = known_by(rows, "stopped_on", rows["stopped_on"], day).where(started.notna())
    over = days_from(rows["agreed_start_on"], day).where(started.isna())
    return rows.assign(
        actual_start_on=started, stopped_on=stopped, days_stopped=days_from(stopped, day),
        checked_on=known_by(rows, "checked_on", rows["checked_on"], day),
        built_floor_area=known_by(rows, "built_floor_area", rows["checked_on"], day),
        invested=known_by(rows, "invested", rows["checked_on"], day),
        days_overdue=over.where(over > 0), days_to_start=(-over).where(over <= 0),
        days_started_late=(started - rows["agreed_start_on"]).dt.days.where(started > rows["agreed_start_on"]),
    )  # fmt: skip


def less_than(part: float, whole: float, share: Fraction) -> bool | None:
    """Tell whether a part is less than a share of its whole; None where one of them is not known."""
    if pd.isna(part) or pd.isna(whole):
        return None
    return Fraction(part) < share * Fraction(whole)


def idle_by(parcel: pd.Series) -> str | None:
    """Return the test by which a parcel is idle, or that it cannot be told."""
    if parcel["days_overdue"] >= YEAR:
        return "未动工"
    if not parcel["days_stopped"] >= YEAR:
        return None
    was_checked = parcel["checked_on"] >= parcel["stopped_on"]
    built = less_than(parcel["built_floor_area"], parcel["due_floor_area"], Fraction(1, 3)) if was_checked else None
    spent = less_than(parcel["invested"], parcel["planned_investment"], Fraction(1, 4)) if was_checked else None
    if built or spent:
        return "建设投资都不足" if built and spent else "建设不足" if built else "投资不足"
    return "停工未核查" if built is None or spent is None else None


def band_of(parcel: pd.Series) -> str:
    """Return where the clock of a parcel stands."""
    if parcel["days_overdue"] > 0:
        over = parcel["days_overdue"]
        return "可无偿收回" if over >= TWO_YEARS else "可征闲置费" if over >= YEAR else "超期未动工"
    if pd.isna(parcel["actual_start_on"]):
        return "临近动工" if parcel["days_to_start"] <= SOON else "未到期"
    test = parcel["idle_test"]
    return test if test == "停工未核查" else "停工闲置" if test else "已动工"


@recomputes("land_clocks", "parcel_id")
def land_clocks(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Judge each parcel alone."""
    rows = parcels_on(ledgers, day)
    rows["idle_test"] = pd.Series([idle_by(row) for _, row in rows.iterrows()], rows.index, dtype=object)
    rows["band"] = [band_of(row) for _, row in rows.iterrows()]
    is_free = rows["exempt_reason"].isna()
    rows["is_idle"] = rows["idle_test"].notna() & (rows["idle_test"] != "停工未核查") & is_free
    rows["is_breach"] = is_free & (rows["is_idle"] | rows["days_overdue"].notna())
    rows["highest_fee"] = (rows["price"] / 5).where(is_free & (rows["days_overdue"] >= YEAR))
    rows["built_share"] = percent(rows["built_floor_area"], rows["due_floor_area"])
    rows["invested_share"] = percent(rows["invested"], rows["planned_investment"])
    return rows[[
        "parcel_id", "project_id", "area", "agreed_start_on", "actual_start_on", "days_overdue", "days_to_start",
        "days_started_late", "band", "idle_test", "is_idle", "is_breach", "exempt_reason", "stopped_on", "days_stopped",
        "built_floor_area", "due_floor_area", "built_share", "invested", "planned_investment", "invested_share",
        "checked_on", "highest_fee",
    ]]  # fmt: skip


def resources_on(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the resources listed by the day, with what was known of each by then."""
    rows = rows_by(ledgers["idle_resource"], "found_on", day)
    later, revived = rows["revived_on"] > day, rows["revived_on"]
    for name in ("revived_area", "revived_land", "tax_after", "tenant_registered"):
        rows = rows.assign(**{name: known_by(rows, name, revived, day)})
    for name in ("idle_since", "marketed_on", "intended_on", "revived_on"):
        rows = rows.assign(**{name: known_by(rows, name, rows[name], day)})
    rows["vacant_area"] = rows["vacant_area"].mask(later)
    rows["days_idle"] = (rows["revived_on"].fillna(day) - rows["idle_since"]).dt.days.astype(float)
    steps = [rows["revived_on"].notna(), rows["intended_on"].notna(), rows["marketed_on"].notna()]
    rows["state"] = np.select(steps, ["已盘活", "意向", "已推介"], "待包装")
    return rows


@recomputes("idle_resource_list", "resource_id")
def idle_resource_list(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """List what was on the register by the day."""
    rows = resources_on(ledgers, day)
    agents = ledgers["investment_agent"].set_index("agent_id")["name"]
    rows["agent"], rows["vacancy_rate"] = rows["agent_id"].map(agents), percent(rows["vacant_area"], rows["floor_area"])
    return rows[[
        "resource_id", "state", "days_idle", "idle_since", "vacant_area", "vacancy_rate", "agent", "marketed_on",
        "intended_on", "revived_on", "revived_area", "revived_land", "tax_after",
    ]]  # fmt: skip


def median_days(rows: pd.DataFrame) -> float | None:
    """Return by when half of the resources are in use, by the product limit; None if that has not come."""
    is_done, left = rows["revived_on"].notna(), Fraction(1)
    for days in sorted(rows.loc[is_done, "days_idle"].unique()):
        done, at_risk = int((rows.loc[is_done, "days_idle"] == days).sum()), int((rows["days_idle"] >= days).sum())
        left *= Fraction(at_risk - done, at_risk)
        if left <= Fraction(1, 2):
            return float(days)
    return None


def total(values: pd.Series) -> float | None:
    """Return a sum, of nothing 0, of what nobody wrote down nothing."""
    return float(values.sum()) if values.notna().any() or values.empty else None


@recomputes("idle_resource_summary", "period_to")
def idle_resource_summary(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Count the year up to the day resource by resource."""
    rows, start = resources_on(ledgers, day), pd.Timestamp(day.year, 1, 1)
    stock = int(((rows["found_on"] < start) & ~(rows["revived_on"] < start)).sum())
    added = int((rows["found_on"] >= start).sum())
    revived, still = rows[rows["revived_on"] >= start], rows[rows["revived_on"].isna()]
    timed = rows[rows["idle_since"].notna()]
    gains = (rows["tax_after"] - rows["tax_before"]).dropna().astype(float).sort_values().tolist()
    middle = (gains[(len(gains) - 1) // 2] + gains[len(gains) // 2]) / 2 if len(gains) >= FEW else None
    tenants = [bool(value) for value in rows["tenant_registered"].dropna()]
    agents = rows_by(ledgers["investment_agent"], "hired_on", day)
    told = rows_by(agents, "reported_on", day).dropna(subset=["leads", "deals"])
    leads, deals = (float(told[name].sum()) if len(told) else None for name in ("leads", "deals"))
    done = int(timed["revived_on"].notna().sum())
    return pd.DataFrame([{
        "period_from": start, "period_to": day, "stock_start": stock, "added": added, "revived": len(revived),
        "stock_now": len(still), "revival_rate": 100 * len(revived) / (stock + added) if stock + added else None,
        "revived_area": total(revived["revived_area"]), "revived_land": total(revived["revived_land"]),
        "unmeasured": int(revived[["revived_area", "revived_land"]].isna().all(axis=1).sum()),
        "vacant_area": total(still["vacant_area"]), "vacant_unknown": int(still["vacant_area"].isna().sum()),
        "median_idle_days": median_days(timed) if done >= FEW else None, "idle_counted": len(timed),
        "idle_revived": done, "idle_unknown": len(rows) - len(timed), "median_tax_gain": middle,
        "tax_counted": len(gains), "tenants": len(tenants), "tenants_registered": sum(tenants),
        "registered_rate": 100 * sum(tenants) / len(tenants) if tenants else None, "agents": len(agents),
        "agents_reported": len(told), "leads": leads, "deals": deals,
        "deal_rate": 100 * deals / leads if leads and deals is not None else None,
    }])  # fmt: skip
