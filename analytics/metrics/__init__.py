"""METRICS and LISTINGS: all that the modules of this package declare, found by their folders."""

from __future__ import annotations

from datetime import date

from duckdb import DuckDBPyConnection as Connection

from analytics.metrics.discovery import declared, declaring_modules
from analytics.metrics.model import Definition, Listing, Metric, Result, in_order
from data.errors import HouseholdsWithheld, NotADate, UnknownMetric
from data.ingest import batch_log
from data.ingest.values.days import parse_iso_day
from data.roles import Role
from data.text import Text
from data.words import STREAMS

OVERVIEW = Text("总览", "Overview")


_MODULES = declaring_modules((*STREAMS, "overview"))
METRICS: dict[str, Metric] = declared(Metric, _MODULES)
LISTINGS: dict[str, Listing] = declared(Listing, _MODULES)
declared(Definition, _MODULES)  # no listing bears the name of a metric


def get_metric(name: str) -> Metric:
    """Return the metric of that name; raises UnknownMetric."""
    if name not in METRICS:
        raise UnknownMetric(name=name, known=", ".join(METRICS))
    return METRICS[name]


def metric_stream(metric: Metric) -> Text:
    """Return the line of work that a metric belongs to."""
    return STREAMS.get(metric.query.split(".")[0], OVERVIEW)


def newest_date(con: Connection, *definitions: Definition) -> date | None:
    """Return the newest date in the ledgers of several metrics or listings, or None where they have none."""
    return batch_log.newest_ledger_date(con, in_order(ledger for each in definitions for ledger in each.ledgers))


def parse_date(written: str) -> date:
    """Return the day that was written as 2014-06-30; raises NotADate."""
    day = parse_iso_day(written.strip())
    if day is None:
        raise NotADate(value=written)
    return day


def compute_metric(
    con: Connection, name: str, as_of: date | None = None, role: Role = "clerk", /, **filters: str
) -> Result[Metric]:
    """Work the metric of that name out as of a day, as a role may see it.

    Raises UnknownMetric, UnknownFilter, HouseholdsWithheld.
    """
    metric = get_metric(name)
    if metric.is_by_household and role == "viewer":
        raise HouseholdsWithheld(name=metric.label)
    return metric.compute(con, as_of, role, **filters)


__all__ = [
    "LISTINGS",
    "METRICS",
    "Listing",
    "Metric",
    "Result",
    "compute_metric",
    "get_metric",
    "metric_stream",
    "newest_date",
    "parse_date",
]
