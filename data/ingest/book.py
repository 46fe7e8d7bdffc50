"""The book of batches: who loaded which file when, and which batches stand behind a ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection as Connection

from data.ingest.reader import Upload
from data.ingest.stage import Job
from data.schema import quoted


@dataclass(frozen=True, slots=True)
class Who:
    """Who loads a file, and whether it is one of the 示例 ledgers."""

    name: str
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """What a batch does to the ledger, in rows of the ledger."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0


def now() -> datetime:
    return datetime.now().replace(microsecond=0)


def state(con: Connection) -> int:
    """Return a number that every write changes."""
    return int(con.execute("SELECT n FROM store_lock").fetchall()[0][0])


def next_batch(con: Connection) -> int:
    return int(con.execute("SELECT coalesce(max(batch_id), 0) + 1 FROM batch").fetchall()[0][0])


def record(con: Connection, job: Job, file: Upload, who: Who, batch: int, counts: Counts, rejected: int) -> None:
    """Enter a batch in the book: what file, how much, who, when."""
    values = (
        batch, job.dataset.name, file.name, file.sha256, len(file.raw), job.lines.encoding, job.match.layout,
        job.lines.rows, counts.inserted, counts.updated, counts.unchanged, rejected, who.is_sample, who.name,
        now(), None, None,
    )  # fmt: skip
    con.execute(f"INSERT INTO batch VALUES ({', '.join('?' * len(values))})", list(values))


def history(con: Connection, limit: int = 1_000) -> list[dict[str, object]]:
    """Return the batches, newest first."""
    found = con.execute("SELECT * FROM batch ORDER BY batch_id DESC LIMIT ?", [limit])
    names = [d[0] for d in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def behind(con: Connection, ledgers: Sequence[str]) -> tuple[int | None, int | None, bool]:
    """Return the first and the last batch whose rows stand in some ledgers, and whether one is of the 示例 ledgers."""
    each = " UNION ".join(f"SELECT DISTINCT batch_id FROM {quoted(ledger)}" for ledger in ledgers)
    first, last, is_sample = con.execute(
        f"SELECT min(b.batch_id), max(b.batch_id), max(b.is_sample) FROM batch b JOIN ({each}) r USING (batch_id)"
    ).fetchall()[0]
    return first, last, bool(is_sample)
