"""Metrics worked out a second time, in plain pandas, out of ledgers as they are exported.

No module here reads SQL, a transform or a threshold of the house: limits are written out, with their source, as a
reader of the formula would write them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pkgutil import iter_modules

import pandas as pd

Ledgers = Mapping[str, pd.DataFrame]
Recompute = Callable[[Ledgers, pd.Timestamp], pd.DataFrame]
RECOMPUTED: dict[str, Recomputation] = {}


@dataclass(frozen=True, slots=True)
class Recomputation:
    """How a metric is worked out again: `by` are the columns that tell its rows apart."""

    by: tuple[str, ...]
    rows: Recompute

    def on(self, ledgers: Ledgers, day: date) -> pd.DataFrame:
        """Return the columns of `by` and those that were worked out, a row for each."""
        return self.rows(ledgers, pd.Timestamp(day))


def recomputes(metric: str, *by: str) -> Callable[[Recompute], Recompute]:
    """Declare that a function works a metric out again; its rows are told apart by the columns `by`."""

    def declare(rows: Recompute) -> Recompute:
        RECOMPUTED[metric] = Recomputation(by, rows)
        return rows

    return declare


def all_recomputations() -> dict[str, Recomputation]:
    """Return the recomputations of all modules here by the names of their metrics."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return RECOMPUTED
