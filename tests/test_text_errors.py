"""Phrases, failures and units: nothing reaches a reader in one language only."""

import re
from pathlib import Path

import pytest

from data import errors
from data.datasets import DATASETS
from data.errors import DashboardError, EmptyFile, StillUsed
from data.ingest.checking.error_reasons import HOW_TO_FILL, LEFT_OUT, NOTES, REASONS, WARNINGS
from data.text import Text, untranslated
from data.units import UNITS

HAN = re.compile(r"[\u4e00-\u9fff]")
FAILURES = [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, DashboardError)][1:]
SAID = {"reason": REASONS, "note": NOTES, "warning": WARNINGS, "left out": LEFT_OUT, "advice": HOW_TO_FILL}
PHRASES = {c.__name__: c.sentence for c in FAILURES}
PHRASES |= {f"{kind} {key}": text for kind, said in SAID.items() for key, text in said.items()}
PHRASES |= {f"rule {d.name}.{rule.name}": rule.reason for d in DATASETS.values() for rule in d.constraints}
ROOT = Path(__file__).parent.parent
PROGRAM = [ROOT / "cli.py", *(f for room in ("data", "analytics", "ui", "pages") for f in (ROOT / room).rglob("*.py"))]


@pytest.mark.parametrize(("zh", "en"), [("", "River"), ("河道", "")])
def test_a_phrase_without_one_language_is_refused(zh, en):
    """A Text with an empty language cannot be made."""
    with pytest.raises(ValueError, match="lacks a language"):
        Text(zh, en)


@pytest.mark.parametrize(("zh", "en"), [("{name}是空的", "It is empty"), ("第{line}行", "row {row}")])
def test_a_phrase_with_other_blanks_in_the_other_language_is_refused(zh, en):
    """A Text whose languages leave different blanks cannot be made."""
    with pytest.raises(ValueError, match="different blanks"):
        Text(zh, en)


def test_a_phrase_fills_a_blank_in_its_own_language():
    """A Text in a blank goes in as Chinese into the Chinese and as English into the English."""
    filled = Text("缺少{column}", "{column} is missing").fill(column=Text("河道", "River"))
    assert (filled.zh, filled.en) == ("缺少河道", "River is missing")


def test_braces_of_a_value_stay_as_they_are():
    """A value that holds braces is printed, not filled again."""
    error = EmptyFile(name="{year}.csv")
    assert error.text.zh == "文件“{year}.csv”是空的。"
    assert untranslated("{a}").into("en") == "{a}"


@pytest.mark.parametrize("name", PHRASES)
def test_every_sentence_is_written_in_both_languages(name):
    """Every failure, reason, note, warning and rule has a Chinese sentence with Han and an English one without."""
    phrase = PHRASES[name]
    assert HAN.search(phrase.zh)
    assert not HAN.search(phrase.en)


def test_there_are_sentences_to_hold():
    """The failures are found by their class, so that the claim above is not empty."""
    assert {"EmptyFile", "NotText", "WrongLedger", "StillUsed", "DatabaseInUse"} <= {c.__name__ for c in FAILURES}


def test_no_sentence_is_left_that_nobody_says():
    """Every failure is named, and every reason, note and warning is keyed, in the program outside its own list."""
    sources = {f: f.read_text(encoding="utf-8") for f in PROGRAM if f.name != "errors.py"}
    names = set(re.findall(r"\b[A-Z]\w+", " ".join(sources.values())))
    keyed = " ".join(text for file, text in sources.items() if file.name != "error_reasons.py")
    keys = set(re.findall(r"""["'](\w+)["']""", keyed))
    assert [c.__name__ for c in FAILURES if c.__name__ not in names] == []
    assert [key for key in (*REASONS, *NOTES, *WARNINGS, *LEFT_OUT) if key not in keys] == []


def test_a_failure_tells_its_sentence_in_both_languages():
    """An error carries its filled sentence, with the label of the ledger in each language."""
    error = StillUsed(batch=3, rows=2, parent=DATASETS["river"].label, child=DATASETS["reach"].label)
    assert error.text.zh == ("批次 3 不能撤销：它登记的 2 行“河道名录”还被“包干河段”用着。请先撤销用到它们的批次。")
    assert error.text.en.startswith("Batch 3 cannot be undone: 2 rows of “Rivers” that it added are still used by")
    assert str(error) == f"{error.text.zh} / {error.text.en}"


@pytest.mark.parametrize(
    ("unit", "written", "factor"),
    [
        ("km", "公里", 1),
        ("km", "km", 1),
        ("km", "千米", 1),
        ("km", "M", 0.001),
        ("wan", "亿元", 10_000),
        ("wan", "元", 0.0001),
        ("mg/L", "MG/l", 1),
        ("mg/L", "μg/L", 0.001),  # Greek mu
        ("mg/L", "µg/L", 0.001),  # micro sign
        ("mg/L", "ug/L", 0.001),
        ("uS/cm", "us/cm", 1),
        ("uS/cm", "mS/cm", 1000),
        ("celsius", "°C", 1),
        ("m2", "m2", 1),
        ("m2", "万平方米", 10_000),
        ("m3", "m3", 1),
        ("mu", "公顷", 15),
        ("percent", "％", 1),
        ("", "无量纲", 1),
        ("km", "里", None),
    ],
)
def test_a_unit_is_known_by_its_spellings(unit, written, factor):
    """A unit in a heading gives the factor into the registry's unit, or None if it is not known."""
    assert UNITS[unit].factor(written) == factor
