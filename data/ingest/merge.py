"""Clean rows in, the changes of one batch out, written into the ledger."""

from __future__ import annotations

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Dataset
from data.errors import StillNamed
from data.ingest import former_values
from data.ingest.batch_log import Counts
from data.ingest.checking import scope
from data.ingest.checking.stage import LoadJob
from data.schema import key_text_sql, keys_equal_sql, quote_ident, undo_table

SHOWN_CHANGES = 200  # chosen: as many changes as are looked through; the counts are complete


def compare_with_ledger(con: Connection, job: LoadJob) -> Counts:
    """Set `clean` against the ledger: makes `diff`, the rows to insert, update or delete, and counts all rows."""
    rows = _count_rows(con, "clean")
    if not con.execute(f"SELECT 1 FROM {quote_ident(job.dataset.name)} LIMIT 1").fetchall():
        con.execute("CREATE OR REPLACE TEMP VIEW diff AS SELECT *, 'insert' AS diff_action FROM clean")
        return Counts(inserted=rows)
    _make_changes(con, job)
    if job.mode == "replace":
        _add_deletions(con, job)
    found = dict(con.execute("SELECT diff_action, count(*) FROM diff GROUP BY diff_action").fetchall())
    inserted, updated = found.get("insert", 0), found.get("update", 0)
    return Counts(inserted, updated, rows - inserted - updated, found.get("delete", 0))


def _count_rows(con: Connection, table: str, condition: str = "true") -> int:
    return int(con.execute(f"SELECT count(*) FROM {table} WHERE {condition}").fetchall()[0][0])


def _make_changes(con: Connection, job: LoadJob) -> None:
    dataset, compared = job.dataset, [c.name for c in job.columns if c.name not in job.dataset.key]
    differs = " OR ".join(f"n.{quote_ident(c)} IS DISTINCT FROM o.{quote_ident(c)}" for c in compared) or "false"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE changes AS SELECT n.*, "
        f"CASE WHEN o.batch_id IS NULL THEN 'insert' ELSE 'update' END AS diff_action "
        f"FROM clean n LEFT JOIN {quote_ident(dataset.name)} o ON {keys_equal_sql(dataset, 'n', 'o')} "
        f"WHERE o.batch_id IS NULL OR {differs}"
    )
    con.execute("CREATE OR REPLACE TEMP VIEW diff AS SELECT * FROM changes")


def _add_deletions(con: Connection, job: LoadJob) -> None:
    """Add to the changes the rows of the ledger that lie in the replaced scope and that the file does not have.

    A row of the file that is refused is there all the same. Raises StillNamed.
    """
    names, keys = (
        ", ".join(quote_ident(c.name) for c in job.columns),
        ", ".join(quote_ident(k) for k in job.dataset.key),
    )
    inside = scope.condition_sql(job.dataset, job.scope or scope.Scope())
    con.execute(
        f"INSERT INTO changes ({names}, diff_action) SELECT {names}, 'delete' FROM {quote_ident(job.dataset.name)} o "
        f"ANTI JOIN read USING ({keys}) WHERE {inside}"
    )
    _refuse_if_named(con, job.dataset)


def _refuse_if_named(con: Connection, dataset: Dataset) -> None:
    """Refuse to delete a parent that other ledgers name."""
    for child in DATASETS.values():
        for column in (c for c in child.columns if c.references == dataset.name):
            used = (
                f"{quote_ident(dataset.key[0])} IN (SELECT {quote_ident(column.name)} FROM {quote_ident(child.name)})"
            )
            rows = _count_rows(con, "diff", f"diff_action = 'delete' AND {used}")
            if rows:
                raise StillNamed(rows=rows, parent=dataset.label, child=child.label)


def missing_row_count(con: Connection, job: LoadJob, counts: Counts) -> int:
    """Return how many rows of the ledger the file does not have; of a dated ledger, in the file's own period.

    A row that the file has is not missing, even where it is refused.
    """
    ledger, day = quote_ident(job.dataset.name), scope.day_column(job.dataset)
    if counts.inserted and not (counts.updated or counts.unchanged) and not _count_rows(con, ledger):
        return 0
    period = "true"
    if day and day.name in job.dataset.key:
        name = quote_ident(day.name)
        period = f"{name} BETWEEN (SELECT min({name}) FROM clean) AND (SELECT max({name}) FROM clean)"
    keys = ", ".join(quote_ident(k) for k in job.dataset.key)
    refused = (
        f"(SELECT DISTINCT {keys} FROM read ANTI JOIN clean USING ({keys})) AS r SEMI JOIN {ledger} USING ({keys})"
    )
    here = counts.updated + counts.unchanged + (_count_rows(con, refused, period) if _count_rows(con, "bad") else 0)
    return max(0, _count_rows(con, ledger, period) - here)


def ledger_row_count(con: Connection, dataset: Dataset) -> int:
    return _count_rows(con, quote_ident(dataset.name))


def changed_cells(con: Connection, job: LoadJob) -> list[tuple[str, str, str | None, str | None]]:
    """Return (key, column, old value, new value) of the first changed cells of `diff`, as text."""
    dataset = job.dataset
    cells = [
        f"SELECT {key_text_sql(dataset, 'd')} AS key, '{c.name}' AS name, CAST(o.{quote_ident(c.name)} "
        "AS VARCHAR) AS old, "
        f"CAST(d.{quote_ident(c.name)} AS VARCHAR) AS new FROM first_updates d JOIN {quote_ident(dataset.name)} o "
        f"ON {keys_equal_sql(dataset, 'd', 'o')} WHERE d.{quote_ident(c.name)} IS DISTINCT FROM o.{quote_ident(c.name)}"
        for c in job.columns
        if c.name not in dataset.key
    ]
    if not cells:
        return []
    order = ", ".join(quote_ident(k) for k in dataset.key)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE first_updates AS SELECT * FROM diff WHERE diff_action = 'update' "
        f"ORDER BY {order} LIMIT {SHOWN_CHANGES}"
    )
    return con.execute(f"{' UNION ALL '.join(cells)} ORDER BY key, name LIMIT {SHOWN_CHANGES}").fetchall()


def apply_changes(con: Connection, job: LoadJob, batch: int, counts: Counts) -> list[Dataset]:
    """Bring the ledger to what `diff` says, inside the caller's transaction; returns the ledgers that changed.

    The old row of each update and delete is kept for undo; a row that was inserted bears the batch's number.
    """
    registered = _register_parents(con, job, batch)
    former = former_values.keep_former_values(con, job, batch)
    if counts.updated or counts.deleted:
        _keep_old_rows(con, job.dataset, batch)
    if counts.updated:
        _update_rows(con, job, batch)
    if counts.deleted:
        _delete_rows(con, job.dataset)
    if counts.inserted:
        names = ", ".join(quote_ident(c.name) for c in job.columns)
        con.execute(
            f"INSERT INTO {quote_ident(job.dataset.name)} ({names}, batch_id) SELECT {names}, {batch} FROM diff "
            f"WHERE diff_action = 'insert'"
        )
    return [job.dataset, *former, *registered]


def _keep_old_rows(con: Connection, dataset: Dataset, batch: int) -> None:
    names = [quote_ident(c.name) for c in dataset.columns] + ["batch_id"]
    con.execute(
        f"INSERT INTO {quote_ident(undo_table(dataset))} (undo_batch, undo_action, {', '.join(names)}) "
        f"SELECT {batch}, d.diff_action, {', '.join('o.' + n for n in names)} FROM diff d "
        f"JOIN {quote_ident(dataset.name)} o ON {keys_equal_sql(dataset, 'd', 'o')} WHERE d.diff_action <> 'insert'"
    )


def _update_rows(con: Connection, job: LoadJob, batch: int) -> None:
    ledger = quote_ident(job.dataset.name)
    changed = [quote_ident(c.name) for c in job.columns if c.name not in job.dataset.key]
    sets = ", ".join([f"{c} = d.{c}" for c in changed] + [f"batch_id = {batch}"])
    con.execute(
        f"UPDATE {ledger} SET {sets} FROM diff d "
        f"WHERE d.diff_action = 'update' AND {keys_equal_sql(job.dataset, ledger, 'd')}"
    )


def _delete_rows(con: Connection, dataset: Dataset) -> None:
    """Take out the rows that a replacing file does not have."""
    ledger = quote_ident(dataset.name)
    con.execute(
        f"DELETE FROM {ledger} USING diff d WHERE d.diff_action = 'delete' AND {keys_equal_sql(dataset, ledger, 'd')}"
    )


def _register_parents(con: Connection, job: LoadJob, batch: int) -> list[Dataset]:
    """Add the parents that the check collected; returns their ledgers."""
    registered = []
    for column in job.parents:
        parent, new = DATASETS[column.references], quote_ident("new_" + column.name)
        if not (parent.name_column and _count_rows(con, new)):
            continue
        found = [d[0] for d in con.execute(f"SELECT * FROM {new} LIMIT 0").description or []]
        said = [quote_ident(name) for name in found if name not in ("id", "name")]
        into = ", ".join([quote_ident(parent.key[0]), quote_ident(parent.name_column), *said, "batch_id"])
        values = ", ".join(["id", "name", *said, str(batch)])
        con.execute(
            f"INSERT INTO {quote_ident(parent.name)} ({into}) SELECT {values} FROM {new} "
            f"WHERE id IN (SELECT {quote_ident(column.name)} FROM diff)"
        )
        registered.append(parent)
    return registered
