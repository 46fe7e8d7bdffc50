"""What recomputations do to a ledger again and again: rows up to a day, the names that codes stand for, rates."""

from __future__ import annotations

import pandas as pd

from tests.recomputed import Ledgers


def rows_by(rows: pd.DataFrame, column: str, day: pd.Timestamp, *, undated: bool = False) -> pd.DataFrame:
    """Return the rows that a date or time puts on the day or before it, on request also those without one."""
    is_by = rows[column] < day + pd.Timedelta(days=1)
    return rows[is_by | rows[column].isna()] if undated else rows[is_by]


def with_name(ledgers: Ledgers, rows: pd.DataFrame, ledger: str) -> pd.DataFrame:
    """Return the rows with the names of a ledger whose codes they have: `village` beside `village_id`."""
    names = ledgers[ledger].set_index(f"{ledger}_id")["name"]
    return rows.assign(**{ledger: rows[f"{ledger}_id"].map(names)})


def percent(part: pd.Series[float], whole: pd.Series[float]) -> pd.Series[float]:
    """Return part ÷ whole in percent, nothing where the whole is 0 or missing."""
    return 100 * part / whole.where(whole > 0)


def days_from(earlier: pd.Series[pd.Timestamp], day: pd.Timestamp) -> pd.Series[float]:
    """Return the days from each date to the day; nothing where there is no date."""
    return (day - earlier).dt.days.astype(float)


def sums(rows: pd.DataFrame, by: str | list[str], columns: list[str]) -> pd.DataFrame:
    """Return the sums of columns by group; a sum of nothing is missing. Groups may have no name."""
    return rows.groupby(by, dropna=False)[columns].sum(min_count=1)
