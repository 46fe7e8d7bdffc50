"""The seven verbs: each indicator with its value, both counts and a sentence."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.indicators import indicator_table, query_counts
from analytics.investment.verb_indicators import INDICATORS
from analytics.investment.verb_sources import dependency_counts
from analytics.metrics.model import ComputeDependency
from data.standards.thresholds import thresholds


def seven_verbs(rows: pd.DataFrame, as_of: date | None, compute_dependency: ComputeDependency) -> pd.DataFrame:
    """Return the indicators in the order of the verbs, those of other metrics as these have them on the day."""
    counted = [*query_counts(rows), *dependency_counts(compute_dependency, as_of)]
    return indicator_table(INDICATORS, counted, as_of, int(thresholds(as_of)["verb_cases"]), "verb")
