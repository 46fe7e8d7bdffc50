"""Works taken together: those of one unit by their quantities, all that have a budget and a cost by their money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.rows import Row, grouped_rows, rows_as_table
from analytics.sample_size import TooFew
from analytics.water.construction_forecast import WORK_KEYS, daily_maxima, forecast_outlook
from analytics.water.forecast import Finished, Forecast, Report, first_full_report, forecast, planned_quantity

MONEY = "万元"
KEYS = "river river_id is_total quantity_unit works quantity end_on"
Group = tuple[str | None, str | None, bool, str]
"""River, its code, whether it is all of them, unit."""


@dataclass(frozen=True, slots=True)
class WorkPart:
    """One work in one unit: its plan, what was reported of it, its whole, its planned finish."""

    plan: list[Report]
    done: list[Report]
    whole: float
    end_on: date


def _work_parts(at: Row, group: pd.DataFrame) -> Iterator[tuple[str, WorkPart]]:
    """Yield a work by its quantity and, where both its budget and its cost are known, by its money.

    Money is to be spent as the quantity is to be done.
    """
    plan, spent, end_on = daily_maxima(group, "planned"), daily_maxima(group, "cost"), at["end_on"].date()
    yield at["quantity_unit"], WorkPart(plan, daily_maxima(group, "done"), at["quantity"], end_on)
    if spent and at["budget"] > 0 and at["quantity"] > 0:
        due = [(day, value * at["budget"] / at["quantity"]) for day, value in plan]
        yield MONEY, WorkPart(due, spent, at["budget"], end_on)


def _parts_by_unit(rows: pd.DataFrame) -> list[tuple[Row, list[WorkPart]]]:
    """Return the parts of all rivers and of each, unit by unit, that of most works first, money last."""
    found: dict[Group, list[WorkPart]] = {}
    for at, group in grouped_rows(rows, *WORK_KEYS, "river_id", "budget"):
        for unit, part in _work_parts(at, group):
            for place in ((None, None, True), (at["river"], at["river_id"], False)):
                found.setdefault((*place, unit), []).append(part)
    order = sorted(found, key=lambda key: (not key[2], key[0] or "", key[3] == MONEY, -len(found[key])))
    return [(_unit_key_row(key, found[key]), found[key]) for key in order]


def _unit_key_row(key: Group, parts: Sequence[WorkPart]) -> Row:
    whole, end_on = sum(part.whole for part in parts), pd.Timestamp(max(part.end_on for part in parts))
    return dict(zip(KEYS.split(), (*key, len(parts), whole, end_on), strict=True))


def _combined_reports(parts: Sequence[WorkPart]) -> list[Report]:
    """Return what all parts had done by the last day of report in each month, each part as it last reported."""
    days = {(day.year, day.month): day for day in sorted(day for part in parts for day, _ in part.done)}
    return [(day, sum(_last_reported(part.done, day) for part in parts)) for day in days.values()]


def _last_reported(reports: Sequence[Report], day: date) -> float:
    return next((value for at, value in reversed(reports) if at <= day), 0.0)


def _planned_total(parts: Sequence[WorkPart], day: date) -> float:
    return sum(planned_quantity(part.plan, day) for part in parts)


def _combined_curve_rows(at: Row, parts: Sequence[WorkPart]) -> list[Row]:
    done = dict(_combined_reports(parts))
    first, last = min(part.plan[0][0] for part in parts), max(part.plan[-1][0] for part in parts)
    ends = {day.date() for day in pd.date_range(first, last, freq="ME")}
    days = sorted({first, last} | ends | set(done))
    return [at | {"day": pd.Timestamp(d), "plan_total": _planned_total(parts, d), "done": done.get(d)} for d in days]


def river_works_curve(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return plan and done of all works together at the end of each month and at the last report in it."""
    found = [point for at, parts in _parts_by_unit(rows) for point in _combined_curve_rows(at, parts)]
    curve = rows_as_table(found, f"{KEYS} day plan_total done")
    return curve.astype({"plan_total": float, "done": float, "quantity": float})


def _judged_day(part: WorkPart, newest: date, as_of: date) -> date:
    """Return the day on which a part is held against its plan: that of its last report.

    For what is done that is the last report of any work, for what never reported the day itself, as in works_progress.
    """
    if first_full_report(part.done, part.whole):
        return newest
    return part.done[-1][0] if part.done else as_of


def _planned_when_judged(parts: Sequence[WorkPart], newest: date, as_of: date) -> float:
    return sum(planned_quantity(part.plan, _judged_day(part, newest, as_of)) for part in parts)


Found = Finished | Forecast | TooFew


def _latest_day(days: Sequence[date | None]) -> date | None:
    """Return the latest of some days, or None where one of them is not known."""
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


def combined_forecast(members: Sequence[Found]) -> Found:
    """Return the forecast of works together: all are finished when the last of them is.

    A day, the earliest and the latest are those of the last member, and the pace is that of the members under way
    together. One that cannot be finished leaves no day for the whole, nor does one with too few reports; the pace of
    the sum would say that what one is ahead the others have done.
    """
    going = [found for found in members if isinstance(found, Forecast)]
    few = [found for found in members if isinstance(found, TooFew)]
    stuck = any(found.on is None for found in going)
    if few and not stuck:
        return min(few, key=lambda found: found.n)
    if not going:
        return Finished(max(found.on for found in members if isinstance(found, Finished)))
    pace, reports = sum(found.pace for found in going), min(found.reports for found in going)
    if stuck:
        return Forecast(pace, None, None, None, reports)
    on, early, late = (_latest_day([getattr(found, name) for found in going]) for name in ("on", "early", "late"))
    return Forecast(pace, on, early, late, reports)


def _member_forecasts(parts: Sequence[WorkPart], as_of: date) -> list[Found]:
    return [forecast(part.done, part.whole, as_of) for part in parts]


def _combined_outlook(at: Row, parts: Sequence[WorkPart], as_of: date) -> Row:
    """Return the forecast of works together, and how many of them keep it from having a day."""
    members = _member_forecasts(parts, as_of)
    few = sum(isinstance(found, TooFew) for found in members)
    stuck = sum(isinstance(found, Forecast) and found.on is None for found in members)
    return forecast_outlook(combined_forecast(members), at["end_on"].date()) | {"too_few": few, "stuck": stuck}


def _combined_progress_row(at: Row, parts: Sequence[WorkPart], newest: date, as_of: date) -> Row:
    reports, due, whole = _combined_reports(parts), _planned_when_judged(parts, newest, as_of), at["quantity"]
    done = reports[-1][1] if reports else None
    rate = 100 * done / whole if done is not None and whole else float("nan")
    silent = sum(not part.done and part.plan[0][0] <= as_of for part in parts)
    planned_rate = 100 * due / whole if whole else float("nan")
    known = {"done": done, "planned": due, "rate": rate, "planned_rate": planned_rate, "gap": rate - planned_rate}
    # money is no work: when a budget will be spent says nothing of the finish
    ahead = {} if at["quantity_unit"] == MONEY else _combined_outlook(at, parts, as_of)
    return at | known | {"unreported": silent, "reports": len(reports)} | ahead


def river_works_forecast(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return how far all works together are, and when the last will be done at its pace; of money only how far."""
    known, last = as_of or date.max, rows.loc[rows["done"].notna(), "day"].max()
    newest = known if pd.isna(last) else last.date()
    found = [_combined_progress_row(at, parts, newest, known) for at, parts in _parts_by_unit(rows)]
    columns = (
        "done rate planned planned_rate gap unreported outlook too_few stuck pace finish_on early_on late_on days_late "
        "finished_on reports reports_needed"
    )
    made = rows_as_table(found, f"{KEYS} {columns}")
    for day in ("finish_on", "early_on", "late_on", "finished_on"):
        made[day] = pd.to_datetime(made[day])
    return made
