"""The rooms of the house: who may import whom, and how long things may be."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCREEN = {"streamlit", "plotly", "pydeck"}
ROOMS = {"data", "analytics", "ui", "pages"}
NEVER = {
    "data": {"analytics", "ui", "pages"} | SCREEN,
    "analytics": {"ui", "pages"} | SCREEN,
    "ui": {"analytics", "pages"},
    "pages": {"duckdb", "plotly", "pydeck", "pages"},
    "app.py": {"duckdb", "plotly", "pydeck"},
    "cli.py": {"streamlit", "pages"},
    "bench": {"streamlit", "pages"},
}
ONLY = {
    "data": {
        "data",
        "duckdb",
        "pandas",
        "zstandard",
        "python_calamine",
        "xlrd",
        "xlsxwriter",
        "openpyxl",
        "numpy",
        "PIL",
        "shapely",
        "pyproj",
        "shapefile",
    },
    "data/text.py": {"data"},
    "data/errors.py": {"data"},
    "analytics": {"analytics", "data", "duckdb", "pandas", "numpy", "scipy", "shapely", "chinese_calendar"},
}


def files_of_layer(room: str) -> list[Path]:
    """Return the Python files of a room that git knows or would add."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "--", room]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [ROOT / f for f in listed if f.endswith(".py") and (ROOT / f).exists()]


@cache
def import_statements(file: Path) -> list[ast.Import | ast.ImportFrom]:
    """Return all imports of a file, at its head or inside a function."""
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]


def imported_modules(file: Path) -> set[str]:
    """Return the top-level modules that a file imports anywhere, the standard library left out."""
    found = set()
    for node in import_statements(file):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        else:
            found.add((node.module or "").split(".")[0] if not node.level else "relative")
    return found - set(sys.stdlib_module_names)


@pytest.mark.parametrize("room", NEVER)
def test_a_room_never_imports_what_is_above_it(room):
    """No file of a room imports a room or a library that the architecture keeps from it."""
    assert {
        str(f.relative_to(ROOT)): bad for f in files_of_layer(room) if (bad := imported_modules(f) & NEVER[room])
    } == {}


@pytest.mark.parametrize("room", ONLY)
def test_a_lower_room_imports_nothing_else(room):
    """The rooms of data and meaning live on a short list of libraries; phrases and errors on none."""
    assert {
        str(f.relative_to(ROOT)): more for f in files_of_layer(room) if (more := imported_modules(f) - ONLY[room])
    } == {}


@cache
def import_graph() -> dict[str, frozenset[str]]:
    """Return the modules of the house that each of its modules imports, at its head or inside a function."""
    found = [file for room in (*sorted(ROOMS), "bench", "app.py", "cli.py") for file in files_of_layer(room)]
    names = {module_name(file): file for file in found}
    return {name: frozenset(house_imports(file, set(names)) - {name}) for name, file in names.items()}


def module_name(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def house_imports(file: Path, names: set[str]) -> set[str]:
    """Return the modules among `names` that a file imports; of a package it imports from, the module that is meant."""
    found = set()
    for node in import_statements(file):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif node.module:
            parts = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {part if part in names else node.module for part in parts}
    return found & names


def folder(module: str) -> str:
    """Return the folder that a module stands in; a package stands in its own."""
    return module if (ROOT / module.replace(".", "/")).is_dir() else module.rpartition(".")[0] or module


def is_inside(one: str, other: str) -> bool:
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def two_way_pairs(graph: Mapping[str, Iterable[str]]) -> set[tuple[str, str]]:
    """Return the folders that import each other; a folder and one inside it are one room."""
    ways = {(folder(one), folder(other)) for one, others in graph.items() for other in others}
    return {(a, b) for a, b in ways if a < b and (b, a) in ways and not is_inside(a, b)}


def test_no_module_imports_itself_by_way_of_others():
    """Modules of the house can be put into an order in which each imports only earlier ones."""
    try:
        order = list(TopologicalSorter(import_graph()).static_order())
    except CycleError as error:
        pytest.fail(f"a circle: {' <- '.join(error.args[1])}")
    assert set(order) == set(import_graph())


def test_no_two_folders_import_each_other():
    """Between two folders imports go one way."""
    assert two_way_pairs(import_graph()) == set()


def test_a_two_way_pair_of_folders_is_found():
    """Two folders that import each other are told; a package and its own folder may."""
    graph = {
        "data.ingest.values.cells": ["data.ingest.checking.stage"],
        "data.ingest.checking.scope": ["data.ingest.values"],
    }
    assert two_way_pairs(graph) == {("data.ingest.checking", "data.ingest.values")}
    assert (
        two_way_pairs({"data.ingest.loader": ["data.ingest.values"], "data.ingest.values.cells": ["data.ingest.merge"]})
        == set()
    )


def test_errors_import_text_only():
    """The module of errors knows nothing of the house but `Text`, and `Text` nothing at all."""
    named = {}
    for name in ("errors.py", "text.py"):
        tree = ast.parse((ROOT / "data" / name).read_text(encoding="utf-8"))
        modules = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        named[name] = {m for m in modules if m.split(".")[0] == "data"}
    assert named == {"errors.py": {"data.text"}, "text.py": set()}


def test_the_terminal_does_without_streamlit():
    """Importing the command line loads neither Streamlit nor a plotting library, directly or by way of others."""
    program = f"import sys, cli; print(*sorted({SCREEN!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_pages_hold_no_sql():
    """Pages and the web server name queries and metrics; the SQL itself is in analytics."""
    statement = re.compile(r"\b(SELECT\b.*\bFROM|INSERT INTO|DELETE FROM|UPDATE \w+ SET)\b", re.DOTALL)
    sources = {f: f.read_text(encoding="utf-8") for f in [*files_of_layer("pages"), *files_of_layer("app.py")]}
    assert [str(f.relative_to(ROOT)) for f, source in sources.items() if statement.search(source)] == []


def test_pages_are_short():
    """A page chooses, computes and shows its list and the view of one thing: 160 lines are enough, 25 a function."""
    long_functions = {
        f"{file.relative_to(ROOT)}: {node.name}"
        for file in files_of_layer("pages")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 25
    }
    assert long_functions == set()
    assert {
        str(f): n for f in files_of_layer("pages") if (n := len(f.read_text(encoding="utf-8").splitlines())) > 160
    } == {}
