"""Where the figures of a page come from, in the reader's language: its title line, its formulas, its workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from duckdb import DuckDBPyConnection as Connection

from ui import cache, phrases
from ui.data_origin import data_origin_text, read_data_origin
from ui.preferences import reader_language, t


def page_data_origin(con: Connection, as_of: date | None, ledgers: Sequence[str]) -> tuple[str, bool]:
    """Say of which day and of which batches figures from some ledgers are, and whether 示例 rows are among them."""
    origin = cache.cached_work(con, ledgers, read_data_origin, as_of, ledgers)
    return data_origin_text(origin).into(reader_language()), origin.is_sample


def marked_data_origin(con: Connection, as_of: date | None, ledgers: Sequence[str]) -> str:
    """Say the same in one line, with the mark of 示例 rows among them."""
    said, is_sample = page_data_origin(con, as_of, ledgers)
    return f"{said} · {t(phrases.SAMPLE)}" if is_sample else said
