"""The works of the metrics of works: plan and reports as one curve, the forecast of the finish."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.rows import Row, grouped_rows, rows_as_table
from analytics.sample_size import TooFew
from analytics.water.forecast import Finished, Forecast, Report, forecast, planned_quantity

WORK_KEYS = ("work", "river", "kind", "quantity", "quantity_unit", "end_on", "work_id")
OUTLOOKS = ("以目前进度无法完成", "预计逾期", "可能逾期", "预计按期", "样本不足", "已完成")


def daily_maxima(group: pd.DataFrame, column: str) -> list[Report]:
    """Return the (day, value) pairs of a column, in order, the greatest value of each day."""
    known = group[group[column].notna()].groupby("day")[column].max()
    return [(day.date(), float(value)) for day, value in known.items()]


def _curve_rows(at: Row, group: pd.DataFrame) -> list[Row]:
    plan, done = daily_maxima(group, "planned"), dict(daily_maxima(group, "done"))
    days = sorted({day for day, _ in plan} | set(done))
    return [at | {"day": pd.Timestamp(d), "plan_total": planned_quantity(plan, d), "done": done.get(d)} for d in days]


def work_curve(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return plan and reports of each work on every date of either; `done` is missing where nothing was reported."""
    found = [point for at, group in grouped_rows(rows, *WORK_KEYS) for point in _curve_rows(at, group)]
    curve = rows_as_table(found, "work river kind day plan_total done quantity quantity_unit end_on work_id")
    return curve.astype({"plan_total": float, "done": float, "quantity": float})


def _deadline_outlook(found: Forecast, end_on: date) -> str:
    """Return in a word whether the work keeps its deadline: surely late, late if it goes slowly, or in time."""
    if found.on is None:
        return "以目前进度无法完成"
    if found.on > end_on:
        return "预计逾期"
    return "可能逾期" if found.late is None or found.late > end_on else "预计按期"


def forecast_outlook(found: Finished | Forecast | TooFew, end_on: date) -> Row:
    """Return a forecast beside the planned finish, in a word and in days."""
    if isinstance(found, TooFew):
        return {"outlook": "样本不足", "reports_needed": found.needed}
    if isinstance(found, Finished):
        return {"outlook": "已完成", "finished_on": found.on, "days_late": (found.on - end_on).days}
    days = {"finish_on": found.on, "early_on": found.early, "late_on": found.late, "pace": found.pace}
    late = {"days_late": (found.on - end_on).days} if found.on else {}
    return {"outlook": _deadline_outlook(found, end_on)} | days | late


def _forecast_row(at: Row, group: pd.DataFrame, as_of: date | None) -> Row:
    """Return the forecast of one work; where there is no day, there is no report either."""
    reports, end_on = daily_maxima(group, "done"), at["end_on"].date()
    known = {"done": reports[-1][1] if reports else None, "reports": len(reports)}
    return at | known | forecast_outlook(forecast(reports, at["quantity"], as_of or end_on), end_on)


def work_forecast(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return when each work will be finished: what cannot be, then the latest against its deadline first."""
    found = [_forecast_row(at, group, as_of) for at, group in grouped_rows(rows, *WORK_KEYS)]
    columns = (
        "work river kind outlook done quantity quantity_unit pace finish_on early_on late_on end_on days_late "
        "finished_on reports reports_needed work_id"
    )
    made = rows_as_table(found, columns)
    for day in ("finish_on", "early_on", "late_on", "finished_on"):
        made[day] = pd.to_datetime(made[day])
    order = made["outlook"].map(OUTLOOKS.index).astype(int)
    made = made.assign(order=order, days_late=made["days_late"].astype(float))
    return made.sort_values(["order", "days_late", "work"], ascending=[True, False, True]).drop(columns="order")
