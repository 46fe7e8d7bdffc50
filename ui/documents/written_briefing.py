"""A briefing with its pictures as a paper, and as the bytes of its document for a reader without a session."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from data.text import Language
from ui.documents.briefing import BriefingResults, briefing_paper
from ui.documents.map_picture import map_picture
from ui.documents.paper import Paper
from ui.documents.svg_picture import has_chinese_font, png_of_drawing
from ui.documents.word_paper import word_document
from ui.preferences import Reader, reading_as
from ui.results import DatedResult


class DrawnResults(BriefingResults, Protocol):
    """The results of a briefing with what its map is drawn of."""

    @property
    def drawn(self) -> Mapping[str, DatedResult]: ...
    @property
    def is_schematic(self) -> bool: ...


def drawn_briefing(results: DrawnResults, language: Language) -> Paper:
    """Return a briefing with its pictures, without them where the server cannot draw Chinese."""
    pictures = map_picture(results.drawn, results.is_schematic, language) if has_chinese_font() else None
    return briefing_paper(results, pictures, language)


def written_briefing(results: DrawnResults, language: Language) -> bytes:
    """Return the document."""
    with reading_as(Reader(language, results.as_of)):
        paper = drawn_briefing(results, language)
    return word_document(paper, language, results.as_of, png_of_drawing)
