"""The modules of a folder, found by looking: what stands in a file of its own is on no list."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType


def import_submodules(package: ModuleType) -> list[ModuleType]:
    """Import and return every module below a package, folders within it included, in the order of their names."""
    files = [path.relative_to(folder) for folder in map(Path, package.__path__) for path in folder.rglob("*.py")]
    names = [".".join(file.with_suffix("").parts) for file in files if file.stem != "__init__"]
    return [import_module(f"{package.__name__}.{name}") for name in sorted(names)]


def source_path(module: str) -> str:
    """Return the file of a module as the project names it: data/sample/rivers.py."""
    return f"{module.replace('.', '/')}.py"
