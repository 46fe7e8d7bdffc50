"""Clean rows in, one batch in the ledger out; and the way back."""

from __future__ import annotations

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Dataset
from data.errors import AlreadyUndone, ChangedSince, StillUsed, UnknownBatch
from data.ingest.book import Counts, Who, now
from data.ingest.stage import Job
from data.schema import quoted, undo_table

SHOWN_CHANGES = 200


def _keys_equal(dataset: Dataset, left: str, right: str) -> str:
    return " AND ".join(f"{left}.{quoted(k)} = {right}.{quoted(k)}" for k in dataset.key)


def compare(con: Connection, job: Job) -> Counts:
    """Set `clean` against the ledger: makes the table `diff` with a `diff_action` for each row, and counts them."""
    dataset, compared = job.dataset, [c.name for c in job.columns if c.name not in job.dataset.key]
    differs = " OR ".join(f"n.{quoted(c)} IS DISTINCT FROM o.{quoted(c)}" for c in compared) or "false"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE diff AS SELECT n.*, CASE WHEN o.batch_id IS NULL THEN 'insert' "
        f"WHEN {differs} THEN 'update' ELSE 'unchanged' END AS diff_action "
        f"FROM clean n LEFT JOIN {quoted(dataset.name)} o ON {_keys_equal(dataset, 'n', 'o')}"
    )
    found = dict(con.execute("SELECT diff_action, count(*) FROM diff GROUP BY diff_action").fetchall())
    return Counts(found.get("insert", 0), found.get("update", 0), found.get("unchanged", 0))


def changed_cells(con: Connection, job: Job) -> list[tuple[str, str, str, str]]:
    """Return (key, column, old value, new value) of the first changed cells of `diff`, as text."""
    dataset = job.dataset
    key = " || ' · ' || ".join(f"CAST(d.{quoted(k)} AS VARCHAR)" for k in dataset.key)
    cells = [
        f"SELECT {key} AS key, '{c.name}' AS name, CAST(o.{quoted(c.name)} AS VARCHAR) AS old, "
        f"CAST(d.{quoted(c.name)} AS VARCHAR) AS new FROM diff d JOIN {quoted(dataset.name)} o "
        f"ON {_keys_equal(dataset, 'd', 'o')} WHERE d.diff_action = 'update' "
        f"AND d.{quoted(c.name)} IS DISTINCT FROM o.{quoted(c.name)}"
        for c in job.columns
        if c.name not in dataset.key
    ]
    if not cells:
        return []
    return con.execute(f"{' UNION ALL '.join(cells)} ORDER BY key, name LIMIT {SHOWN_CHANGES}").fetchall()


def _log_old_rows(con: Connection, dataset: Dataset, batch: int) -> None:
    """Keep what undo needs: the old row of an update, the key of an insert."""
    names = [quoted(c.name) for c in dataset.columns] + ["batch_id"]
    undo, ledger = quoted(undo_table(dataset)), quoted(dataset.name)
    con.execute(
        f"INSERT INTO {undo} (undo_batch, undo_action, {', '.join(names)}) "
        f"SELECT {batch}, 'update', {', '.join('o.' + n for n in names)} FROM diff d "
        f"JOIN {ledger} o ON {_keys_equal(dataset, 'd', 'o')} WHERE d.diff_action = 'update'"
    )
    keys = ", ".join(quoted(k) for k in dataset.key)
    con.execute(
        f"INSERT INTO {undo} (undo_batch, undo_action, {keys}) SELECT {batch}, 'insert', {keys} "
        f"FROM diff WHERE diff_action = 'insert'"
    )


def apply(con: Connection, job: Job, batch: int) -> None:
    """Bring the ledger to what `diff` says, inside the caller's transaction."""
    dataset, ledger = job.dataset, quoted(job.dataset.name)
    _register_parents(con, job, batch)
    _log_old_rows(con, dataset, batch)
    changed = [quoted(c.name) for c in job.columns if c.name not in dataset.key]
    sets = ", ".join([f"{c} = d.{c}" for c in changed] + [f"batch_id = {batch}"])
    con.execute(
        f"UPDATE {ledger} SET {sets} FROM diff d WHERE d.diff_action = 'update' AND {_keys_equal(dataset, ledger, 'd')}"
    )
    names = ", ".join(quoted(c.name) for c in job.columns)
    con.execute(
        f"INSERT INTO {ledger} ({names}, batch_id) SELECT {names}, {batch} FROM diff WHERE diff_action = 'insert'"
    )


def _register_parents(con: Connection, job: Job, batch: int) -> None:
    """Add the parents that the check collected, so that undoing the batch takes them out again."""
    for column in job.parents:
        parent, new = DATASETS[column.references], quoted("new_" + column.name)
        key, name = quoted(parent.key[0]), quoted(parent.name_column)
        present = con.execute(f"SELECT * FROM {new} LIMIT 0").description or []
        said = [quoted(d[0]) for d in present if d[0] != "id"]
        used = f"FROM {new} WHERE id IN (SELECT {quoted(column.name)} FROM diff)"
        if parent.name_column:
            into, take = ", ".join([key, name, *said, "batch_id"]), ", ".join(["id", "id", *said, str(batch)])
            con.execute(f"INSERT INTO {quoted(parent.name)} ({into}) SELECT {take} {used}")
            con.execute(
                f"INSERT INTO {quoted(undo_table(parent))} (undo_batch, undo_action, {key}) "
                f"SELECT {batch}, 'insert', id {used}"
            )


def _touched(con: Connection, batch: int) -> list[Dataset]:
    """Return the ledgers that a batch changed, children before their parents."""
    return [
        d
        for d in reversed(DATASETS.values())
        if con.execute(f"SELECT 1 FROM {quoted(undo_table(d))} WHERE undo_batch = ? LIMIT 1", [batch]).fetchall()
    ]


def _refuse_if_changed(con: Connection, dataset: Dataset, batch: int) -> None:
    undo, ledger = quoted(undo_table(dataset)), quoted(dataset.name)
    rows, later = con.execute(
        f"SELECT count(*), max(o.batch_id) FROM {undo} u LEFT JOIN {ledger} o ON {_keys_equal(dataset, 'u', 'o')} "
        f"WHERE u.undo_batch = ? AND o.batch_id IS DISTINCT FROM ?",
        [batch, batch],
    ).fetchall()[0]
    if rows:
        raise ChangedSince(batch=batch, rows=rows, later=later, dataset=dataset.label)


def _refuse_if_used(con: Connection, dataset: Dataset, batch: int) -> None:
    """Refuse to take out a parent that rows outside the batch name, or would name again after an undo of theirs."""
    undo = quoted(undo_table(dataset))
    for child in DATASETS.values():
        for column in (c for c in child.columns if c.references == dataset.name):
            name, key = quoted(column.name), quoted(dataset.key[0])
            named = (
                f"SELECT {name} AS parent FROM {quoted(child.name)} WHERE batch_id <> {batch} UNION ALL "
                f"SELECT {name} FROM {quoted(undo_table(child))} WHERE undo_action = 'update' AND undo_batch <> {batch}"
            )
            rows = con.execute(
                f"SELECT count(DISTINCT u.{key}) FROM {undo} u JOIN ({named}) c ON c.parent = u.{key} "
                f"WHERE u.undo_batch = ? AND u.undo_action = 'insert'",
                [batch],
            ).fetchall()[0][0]
            if rows:
                raise StillUsed(batch=batch, rows=rows, parent=dataset.label, child=child.label)


def _put_back(con: Connection, dataset: Dataset, batch: int) -> int:
    """Take the rows of a batch out and put the old ones back; return how many rows that are."""
    undo, ledger = quoted(undo_table(dataset)), quoted(dataset.name)
    names = ", ".join([quoted(c.name) for c in dataset.columns] + ["batch_id"])
    rows = con.execute(f"SELECT count(*) FROM {undo} WHERE undo_batch = ?", [batch]).fetchall()[0][0]
    con.execute(
        f"DELETE FROM {ledger} USING {undo} u WHERE u.undo_batch = {batch} AND {_keys_equal(dataset, 'u', ledger)}"
    )
    con.execute(
        f"INSERT INTO {ledger} ({names}) SELECT {names} FROM {undo} WHERE undo_batch = ? AND undo_action = 'update'",
        [batch],
    )
    con.execute(f"DELETE FROM {undo} WHERE undo_batch = ?", [batch])
    return int(rows)


def undo(con: Connection, batch: int, who: Who) -> dict[str, int]:
    """Put every ledger that a batch changed back to what it was; returns rows put back per ledger.

    Runs inside the caller's transaction. Raises UnknownBatch, AlreadyUndone, ChangedSince, StillUsed.
    """
    found = con.execute("SELECT undone_at FROM batch WHERE batch_id = ?", [batch]).fetchall()
    if not found:
        raise UnknownBatch(batch=batch)
    if found[0][0] is not None:
        raise AlreadyUndone(batch=batch)
    touched = _touched(con, batch)
    for dataset in touched:
        _refuse_if_changed(con, dataset, batch)
        _refuse_if_used(con, dataset, batch)
    put_back = {d.name: _put_back(con, d, batch) for d in touched}
    con.execute("UPDATE batch SET undone_by = ?, undone_at = ? WHERE batch_id = ?", [who.name, now(), batch])
    return put_back
