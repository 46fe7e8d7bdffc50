"""How many of the projects that came to a stage went on to the next one."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.investment.pipeline_outcomes import UNPLACED
from analytics.rows import Row, rows_as_table, sentence_columns
from data.datasets.investment.stage_event import STAGE_ORDER
from data.standards.thresholds import thresholds
from data.text import Text

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


def _conversion_row(counts: Row, needed: int) -> Row:
    """Return the counts of a stage with the share that went on; of the last stage nothing but how many came so far."""
    row = {name: counts[name] for name in ("track", "stage", "is_total", "reached")}
    if not counts["has_next"]:
        return row | sentence_columns(LAST_STAGE.fill(reached=counts["reached"]))
    known, moved_on = int(counts["known"]), int(counts["moved_on"])
    is_told = counts["stage"] == STAGE_ORDER[0] or counts["unplaced"] < needed
    enough = known >= needed and is_told
    phrase = CONVERTED if enough else TOO_FEW if is_told else UNPLACED
    filled = {name: int(counts[name]) for name in ("reached", "known", "moved_on", "unplaced")}
    said = phrase.fill(**filled, needed=needed)
    rate = 100 * moved_on / known if enough else None
    return row | {"known": known, "moved_on": moved_on, "rate": rate} | sentence_columns(said)


def stage_conversion(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the share of the projects with a known outcome that went on, for each row of counts; too few have none."""
    needed = int(thresholds(as_of)["stage_cases"])
    return rows_as_table([_conversion_row(counts, needed) for counts in rows.to_dict("records")], COLUMNS)
