"""The clocks of petitions: the written notice and the closing, by the rule of the day on which each was received."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.rows import Row, grouped_rows, rows_as_table
from data.standards.thresholds import every_version, thresholds

CLOCKS = ("petition_notice_days", "petition_finish_days", "petition_extension_days")
COLUMNS = (
    "petition_class is_total received notice_due notified_in_time notice_rate due closed_in_time rate closed open "
    "overdue repeats repeat_share high_risk high_risk_open"
)
LISTED = (
    "petition_id petition_class channel project village petition_state received_on notice_due_on notified_on due_on "
    "days_open days_allowed days_overdue closed_on extended_days is_repeat risk is_closed is_overdue project_id "
    "village_id"
)
SHARES = ("notice_rate", "rate", "repeat_share")
CLOSED, OPEN, OVERDUE = "已办结", "未办结", "逾期未办结"


def clock_versions() -> pd.DataFrame:
    """Return the days of each clock by the day from which they hold, the oldest first; columns are the rules."""
    rows = pd.DataFrame([row for row in every_version("petition_clock.csv") if row["rule"] in CLOCKS])
    rows = rows.astype({"value": float}).drop_duplicates(["effective_from", "rule"], keep="last")
    table = rows.pivot(index="effective_from", columns="rule", values="value")
    return table.ffill().set_axis(pd.to_datetime(table.index).astype("datetime64[us]")).sort_index()


def _clock_days(received: pd.Series[pd.Timestamp]) -> pd.DataFrame:
    """Return the days of each clock for petitions received on some days; before the first rule that one holds."""
    versions = clock_versions()
    place = versions.index.searchsorted(received.astype("datetime64[us]"), side="right") - 1
    return versions.iloc[place.clip(min=0)].set_axis(received.index)


def _clock_table(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the petitions with the last days of their clocks, and which of them are over, kept and late by the day.

    A day is over when it is past: what is due on the day itself is not late.
    """
    day, days = pd.Timestamp(as_of), _clock_days(rows["received_on"])
    longest, extended = days["petition_extension_days"], rows["extended_days"].astype(float).fillna(0)
    allowed = days["petition_finish_days"] + extended.where(extended <= longest, longest)
    notice_due = rows["received_on"] + pd.to_timedelta(days["petition_notice_days"], unit="D")
    due = rows["received_on"] + pd.to_timedelta(allowed, unit="D")
    is_closed = rows["closed_on"].notna()
    return rows.assign(
        notice_due_on=notice_due,
        due_on=due,
        is_closed=is_closed,
        is_overdue=~is_closed & (due < day),
        is_notice_due=notice_due < day,
        is_notified_in_time=(notice_due < day) & (rows["notified_on"] <= notice_due),
        is_due=due < day,
        is_in_time=(due < day) & (rows["closed_on"] <= due),
    )


def petition_list(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the petitions with their clocks and how they stand; open ones first, the earliest due in front."""
    found = _clock_table(rows, as_of)
    ends = found["closed_on"].fillna(pd.Timestamp(as_of))
    late = (ends - found["due_on"]).dt.days
    state = pd.Series(OPEN, found.index).mask(found["is_closed"], CLOSED).mask(found["is_overdue"], OVERDUE)
    table = found.assign(
        petition_state=state,
        days_open=(ends - found["received_on"]).dt.days,
        days_allowed=(found["due_on"] - found["received_on"]).dt.days,
        days_overdue=late.where(late > 0).astype(float),
    )
    return table.sort_values(["is_closed", "due_on", "petition_id"])[LISTED.split()].reset_index(drop=True)


def _share_of(part: int, whole: int, needed: float) -> float | None:
    return 100 * part / whole if whole >= max(1, needed) else None


def _class_row(petition_class: str | None, group: pd.DataFrame, needed: float) -> Row:
    """Return what became of some petitions: counts, and each share of enough of them."""
    notice_due, due = int(group["is_notice_due"].sum()), int(group["is_due"].sum())
    notified, in_time = int(group["is_notified_in_time"].sum()), int(group["is_in_time"].sum())
    closed, repeats = int(group["is_closed"].sum()), int(group["is_repeat"].sum())
    is_high = group["risk"] == "高"
    return {
        **{"petition_class": petition_class, "is_total": petition_class is None, "received": len(group)},
        **{
            "notice_due": notice_due,
            "notified_in_time": notified,
            "notice_rate": _share_of(notified, notice_due, needed),
        },
        **{"due": due, "closed_in_time": in_time, "rate": _share_of(in_time, due, needed), "closed": closed},
        **{"open": len(group) - closed, "overdue": int(group["is_overdue"].sum()), "repeats": repeats},
        **{"repeat_share": _share_of(repeats, len(group), needed), "high_risk": int(is_high.sum())},
        "high_risk_open": int((is_high & ~group["is_closed"]).sum()),
    }


def petition_summary(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return what became of the petitions of all classes and of each, those with most first."""
    if rows.empty:
        return rows_as_table([], COLUMNS).astype(dict.fromkeys(SHARES, float))
    needed = thresholds(as_of)["step_cases"]
    listed = _clock_table(rows, as_of).astype({"is_repeat": bool})
    parts = [
        _class_row(str(at["petition_class"]), group, needed) for at, group in grouped_rows(listed, "petition_class")
    ]
    parts.sort(key=lambda row: -row["received"])
    return rows_as_table([_class_row(None, listed, needed), *parts], COLUMNS).astype(dict.fromkeys(SHARES, float))
