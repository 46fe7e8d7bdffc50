"""How many of the projects that came to a stage went on to the next one."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from analytics.kaplan_meier import survival_curve
from analytics.rows import Row, grouped_rows, rows_as_table, sentence_columns
from data.standards.thresholds import thresholds
from data.text import Text

AGED_PART = 0.9  # the P90 of the definition: what has waited longer than nine tenths took is taken to stay
COLUMNS = "track stage is_total reached known moved_on rate sentence sentence_en"
CONVERTED = Text(
    "到过 {reached} 个，已有结果的 {known} 个中 {moved_on} 个进入下一阶段",
    "{reached} came so far; of the {known} with a known outcome {moved_on} went on",
)
TOO_FEW = Text(
    "样本不足：到过 {reached} 个，已有结果的 {known} 个，至少要 {needed} 个",
    "Too few: {reached} came so far, {known} of them with a known outcome, at least {needed} are needed",
)
LAST_STAGE = Text("最后一个阶段，到过 {reached} 个", "The last stage; {reached} came so far")


def _aged_limit(days: pd.Series, needed: int) -> float:
    """Return the days within which nine tenths of the projects took a step, NaN where fewer than `needed` took it."""
    took = days.dropna()
    if len(took) < needed:
        return np.nan
    return survival_curve(took.tolist(), [True] * len(took)).done_within(AGED_PART) or 0.0


def _with_outcomes(rows: pd.DataFrame, needed: int) -> pd.DataFrame:
    """Return the rows with whether each project came so far, went on, and has an outcome that is known."""
    steps = rows.groupby(["stage", "next_stage"])["days_to_next"]
    limits = {step: _aged_limit(days, needed) for step, days in steps}
    limit = pd.Series(list(zip(rows["stage"], rows["next_stage"], strict=True)), index=rows.index).map(limits)
    reached, moved_on = rows["is_reached"].astype(bool), rows["has_moved_on"].astype(bool)
    is_over = rows["is_ended"].astype(bool) | (rows["days_since"] > limit.astype(float))
    return rows.assign(reached=reached, moved_on=moved_on, known=moved_on | (reached & is_over))


def _conversion_row(track: str | None, stage: str, group: pd.DataFrame, needed: int) -> Row:
    reached, known, moved_on = (int(group[name].sum()) for name in ("reached", "known", "moved_on"))
    row = {"track": track, "stage": stage, "is_total": track is None, "reached": reached}
    if group["next_stage"].isna().all():
        return row | sentence_columns(LAST_STAGE.fill(reached=reached))
    enough = known >= needed
    said = (CONVERTED if enough else TOO_FEW).fill(reached=reached, known=known, moved_on=moved_on, needed=needed)
    rate = 100 * moved_on / known if enough else None
    return row | {"known": known, "moved_on": moved_on, "rate": rate} | sentence_columns(said)


def stage_conversion(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return for each stage, of all tracks and of each, how many projects came so far and how many went on.

    A row of `rows` is a project in a stage of its own track, in the order of the stages.
    """
    needed = int(thresholds(as_of)["stage_cases"])
    steps = _with_outcomes(rows, needed)
    whole = [(None, at["stage"], group) for at, group in grouped_rows(steps.sort_values("ordinal"), "stage")]
    parts = [(at["track"], at["stage"], group) for at, group in grouped_rows(steps, "track", "stage")]
    return rows_as_table([_conversion_row(*each, needed) for each in [*whole, *parts]], COLUMNS)
