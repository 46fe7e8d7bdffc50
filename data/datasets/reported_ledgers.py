"""The ledgers that units report: those of the three lines of work whose rows have a day."""

from data.datasets import demolition, investment, water
from data.datasets.model import Choice, Dataset
from data.modules import import_submodules

PUBLISHED = "published_ranking"  # dated too, but made here and reported by nobody


def reported_ledgers() -> tuple[Choice, ...]:
    """Return the ledgers of the three lines of work whose rows have a day, so that a period can be held against it."""
    modules = (module for stream in (water, investment, demolition) for module in import_submodules(stream))
    found = (getattr(module, "DATASET", None) for module in modules)
    return tuple(
        Choice(d.name, d.label) for d in found if isinstance(d, Dataset) and d.dated_by and d.name != PUBLISHED
    )
