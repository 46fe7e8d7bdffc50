"""Of which day, of which batches and whether 示例: what a page, a workbook and a formula say of their data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from duckdb import DuckDBPyConnection as Connection

from data.ingest import batch_log
from ui import cache, formats, phrases
from ui.preferences import reader_language, t


def data_origin(con: Connection, as_of: date | None, ledgers: Sequence[str]) -> tuple[str, bool]:
    """Say of which day and of which batches figures from some ledgers are, and whether 示例 rows are among them."""
    first, last, is_sample = cache.cached_work(con, ledgers, batch_log.batch_range, ledgers)
    batches = phrases.BATCH_ONE.fill(batch=first) if first == last else phrases.BATCHES.fill(first=first, last=last)
    newest = cache.cached_work(con, ledgers, batch_log.newest_ledger_date, ledgers, as_of) if as_of else None
    parts = [f"{t(phrases.AS_OF)} {formats.format_date(newest)}"] if newest else []
    if as_of and as_of != newest:
        parts.append(phrases.SEEN_FROM.fill(day=formats.format_date(as_of)).into(reader_language()))
    parts += [batches.into(reader_language())] if first and (newest or not as_of) else []
    return " · ".join(parts), is_sample


def marked_origin(con: Connection, as_of: date | None, ledgers: Sequence[str]) -> str:
    """Return what is said of the origin of figures, with the mark of 示例 rows among them."""
    said, is_sample = data_origin(con, as_of, ledgers)
    return f"{said} · {t(phrases.SAMPLE)}" if is_sample else said
