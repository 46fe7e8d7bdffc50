"""Every phrase of the source stands in both languages, wherever it is said: errors, exports, papers, charts."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from analytics.metrics import LISTINGS, METRICS
from data.datasets import DATASETS
from data.words import WORDS
from tests.serving import ROOT
from tests.source_phrases import literals, phrases_of, sources
from ui.data_origin import LOADERS

HAN = re.compile(r"[\u4e00-\u9fff]+")
LATIN = re.compile(r"[a-z]{3,}")
CITATION = re.compile(r"[\u4e00-\u9fff]+〔\d{4}〕\d+号|《[^》]+》")  # papers and campaigns keep their names
METHODS = set("引增提促储联暖谋宣疏拆")  # the Chinese name of a verb or a step stands before its English one
ENDINGS = {"项目"}  # of names, quoted by the formula that cuts it off
ROOMS = ("data", "analytics", "ui", "pages", "app.py", "cli.py")
SAID_IN = ("ui", "pages", "app.py", "cli.py")  # what is said is written there; other rooms hold words and patterns too
NOT_SAID = {  # Chinese by its nature: what browsers, fonts, patterns and workbooks are asked for
    "ui/chart_view.py": "the locale of the charts",
    "ui/documents/word_page.py": "names of fonts",
    "ui/documents/svg_picture.py": "what map signs are told by",
    "ui/formats.py": "units, of which the English ones stand beside them",
    "ui/investment/playbook_draft.py": "yes and no as the house reads them back",
    "ui/page_header.py": "the name of the language",
}


def chinese_in(english: str) -> set[str]:
    return set(HAN.findall(CITATION.sub("", english))) - METHODS - ENDINGS


@cache
def words_with_english() -> frozenset[str]:
    """Return the stored words that have an English label: those of the house, and of the columns that hold them."""
    holders: list[Any] = [*DATASETS.values(), *METRICS.values(), *LISTINGS.values()]
    choices = (choice.value for each in holders for column in each.columns for choice in column.choices)
    return frozenset({*WORDS, *LOADERS, *choices})


@pytest.mark.parametrize("path", sources(*ROOMS), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_english_half_of_a_phrase_is_english(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = [str(each.value) for _, english in phrases_of(tree) for each in literals(english)]
    assert {found for text in said for found in chinese_in(text)} == set()


@pytest.mark.parametrize("path", sources(*SAID_IN), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_chinese_is_half_of_a_phrase_or_a_word_with_an_english_one(path: Path) -> None:
    """What is neither would be said in Chinese to everybody; on the command line both languages stand in one line."""
    if path.relative_to(ROOT).as_posix() in NOT_SAID:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    halves = {id(each) for both in phrases_of(tree) for half in both for each in literals(half)}
    remarks = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}  # docstrings
    parts = {id(each): text for text in ast.walk(tree) if isinstance(text, ast.JoinedStr) for each in literals(text)}
    loose = {
        each.value
        for each in literals(tree)
        if id(each) not in halves | remarks and HAN.search(str(each.value)) and not LATIN.search(_whole(parts, each))
    }
    assert loose - words_with_english() == set()


def _whole(parts: dict[int, ast.JoinedStr], literal: ast.Constant) -> str:
    """Return the string of which a literal is a part."""
    whole = parts.get(id(literal))
    return "".join(str(each.value) for each in literals(whole)) if whole else str(literal.value)


@pytest.mark.parametrize(
    "definition", [*DATASETS.values(), *METRICS.values(), *LISTINGS.values()], ids=lambda d: d.name
)
def test_headings_and_words_of_a_table_are_english(definition) -> None:
    """So are its name, the headings of its columns and the words in them, on which files and forms are built."""
    said = [definition.label, *(column.heading for column in definition.columns)]
    said += [choice.label for column in definition.columns for choice in column.choices]
    assert {text.en for text in said if chinese_in(text.en)} == set()
