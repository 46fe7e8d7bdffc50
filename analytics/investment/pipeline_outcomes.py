"""What became of the projects in the pipeline: open, signed, suspended or ended."""

from __future__ import annotations

import pandas as pd

from data.datasets.investment.stage_event import EXITS
from data.text import Text

SUSPENDED, ENDED = EXITS
OPEN, SIGNED = "在谈", "已签约"
UNPLACED = Text(
    "样本不足：另有 {unplaced} 个终止的没有阶段记录，不知道走到过哪一步",
    "Too few: of {unplaced} more that ended no stage is on record, so how far they came is not known",
)


def with_outcomes(projects: pd.DataFrame) -> pd.DataFrame:
    """Return projects with their outcome: ended, signed, suspended before it, or else open."""
    outcome = pd.Series(OPEN, index=projects.index, dtype=object)
    outcome[projects["stage"] == SUSPENDED] = SUSPENDED
    outcome[projects["is_signed"].astype(bool)] = SIGNED
    outcome[projects["stage"] == ENDED] = ENDED
    return projects.assign(outcome=outcome)


def decided_projects(projects: pd.DataFrame) -> pd.DataFrame:
    """Return the projects with a known outcome: those that signed, whatever came later, and those that ended before."""
    return projects[projects["is_signed"].astype(bool) | (projects["outcome"] == ENDED)]
