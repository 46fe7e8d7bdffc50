"""What a metric says its figures are worked out of is what they are worked out of, in every row of the samples."""

from __future__ import annotations

import operator
from functools import reduce

import numpy as np
import pandas as pd
import pytest

from analytics.metrics import METRICS, Metric
from data.datasets.targets import TARGET_SHARES
from data.derivations import Derivation
from data.store import Store

OPERATIONS = {"÷": operator.truediv, "−": operator.sub, "+": operator.add}
DERIVED = [metric for metric in METRICS.values() if metric.derived]
# in percent, but no share of two counts of its row: changes, plans, weights, estimates
NO_SHARES = {
    "change_year", "change_month", "length_gap_rate", "removal_rate", "probability", "weight", "weight_total",
    "planned_rate", "planned_rate_now", "elapsed_rate", "past_share", "late_share", "window_share", "error",
    "coverage", "mean_error", "revival_rate", "registered_rate",
}  # fmt: skip


def derived_values(metric: Metric, rows: pd.DataFrame, derivation: Derivation) -> pd.Series:
    """Return the figures of a derivation, made of its parts anew."""
    made = reduce(OPERATIONS[derivation.operation], (rows[part].astype(float) for part in derivation.parts))
    return 100 * made if metric.column(derivation.figure).unit == "percent" else made


@pytest.mark.parametrize("metric", DERIVED, ids=lambda metric: metric.name)
def test_a_figure_is_what_its_parts_come_to(metric: Metric, sample_store: Store) -> None:
    """Quotients, differences and sums of the declared columns give the figure wherever it has a value."""
    with sample_store.read() as con:
        rows = metric.compute(con).rows
    for derivation in metric.derived:
        if derivation.operation in OPERATIONS:
            made, told = derived_values(metric, rows, derivation), rows[derivation.figure].astype(float)
            known = told.notna() & made.notna()
            assert known.any(), derivation
            np.testing.assert_allclose(made[known], told[known], atol=1e-4, err_msg=str(derivation))


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.name)
def test_every_share_of_a_metric_declares_its_two_counts(metric: Metric) -> None:
    shares = {column.name for column in metric.columns if column.unit == "percent"} - NO_SHARES
    shares -= {"rate"} if metric.name == "housing_supply" else set()  # of homes whose number is known only
    assert shares <= {each.figure for each in metric.derived if each.operation == "÷"}


def test_the_two_counts_of_a_target_are_those_of_its_metric() -> None:
    """What the task sheet divides is what the metric divides."""
    for target in TARGET_SHARES:
        assert (target.done, target.total) in {each.parts for each in METRICS[target.name].derived}, target.name
