"""The day of the pages of 三改一拆: one for all of them, so that one word has one figure on each."""

from datetime import date

from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS
from ui.cache import newest_day
from ui.preferences import chosen_day

LEDGERS = tuple(name for name, dataset in DATASETS.items() if dataset.stream == "demolition")


def demolition_day(con: Connection) -> date | None:
    """Return the day that the reader chose, or else the newest in any ledger of 三改一拆."""
    return chosen_day() or newest_day(con, LEDGERS)
