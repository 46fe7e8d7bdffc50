"""METRICS: the one list of figures, and `compute`, which works one out as of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd
from duckdb import DuckDBPyConnection as Connection

from analytics import queries
from analytics.metrics import demolition, investment, overview, water
from analytics.metrics.model import Metric
from data.datasets import DATASETS
from data.errors import NotADate, UnknownFilter, UnknownMetric
from data.fields import STREAMS
from data.ingest import batch_log
from data.text import Text


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of a metric and the day as of which they hold, None where there are no data at all.

    `newest` is the newest date up to that day in the ledgers that the metric is worked out of.
    """

    metric: Metric
    as_of: date | None
    newest: date | None
    rows: pd.DataFrame

    @property
    def formula(self) -> Text:
        """The formula of the metric with the thresholds of the day."""
        return self.metric.formula_on(self.as_of)


METRICS: dict[str, Metric] = {
    m.name: m for m in (*water.METRICS, *investment.METRICS, *demolition.METRICS, *overview.METRICS)
}


def get_metric(name: str) -> Metric:
    """Return the metric of that name; raises UnknownMetric."""
    if name not in METRICS:
        raise UnknownMetric(name=name, known=", ".join(METRICS))
    return METRICS[name]


def metric_stream(metric: Metric) -> Text:
    """Return the line of work that a metric belongs to."""
    return STREAMS.get(metric.query.split(".")[0], Text("总览", "Overview"))


def source_ledgers(name: str) -> tuple[str, ...]:
    """Return the ledgers that a metric is worked out of; raises UnknownMetric."""
    chosen = get_metric(name)
    of_parts = (ledger for part in chosen.depends_on for ledger in source_ledgers(part))
    return tuple(dict.fromkeys((*chosen.sources, *queries.source_ledgers(chosen.query), *of_parts)))


def newest_date(con: Connection, sources: tuple[str, ...]) -> date | None:
    """Return the newest date in some ledgers, or None if they are empty."""
    return batch_log.newest_ledger_date(con, sources)


def parse_date(written: str) -> date:
    """Return the day that was written as 2014-06-30; raises NotADate."""
    try:
        return datetime.strptime(written.strip(), "%Y-%m-%d").date()
    except ValueError as error:
        raise NotADate(value=written) from error


def _filtered_rows(rows: pd.DataFrame, metric: Metric, filters: dict[str, str]) -> pd.DataFrame:
    for column, wanted in filters.items():
        if column not in rows:
            raise UnknownFilter(metric=metric.name, name=column, known=", ".join(rows.columns))
        rows = rows[rows[column].astype(str) == wanted]
    return rows.reset_index(drop=True)


def compute_metric(con: Connection, name: str, as_of: date | None = None, /, **filters: str) -> Result:
    """Work a metric out as of a day; filters keep rows whose column says so.

    The day is by default the newest in the metric's ledgers, or in any where those are empty.

    Raises UnknownMetric, UnknownFilter.
    """
    chosen = get_metric(name)
    as_of = as_of or newest_date(con, chosen.sources) or newest_date(con, tuple(DATASETS))
    rows = queries.run_query(con, chosen.query, as_of=as_of)
    rows = _filtered_rows(
        rows, chosen, {column: wanted for column, wanted in filters.items() if column in chosen.partition_by}
    )
    ask = [lambda part: compute_metric(con, part, as_of)] if chosen.depends_on else []
    rows = chosen.transform(rows, as_of, *ask) if chosen.transform else rows
    return Result(
        chosen, as_of, batch_log.newest_ledger_date(con, chosen.sources, as_of), _filtered_rows(rows, chosen, filters)
    )
