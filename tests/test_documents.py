"""What the hand-written documents say of commands, settings, files and versions is so."""

import argparse
import os
import re
import shlex
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest

import cli
from analytics.metrics import METRICS
from data.datasets import DATASETS
from data.store import open_store
from tests.stores import copy_database

ROOT = Path(__file__).parent.parent
README, GUIDE, CHANGES = (
    (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
)
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FENCED, QUOTED, LINKED = (
    re.compile(r"```\w*\n(.*?)```", re.DOTALL),
    re.compile(r"`([^`\n]+)`"),
    re.compile(r"\]\(([^)]+)\)"),
)
PATH = re.compile(r"(?<![\w./$-])(?:[\w.<>*-]+/)+[\w.<>*-]*|(?<![\w./-])[\w-]+\.(?:py|md|toml|csv|txt)\b")
MADE_WHEN_RUN = ("data/db/", ".venv/")
SETTING = re.compile(r"\bFRONTLINE_[A-Z]+(?:_[A-Z]+)*\b")
READ_FROM_ENVIRONMENT = re.compile(r"(?:environ(?:\.get\(|\[)|getenv\()\s*[\"'](\w+)")
VERBS: dict[str, argparse.ArgumentParser] = next(
    action.choices for action in cli.build_parser()._actions if isinstance(action, argparse._SubParsersAction)
)
OPTIONS = {
    (verb, option)
    for verb, parser in VERBS.items()
    for action in parser._actions
    if not isinstance(action, argparse._HelpAction)
    for option in action.option_strings
}
COMMAND_BLOCK = next(block for block in FENCED.findall(README) if "python cli.py history" in block)
COMMANDS = [line for block in FENCED.findall(README) for line in block.splitlines() if line.startswith("python cli.py")]


def has_word(text: str, word: str) -> bool:
    """Tell whether a word stands in a text, not as a part of a longer one."""
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None


def code_spans(text: str) -> list[str]:
    """Return what a document sets as code, and the targets of its links to files."""
    links = [target for target in LINKED.findall(text) if "://" not in target]
    return [*FENCED.findall(text), *QUOTED.findall(FENCED.sub("", text)), *links]


def named_paths(text: str) -> set[str]:
    """Return the paths of the house that a document names; the files in its examples of commands are the reader's."""
    spans = [span for span in code_spans(text) if "cli.py " not in span]
    return {p for span in spans for p in PATH.findall(span) if not p.startswith(MADE_WHEN_RUN)}


def program_sources() -> list[str]:
    """Return the text of every program that git knows or would add."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "*.py", ".ci"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [(ROOT / f).read_text(encoding="utf-8") for f in listed if (ROOT / f).exists()]


def settings_read() -> set[str]:
    """Return the names of the settings that code, tests and the Makefile read."""
    forms = (SETTING, READ_FROM_ENVIRONMENT)
    names = {name for source in program_sources() for form in forms for name in form.findall(source)}
    return names | set(re.findall(r"^(\w+) \?=", MAKEFILE, re.MULTILINE))


def make_targets() -> set[str]:
    """Return the targets that are there to be called."""
    return {target for line in re.findall(r"^\.PHONY:(.*)", MAKEFILE, re.MULTILINE) for target in line.split()}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_stands_in_the_readme(verb):
    """Each verb of the command line is shown in an example."""
    assert any(line.split()[2] == verb for line in COMMANDS)


def test_every_option_stands_in_the_readme():
    """Each option of each verb is named."""
    assert [(verb, option) for verb, option in sorted(OPTIONS) if not has_word(README, option)] == []


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_of_the_readme_is_understood(line):
    """Each example parses, and the ledger or metric that it names exists."""
    args = cli.parse_arguments(shlex.split(line, comments=True)[2:])
    assert getattr(args, "dataset", cli.AUTO) in {*DATASETS, cli.AUTO}
    assert getattr(args, "name", "signing_rate") in METRICS


@pytest.mark.slow
def test_the_commands_of_the_readme_run_as_they_are_printed(sample_path, tmp_path):
    """On a database with the 示例 ledgers the lines run one after the other, with the files that the house has: each
    ends well, and the batch that is undone is the one before."""
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    own = copy_database(sample_path, tmp_path / "own.duckdb")
    env = os.environ | {"FRONTLINE_DB": str(own), "PYTHONPATH": str(ROOT)}
    for line in COMMAND_BLOCK.splitlines():
        words = shlex.split(line, comments=True)
        words[:2] = [sys.executable, str(ROOT / "cli.py")] if words[0] == "python" else words[:2]
        ran = subprocess.run(words, cwd=tmp_path, env=env, capture_output=True, text=True)
        assert ran.returncode == 0, (line, ran.stderr)
    assert {"模板.xlsx", "河道.xlsx", "收件夹"} <= {path.name for path in tmp_path.iterdir()}
    with open_store(own) as store, store.read() as con:
        assert con.execute("SELECT file_name FROM batch WHERE undone_at IS NOT NULL").fetchall() == [("6月进度.csv",)]


def test_every_setting_stands_in_the_readme():
    """Each environment variable that anything here reads is explained."""
    assert [name for name in sorted(settings_read()) if not has_word(README, name)] == []
    assert {"FRONTLINE_DB", "PORT", "PYTHON"} <= settings_read()


def test_every_make_target_stands_in_the_readme():
    """Each target is named as `make …`, and no document names one that is not there."""
    targets = make_targets()
    assert [target for target in sorted(targets) if not has_word(README, f"make {target}")] == []
    spans = [span for text in (README, GUIDE) for span in code_spans(text)]
    assert {word for span in spans for word in re.findall(r"\bmake (\w+)", span)} - targets == set()


@pytest.mark.parametrize(("name", "text"), [("README.md", README), ("CONTRIBUTING.md", GUIDE)])
def test_every_path_of_a_document_exists(name, text):
    """A path is a file or a folder; with a placeholder such as <stream> at least one file fits it."""
    paths = named_paths(text)
    assert len(paths) > 5
    assert [p for p in sorted(paths) if not any(ROOT.glob(re.sub(r"<\w+>", "*", p)))] == []


def test_every_name_that_the_guide_gives_as_an_example_exists():
    """A function, class, module or declared field that CONTRIBUTING.md sets as code is there."""
    named = {span for span in QUOTED.findall(FENCED.sub("", GUIDE)) if re.fullmatch(r"\w+_\w+|[A-Z][a-z]+\w+", span)}
    defined = {n for source in program_sources() for n in re.findall(r"^(?:def|class) (\w+)", source, re.MULTILINE)}
    fields = {n for source in program_sources() for n in re.findall(r"^    (\w+): ", source, re.MULTILINE)}
    known = defined | fields | {f.stem for f in ROOT.glob("[a-z]*/**/*.py")}
    assert len(named) > 5
    assert sorted(named - known - {"effective_from"}) == []


@pytest.mark.parametrize(("name", "limit"), [("README.md", 150), ("CONTRIBUTING.md", 90)])
def test_a_document_for_newcomers_is_short(name, limit):
    """They are read, so they are short."""
    assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) <= limit


def test_the_changelog_has_a_dated_section_for_each_version():
    """The newest heading is the version of pyproject.toml; versions and dates go down."""
    headings = [line.removeprefix("## ") for line in CHANGES.splitlines() if line.startswith("## ")]
    assert [h for h in headings if not re.fullmatch(r"\d+\.\d+\.\d+ · \d{4}-\d{2}-\d{2}", h)] == []
    dated = [(tuple(map(int, h.split(" · ")[0].split("."))), date.fromisoformat(h.split(" · ")[1])) for h in headings]
    assert dated == sorted(dated, reverse=True)
    assert headings[0].split(" · ")[0] == PROJECT["version"]


def test_the_hooks_run_what_is_here():
    """The two hooks of a commit fetch nothing, run commands of `make check`, and name tests that exist."""
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert re.findall(r"repo: (.*)", hooks) == ["local"]
    assert hooks.count("- id:") == 2
    for command in re.findall(r"\.venv/bin/(ruff [^&']+?)(?: &&|')", hooks):
        assert f"$(BIN)/{command}" in MAKEFILE
    assert [p for p in re.findall(r"tests/\w+\.py", hooks) if not (ROOT / p).exists()] == []
