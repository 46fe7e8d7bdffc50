"""Do chiefs patrol as often as they are to? Calendar periods, what makes a patrol count, and why others do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.rows import Row, grouped_rows, rows_as_table
from data.standards.thresholds import preset_rule, thresholds

EFFECTIVE, NO_TIMES, TOO_SHORT = "有效", "起止时间不全", "时长不足"
NO_LENGTH, TOO_NEAR, NO_TRACK, TOO_SOON = "里程未填", "里程不足", "没有轨迹", "间隔不足"
REASONS = (NO_TIMES, TOO_SHORT, NO_LENGTH, TOO_NEAR, NO_TRACK, TOO_SOON)
ANSWERABLE = ("第一责任人", "联系人")
DAY = timedelta(days=1)
TENS, HALVES, MONTHS = (1, 11, 21), (1, 16), (1,)  # the days on which the parts of a month begin
BEGINNINGS = {"旬": TENS, "半月": HALVES, "月": MONTHS}
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class PatrolRequirement:
    """What a patrol must be to count: least minutes, km and hours since the last that counted; 0 asks for nothing."""

    minutes: float
    km: float
    needs_track: bool
    hours_apart: float


def patrol_requirement(as_of: date | None) -> PatrolRequirement:
    """Return the demand of the preset in force on a day."""
    rule, _ = preset_rule("patrol", as_of)
    least = {name: float(rule[name] or 0) for name in ("minutes", "km", "needs_track", "hours_apart")}
    return PatrolRequirement(least["minutes"], least["km"], bool(least["needs_track"]), least["hours_apart"])


def period_span(on: date, period: str) -> Span:
    """Return the first and the last day of the week, ten days, half-month or month that a day lies in."""
    if period == "周":
        first = on - timedelta(days=on.weekday())
        return first, first + 6 * DAY
    next_month = (on.replace(day=1) + timedelta(days=32)).replace(day=1)
    first = on.replace(day=max(day for day in BEGINNINGS[period] if day <= on.day))
    return first, min((on.replace(day=d) - DAY for d in BEGINNINGS[period] if d > on.day), default=next_month - DAY)


def complete_periods(period: str, first: date, last: date) -> Iterator[Span]:
    """Yield the periods that lie wholly between two days."""
    at = period_span(first, period)
    while at[1] <= last:
        if at[0] >= first:
            yield at
        at = period_span(at[1] + DAY, period)


def patrol_window(as_of: date) -> Span:
    """Return the months up to a day in which patrols are looked at."""
    months = int(thresholds(as_of)["patrol_months"])
    return (pd.Timestamp(as_of) + pd.DateOffset(days=1) - pd.DateOffset(months=months)).date(), as_of


def _standalone_reasons(patrols: pd.DataFrame, requirement: PatrolRequirement) -> pd.Series:
    """Return why each patrol by itself does not count, the first reason of several."""
    minutes = (patrols["end_at"] - patrols["start_at"]).dt.total_seconds() / 60
    km, has_track = patrols["patrol_length"].astype(float), patrols["has_track"].eq(True).fillna(False).astype(bool)
    reasons = {
        NO_TIMES: minutes.isna() & (requirement.minutes > 0),
        TOO_SHORT: minutes < requirement.minutes,
        NO_LENGTH: km.isna() & (requirement.km > 0),
        TOO_NEAR: km < requirement.km,
        NO_TRACK: ~has_track & requirement.needs_track,
    }
    return pd.Series(np.select(list(reasons.values()), list(reasons), EFFECTIVE), index=patrols.index)


def patrols_with_reason(patrols: pd.DataFrame, requirement: PatrolRequirement) -> pd.DataFrame:
    """Return patrols in order of time with `reason`: 有效, or why one does not count.

    One that comes too soon after the chief's last effective one on the river does not count either.
    """
    patrols = patrols.sort_values(["start_at", "patrol_id"])
    reasons, last = [], dict[tuple[str, str], pd.Timestamp]()
    apart = pd.Timedelta(hours=requirement.hours_apart)
    columns = (patrols["chief_id"], patrols["river_id"], patrols["start_at"], _standalone_reasons(patrols, requirement))
    for chief, river, at, reason in zip(*columns, strict=True):
        before = last.get((chief, river))
        if reason == EFFECTIVE and before is not None and at < before + apart:
            reason = TOO_SOON
        if reason == EFFECTIVE:
            last[chief, river] = at
        reasons.append(reason)
    return patrols.assign(reason=pd.Series(reasons, index=patrols.index, dtype=object))


def _duties_and_patrols(rows: pd.DataFrame, as_of: date) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the duties, and the patrols within the months looked at, each with its reason."""
    is_duty = rows["patrol_id"].isna()
    patrols = patrols_with_reason(rows[~is_duty], patrol_requirement(as_of))
    first, _ = patrol_window(as_of)
    return rows[is_duty], patrols[patrols["start_at"] >= pd.Timestamp(first)]


def _duty_quota(duty: Row, as_of: date) -> tuple[int, str] | None:
    """Return how often a duty is to be patrolled in which period: its own quota, or the preset's for the level."""
    if not pd.isna(duty["patrol_quota"]):
        return int(duty["patrol_quota"]), duty["patrol_period"]
    if not pd.isna(duty["role"]) and duty["role"] not in ANSWERABLE:
        return None
    _, quotas = preset_rule("patrol", as_of)
    return next(((int(q["quota"]), q["period"]) for q in quotas if q["level"] == duty["level"]), None)


def _date_or_default(value: object, default: date) -> date:
    return default if pd.isna(value) else pd.Timestamp(value).date()


def _due_from(duty: Row, period: str, duties: pd.DataFrame, default: date) -> date:
    """Return the day from which a duty counts: its first, or that of the period in which it was taken over.

    It is taken over from a chief of the same level who answered for the same river or reach until within that period. A
    duty from before the first day that is looked at, the default, counts from there.
    """
    own = _date_or_default(duty["valid_from"], default)
    if own <= default:
        return default
    start, _ = period_span(own, period)
    is_same = (duties["river_id"] == duty["river_id"]) & (duties["level"] == duty["level"])
    is_same &= duties["reach_id"].isna() if pd.isna(duty["reach_id"]) else duties["reach_id"] == duty["reach_id"]
    is_same &= duties["role"].isna() | duties["role"].isin(ANSWERABLE)
    ended = pd.to_datetime(duties.loc[is_same, "valid_to"])
    return start if ended.between(pd.Timestamp(start), pd.Timestamp(own), inclusive="left").any() else own


def _duty_completion(duty: Row, duties: pd.DataFrame, patrols: pd.DataFrame, as_of: date) -> tuple[int, int, int]:
    """Return the complete periods of a duty, the patrols due in them, and those that count, at most the quota each.

    A period in which the chief changes is due from the one in office at its end.
    """
    asked = _duty_quota(duty, as_of)
    if asked is None:
        return 0, 0, 0
    quota, period = asked
    first, last = patrol_window(as_of)
    begin = max(first, _due_from(duty, period, duties, first))
    spans = list(complete_periods(period, begin, min(last, _date_or_default(duty["valid_to"], last))))
    reach = duty["reach_id"]
    here = patrols if pd.isna(reach) else patrols[patrols["reach_id"].isna() | (patrols["reach_id"] == reach)]
    days = [at.date() for at in here.loc[here["reason"] == EFFECTIVE, "start_at"]]
    counted = sum(min(quota, sum(start <= day <= end for day in days)) for start, end in spans)
    return len(spans), quota * len(spans), counted


def _reason_counts(patrols: pd.DataFrame) -> str | None:
    counts = patrols["reason"].value_counts()
    return ",".join(f"{reason}({counts[reason]})" for reason in REASONS if reason in counts) or None


def _patrol_summary(patrols: pd.DataFrame) -> Row:
    """Return how many patrols there were, how many count and why not, and what they found on 10 km."""
    known = patrols.dropna(subset=["findings", "patrol_length"])
    found, km = int(known["findings"].sum()), float(known["patrol_length"].sum())
    effective = int((patrols["reason"] == EFFECTIVE).sum())
    return {
        "patrols": len(patrols),
        "effective": effective,
        "effective_rate": 100 * effective / len(patrols) if len(patrols) else None,
        "reasons": _reason_counts(patrols),
        "findings": found,
        "patrol_length": km,
        "density": 10 * found / km if km else None,
    }


def _completion_row(at: Row, own: pd.DataFrame, duties: pd.DataFrame, patrols: pd.DataFrame, as_of: date) -> Row:
    """Return the row of a chief and a river: `own` duties and patrols of his, all `duties` of anybody."""
    kept = [_duty_completion(duty, duties, patrols, as_of) for duty in own.to_dict("records")]
    periods, due, counted = (sum(column) for column in zip(*kept, strict=True)) if kept else (0, 0, 0)
    rate = 100 * counted / due if due else None
    enough = due >= thresholds(as_of)["ranked_cases"]
    kept_row = {"periods": periods, "patrols_counted": counted, "patrols_due": due, "rate": rate, "is_enough": enough}
    return at | kept_row | _patrol_summary(patrols)


def patrol_completion(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the patrols that count of those due for each chief and river, lowest rate first; none due last.

    Without any patrol of anybody in the ledger nothing is known, and there is no row.
    """
    columns = (
        "post level river periods patrols_counted patrols_due rate is_enough patrols effective effective_rate reasons "
        "findings patrol_length density chief_id river_id"
    )
    if as_of is None or rows["patrol_id"].isna().all():
        return rows_as_table([], columns)
    duties, patrols = _duties_and_patrols(rows, as_of)
    keys = ["chief_id", "river_id"]
    each = {tuple(at[k] for k in keys): group for at, group in grouped_rows(patrols, *keys)}
    own = {tuple(at[k] for k in keys): group for at, group in grouped_rows(duties, *keys)}
    named = pd.concat([duties, patrols]).drop_duplicates(keys)
    done = [
        _completion_row(at, own.get(key, duties.iloc[:0]), duties, each.get(key, patrols.iloc[:0]), as_of)
        for at, _ in grouped_rows(named, "post", "level", "river", *keys)
        for key in [(at["chief_id"], at["river_id"])]
    ]
    found = rows_as_table([row for row in done if row["patrols_due"] or row["patrols"]], columns)
    return found.sort_values(["rate", "post", "river"], na_position="last", ignore_index=True)


def patrol_reasons(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return how many patrols count and how many do not, by reason; the reasons add up to all patrols."""
    columns = "reason patrols patrols_all patrol_share"
    if as_of is None:
        return rows_as_table([], columns)
    _, patrols = _duties_and_patrols(rows, as_of)
    counts, total = patrols["reason"].value_counts(), len(patrols)
    found = [(reason, int(counts[reason])) for reason in (EFFECTIVE, *REASONS) if reason in counts]
    return rows_as_table(
        [dict(zip(columns.split(), (r, n, total, 100 * n / total), strict=True)) for r, n in found], columns
    )


def patrol_verdicts(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return each patrol of the months looked at, the newest first: whether it counts, or why not."""
    columns = "start_at end_at river patrol_length has_track findings reason chief_id river_id"
    if as_of is None:
        return rows_as_table([], columns)
    _, patrols = _duties_and_patrols(rows, as_of)
    return patrols[columns.split()].sort_values(["start_at", "river"], ascending=[False, True], ignore_index=True)
