"""DATASETS: the ledgers, each declared in a file of its own, <stream>/<name>.py; parents come before their children."""

import sys
from dataclasses import replace

from data.datasets.model import Choice, Column, Dataset
from data.datasets.registry import declared_ledgers
from data.errors import UnknownDataset
from data.modules import import_submodules

DATASETS: dict[str, Dataset] = declared_ledgers(import_submodules(sys.modules[__name__]))


def dataset_named(name: str) -> Dataset:
    """Return the ledger of that code or label; raises UnknownDataset."""
    labels = {label: d for d in DATASETS.values() for label in (d.label.en, d.label.zh, d.name)}
    if name not in labels:
        raise UnknownDataset(name=name, known=", ".join(DATASETS))
    return labels[name]


def item_column(ledger: Dataset, column: Column) -> Column | None:
    """Return the enumeration that gives a number its unit, row by row; that of a parent bears a name with a point."""
    link, _, name = column.unit_from.rpartition(".")
    if not link:
        return ledger.column(name) if name else None
    return replace(DATASETS[ledger.column(link).references].column(name), name=column.unit_from)


__all__ = ["DATASETS", "Choice", "Column", "Dataset", "dataset_named", "item_column"]
