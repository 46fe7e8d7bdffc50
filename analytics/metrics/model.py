"""What a figure is: its name, formula, query, and what is worked out of the query's rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Literal, Protocol

import pandas as pd

from data.standards.thresholds import thresholds
from data.text import Text

Direction = Literal["higher", "lower", "none"]
Transform = Callable[..., pd.DataFrame]


class DependencyResult(Protocol):
    """Another figure as of the same day."""

    @property
    def rows(self) -> pd.DataFrame: ...
    @property
    def newest(self) -> date | None: ...


ComputeDependency = Callable[[str], DependencyResult]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One figure: what it is called, how it is worked out, and from which ledgers (`sources`).

    `transform` makes the metric's rows out of those of its query, as of a day; without it they are the query's own.
    Rows that differ in a column of `partition_by` are worked out apart, so a filter on it may come before the
    transform. `depends_on` are other metrics that the transform may ask for, as its third argument, by their names.
    The blanks of `formula` are filled as of a day with what `formula_values` has by their names, mostly thresholds.
    """

    name: str
    label: Text
    unit: str
    formula: Text
    direction: Direction
    query: str
    sources: tuple[str, ...]
    transform: Transform | None = None
    partition_by: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    formula_values: Callable[[date | None], Mapping[str, object]] = thresholds

    def formula_on(self, as_of: date | None) -> Text:
        """Return the formula with the thresholds of a day."""
        return self.formula.fill(**self.formula_values(as_of))


@dataclass(frozen=True, slots=True)
class LazyTransform:
    """A work whose module is only loaded when it is first done."""

    module: str
    name: str

    def __call__(self, rows: pd.DataFrame, as_of: date | None, *ask: ComputeDependency) -> pd.DataFrame:
        done: Transform = getattr(import_module(self.module), self.name)
        return done(rows, as_of, *ask)
