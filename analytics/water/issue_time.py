"""How long it takes until issues are settled, when some are still open."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd

from analytics.kaplan_meier import survival_curve
from analytics.rows import Row, grouped_rows, rows_as_table, sentence_columns
from data.standards.thresholds import thresholds
from data.text import Text

HALF, NINE_TENTHS = 0.5, 0.9  # chosen: the median and what a leader would call nearly all
SETTLED = Text(
    "半数在 {half} 天内销号，九成{most}（{found} 件，其中 {open} 件未销号）",
    "Half are settled within {half} days, nine tenths {most} ({found} issues, {open} of them open)",
)
WITHIN = Text("在 {days} 天内", "within {days} days")
NOT_YET = Text("还没有", "not yet")
HALF_OPEN = Text(
    "还没有半数销号，用时无法估计（{found} 件，其中 {open} 件未销号）",
    "Fewer than half are settled, so no time can be told ({found} issues, {open} of them open)",
)
TOO_FEW = Text(
    "样本不足：已销号 {closed} 件，至少要 {needed} 件", "Too few: {closed} settled, at least {needed} are needed"
)


def _settling_sentence(found: int, closed: int, half: float | None, most: float | None, needed: int) -> Text:
    if closed < needed:
        return TOO_FEW.fill(closed=closed, needed=needed)
    counts = {"found": found, "open": found - closed}
    if half is None:
        return HALF_OPEN.fill(**counts)
    within = NOT_YET if most is None else WITHIN.fill(days=f"{most:.1f}")
    return SETTLED.fill(half=f"{half:.1f}", most=within, **counts)


def _round_up_days(days: float | None) -> float | None:
    """Return days with one decimal, rounded up: within so many days it was indeed done."""
    return None if days is None else math.ceil(days * 10 - 1e-6) / 10


def _issue_time_row(river: str | None, group: pd.DataFrame, needed: int) -> Row:
    found, closed = len(group), int(group["is_closed"].sum())
    enough = closed >= needed
    curve = survival_curve(group["days"], group["is_closed"])
    half, most = (_round_up_days(curve.done_within(part)) if enough else None for part in (HALF, NINE_TENTHS))
    counts = {"river": river, "is_total": river is None, "found": found, "closed": closed, "open": found - closed}
    phrase = sentence_columns(_settling_sentence(found, closed, half, most, needed))
    return counts | {"median_days": half, "most_days": most} | phrase


def issue_time(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the days in which half and nine tenths of the issues are settled, of all rivers and of each."""
    needed = int(thresholds(as_of)["ranked_cases"])
    each: list[tuple[str | None, pd.DataFrame]] = [(None, rows)] if len(rows) else []
    each += [(str(at["river"]), group) for at, group in grouped_rows(rows, "river")]
    columns = "river is_total found closed open median_days most_days sentence sentence_en"
    return rows_as_table([_issue_time_row(river, group, needed) for river, group in each], columns)
