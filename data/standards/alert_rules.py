"""Which alerts are raised on a day, and from which limit on: the rows of `alert_rule.csv` that are switched on."""

from __future__ import annotations

from datetime import date

from data.standards.thresholds import rows_in_force

STALE = "数据停更"  # of the server's clock, so no alert of a day of the data


def alert_limits(as_of: date | None) -> dict[str, float]:
    """Return the limit of each alert that is raised on a day; one without a row or switched off is not."""
    rows = rows_in_force("alert_rule.csv", as_of)
    return {row["alert"]: float(row["value"]) for row in rows if row["alert"] and row["is_on"] == "1"}
