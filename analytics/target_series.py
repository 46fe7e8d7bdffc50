"""What each target had reached week by week, worked out for each metric apart."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

import pandas as pd
from duckdb import DuckDBPyConnection as Connection

from analytics import queries
from analytics.metrics import METRICS
from analytics.metrics.model import shared_result
from analytics.metrics.overview.cockpit import TARGET_PROGRESS
from analytics.shared_work import work_once
from analytics.targets import target_progress
from data.datasets.targets import TARGET_SHARES, TARGETS

SHARES = "overview.share_target"
WEEKS = 12  # points of a series: a quarter
COLUMNS = ("target_id", "metric", "day", "actual", "done", "rate", "period_start")
AMOUNTS = tuple(name for name, target in TARGETS.items() if not target.total)


def series_parts(metrics: Collection[str]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield which of some metrics are worked out together, and of which ledgers: a batch in others leaves them alone.

    Amounts come out of one query; of a share its own metric is asked.
    """
    for target in (each for each in TARGET_SHARES if each.name in metrics):
        own = {*queries.source_ledgers(SHARES), *METRICS[target.name].ledgers}
        yield (target.name,), tuple(name for name in TARGET_PROGRESS.ledgers if name in own)
    if not set(AMOUNTS).isdisjoint(metrics):
        yield AMOUNTS, queries.source_ledgers(TARGET_PROGRESS.query)


def target_series(con: Connection, metrics: tuple[str, ...], as_of: date) -> pd.DataFrame:
    """Return what the targets of some metrics had reached on a day, and on its weekday of the eleven weeks before.

    A row a target and day, the earliest day first; a day on which no target of a metric had begun has none.
    """
    days = [as_of - timedelta(weeks=ago) for ago in reversed(range(WEEKS))]
    return pd.concat([_reached_on(con, metrics, day) for day in days], ignore_index=True)


def _reached_on(con: Connection, metrics: tuple[str, ...], day: date) -> pd.DataFrame:
    """Return target_progress of some metrics on a day, without asking for more than they need."""
    query = TARGET_PROGRESS.query if metrics == AMOUNTS else SHARES
    ledgers = queries.source_ledgers(query)
    rows = work_once(con, (query, day), ledgers, lambda: queries.run_query(con, query, day))
    rows = rows[rows["metric"].isin(metrics)]
    found = target_progress(rows, day, lambda name, on=None: shared_result(con, METRICS[name], on or day))
    return found.assign(day=day).reindex(columns=list(COLUMNS))
