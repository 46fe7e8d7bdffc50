"""The budget of names: a newcomer who searches for a name finds one place, not seven."""

import ast
import re
import subprocess
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MOST_FILES = 2
SHARED_BY_REASON = {
    "main": "the entry of each program",
    "title_sentence": "the title of a page, which ui/<stream>/<page>.py gives under one word",
    "page_blocks": "what a page is made of, as main is what a program does",
}
MOST_SINGLE_WORDS = 0.05  # the field's own terms: forecast, undo, code, parent …
PICTURES = {
    "alike", "asides", "book", "clerk", "desk", "door", "figures", "found", "gallery", "garbled", "inlet", "inspector",
    "judging", "kept", "movements", "odour", "rank", "rules", "shift", "spread", "standing", "survival", "tiles",
    "together", "torture", "tray", "turns",
}  # fmt: skip
SELF_EXPLAINING = {"DAY_SECONDS", "DONE", "LEDGER", "MEGABYTE", "MILLION", "UNUSABLE", "WAN", "WAN_PER_YI"}
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "core", "tools"}


def source_files(*rooms: str) -> list[Path]:
    """Return the Python files that git knows or would add below some paths."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "--", *rooms]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [ROOT / f for f in listed if f.endswith(".py") and (ROOT / f).exists()]


PRODUCT = source_files("data", "analytics", "ui", "pages", "bench", "app.py", "cli.py")


@cache
def top_level_statements(file: Path) -> list[ast.stmt]:
    """Return what stands at the top level of a file."""
    return ast.parse(file.read_text(encoding="utf-8")).body


def top_level_functions(file: Path) -> list[str]:
    """Return the names of the functions that stand at the top level of a file."""
    return [
        node.name for node in top_level_statements(file) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_a_public_function_has_a_name_of_its_own():
    """No public name of a top-level function stands in more than two files, but for those with a reason."""
    places = defaultdict(set)
    for file in PRODUCT:
        for name in top_level_functions(file):
            places[name].add(str(file.relative_to(ROOT)))
    shared = {name: files for name, files in places.items() if not name.startswith("_") and len(files) > MOST_FILES}
    assert {name: sorted(files) for name, files in shared.items() if name not in SHARED_BY_REASON} == {}
    assert SHARED_BY_REASON.keys() <= shared.keys(), "an exemption that nothing needs any more"


def test_a_function_has_two_words_or_more():
    """One word alone says too little, but for the few terms of the field."""
    names = [name.strip("_") for file in PRODUCT for name in top_level_functions(file)]
    single = [name for name in names if "_" not in name]
    assert len(single) <= MOST_SINGLE_WORDS * len(names), single


@pytest.mark.parametrize("banned", [PICTURES, VAGUE], ids=["pictures", "vague"])
def test_no_module_bears_a_picture_or_a_word_for_anything(banned):
    """A module is called by the field's term, neither by a picture nor by a word that fits everything."""
    modules = [file.relative_to(ROOT) for file in [*PRODUCT, *source_files("tests")]]
    words = {m: {m.stem, *(part for part in m.parent.parts)} for m in modules}
    assert [str(m) for m in modules if words[m] & banned] == []


def test_modules_have_names_that_python_and_people_can_read():
    """Lower-case words joined by underscores."""
    assert [str(f) for f in PRODUCT if not re.fullmatch(r"(__)?[a-z0-9]+(_[a-z0-9]+)*(__)?", f.stem)] == []


def is_number(node: ast.expr) -> bool:
    """Tell whether a value is made of numbers, and names of other numbers."""
    parts = [n for n in ast.walk(node) if isinstance(n, ast.expr)]
    made_of = (ast.Constant, ast.Name, ast.Tuple, ast.BinOp, ast.UnaryOp)
    numbers = [n for n in parts if isinstance(n, ast.Constant)]
    is_numeric = bool(numbers) and all(isinstance(n.value, int | float) for n in numbers)
    return is_numeric and all(isinstance(n, made_of) for n in parts)


def constants_without_reason(file: Path) -> list[str]:
    """Return the numeric constants of a module that have no comment on their line or on the one above."""
    lines = ["", *file.read_text(encoding="utf-8").splitlines()]
    assigned = [n for n in top_level_statements(file) if isinstance(n, ast.Assign) and is_number(n.value)]
    bare = [node for node in assigned if "#" not in lines[node.lineno - 1] + lines[node.lineno]]
    names = [[n.id for n in ast.walk(node.targets[0]) if isinstance(n, ast.Name)] for node in bare]
    return [", ".join(each) for each in names if each[0].isupper() and each[0] not in SELF_EXPLAINING]


def test_a_number_says_where_it_comes_from():
    """A constant that was measured or chosen carries its reason in half a line; the samples are invented and do not."""
    files = [file for file in PRODUCT if "sample" not in file.parts]
    assert {str(f.relative_to(ROOT)): names for f in files if (names := constants_without_reason(f))} == {}
