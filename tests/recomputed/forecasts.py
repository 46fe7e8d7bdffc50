"""洁, when works will be finished, worked out again, one by one and together."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

import pandas as pd

from tests.recomputed import Ledgers, recomputes
from tests.recomputed.works import plan_of, planned_by, reports_of

INTERVALS, WINDOW = 3, 6  # presets of this house: intervals between reports, for the pace and for its range
LONGEST = Fraction("3652.5")  # days, ten years: a preset of this house
Row = dict[str, Any]
MONEY = "万元"
STUCK, TOO_FEW, DONE = "以目前进度无法完成", "样本不足", "已完成"
TOGETHER = [
    *("river_id", "is_total", "quantity_unit", "works", "quantity", "end_on", "done", "rate", "planned"),
    *("planned_rate", "gap", "unreported", "reports", "too_few", "stuck"),
]
NAN, DAY = float("nan"), "datetime64[ns]"


def finish(reports: pd.Series[float], quantity: float, end_on: pd.Timestamp, day: pd.Timestamp) -> Row:
    """Return the outlook of a work: the day on which it was full, or when it will be at its pace of late."""
    full = reports[reports >= quantity]
    if len(full):
        return {"outlook": DONE, "finished_on": full.index[0], "days_late": (full.index[0] - end_on).days}
    if len(reports) <= INTERVALS:
        return {"outlook": TOO_FEW, "reports_needed": INTERVALS + 1}
    last = len(reports) - 1
    paces = [_pace(reports, n, n + 1) for n in range(max(0, last - WINDOW), last)]
    pace, left = _pace(reports, last - INTERVALS, last), Fraction(str(quantity)) - Fraction(str(reports.iloc[-1]))
    on, early, late = (_day_done(left, p, reports.index[-1], day) for p in (pace, max(paces), min(paces)))
    late_by = {"days_late": (on - end_on).days} if on is not pd.NaT else {}
    days = {"finish_on": on, "early_on": early, "late_on": late}
    return {"outlook": _word(on, late, end_on), "pace": float(pace)} | days | late_by


def _pace(reports: pd.Series[float], first: int, last: int) -> Fraction:
    more = Fraction(str(reports.iloc[last])) - Fraction(str(reports.iloc[first]))
    return more / (reports.index[last] - reports.index[first]).days


def _day_done(left: Fraction, pace: Fraction, since: pd.Timestamp, day: pd.Timestamp) -> pd.Timestamp:
    """Return the day on which what is left is done, no earlier than the day; NaT for never or after ten years."""
    if pace <= 0 or left / pace > LONGEST:
        return pd.NaT
    return max(day, since + pd.Timedelta(days=ceil(left / pace)))


def _word(on: pd.Timestamp, late: pd.Timestamp, end_on: pd.Timestamp) -> str:
    if on is pd.NaT:
        return STUCK
    if on > end_on:
        return "预计逾期"
    return "预计按期" if late <= end_on else "可能逾期"


@recomputes("work_forecast", "work_id")
def work_forecast(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """When each work will be finished."""
    rows = []
    for _, work in ledgers["work"].iterrows():
        done = reports_of(ledgers, work["work_id"], "done", day)
        known = {"work_id": work["work_id"], "reports": len(done), "done": done.iloc[-1] if len(done) else NAN}
        rows.append(known | finish(done, work["quantity"], work["end_on"], day))
    return _forecast_table(rows, ["work_id", "reports", "done"])


def _forecast_table(rows: list[Row], keys: list[str]) -> pd.DataFrame:
    days = ["finish_on", "early_on", "late_on", "finished_on"]
    numbers = ["pace", "days_late", "reports_needed"]
    found = pd.DataFrame(rows, columns=[*keys, "outlook", *numbers, *days])
    return found.astype(dict.fromkeys(days, DAY) | dict.fromkeys(numbers, float))


@dataclass(frozen=True)
class Part:
    """A work by its quantity or its money: what was planned, reported, its whole, when it is to end."""

    plan: pd.Series[float]
    done: pd.Series[float]
    whole: float
    end_on: pd.Timestamp

    def done_by(self, day: pd.Timestamp) -> float:
        """Return what was reported last by a day, 0 where nothing was."""
        known = self.done[self.done.index <= day]
        return float(known.iloc[-1]) if len(known) else 0.0

    def judged_on(self, newest: pd.Timestamp, day: pd.Timestamp) -> pd.Timestamp:
        """Return the day of the last report: of any work for what is full; the day itself where there is none."""
        if (self.done >= self.whole).any():
            return newest
        return self.done.index[-1] if len(self.done) else day


def parts_by_place(ledgers: Ledgers, day: pd.Timestamp) -> dict[tuple[object, bool, str], list[Part]]:
    """Return the works of each river and of all, by unit; with a budget and a cost they have a part in money too."""
    found: dict[tuple[object, bool, str], list[Part]] = {}
    for _, work in ledgers["work"].iterrows():
        plan, whole = plan_of(ledgers, work), work["quantity"]
        done, cost = (reports_of(ledgers, work["work_id"], column, day) for column in ("done", "cost"))
        parts = {work["quantity_unit"]: Part(plan, done, whole, work["end_on"])}
        if len(cost) and work["budget"] > 0 and whole > 0:
            parts[MONEY] = Part(plan * work["budget"] / whole, cost, work["budget"], work["end_on"])
        for unit, part in parts.items():
            for place in ((None, True), (work["river_id"], False)):
                found.setdefault((*place, unit), []).append(part)
    return found


def report_days(parts: list[Part]) -> list[pd.Timestamp]:
    """Return the last day of report in each month."""
    days = pd.Series(sorted({day for part in parts for day in part.done.index}), dtype=DAY)
    return list(days.groupby(days.dt.to_period("M")).max())


@recomputes("river_works_curve", "river_id", "is_total", "quantity_unit", "day")
def river_works_curve(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Plan and done of works together, at the ends of the plan, of its months, and on the last report of each month."""
    rows = []
    for place, parts in parts_by_place(ledgers, day).items():
        first, last = min(part.plan.index[0] for part in parts), max(part.plan.index[-1] for part in parts)
        reported = report_days(parts)
        for on in sorted({first, last, *pd.date_range(first, last, freq="ME"), *reported}):
            done = sum(part.done_by(on) for part in parts) if on in reported else NAN
            rows.append((*place, len(parts), on, sum(planned_by(part.plan, on) for part in parts), done))
    columns = ["river_id", "is_total", "quantity_unit", "works", "day", "plan_total", "done"]
    return pd.DataFrame(rows, columns=columns)


@recomputes("river_works_forecast", "river_id", "is_total", "quantity_unit")
def river_works_forecast(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """How far works are together, and when the last of them will be finished; of money only how far."""
    every = parts_by_place(ledgers, day)
    newest = max((part.done.index[-1] for parts in every.values() for part in parts if len(part.done)), default=day)
    rows = []
    for (river, is_total, unit), parts in every.items():
        known = {"river_id": river, "is_total": is_total, "quantity_unit": unit, "works": len(parts)}
        ahead = {} if unit == MONEY else finish_together(parts, day)
        rows.append(known | _progress_together(parts, newest, day) | ahead)
    return _forecast_table(rows, TOGETHER)


def _progress_together(parts: list[Part], newest: pd.Timestamp, day: pd.Timestamp) -> Row:
    reported, whole = report_days(parts), sum(part.whole for part in parts)
    done = sum(part.done_by(reported[-1]) for part in parts) if reported else NAN
    planned = sum(planned_by(part.plan, part.judged_on(newest, day)) for part in parts)
    rate, due = (100 * x / whole if whole else NAN for x in (done, planned))
    silent = sum(not len(part.done) and part.plan.index[0] <= day for part in parts)
    known = {"quantity": whole, "end_on": max(part.end_on for part in parts), "done": done, "planned": planned}
    rates = {"rate": rate, "planned_rate": due, "gap": rate - due}
    return known | rates | {"unreported": silent, "reports": len(reported)}


def finish_together(parts: list[Part], day: pd.Timestamp) -> Row:
    """Return the outlook of works: they are finished with the last; none is given where one has none."""
    end_on = max(part.end_on for part in parts)
    each = [finish(part.done, part.whole, part.end_on, day) for part in parts]
    going = pd.DataFrame([found for found in each if "pace" in found])
    few, stuck = (sum(found["outlook"] == word for found in each) for word in (TOO_FEW, STUCK))
    counts = {"too_few": few, "stuck": stuck}
    if few and not stuck:
        return counts | {"outlook": TOO_FEW, "reports_needed": INTERVALS + 1}
    if going.empty:
        on = max(found["finished_on"] for found in each)
        return counts | {"outlook": DONE, "finished_on": on, "days_late": (on - end_on).days}
    if stuck:
        return counts | {"outlook": STUCK, "pace": going["pace"].sum()}
    days = {name: going[name].max(skipna=False) for name in ("finish_on", "early_on", "late_on")}
    word = _word(days["finish_on"], days["late_on"], end_on)
    late_by = (days["finish_on"] - end_on).days
    return counts | days | {"outlook": word, "pace": going["pace"].sum(), "days_late": late_by}
