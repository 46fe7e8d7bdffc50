"""The ranking of a day as a file of its ledger of published rankings: what is published, and what already was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd
from duckdb import DuckDBPyConnection as Connection

from data.datasets import DATASETS, Column, Dataset
from data.ingest.forms import template
from data.ingest.loader import Options, Upload
from data.ingest.reading import reader
from data.schema import quote_ident
from data.text import Language
from ui.results import DatedResult

PUBLISHED_IN = {"village_ranking": "published_ranking", "overall_ranking": "published_standing"}  # by the metric
DECIMALS = 4  # chosen: more than is ever printed; places follow the figures before they are rounded


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
    ledger = ledger_of_ranking(ranking)
    headings = [column.heading.into(language) for column in ledger.columns]
    return template.csv_bytes([headings, *_cells_of_rows(ledger, ranking_rows(ranking))])


def _cells_of_rows(ledger: Dataset, rows: pd.DataFrame) -> Iterable[list[str]]:
    for row in rows.astype(object).to_dict("records"):
        yield [_cell_text(column, row[column.name]) for column in ledger.columns]


def _cell_text(column: Column, value: object) -> str:
    """Return a value as it is written in a file, nothing for a village without a place."""
    if pd.isna(value):
        return ""
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return f"{round(value, DECIMALS):.15g}" if column.kind == "number" and isinstance(value, float) else str(value)


def draft_file(ranking: DatedResult, state: int, file_name: str, language: Language) -> tuple[Upload, Options]:
    """Return the ranking as the file that a clerk would have sent, and the state of the ledgers that it is of."""
    return reader.make_upload(file_name, ranking_csv(ranking, language)), Options(state=state)


def publishing_batch(con: Connection, ranking: DatedResult) -> int | None:
    """Return the batch by which the ranking of its day was published, None where it was not."""
    published = quote_ident(ledger_of_ranking(ranking).name)
    found = con.execute(f"SELECT max(batch_id) FROM {published} WHERE ranked_on = ?", [ranking.as_of])
    [(batch,)] = found.fetchall()
    return None if batch is None else int(batch)
