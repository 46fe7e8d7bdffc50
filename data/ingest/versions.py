"""The versions of the rows: take any batch out again, or see a ledger as it stood after one.

A row bears the batch that wrote it. When another batch changes or deletes it, the undo table keeps the old row under
the number of that batch. So a version holds from its `batch_id` until its `undo_batch`, and the versions of a key
form a chain; a batch that wrote a row without keeping an old one inserted it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Column, Dataset
from data.datasets import dataset_named as ledger_named
from data.errors import AlreadyUndone, ParentGone, StillUsed, UnknownBatch
from data.ingest import batch_log
from data.ingest.batch_log import Who
from data.schema import (
    key_text_sql,
    keys_equal_sql,
    older_versions_sql,
    quote_ident,
    quote_literal,
    row_key_column,
    row_key_sql,
    same_row_sql,
    undo_table,
)
from data.text import Text

Change = tuple[str, str, str | None, str | None]
SHOWN = 200  # chosen: as many changes as are looked through; the counts are complete
WITHOUT_UNDONE = Text(
    "批次 {batch} 已经撤销：这是台账在它之前各批次之后的样子，不含它的改动。",
    "Batch {batch} has been undone: this is the ledger after the batches before it, without what it changed.",
)


@dataclass(frozen=True, slots=True)
class UndoResult:
    """What an undo did, in rows per ledger: put back as before the batch, and kept as a later batch left them.

    `kept_keys` are the keys of the first rows kept; `batches` are those that were undone, for they came in together.
    """

    rows: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    kept_keys: dict[str, list[str]] = field(default_factory=dict, compare=False)
    batches: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class LaterChanges:
    """The rows of a batch that later batches changed: how many, and the first changes as (key, later batch)."""

    rows: int
    changes: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Difference:
    """What turns one state of a ledger into another, in rows; `changes` are the first (key, column, old, new)."""

    inserted: int
    updated: int
    deleted: int
    changes: list[Change]


class _BatchTrace(NamedTuple):
    """The rows that bear the number of a batch: in a ledger, as old rows of later batches, as rows it deleted."""

    dataset: Dataset
    current: int
    replaced: int
    deleted: int


def _count_rows(con: Connection, rows: str) -> int:
    """Count the rows of `<table> WHERE <condition>`."""
    return int(con.execute(f"SELECT count(*) FROM {rows}").fetchall()[0][0])


def _qualified_keys(dataset: Dataset, table: str) -> str:
    return ", ".join(f"{table}.{quote_ident(k)}" for k in dataset.key)


def _version_columns(dataset: Dataset) -> str:
    return ", ".join([quote_ident(c.name) for c in dataset.columns] + ["batch_id"])


def _batch_trace(con: Connection, dataset: Dataset, batch: int) -> _BatchTrace:
    ledger, old = quote_ident(dataset.name), quote_ident(undo_table(dataset))
    current = _count_rows(con, f"{ledger} WHERE batch_id = {batch}")
    replaced = _count_rows(con, f"{old} WHERE batch_id = {batch}")
    return _BatchTrace(dataset, current, replaced, _count_rows(con, f"{old} WHERE {_deleted_by(batch)}"))


def _deleted_by(batch: int) -> str:
    return f"undo_batch = {batch} AND undo_action = 'delete'"


def _batch_traces(con: Connection, batch: int) -> list[_BatchTrace]:
    """Return what a batch did to its ledger, to its former values, and to those that it names; raises UnknownBatch."""
    found = con.execute("SELECT dataset FROM batch WHERE batch_id = ?", [batch]).fetchall()
    if not found:
        raise UnknownBatch(batch=batch)
    own = ledger_named(found[0][0])
    parents = (c.references for c in own.columns)
    names = dict.fromkeys(filter(None, (own.name, own.history_ledger, *parents)))
    traces = [_batch_trace(con, DATASETS[name], batch) for name in names]
    return [t for t in traces if t.current or t.replaced or t.deleted]


def _find_later_changes(con: Connection, trace: _BatchTrace, batch: int) -> int:
    """Make `later`: the keys of a batch that a later one changed, with the next of them and what it did; count them."""
    dataset = trace.dataset
    ledger, old = quote_ident(dataset.name), older_versions_sql(dataset)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE later AS SELECT {_qualified_keys(dataset, 'u')}, undo_batch AS next_batch, "
        f"undo_action AS next_action FROM {old} u WHERE batch_id = {batch}"
    )
    if trace.deleted:
        rows = [
            f"SELECT {_qualified_keys(dataset, 't')}, batch_id FROM {t} t WHERE batch_id > {batch}"
            for t in (ledger, old)
        ]
        con.execute(
            f"INSERT INTO later SELECT {_qualified_keys(dataset, 'u')}, min(w.batch_id), 'update' FROM {old} u "
            f"JOIN ({' UNION ALL '.join(rows)}) w ON {keys_equal_sql(dataset, 'u', 'w')} "
            f"WHERE {_deleted_by(batch)} GROUP BY {_qualified_keys(dataset, 'u')}"
        )
    return _count_rows(con, "later")


def _relink_later(con: Connection, dataset: Dataset, batch: int) -> None:
    """Let the next batch of each key in `later` follow upon the version before the batch; the row itself stays."""
    old = quote_ident(undo_table(dataset))
    same_key = same_row_sql(dataset, "n")
    con.execute(f"DELETE FROM {old} USING later n WHERE {same_key} AND {old}.undo_batch = n.next_batch")
    con.execute(
        f"UPDATE {old} SET undo_batch = n.next_batch, undo_action = n.next_action FROM later n "
        f"WHERE {same_key} AND {old}.undo_batch = {batch}"
    )


def _delete_later(con: Connection, dataset: Dataset, batch: int) -> None:
    """Take out what came after the batch for the keys in `later`."""
    ledger, old = quote_ident(dataset.name), quote_ident(undo_table(dataset))
    con.execute(f"DELETE FROM {ledger} USING later n WHERE {keys_equal_sql(dataset, ledger, 'n')}")
    con.execute(f"DELETE FROM {old} USING later n WHERE {same_row_sql(dataset, 'n')} AND {old}.undo_batch > {batch}")


def _delete_later_history(con: Connection, dataset: Dataset) -> None:
    """Take out the former values that changes after the batch kept of the keys in `later`, as these changes go."""
    former, same_key = quote_ident(dataset.history_ledger), keys_equal_sql(dataset, "f", "n")
    con.execute(
        f"DELETE FROM {former} AS f USING later n WHERE {same_key} AND f.batch_id >= n.next_batch "
        f"AND f.batch_id IN (SELECT batch_id FROM batch WHERE dataset = {quote_literal(dataset.name)})"
    )


def _relink_history(con: Connection, dataset: Dataset, batch: int) -> None:
    """Leave the former values that the batch kept of the rows in `later` to the next batch, whose rows stay."""
    con.execute(
        f"UPDATE {quote_ident(dataset.history_ledger)} AS f SET batch_id = n.next_batch FROM later n "
        f"WHERE {keys_equal_sql(dataset, 'f', 'n')} AND f.batch_id = {batch}"
    )


def _restore_rows(con: Connection, dataset: Dataset, batch: int) -> None:
    """Replace the rows of a batch by the old ones, which stay in the undo table until all is checked."""
    ledger, old, names = (
        quote_ident(dataset.name),
        quote_ident(undo_table(dataset)),
        _version_columns(dataset),
    )
    con.execute(f"DELETE FROM {ledger} WHERE batch_id = {batch}")
    if dataset.joined_key:
        _follow_restored_keys(con, dataset, batch)
        _leave_to_later_rows(con, dataset, batch)
    con.execute(f"INSERT INTO {ledger} ({names}) SELECT {names} FROM {old} WHERE undo_batch = {batch}")


def _follow_restored_keys(con: Connection, dataset: Dataset, batch: int) -> None:
    """Lead the versions before a row that is put back to the key which that row had."""
    old = quote_ident(undo_table(dataset))
    keys = ", ".join(f"{row_key_sql(dataset, 'r', k)} AS {quote_ident(k)}" for k in dataset.key)
    own = ", ".join(f"r.{quote_ident(k)} AS own_{k}" for k in dataset.joined_key)
    sets = ", ".join(f"{row_key_column(k)} = n.own_{k}" for k in dataset.joined_key)
    con.execute(
        f"UPDATE {old} SET {sets} FROM (SELECT {keys}, {own} FROM {old} r WHERE undo_batch = {batch}) n "
        f"WHERE {same_row_sql(dataset, 'n')}"
    )


def _leave_to_later_rows(con: Connection, dataset: Dataset, batch: int) -> None:
    """Let an old row, the key of which a later batch gave to a new row, be the version before that row."""
    ledger, old, keys = quote_ident(dataset.name), quote_ident(undo_table(dataset)), _qualified_keys(dataset, "o")
    rows = " UNION ALL ".join(
        f"SELECT {_qualified_keys(dataset, 't')}, batch_id FROM {table} t"
        for table in (ledger, older_versions_sql(dataset))
    )
    con.execute(
        f"UPDATE {old} SET undo_batch = n.first_batch, undo_action = 'update' FROM ("
        f"SELECT {keys}, min(r.batch_id) AS first_batch FROM {old} o "
        f"JOIN {ledger} l ON {keys_equal_sql(dataset, 'o', 'l')} "
        f"JOIN ({rows}) r ON {keys_equal_sql(dataset, 'o', 'r')} AND r.batch_id > o.batch_id "
        f"WHERE o.undo_batch = {batch} GROUP BY {keys}"
        f") n WHERE {keys_equal_sql(dataset, old, 'n')} AND {old}.undo_batch = {batch}"
    )


def _removed_keys_table(dataset: Dataset) -> str:
    return quote_ident(f"taken_{dataset.name}")


def _note_removed_keys(con: Connection, dataset: Dataset, batch: int, with_later: bool) -> None:
    """Make `taken_<ledger>`: the keys of the rows that the undo is about to take out of a ledger that others name."""
    key, ledger = quote_ident(dataset.key[0]), quote_ident(dataset.name)
    cut = f" UNION SELECT {key} FROM later" if with_later else ""
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {_removed_keys_table(dataset)} AS SELECT {key} FROM {ledger} "
        f"WHERE batch_id = {batch}{cut}"
    )


def _referencing_columns(dataset: Dataset) -> Iterator[tuple[Dataset, Column]]:
    """List the columns of other ledgers that name rows of this one."""
    yield from ((child, c) for child in DATASETS.values() for c in child.columns if c.references == dataset.name)


def _refuse_if_used(con: Connection, dataset: Dataset, batch: int) -> None:
    """Refuse to take out a parent that a row names, or would name again after the undo of another batch."""
    key = quote_ident(dataset.key[0])
    gone = f"{key} NOT IN (SELECT {key} FROM {quote_ident(dataset.name)})"
    for child, column in _referencing_columns(dataset):
        name = quote_ident(column.name)
        rows = [
            f"SELECT {name} FROM {quote_ident(t)} WHERE {name} IS NOT NULL" for t in (child.name, undo_table(child))
        ]
        used = _count_rows(
            con, f"{_removed_keys_table(dataset)} WHERE {gone} AND {key} IN ({' UNION ALL '.join(rows)})"
        )
        if used:
            raise StillUsed(batch=batch, rows=used, parent=dataset.label, child=child.label)


def _refuse_if_orphaned(con: Connection, dataset: Dataset, batch: int) -> None:
    """Refuse to put a row back whose parent is no longer there."""
    for column in (c for c in dataset.columns if c.references):
        parent, name = DATASETS[column.references], quote_ident(column.name)
        rows = _count_rows(
            con,
            f"{quote_ident(undo_table(dataset))} WHERE undo_batch = {batch} AND {name} IS NOT NULL "
            f"AND {name} NOT IN (SELECT {quote_ident(parent.key[0])} FROM {quote_ident(parent.name)})",
        )
        if rows:
            raise ParentGone(batch=batch, rows=rows, parent=parent.label, child=dataset.label)


def _first_later_keys(con: Connection, dataset: Dataset) -> list[str]:
    """Return the keys of the first rows in `later`."""
    found = con.execute(
        f"SELECT {key_text_sql(dataset, 'n')} FROM later n ORDER BY {_qualified_keys(dataset, 'n')} LIMIT {SHOWN}"
    )
    return [key for (key,) in found.fetchall()]


def _take_out_of_ledger(
    con: Connection, trace: _BatchTrace, batch: int, with_later: bool
) -> tuple[int, int, list[str]]:
    """Bring one ledger to what it would be without the batch; returns rows put back, rows kept, and keys of these."""
    dataset, kept, keys = trace.dataset, 0, list[str]()
    later = _find_later_changes(con, trace, batch) if trace.replaced or trace.deleted else 0
    if any(_referencing_columns(dataset)):
        _note_removed_keys(con, dataset, batch, with_later and later > 0)
    if later and with_later:
        _delete_later(con, dataset, batch)
    elif later:
        _relink_later(con, dataset, batch)
        kept, keys = later, _first_later_keys(con, dataset)
    if later and dataset.history:
        _delete_later_history(con, dataset) if with_later else _relink_history(con, dataset, batch)
    _restore_rows(con, dataset, batch)
    return trace.current + trace.replaced + trace.deleted - kept, kept, keys


def undo_batch(con: Connection, batch: int, who: Who, with_later: bool = False) -> UndoResult:
    """Take a batch, and all that came in with it, out of every ledger that they changed, in the caller's transaction.

    A row that a later batch changed is kept as that batch left it, or `with_later` put back too, so that the later
    batches lose it. Raises UnknownBatch, AlreadyUndone, StillUsed, ParentGone.
    """
    batches = batch_log.batches_submitted_with(con, batch)
    if not batches:
        raise UnknownBatch(batch=batch)
    if batch_log.is_undone(con, batch):
        raise AlreadyUndone(batch=batch)
    undone = [_undo_one_batch(con, each, who, with_later) for each in reversed(batches)]
    rows, kept = Counter[str](), Counter[str]()
    for each in undone:
        rows.update(each.rows)
        kept.update(each.kept)
    keys = {ledger: [k for u in undone for k in u.kept_keys.get(ledger, [])][:SHOWN] for ledger in kept}
    return UndoResult(dict(rows), dict(kept), keys, tuple(batches))


def _undo_one_batch(con: Connection, batch: int, who: Who, with_later: bool) -> UndoResult:
    """Take one batch out of every ledger that it changed."""
    traces = _batch_traces(con, batch)
    done = {
        # counted afresh: former values may have gone to a later batch together with the rows that it changed
        t.dataset.name: _take_out_of_ledger(con, _batch_trace(con, t.dataset, batch), batch, with_later)
        for t in traces
    }
    for dataset in (t.dataset for t in traces):
        _refuse_if_used(con, dataset, batch)
        _refuse_if_orphaned(con, dataset, batch)
    for dataset in (t.dataset for t in traces):
        con.execute(f"DELETE FROM {quote_ident(undo_table(dataset))} WHERE undo_batch = {batch}")
    former = [DATASETS[t.dataset.history_ledger] for t in traces if t.dataset.history]
    batch_log.mark_changed(con, list({d.name: d for d in (*(t.dataset for t in traces), *former)}.values()))
    con.execute(
        "UPDATE batch SET undone_by = ?, undone_at = ? WHERE batch_id = ?", [who.name, batch_log.current_time(), batch]
    )
    return UndoResult(
        {n: rows for n, (rows, _, _) in done.items() if rows},
        {n: kept for n, (_, kept, _) in done.items() if kept},
        {n: keys for n, (_, _, keys) in done.items() if keys},
    )


def later_changes(con: Connection, batch: int) -> dict[str, LaterChanges]:
    """Return, for each ledger, the rows of a batch, and of those that came in with it, that later ones changed.

    They are what an undo would keep. Raises UnknownBatch.
    """
    batches, found = batch_log.batches_submitted_with(con, batch), dict[str, LaterChanges]()
    if not batches:
        raise UnknownBatch(batch=batch)
    for each in batches:
        for trace in (t for t in _batch_traces(con, each) if t.replaced or t.deleted):
            rows, changes = _later_changes_of(con, trace, each, batches)
            before = found.get(trace.dataset.name, LaterChanges(0, []))
            found[trace.dataset.name] = LaterChanges(before.rows + rows, (before.changes + changes)[:SHOWN])
    return {name: changed for name, changed in found.items() if changed.rows}


def _later_changes_of(
    con: Connection, trace: _BatchTrace, batch: int, together: list[int]
) -> tuple[int, list[tuple[str, int]]]:
    """Return how many rows of a batch others changed than those that came in with it, and the first changes."""
    dataset = trace.dataset
    _find_later_changes(con, trace, batch)
    con.execute("DELETE FROM later WHERE next_batch IN (SELECT unnest(?))", [together])
    ledger, old = quote_ident(dataset.name), older_versions_sql(dataset)
    links = " UNION ".join(
        f"SELECT {_qualified_keys(dataset, 't')}, {link} AS link FROM {table} t WHERE {link} > {batch}"
        for table, link in ((ledger, "batch_id"), (old, "batch_id"), (old, "undo_batch"))
    )
    first = (
        f"SELECT {_qualified_keys(dataset, 'n')}, link FROM later n "
        f"JOIN ({links}) l ON {keys_equal_sql(dataset, 'n', 'l')} "
        f"ORDER BY {_qualified_keys(dataset, 'n')}, link LIMIT {SHOWN}"
    )
    changes = con.execute(f"SELECT {key_text_sql(dataset, 'f')}, link FROM ({first}) f").fetchall()
    return _count_rows(con, "later"), changes


def _in_force_after(batch: int) -> str:
    """Return the condition under which a version stands in the ledger after a batch."""
    return f"(batch_id <= {batch:d} AND (undo_batch IS NULL OR undo_batch > {batch:d}))"


def _versions_sql(dataset: Dataset) -> str:
    """Return the SQL of every version of every row, with the batch that ended it."""
    names = _version_columns(dataset)
    return (
        f"(SELECT {names}, CAST(NULL AS BIGINT) AS undo_batch FROM {quote_ident(dataset.name)} "
        f"UNION ALL SELECT {names}, undo_batch FROM {quote_ident(undo_table(dataset))})"
    )


def make_as_of_view(con: Connection, dataset: Dataset, batch: int) -> str:
    """Make a temporary view of a ledger as it stood after a batch, and return its name; undone batches never count."""
    name = f"as_of_{batch:d}_{dataset.name}"
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW {quote_ident(name)} AS SELECT {_version_columns(dataset)} "
        f"FROM {_versions_sql(dataset)} v "
        f"WHERE {_in_force_after(batch)}"
    )
    return name


def difference_between(con: Connection, dataset: Dataset, first: int, second: int) -> Difference:
    """Compare a ledger as it stood after one batch with how it stood after another."""
    for name, here, there in (("was", first, second), ("became", second, first)):
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {_version_columns(dataset)} "
            f"FROM {_versions_sql(dataset)} v "
            f"WHERE {_in_force_after(here)} AND NOT {_in_force_after(there)}"
        )
    met = keys_equal_sql(dataset, "a", "b")
    inserted = _count_rows(con, f"became b WHERE NOT EXISTS (SELECT 1 FROM was a WHERE {met})")
    deleted = _count_rows(con, f"was a WHERE NOT EXISTS (SELECT 1 FROM became b WHERE {met})")
    changed = f"was a JOIN became b ON {met} WHERE {_differs_sql(dataset)}"
    return Difference(inserted, _count_rows(con, changed), deleted, _changed_cells(con, dataset, changed))


def _value_columns(dataset: Dataset) -> list[str]:
    return [c.name for c in dataset.columns if c.name not in dataset.key]


def _differs_sql(dataset: Dataset) -> str:
    """Return the condition under which two versions of a row differ; never, in a ledger that is all key."""
    if not _value_columns(dataset):
        return "false"
    return (
        "("
        + " OR ".join(f"a.{quote_ident(n)} IS DISTINCT FROM b.{quote_ident(n)}" for n in _value_columns(dataset))
        + ")"
    )


def _changed_cells(con: Connection, dataset: Dataset, changed: str) -> list[Change]:
    """Return the first cells that differ between `was` and `became`, as text; none in a ledger that is all key."""
    if not _value_columns(dataset):
        return []
    keys = _qualified_keys(dataset, "a")
    con.execute(f"CREATE OR REPLACE TEMP TABLE first AS SELECT {keys} FROM {changed} ORDER BY {keys} LIMIT {SHOWN}")
    cells = " UNION ALL ".join(
        f"SELECT {_qualified_keys(dataset, 'f')}, {i} "
        f"AS place, {key_text_sql(dataset, 'f')}, '{n}', CAST(a.{quote_ident(n)} AS VARCHAR), "
        f"CAST(b.{quote_ident(n)} AS VARCHAR) FROM first f JOIN was a ON {keys_equal_sql(dataset, 'f', 'a')} "
        f"JOIN became b ON {keys_equal_sql(dataset, 'f', 'b')} WHERE a.{quote_ident(n)} IS DISTINCT "
        f"FROM b.{quote_ident(n)}"
        for i, n in enumerate(_value_columns(dataset))
    )
    order = ", ".join(quote_ident(k) for k in dataset.key)
    found = con.execute(f"{cells} ORDER BY {order}, place LIMIT {SHOWN}").fetchall()
    return [(key, name, old, new) for *_, key, name, old, new in found]
