"""涉水问题 worked out again: settled, late, and how long it takes."""

from __future__ import annotations

import math
from fractions import Fraction

import pandas as pd

from tests.recomputed import Ledgers, recomputes

STEPS = ("发现", "交办", "退回", "处置", "复核", "重办", "销号")  # in this order where several have one time
ONE_DAY = pd.Timedelta(days=1)
MONTHS, FEWEST = 12, 5  # chosen by the house: the months looked at, and fewer settled tell nothing


def issues_on(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Return the issues found by the end of a day with the last step of each, and what it went through."""
    steps = ledgers["issue_event"][ledgers["issue_event"]["happened_at"] < day + ONE_DAY]
    steps = steps.assign(order=steps["step"].map(STEPS.index)).sort_values(["happened_at", "order"])
    issues = ledgers["issue"][ledgers["issue"]["found_at"] < day + ONE_DAY].set_index("issue_id")
    issues["step"] = steps.groupby("issue_id")["step"].last().reindex(issues.index).fillna("发现")
    issues["reached_at"] = steps.groupby("issue_id")["happened_at"].last().reindex(issues.index)
    for name, step in (("times_returned", "退回"), ("times_redone", "重办")):
        counts = steps[steps["step"] == step].groupby("issue_id").size()
        issues[name] = counts.reindex(issues.index, fill_value=0)
    issues["is_closed"] = issues["step"] == "销号"
    issues["is_due"] = issues["due_on"] < day
    issues["river"] = issues["river_id"].map(ledgers["river"].set_index("river_id")["name"])
    return issues.reset_index()


def both(issues: pd.DataFrame) -> pd.DataFrame:
    """Return issues twice: each for its river, and for all rivers together."""
    together = issues.assign(river=None, is_total=True)
    return pd.concat([together, issues.assign(is_total=False)]).astype({"river": object})


@recomputes("issue_closure", "month", "is_total", "river")
def issue_closure(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Count the issues found in each month, and what became of them by the day."""
    issues = issues_on(ledgers, day)
    on_time = issues["is_closed"] & (issues["reached_at"].dt.normalize() <= issues["due_on"])
    issues = issues.assign(
        month=issues["found_at"].dt.to_period("M").dt.to_timestamp(), found=1, closed=issues["is_closed"],
        open=~issues["is_closed"], overdue=~issues["is_closed"] & issues["is_due"], due=issues["is_due"],
        on_time=issues["is_due"] & on_time, returned=issues["times_returned"] > 0, redone=issues["times_redone"] > 0,
    )  # fmt: skip
    columns = ["found", "closed", "open", "overdue", "due", "on_time", "returned", "redone"]
    found = both(issues).groupby(["month", "is_total", "river"], dropna=False)[columns].sum().reset_index()
    rate, on_time_rate = found["closed"] / found["found"], found["on_time"] / found["due"].where(found["due"] > 0)
    is_this_year = found["month"].dt.year == day.year
    return found.assign(rate=100 * rate, on_time_rate=100 * on_time_rate, is_this_year=is_this_year)


@recomputes("overdue_issues", "issue_id")
def overdue_issues(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """List the issues that are open on a day."""
    issues = issues_on(ledgers, day)
    issues = issues[~issues["is_closed"]]
    return pd.DataFrame({
        **{name: issues[name] for name in ("issue_id", "river_id", "step", "times_returned", "times_redone")},
        "found_on": issues["found_at"].dt.normalize(), "due_on": issues["due_on"], "is_overdue": issues["is_due"],
        "days_overdue": (day - issues["due_on"]).dt.days.where(issues["is_due"]),
        "days_open": (day - issues["found_at"].dt.normalize()).dt.days,
    })  # fmt: skip


def done_within(minutes: pd.Series, is_closed: pd.Series, part: Fraction) -> float | None:
    """Return the days in which a part is settled, by the product limit, upwards to a tenth; None if it was not yet."""
    open_share = Fraction(1)
    for end in sorted(minutes[is_closed].unique()):
        ended, at_risk = int((minutes[is_closed] == end).sum()), int((minutes >= end).sum())
        open_share *= Fraction(at_risk - ended, at_risk)
        if open_share <= 1 - part:
            return math.ceil(Fraction(int(end), 144)) / 10
    return None


@recomputes("issue_time", "is_total", "river")
def issue_time(ledgers: Ledgers, day: pd.Timestamp) -> pd.DataFrame:
    """Work out the Kaplan–Meier times of the issues found in the year up to a day."""
    issues = issues_on(ledgers, day)
    issues = issues[issues["found_at"] >= day + ONE_DAY - pd.DateOffset(months=MONTHS)]
    end = issues["reached_at"].where(issues["is_closed"], day + ONE_DAY)
    spans = (end - issues["found_at"]).clip(lower=pd.Timedelta(0))
    issues = issues.assign(minutes=spans // pd.Timedelta(minutes=1))
    rows = []
    for (is_total, river), group in both(issues).groupby(["is_total", "river"], dropna=False):
        closed = int(group["is_closed"].sum())
        half, most = (
            done_within(group["minutes"], group["is_closed"], part) if closed >= FEWEST else None
            for part in (Fraction(1, 2), Fraction(9, 10))
        )
        rows.append((is_total, river, len(group), closed, len(group) - closed, half, most))
    columns = ["is_total", "river", "found", "closed", "open", "median_days", "most_days"]
    return pd.DataFrame(rows, columns=columns)
