"""What the forecasts of past projects would have been, beside what came: each from all the other past projects."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from analytics.demolition.forecast_rows import Project, projects_of
from analytics.demolition.signing_forecast import SigningCurve, forecast_signing
from analytics.rows import Row, rows_as_table
from data.standards.thresholds import thresholds

COLUMNS = (
    "project is_total window_share forecast_on known low median high final households is_inside error forecasts "
    "inside coverage mean_error past_projects past_needed project_id"
)


def window_shares(as_of: date | None) -> list[int]:
    """Return at which shares of the window forecasts are tried, in percent: every step below all of it."""
    step = int(thresholds(as_of)["backtest_step"])
    return list(range(step, 100, step))


def _tried_row(project: Project, others: list[SigningCurve], share: int) -> Row | None:
    """Return one forecast and what came, or None where nothing was left to forecast."""
    curve = project.curve
    day = round(curve.window * share / 100)
    known = round(curve.signed_by(day))
    if day >= curve.window or known >= curve.households:
        return None
    low, median, high = forecast_signing(others, curve, day).at_deadline()
    final = round(curve.signed_by(curve.window))
    return {
        **{name: project.row[name] for name in ("project", "project_id", "households")},
        **{"is_total": False, "window_share": share, "known": known, "low": low, "median": median, "high": high},
        **{"forecast_on": project.row["sign_start"] + timedelta(days=day), "final": final},
        **{"is_inside": low <= final <= high, "error": 100 * (median - final) / curve.households},
        "past_projects": len(others),
    }


def _total_row(tried: list[Row], share: int | None, past: int, rules: dict[str, float]) -> Row:
    """Return how many forecasts held what came, and their mean error; no shares of too few."""
    inside = sum(row["is_inside"] for row in tried)
    enough = len(tried) >= max(1, rules["step_cases"])
    return {
        **{"is_total": True, "window_share": share, "forecasts": len(tried), "inside": inside, "past_projects": past},
        **{"coverage": 100 * inside / len(tried) if enough else None},
        **{"mean_error": sum(abs(row["error"]) for row in tried) / len(tried) if enough else None},
    }


def forecast_backtest(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the total, that of each share of the window, and every forecast that was tried, by project."""
    rules = thresholds(as_of)
    past = [project for project in projects_of(rows) if project.is_past and project.curve.households > 0]
    if not past:
        return rows_as_table([], COLUMNS)
    tried = []
    if len(past) > rules["past_projects_needed"]:
        for project in past:
            others = [other.curve for other in past if other is not project]
            tried += [_tried_row(project, others, share) for share in window_shares(as_of)]
    found = [row for row in tried if row]
    by_share = [(share, [row for row in found if row["window_share"] == share]) for share in window_shares(as_of)]
    totals = [_total_row(some, share, len(past), rules) for share, some in [(None, found), *by_share]]
    table = rows_as_table([*totals, *found], COLUMNS).assign(past_needed=int(rules["past_projects_needed"]) + 1)
    counts = ("window_share", "known", "low", "median", "high", "final", "households", "forecasts", "inside")
    types = dict.fromkeys(counts, "Int64") | dict.fromkeys(("error", "coverage", "mean_error"), float)
    return table.astype(types | {"is_inside": "boolean", "forecast_on": "datetime64[us]"})
