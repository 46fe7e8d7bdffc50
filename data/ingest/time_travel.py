"""All ledgers as they stood after a batch, under their own names, so that the same SQL gives the figures of then.

A temporary view of the name of a ledger comes before the ledger itself, on the one cursor that made it. A batch that
was undone never counts, as in `data.ingest.versions`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Dataset
from data.errors import UnknownBatch
from data.ingest import batch_log
from data.ledger_state import scan_sql
from data.schema import quote_ident, quote_literal, undo_table

VERSION_STEP = 2**32  # chosen: more batches than there will ever be; a version times this and a batch fit a BIGINT


@contextmanager
def ledgers_after_batch(con: Connection, batch: int) -> Iterator[None]:
    """Let a cursor see every ledger, their states, their undo tables and the book as they stood after a batch.

    Within one such block another may go back further. Raises UnknownBatch for one that is not in the book.
    """
    if not batch_log.has_batch(con, batch):
        raise UnknownBatch(batch=batch)
    before = seen_after_batch(con)
    _drop_views(con)
    _make_views(con, batch)
    try:
        yield
    finally:
        _drop_views(con)
        if before is not None:
            _make_views(con, before)


def seen_after_batch(con: Connection) -> int | None:
    """Return the batch after which a cursor sees the ledgers; None where it sees them as they stand."""
    found = con.execute(
        "SELECT comment FROM duckdb_tables() WHERE temporary AND table_name = 'ledger_state'"
    ).fetchall()
    return int(found[0][0]) if found else None


def changed_ledgers(con: Connection, batch: int) -> list[str]:
    """Return the ledgers that batches after one have changed: by rows of theirs, or by rows replaced or taken out."""
    state, book = _main_table(con, "ledger_state"), _main_table(con, "batch")
    found = con.execute(
        f"SELECT dataset FROM {state} WHERE last_batch > $batch UNION "
        f"SELECT dataset FROM {book} WHERE batch_id > $batch AND undone_at IS NULL AND updated + deleted > 0",
        {"batch": batch},
    ).fetchall()
    changed = {name for (name,) in found}
    return [name for name in DATASETS if name in changed]


def _make_views(con: Connection, batch: int) -> None:
    changed = changed_ledgers(con, batch)
    for name in changed:
        _make_view(con, name, _rows_after_sql(con, DATASETS[name], batch))
        undo = undo_table(DATASETS[name])
        _make_view(con, undo, f"SELECT * FROM {_main_table(con, undo)} WHERE undo_batch <= {batch:d}")
    _make_view(con, "batch", f"SELECT * FROM {_main_table(con, 'batch')} WHERE batch_id <= {batch:d}")
    con.execute(f"CREATE TEMP TABLE ledger_state AS {_states_after_sql(con, changed)}")
    con.execute(f"COMMENT ON TABLE temp.ledger_state IS '{batch:d}'")


def _make_view(con: Connection, name: str, rows: str) -> None:
    con.execute(f"CREATE TEMP VIEW {quote_ident(name)} AS {rows}")


def _drop_views(con: Connection) -> None:
    """Let the cursor see the ledgers as they stand."""
    if seen_after_batch(con) is None:
        return
    own = {"batch", *DATASETS, *map(undo_table, DATASETS.values())}
    made = con.execute("SELECT view_name FROM duckdb_views() WHERE temporary AND NOT internal").fetchall()
    for name in own.intersection(name for (name,) in made):
        con.execute(f"DROP VIEW temp.{quote_ident(name)}")
    con.execute("DROP TABLE temp.ledger_state")


def _main_table(con: Connection, table: str) -> str:
    """Return the full name of a table: a view that bears its short name would read itself by that."""
    [(database,)] = con.execute("SELECT current_database()").fetchall()
    return f"{quote_ident(database)}.main.{quote_ident(table)}"


def _rows_after_sql(con: Connection, dataset: Dataset, batch: int) -> str:
    """Return the SQL of the rows of a ledger after a batch: those that still stand, and those replaced since."""
    names = ", ".join([quote_ident(c.name) for c in dataset.columns] + ["batch_id"])
    return (
        f"SELECT {names} FROM {_main_table(con, dataset.name)} WHERE batch_id <= {batch:d} UNION ALL "
        f"SELECT {names} FROM {_main_table(con, undo_table(dataset))} "
        f"WHERE batch_id <= {batch:d} AND undo_batch > {batch:d}"
    )


def _states_after_sql(con: Connection, changed: Sequence[str]) -> str:
    """Return the SQL of the states of all ledgers, of those that changed since read off their rows of then.

    Their version is a number that no other state of the ledger has: a cache tells then from now by it.
    """
    state = _main_table(con, "ledger_state")
    listed = ", ".join(map(quote_literal, changed))
    standing = f"SELECT * FROM {state}" + (f" WHERE dataset NOT IN ({listed})" if changed else "")
    return " UNION ALL ".join([standing, *(_state_after_sql(state, DATASETS[name]) for name in changed)])


def _state_after_sql(state: str, dataset: Dataset) -> str:
    """Return the SQL of the state of one ledger; the last batch that wrote or took out a row tells its version."""
    last = f"greatest(coalesce(s.last_batch, 0), coalesce((SELECT max(undo_batch) FROM {undo_table(dataset)}), 0))"
    return (
        f"SELECT s.dataset, -(p.version * {VERSION_STEP} + {last}), s.rows, s.newest, s.first_batch, s.last_batch, "
        f"s.is_sample, s.dated_by FROM ({scan_sql(dataset)}) AS s JOIN {state} p ON p.dataset = s.dataset"
    )
