"""What an inspector does in the tests: load ledgers in which nothing is wrong, and ask for figures as of a day."""

from __future__ import annotations

from typing import Any

from analytics import metrics
from analytics.metrics import Result
from data.store import Store
from tests import upload_helpers


def load_without_errors(store: Store, dataset: str, content: str) -> None:
    assert upload_helpers.load_content(store, dataset, content).errors == []


def metric_result(store: Store, name: str, as_of: str | None = None, **filters: str) -> Result:
    with store.read() as con:
        return metrics.compute_metric(con, name, metrics.parse_date(as_of) if as_of else None, **filters)


def metric_rows(store: Store, name: str, as_of: str | None = None, **filters: str) -> list[dict[str, Any]]:
    return metric_result(store, name, as_of, **filters).rows.to_dict("records")
