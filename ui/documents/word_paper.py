"""A paper as a Word document: the same paper gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from data.text import Language
from ui import formats
from ui.documents.paper import Paper, PaperTable, Paragraph, Part, Picture, Sentence
from ui.documents.word_notes import FootnoteWriter
from ui.documents.word_page import (
    BLACK_FONT,
    BODY_FONT,
    LOOKS,
    STYLES,
    TABLE_SIZE,
    leave_grid,
    new_element,
    set_fonts,
    standard_page,
)

FIRST_ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that an archive can name: no document tells when it was made
CREATED_BY = "庄桥一线 · Frontline"
FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), "\ufffd")  # no XML may hold these

MakePng = Callable[[str], bytes]


def word_document(paper: Paper, language: Language, as_of: date, make_png: MakePng) -> bytes:
    """Return a paper as a Word document; `make_png` draws its pictures."""
    document = standard_page()
    notes = FootnoteWriter(document)
    for part in paper.parts:
        _add_part(document, notes, part, language, make_png)
    notes.write_notes()
    _set_properties(document, paper, language, as_of)
    into = io.BytesIO()
    document.save(into)
    return _undated_archive(into.getvalue())


def _add_part(document: WordDocument, notes: FootnoteWriter, part: Part, language: Language, make_png: MakePng) -> None:
    match part:
        case Paragraph():
            points = LOOKS[part.look][1]
            _add_sentences(document.add_paragraph(style=STYLES[part.look]), notes, part.sentences, language, points)
        case PaperTable():
            _add_table(document, notes, part, language)
        case Picture():
            _add_picture(document, part, language, make_png(part.svg))


def _add_sentences(
    paragraph: WordParagraph, notes: FootnoteWriter, sentences: tuple[Sentence, ...], language: Language, points: float
) -> None:
    for sentence in sentences:
        said = _document_text(sentence.said.into(language))
        words = said.rstrip(" ") if sentence.note else said  # the sign stands before the space
        paragraph.add_run(words)
        if sentence.note:
            notes.add_sign(paragraph, _document_text(sentence.note.said.into(language)), points)
        if words != said:
            paragraph.add_run(" ")


def _document_text(said: str) -> str:
    """Return words as a document can hold them."""
    return formats.tie_units(said).translate(FORBIDDEN)


def _add_picture(document: WordDocument, picture: Picture, language: Language, png: bytes) -> None:
    paragraph = document.add_paragraph(style=STYLES["caption"])
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Mm(picture.width))
    shape._inline.docPr.set("descr", _document_text(picture.said.into(language)))


def _add_table(document: WordDocument, notes: FootnoteWriter, table: PaperTable, language: Language) -> None:
    made = document.add_table(rows=0, cols=len(table.headings), style="Table Grid")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    header = made.add_row()
    header._tr.get_or_add_trPr().append(new_element("tblHeader"))
    for cell, heading in zip(header.cells, table.headings, strict=True):
        _fill_cell(cell, notes, Sentence(heading), language, BLACK_FONT, WD_ALIGN_PARAGRAPH.CENTER)
    for row in table.rows:
        added = made.add_row()
        added._tr.get_or_add_trPr().append(new_element("cantSplit"))
        for place, (cell, sentence) in enumerate(zip(added.cells, row, strict=True)):
            side = WD_ALIGN_PARAGRAPH.RIGHT if place in table.figures else WD_ALIGN_PARAGRAPH.LEFT
            _fill_cell(cell, notes, sentence, language, BODY_FONT, side)
    for column, width in zip(made.columns, table.widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _fill_cell(
    cell: _Cell, notes: FootnoteWriter, sentence: Sentence, language: Language, font: str, side: WD_ALIGN_PARAGRAPH
) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = side
    shape = paragraph.paragraph_format
    shape.first_line_indent, shape.line_spacing = Pt(0), 1.0
    leave_grid(paragraph._p.get_or_add_pPr())
    _add_sentences(paragraph, notes, (sentence,), language, TABLE_SIZE)
    for run in paragraph.runs:
        if run.text and not run.font.superscript:
            run._r.get_or_add_rPr().append(new_element("spacing", val=0))
            set_fonts(run._r.get_or_add_rPr(), font, TABLE_SIZE)


def _set_properties(document: WordDocument, paper: Paper, language: Language, as_of: date) -> None:
    """Say in the properties what the document is, dated by its figures: the clock has no part in it."""
    properties, day = document.core_properties, datetime(as_of.year, as_of.month, as_of.day)
    properties.title, properties.author = _document_text(paper.title.into(language)), CREATED_BY
    properties.last_modified_by, properties.comments = CREATED_BY, ""
    properties.created = properties.modified = day
    properties.revision = 1
    properties.language = "zh-CN" if language == "zh" else "en"


def _undated_archive(content: bytes) -> bytes:
    """Return an archive whose members bear no time of their own."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as undated:
        for name in made.namelist():
            member = zipfile.ZipInfo(name, FIRST_ZIP_DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            undated.writestr(member, made.read(name))
    return into.getvalue()
