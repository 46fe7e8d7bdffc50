"""What became of the projects signed in one quarter: money, start, production."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.rows import Row, grouped_rows, rows_as_table

COLUMNS = (
    "cohort is_total projects investment unpriced received funds_rate started start_rate producing production_rate "
    "ended without_receipts"
)


def _rate(part: float | None, whole: float) -> float | None:
    return None if part is None or not whole else 100 * part / whole


def _cohort_row(cohort: pd.Timestamp | None, signed: pd.DataFrame) -> Row:
    """Return the counts and sums of some projects; nothing is known of what was received where none has a receipt.

    What was received counts only where the investment is known, too: the one is a part of the other.
    """
    projects, investment = len(signed), float(signed["investment"].sum())
    known = signed["received"].dropna()
    priced = signed["investment"].notna()
    known_parts = signed.loc[priced, "received"].dropna()
    received = float(known_parts.sum()) if len(known_parts) else None
    started, producing, ended = (int(signed[name].sum()) for name in ("is_started", "is_producing", "is_ended"))
    return {
        "cohort": cohort,
        "is_total": cohort is None,
        "projects": projects,
        "investment": investment,
        "received": received,
        "funds_rate": _rate(received, investment),
        "started": started,
        "start_rate": _rate(started, projects),
        "producing": producing,
        "production_rate": _rate(producing, projects),
        "ended": ended,
        "without_receipts": projects - len(known),
        "unpriced": int((~priced).sum()),
    }


def cohort_rates(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the rates of all signed projects and of those of each quarter, the newest first; a row is a project."""
    whole: list[Row] = [_cohort_row(None, rows)] if len(rows) else []
    parts = [_cohort_row(at["cohort"], group) for at, group in grouped_rows(rows, "cohort")]
    return rows_as_table([*whole, *reversed(parts)], COLUMNS)
