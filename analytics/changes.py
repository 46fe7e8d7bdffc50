"""What has changed in the figures of the targets since a day: what the days brought, and what batches corrected.

A figure has two times: the day as of which it holds, and the last batch that was known when it was told. From the
figure told then to that of now, the figure of the same day worked out anew is the step between: what lies before it is
corrections, batch by batch, and what lies after it has happened since.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from typing import Any

import pandas as pd
from duckdb import DuckDBPyConnection as Connection

from analytics import queries
from analytics.metrics import METRICS
from analytics.metrics.model import DependencyResult, Metric
from analytics.rows import Row, rows_as_table
from data.datasets import DATASETS
from data.ingest import batch_log
from data.ingest.time_travel import ledgers_after_batch

TARGET_PROGRESS = METRICS["target_progress"]
PARTS = {"": "actual", "_done": "done", "_total": "total"}  # of a figure: itself, and both counts of a share
ID = ["target_id", "period_start"]
CORRECTIONS = "target_id batch before after corrected corrected_done corrected_total"
Figures = dict[Any, Row]
ComputeMetric = Callable[[Connection, Metric, date], DependencyResult]


def compute_anew(con: Connection, metric: Metric, as_of: date) -> DependencyResult:
    """Return a metric as of a day, worked out of the ledgers as the cursor sees them."""
    return metric.compute(con, as_of)


def target_changes(
    con: Connection, since: date, as_of: date, since_batch: int | None = None, compute: ComputeMetric = compute_anew
) -> pd.DataFrame:
    """Return each target of a day with its figure of an earlier one and what lies between, by `target_id`.

    `then` is the figure of `since` as the ledgers stood after `since_batch`, `restated` the same worked out anew, `now`
    that of `as_of`; `corrected` leads from the first to the second, `moved` from the second to the third, and `change`
    is both. Each has its counts beside it (`then_done`, `then_total`). What was not known is missing, as is what
    belongs to another period of the target. Raises UnknownBatch.
    """
    now, restated = _target_figures(con, as_of, compute), _target_figures(con, since, compute)
    then = restated if since_batch is None else _figures_after(con, since, since_batch, compute)
    found = now.reset_index()[[*ID, "metric", "stream"]]
    for name, figures in (("then", then), ("restated", restated), ("now", now)):
        known = figures.reindex(pd.MultiIndex.from_frame(now.reset_index()[ID]))
        found = found.assign(**{f"{name}{part}": known[column].to_numpy(float) for part, column in PARTS.items()})
    return found.assign(**dict(_steps(found)))


def _steps(found: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    """Yield what lies between the figures, and between their counts."""
    for part in PARTS:
        yield f"corrected{part}", found[f"restated{part}"] - found[f"then{part}"]
        yield f"moved{part}", found[f"now{part}"] - found[f"restated{part}"]
        yield f"change{part}", found[f"now{part}"] - found[f"then{part}"]


def target_corrections(
    con: Connection, since: date, since_batch: int, compute: ComputeMetric | None = None
) -> pd.DataFrame:
    """Return what each later batch corrected in the figure of a day of each target, in the order of the batches.

    A part is the figure after the batch less the last one known before it, so that the parts of a target add up to what
    was `corrected` in all. Raises UnknownBatch.
    """
    compute = compute or _computed_once()
    known = _figures_after(con, since, since_batch, compute).to_dict("index")
    rows: list[Row] = []
    for batch in _touching_batches(con, since_batch):
        after = _figures_after(con, since, batch, compute).to_dict("index")
        rows += _corrections_of_batch(batch, known, after)
        known |= {key: figure for key, figure in after.items() if pd.notna(figure["actual"])}
    return rows_as_table(rows, CORRECTIONS)


def _corrections_of_batch(batch: int, before: Figures, after: Figures) -> Iterator[Row]:
    """Yield the targets whose figure or counts a batch changed."""
    for key, figure in after.items():
        former = before.get(key, dict.fromkeys(PARTS.values(), float("nan")))
        steps = {f"corrected{part}": figure[column] - former[column] for part, column in PARTS.items()}
        if pd.notna(figure["actual"]) and (pd.isna(former["actual"]) or any(step for step in _known(steps.values()))):
            yield {"target_id": key[0], "batch": batch, "before": former["actual"], "after": figure["actual"], **steps}


def _known(values: Iterable[float]) -> Iterator[float]:
    return (value for value in values if pd.notna(value))


def _figures_after(con: Connection, day: date, batch: int, compute: ComputeMetric) -> pd.DataFrame:
    with ledgers_after_batch(con, batch):
        return _target_figures(con, day, compute)


def _target_figures(con: Connection, day: date, compute: ComputeMetric) -> pd.DataFrame:
    """Return the figure of each target as of a day, with its counts, by target and period."""
    parts = {part.name: part for part in TARGET_PROGRESS.depends_on}
    rows = queries.run_query(con, TARGET_PROGRESS.query, day)
    found = TARGET_PROGRESS.transformed_rows(rows, day, lambda name: compute(con, parts[name], day))
    return _identified(found).set_index(ID).astype(dict.fromkeys(PARTS.values(), float))


def _identified(found: pd.DataFrame) -> pd.DataFrame:
    """Return targets with their id: that of the metric, as a street has one target of it at a time."""
    return found.assign(target_id=found["metric"], period_start=pd.to_datetime(found["period_start"]))


def _touching_batches(con: Connection, since_batch: int) -> list[int]:
    """Return the later batches in force that changed a ledger of the targets, their parents and former values too."""
    found = con.execute(
        "SELECT batch_id, dataset FROM batch WHERE batch_id > ? AND undone_at IS NULL "
        "AND inserted + updated + deleted > 0 ORDER BY batch_id",
        [since_batch],
    ).fetchall()
    read = set(TARGET_PROGRESS.ledgers)
    return [batch for batch, name in found if read.intersection(_written_ledgers(name))]


def _written_ledgers(name: str) -> set[str]:
    """Return the ledgers that a batch of one may write: itself, its former values, the parents that it registers."""
    dataset = DATASETS[name]
    return {name, dataset.history_ledger, *(column.references for column in dataset.columns)}


def _computed_once() -> ComputeMetric:
    """Return what works a metric out once for each state of its ledgers."""
    known: dict[Hashable, DependencyResult] = {}

    def compute(con: Connection, metric: Metric, as_of: date) -> DependencyResult:
        key = (metric.name, as_of, batch_log.ledger_versions(con, metric.ledgers))
        if key not in known:
            known[key] = compute_anew(con, metric, as_of)
        return known[key]

    return compute
