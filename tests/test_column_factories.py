"""Column factories are typed: what mypy refuses stands here, and an ignore that is not needed fails `make check`."""

import tomllib
from pathlib import Path

import pytest

from data.datasets import model
from data.datasets.model import Column
from data.text import Text

ROOT = Path(__file__).parent.parent


def test_a_factory_fills_in_the_kind_and_what_goes_without_saying() -> None:
    """A code is required, a number is not negative unless it says so, a parent names its ledger."""
    assert model.code("a", "甲", "A") == Column(name="a", label=Text("甲", "A"), required=True)
    assert model.number("a", "甲", "A", "km", high=9) == Column(
        name="a", label=Text("甲", "A"), kind="number", unit="km", low=0.0, high=9
    )
    assert model.number("a", "甲", "A", low=None).low is None
    assert model.parent("a", "river", "甲", "A").references == "river"


def test_an_option_that_no_column_has_is_refused() -> None:
    """A misspelt keyword is a mistake to mypy and to Python."""
    with pytest.raises(TypeError, match="requird"):
        model.text("a", "甲", "A", requird=True)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="colour"):
        model.number("a", "甲", "A", colour="red")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="required"):
        model.code("a", "甲", "A", required=True)  # type: ignore[call-arg]


def options_of_the_wrong_type() -> None:
    """Python lets these pass; mypy does not, of which each ignore is the proof, for one that is not needed fails."""
    model.text("a", "甲", "A", required="yes")  # type: ignore[arg-type]
    model.date("a", "甲", "A", aliases="日期")  # type: ignore[arg-type]
    model.number("a", "甲", "A", high="9")  # type: ignore[arg-type]
    model.integer("a", "甲", "A", low="0")  # type: ignore[arg-type]
    model.moment("a", "甲", "A", day_from=None)  # type: ignore[arg-type]
    model.choice("a", "甲", "A", ("甲", "乙"))  # type: ignore[arg-type]


def test_mypy_reads_this_file_and_fails_for_an_ignore_that_is_not_needed() -> None:
    """The proofs above hold because `make check` runs mypy on this file in strict mode."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert settings["strict"] is True
    assert {"tests", "tests/test_column_factories.py"} & set(settings["files"])
