"""What became of unlawful buildings: how soon new ones were razed, within their terms or not, the land in use after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from analytics.kaplan_meier import survival_curve
from analytics.rows import Row, grouped_rows, rows_as_table
from data.standards.thresholds import rows_in_force, thresholds
from data.text import Text

HALF = 0.5  # the median
BASES = {
    "土地": Text(
        "已拆各处中拆后土地面积已知的土地面积之和", "the land of the razed sites of which the area of land is known"
    ),
    "违建面积": Text("已拆违建面积之和", "the floor area of what was razed"),
}
COLUMNS = (
    "village village_id is_total found found_old found_new found_area razed razed_area open open_area open_overdue "
    "days_overdue due razed_in_term in_term_rate median_days new_razed land_available land_used reuse_rate "
    "land_unknown used_unknown"
)


def reuse_base(as_of: date | None) -> str:
    """Return by what the land in use is divided on a day: 土地 or 违建面积."""
    [row] = rows_in_force("reuse_base.csv", as_of, "reuse_base")
    return row["base"]


def reuse_base_words(as_of: date | None) -> Mapping[str, object]:
    """Return the thresholds of a day, and in words by what the land in use is divided, for a formula."""
    return {**thresholds(as_of), "reuse_base": BASES[reuse_base(as_of)]}


def _share(part: float, whole: float, needed: float = 0) -> float | None:
    """Return a share in percent, or None of nothing or of too few."""
    return 100 * part / whole if whole and whole >= needed else None


def _count_columns(group: pd.DataFrame) -> Row:
    """Return how many were found, of old stock and new, how many razed, how many still stand and for how long."""
    is_razed, is_overdue = group["is_razed"], group["is_overdue"]
    return {
        "found": len(group),
        "found_old": int((group["kind"] == "存量").sum()),
        "found_new": int((group["kind"] == "新增").sum()),
        "found_area": float(group["area"].sum()),
        "razed": int(is_razed.sum()),
        "razed_area": float(group.loc[is_razed, "area"].sum()),
        "open": int((~is_razed).sum()),
        "open_area": float(group.loc[~is_razed, "area"].sum()),
        "open_overdue": int(is_overdue.sum()),
        "days_overdue": group.loc[is_overdue, "days_overdue"].max() if is_overdue.any() else None,
    }


def _term_columns(group: pd.DataFrame, needed: float) -> Row:
    """Return how many of those whose term is over were razed within it, and in how many days half of the new ones were.

    New ones that still stand count as not yet razed.
    """
    due, new = group[group["is_due"]], group[group["kind"] == "新增"]
    in_term = int((due["razed_on"] <= due["due_on"]).sum())
    razed = int(new["is_razed"].sum())
    half = survival_curve(new["days_open"], new["is_razed"]).done_within(HALF) if razed >= needed else None
    return {
        "due": len(due),
        "razed_in_term": in_term,
        "in_term_rate": _share(in_term, len(due), needed),
        "median_days": half,
        "new_razed": razed,
    }


def _land_columns(group: pd.DataFrame, base: str) -> Row:
    """Return the land that is in use of what there is after razing, and of how many sites an area is missing.

    A site in use of which nobody wrote how much is left out of both.
    """
    razed = group[group["is_razed"]]
    is_unknown = razed["is_reused"] & razed["reused_area"].isna()
    has_base = razed["land_area"].notna() if base == "土地" else razed["area"].notna()
    counted = razed[has_base & ~is_unknown]
    available = float(counted["land_area" if base == "土地" else "area"].sum())
    used = float(counted["reused_area"].sum())
    return {
        "land_available": available,
        "land_used": used,
        "reuse_rate": _share(used, available),
        "land_unknown": int(razed["land_area"].isna().sum()),
        "used_unknown": int(is_unknown.sum()),
    }


def _summary_row(group: pd.DataFrame, as_of: date | None) -> Row:
    needed = thresholds(as_of)["step_cases"]
    return _count_columns(group) | _term_columns(group, needed) | _land_columns(group, reuse_base(as_of))


def violations_reuse(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return what became of all unlawful buildings, then of those of each village, the most overdue first."""
    if rows.empty:
        return rows_as_table([], COLUMNS)
    known = rows.astype(dict.fromkeys(["is_razed", "is_due", "is_overdue", "is_reused"], bool))
    parts = [
        {**at, "is_total": False} | _summary_row(group, as_of)
        for at, group in grouped_rows(known, "village_id", "village")
    ]
    parts.sort(key=lambda r: (-r["open_overdue"], -(r["days_overdue"] or 0), -r["open_area"], r["village"]))
    whole = {"village": None, "village_id": None, "is_total": True} | _summary_row(known, as_of)
    table = rows_as_table([whole, *parts], COLUMNS)
    return table.astype(dict.fromkeys(["days_overdue", "in_term_rate", "median_days", "reuse_rate"], float))
