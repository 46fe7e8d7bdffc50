"""What has changed in the figures of the targets since a day: what the days brought, and what batches corrected.

A figure has two times: the day as of which it holds, and the last batch that was known when it was told. From the
figure told then to that of now, the figure of the same day worked out anew is the step between: what lies before it is
corrections, batch by batch, and what lies after it has happened since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pandas as pd
from duckdb import DuckDBPyConnection as Connection

from analytics import queries
from analytics.metrics import METRICS
from analytics.metrics.model import DependencyResult, Metric, shared_result
from analytics.row_changes import identifying_columns, touching_batches
from analytics.rows import Row, rows_as_table
from analytics.targets import STREET
from data.datasets.targets import SCOPE_COLUMNS, TARGET_LEDGERS, TARGETS, TargetMetric
from data.ingest.time_travel import ledgers_after_batch
from data.result_rows import TOTAL, part_rows, rows_of_target

TARGET_PROGRESS = METRICS["target_progress"]
AMOUNT_PART = "overview.amount_part"
PARTS = {"": "actual", "_done": "done", "_total": "total"}  # of a figure: itself, and both counts of a share
ID = ["target_id", "period_start"]
NO_PARTS = (TOTAL, "month")  # columns that tell rows apart and are no part of the whole
CAUSES = "target_id part code name moved moved_total"
CORRECTIONS = "target_id period_start batch before after corrected corrected_done corrected_total"
STEP_DECIMALS = 6  # chosen: what binary fractions leave of a sum is no change
NO_FIGURE: Row = dict.fromkeys(PARTS.values(), float("nan"))
Figures = dict[Any, Row]
ComputeMetric = Callable[[Connection, Metric, date], DependencyResult]


def target_changes(
    con: Connection, since: date, as_of: date, since_batch: int | None = None, compute: ComputeMetric = shared_result
) -> pd.DataFrame:
    """Return each target of a day with its figure of an earlier one and what lies between, by `target_id`.

    `then` is the figure of `since` as the ledgers stood after `since_batch`, `restated` the same worked out anew, `now`
    that of `as_of`; `corrected` leads from the first to the second, `moved` from the second to the third, and `change`
    is both. Each has its counts beside it (`then_done`, `then_total`). What was not known is missing, as is what
    belongs to another period of the target. Raises UnknownBatch.
    """
    now, restated = target_figures(con, as_of, compute), target_figures(con, since, compute)
    then = restated if since_batch is None else figures_after_batch(con, since, since_batch, compute)
    found = now.reset_index()[[*ID, "metric", "stream"]]
    for name, figures in (("then", then), ("restated", restated), ("now", now)):
        known = figures.reindex(pd.MultiIndex.from_frame(now.reset_index()[ID]))
        found = found.assign(**{f"{name}{part}": known[column].to_numpy(float) for part, column in PARTS.items()})
    return with_steps(found)


def with_steps(found: pd.DataFrame) -> pd.DataFrame:
    """Return what lies between the figures of then, those of then worked out anew and those of now."""
    return found.assign(**dict(_batch_steps(found)))


def _batch_steps(found: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    """Yield what lies between the figures, and between their counts."""
    steps = {"corrected": ("then", "restated"), "moved": ("restated", "now"), "change": ("then", "now")}
    for part in PARTS:
        for step, (before, after) in steps.items():
            yield f"{step}{part}", (found[f"{after}{part}"] - found[f"{before}{part}"]).round(STEP_DECIMALS)


def target_corrections(
    con: Connection, since: date, since_batch: int, compute: ComputeMetric = shared_result
) -> pd.DataFrame:
    """Return what each later batch corrected in the figure of a day of each target, in the order of the batches.

    A part is the figure after the batch less the last one known before it, so that the parts of a target add up to what
    was `corrected` in all; of a batch that left no figure it is missing. A target of which nothing was corrected is
    left out. Raises UnknownBatch.
    """
    then, restated = figures_after_batch(con, since, since_batch, compute), target_figures(con, since, compute)
    seen, wanted = then.to_dict("index"), _differing_targets(then, restated)
    known, rows = dict(seen), list[Row]()
    ledgers = {*TARGET_LEDGERS, *(ledger for key in wanted for ledger in ledgers_of_target(key[0]))}
    for batch in touching_batches(con, ledgers, since_batch):
        figures = figures_after_batch(con, since, batch, compute)
        after = figures[figures.index.isin(wanted)].to_dict("index")
        rows += [row for key in wanted for row in _correction(key, batch, (known, seen, after))]
        seen, known = after, known | {key: figure for key, figure in after.items() if pd.notna(figure["actual"])}
    return rows_as_table(rows, CORRECTIONS)


def _differing_targets(then: pd.DataFrame, restated: pd.DataFrame) -> list[Any]:
    """Return the targets that read otherwise today than they did then, in their figure or a count."""
    keys, columns = then.index.union(restated.index), list(PARTS.values())
    former, now = then.reindex(keys)[columns], restated.reindex(keys)[columns]
    return list(keys[((former != now) & ~(former.isna() & now.isna())).any(axis=1)])


def ledgers_of_target(target_id: str) -> tuple[str, ...]:
    """Return the ledgers that the figure of a target is worked out of; none of a target that nobody knows."""
    metric = target_id.partition(":")[0]
    if metric in METRICS:
        return METRICS[metric].ledgers
    return TARGETS[metric].ledgers if metric in TARGETS else ()


def _correction(key: Any, batch: int, figures: tuple[Figures, Figures, Figures]) -> Iterator[Row]:
    """Yield what a batch did to a target; `figures` are the last known ones, those before it and those after it."""
    known, before, after = (each.get(key, NO_FIGURE) for each in figures)
    steps = {f"corrected{part}": round(after[column] - known[column], STEP_DECIMALS) for part, column in PARTS.items()}
    was, had, has = (pd.notna(figure["actual"]) for figure in (known, before, after))
    if (had and not has) or (has and not was) or any(step for step in steps.values() if pd.notna(step)):
        places = {"target_id": key[0], "period_start": key[1], "batch": batch}
        yield places | {"before": known["actual"], "after": after["actual"], **steps}


def figures_after_batch(con: Connection, day: date, batch: int, compute: ComputeMetric = shared_result) -> pd.DataFrame:
    """Return the figures of a day out of the ledgers as they stood after a batch; raises UnknownBatch."""
    with ledgers_after_batch(con, batch):
        return target_figures(con, day, compute)


def target_causes(con: Connection, since: date, as_of: date, compute: ComputeMetric = shared_result) -> pd.DataFrame:
    """Return the rows that moved the targets between two days: how much more or less of each is done, and in all.

    The most first; a row that is not there on a day counts nothing on it. `part` is the column of its `code`: of a
    share what tells the rows of its metric apart, of an amount the project or the village that it is summed over.
    """
    targets = _target_rows(con, as_of)
    found = [cause for row in targets for cause in _causes_of_target(con, row, (since, as_of), compute)]
    causes = rows_as_table([*found, *_causes_of_amounts(con, since, as_of)], CAUSES)
    size = causes[["moved", "moved_total"]].astype(float).abs().max(axis=1)
    order = causes.assign(size=size).sort_values("size", ascending=False, kind="stable")
    return order.drop(columns="size").reset_index(drop=True)


def _causes_of_amounts(con: Connection, *days: date) -> list[Row]:
    """Return the projects and villages of which another amount counts on the later day."""
    names = ["target_id", "part", "code", "name"]
    then, now = (queries.run_query(con, AMOUNT_PART, day).set_index(names)["done"].astype(float) for day in days)
    moved = now.sub(then, fill_value=0).round(STEP_DECIMALS)
    rows: list[Row] = moved[moved != 0].rename("moved").reset_index().to_dict("records")
    return rows


def _target_rows(con: Connection, day: date) -> list[Row]:
    """Return the targets of a day that are shares."""
    rows = queries.run_query(con, TARGET_PROGRESS.query, day).drop_duplicates("target_id")
    return [row for row in rows.to_dict("records") if TARGETS[row["metric"]].total]


def _causes_of_target(con: Connection, row: Row, days: tuple[date, date], compute: ComputeMetric) -> Iterator[Row]:
    """Yield the parts of one target of which another number is done on the later day, or counts in all."""
    target, metric = TARGETS[row["metric"]], METRICS[row["metric"]]
    sides = [_parts_of_target(row, target, compute(con, metric, day).rows) for day in days]
    part, *others = [name for name in identifying_columns(metric, sides) if name not in NO_PARTS] or [""]
    if not part:
        return
    sides = [_rows_by_part(side, part, others) for side in sides]
    names = {key: name for side in sides for key, name in zip(side[part], _part_names(side, part), strict=True)}
    then, now = (side.groupby(part)[[target.done, target.total]].sum().astype(float) for side in sides)
    moved = now.sub(then, fill_value=0).round(STEP_DECIMALS)
    for key, (done, total) in moved[(moved != 0).any(axis=1)].iterrows():
        known = {"target_id": row["target_id"], "part": part, "code": key, "name": names[key]}
        yield known | {"moved": float(done), "moved_total": float(total)}


def _parts_of_target(row: Row, target: TargetMetric, rows: pd.DataFrame) -> pd.DataFrame:
    rows = part_rows(rows)
    if row["scope_kind"] != STREET:
        rows = rows[rows[SCOPE_COLUMNS[row["scope_kind"]]] == row["scope"]]
    return rows_of_target(rows, target)


def _rows_by_part(rows: pd.DataFrame, part: str, others: list[str]) -> pd.DataFrame:
    """Return the rows that add up by one column: where a part has a row of its own over all the others, these alone."""
    own = rows[rows[part].notna()]
    summed = own[own[others].isna().all(axis=1)]
    return summed if TOTAL in rows and len(summed) else own


def _part_names(rows: pd.DataFrame, part: str) -> pd.Series:
    """Return the names that belong to codes, those of chiefs their posts, which several have; the codes without any."""
    if part == "chief_id":
        return rows["post"] + " " + rows[part]
    named = part.removesuffix("_id")
    return rows[named] if named in rows else rows[part]


def target_figures(con: Connection, day: date, compute: ComputeMetric = shared_result) -> pd.DataFrame:
    """Return the figure of each target as of a day, with its counts, by target and period."""
    parts = {part.name: part for part in TARGET_PROGRESS.depends_on}
    rows = queries.run_query(con, TARGET_PROGRESS.query, day)
    found = TARGET_PROGRESS.transformed_rows(rows, day, lambda name, on=None: compute(con, parts[name], on or day))
    found = found.assign(period_start=pd.to_datetime(found["period_start"]))
    return found.set_index(ID).astype(dict.fromkeys(PARTS.values(), float))
