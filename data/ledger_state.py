"""What every page asks of a ledger, kept in one row by each batch and undo, so that no page scans for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Dataset
from data.schema import quote_ident, quote_literal

READ_OFF = ("rows", "newest", "first_batch", "last_batch", "is_sample")


@dataclass(frozen=True, slots=True)
class LedgerState:
    """How often a ledger has changed, its rows and newest date, their batches, and whether one of these is 示例."""

    version: int
    rows: int
    newest: date | None
    first_batch: int | None
    last_batch: int | None
    is_sample: bool


def ledger_states(con: Connection) -> dict[str, LedgerState]:
    """Return ledger -> its state, of all ledgers in one query."""
    found = con.execute(f"SELECT dataset, version, {', '.join(READ_OFF)} FROM ledger_state").fetchall()
    return {name: LedgerState(*state) for name, *state in found}


def scanned_state(con: Connection, dataset: Dataset, version: int) -> LedgerState:
    """Return the state that the row of a ledger should tell, by going through the ledger."""
    [state] = con.execute(f"SELECT {', '.join(READ_OFF)} FROM ({scan_sql(dataset)}) AS s").fetchall()
    return LedgerState(version, *state)


def refresh_states(con: Connection, datasets: Collection[Dataset]) -> None:
    """Read the states of some ledgers off their rows, inside the transaction that wrote these."""
    if datasets:
        sets = ", ".join(f"{column} = s.{column}" for column in (*READ_OFF, "dated_by"))
        scans = " UNION ALL ".join(map(scan_sql, datasets))
        con.execute(f"UPDATE ledger_state SET {sets} FROM ({scans}) AS s WHERE ledger_state.dataset = s.dataset")


def add_missing_states(con: Connection) -> None:
    """Give a state to every ledger that has none, or one that was read off other columns than it is dated by now."""
    known = dict(con.execute("SELECT dataset, dated_by FROM ledger_state").fetchall())
    new = [name for name in DATASETS if name not in known]
    if new:
        con.execute("INSERT INTO ledger_state (dataset, version) SELECT unnest(?), 0", [new])
    refresh_states(con, [d for d in DATASETS.values() if known.get(d.name) != _date_columns(d)])


def _date_columns(dataset: Dataset) -> str:
    return ", ".join(dataset.dated_by)


def scan_sql(dataset: Dataset) -> str:
    """Return the SQL of a ledger's state; ungrouped, for DuckDB then reads most of it off its statistics."""
    ledger = quote_ident(dataset.name)
    days = ", ".join(f"CAST(max({quote_ident(column)}) AS DATE)" for column in dataset.dated_by)
    samples = "SELECT batch_id FROM batch WHERE is_sample"
    return (
        f"SELECT {quote_literal(dataset.name)} AS dataset, count(*) AS rows, "
        f"{f'greatest({days})' if days else 'CAST(NULL AS DATE)'} AS newest, "
        f"min(batch_id) AS first_batch, max(batch_id) AS last_batch, "
        f"EXISTS (SELECT 1 FROM {ledger} WHERE batch_id IN ({samples})) AS is_sample, "
        f"{quote_literal(_date_columns(dataset))} AS dated_by FROM {ledger}"
    )
