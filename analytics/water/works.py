"""The works of the metrics of works: plan and reports as one curve, the forecast of the finish."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.water.figures import Row, groups, table
from analytics.water.forecast import Finished, Forecast, Report, forecast, planned
from analytics.water.samples import TooFew

WORK = ("work", "river", "kind", "quantity", "quantity_unit", "end_on", "work_id")


def _series(group: pd.DataFrame, column: str) -> list[Report]:
    """Return the (day, value) pairs of a column, in order, the greatest value of each day."""
    known = group[group[column].notna()].groupby("day")[column].max()
    return [(day.date(), float(value)) for day, value in known.items()]


def _curve(at: Row, group: pd.DataFrame) -> list[Row]:
    plan, done = _series(group, "planned"), dict(_series(group, "done"))
    days = sorted({day for day, _ in plan} | set(done))
    return [at | {"day": pd.Timestamp(d), "planned": planned(plan, d), "done": done.get(d)} for d in days]


def work_curve(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return plan and reports of each work on every date of either; `done` is missing where nothing was reported."""
    found = [point for at, group in groups(rows, *WORK) for point in _curve(at, group)]
    curve = table(found, "work river kind day planned done quantity quantity_unit end_on work_id")
    return curve.astype({"planned": float, "done": float, "quantity": float})


def _outlook(found: Finished | Forecast | TooFew, end_on: date) -> Row:
    if isinstance(found, TooFew):
        return {"outlook": "样本不足", "reports": found.n, "reports_needed": found.needed}
    if isinstance(found, Finished):
        return {"outlook": "已完成", "finished_on": found.on, "days_late": (found.on - end_on).days}
    days = {"pace": found.pace, "early_on": found.early, "late_on": found.late, "reports": found.reports}
    if found.on is None:
        return {"outlook": "以目前进度无法完成"} | days
    late = (found.on - end_on).days
    return {"outlook": "预计逾期" if late > 0 else "预计按期", "finish_on": found.on, "days_late": late} | days


def _forecast(at: Row, group: pd.DataFrame, as_of: date) -> Row:
    reports = _series(group, "done")
    known = {"done": reports[-1][1] if reports else None, "reports": len(reports)}
    return at | known | _outlook(forecast(reports, at["quantity"], as_of), at["end_on"].date())


def work_forecast(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return when each work will be finished, latest against its deadline first."""
    found = [_forecast(at, group, as_of) for at, group in groups(rows, *WORK)] if as_of else []
    columns = (
        "work river kind outlook done quantity quantity_unit pace finish_on early_on late_on end_on days_late "
        "finished_on reports reports_needed work_id"
    )
    made = table(found, columns)
    for day in ("finish_on", "early_on", "late_on", "finished_on"):
        made[day] = pd.to_datetime(made[day])
    hopeless = made["outlook"].eq("以目前进度无法完成")
    rank = made["days_late"].astype(float).where(~hopeless, float("inf")).where(made["outlook"].ne("已完成"))
    return made.assign(rank=rank).sort_values(["rank", "work"], ascending=[False, True]).drop(columns="rank")
