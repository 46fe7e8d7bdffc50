"""The book of batches: who loaded which file when, what stands behind a ledger, and what a clerk mapped by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Dataset
from data.errors import UnknownBatch
from data.ingest.reading.reader import Upload
from data.ledger_state import ledger_states, refresh_states
from data.schema import quote_ident, quote_literal

Load = tuple[int, str, datetime]  # a batch, its ledger, and when it was loaded


@dataclass(frozen=True, slots=True)
class Who:
    """Who loads a file, whether it is one of the 示例 ledgers, and how it came in ("web", "cli", …)."""

    name: str
    is_sample: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a batch does to the ledger, in rows of the ledger."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0


@dataclass(frozen=True, slots=True)
class Submission:
    """What came in together and is undone together: the number of its first batch, and the ledgers of its file."""

    number: int
    ledgers: tuple[str, ...]


def current_time() -> datetime:
    return datetime.now().replace(microsecond=0)


def write_counter(con: Connection) -> int:
    """Return a number that every write changes."""
    return int(con.execute("SELECT n FROM store_lock").fetchall()[0][0])


def next_batch(con: Connection) -> int:
    return int(con.execute("SELECT coalesce(max(batch_id), 0) + 1 FROM batch").fetchall()[0][0])


def _insert_row(con: Connection, table: str, row: Mapping[str, object]) -> None:
    con.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


def record_batch(
    con: Connection,
    *,
    batch: int,
    dataset: Dataset,
    file: Upload,
    who: Who,
    counts: Counts,
    rows: int,
    rejected: int,
    encoding: str,
    layout: str,
    sheet: str = "",
    mode: str = "upsert",
    given: str = "",
    submission: Submission | None = None,
) -> None:
    """Enter a batch in the book: what file, read how, with what given by hand, how much, who, when, from where, and
    with which others.
    """
    together = submission or Submission(batch, (dataset.name,))
    entry = {
        "batch_id": batch, "dataset": dataset.name, "file_name": file.name, "sha256": file.sha256,
        "bytes": file.size, "encoding": encoding, "sheet": sheet, "layout": layout, "mode": mode, "rows": rows,
        "given": given or None,
        "inserted": counts.inserted, "updated": counts.updated, "unchanged": counts.unchanged,
        "deleted": counts.deleted, "rejected": rejected, "is_sample": who.is_sample, "loaded_by": who.name,
        "origin": who.origin, "loaded_at": current_time(), "submission": together.number,
        "file_ledgers": list(together.ledgers),
    }  # fmt: skip
    _insert_row(con, "batch", entry)


def recent_batches(con: Connection, limit: int = 1_000) -> list[dict[str, object]]:
    """Return the batches, newest first."""
    found = con.execute("SELECT * FROM batch ORDER BY batch_id DESC LIMIT ?", [limit])
    names = [d[0] for d in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def batch_entry(con: Connection, batch: int) -> dict[str, object]:
    """Return what the book says of a batch; raises UnknownBatch."""
    found = con.execute("SELECT * FROM batch WHERE batch_id = ?", [batch])
    names, rows = [d[0] for d in found.description or []], found.fetchall()
    if not rows:
        raise UnknownBatch(batch=batch)
    return dict(zip(names, rows[0], strict=True))


def batches_in_force(
    con: Connection, ledgers: Sequence[str], codes: Mapping[str, str] = MappingProxyType({})
) -> list[dict[str, object]]:
    """Return the batches of some ledgers that are not undone, newest first.

    `codes` are those of a row, column by column: of a ledger that knows such a code its batches are those of the rows
    that bear it.
    """
    found = con.execute(
        "SELECT batch_id, dataset, file_name, loaded_by, loaded_at, is_sample, inserted, updated, deleted FROM batch "
        "WHERE dataset IN (SELECT unnest(?)) AND undone_at IS NULL ORDER BY batch_id DESC",
        [list(ledgers)],
    )
    names = [d[0] for d in found.description or []]
    batches = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    bearing = {name: _batches_with_codes(con, DATASETS[name], codes) for name in ledgers}
    return [each for each in batches if (own := bearing[each["dataset"]]) is None or each["batch_id"] in own]


def last_load(con: Connection, ledgers: Sequence[str]) -> Load | None:
    """Return the last batch of some ledgers that is in force and no 示例; None without."""
    found = con.execute(
        "SELECT batch_id, dataset, loaded_at FROM batch WHERE undone_at IS NULL AND NOT is_sample "
        f"AND dataset IN ({', '.join(map(quote_literal, ledgers))}) ORDER BY batch_id DESC LIMIT 1"
    ).fetchone()
    return found and (found[0], found[1], found[2])


def _batches_with_codes(con: Connection, ledger: Dataset, codes: Mapping[str, str]) -> set[int] | None:
    """Return the batches of the rows that bear codes; None of a ledger that knows none of them."""
    named = {code: own for code in codes if (own := _columns_naming(ledger, code))}
    if not named:
        return None
    asked = " AND ".join(f"${code} IN ({', '.join(map(quote_ident, own))})" for code, own in named.items())
    found = con.execute(
        f"SELECT DISTINCT batch_id FROM {quote_ident(ledger.name)} WHERE {asked}", {code: codes[code] for code in named}
    )
    return {batch for (batch,) in found.fetchall()}


def _columns_naming(ledger: Dataset, code: str) -> list[str]:
    """Return the columns of a ledger that hold the code by which another one, or itself, tells its rows apart."""
    parents = [parent for parent in DATASETS.values() if parent.key == (code,)]
    return [column for parent in parents for name, column in columns_with_code(parent) if name == ledger.name]


def has_batch(con: Connection, batch: int) -> bool:
    return bool(con.execute("SELECT 1 FROM batch WHERE batch_id = ?", [batch]).fetchall())


def last_batch_by(con: Connection, day: date) -> int | None:
    """Return the last batch that had been loaded by the end of a day; None where there was none yet.

    When a file came in is told by the clock: what was known on a day is what had been loaded by then.
    """
    found = con.execute("SELECT max(batch_id) FROM batch WHERE CAST(loaded_at AS DATE) <= ?", [day]).fetchall()
    batch: int | None = found[0][0]
    return batch


def loaded_at(con: Connection, batch: int | None) -> datetime | None:
    """Return when a batch came in by the clock of the house; None without a batch."""
    found = con.execute("SELECT max(loaded_at) FROM batch WHERE batch_id = ?", [batch]).fetchall()
    moment: datetime | None = found[0][0]
    return moment


def undone_since(con: Connection, moment: datetime, last_batch: int) -> dict[int, str]:
    """Return the batches up to one that were undone since a moment and had changed rows, each with its ledger."""
    found = con.execute(
        "SELECT batch_id, dataset FROM batch WHERE batch_id <= ? AND undone_at >= ? "
        "AND inserted + updated + deleted > 0 ORDER BY batch_id",
        [last_batch, moment],
    )
    return dict(found.fetchall())


def batch_source(con: Connection, batch: int) -> tuple[str, str, date]:
    """Return the file of a batch, who loaded it and on which day."""
    found = con.execute(
        "SELECT file_name, loaded_by, CAST(loaded_at AS DATE) FROM batch WHERE batch_id = ?", [batch]
    ).fetchall()
    file_name, loaded_by, day = found[0]
    return file_name, loaded_by, day


def batches_submitted_with(con: Connection, batch: int) -> list[int]:
    """Return the batches that came in together with one, itself among them, in their order; none for an unknown one."""
    found = con.execute(
        "SELECT batch_id FROM batch WHERE submission = (SELECT max(submission) FROM batch WHERE batch_id = ?) "
        "ORDER BY batch_id",
        [batch],
    )
    return [number for (number,) in found.fetchall()]


def is_undone(con: Connection, batch: int) -> bool:
    return bool(con.execute("SELECT 1 FROM batch WHERE batch_id = ? AND undone_at IS NOT NULL", [batch]).fetchall())


def batch_of_same_file(con: Connection, dataset: Dataset, sha256: str) -> int | None:
    """Return the newest batch, not undone, that loaded these very bytes into this ledger."""
    found = con.execute(
        "SELECT max(batch_id) FROM batch WHERE dataset = ? AND sha256 = ? AND undone_at IS NULL",
        [dataset.name, sha256],
    ).fetchall()
    batch: int | None = found[0][0]
    return batch


def batch_range(con: Connection, ledgers: Sequence[str]) -> tuple[int | None, int | None, bool]:
    """Return the first and the last batch that some ledgers are made of, and whether one is of the 示例 ledgers.

    Those whose rows stand in a ledger, and those that took rows out of it.
    """
    known = ledger_states(con)
    states = [known[ledger] for ledger in ledgers]
    ends = [batch for state in states for batch in (state.first_batch, state.last_batch) if batch is not None]
    ends += _newest_deletion(con, ledgers)
    return min(ends, default=None), max(ends, default=None), any(state.is_sample for state in states)


def _newest_deletion(con: Connection, ledgers: Sequence[str]) -> list[int]:
    """Return the newest batch in force that took rows out of some ledgers, if there is one."""
    found = con.execute(
        "SELECT max(batch_id) FROM batch WHERE dataset IN (SELECT unnest(?)) AND deleted > 0 AND undone_at IS NULL",
        [list(ledgers)],
    ).fetchall()
    return [batch for (batch,) in found if batch is not None]


def newest_seen(con: Connection) -> tuple[date, int] | None:
    """Return the newest day of any ledger and the last batch; None where there is no day."""
    newest = "SELECT (SELECT max(newest) FROM ledger_state), (SELECT max(batch_id) FROM batch)"
    [(day, batch)] = con.execute(newest).fetchall()
    return (day, batch) if day else None


def newest_ledger_date(con: Connection, ledgers: Sequence[str], until: date | None = None) -> date | None:
    """Return the newest date in some ledgers, up to a day if one is given; None where they have none."""
    states, bound = ledger_states(con), until or date.max
    newest = {ledger: day for ledger in ledgers if (day := states[ledger].newest)}
    later = [ledger for ledger, day in newest.items() if day > bound]
    return max((day for day in (*newest.values(), *_newest_dates(con, later, bound)) if day <= bound), default=None)


def _newest_dates(con: Connection, ledgers: Sequence[str], until: date) -> list[date]:
    """Return the newest date up to a day in each date column of some ledgers that go on after it."""
    dated = [(quote_ident(name), quote_ident(column)) for name in ledgers for column in DATASETS[name].dated_by]
    each = [
        f"SELECT CAST(max({column}) AS DATE) AS day FROM {ledger} WHERE CAST({column} AS DATE) <= DATE '{until}'"
        for ledger, column in dated
    ]
    found = con.execute(" UNION ALL ".join(each)).fetchall() if each else []
    return [day for (day,) in found if day is not None]


def news_days(con: Connection, month: date) -> list[date]:
    """Return the days of a month, given by its first day, on which a row of some ledger is dated."""
    each = [
        f"SELECT CAST({quote_ident(column)} AS DATE) AS day FROM {quote_ident(name)}"
        for name, dataset in DATASETS.items()
        for column in dataset.dated_by
    ]
    found = con.execute(
        f"SELECT DISTINCT day FROM ({' UNION ALL '.join(each)}) AS days "
        "WHERE day >= ? AND day < CAST(? AS DATE) + INTERVAL 1 MONTH ORDER BY day",
        [month, month],
    )
    return [day for (day,) in found.fetchall()]


def mark_changed(con: Connection, datasets: Collection[Dataset]) -> None:
    """Note that ledgers have changed, once their rows are written and inside the transaction that wrote them."""
    names = [d.name for d in datasets]
    con.execute("UPDATE ledger_state SET version = version + 1 WHERE dataset IN (SELECT unnest(?))", [names])
    refresh_states(con, datasets)


def ledger_versions(con: Connection, ledgers: Sequence[str]) -> tuple[int, ...]:
    """Return the key for a cache of figures from some ledgers: it changes when one of them changes, and only then."""
    states = ledger_states(con)
    return tuple(states[ledger].version for ledger in ledgers)


def save_mapping(con: Connection, dataset: Dataset, signature: str, mapping: Mapping[str, str]) -> None:
    """Keep which column each heading was led to by hand, for the next file of this header; {} forgets it."""
    con.execute("DELETE FROM column_mapping WHERE dataset = ? AND signature = ?", [dataset.name, signature])
    for heading, column in mapping.items():
        entry = {"dataset": dataset.name, "signature": signature, "heading": heading, "column_name": column}
        _insert_row(con, "column_mapping", entry)


def mapped_signatures(con: Connection) -> dict[str, set[str]]:
    """Return ledger -> the signatures of the headers that a clerk once mapped to it by hand."""
    found = con.execute("SELECT dataset, list(DISTINCT signature) FROM column_mapping GROUP BY dataset").fetchall()
    return {dataset: set(signatures) for dataset, signatures in found}


def saved_mapping(con: Connection, dataset: Dataset, signature: str) -> dict[str, str]:
    """Return heading -> column as last mapped by hand for files of this header; "" is a heading to leave out."""
    found = con.execute(
        "SELECT heading, column_name FROM column_mapping WHERE dataset = ? AND signature = ?",
        [dataset.name, signature],
    )
    return dict(found.fetchall())


def batches_of_code(con: Connection, parent: Dataset, code: str) -> dict[str, int]:
    """Return the newest batch of the rows that hold one code, ledger by ledger: its own row, and those that name it."""
    newest: dict[str, int] = {}
    for name, column in columns_with_code(parent):
        found = con.execute(
            f"SELECT max(batch_id) FROM {quote_ident(name)} WHERE {quote_ident(column)} = ?", [code]
        ).fetchall()[0][0]
        if found is not None:
            newest[name] = max(found, newest.get(name, 0))
    return newest


def columns_with_code(parent: Dataset) -> list[tuple[str, str]]:
    """Return (ledger, column) wherever the code of a ledger's rows may stand."""
    naming = [(d.name, c.name) for d in DATASETS.values() for c in d.columns if c.references == parent.name]
    return [(parent.name, parent.key[0]), *naming]
