"""A briefing as the bytes of its document, written for a reader without a session."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data.text import Language
from ui.documents.briefing import BriefingResults, briefing_paper
from ui.documents.map_picture import map_picture
from ui.documents.svg_picture import has_chinese_font, png_of_drawing
from ui.documents.word_paper import word_document
from ui.map.layers import MapLayer
from ui.preferences import Reader, reading_as
from ui.results import DatedResult


def written_briefing(
    results: BriefingResults,
    shown: Sequence[tuple[MapLayer, DatedResult]],
    base: pd.DataFrame,
    is_schematic: bool,
    language: Language,
) -> tuple[bytes, bool]:
    """Return the document, and whether its pictures could be drawn."""
    with reading_as(Reader(language, results.as_of)):
        has_pictures = has_chinese_font()
        pictures = map_picture(shown, base, language, is_schematic) if has_pictures else None
        paper = briefing_paper(results, pictures, language)
    return word_document(paper, language, results.as_of, png_of_drawing), has_pictures
