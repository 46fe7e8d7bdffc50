"""Ledgers as they are exported, read back with pandas alone."""

from __future__ import annotations

import io

import pandas as pd

from data.datasets import DATASETS, Dataset
from data.ingest.forms import template
from data.store import Store

YES_NO = {"是": True, "否": False}


class ExportedLedgers(dict[str, pd.DataFrame]):
    """Ledgers that nobody changes: each set is itself alone, so that what is worked out of it can be kept."""

    def __hash__(self) -> int:  # type: ignore[override]
        return id(self)


def exported_ledgers(store: Store) -> ExportedLedgers:
    """Return every ledger of a database by its name, columns by theirs, and the batches; what is missing is NaN or NaT.

    Nothing was corrected in these databases: each ledger is of one batch.
    """
    with store.read() as con:
        batches = con.execute("SELECT batch_id, dataset, is_sample, loaded_by, loaded_at FROM batch").df()
        ledgers = ((name, _typed(dataset, template.export_csv(con, dataset))) for name, dataset in DATASETS.items())
        return ExportedLedgers([*ledgers, ("batch", batches)])


def _typed(dataset: Dataset, content: bytes) -> pd.DataFrame:
    frame = pd.read_csv(io.BytesIO(content), dtype=str, encoding="utf-8-sig")
    frame.columns = pd.Index([column.name for column in dataset.columns])
    for column in dataset.columns:
        values = frame[column.name]
        if column.kind == "number":
            frame[column.name] = pd.to_numeric(values).astype(float)
        elif column.kind == "integer":
            frame[column.name] = pd.to_numeric(values)
        elif column.kind in ("date", "timestamp"):
            frame[column.name] = pd.to_datetime(values)
        elif column.kind == "flag":
            frame[column.name] = values.map(YES_NO)
    return frame
