"""What has changed in the rows of any metric: between two days, and by the batches that came in between."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

import pandas as pd
from duckdb import DuckDBPyConnection as Connection

from analytics.metrics.model import Metric
from data.datasets import DATASETS
from data.ingest.time_travel import ledgers_after_batch
from data.roles import Role

NUMBERS, DESCRIBING = ("integer", "number"), ("month", "flag", "text", "date", "timestamp")
OF_CALENDAR = ("days_left", "countdown", "planned_rate", "elapsed_rate")  # what each day changes by itself
RATE, GAP = "rate", "gap"
PLACE = "place"  # of several rows that nothing tells apart: the first, the second …
FIGURES = ["then", "restated", "now"]


def row_changes(
    con: Connection,
    metric: Metric,
    since: date,
    as_of: date,
    since_batch: int | None = None,
    role: Role = "clerk",
    **filters: str,
) -> pd.DataFrame:
    """Return each number and state of a metric's rows that has changed since a day, and what the days and batches did.

    Columns: those that tell the rows apart, `column`, then `then` (of `since`, after `since_batch`), `restated` (the
    same worked out anew), `now`, and of numbers `corrected` (from then to restated), `moved` (from restated to now),
    `change`. A row that is there on one side only has no figure on the other; what only the calendar moved, a plan to
    date, the days left, or the gap of a rate that stood still, is no change. Raises UnknownBatch, UnknownFilter.
    """
    restated, now = (metric.compute(con, day, role, **filters).rows for day in (since, as_of))
    then = restated if since_batch is None else rows_after(con, metric, since, since_batch, role, **filters)
    found = figures_side_by_side(metric, dict(zip(FIGURES, (then, restated, now), strict=True)))
    steps = {"corrected": ("restated", "then"), "moved": ("now", "restated"), "change": ("now", "then")}
    numbers = found[FIGURES].where(found["column"].isin(_columns_of_kinds(metric, NUMBERS))).astype(float)
    found = found.assign(**{name: numbers[after] - numbers[before] for name, (after, before) in steps.items()})
    is_corrected = _has_changed(found, "then", "restated")
    is_moved = _has_changed(found, "restated", "now")
    return found[is_corrected | (is_moved & ~_is_of_calendar(found, is_moved))].reset_index(drop=True)


def _is_of_calendar(found: pd.DataFrame, is_moved: pd.Series) -> pd.Series:
    """Tell which figures the days move by themselves: plans to date, days left, and the gap of a rate that stood still.

    A gap without its rate beside it may be moved by anything.
    """
    keys = [found[name] for name in found.loc[:, :"column"].columns[:-1]] or [pd.Series(0, found.index)]
    is_rate = found["column"] == RATE
    has_rate, has_moved = (each.groupby(keys).transform("any") for each in (is_rate, is_rate & is_moved))
    return found["column"].isin(OF_CALENDAR) | ((found["column"] == GAP) & has_rate & ~has_moved)


def row_corrections(
    con: Connection, metric: Metric, since: date, since_batch: int, role: Role = "clerk", **filters: str
) -> pd.DataFrame:
    """Return what each later batch changed in the rows of a metric as of a day: `batch`, the row, `before`, `after`.

    Raises UnknownBatch, UnknownFilter.
    """
    before, found = rows_after(con, metric, since, since_batch, role, **filters), []
    for batch in touching_batches(con, metric.ledgers, since_batch):
        after = rows_after(con, metric, since, batch, role, **filters)
        sides = figures_side_by_side(metric, {"before": before, "after": after})
        found.append(sides[_has_changed(sides, "before", "after")].assign(batch=batch))
        before = after
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame()


def rows_after(con: Connection, metric: Metric, day: date, batch: int, role: Role, **filters: str) -> pd.DataFrame:
    """Return the rows of a metric as of a day, out of the ledgers as they stood after a batch; raises UnknownBatch."""
    with ledgers_after_batch(con, batch):
        return metric.compute(con, day, role, **filters).rows


def touching_batches(con: Connection, ledgers: Collection[str], since_batch: int) -> list[int]:
    """Return the later batches in force that changed one of some ledgers, their parents and former values too."""
    found = con.execute(
        "SELECT batch_id, dataset FROM batch WHERE batch_id > ? AND undone_at IS NULL "
        "AND inserted + updated + deleted > 0 ORDER BY batch_id",
        [since_batch],
    ).fetchall()
    return [batch for batch, name in found if written_ledgers(name).intersection(ledgers)]


def written_ledgers(name: str) -> set[str]:
    """Return the ledgers that a batch of one may write: itself, its former values, the parents that it registers."""
    dataset = DATASETS[name]
    return {name, dataset.history_ledger, *(column.references for column in dataset.columns)}


def figures_side_by_side(metric: Metric, sides: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return numbers and states of a metric's rows on several sides: one row and column each, a side in each column."""
    keys = identifying_columns(metric, list(sides.values()))
    states = [column.name for column in metric.columns if column.choices or column.kind == "flag"]
    names = [name for name in (*_columns_of_kinds(metric, NUMBERS), *states) if name not in keys]
    parts = [_long_form(rows, keys, names).rename(columns={"value": name}) for name, rows in sides.items()]
    found = parts[0]
    for part in parts[1:]:
        found = found.merge(part, on=[*keys, PLACE, "column"], how="outer", sort=False)
    return found.drop(columns=PLACE)


def _columns_of_kinds(metric: Metric, kinds: Collection[str]) -> list[str]:
    return [column.name for column in metric.columns if column.kind in kinds]


def _long_form(rows: pd.DataFrame, keys: list[str], names: list[str]) -> pd.DataFrame:
    """Return numbers and states of rows below each other; rows of one key are told apart by their place."""
    texts = {key: rows[key].astype(object).where(rows[key].notna(), None).map(_key_text) for key in keys}
    known = pd.DataFrame(texts, index=rows.index)
    place = known.groupby(keys, dropna=False).cumcount() if keys else pd.Series(range(len(rows)), index=rows.index)
    values = {name: rows[name].astype(object).where(rows[name].notna(), None) for name in names if name in rows}
    known = known.assign(**{PLACE: place}, **values)
    return known.melt([*keys, PLACE], var_name="column", value_name="value")


def _key_text(value: object) -> str:
    return "" if value is None else f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)


def identifying_columns(metric: Metric, sides: Sequence[pd.DataFrame]) -> list[str]:
    """Return the columns that tell the rows of all states apart: codes first, then words and days, few as will do."""
    kinds = {column.name: column.kind for column in metric.columns}
    names = [name for name in sides[0] if name.endswith("_id") or kinds.get(name) in DESCRIBING]
    names.sort(key=lambda name: -1 if name.endswith("_id") else DESCRIBING.index(kinds[name]))
    chosen = [name for name in names[:1] if name.endswith("_id")]  # a code tells a row apart also where it stands alone
    for name in names:
        if any(_distinct_rows(rows, [*chosen, name]) > _distinct_rows(rows, chosen) for rows in sides):
            chosen.append(name)
    return chosen


def _distinct_rows(rows: pd.DataFrame, names: list[str]) -> int:
    return len(rows[names].drop_duplicates()) if names else min(1, len(rows))


def _has_changed(found: pd.DataFrame, before: str, after: str) -> pd.Series:
    return (found[before] != found[after]) & (found[before].notna() | found[after].notna())
