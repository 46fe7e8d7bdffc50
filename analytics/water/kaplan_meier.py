"""How long until it is done, when some are still open: the Kaplan–Meier estimate.

The house leaves `scipy.stats` out because loading it takes a second; a test holds this to its `ecdf`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.water.rows import Row, grouped_rows, rows_as_table
from analytics.water.transforms import sentence_columns
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


@dataclass(frozen=True, slots=True)
class SurvivalCurve:
    """`days` at which something was done, rising, and the `share` still open after each (from 1 down to 0)."""

    days: NDArray[np.float64]
    share: NDArray[np.float64]

    def done_within(self, part: float) -> float | None:
        """Return the days in which a part was done, or None where it has not come to that."""
        reached = self.days[self.share <= 1 - part + 1e-12]
        return float(reached[0]) if len(reached) else None


def survival_curve(days: Sequence[float], is_done: Sequence[bool]) -> SurvivalCurve:
    """Return the share still open over time; what is not done was open for at least its days (Kaplan & Meier 1958)."""
    spans, done = np.asarray(days, float), np.asarray(is_done, bool)
    times = np.unique(spans[done])
    at_risk = np.array([(spans >= t).sum() for t in times], float)
    ended = np.array([(spans[done] == t).sum() for t in times], float)
    return SurvivalCurve(times, np.cumprod(1 - ended / at_risk))


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
