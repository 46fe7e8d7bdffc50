"""What ui/ knows of a metric and of its result; METRICS and `compute` are not imported here."""

from __future__ import annotations

from datetime import date
from typing import Protocol

import pandas as pd

from data.text import Text


class MetricInfo(Protocol):
    """What a page says of a metric: its name, how it is worked out, from which ledgers."""

    @property
    def label(self) -> Text: ...
    def formula_on(self, as_of: date | None) -> Text: ...
    @property
    def sources(self) -> tuple[str, ...]: ...


class DatedResult(Protocol):
    """What is worked out of a metric: the metric, the day as of which it holds, how new its data are, its rows."""

    @property
    def metric(self) -> MetricInfo: ...
    @property
    def as_of(self) -> date | None: ...
    @property
    def newest(self) -> date | None: ...
    @property
    def formula(self) -> Text: ...
    @property
    def rows(self) -> pd.DataFrame: ...
