"""How the open pipeline of the start of a period became that of the day: the parts add up."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.investment.pipeline_outcomes import ENDED, OPEN, SIGNED, SUSPENDED
from analytics.rows import Row, rows_as_table

NOT_YET = "未入库"  # of the query: before its first stage
COLUMNS = "step projects investment unpriced changed_projects period_from is_of_target"


def pipeline_flow(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the steps from the open projects at the start to those on the day; a row of `rows` is a project.

    What leaves counts below 0, so that all steps but the last add up to the last, in projects and in money. Projects
    come in with what they were worth then and leave with what they are worth on the day; what changed is a step.
    """
    if rows.empty:
        return rows_as_table([], COLUMNS)
    period = {"period_from": rows["period_from"].iloc[0], "is_of_target": bool(rows["is_of_target"].iloc[0])}
    return rows_as_table([step | period for step in _flow_steps(rows)], COLUMNS)


def _flow_steps(rows: pd.DataFrame) -> list[Row]:
    stood, stands = rows["stood"], rows["stands"]
    was_open, is_new = stood == OPEN, stood == NOT_YET
    came_back = stood.isin([SUSPENDED, ENDED]) & stands.isin([OPEN, SIGNED]) & ~rows["was_signed"].astype(bool)
    pipeline = rows[was_open | is_new | came_back]
    change = pipeline["investment"] - pipeline["investment_before"]
    before, after = "investment_before", "investment"
    return [
        _step_row("期初在谈", rows[was_open], before),
        _step_row("新增", rows[is_new], before),
        _step_row("恢复", rows[came_back], before),
        _change_row("调增", change[change > 0]),
        _change_row("调减", change[change < 0]),
        *(
            _step_row(word, pipeline[pipeline["stands"] == way], after, -1)
            for word, way in (("正式签约", SIGNED), (ENDED, ENDED), (SUSPENDED, SUSPENDED))
        ),
        _step_row("期末在谈", pipeline[pipeline["stands"] == OPEN], after),
    ]


def _step_row(step: str, projects: pd.DataFrame, money: str, sign: int = 1) -> Row:
    return {
        "step": step,
        "projects": sign * len(projects),
        "investment": sign * float(projects[money].sum()),
        "unpriced": sign * int(projects[money].isna().sum()),
        "changed_projects": None,
    }


def _change_row(step: str, change: pd.Series) -> Row:
    """Return by how much amounts changed, and of how many projects; the number of projects stays."""
    return {
        "step": step,
        "projects": 0,
        "investment": float(change.sum()),
        "unpriced": 0,
        "changed_projects": len(change),
    }
