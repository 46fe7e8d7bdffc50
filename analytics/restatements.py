"""Figures that were told of a day, held against what the day gives now: whether they still hold, and if not why.

Between what was told and what is worked out now stands what the ledgers give as they stood after the batch of then:
from there on each batch in force has its part. What was told and they do not give is of no batch in force: of one that
was undone since, or of nothing that stands in the ledgers, such as another rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd
from duckdb import DuckDBPyConnection as Connection

from analytics import queries
from analytics.changes import (
    ID,
    NO_FIGURE,
    PARTS,
    ComputeMetric,
    figures_after_batch,
    ledgers_of_target,
    target_corrections,
    target_figures,
    with_steps,
)
from analytics.metrics.model import shared_result
from analytics.row_changes import written_ledgers
from analytics.rows import Row, grouped_rows, rows_as_table
from data.datasets.shared.issued_figure import DECIMALS, RestatementReason
from data.datasets.targets import TARGET_LEDGERS, TARGETS
from data.ingest import batch_log

TOLD = {"actual": "value", "done": "done", "total": "total"}  # of the ledger of issued figures
COLUMNS = (
    "kind day after_batch target_id period_start metric scope_name told told_done told_total then restated "
    "restated_done restated_total holds reason corrections undone asked asked_by"
)
ASKED = ("target", "period_end")  # of the task sheet: told beside a figure, and what its light rests on
LAST_ISSUED, TARGET_BATCH = "overview.last_issued", "overview.target_batch"
PRINTED_DECIMALS = 1  # of a share on paper, as printed_rounding has it
HALF = 0.501  # of the last decimal, and what binary fractions leave
Issue = dict[str, Any]  # kind, day and after_batch of what was told


def no_figures() -> pd.DataFrame:
    """Return the table of what was told where nobody knows of anything."""
    return rows_as_table([], COLUMNS)


def restated_issues(con: Connection, as_of: date, compute: ComputeMetric = shared_result) -> pd.DataFrame:
    """Return the figures of the last briefing of each kind before a day beside those of now, the newest one first.

    `told` as issued, `then` of the ledgers after the batch of then, `restated` of the ledgers as they stand, each with
    its counts; `holds`, and where it does not the `reason`, the `corrections` that later batches made (rows of
    `target_corrections`) and the batches that were `undone`. `asked` is what the task sheet asks otherwise now, a tuple
    each of column, then and now; `asked_by` the batch that wrote the target.
    """
    issued = queries.run_query(con, LAST_ISSUED, as_of)
    found = [row for _, own in grouped_rows(issued, "kind") for row in _figures_of_issue(con, own, compute)]
    return rows_as_table(found, COLUMNS)


def _figures_of_issue(con: Connection, own: pd.DataFrame, compute: ComputeMetric) -> Iterator[Row]:
    first = own.iloc[0]
    issue = {"kind": first["kind"], "day": first["as_of"].date(), "after_batch": int(first["after_batch"])}
    told = {row["target_id"]: _issued_figure(row) for row in own.to_dict("records")}
    undone = batch_log.undone_since(con, own["issued_at"].max(), issue["after_batch"])
    yield from _compared_figures(con, issue, told, undone, compute)


def _issued_figure(row: Row) -> Row:
    """Return an issued figure as those that are worked out; a share without its counts is read off a printed paper."""
    target = TARGETS.get(row["target_id"].partition(":")[0])
    is_printed = target is not None and target.total and pd.isna(row["total"])
    return {name: row[of] for name, of in TOLD.items()} | {"decimals": PRINTED_DECIMALS if is_printed else DECIMALS}


def restated_figures(con: Connection, day: date, batch: int, compute: ComputeMetric = shared_result) -> pd.DataFrame:
    """Return the figures of a day as the ledgers gave them after a batch beside those of now, as `restated_issues` has
    them; nobody issued them, so `kind` is empty. Raises UnknownBatch.
    """
    then = _by_target(figures_after_batch(con, day, batch, compute))
    told = dict.fromkeys(_by_target(target_figures(con, day, compute)), NO_FIGURE) | then
    issue = {"kind": "", "day": day, "after_batch": batch}
    return rows_as_table(list(_compared_figures(con, issue, told, {}, compute)), COLUMNS)


def _compared_figures(
    con: Connection, issue: Issue, told: Mapping[str, Row], undone: Mapping[int, str], compute: ComputeMetric
) -> Iterator[Row]:
    """Yield each figure that was told beside what the ledgers of then and of now give, and why it holds no more."""
    day, batch = issue["day"], issue["after_batch"]
    is_known = batch_log.has_batch(con, batch)
    then = _by_target(figures_after_batch(con, day, batch, compute)) if is_known else {}
    now = _by_target(target_figures(con, day, compute))
    corrections = target_corrections(con, day, batch, compute) if is_known else pd.DataFrame()
    written = queries.run_query(con, TARGET_BATCH, day).set_index("target_id")["batch"].to_dict()
    for target_id, figure in told.items():
        sides = (figure, then.get(target_id, NO_FIGURE), now.get(target_id, NO_FIGURE))
        row = issue | {"target_id": target_id, "asked_by": written.get(target_id)}
        row |= _compared_figure(target_id, *sides)
        if not row["holds"]:
            gone = _undone_batches(undone, target_id, sides[1])
            row |= {"corrections": _own_corrections(corrections, row), "undone": gone}
            row["reason"] = restatement_reason(target_id, *sides, is_undone=bool(gone), is_known=is_known)
        yield row


def _by_target(figures: pd.DataFrame) -> dict[str, Row]:
    """Return the figures of a day by their targets, each with its period: one runs on a day."""
    found: dict[str, Row] = figures.reset_index().set_index(ID[0], drop=False).to_dict("index")
    return found


def _compared_figure(target_id: str, told: Row, then: Row, now: Row) -> Row:
    """Return what was told beside what there is now of the same period of the target."""
    known = then if "metric" in then else now
    now = now if _is_of_period(now, known) else NO_FIGURE
    return {
        "period_start": known.get(ID[1]), "metric": target_id.partition(":")[0], "scope_name": known.get("scope_name"),
        "then": then["actual"], "holds": still_holds(told, now), "asked": list(_otherwise_asked(then, now)),
        **{f"told{part}": told[name] for part, name in PARTS.items()},
        **{f"restated{part}": now[name] for part, name in PARTS.items()},
    }  # fmt: skip


def _otherwise_asked(then: Row, now: Row) -> Iterator[tuple[str, Any, Any]]:
    """Yield what the task sheet asked of a target and asks otherwise now."""
    is_known = "metric" in then and "metric" in now
    yield from ((name, then[name], now[name]) for name in ASKED if is_known and then[name] != now[name])


def _is_of_period(one: Row, other: Row) -> bool:
    return ID[1] not in one or ID[1] not in other or bool(one[ID[1]] == other[ID[1]])


def still_holds(told: Row, now: Row) -> bool:
    """Tell whether a figure reads as it was told, to the decimals with which it was.

    A share holds by its two counts where they were told: out of others the same percentage is another statement.
    """
    names = ("done", "total") if pd.notna(told["total"]) else ("actual",)
    sides, step = [(told[name], now[name]) for name in names], 10.0 ** -told.get("decimals", DECIMALS)
    return all((pd.isna(a) and pd.isna(b)) or abs(a - b) <= HALF * step for a, b in sides)


def restatement_reason(
    target_id: str, told: Row, then: Row, now: Row, *, is_undone: bool, is_known: bool
) -> RestatementReason:
    """Return why a figure that was told no longer holds, as far as the ledgers can tell."""
    if target_id.partition(":")[0] not in TARGETS:
        return RestatementReason.UNKNOWN_TARGET
    if not is_known:
        return RestatementReason.UNKNOWN_BATCH
    if not _is_of_period(now, then):
        return RestatementReason.OTHER_PERIOD
    if still_holds(told, then):
        return RestatementReason.BATCHES
    return RestatementReason.UNDONE if is_undone else RestatementReason.NOT_FOUND


def _own_corrections(corrections: pd.DataFrame, row: Row) -> list[Row]:
    """Return what batches corrected in the figure of a target and its period."""
    if corrections.empty:
        return []
    own = corrections["target_id"].eq(row["target_id"]) & corrections["period_start"].eq(row["period_start"])
    rows: list[Row] = corrections[own].to_dict("records")
    return rows


def _undone_batches(undone: Mapping[int, str], target_id: str, then: Row) -> list[int]:
    """Return the batches undone since that a figure was worked out of; without a figure of then, its target's too."""
    read = {*ledgers_of_target(target_id), *(TARGET_LEDGERS if pd.isna(then["actual"]) else ())}
    return [batch for batch, ledger in undone.items() if written_ledgers(ledger) & read]


def changes_since_issue(found: pd.DataFrame, issue: pd.DataFrame) -> pd.DataFrame:
    """Return the changes of the targets against the figures that an issue bears: rows of `restated_issues`.

    What was issued and still holds is what the day gives now, with all its decimals. A target of another period than
    the issued one has no figure of then.
    """
    known = issue.set_index(ID).reindex(pd.MultiIndex.from_frame(found[ID]))
    for part in PARTS:
        told = known[f"told{part}"].mask(known["holds"].eq(True), known[f"restated{part}"]).astype(float)
        is_told = known["told"].notna().to_numpy()
        found = found.assign(**{f"then{part}": found[f"then{part}"].mask(is_told, told.to_numpy())})
    return with_steps(found)
