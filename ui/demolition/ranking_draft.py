"""The ranking of a day as a file of its ledger of published rankings: what is published, and what already was."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Dataset
from data.schema import quote_ident
from data.text import Language
from ui.results import DatedResult
from ui.upload.draft_csv import draft_csv

PUBLISHED_IN = {"village_ranking": "published_ranking", "overall_ranking": "published_standing"}  # by the metric


def ledger_of_ranking(ranking: DatedResult) -> Dataset:
    """Return the ledger in which a ranking is published."""
    return DATASETS[PUBLISHED_IN[ranking.definition.name]]


def ranking_rows(ranking: DatedResult) -> pd.DataFrame:
    """Return the rows that are published of a ranking, under the columns of its ledger: all that have a name there."""
    ledger = ledger_of_ranking(ranking)
    rows = ranking.rows.assign(ranked_on=ranking.as_of)[[column.name for column in ledger.columns]]
    return rows.dropna(subset=list(ledger.key))


def ranking_csv(ranking: DatedResult, language: Language) -> bytes:
    """Return the ranking of a day as a CSV that loads into the ledger of published rankings."""
    return draft_csv(ledger_of_ranking(ranking), ranking_rows(ranking), language)


def publishing_batch(con: Connection, ranking: DatedResult) -> int | None:
    """Return the batch by which the ranking of its day was published, None where it was not."""
    published = quote_ident(ledger_of_ranking(ranking).name)
    found = con.execute(f"SELECT max(batch_id) FROM {published} WHERE ranked_on = ?", [ranking.as_of])
    [(batch,)] = found.fetchall()
    return None if batch is None else int(batch)
