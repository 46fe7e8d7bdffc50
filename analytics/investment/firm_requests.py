"""What becomes of firms' requests: working hours until the first reply, closed in time, solved, content."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd

from analytics.kaplan_meier import survival_curve
from analytics.rows import Row, grouped_rows, rows_as_table
from analytics.working_time import working_hours
from data.standards.thresholds import thresholds

HALF = 0.5  # chosen: the median
COLUMNS = (
    "category is_total raised open overdue closed due closed_in_time rate solved explained unsolved result_unknown "
    "solved_rate closed_once reopened reopened_share replied unanswered reply_unknown median_reply_hours rated "
    "satisfied satisfied_share"
)


def _is_day_only(moments: pd.Series[pd.Timestamp]) -> pd.Series[bool]:
    """Tell the moments of which only the day is written, so that no hours can be counted from them."""
    return moments == moments.dt.normalize()


def _reply_hours(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the requests with the hours until the first reply, or those waited so far where there is none yet.

    Neither is known where only a day is written, where the calendar ends, or of what was closed without a reply on
    record.
    """
    evening = pd.Timestamp(as_of) + pd.Timedelta(hours=23, minutes=59)
    is_waiting = rows["replied_at"].isna() & ~rows["is_closed"].astype(bool)
    ends = rows["replied_at"].mask(_is_day_only(rows["replied_at"])).mask(is_waiting, evening)
    hours = working_hours(rows["raised_at"].mask(_is_day_only(rows["raised_at"])), ends, as_of)
    return rows.assign(
        is_waiting=is_waiting, reply_hours=hours.mask(is_waiting), waited_hours=hours.where(is_waiting), hours=hours
    )


def request_list(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the requests with the working hours until the first reply, or those waited so far."""
    return _reply_hours(rows, as_of).drop(columns=["is_waiting", "hours"])


def _share(part: int, whole: int, needed: float) -> float | None:
    """Return a share in percent, or None of too few."""
    return 100 * part / whole if whole >= max(1, needed) else None


def _median_hours(group: pd.DataFrame, needed: float) -> float | None:
    """Return the hours within which half were answered, upwards to a tenth; None of too few or where most wait."""
    timed = group[group["hours"].notna()]
    if (~timed["is_waiting"]).sum() < needed:
        return None
    half = survival_curve(timed["hours"].to_numpy(), ~timed["is_waiting"].to_numpy(bool)).done_within(HALF)
    return None if half is None else math.ceil(half * 10 - 1e-6) / 10


def _summary_row(category: str | None, group: pd.DataFrame, as_of: date | None) -> Row:
    """Return what became of some requests: each share with its two counts, and none of too few."""
    rules = thresholds(as_of)
    needed = rules["ranked_cases"]
    closed, due = int(group["is_closed"].sum()), int(group["is_due"].sum())
    in_time, reopened = int(group["is_in_time"].sum()), int(group["is_reopened"].sum())
    once = int((group["is_closed"] | group["is_reopened"]).sum())
    results = group["result"].value_counts()
    solved, explained, unsolved = (int(results.get(word, 0)) for word in ("已解决", "已解释", "不能解决"))
    rated, satisfied = group["satisfaction"].count(), (group["satisfaction"] >= rules["satisfied_from"]).sum()
    known, waiting = group["hours"].notna(), group["is_waiting"].astype(bool)
    return {
        **{"category": category, "is_total": category is None, "raised": len(group), "open": len(group) - closed},
        **{"overdue": int(group["is_overdue"].sum()), "closed": closed, "due": due, "closed_in_time": in_time},
        **{"rate": _share(in_time, due, needed), "solved": solved, "explained": explained, "unsolved": unsolved},
        **{"result_unknown": closed - solved - explained - unsolved, "solved_rate": _share(solved, closed, needed)},
        **{"closed_once": once, "reopened": reopened, "reopened_share": _share(reopened, once, needed)},
        **{"replied": int((known & ~waiting).sum()), "unanswered": int(waiting.sum())},
        **{"reply_unknown": int((~known & ~waiting).sum()), "median_reply_hours": _median_hours(group, needed)},
        **{"rated": int(rated), "satisfied": int(satisfied), "satisfied_share": _share(satisfied, rated, needed)},
    }


def request_summary(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return what became of the requests of all categories and of each, those with most requests first."""
    if rows.empty:
        return rows_as_table([], COLUMNS)
    timed = _reply_hours(rows.astype({"is_closed": bool, "is_reopened": bool}), as_of)
    parts = [_summary_row(str(at["category"]), group, as_of) for at, group in grouped_rows(timed, "category")]
    parts.sort(key=lambda row: -row["raised"])
    table = rows_as_table([_summary_row(None, timed, as_of), *parts], COLUMNS)
    shares = ["rate", "solved_rate", "reopened_share", "median_reply_hours", "satisfied_share"]
    return table.astype(dict.fromkeys(shares, float))
