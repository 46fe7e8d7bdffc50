"""Footnotes of a Word document, which python-docx does not write: a part of their own, and signs in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from ui.documents.word_page import BODY_FONT, NOTE_SIZE, new_element, set_fonts

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
NOTE_STYLE = "FootnoteText"
SEPARATORS = (("separator", -1), ("continuationSeparator", 0))  # the notes that every document with notes has


class FootnoteWriter:
    """The footnotes of a document: the first sign of a note bears it, later ones point at the same note."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._notes: dict[str, int] = {}

    def add_sign(self, paragraph: Paragraph, note: str, points: float) -> None:
        """Put the sign of a note behind what a paragraph holds so far, in words of that size.

        It stands in brackets: m² with a bare number behind it would read as another power.
        """
        before, behind = (_raised_run(points, _note_words(sign)) for sign in "[]")
        paragraph._p.extend((before, *self._signs(note, points), behind))

    def _signs(self, note: str, points: float) -> Iterator[Any]:
        number = self._notes.get(note)
        if number is not None:
            yield _pointing_sign(number, points)
            return
        self._notes[note] = number = len(self._notes) + 1
        yield new_element("bookmarkStart", id=number, name=_note_bookmark(number))
        yield _raised_run(points, new_element("footnoteReference", id=number))
        yield new_element("bookmarkEnd", id=number)

    def write_notes(self) -> None:
        """Write the part with the notes, once all signs stand."""
        root = new_element("footnotes")
        self._document.styles.element.append(_note_style())
        for kind, number in SEPARATORS:
            root.append(_separator_note(kind, number))
        for note, number in self._notes.items():
            root.append(_written_note(note, number))
        main = self._document.part
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE, serialize_part_xml(root), main.package)
        main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        _declare_separators(self._document.settings.element)


def _note_style() -> Any:
    """Return the style of notes, which gives their numbers a size too."""
    style, properties = new_element("style", type="paragraph", styleId=NOTE_STYLE), new_element("rPr")
    set_fonts(properties, BODY_FONT, NOTE_SIZE)
    style.extend((new_element("name", val="footnote text"), properties))
    return style


def _note_bookmark(number: int) -> str:
    return f"_RefNote{number}"


def _raised_run(points: float, *content: Any) -> Any:
    """Return a run that stands above the line among words of a size."""
    run, properties = new_element("r"), new_element("rPr")
    set_fonts(properties, BODY_FONT, points)
    properties.append(new_element("vertAlign", val="superscript"))
    run.extend((properties, *content))
    return run


def _note_words(said: str) -> Any:
    text = new_element("t")
    text.text = said
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return text


def _pointing_sign(number: int, points: float) -> Any:
    """Return the number of a note that stands elsewhere, as a field that leads there."""
    field = new_element("fldSimple", instr=f" NOTEREF {_note_bookmark(number)} \\h ")
    field.append(_raised_run(points, _note_words(str(number))))
    return field


def _separator_note(kind: str, number: int) -> Any:
    note, paragraph, run = new_element("footnote", type=kind, id=number), new_element("p"), new_element("r")
    run.append(new_element(kind))
    paragraph.append(run)
    note.append(paragraph)
    return note


def _written_note(said: str, number: int) -> Any:
    note, paragraph, shape = new_element("footnote", id=number), new_element("p"), new_element("pPr")
    shape.append(new_element("pStyle", val=NOTE_STYLE))
    shape.append(new_element("snapToGrid", val=0))
    shape.append(new_element("spacing", before=0, after=0, line=240, lineRule="auto"))
    shape.append(new_element("ind", firstLine=0))
    run, properties = new_element("r"), new_element("rPr")
    set_fonts(properties, BODY_FONT, NOTE_SIZE)
    run.extend((properties, _note_words(f" {said}")))
    paragraph.extend((shape, _raised_run(NOTE_SIZE, new_element("footnoteRef")), run))
    note.append(paragraph)
    return note


def _declare_separators(settings: Any) -> None:
    """Name the separators in the settings, before the first element that has to follow them."""
    declared = new_element("footnotePr")
    for _, number in SEPARATORS:
        declared.append(new_element("footnote", id=number))
    after: Sequence[str] = (
        "endnotePr",
        "compat",
        "docVars",
        "rsids",
        "themeFontLang",
        "clrSchemeMapping",
        "shapeDefaults",
    )
    following = [child for child in settings if child.tag in {qn(f"w:{name}") for name in after}]
    mathematics = [child for child in settings if child.tag.endswith("}mathPr")]
    place = next(iter([*following, *mathematics]), None)
    if place is None:
        settings.append(declared)
    else:
        place.addprevious(declared)
