"""How much investment is signed a day: the four levers of the pipeline, and what they come to."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.investment.pipeline_outcomes import OPEN, decided_projects, with_outcomes
from analytics.kaplan_meier import survival_curve
from analytics.rows import Row, rows_as_table, sentence_columns
from data.standards.thresholds import thresholds
from data.text import Text, join_texts

HALF = 0.5  # the median
COLUMNS = "open unpriced median_investment known signed win_rate timed median_days velocity sentence sentence_en"
NONE_OPEN = Text("没有在谈项目", "no project is open")
TOO_FEW_KNOWN = Text(
    "样本不足：已有结果的 {known} 个，至少要 {needed} 个",
    "too few: {known} with a known outcome, at least {needed} are needed",
)
TOO_FEW_TIMED = Text(
    "样本不足：知道签约用时的 {timed} 个，至少要 {needed} 个",
    "too few: the time until signing is known of {timed}, at least {needed} are needed",
)
HALF_UNSIGNED = Text("签约的不到半数，用时无法估计", "fewer than half were signed, so no time can be told")
ALL_KNOWN = Text(
    "{known} 个已有结果，{signed} 个签约；{timed} 个知道签约用时",
    "{known} with a known outcome, {signed} signed; the time until signing is known of {timed}",
)


def pipeline_velocity(rows: pd.DataFrame, as_of: date | None) -> pd.DataFrame:
    """Return the four levers and what they come to in 万元 a day, nothing for what too few projects stand behind."""
    if rows.empty:
        return rows_as_table([], COLUMNS)
    needed, projects = int(thresholds(as_of)["stage_cases"]), with_outcomes(rows)
    levers = _levers(projects[projects["outcome"] == OPEN], decided_projects(projects), needed)
    levers |= _signing_time(projects.dropna(subset="days"), needed)
    return rows_as_table(
        [levers | {"velocity": _velocity(levers)} | sentence_columns(_lever_sentence(levers, needed))], COLUMNS
    )


def _levers(opened: pd.DataFrame, decided: pd.DataFrame, needed: int) -> Row:
    known, signed = len(decided), int(decided["is_signed"].sum())
    priced = opened["investment"].dropna()
    return {
        "open": len(opened),
        "unpriced": len(opened) - len(priced),
        "median_investment": float(priced.median()) if len(priced) else None,
        "known": known,
        "signed": signed,
        "win_rate": 100 * signed / known if known >= needed else None,
    }


def _signing_time(timed: pd.DataFrame, needed: int) -> Row:
    """Return how many signings have a known time, and the median days from the first stage to the signing."""
    is_signed = timed["is_signed"].astype(bool).tolist()
    days = survival_curve(timed["days"].tolist(), is_signed).done_within(HALF) if sum(is_signed) >= needed else None
    return {"timed": sum(is_signed), "median_days": days}


def _velocity(levers: Row) -> float | None:
    median, rate, days = (levers[name] for name in ("median_investment", "win_rate", "median_days"))
    if median is None or rate is None or not days:
        return None
    return float((levers["open"] - levers["unpriced"]) * median * rate / 100 / days)


def _lever_sentence(levers: Row, needed: int) -> Text:
    """Say which levers are not known and why, or what stands behind them."""
    counts = {name: levers[name] for name in ("known", "signed", "timed")} | {"needed": needed}
    lacking = (
        (NONE_OPEN, not levers["open"]),
        (TOO_FEW_KNOWN, levers["known"] < needed),
        (TOO_FEW_TIMED, levers["timed"] < needed),
        (HALF_UNSIGNED, levers["timed"] >= needed and levers["median_days"] is None),
    )
    said = [phrase.fill(**counts) for phrase, is_so in lacking if is_so]
    return join_texts(said, Text("；", "; ")) if said else ALL_KNOWN.fill(**counts)
