"""How long ago, by the server's clock, the last report was loaded: a fact of the system, in no figure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from duckdb import DuckDBPyConnection as Connection

from data.ingest import batch_log
from data.ingest.batch_log import Load
from data.standards.alert_rules import STALE, alert_limits
from data.text import Text
from data.words import LEDGER_NAMES
from ui.store import cached_now

LOAD_AGE = Text(
    "数据停更：最新一批（批次 {batch}，{ledger}）是 {days} 天前（{when}）装入的（服务器时钟），满 {limit} 天提醒",
    "No new data: the last batch ({batch}, {ledger}) was loaded {days} days ago ({when}) by the clock of the server; "
    "told from {limit} days on",
)


def load_age_notices(con: Connection) -> Iterator[Text]:
    """Yield that nothing has been loaded for long, if that is so now."""
    said = load_age_text(_last_load(con), batch_log.current_time())
    if said:
        yield said


def load_age_line(con: Connection) -> dict[str, str]:
    """Return the same for the webhook, by what tells it from alerts."""
    said = load_age_text(_last_load(con), batch_log.current_time())
    return {STALE: said.zh} if said else {}


def _last_load(con: Connection) -> Load | None:
    return cached_now(con, batch_log.last_load, tuple(LEDGER_NAMES))


def load_age_text(last: Load | None, now: datetime) -> Text | None:
    """Say how many days old the last batch of a reported ledger is, None before the limit and of 示例 batches alone."""
    limit = alert_limits(now.date()).get(STALE)
    if limit is None or last is None:
        return None
    batch, ledger, when = last
    days = (now.date() - when.date()).days
    told = {"batch": batch, "ledger": LEDGER_NAMES[ledger], "when": f"{when:%Y-%m-%d %H:%M}"}
    return LOAD_AGE.fill(**told, days=days, limit=f"{limit:g}") if days >= limit else None
