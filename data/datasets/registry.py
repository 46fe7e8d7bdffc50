"""The ledgers of a folder: found by looking, held to what a registry needs, put in order."""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType
from typing import get_args

from data.datasets.model import Dataset, Stream
from data.modules import source_path

STREAMS: tuple[Stream, ...] = get_args(Stream)


class BadLedger(ValueError):
    """A file declares a ledger that cannot be one of the others; the message names the file and says why."""


def declared_ledgers(modules: Iterable[ModuleType]) -> dict[str, Dataset]:
    """Return the ledgers that modules declare as DATASET, by name, in order; raises BadLedger.

    A module without a Dataset holds columns or words that several ledgers share.
    """
    found: dict[str, Dataset] = {}
    for module in modules:
        if any(isinstance(value, Dataset) for value in vars(module).values()):
            dataset = _declared(module)
            if dataset.name in found:
                raise BadLedger(f"{source_path(module.__name__)}: there is a ledger “{dataset.name}” already")
            found[dataset.name] = dataset
    for dataset in found.values():
        _demand_parents(found, dataset)
    return parents_first(found)


def _declared(module: ModuleType) -> Dataset:
    """Return the one ledger that a module declares; raises BadLedger unless file and folder bear its names."""
    file, dataset = source_path(module.__name__), getattr(module, "DATASET", None)
    if not isinstance(dataset, Dataset):
        raise BadLedger(f"{file}: declare the ledger as DATASET = Dataset(…)")
    if any(isinstance(value, Dataset) and value is not dataset for value in vars(module).values()):
        raise BadLedger(f"{file}: a file declares one ledger; move the other into one of its own")
    *_, folder, name = module.__name__.split(".")
    if (folder, name) != (dataset.stream, dataset.name):
        raise BadLedger(
            f"{file}: declares the ledger “{dataset.name}” of {dataset.stream}, "
            f"so it has to be data/datasets/{dataset.stream}/{dataset.name}.py"
        )
    return dataset


def _demand_parents(ledgers: dict[str, Dataset], dataset: Dataset) -> None:
    """Refuse a column that names a row of what is no ledger, or of one that no single cell can name."""
    file = f"data/datasets/{dataset.stream}/{dataset.name}.py"
    for column in (c for c in dataset.columns if c.references):
        if column.references not in ledgers:
            known = ", ".join(ledgers)
            raise BadLedger(f"{file}: “{column.name}” names a row of “{column.references}”; the ledgers are {known}")
        if len(ledgers[column.references].key) != 1:
            raise BadLedger(f"{file}: “{column.name}” names a row of “{column.references}”, whose key has more columns")
    linked = {c.references for c in dataset.columns}
    for constraint in (c for c in dataset.constraints if c.parent and c.parent not in linked):
        raise BadLedger(f"{file}: “{constraint.name}” reads “{constraint.parent}”, which no column of the ledger names")


def parents_first(ledgers: dict[str, Dataset]) -> dict[str, Dataset]:
    """Return the ledgers by line of work and place in the menus, but each after all that it names.

    Raises BadLedger for ledgers that name each other in a circle.
    """
    waiting = sorted(ledgers.values(), key=lambda d: (STREAMS.index(d.stream), d.menu_place, d.name))
    placed: dict[str, Dataset] = {}
    while waiting:
        ready = next((d for d in waiting if all(c.references in placed for c in d.columns if c.references)), None)
        if ready is None:
            raise BadLedger(f"data/datasets: ledgers name each other in a circle: {_circle(waiting)}")
        placed[ready.name] = ready
        waiting.remove(ready)
    return placed


def _circle(waiting: list[Dataset]) -> str:
    """Return the way from a ledger to one that it names, until one comes again."""
    left = {d.name: [c.references for c in d.columns if c.references] for d in waiting}
    way = [waiting[0].name]
    while way.count(way[-1]) == 1:
        way.append(next(name for name in left[way[-1]] if name in left))
    return " → ".join(way[way.index(way[-1]) :])
