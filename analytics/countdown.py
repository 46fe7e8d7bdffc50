"""How near a deadline is, in words of its own: they are no lights, which say how far something is."""

from __future__ import annotations

import math
from datetime import date

from data.standards.thresholds import rows_in_force
from data.text import Text, join_list
from data.words import WORDS


def countdown_level(days_left: float | None, as_of: date | None) -> str | None:
    """Return how near a deadline is, by the days left to it; None for one that is further away, or for none at all."""
    if days_left is None or math.isnan(days_left):
        return None
    rows = rows_in_force("countdown_rule.csv", as_of, "countdown")
    return next((row["level"] for row in rows if days_left <= float(row["most_days"])), None)


def countdown_rule_sentence(as_of: date | None) -> Text:
    """Return the rule of the countdown on a day in words, for the page to print."""
    passed, *near = rows_in_force("countdown_rule.csv", as_of, "countdown")
    parts = [
        Text("{level} ≤ {days} 天", "{level} ≤ {days} days").fill(level=WORDS[row["level"]], days=row["most_days"])
        for row in near
    ]
    return Text("倒计时：{passed} 期限已过，{near}", "Countdown: {passed} past the deadline, {near}").fill(
        passed=WORDS[passed["level"]], near=join_list(parts)
    )
