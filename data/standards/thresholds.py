"""Rules in files: the version that was in force on a day."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache

from data.standards import FOLDER

Row = dict[str, str]


@cache
def _rule_rows(name: str) -> tuple[Row, ...]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return tuple(sorted(csv.DictReader(file), key=lambda row: row["effective_from"]))


def _version_on(rows: list[Row], as_of: date | None) -> str:
    """Return the newest effective day up to a day; before the first version there was, that first one."""
    days = [row["effective_from"] for row in rows]
    return max((day for day in days if as_of is None or day <= as_of.isoformat()), default=days[0])


@cache
def rows_in_force(name: str, as_of: date | None = None) -> tuple[Row, ...]:
    """Return the rows of a rule file that hold on a day, by default the newest, in the order of the file.

    Columns `rule` and `effective_from` (ISO date) tell the versions of a rule apart; the values are text.
    """
    rules: dict[str, list[Row]] = {}
    for row in _rule_rows(name):
        rules.setdefault(row["rule"], []).append(row)
    versions = {rule: _version_on(rows, as_of) for rule, rows in rules.items()}
    return tuple(row for row in _rule_rows(name) if row["effective_from"] == versions[row["rule"]])


@cache
def thresholds(as_of: date | None = None) -> dict[str, float]:
    """Return the numbers of `water_rule.csv` that hold on a day, by rule; units stand in the file."""
    return {row["rule"]: float(row["value"]) for row in rows_in_force("water_rule.csv", as_of)}


@cache
def preset_rule(name: str, as_of: date | None = None) -> tuple[Row, tuple[Row, ...]]:
    """Return the preset that `preset.csv` chooses on a day: its row in `<name>_rule.csv`, and its quotas."""
    chosen = next(row["preset"] for row in rows_in_force("preset.csv", as_of) if row["rule"] == name)
    rule = next(row for row in rows_in_force(f"{name}_rule.csv", as_of) if row["rule"] == chosen)
    return rule, tuple(row for row in rows_in_force(f"{name}_quota.csv", as_of) if row["rule"] == chosen)
