"""巡河 worked out again, day by day: what counts, and what is due."""

from __future__ import annotations

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.chiefs import ANSWERS

# no rule of Zhejiang was found: the house asks for 5 minutes, 300 m (泗县丁湖) and a track, and looks at three months
LEAST_MINUTES, LEAST_KM, MONTHS, RANKED = 5, 0.3, 3, 5
QUOTAS = {"街道级河长": (1, "旬"), "村级河长": (1, "周")}  # practice of Zhejiang since 2015
REASONS = ("起止时间不全", "时长不足", "里程未填", "里程不足", "没有轨迹")
CHIEF_ON_RIVER = ["chief_id", "river_id"]


def window_start(day: pd.Timestamp) -> pd.Timestamp:
    """Return the first day of the months that end with a day."""
    return day + pd.DateOffset(days=1) - pd.DateOffset(months=MONTHS)


def why_not(patrol: pd.Series) -> str:
    """Return why a patrol does not count, or 有效."""
    minutes = (patrol["end_at"] - patrol["start_at"]) / pd.Timedelta(minutes=1)
    km = patrol["patrol_length"]
    fails = (pd.isna(minutes), minutes < LEAST_MINUTES, pd.isna(km), km < LEAST_KM, patrol["has_track"] is not True)
    return next((reason for reason, fail in zip(REASONS, fails, strict=True) if fail), "有效")


def patrols_looked_at(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the patrols of the months up to the end of a day, with the reason of each."""
    patrols = ledgers["patrol"]
    at = patrols["start_at"]
    patrols = patrols[(at >= window_start(day)) & (at < day + pd.Timedelta(days=1))]
    return patrols.assign(reason=[why_not(patrol) for _, patrol in patrols.iterrows()], patrols=1)


@recomputes("patrol_verdicts", "chief_id", "river_id", "start_at")
def patrol_verdicts(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """List the patrols with their reasons."""
    columns = [*CHIEF_ON_RIVER, "start_at", "end_at", "patrol_length", "has_track", "findings", "reason"]
    return patrols_looked_at(ledgers, day)[columns].astype({"has_track": "boolean"})


@recomputes("patrol_reasons", "reason")
def patrol_reasons(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Count the patrols by reason."""
    counts = patrols_looked_at(ledgers, day).groupby("reason")["patrols"].sum()
    whole = counts.sum()
    return pd.DataFrame({"patrols": counts, "patrols_all": whole, "patrol_share": 100 * counts / whole}).reset_index()


def period_of(day: pd.Timestamp, period: str) -> tuple[int, ...]:
    """Return what tells a week, ten days, half-month or month from any other."""
    if period == "周":
        return tuple(day.isocalendar()[:2])
    parts = {"旬": min((day.day - 1) // 10, 2), "半月": int(day.day > 15), "月": 0}
    return day.year, day.month, parts[period]


def periods_around(day: pd.Timestamp, period: str) -> dict[tuple[int, ...], list[pd.Timestamp]]:
    """Return the days of each period that lies wholly within the months looked at."""
    days = pd.date_range(window_start(day) - pd.Timedelta(days=31), day + pd.Timedelta(days=31))
    spans: dict[tuple[int, ...], list[pd.Timestamp]] = {}
    for each in days:
        spans.setdefault(period_of(each, period), []).append(each)
    return {name: span for name, span in spans.items() if span[0] >= window_start(day) and span[-1] <= day}


def duties_begun(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the duties that began by a day, none beyond the chief's time of office, with what is due of each."""
    duties = ledgers["chief_duty"].merge(ledgers["chief"], on="chief_id")
    duties = duties[duties["valid_from"] <= day]
    duties["since"] = duties[["valid_from", "active_from"]].max(axis=1)
    duties["until"] = duties[["valid_to", "active_to"]].min(axis=1)
    answers = duties["role"].isna() | duties["role"].isin(ANSWERS)
    asked = [
        (row["patrol_quota"], row["patrol_period"]) if row["patrol_quota"] > 0
        else QUOTAS.get(row["level"], (0, "")) if answer else (0, "")
        for answer, (_, row) in zip(answers, duties.iterrows(), strict=True)
    ]  # fmt: skip
    return duties.assign(quota=[n for n, _ in asked], period=[p for _, p in asked], answers=answers)


def is_due(duty: pd.Series, span: list[pd.Timestamp], duties: pd.DataFrame) -> bool:
    """Tell whether a period is due of a duty: of the one that holds at its end, if there was another before it."""
    if duty["since"] > span[-1] or duty["until"] < span[-1]:
        return False
    same = duties[duties["answers"] & (duties["level"] == duty["level"]) & (duties["river_id"] == duty["river_id"])]
    same = same[same["reach_id"].fillna("") == ("" if pd.isna(duty["reach_id"]) else duty["reach_id"])]
    taken_over = ((same["until"] >= span[0]) & (same["until"] < duty["since"])).any()
    return duty["since"] <= span[0] or bool(taken_over)


def kept_of_duty(duty: pd.Series, duties: pd.DataFrame, patrols: pd.DataFrame, day: pd.Timestamp) -> list[int]:
    """Return for each period that is due of a duty how many patrols count, at most as many as are due."""
    if not duty["quota"]:
        return []
    mine = (patrols["chief_id"] == duty["chief_id"]) & (patrols["river_id"] == duty["river_id"])
    mine &= patrols["reason"] == "有效"
    if not pd.isna(duty["reach_id"]):
        mine &= patrols["reach_id"].isna() | (patrols["reach_id"] == duty["reach_id"])
    days = patrols.loc[mine, "start_at"].dt.normalize()
    spans = periods_around(day, duty["period"]).values()
    return [min(int(days.isin(span).sum()), int(duty["quota"])) for span in spans if is_due(duty, span, duties)]


def findings(patrols: pd.DataFrame) -> pd.DataFrame:
    """Return what each chief did and found on each river."""
    both = patrols["findings"].notna() & patrols["patrol_length"].notna()
    patrols = patrols.assign(
        effective=patrols["reason"] == "有效",
        findings=patrols["findings"].where(both, 0),
        patrol_length=patrols["patrol_length"].where(both, 0),
    )
    columns = ["patrols", "effective", "findings", "patrol_length"]
    found = patrols.groupby(CHIEF_ON_RIVER)[columns].sum()
    km = found["patrol_length"].where(found["patrol_length"] > 0)
    return found.assign(effective_rate=100 * found["effective"] / found["patrols"], density=10 * found["findings"] / km)


@recomputes("patrol_completion", *CHIEF_ON_RIVER)
def patrol_completion(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Add up what counts and what is due, period by period."""
    patrols, duties = patrols_looked_at(ledgers, day), duties_begun(ledgers, day)
    if not (ledgers["patrol"]["start_at"] < day + pd.Timedelta(days=1)).any():
        duties = duties.iloc[:0]
    kept = [kept_of_duty(duty, duties, patrols, day) for _, duty in duties.iterrows()]
    duties["periods"] = pd.Series([len(each) for each in kept], index=duties.index, dtype=int)
    duties["patrols_counted"] = pd.Series([sum(each) for each in kept], index=duties.index, dtype=int)
    duties["patrols_due"] = duties["periods"] * duties["quota"]
    due = duties.groupby(CHIEF_ON_RIVER)[["periods", "patrols_counted", "patrols_due"]].sum()
    rows = due.join(findings(patrols), how="outer")
    counts = [*due.columns, "patrols", "effective", "findings", "patrol_length"]
    rows[counts] = rows[counts].fillna(0)
    rows = rows[(rows["patrols_due"] > 0) | (rows["patrols"] > 0)]
    rate = 100 * rows["patrols_counted"] / rows["patrols_due"].where(rows["patrols_due"] > 0)
    return rows.assign(rate=rate, is_enough=rows["patrols_due"] >= RANKED).reset_index()
