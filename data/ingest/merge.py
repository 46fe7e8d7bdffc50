"""Clean rows in, the changes of one batch out, written into the ledger."""

from __future__ import annotations

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Dataset
from data.errors import StillNamed
from data.ingest.batch_log import Counts
from data.ingest.checking import scope
from data.ingest.checking.stage import Job
from data.schema import key_text, keys_equal, quoted, undo_table

SHOWN_CHANGES = 200


def compare(con: Connection, job: Job) -> Counts:
    """Set `clean` against the ledger: makes `diff`, the rows to insert, update or delete, and counts all rows."""
    rows = _count(con, "clean")
    if not con.execute(f"SELECT 1 FROM {quoted(job.dataset.name)} LIMIT 1").fetchall():
        con.execute("CREATE OR REPLACE TEMP VIEW diff AS SELECT *, 'insert' AS diff_action FROM clean")
        return Counts(inserted=rows)
    _changed(con, job)
    if job.mode == "replace":
        _left_over(con, job)
    found = dict(con.execute("SELECT diff_action, count(*) FROM diff GROUP BY diff_action").fetchall())
    inserted, updated = found.get("insert", 0), found.get("update", 0)
    return Counts(inserted, updated, rows - inserted - updated, found.get("delete", 0))


def _count(con: Connection, table: str, condition: str = "true") -> int:
    return int(con.execute(f"SELECT count(*) FROM {table} WHERE {condition}").fetchall()[0][0])


def _changed(con: Connection, job: Job) -> None:
    dataset, compared = job.dataset, [c.name for c in job.columns if c.name not in job.dataset.key]
    differs = " OR ".join(f"n.{quoted(c)} IS DISTINCT FROM o.{quoted(c)}" for c in compared) or "false"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE changes AS SELECT n.*, "
        f"CASE WHEN o.batch_id IS NULL THEN 'insert' ELSE 'update' END AS diff_action "
        f"FROM clean n LEFT JOIN {quoted(dataset.name)} o ON {keys_equal(dataset, 'n', 'o')} "
        f"WHERE o.batch_id IS NULL OR {differs}"
    )
    con.execute("CREATE OR REPLACE TEMP VIEW diff AS SELECT * FROM changes")


def _left_over(con: Connection, job: Job) -> None:
    """Add to the changes the rows of the ledger that lie in the replaced scope and that the file does not have.

    A row of the file that is refused is there all the same. Raises StillNamed.
    """
    names, keys = ", ".join(quoted(c.name) for c in job.columns), ", ".join(quoted(k) for k in job.dataset.key)
    inside = scope.condition(job.dataset, job.scope or scope.Scope())
    con.execute(
        f"INSERT INTO changes ({names}, diff_action) SELECT {names}, 'delete' FROM {quoted(job.dataset.name)} o "
        f"ANTI JOIN read USING ({keys}) WHERE {inside}"
    )
    _refuse_if_named(con, job.dataset)


def _refuse_if_named(con: Connection, dataset: Dataset) -> None:
    """Refuse to delete a parent that other ledgers name."""
    for child in DATASETS.values():
        for column in (c for c in child.columns if c.references == dataset.name):
            used = f"{quoted(dataset.key[0])} IN (SELECT {quoted(column.name)} FROM {quoted(child.name)})"
            rows = _count(con, "diff", f"diff_action = 'delete' AND {used}")
            if rows:
                raise StillNamed(rows=rows, parent=dataset.label, child=child.label)


def missing(con: Connection, job: Job, counts: Counts) -> int:
    """Return how many rows of the ledger the file does not have; of a dated ledger, in the file's own period.

    A row that the file has is not missing, even where it is refused.
    """
    ledger, day = quoted(job.dataset.name), scope.day_column(job.dataset)
    if counts.inserted and not (counts.updated or counts.unchanged) and not _count(con, ledger):
        return 0
    period = "true"
    if day and day.name in job.dataset.key:
        name = quoted(day.name)
        period = f"{name} BETWEEN (SELECT min({name}) FROM clean) AND (SELECT max({name}) FROM clean)"
    keys = ", ".join(quoted(k) for k in job.dataset.key)
    refused = (
        f"(SELECT DISTINCT {keys} FROM read ANTI JOIN clean USING ({keys})) AS r SEMI JOIN {ledger} USING ({keys})"
    )
    here = counts.updated + counts.unchanged + (_count(con, refused, period) if _count(con, "bad") else 0)
    return max(0, _count(con, ledger, period) - here)


def size(con: Connection, dataset: Dataset) -> int:
    return _count(con, quoted(dataset.name))


def changed_cells(con: Connection, job: Job) -> list[tuple[str, str, str, str]]:
    """Return (key, column, old value, new value) of the first changed cells of `diff`, as text."""
    dataset = job.dataset
    cells = [
        f"SELECT {key_text(dataset, 'd')} AS key, '{c.name}' AS name, CAST(o.{quoted(c.name)} AS VARCHAR) AS old, "
        f"CAST(d.{quoted(c.name)} AS VARCHAR) AS new FROM first_updates d JOIN {quoted(dataset.name)} o "
        f"ON {keys_equal(dataset, 'd', 'o')} WHERE d.{quoted(c.name)} IS DISTINCT FROM o.{quoted(c.name)}"
        for c in job.columns
        if c.name not in dataset.key
    ]
    if not cells:
        return []
    order = ", ".join(quoted(k) for k in dataset.key)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE first_updates AS SELECT * FROM diff WHERE diff_action = 'update' "
        f"ORDER BY {order} LIMIT {SHOWN_CHANGES}"
    )
    return con.execute(f"{' UNION ALL '.join(cells)} ORDER BY key, name LIMIT {SHOWN_CHANGES}").fetchall()


def apply(con: Connection, job: Job, batch: int, counts: Counts) -> list[Dataset]:
    """Bring the ledger to what `diff` says, inside the caller's transaction; returns the ledgers that changed.

    The old row of each update and delete is kept for undo; a row that was inserted bears the batch's number.
    """
    registered = _register_parents(con, job, batch)
    if counts.updated or counts.deleted:
        _keep_old_rows(con, job.dataset, batch)
    if counts.updated:
        _update(con, job, batch)
    if counts.deleted:
        _delete(con, job.dataset)
    if counts.inserted:
        names = ", ".join(quoted(c.name) for c in job.columns)
        con.execute(
            f"INSERT INTO {quoted(job.dataset.name)} ({names}, batch_id) SELECT {names}, {batch} FROM diff "
            f"WHERE diff_action = 'insert'"
        )
    return [job.dataset, *registered]


def _keep_old_rows(con: Connection, dataset: Dataset, batch: int) -> None:
    names = [quoted(c.name) for c in dataset.columns] + ["batch_id"]
    con.execute(
        f"INSERT INTO {quoted(undo_table(dataset))} (undo_batch, undo_action, {', '.join(names)}) "
        f"SELECT {batch}, d.diff_action, {', '.join('o.' + n for n in names)} FROM diff d "
        f"JOIN {quoted(dataset.name)} o ON {keys_equal(dataset, 'd', 'o')} WHERE d.diff_action <> 'insert'"
    )


def _update(con: Connection, job: Job, batch: int) -> None:
    ledger = quoted(job.dataset.name)
    changed = [quoted(c.name) for c in job.columns if c.name not in job.dataset.key]
    sets = ", ".join([f"{c} = d.{c}" for c in changed] + [f"batch_id = {batch}"])
    con.execute(
        f"UPDATE {ledger} SET {sets} FROM diff d "
        f"WHERE d.diff_action = 'update' AND {keys_equal(job.dataset, ledger, 'd')}"
    )


def _delete(con: Connection, dataset: Dataset) -> None:
    """Take out the rows that a replacing file does not have."""
    ledger = quoted(dataset.name)
    con.execute(
        f"DELETE FROM {ledger} USING diff d WHERE d.diff_action = 'delete' AND {keys_equal(dataset, ledger, 'd')}"
    )


def _register_parents(con: Connection, job: Job, batch: int) -> list[Dataset]:
    """Add the parents that the check collected; returns their ledgers."""
    registered = []
    for column in job.parents:
        parent, new = DATASETS[column.references], quoted("new_" + column.name)
        if not (parent.name_column and _count(con, new)):
            continue
        found = [d[0] for d in con.execute(f"SELECT * FROM {new} LIMIT 0").description or []]
        said = [quoted(name) for name in found if name not in ("id", "name")]
        into = ", ".join([quoted(parent.key[0]), quoted(parent.name_column), *said, "batch_id"])
        values = ", ".join(["id", "name", *said, str(batch)])
        con.execute(
            f"INSERT INTO {quoted(parent.name)} ({into}) SELECT {values} FROM {new} "
            f"WHERE id IN (SELECT {quoted(column.name)} FROM diff)"
        )
        registered.append(parent)
    return registered
