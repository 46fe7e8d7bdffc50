"""Of which day and of which batches figures are, in the same words on the page and in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS
from data.ingest import batch_log
from data.roles import installed_role
from data.text import Text, join_texts, untranslated
from ui import formats, phrases

LOADERS = {  # who loads what no person does
    "示例": Text("示例", "Sample"),
    "收件夹": Text("收件夹", "Watched folder"),
}
A_CLERK = Text("经办人", "a clerk")


@dataclass(frozen=True, slots=True)
class DataOrigin:
    """The day asked for, the newest date up to it in some ledgers, their batches, and whether one is 示例."""

    as_of: date | None
    newest: date | None
    first_batch: int | None
    last_batch: int | None
    is_sample: bool


def read_data_origin(con: Connection, as_of: date | None, sources: Sequence[str]) -> DataOrigin:
    """Return where figures from some ledgers come from; without a day there is no newest date.

    Before the first of their dates no batch is behind them; ledgers without dates count on any day.
    """
    newest = batch_log.newest_ledger_date(con, sources, as_of) if as_of else None
    first, last, is_sample = batch_log.batch_range(con, sources)
    if as_of and not newest and any(DATASETS[name].dated_by for name in sources):
        first, last = None, None
    return DataOrigin(as_of, newest, first, last, is_sample)


def loader_text(name: object) -> Text:
    """Return who loaded or took back a batch, as it is read: where clerks read, a person by name."""
    return LOADERS.get(str(name), untranslated(str(name)) if installed_role() == "clerk" else A_CLERK)


def data_origin_text(origin: DataOrigin) -> Text:
    """Return 数据截至 2014-06-30 · 按 2014-09-01 计算 · 批次 3–7, each part only where there is something to say."""
    parts = []
    if origin.newest:
        parts.append(_words_and_day(origin.newest))
    if origin.as_of and origin.as_of != origin.newest:
        parts.append(worked_out_for_text(origin.as_of))
    if origin.first_batch:
        parts.append(_batches_text(origin))
    return join_texts(parts, untranslated(" · "))


def worked_out_for_text(day: date) -> Text:
    """Return 按 2014-09-01 计算: the day asked for, where the data carry another date or none."""
    return phrases.SEEN_FROM.fill(day=formats.format_date(day))


def _words_and_day(day: date) -> Text:
    return Text("{words} {day}", "{words} {day}").fill(words=phrases.AS_OF, day=formats.format_date(day))


def _batches_text(origin: DataOrigin) -> Text:
    if origin.first_batch == origin.last_batch:
        return phrases.BATCH_ONE.fill(batch=origin.first_batch)
    return phrases.BATCHES.fill(first=origin.first_batch, last=origin.last_batch)
