"""A phrase in both languages of the house."""

from __future__ import annotations

import string
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
MINUS = "−"


def _blank_names(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@dataclass(frozen=True, slots=True)
class Text:
    """The same phrase in Chinese and English; both are required and leave the same blanks."""

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not self.zh or not self.en:
            raise ValueError(f"a phrase lacks a language: {self!r}")
        if _blank_names(self.zh) != _blank_names(self.en):
            raise ValueError(f"the languages leave different blanks: {self!r}")

    def into(self, language: Language) -> str:
        """Return the phrase in one language."""
        return self.en if language == "en" else self.zh

    def fill(self, **blanks: object) -> Text:
        """Return the phrase with its blanks filled; a blank that is itself a Text goes in language by language."""
        filled = {}
        for language in ("zh", "en"):
            values = {k: v.into(language) if isinstance(v, Text) else v for k, v in blanks.items()}
            filled[language] = self.into(language).format(**values)
        return verbatim(filled["zh"], filled["en"])


def verbatim(zh: str, en: str) -> Text:
    """Make a finished phrase: braces that came in with a value are text, not blanks."""
    text = object.__new__(Text)
    object.__setattr__(text, "zh", zh)
    object.__setattr__(text, "en", en)
    return text


def untranslated(phrase: str) -> Text:
    """Return a phrase that reads alike in both languages, such as a name or a symbol."""
    return verbatim(phrase, phrase)


def with_minus(number: str) -> str:
    """Return a written number with a minus sign, which a hyphen is not."""
    return number.replace("-", MINUS)


NOTHING, SPACE = untranslated(""), verbatim("", " ")  # between sentences only English has a space


def mid_sentence(phrase: Text) -> Text:
    """Return a label as it stands inside a sentence: in English without its capital, unless more of them follow."""
    en = phrase.en
    return verbatim(phrase.zh, en[0].lower() + en[1:] if en[:1].isupper() and en[1:2].islower() else en)


def join_texts(phrases: Iterable[Text], between: Text = NOTHING) -> Text:
    """Return several phrases as one, with another phrase between them."""
    parts = list(phrases)
    return verbatim(between.zh.join(p.zh for p in parts), between.en.join(p.en for p in parts))


def join_list(phrases: Iterable[Text]) -> Text:
    """Return several phrases as one, parted as lists are in each language."""
    return join_texts(phrases, Text("、", ", "))
