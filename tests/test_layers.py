"""The rooms of the house: who may import whom, and how long things may be."""

import ast
import re
import subprocess
import sys
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
    "data": {"data", "duckdb", "pandas", "zstandard", "python_calamine", "xlrd", "xlsxwriter"},
    "data/text.py": {"data"},
    "data/errors.py": {"data"},
    "analytics": {"analytics", "data", "duckdb", "pandas", "numpy", "scipy"},
}


def files_of_layer(room: str) -> list[Path]:
    """Return the Python files of a room that git knows or would add."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "--", room]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [ROOT / f for f in listed if f.endswith(".py") and (ROOT / f).exists()]


def imported_modules(file: Path) -> set[str]:
    """Return the top-level modules that a file imports anywhere, the standard library left out."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
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
    """Pages and the web door name queries and metrics; the SQL itself is in analytics."""
    statement = re.compile(r"\b(SELECT\b.*\bFROM|INSERT INTO|DELETE FROM|UPDATE \w+ SET)\b", re.DOTALL)
    sources = {f: f.read_text(encoding="utf-8") for f in [*files_of_layer("pages"), *files_of_layer("app.py")]}
    assert [str(f.relative_to(ROOT)) for f, source in sources.items() if statement.search(source)] == []


def test_pages_are_short():
    """A page chooses, computes and shows: 90 lines are enough."""
    assert {
        str(f): n for f in files_of_layer("pages") if (n := len(f.read_text(encoding="utf-8").splitlines())) > 90
    } == {}


def test_the_readme_is_short():
    """The README is read, so it has 150 lines at most."""
    readme = ROOT / "README.md"
    if not readme.exists():
        pytest.skip("no README.md yet")
    assert len(readme.read_text(encoding="utf-8").splitlines()) <= 150
