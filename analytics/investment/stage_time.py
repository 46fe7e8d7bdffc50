"""How long projects stay in a stage, when some are still there."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.kaplan_meier import survival_curve
from analytics.rows import Row, grouped_rows, rows_as_table, sentence_columns
from data.standards.thresholds import thresholds
from data.text import Text

HALF, MOST = 0.5, 0.85  # of the definition: the median and the P85
COLUMNS = (
    "stage spells moved_on still_there left_otherwise median_days p85_days over_p85 longest_days sentence sentence_en"
)
TAKES = Text(
    "半数在 {half} 天内进入下一步，85 % {most}（{spells} 次，其中 {there} 次还在）",
    "Half go on within {half} days, 85 % {most} ({spells} stays, {there} of them not over)",
)
WITHIN, NOT_YET = Text("在 {days} 天内", "within {days} days"), Text("还没有", "not yet")
HALF_THERE = Text(
    "进入下一步的不到半数，用时无法估计（{spells} 次，其中 {there} 次还在）",
    "Fewer than half went on, so no time can be told ({spells} stays, {there} of them not over)",
)
TOO_FEW = Text(
    "样本不足：进入下一步 {moved_on} 次，至少要 {needed} 次",
    "Too few: {moved_on} went on, at least {needed} are needed",
)


def _stay_sentence(row: Row, needed: int) -> Text:
    if row["moved_on"] < needed:
        return TOO_FEW.fill(moved_on=row["moved_on"], needed=needed)
    counts = {"spells": row["spells"], "there": row["still_there"]}
    if row["median_days"] is None:
        return HALF_THERE.fill(**counts)
    most = NOT_YET if row["p85_days"] is None else WITHIN.fill(days=f"{row['p85_days']:.0f}")
    return TAKES.fill(half=f"{row['median_days']:.0f}", most=most, **counts)


def _stage_time_row(stage: str, group: pd.DataFrame, needed: int) -> Row:
    stays = group.dropna(subset="days")
    moved_on, is_there = stays["has_moved_on"].astype(bool), stays["is_there"].astype(bool)
    curve = survival_curve(stays["days"].tolist(), moved_on.tolist())
    enough = int(moved_on.sum()) >= needed
    half, most = (curve.done_within(part) if enough else None for part in (HALF, MOST))
    row = {
        "stage": stage,
        "spells": len(stays),
        "moved_on": int(moved_on.sum()),
        "still_there": int(is_there.sum()),
        "left_otherwise": int((~moved_on & ~is_there).sum()),
        "median_days": half,
        "p85_days": most,
        "over_p85": None if most is None else int((stays["days"][is_there] > most).sum()),
        "longest_days": stays["days"][is_there].max() if is_there.any() else None,
    }
    return row | sentence_columns(_stay_sentence(row, needed))


def time_in_stage(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return for each stage the days in which half and 85 % of the stays in it lead on, by Kaplan–Meier.

    A row of `rows` is a stay, or a stage without any; those that were suspended, ended or went back count as open until
    then.
    """
    needed = int(thresholds(as_of)["stage_cases"])
    return rows_as_table(
        [_stage_time_row(at["stage"], group, needed) for at, group in grouped_rows(rows, "stage")], COLUMNS
    )
