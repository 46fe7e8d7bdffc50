"""What the projects not yet signed are worth, by how often such projects were signed before."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.investment.pipeline_outcomes import (
    ENDED,
    OPEN,
    SIGNED,
    SUSPENDED,
    UNPLACED,
    decided_projects,
    with_outcomes,
)
from analytics.rows import Row, rows_as_table, sentence_columns
from data.datasets.investment.stage_event import STAGE_ORDER
from data.standards.thresholds import thresholds
from data.text import Text

UNSIGNED = STAGE_ORDER[: STAGE_ORDER.index("正式签约")]
COLUMNS = (
    "outcome stage is_total projects investment unpriced known signed probability weighted unweighted sentence "
    "sentence_en"
)
SHARE_SIGNED = Text(
    "到过此阶段、已有结果的 {known} 个中 {signed} 个签约",
    "{signed} of {known} that came so far and have a known outcome were signed",
)
TOO_FEW = Text(
    "样本不足：到过此阶段、已有结果的 {known} 个，至少要 {needed} 个",
    "Too few: {known} came so far and have a known outcome, at least {needed} are needed",
)


def _stage_row(stage: str, projects: pd.DataFrame, needed: int) -> Row:
    """Return the open projects of a stage, weighted where enough have come so far and have an outcome."""
    here = projects[(projects["outcome"] == OPEN) & (projects["stage"] == stage)]
    known, signed, unplaced = _history(stage, projects)
    is_told = unplaced < needed
    share = signed / known if known >= needed and is_told else None
    investment = float(here["investment"].sum())
    phrase = SHARE_SIGNED if share is not None else TOO_FEW if is_told else UNPLACED
    said = phrase.fill(known=known, signed=signed, needed=needed, unplaced=unplaced)
    return {
        "outcome": OPEN,
        "stage": stage,
        "is_total": False,
        "projects": len(here),
        "investment": investment,
        "unpriced": int(here["investment"].isna().sum()),
        "known": known,
        "signed": signed,
        "probability": None if share is None else 100 * share,
        "weighted": None if share is None else investment * share,
        "unweighted": investment if share is None else 0.0,
    } | sentence_columns(said)


def _history(stage: str, projects: pd.DataFrame) -> tuple[int, int, int]:
    """Return of how many that came so far the outcome is known, how many of them signed, and of how many ended ones
    it is not known how far they came; what ended without a stage on record had been a lead."""
    decided = decided_projects(projects)
    is_unplaced = decided["furthest"].isna()
    came = decided["furthest"].isin(STAGE_ORDER[STAGE_ORDER.index(stage) :])
    if stage == STAGE_ORDER[0]:
        came, is_unplaced = came | is_unplaced, is_unplaced & False
    return int(came.sum()), int(decided.loc[came, "is_signed"].sum()), int(is_unplaced.sum())


def _outcome_row(outcome: str, projects: pd.DataFrame, **more: float) -> Row:
    own = projects[projects["outcome"] == outcome]
    return {
        "outcome": outcome,
        "is_total": False,
        "projects": len(own),
        "investment": float(own["investment"].sum()),
        "unpriced": int(own["investment"].isna().sum()),
    } | more


def _open_row(rows: pd.DataFrame) -> Row:
    """Return all open projects: what is weighted, nothing where no project has a probability, and what has none."""
    held = rows[rows["projects"] > 0]
    weighted = (rows if held.empty else held)["weighted"].dropna().astype(float)
    return {
        "outcome": OPEN,
        "is_total": True,
        "projects": int(rows["projects"].sum()),
        "investment": float(rows["investment"].sum()),
        "unpriced": int(rows["unpriced"].sum()),
        "weighted": float(weighted.sum()) if len(weighted) else None,
        "unweighted": float(rows["unweighted"].sum()),
    }


def weighted_pipeline(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the open projects of all stages and of each with their weighted investment, then the others."""
    if rows.empty:
        return rows_as_table([], COLUMNS)
    needed, projects = int(thresholds(as_of)["stage_cases"]), with_outcomes(rows)
    stages = [_stage_row(stage, projects, needed) for stage in UNSIGNED]
    others = (
        _outcome_row(SUSPENDED, projects),
        _outcome_row(SIGNED, projects),
        _outcome_row(ENDED, projects, probability=0.0, weighted=0.0),
    )
    return rows_as_table([_open_row(pd.DataFrame(stages)), *stages, *others], COLUMNS)
