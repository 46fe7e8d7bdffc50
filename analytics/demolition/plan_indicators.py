"""谋, the first of the four steps: readiness before signing, legal clocks and homes, in the rows of its indicators."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from analytics.indicators import Counts, Indicator, indicator_counts, indicator_table
from analytics.metrics.model import ComputeDependency, DependencyResult
from data.legal_words import LEGAL_STATES
from data.result_rows import total_rows
from data.standards.thresholds import thresholds
from data.text import Text

MISSING_DATE = LEGAL_STATES[2].value
INDICATORS = (
    Indicator(
        *("M1", 1, "方案要素齐备率", "%", "share"),
        Text("签约前齐备 {numerator} / {denominator} 项", "{numerator} of {denominator} items ready before signing"),
        *("preparation_readiness", False),
    ),
    Indicator(
        *("M2", 1, "法定节点合规率", "%", "share"),
        Text("合规 {numerator} / 到期 {denominator} 个节点", "{numerator} of {denominator} steps that were due"),
        *("legal_clocks", False),
    ),
    Indicator(
        *("M2", 2, "法定节点违规数", "件", "sum"),
        Text("违规和逾期未办；到期 {denominator} 个节点", "broken or overdue of {denominator} steps due"),
        *("legal_clocks", False),
    ),
    Indicator(
        *("M3", 1, "房源备足率", "%", "share"),
        Text(
            "剩余 {numerator} 套 / 还没落实房源的 {denominator} 户",
            "{numerator} free, {denominator} households without one",
        ),
        *("housing_supply", False),
    ),
)


def plan_indicators(rows: pd.DataFrame, as_of: date | None, compute_dependency: ComputeDependency) -> pd.DataFrame:
    """Return the indicators of 谋; `rows` are those of preparation_readiness."""
    counted = [
        *_preparation_counts(rows, compute_dependency("preparation_readiness")),
        *_legal_counts(compute_dependency("legal_clocks")),
        *_housing_counts(compute_dependency("housing_supply")),
    ]
    return indicator_table(INDICATORS, counted, as_of, int(thresholds(as_of)["step_cases"]), "step")


def _preparation_counts(rows: pd.DataFrame, found: DependencyResult) -> Iterator[Counts]:
    """Yield the items that were ready, of the projects of which any is on record; the others are not known."""
    known = rows[rows["ready"].notna()]
    if len(known):
        unknown = len(rows) - len(known)
        counts = (int(known["ready"].sum()), int(known["needed"].sum()))
        yield indicator_counts("M1", 1, *counts, missing=unknown, newest=found.newest)


def _legal_counts(found: DependencyResult) -> Iterator[Counts]:
    cases = found.rows
    if len(cases):
        due, broken = int(cases["is_due"].sum()), int(cases["is_violation"].sum())
        more = {"missing": int((cases["state"] == MISSING_DATE).sum()), "newest": found.newest}
        yield indicator_counts("M2", 1, due - broken, due, **more)
        yield indicator_counts("M2", 2, broken, due, **more)


def _housing_counts(found: DependencyResult) -> Iterator[Counts]:
    for row in total_rows(found.rows).to_dict("records"):
        more = {"missing": int(row["sources_unknown"]), "newest": found.newest}
        yield indicator_counts("M3", 1, row["free"], row["looking"], **more)
