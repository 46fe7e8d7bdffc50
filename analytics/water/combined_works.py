"""Works taken together: those of one unit by their quantities, all that have a budget and a cost by their money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.water.construction_forecast import WORK_KEYS, daily_maxima, forecast_outlook
from analytics.water.forecast import Report, forecast, planned_quantity
from analytics.water.rows import Row, grouped_rows, rows_as_table

MONEY, AREA, ALL = "万元", "全部河道", "all"
KEYS = "river river_id quantity_unit works quantity end_on"


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
    found: dict[tuple[str, str, str], list[WorkPart]] = {}
    for at, group in grouped_rows(rows, *WORK_KEYS, "river_id", "budget"):
        for unit, part in _work_parts(at, group):
            for place in ((AREA, ALL), (at["river"], at["river_id"])):
                found.setdefault((*place, unit), []).append(part)
    order = sorted(found, key=lambda key: (key[1] != ALL, key[0], key[2] == MONEY, -len(found[key])))
    return [(_unit_key_row(key, found[key]), found[key]) for key in order]


def _unit_key_row(key: tuple[str, str, str], parts: Sequence[WorkPart]) -> Row:
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


def _combined_progress_row(at: Row, parts: Sequence[WorkPart], as_of: date) -> Row:
    reports, due, whole = _combined_reports(parts), _planned_total(parts, as_of), at["quantity"]
    done = reports[-1][1] if reports else None
    rate = 100 * done / whole if done is not None and whole else float("nan")
    silent = sum(not part.done and part.plan[0][0] <= as_of for part in parts)
    planned_rate = 100 * due / whole if whole else float("nan")
    known = {"done": done, "planned": due, "rate": rate, "planned_rate": planned_rate, "gap": rate - planned_rate}
    # money is no work: when a budget will be spent says nothing of the finish
    ahead = (
        {} if at["quantity_unit"] == MONEY else forecast_outlook(forecast(reports, whole, as_of), at["end_on"].date())
    )
    return at | known | {"unreported": silent, "reports": len(reports)} | ahead


def river_works_forecast(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return how far all works together are, and when they will be done at their pace; of money only how far."""
    found = [_combined_progress_row(at, parts, as_of or date.max) for at, parts in _parts_by_unit(rows)]
    columns = (
        "done rate planned planned_rate gap unreported outlook pace finish_on early_on late_on days_late finished_on "
        "reports reports_needed"
    )
    made = rows_as_table(found, f"{KEYS} {columns}")
    for day in ("finish_on", "early_on", "late_on", "finished_on"):
        made[day] = pd.to_datetime(made[day])
    return made
