"""What an inspector does in the tests: load ledgers in which nothing is wrong, and ask for figures as of a day."""

from __future__ import annotations

from analytics import metrics
from analytics.metrics import Result
from data.store import Store
from tests import upload_helpers


def load(store: Store, dataset: str, content: str) -> None:
    assert upload_helpers.load(store, dataset, content).errors == []


def result(store: Store, name: str, as_of: str | None = None, **filters: str) -> Result:
    with store.read() as con:
        return metrics.compute(con, name, metrics.day(as_of) if as_of else None, **filters)


def rows(store: Store, name: str, as_of: str | None = None, **filters: str) -> list[dict[str, object]]:
    return result(store, name, as_of, **filters).rows.to_dict("records")
