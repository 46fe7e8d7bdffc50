"""What the modules of the streams declare, found by their folders."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from analytics.metrics.model import Definition

Kind = TypeVar("Kind", bound=Definition)
PACKAGE = "analytics.metrics"


def declaring_modules(streams: Iterable[str]) -> tuple[ModuleType, ...]:
    """Return the modules of the streams' folders, in the order of the streams."""
    return tuple(_imported_modules(streams))


def _imported_modules(streams: Iterable[str]) -> Iterator[ModuleType]:
    for stream in streams:
        folder = str(Path(__file__).parent / stream)
        for found in pkgutil.iter_modules([folder], f"{PACKAGE}.{stream}."):
            yield import_module(found.name)


def declared(kind: type[Kind], modules: Sequence[ModuleType]) -> dict[str, Kind]:
    """Return what modules declare of a kind, by name; raises ValueError for a doubled name."""
    found = dict.fromkeys(value for module in modules for value in vars(module).values() if isinstance(value, kind))
    names = [definition.name for definition in found]
    if doubled := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"declared twice: {', '.join(sorted(doubled))}")
    return dict(zip(names, found, strict=True))
