"""Limits and rules in files: the versions that hold on a day.

Every file has the columns `rule`, `standard` and `effective_from` (ISO date). The rows of a rule that took effect on
one day are a version of it, which holds until the next one; before its first version a rule holds as that.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
NUMBER_FILES = (
    "water_rule.csv",
    "investment_rule.csv",
    "land_rule.csv",
    "working_time.csv",
    "firm_care.csv",
    "demolition_rule.csv",
    "clearance_rule.csv",
    "petition_clock.csv",
    "plausibility.csv",
    "reporting_rule.csv",
    "alert_rule.csv",
)
Row = dict[str, str]


@cache
def every_version(name: str) -> tuple[Row, ...]:
    """Return the rows of a file in all their versions, the oldest first; the values are text."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        dated = [_dated_row(row, f"data/standards/{name}:{rows.line_num}") for row in rows]
    return tuple(sorted(dated, key=lambda row: row["effective_from"]))


def _dated_row(row: Row, place: str) -> Row:
    """Return a row whose cells stand under their headings and whose day is one; raises ValueError with its place."""
    if None in row or None in row.values():
        raise ValueError(f"{place}: the row has not one cell for each heading")
    try:
        date.fromisoformat(row["effective_from"])
    except ValueError as error:
        raise ValueError(f"{place}: effective_from is “{row['effective_from']}”, no day such as 2014-06-30") from error
    return row


def _version_on(rows: list[Row], as_of: date | None) -> str:
    """Return the newest effective day up to a day; before the first version there was, that first one."""
    days = [row["effective_from"] for row in rows]
    return max((day for day in days if as_of is None or day <= as_of.isoformat()), default=days[0])


@cache
def rows_in_force(name: str, as_of: date | None, rule: str | None = None) -> tuple[Row, ...]:
    """Return the rows of a file, or of one rule in it, that hold on a day; the newest where there is no day.

    There is no day only where there are no data either, so that no figure depends on it.
    """
    if rule is not None:
        return tuple(row for row in rows_in_force(name, as_of) if row["rule"] == rule)
    rules: dict[str, list[Row]] = {}
    for row in every_version(name):
        rules.setdefault(row["rule"], []).append(row)
    versions = {rule: _version_on(rows, as_of) for rule, rows in rules.items()}
    return tuple(row for row in every_version(name) if row["effective_from"] == versions[row["rule"]])


@cache
def thresholds(as_of: date | None) -> dict[str, float]:
    """Return the numbers that hold on a day, by rule; their units stand in the files."""
    return {row["rule"]: float(row["value"]) for name in NUMBER_FILES for row in rows_in_force(name, as_of)}


@cache
def preset_rule(name: str, as_of: date | None) -> tuple[Row, tuple[Row, ...]]:
    """Return the preset that `preset.csv` chooses on a day: its row in `<name>_rule.csv`, and its quotas."""
    [preset] = rows_in_force("preset.csv", as_of, name)
    [rule] = rows_in_force(f"{name}_rule.csv", as_of, preset["preset"])
    return rule, rows_in_force(f"{name}_quota.csv", as_of, preset["preset"])
