"""A paper as it is read on a page before it is taken away: the same words, tables, pictures and notes."""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup

from ui.blocks import Html
from ui.documents.paper import Look, Note, Paper, PaperTable, Paragraph, Part, Picture, Sentence, notes_of
from ui.markup import NOTHING, element, joined, link, words
from ui.menu import page_href

HISTORY = "ledgers/history.py"
TAGS: dict[Look, str] = {"heading": "h2", "subheading": "h3"}


def paper_preview(paper: Paper) -> Html:
    """Return a paper as a sheet of its own, its notes at the end, each a link to its newest batch."""
    notes = notes_of(paper)
    parts = joined(_part_markup(part, notes) for part in paper.parts)
    listed = element("ol", joined(element("li", _note_link(note)) for note in notes), class_="fl-notes")
    return Html(element("article", parts + (listed if notes else NOTHING), class_="fl-document"))


def _part_markup(part: Part, notes: list[Note]) -> Markup:
    match part:
        case Paragraph():
            said = joined(_sentence_markup(sentence, notes) for sentence in part.sentences)
            return element(TAGS.get(part.look, "p"), said, class_=f"fl-document-{part.look.replace(' ', '-')}")
        case PaperTable():
            return _table_markup(part, notes)
        case Picture():
            return _picture_markup(part)


def _sentence_markup(sentence: Sentence, notes: list[Note]) -> Markup:
    said = words(sentence.said)
    if sentence.note is None:
        return said
    number = str(notes.index(sentence.note) + 1)
    return said + element("sup", link(number, _batch_href(sentence.note), title=words(sentence.note.said)))


def _batch_href(note: Note) -> str:
    return page_href(HISTORY, batch=note.batch)


def _note_link(note: Note) -> Markup:
    return link(words(note.said), _batch_href(note))


def _table_markup(table: PaperTable, notes: list[Note]) -> Markup:
    head = element("tr", joined(element("th", words(heading), scope="col") for heading in table.headings))
    rows = joined(
        element("tr", joined(
            element("td", _sentence_markup(cell, notes), class_="fl-number" if place in table.figures else None)
            for place, cell in enumerate(row)
        ))
        for row in table.rows
    )  # fmt: skip
    made = element("table", element("thead", head) + element("tbody", rows), class_="fl-table")
    return element("div", made, class_="fl-scroll")


def _picture_markup(picture: Picture) -> Markup:
    source = "data:image/svg+xml;charset=utf-8," + quote(picture.svg)
    made = Markup('<img class="fl-drawing" src="{}" alt="{}">')
    return made.format(source, words(picture.said))
